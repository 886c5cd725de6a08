//! A part of a document as a tree: its elements by what they are, each with its place in the bytes.

use std::ops::Range;

use crate::base::{Error, Result};
use crate::package::xml::{Id, text_of};
use crate::package::{Doc, Tag};

/// What an element is, as far as it matters to reading and writing; all names are those of `WordprocessingML` alone, for
/// `a:p` and `m:t` are something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `w:p`.
    Paragraph,
    /// `w:r`.
    Run,
    /// `w:t`.
    Text,
    /// `w:delText`: no text any more.
    Deleted,
    /// `w:instrText`.
    Instruction,
    /// `w:fldSimple`.
    SimpleField,
    /// `w:fldChar`.
    FieldMark,
    /// `w:tab`, of a run.
    Tab,
    /// `w:br`, `w:cr`.
    Break,
    /// `w:tbl`.
    Table,
    /// `w:tr`.
    Row,
    /// `w:tc`.
    Cell,
    /// `w:sdt`.
    Control,
    /// `w:sdtPr`.
    ControlProperties,
    /// `w:sdtContent`.
    ControlContent,
    /// `w:txbxContent`.
    TextBox,
    /// `w:ins`, `w:moveTo`: text that was added.
    Inserted,
    /// `w:del`, `w:moveFrom`: text that was taken out.
    Removed,
    /// `w:sectPr`.
    Section,
    /// `w:altChunk`.
    AltChunk,
    /// `w:object`, `w:control`: what another program made.
    Object,
    /// `w:pPr`, `w:rPr`, `w:tblPr`, `w:trPr`, `w:tcPr`.
    Properties,
    /// `w:bookmarkStart`, `w:bookmarkEnd`.
    Bookmark,
    /// `w:footnoteReference`, `w:endnoteReference`, `w:commentReference`.
    NoteReference,
    /// `w:footnote`, `w:endnote`, `w:comment`.
    Note,
    /// Anything else.
    Other,
}

/// The names of `WordprocessingML`, in both dialects.
const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// An element of the tree.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    id: Id,
    /// What it is.
    pub(crate) kind: Kind,
    /// The element around it.
    pub(crate) parent: Option<usize>,
    /// Nodes from behind its own number up to here are inside it.
    pub(crate) end: usize,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    doc: Doc,
    nodes: Vec<Node>,
    /// The prefix of `WordprocessingML` with its colon; empty where it has none.
    prefix: String,
}

impl Tree {
    /// Reads a part. What gives the names of `WordprocessingML` another meaning on its way is refused.
    pub(crate) fn parse(bytes: Vec<u8>) -> Result<Self> {
        let doc = Doc::parse(bytes)?;
        let root = doc.tag(doc.root());
        let prefix = prefix(root).ok_or_else(unusual)?;
        let mut tree = Self { doc, nodes: Vec::new(), prefix };
        let root = tree.doc.root();
        tree.add(root, None)?;
        Ok(tree)
    }

    /// Adds an element with all inside it; how deep elements stand in one another is limited by the scanner.
    fn add(&mut self, id: Id, parent: Option<usize>) -> Result<()> {
        let at = self.nodes.len();
        let tag = self.doc.tag(id);
        if parent.is_some() && redefines(tag, &self.prefix) {
            return Err(unusual());
        }
        let own = tag.prefix() == self.prefix.trim_end_matches(':').as_bytes();
        let kind = if own { kind(tag.local()) } else { Kind::Other };
        self.nodes.push(Node { id, kind, parent, end: at });
        let children: Vec<Id> = self.doc.children(id).collect();
        for child in children {
            self.add(child, Some(at))?;
        }
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(at) {
            node.end = end;
        }
        Ok(())
    }

    /// The prefix of `WordprocessingML` with its colon.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// How many elements there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What an element is.
    pub(crate) fn kind(&self, at: usize) -> Kind {
        self.nodes.get(at).map_or(Kind::Other, |node| node.kind)
    }

