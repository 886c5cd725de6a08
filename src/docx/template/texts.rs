//! What comes about as a part is filled: the texts of a paragraph, and bytes with their edits made.

use std::ops::Range;

use super::render::Edit;
use super::token::Paragraph;
use crate::docx::tree::Tree;

/// The texts of a paragraph's text elements as they come about.
pub(super) struct Texts {
    pub(super) pieces: Vec<String>,
    /// Which of them are written anew.
    pub(super) touched: Vec<usize>,
    /// Elements that go with what is left out.
    pub(super) gone: Vec<usize>,
}

impl Texts {
    pub(super) fn push(&mut self, piece: Option<usize>, words: &str) {
        if let Some(text) = piece.and_then(|piece| self.pieces.get_mut(piece)) {
            text.push_str(words);
        }
    }

    /// Copies text of the paragraph.
    pub(super) fn copy(&mut self, paragraph: &Paragraph, text: Range<usize>, into: Option<usize>) {
        for (number, piece) in paragraph.pieces.iter().enumerate() {
            let part = text.start.max(piece.at.start)..text.end.min(piece.at.end);
            if part.start < part.end {
                let words = paragraph.text.get(part).unwrap_or_default();
                self.push(into.or(Some(number)), words);
            }
        }
    }

    /// The text elements in which this text stands are written anew.
    pub(super) fn touch(&mut self, paragraph: &Paragraph, text: Range<usize>) {
        for (number, piece) in paragraph.pieces.iter().enumerate() {
            if text.start < piece.at.end && piece.at.start < text.end && !self.touched.contains(&number) {
                self.touched.push(number);
            }
        }
    }
}

/// The bytes of a place with its edits made.
pub(super) fn applied(tree: &Tree, region: &Range<u64>, mut edits: Vec<Edit>) -> Vec<u8> {
    // A row that only holds a mark is no part of what is repeated.
    edits.retain(|(at, _)| region.start <= at.start && at.end <= region.end);
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = Vec::new();
    let mut from = region.start;
    for (at, with) in edits {
        // What stands inside of something that goes goes with it.
        if at.start < from {
            continue;
        }
        out.extend_from_slice(tree.bytes(&(from..at.start)));
        out.extend(with);
        from = at.end;
    }
    out.extend_from_slice(tree.bytes(&(from..region.end)));
    out
}
