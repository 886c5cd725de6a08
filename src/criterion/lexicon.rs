//! Lists of words, looked up by the character a text begins with.
//!
//! The grammar asks at nearly every character of a criterion whether one of some hundreds of words stands there;
//! nearly always none does. A list knows the characters its words begin with, so that this is one look, not a
//! comparison with each.

use std::ops::Deref;

/// A list of words that mean one thing.
pub(super) struct Lexicon {
    words: &'static [&'static str],
    /// The beginnings of the words of one character.
    short: Heads,
    /// The beginnings of the longer words: their first two characters.
    long: Heads,
}

impl Lexicon {
    /// The list of these words.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let (mut short, mut long) = (Heads::NONE, Heads::NONE);
        let mut at = 0;
        while at < words.len() {
            let (first, rest) = head(words[at].as_bytes());
            if rest.is_empty() {
                short = short.with(first);
            } else {
                long = long.with(second(first, rest));
            }
            at += 1;
        }
        Self { words, short, long }
    }

    /// The first place of the text at which one of the words begins, and the longest of those that do.
    pub(super) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        text.char_indices().find_map(|(at, _)| self.longest(text.get(at..)?).map(|word| (at, word)))
    }

    /// Whether one of the words stands anywhere in the text.
    pub(super) fn within(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// A set of beginnings; it may say yes to one that is not in it, and never no to one that is.
#[derive(Clone, Copy)]
struct Heads([u64; 16]);

impl Heads {
    const NONE: Self = Self([0; 16]);

    #[expect(clippy::indexing_slicing, reason = "four bits are below sixteen")]
    const fn with(mut self, head: u16) -> Self {
        self.0[(head >> 6 & 15) as usize] |= 1 << (head & 63);
        self
    }

    fn has(&self, head: u16) -> bool {
        let bits = self.0.get(usize::from(head >> 6 & 15)).copied().unwrap_or_default();
        bits >> (head & 63) & 1 != 0
    }
}

impl Deref for Lexicon {
    type Target = [&'static str];

    fn deref(&self) -> &Self::Target {
        self.words
    }
}

/// What can be asked for the word that a text begins with.
pub(super) trait Vocabulary {
    /// The longest of the words that the text begins with.
    fn longest(&self, text: &str) -> Option<&'static str>;
}

impl Vocabulary for Lexicon {
    fn longest(&self, text: &str) -> Option<&'static str> {
        let (first, rest) = head(text.as_bytes());
        let may = self.short.has(first) || self.long.has(second(first, rest));
        if may { longest(self.words, text) } else { None }
    }
}

/// Short lists are compared word by word.
impl Vocabulary for [&'static str] {
    fn longest(&self, text: &str) -> Option<&'static str> {
        longest(self, text)
    }
}

impl<const N: usize> Vocabulary for [&'static str; N] {
    fn longest(&self, text: &str) -> Option<&'static str> {
        longest(self, text)
    }
}

/// The longest word of several lists that the text begins with, and whose it is.
pub(super) fn longest_of<K: Copy>(lists: &[(&Lexicon, K)], text: &str) -> Option<(&'static str, K)> {
    let found = lists.iter().filter_map(|(list, kind)| Some((list.longest(text)?, *kind)));
    found.max_by_key(|(word, _)| word.len())
}

fn longest(words: &[&'static str], text: &str) -> Option<&'static str> {
    words.iter().copied().filter(|word| begins(text, word)).max_by_key(|word| word.len())
}

/// Whether the text begins with the word. The first character tells most words apart, without a call.
fn begins(text: &str, word: &str) -> bool {
    match (text.as_bytes().first_chunk::<3>(), word.as_bytes().first_chunk::<3>()) {
        (Some(there), Some(wanted)) if there != wanted => false,
        _ => text.starts_with(word),
    }
}

/// A number for the first character of a text, the same for the same character, and what follows it.
const fn head(text: &[u8]) -> (u16, &[u8]) {
    match text {
        [first, second, third, rest @ ..] if *first >= 0xE0 => {
            (((*second & 63) as u16) << 6 | (*third & 63) as u16, rest)
        }
        [first, rest @ ..] => (*first as u16, rest),
        [] => (0, text),
    }
}

/// A number for the first two characters.
const fn second(first: u16, rest: &[u8]) -> u16 {
    first.wrapping_mul(29) ^ head(rest).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_finds_what_comparing_word_by_word_finds() {
        const LIST: &[&str] = &["按", "按照", "≥", "≥=", "a", "×", "不低于", "不"];
        let list = Lexicon::new(LIST);
        for text in ["按照", "按", "≥=5", "≥", "abc", "b", "×", "不低", "不低于", "低", "", "比", "\u{0}"]
        {
            let want = LIST.iter().copied().filter(|w| text.starts_with(w)).max_by_key(|w| w.len());
            assert_eq!(list.longest(text), want, "{text}");
            assert_eq!(["按", "按照", "≥", "≥=", "a", "×", "不低于", "不"].longest(text), want, "{text}");
        }
        assert_eq!(list.find("应不低于"), Some(("应".len(), "不低于")));
        assert!(!list.within("其余"));
    }
}
