//! The comments part: authors and texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::NoteChange;
use crate::base::{CellRef, Result};
use crate::package::dialect::Dialect;
use crate::package::rels::{append, prefix_of};
use crate::package::xml::{Doc, Id, Splices, escape_cell_text, unescape_cell_text};
use crate::xlsx::AUTHOR;
use crate::xlsx::package::Note;

/// The parsed part.
pub(super) struct Comments {
    doc: Doc,
    authors: Vec<String>,
    list: Vec<(Id, Note)>,
}

impl Comments {
    pub(super) fn read(bytes: Vec<u8>) -> Result<Self> {
        let doc = Doc::parse(bytes)?;
        let root = doc.root();
        let authors: Vec<String> = match doc.child(root, "authors") {
            Some(section) => doc.all(section, "author").map(|a| unescape_cell_text(&doc.text(a))).collect(),
            None => Vec::new(),
        };
        let mut list = Vec::new();
        for id in doc.child(root, "commentList").into_iter().flat_map(|l| doc.all(l, "comment")) {
            let tag = doc.tag(id);
            let Some(cell) = tag.get("ref").and_then(|r| r.parse::<CellRef>().ok()) else { continue };
            let author = tag.number("authorId").and_then(|n| authors.get(usize::try_from(n).ok()?)).cloned();
            let author = author.unwrap_or_default();
            let text = doc.child(id, "text").map(|t| plain_text(&doc, t)).unwrap_or_default();
            let threaded = author.starts_with("tc={");
            list.push((id, Note { cell, author, text, threaded }));
        }
        Ok(Self { doc, authors, list })
    }

    pub(super) fn notes(&self) -> Vec<Note> {
        self.list.iter().map(|(_, note)| note.clone()).collect()
    }

    pub(super) fn splices(&self, changes: &BTreeMap<CellRef, NoteChange>) -> Splices {
        let mut splices = Splices::default();
        let root = self.doc.root();
        let prefix = prefix_of(&self.doc);
        for (id, note) in &self.list {
            if changes.get(&note.cell).is_some_and(|c| c.remove) {
                splices.replace(self.doc.range(*id), "");
            }
        }
        let known = self.authors.iter().position(|a| a == AUTHOR);
        let author = known.unwrap_or(self.authors.len());
        let added = elements(&prefix, author, changes);
        if added.is_empty() {
            return splices;
        }
        if known.is_none() {
            let element = format!("<{prefix}author>{AUTHOR}</{prefix}author>");
            match self.doc.child(root, "authors") {
                Some(authors) => append(&self.doc, authors, element.as_bytes(), &mut splices),
                None => splices.insert(
                    self.doc.open_range(root).end,
                    format!("<{prefix}authors>{element}</{prefix}authors>"),
                ),
            }
        }
        if let Some(section) = self.doc.child(root, "commentList") {
            append(&self.doc, section, added.as_bytes(), &mut splices);
        } else {
            let whole = format!("<{prefix}commentList>{added}</{prefix}commentList>");
            let extension = self.doc.child(root, "extLst");
            let at = extension.map_or(self.doc.close_at(root), |e| self.doc.range(e).start);
            splices.insert(at, whole);
        }
        splices
    }
}

/// The text of a note: its runs, not the phonetic hints.
fn plain_text(doc: &Doc, text: Id) -> String {
    let mut out = String::new();
    for child in doc.children(text) {
        match doc.tag(child).local() {
            b"t" => out.push_str(&doc.text(child)),
            b"r" => doc.all(child, "t").for_each(|t| out.push_str(&doc.text(t))),
            _ => {}
        }
    }
    unescape_cell_text(&out)
}

fn elements(prefix: &str, author: usize, changes: &BTreeMap<CellRef, NoteChange>) -> String {
    let mut out = String::new();
    for (cell, change) in changes {
        if let Some(text) = &change.text {
            let text = escape_cell_text(text);
            _ = write!(
                out,
                "<{prefix}comment ref=\"{cell}\" authorId=\"{author}\"><{prefix}text>\
                 <{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}text></{prefix}comment>"
            );
        }
    }
    out
}

/// A new part.
pub(crate) fn whole(dialect: Dialect, changes: &BTreeMap<CellRef, NoteChange>) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors>\
         <author>{AUTHOR}</author></authors><commentList>{}</commentList></comments>",
        dialect.main(),
        elements("", 0, changes)
    )
    .into_bytes()
}
