//! The text of one part: its paragraphs and tables in reading order.

use super::numbering::Numbering;
use super::{Block, Cell, Document, MAX_CHARS, MAX_PARAGRAPHS, Paragraph, Table, TextRegion, excessive};
use crate::base::Result;
use crate::package::xml::{Doc, Id};

/// Columns that a cell can cover (Word's own limit).
const MAX_COLUMNS: u32 = 63;
/// What was done with tracked changes, and with words that nobody sees.
const TRACKED: &str = "文档中有修订痕迹，按全部接受修订后的内容核对。";
const HIDDEN: &str = "文档中有隐藏文字或加了删除线的文字，没有核对。";
const FOREIGN: &str = "文档中嵌有别的文档，其中的内容没有核对。";

/// A document that is being read.
pub(super) struct Body {
    numbering: Numbering,
    document: Document,
    paragraphs: usize,
    chars: usize,
    tables: u32,
    tracked: bool,
    hidden: bool,
    foreign: bool,
}

/// What a paragraph holds.
#[derive(Default)]
struct Words {
    text: String,
    /// The text boxes that hang on it.
    boxes: Vec<Id>,
}

impl Body {
    pub(super) fn new(numbering: Numbering) -> Self {
        Self {
            numbering,
            document: Document::default(),
            paragraphs: 0,
            chars: 0,
            tables: 0,
            tracked: false,
            hidden: false,
            foreign: false,
        }
    }

    /// Reads a part to its end.
    pub(super) fn read(&mut self, doc: &Doc, place: TextRegion) -> Result<()> {
        self.blocks(doc, doc.root(), place)
    }

    /// What was read.
    pub(super) fn done(mut self) -> Document {
        let said = [(self.tracked, TRACKED), (self.hidden, HIDDEN), (self.foreign, FOREIGN)];
        self.document.remarks.extend(said.iter().filter(|(is, _)| *is).map(|(_, what)| *what));
        self.document
    }

