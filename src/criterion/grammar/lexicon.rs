//! Lists of words, looked up by the character a text begins with.
//!
//! The grammar asks at nearly every character of a criterion whether one of some hundreds of words stands there;
//! nearly always none does. A list knows the characters its words begin with, so that this is one look, not a
//! comparison with each.

use std::ops::Deref;

/// A list of words that mean one thing.
pub(crate) struct Lexicon {
    words: &'static [&'static str],
    /// Where the words stand that begin with a character, by the last bits of its number.
    places: [Place; PLACES],
    /// The beginnings of the words of one character.
    short: Heads,
    /// The beginnings of the longer words: their first two characters.
    long: Heads,
}

/// The first place in a list, and the one behind the last.
type Place = (u8, u8);

/// Characters that are told apart by where their words stand.
const PLACES: usize = 64;

impl Lexicon {
    /// The list of these words.
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "evaluated by the compiler"
    )]
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        assert!(words.len() < 255, "places are bytes");
        let (mut short, mut long) = (Heads::NONE, Heads::NONE);
        let mut places = [(0, 0); PLACES];
        let mut at = 0;
        while at < words.len() {
            let (first, rest) = head(words[at].as_bytes());
            let (from, to) = &mut places[first as usize % PLACES];
            if *to == 0 {
                *from = at as u8;
            }
            *to = at as u8 + 1;
            if rest.is_empty() {
                short = short.with(first);
            } else {
                long = long.with(both(first, head(rest).0));
            }
            at += 1;
        }
        Self { words, places, short, long }
    }

    /// The longest of the words that the text begins with, whose first character is this.
    fn longest_from(&self, first: u16, text: &str) -> Option<&'static str> {
        let (from, to) = self.places.get(usize::from(first) % PLACES)?;
        longest(self.words.get(usize::from(*from)..usize::from(*to))?, text)
    }

    /// The first place of the text at which one of the words begins, and the longest of those that do.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        let mut places = text.char_indices();
        let (mut at, _) = places.next()?;
        let (mut first, _) = head(text.as_bytes());
        // The beginning of the next place is the second character of this one.
        loop {
            let next = places.next().map(|(next, _)| next);
            let rest = next.and_then(|next| text.get(next..)).unwrap_or_default();
            let (second, _) = head(rest.as_bytes());
            if (self.short.has(first) || self.long.has(both(first, second)))
                && let Some(word) = self.longest_from(first, text.get(at..)?)
            {
                return Some((at, word));
            }
            at = next?;
            first = second;
        }
    }

    /// Whether the text ends with one of the words.
    pub(crate) fn ends(&self, text: &str) -> bool {
        let longest = self.words.iter().map(|word| word.len()).max().unwrap_or_default();
        text.char_indices().rev().take_while(|(at, _)| text.len().saturating_sub(*at) <= longest).any(
            |(at, _)| {
                let rest = text.get(at..).unwrap_or_default();
                self.longest(rest).is_some_and(|word| word.len() == rest.len())
            },
        )
    }

    /// Whether one of the words stands anywhere in the text.
    pub(crate) fn within(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// The beginnings of the words of several lists.
pub(crate) struct Beginnings {
    short: Heads,
    long: Heads,
}

impl Beginnings {
    /// What begins with a word of any of the lists.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
    pub(crate) const fn of(lists: &[&Lexicon]) -> Self {
        let (mut short, mut long) = (Heads::NONE, Heads::NONE);
        let mut at = 0;
        while at < lists.len() {
            short = short.and(lists[at].short);
            long = long.and(lists[at].long);
            at += 1;
        }
        Self { short, long }
    }

    /// Whether one of the words may begin here: never no where one does.
    pub(crate) fn may_begin(&self, text: &str) -> bool {
        let (first, rest) = head(text.as_bytes());
        self.short.has(first) || self.long.has(both(first, head(rest).0))
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

    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "evaluated by the compiler")]
    const fn and(mut self, other: Self) -> Self {
        let mut at = 0;
        while at < self.0.len() {
            self.0[at] |= other.0[at];
            at += 1;
        }
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
pub(crate) trait Vocabulary {
    /// The longest of the words that the text begins with.
    fn longest(&self, text: &str) -> Option<&'static str>;
}

impl Vocabulary for Lexicon {
    fn longest(&self, text: &str) -> Option<&'static str> {
        let (first, rest) = head(text.as_bytes());
        if self.short.has(first) || self.long.has(both(first, head(rest).0)) {
            self.longest_from(first, text)
        } else {
            None
        }
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
pub(crate) fn longest_of<K: Copy>(lists: &[(&Lexicon, K)], text: &str) -> Option<(&'static str, K)> {
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
const fn both(first: u16, second: u16) -> u16 {
    first.wrapping_mul(29) ^ second
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
