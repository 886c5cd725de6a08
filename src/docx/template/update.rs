//! A report that was written before, brought up to date: what a person changed stays, what is as we wrote it says what
//! holds now. Everything outside of our passages keeps its bytes.

use std::io::{Read, Seek};

use super::mark::is_mark;
use super::render::{Edit, Said};
use super::{Filled, chart};
use crate::base::{Error, Result};
use crate::docx::digest::words;
use crate::docx::open::{Document, Story, StoryKind};
use crate::docx::passage::{PASSAGE, Passage, passages};
use crate::docx::tree::Kind;
use crate::docx::value::{Schema, Scope};
use crate::package::xml::escape_text;
use crate::package::{Scanner, Tag, TokenKind};

/// What became of the passages of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Updates {
    /// A person changed them, and they stay; of those that are also said otherwise now, `true`.
    pub kept: Vec<(String, bool)>,
    /// They say what holds now.
    pub renewed: Vec<String>,
    /// They say what does not hold any more, or could not be renewed: why.
    pub stale: Vec<(String, String)>,
    /// What is said now and has no passage: what it is, and its words.
    pub missing: Vec<(String, String)>,
}

/// A report that was written before.
#[derive(Debug)]
pub(crate) struct Earlier<R> {
    pub(super) document: Document<R>,
    charts: Vec<chart::Chart>,
}

/// How a gap begins that a person is to fill.
const GAP: &str = "〔待填写";

impl<R: Read + Seek> Earlier<R> {
    /// Opens it.
    pub(crate) fn open(reader: R, schema: &Schema) -> Result<Self> {
        let mut document = Document::open(reader)?;
        let charts = chart::read(&mut document, schema, &mut Vec::new())?;
        if document.stories.iter().all(|story| passages(story).is_empty()) {
            return Err(Error::usage(
                "上一版报告中没有本软件写的段落（内容控件）。",
                "请确认是用 jixiao report 生成的报告；内容控件若已被删除，请重新生成，再把人工内容移入。",
            ));
        }
        Ok(Self { document, charts })
    }

    /// What is to change for it to say what the template says now, what became of its passages, and how many gaps are left.
    pub(crate) fn update(&self, now: &Filled, data: &Scope, mark: &str) -> (Filled, Updates, usize) {
        let mut updates = Updates::default();
        let mut filled = Filled::default();
        let mut gaps = 0_usize;
        let mut seen: Vec<&str> = Vec::new();
        let all: Vec<(&Story, Vec<Passage>)> =
            self.document.stories.iter().map(|story| (story, passages(story))).collect();
        for (story, found) in &all {
            let mut edits: Vec<Edit> = Vec::new();
            let mut open = gaps_in(story, found);
            for passage in found {
                seen.push(&passage.id);
                let stands = story.tree.bytes(&passage.content);
                let said = now.passages.iter().find(|said| said.id == passage.id);
                let after = one(story, passage, said, &mut updates);
                if let Some(said) = after {
                    edits.extend(renewed(story, passage, said));
                    open = open.saturating_add(words(&said.content).matches(GAP).count());
                } else {
                    open = open.saturating_add(words(stands).matches(GAP).count());
                }
            }
            if story.kind == StoryKind::Header {
                remarked(story, mark, &mut edits);
            }
            if !matches!(story.kind, StoryKind::Header | StoryKind::Footer | StoryKind::Comments) {
                gaps = gaps.saturating_add(open);
            }
            filled.edits.push((story.part.clone(), edits));
        }
        for said in now.passages.iter().filter(|said| !seen.contains(&said.id.as_str())) {
            let text = words(&said.content);
            if !text.is_empty() {
                updates.missing.push((said.id.clone(), text));
            }
        }
        for chart in &self.charts {
            filled.edits.push((chart.part.clone(), chart.edits(data)));
        }
        (filled, updates, gaps)
    }
}

/// The mark of a draft as it is now.
fn remarked(story: &Story, mark: &str, edits: &mut Vec<Edit>) {
    let tree = &story.tree;
    for paragraph in tree.paragraphs().filter(|at| is_mark(&tree.text(*at))) {
        let mut words = mark;
        for at in tree.own(paragraph).filter(|at| tree.kind(*at) == Kind::Text) {
            let prefix = tree.prefix();
            let text = escape_text(std::mem::take(&mut words));
            let text = format!("<{prefix}t xml:space=\"preserve\">{text}</{prefix}t>");
            edits.push((tree.range(at), text.into_bytes()));
        }
    }
}

/// What becomes of a passage; what is said now, where it is to stand there.
fn one<'s>(
    story: &Story,
    passage: &Passage,
    said: Option<&'s Said>,
    updates: &mut Updates,
) -> Option<&'s Said> {
    let id = passage.id.clone();
    let Some(said) = said else {
        updates.stale.push((id, "现在已没有这项内容".to_owned()));
        return None;
    };
    if !passage.is_ours() {
        // What stands there may be what is said now, word for word.
        if passage.stands != said.digest {
            updates.kept.push((id, passage.written != said.digest));
        }
        return None;
    }
    if passage.stands == said.digest {
        return None;
    }
    if let Err(why) = fits(story, &said.content) {
        updates.stale.push((id, why));
        return None;
    }
    updates.renewed.push(id);
    Some(said)
}

fn renewed(story: &Story, passage: &Passage, said: &Said) -> [Edit; 2] {
    let value = format!("{PASSAGE}{}:{}", said.id, said.digest);
    let name = format!("{}val", story.tree.prefix());
    let tag = Tag(story.tree.bytes(&passage.tag)).with(&name, Some(&value));
    [(passage.tag.clone(), tag), (passage.content.clone(), said.content.clone())]
}

/// Gaps outside of the passages.
fn gaps_in(story: &Story, found: &[Passage]) -> usize {
    let tree = &story.tree;
    let outside = |at: &usize| {
        let range = tree.range(*at);
        !found.iter().any(|passage| passage.content.start <= range.start && range.end <= passage.content.end)
    };
    tree.paragraphs()
        .filter(outside)
        .map(|at| tree.text(at).matches(GAP).count())
        .fold(0, usize::saturating_add)
}

/// Whether what the template makes can stand in another document: it names nothing that only the template has.
fn fits(story: &Story, content: &[u8]) -> std::result::Result<(), String> {
    let root = story.tree.tag(0);
    let declared: Vec<&[u8]> =
        root.attributes().filter_map(|(name, _)| name.strip_prefix(b"xmlns:")).collect();
    let own = story.tree.prefix().trim_end_matches(':').as_bytes();
    let mut scanner = Scanner::fragment(content);
    while let Ok(Some(token)) = scanner.next() {
        if !matches!(token.kind, TokenKind::Open | TokenKind::Empty) {
            continue;
        }
        let tag = Tag(token.bytes);
        if tag.prefix() != own && !declared.contains(&tag.prefix()) {
            return Err("模板与上一版报告的格式不同，没有更新".to_owned());
        }
        let leads = tag.attributes().any(|(name, value)| {
            let of_rel = matches!(name.rsplit(|sign| *sign == b':').next(), Some(b"embed" | b"link" | b"id"));
            of_rel && value.starts_with(b"rId")
        });
        if leads {
            return Err("段落中有图片或链接，没有更新".to_owned());
        }
    }
    Ok(())
}
