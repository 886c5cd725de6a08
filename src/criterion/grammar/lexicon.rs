//! What a parser asks for the word that a text begins with: a class of words, or a few words of its own.

use crate::words::{Lexicon, longest_among};

/// What can be asked for the word that a text begins with.
pub(crate) trait Vocabulary {
    /// The longest of the words that the text begins with.
    fn longest(&'static self, text: &str) -> Option<&'static str>;
}

impl Vocabulary for Lexicon {
    fn longest(&'static self, text: &str) -> Option<&'static str> {
        Self::longest(self, text)
    }
}

/// Short lists are compared word by word.
impl Vocabulary for [&'static str] {
    fn longest(&'static self, text: &str) -> Option<&'static str> {
        longest_among(self, text)
    }
}

impl<const N: usize> Vocabulary for [&'static str; N] {
    fn longest(&'static self, text: &str) -> Option<&'static str> {
        longest_among(self, text)
    }
}

/// The longest word of several lists that the text begins with, and whose it is.
pub(crate) fn longest_of<K: Copy>(lists: &[(&'static Lexicon, K)], text: &str) -> Option<(&'static str, K)> {
    let found = lists.iter().filter_map(|(list, kind)| Some((list.longest(text)?, *kind)));
    found.max_by_key(|(word, _)| word.len())
}