    /// The element around an element.
    pub(crate) fn parent(&self, at: usize) -> Option<usize> {
        self.nodes.get(at)?.parent
    }

    /// The elements inside an element, whatever their depth, in their order.
    pub(crate) fn inside(&self, at: usize) -> Range<usize> {
        at.saturating_add(1)..self.nodes.get(at).map_or(0, |node| node.end)
    }

    /// The elements that begin within a place.
    pub(crate) fn within(&self, place: &Range<u64>) -> Range<usize> {
        let before =
            |offset: u64| self.nodes.partition_point(|node| self.doc.open_range(node.id).start < offset);
        before(place.start)..before(place.end)
    }

    /// The elements right inside an element.
    pub(crate) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        self.inside(at).filter(move |child| self.parent(*child) == Some(at))
    }

    /// The first element of a kind right inside an element.
    pub(crate) fn child(&self, at: usize, kind: Kind) -> Option<usize> {
        self.children(at).find(|child| self.kind(*child) == kind)
    }

    /// The first element of this local name right inside an element.
    pub(crate) fn named(&self, at: usize, local: &str) -> Option<usize> {
        self.children(at).find(|child| self.tag(*child).local() == local.as_bytes())
    }

    /// The elements around an element, the nearest first.
    pub(crate) fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(at), |at| self.parent(*at))
    }

    /// The start tag.
    pub(crate) fn tag(&self, at: usize) -> Tag<'_> {
        self.nodes.get(at).map_or(Tag(&[]), |node| self.doc.tag(node.id))
    }

    /// The value of an attribute of `WordprocessingML`.
    pub(crate) fn value(&self, at: usize, local: &str) -> Option<String> {
        let tag = self.tag(at);
        tag.get(&format!("{}{local}", self.prefix)).or_else(|| tag.get_prefixed(local))
    }

    /// Where the whole element stands.
    pub(crate) fn range(&self, at: usize) -> Range<u64> {
        self.nodes.get(at).map_or(0..0, |node| self.doc.range(node.id))
    }

    /// Where its start tag stands.
    pub(crate) fn open(&self, at: usize) -> Range<u64> {
        self.nodes.get(at).map_or(0..0, |node| self.doc.open_range(node.id))
    }

    /// Where what is between its tags stands; empty where it closes itself.
    pub(crate) fn inner(&self, at: usize) -> Range<u64> {
        self.nodes.get(at).map_or(0..0, |node| self.doc.open_range(node.id).end..self.doc.close_at(node.id))
    }

    /// The bytes of a place.
    pub(crate) fn bytes(&self, at: &Range<u64>) -> &[u8] {
        let whole = self.doc.outer(self.doc.root());
        let shift = self.doc.range(self.doc.root()).start;
        let place = |offset: u64| usize::try_from(offset.saturating_sub(shift)).unwrap_or(usize::MAX);
        whole.get(place(at.start)..place(at.end)).unwrap_or_default()
    }

    /// The words between the tags of an element, entities resolved: of a [`Kind::Text`] its text.
    pub(crate) fn content(&self, at: usize) -> String {
        text_of(self.bytes(&self.inner(at)))
    }

    /// The paragraphs in their order, those in tables, controls and text boxes among them.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = usize> {
        (0..self.nodes.len()).filter(|at| self.kind(*at) == Kind::Paragraph)
    }

    /// The paragraph that an element stands in.
    pub(crate) fn paragraph_of(&self, at: usize) -> Option<usize> {
        std::iter::once(at).chain(self.around(at)).find(|at| self.kind(*at) == Kind::Paragraph)
    }

    /// Elements of a paragraph that are its own and those of no paragraph in a text box of it.
    pub(crate) fn own(&self, paragraph: usize) -> impl Iterator<Item = usize> {
        self.inside(paragraph).filter(move |at| {
            self.around(*at).find(|at| self.kind(*at) == Kind::Paragraph) == Some(paragraph)
        })
    }

    /// The text of a paragraph as it reads: what was taken out is not there, a line break is `\n`.
    pub(crate) fn text(&self, paragraph: usize) -> String {
        let mut text = String::new();
        for at in self.own(paragraph) {
            match self.kind(at) {
                Kind::Text if !self.is_removed(at) => text.push_str(&self.content(at)),
                // A tab stop of the paragraph's properties is no tab.
                Kind::Tab if self.parent(at).is_some_and(|run| self.kind(run) == Kind::Run) => {
                    text.push('\t');
                }
                Kind::Break => text.push('\n'),
                _ => {}
            }
        }
        text
    }

    /// Whether an element stands in what was taken out.
    pub(crate) fn is_removed(&self, at: usize) -> bool {
        self.around(at).any(|at| self.kind(at) == Kind::Removed)
    }
}

