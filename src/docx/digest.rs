//! The digest of a passage: of its words alone, for every program that saves a document writes its runs anew.

use sha2::{Digest as _, Sha256};

use crate::base::hexadecimal;
use crate::package::{Scanner, Tag, TokenKind, unescape};

/// Bytes of a digest that a tag holds; a tag has 64 signs at most.
const KEPT: usize = 8;

/// The words of a piece of a document: those of its text elements, paragraph by paragraph, without spaces.
pub(crate) fn words(content: &[u8]) -> String {
    let mut text = String::new();
    let mut scanner = Scanner::fragment(content);
    let mut inside = false;
    while let Ok(Some(token)) = scanner.next() {
        match token.kind {
            TokenKind::Open => inside = Tag(token.bytes).local() == b"t",
            TokenKind::Close => {
                inside = false;
                if matches!(Tag(token.bytes).local(), b"p" | b"tc") && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            TokenKind::Text if inside => text.push_str(&unescape(token.bytes)),
            _ => {}
        }
    }
    let lines = text.lines().map(|line| line.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The digest of the words of a piece of a document.
pub(crate) fn digest(content: &[u8]) -> String {
    let hash = Sha256::digest(words(content).as_bytes());
    hexadecimal(hash.get(..KEPT).unwrap_or_default())
}
