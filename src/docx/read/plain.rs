//! A plain text as a document: a line a paragraph.

use encoding_rs::GB18030;

use super::{Document, MAX_CHARS, MAX_PARAGRAPHS, Paragraph, Piece, Place, excessive};
use crate::base::Result;

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
    for (line, text) in text.lines().enumerate() {
        let words = text.trim();
        if words.is_empty() {
            continue;
        }
        if document.pieces.len() >= MAX_PARAGRAPHS {
            return Err(excessive());
        }
        let number = u32::try_from(line.saturating_add(1)).unwrap_or(u32::MAX);
        let paragraph = Paragraph { number, place: Place::Body, level: None, text: words.to_owned() };
        document.pieces.push(Piece::Paragraph(paragraph));
    }
    Ok(document)
}