/// The prefix of `WordprocessingML` with its colon, where it has one and no other.
fn prefix(root: Tag<'_>) -> Option<String> {
    let mut meant = root.attributes().filter(|(name, _)| is_meant(root, name)).map(|(name, _)| name);
    let name = meant.next()?;
    // What stands under a second prefix would not be seen.
    if meant.next().is_some() {
        return None;
    }
    match name.strip_prefix(b"xmlns:") {
        Some(prefix) => Some(format!("{}:", String::from_utf8_lossy(prefix))),
        None => (name == b"xmlns").then(String::new),
    }
}

/// Whether an element gives the prefix another meaning, or the meaning another prefix.
fn redefines(tag: Tag<'_>, prefix: &str) -> bool {
    let own = if prefix.is_empty() {
        "xmlns".to_owned()
    } else {
        format!("xmlns:{}", prefix.trim_end_matches(':'))
    };
    tag.attributes()
        .any(|(name, _)| name.starts_with(b"xmlns") && (name == own.as_bytes()) != is_meant(tag, name))
}

/// Whether an attribute gives its prefix the meaning of `WordprocessingML`, character references resolved.
fn is_meant(tag: Tag<'_>, name: &[u8]) -> bool {
    let value = std::str::from_utf8(name).ok().filter(|name| name.starts_with("xmlns"));
    let value = value.and_then(|name| tag.get(name));
    value.is_some_and(|value| NAMESPACES.contains(&value.as_str()))
}

fn unusual() -> Error {
    Error::input(
        "文档的 XML 命名空间写法特殊，不能可靠读取。",
        "请用 Word 或 WPS 打开，另存为 .docx 后再使用。",
    )
}

fn kind(local: &[u8]) -> Kind {
    match local {
        b"p" => Kind::Paragraph,
        b"r" => Kind::Run,
        b"t" => Kind::Text,
        b"delText" => Kind::Deleted,
        b"instrText" | b"delInstrText" => Kind::Instruction,
        b"fldSimple" => Kind::SimpleField,
        b"fldChar" => Kind::FieldMark,
        b"tab" | b"ptab" => Kind::Tab,
        b"br" | b"cr" => Kind::Break,
        b"tbl" => Kind::Table,
        b"tr" => Kind::Row,
        b"tc" => Kind::Cell,
        b"sdt" => Kind::Control,
        b"sdtPr" => Kind::ControlProperties,
        b"sdtContent" => Kind::ControlContent,
        b"txbxContent" => Kind::TextBox,
        b"ins" | b"moveTo" => Kind::Inserted,
        b"del" | b"moveFrom" => Kind::Removed,
        b"sectPr" => Kind::Section,
        b"altChunk" => Kind::AltChunk,
        b"object" | b"control" => Kind::Object,
        b"pPr" | b"rPr" | b"tblPr" | b"trPr" | b"tcPr" => Kind::Properties,
        b"bookmarkStart" | b"bookmarkEnd" => Kind::Bookmark,
        b"footnoteReference" | b"endnoteReference" | b"commentReference" => Kind::NoteReference,
        b"footnote" | b"endnote" | b"comment" => Kind::Note,
        _ => Kind::Other,
    }
}
