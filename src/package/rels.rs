//! Relationships of a part: read, added to, taken from.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::dialect::Dialect;
use super::xml::{Doc, Splices, escape_attr};
use crate::base::Result;

/// One relationship.
#[derive(Debug, Clone)]
pub(crate) struct Relationship {
    /// Its id, unique within its source.
    pub(crate) id: String,
    /// The last word of its type, the same in every dialect: `worksheet`, `comments`, `vmlDrawing`.
    pub(crate) kind: String,
    /// Its type in full.
    pub(crate) full_kind: String,
    /// What it points to, as written.
    pub(crate) target: String,
    /// Whether it leads out of the package.
    pub(crate) external: bool,
    /// Its element.
    place: Range<u64>,
}

/// The relationships of one source, and changes to them.
#[derive(Debug, Clone)]
pub(crate) struct Rels {
    doc: Option<Doc>,
    list: Vec<Relationship>,
    added: String,
    /// Where the elements begin that go.
    gone: BTreeSet<u64>,
    next: u32,
}

impl Rels {
    /// Reads a relationships part; none when the source has no such part.
    pub(crate) fn read(bytes: Option<Vec<u8>>) -> Result<Self> {
        let doc = bytes.map(Doc::parse).transpose()?;
        let mut list = Vec::new();
        if let Some(doc) = &doc {
            for id in doc.all(doc.root(), "Relationship") {
                let tag = doc.tag(id);
                let full_kind = tag.get("Type").unwrap_or_default();
                list.push(Relationship {
                    id: tag.get("Id").unwrap_or_default(),
                    kind: full_kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    full_kind,
                    target: tag.get("Target").unwrap_or_default(),
                    external: tag.get("TargetMode").is_some_and(|m| m.eq_ignore_ascii_case("External")),
                    place: doc.range(id),
                });
            }
        }
        let next = list.iter().filter_map(|r| r.id.strip_prefix("rId")?.parse::<u32>().ok()).max();
        let next = next.unwrap_or(0).saturating_add(1);
        Ok(Self { doc, list, added: String::new(), gone: BTreeSet::new(), next })
    }

    /// All of them as they were read.
    pub(crate) fn list(&self) -> &[Relationship] {
        &self.list
    }

    /// The one with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Relationship> {
        self.list.iter().find(|r| r.id == id)
    }

    /// Those of a kind within the package.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Relationship> {
        self.list.iter().filter(move |r| r.kind == kind && !r.external)
    }

    /// Adds one with the full type; returns its id.
    pub(crate) fn add(&mut self, full_kind: &str, target: &str, external: bool) -> String {
        let mut id = format!("rId{}", self.next);
        while self.by_id(&id).is_some() {
            self.next = self.next.saturating_add(1);
            id = format!("rId{}", self.next);
        }
        self.next = self.next.saturating_add(1);
        self.add_as(&id, full_kind, target, external);
        id
    }

    /// Adds one under a given id.
    pub(crate) fn add_as(&mut self, id: &str, full_kind: &str, target: &str, external: bool) {
        let prefix = self.doc.as_ref().map_or(String::new(), prefix_of);
        let mode = if external { " TargetMode=\"External\"" } else { "" };
        let (kind, target) = (escape_attr(full_kind), escape_attr(target));
        _ = write!(
            self.added,
            "<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>"
        );
    }

    /// Those that stay.
    pub(crate) fn kept(&self) -> impl Iterator<Item = &Relationship> {
        self.list.iter().filter(|rel| !self.gone.contains(&rel.place.start))
    }

    /// Takes those away of which this is true; an id alone may be that of several.
    pub(crate) fn remove(&mut self, goes: impl Fn(&Relationship) -> bool) {
        let going = self.list.iter().filter(|rel| goes(rel));
        self.gone.extend(going.map(|rel| rel.place.start));
    }

    /// Whether anything was added or taken away.
    pub(crate) fn is_changed(&self) -> bool {
        !self.added.is_empty() || !self.gone.is_empty()
    }

    /// The changes to the part that exists.
    pub(crate) fn splices(&self) -> Splices {
        let mut splices = Splices::default();
        let Some(doc) = &self.doc else { return splices };
        for rel in self.list.iter().filter(|rel| self.gone.contains(&rel.place.start)) {
            splices.replace(rel.place.clone(), "");
        }
        if !self.added.is_empty() {
            append(doc, doc.root(), self.added.as_bytes(), &mut splices);
        }
        splices
    }

    /// The whole part, when none exists yet.
    pub(crate) fn whole(&self) -> Vec<u8> {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{}\">{}</Relationships>",
            Dialect::PACKAGE_RELS,
            self.added
        )
        .into_bytes()
    }
}

/// The root's prefix with its colon, for new elements beside those that are there.
pub(crate) fn prefix_of(doc: &Doc) -> String {
    let prefix = String::from_utf8_lossy(doc.tag(doc.root()).prefix()).into_owned();
    if prefix.is_empty() { prefix } else { format!("{prefix}:") }
}

/// Puts bytes behind the last child of an element, which may close itself.
pub(crate) fn append(doc: &Doc, id: super::xml::Id, bytes: &[u8], splices: &mut Splices) {
    let tag = doc.tag(id);
    if tag.is_empty() {
        splices.replace(doc.open_range(id), [&tag.opened(), bytes, &tag.end()].concat());
    } else {
        splices.insert(doc.close_at(id), bytes);
    }
}
