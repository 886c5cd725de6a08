//! A plain text as a document: a line a paragraph.

use encoding_rs::GB18030;

use super::{Block, Cell, Document, MAX_CHARS, MAX_PARAGRAPHS, Paragraph, Table, TextRegion, excessive};
use crate::base::Result;

/// Rows of a table.
const MAX_ROWS: usize = 4_000;

/// Reads a text in UTF-8, UTF-16 or, as old programs write it, GB 18030. Lines without words are no paragraphs, and a
/// paragraph's number is that of its line.
pub fn plain(bytes: &[u8]) -> Result<Document> {
    if bytes.len() > MAX_CHARS.saturating_mul(2) {
        return Err(excessive());
    }
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding.decode(bytes).0);
    let text = marked.unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => GB18030.decode(bytes).0,
    });
    let mut document = Document { lines: true, ..Document::default() };
    let lines: Vec<&str> = text.lines().collect();
    let mut tables = 0_u32;
    let mut behind = 0_usize;
    for (line, text) in lines.iter().enumerate() {
        if line < behind {
            continue;
        }
        let rows = table(lines.get(line..).unwrap_or_default());
        if !rows.is_empty() {
            behind = line.saturating_add(rows.len());
            tables = tables.saturating_add(1);
            let rows = rows.iter().zip(line..).map(|(cells, line)| row(cells, line)).collect();
            document.pieces.push(Block::Table(Table { number: tables, rows }));
            continue;
        }
        let words = text.trim();
        if words.is_empty() {
            continue;
        }
        if document.pieces.len() >= MAX_PARAGRAPHS {
            return Err(excessive());
        }
        let number = u32::try_from(line.saturating_add(1)).unwrap_or(u32::MAX);
        let paragraph = Paragraph { number, place: TextRegion::Body, level: None, text: words.to_owned() };
        document.pieces.push(Block::Paragraph(paragraph));
    }
    Ok(document)
}

/// The lines that begin a text and are rows of one table: as many cells in each, set apart by tabs, and no figure in the first.
fn table<'t>(lines: &[&'t str]) -> Vec<Vec<&'t str>> {
    let cells = |line: &&'t str| line.split('\t').map(str::trim).collect::<Vec<&str>>();
    let is_number =
        |cell: &str| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || ",.%".contains(c));
    let first = lines.first().map(cells).unwrap_or_default();
    if first.len() < 2 || first.iter().any(|cell| is_number(cell)) {
        return Vec::new();
    }
    let rows: Vec<Vec<&str>> =
        lines.iter().map(cells).take_while(|row| row.len() == first.len()).take(MAX_ROWS).collect();
    if rows.len() < 2 { Vec::new() } else { rows }
}

/// A row of a table; blank cells before its first words continue those above, as merged ones do.
fn row(cells: &[&str], line: usize) -> Vec<Cell> {
    let number = u32::try_from(line.saturating_add(1)).unwrap_or(u32::MAX);
    let mut begun = false;
    let mut row = Vec::new();
    for (text, col) in cells.iter().zip(0_u32..) {
        begun |= !text.is_empty();
        let number = if text.is_empty() { 0 } else { number };
        row.push(Cell { col, span: 1, continued: !begun, number, text: (*text).to_owned() });
    }
    row
}