    /// Paragraphs and tables within an element; what only holds such is passed through.
    fn blocks(&mut self, doc: &Doc, within: Id, place: TextRegion) -> Result<()> {
        for child in doc.children(within) {
            match doc.tag(child).local() {
                b"p" => {
                    let (paragraph, boxes) = self.paragraph(doc, child, place)?;
                    self.document.pieces.extend(paragraph.map(Block::Paragraph));
                    for inner in boxes {
                        self.blocks(doc, inner, TextRegion::TextBox)?;
                    }
                }
                b"tbl" => self.table(doc, child)?,
                b"del" | b"moveFrom" => self.tracked = true,
                b"altChunk" => self.foreign = true,
                b"AlternateContent" => {
                    if let Some(one) = alternative(doc, child) {
                        self.blocks(doc, one, place)?;
                    }
                }
                // Notes that only draw the line above the notes.
                b"footnote" | b"endnote" if doc.tag(child).get_prefixed("type").is_some() => {}
                b"body" | b"sdt" | b"sdtContent" | b"ins" | b"moveTo" | b"customXml" | b"footnote"
                | b"endnote" => self.blocks(doc, child, place)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A paragraph, where it holds something, and the text boxes that hang on it.
    fn paragraph(&mut self, doc: &Doc, id: Id, place: TextRegion) -> Result<(Option<Paragraph>, Vec<Id>)> {
        let mut words = Words::default();
        self.words(doc, id, &mut words)?;
        let properties = doc.child(id, "pPr");
        let (label, level) = self.numbering.of(doc, properties, words.text.trim().is_empty());
        let text = words.text.trim_matches(|c: char| c.is_whitespace() && c != '\n').trim().to_owned();
        if text.is_empty() {
            return Ok((None, words.boxes));
        }
        self.paragraphs = self.paragraphs.saturating_add(1);
        if self.paragraphs > MAX_PARAGRAPHS {
            return Err(excessive());
        }
        let number = u32::try_from(self.paragraphs).unwrap_or(u32::MAX);
        Ok((Some(Paragraph { number, place, level, text: format!("{label}{text}") }), words.boxes))
    }

    /// The words within an element of a paragraph.
    fn words(&mut self, doc: &Doc, within: Id, words: &mut Words) -> Result<()> {
        for child in doc.children(within) {
            match doc.tag(child).local() {
                b"t" => {
                    let text = doc.text(child);
                    self.chars = self.chars.saturating_add(text.len());
                    if self.chars > MAX_CHARS {
                        return Err(excessive());
                    }
                    words.text.push_str(&text);
                }
                b"tab" | b"ptab" => words.text.push('\t'),
                b"br" | b"cr" => words.text.push('\n'),
                b"noBreakHyphen" => words.text.push('-'),
                b"r" => {
                    if !self.is_unseen(doc, child) {
                        self.words(doc, child, words)?;
                    }
                }
                b"del" | b"moveFrom" => self.tracked = true,
                b"ins" | b"moveTo" => {
                    self.tracked = true;
                    self.words(doc, child, words)?;
                }
                b"AlternateContent" => {
                    if let Some(one) = alternative(doc, child) {
                        self.words(doc, one, words)?;
                    }
                }
                b"txbxContent" => words.boxes.push(child),
                b"ruby" => {
                    if let Some(base) = doc.child(child, "rubyBase") {
                        self.words(doc, base, words)?;
                    }
                }
                // A fraction of an equation.
                b"f" => {
                    let part = |name: &str| doc.child(child, name);
                    if let (Some(above), Some(below)) = (part("num"), part("den")) {
                        words.text.push('(');
                        self.words(doc, above, words)?;
                        words.text.push_str(")/(");
                        self.words(doc, below, words)?;
                        words.text.push(')');
                    }
                }
                b"pPr" | b"rPr" | b"instrText" | b"delText" | b"sdtPr" | b"fldChar" => {}
                _ => self.words(doc, child, words)?,
            }
        }
        Ok(())
    }

    /// Whether a run is hidden or struck out.
    fn is_unseen(&mut self, doc: &Doc, run: Id) -> bool {
        let Some(properties) = doc.child(run, "rPr") else { return false };
        let on = |name: &str| {
            let property = doc.child(properties, name);
            property.is_some_and(|id| match doc.tag(id).get_prefixed("val") {
                Some(value) => !matches!(value.as_str(), "0" | "false" | "off"),
                None => true,
            })
        };
        let unseen = on("vanish") || on("strike") || on("dstrike");
        // Blanks that are hidden are no words.
        self.hidden |= unseen && !doc.text(run).trim().is_empty();
        unseen
    }

    fn table(&mut self, doc: &Doc, id: Id) -> Result<()> {
        self.tables = self.tables.saturating_add(1);
        let mut table = Table { number: self.tables, rows: Vec::new() };
        // What is nested in its cells stands behind it.
        let mut inner = Vec::new();
        self.rows(doc, id, &mut table, &mut inner)?;
        self.document.pieces.push(Block::Table(table));
        for nested in inner {
            match doc.tag(nested).local() {
                b"tbl" => self.table(doc, nested)?,
                _ => self.blocks(doc, nested, TextRegion::TextBox)?,
            }
        }
        Ok(())
    }

    fn rows(&mut self, doc: &Doc, within: Id, table: &mut Table, inner: &mut Vec<Id>) -> Result<()> {
        for child in doc.children(within) {
            match doc.tag(child).local() {
                b"tr" => {
                    let deleted = doc
                        .child(child, "trPr")
                        .is_some_and(|properties| doc.child(properties, "del").is_some());
                    if deleted {
                        self.tracked = true;
                        continue;
                    }
                    let mut row = Vec::new();
                    let before = doc.child(child, "trPr").and_then(|id| doc.child(id, "gridBefore"));
                    let before = before.and_then(|id| doc.tag(id).get_prefixed("val")?.parse().ok());
                    let mut col: u32 = before.unwrap_or(0).min(MAX_COLUMNS);
                    self.cells(doc, child, &mut row, &mut col, inner)?;
                    table.rows.push(row);
                }
                b"sdt" | b"sdtContent" | b"customXml" | b"ins" => self.rows(doc, child, table, inner)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cells(
        &mut self,
        doc: &Doc,
        within: Id,
        row: &mut Vec<Cell>,
        col: &mut u32,
        inner: &mut Vec<Id>,
    ) -> Result<()> {
        for child in doc.children(within) {
            match doc.tag(child).local() {
                b"tc" => {
                    let properties = doc.child(child, "tcPr");
                    let property = |name: &str| properties.and_then(|id| doc.child(id, name));
                    let span =
                        property("gridSpan").and_then(|id| doc.tag(id).get_prefixed("val")?.parse().ok());
                    let span: u32 = span.unwrap_or(1).clamp(1, MAX_COLUMNS);
                    let merged = property("vMerge").is_some_and(|id| {
                        doc.tag(id).get_prefixed("val").is_none_or(|val| val == "continue")
                    });
                    let mut cell = Cell { col: *col, span, continued: merged, ..Cell::default() };
                    self.cell(doc, child, &mut cell, inner)?;
                    *col = col.saturating_add(span);
                    row.push(cell);
                }
                b"sdt" | b"sdtContent" | b"customXml" => self.cells(doc, child, row, col, inner)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(&mut self, doc: &Doc, within: Id, cell: &mut Cell, inner: &mut Vec<Id>) -> Result<()> {
        for child in doc.children(within) {
            match doc.tag(child).local() {
                b"p" => {
                    let (paragraph, boxes) = self.paragraph(doc, child, TextRegion::Cell)?;
                    inner.extend(boxes);
                    let Some(paragraph) = paragraph else { continue };
                    if cell.text.is_empty() {
                        cell.number = paragraph.number;
                    } else {
                        cell.text.push('\n');
                    }
                    cell.text.push_str(&paragraph.text);
                }
                b"tbl" => inner.push(child),
                b"sdt" | b"sdtContent" | b"customXml" | b"ins" | b"moveTo" => {
                    self.cell(doc, child, cell, inner)?;
                }
                b"del" | b"moveFrom" => self.tracked = true,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The one of several ways to write the same that is read: the one that every program knows, which holds the same words.
fn alternative(doc: &Doc, id: Id) -> Option<Id> {
    doc.child(id, "Choice").or_else(|| doc.child(id, "Fallback"))
}
