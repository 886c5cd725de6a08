//! A list of words that mean one thing, and how a text is held against it.
//!
//! Readers ask at nearly every character of a text whether one of some hundreds of words stands there; nearly always none
//! does. A list knows how its words begin, so that this is one look, not a comparison with each.

use std::collections::BTreeSet;
use std::fmt;

/// A list of words. The shipped ones are constants; those that a mapping changes are made when it is read.
#[derive(Clone)]
pub struct Lexicon {
    words: Stored,
    index: Index,
}

/// Where the words are kept, in the order of the data.
#[derive(Clone)]
enum Stored {
    Shipped(&'static [&'static str]),
    Changed(Vec<Box<str>>),
}

impl Lexicon {
    /// The list without words.
    pub const NONE: &'static Self = &Self::new(&[]);

    /// The list of these words.
    pub const fn new(words: &'static [&'static str]) -> Self {
        Self { words: Stored::Shipped(words), index: Index::of(words) }
    }

    /// The list of words that are not known before the program runs. A word is taken once, and an empty one not at all.
    pub fn changed<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut known = BTreeSet::new();
        let new = words.into_iter().filter(|word| !word.is_empty() && known.insert(*word));
        // More words than a place can count would be no list that a person keeps.
        let own: Vec<&str> = new.take(usize::from(u16::MAX)).collect();
        let index = Index::of(&own);
        Self { words: Stored::Changed(own.into_iter().map(Box::from).collect()), index }
    }

    /// The words, in the order of the data.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        (0..self.len()).filter_map(|at| self.word(at))
    }

    /// The words of a shipped list; none of one that a mapping changed.
    pub(super) const fn shipped(&self) -> &'static [&'static str] {
        match &self.words {
            Stored::Shipped(words) => words,
            Stored::Changed(_) => &[],
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        match &self.words {
            Stored::Shipped(words) => words.len(),
            Stored::Changed(words) => words.len(),
        }
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn word(&self, at: usize) -> Option<&str> {
        match &self.words {
            Stored::Shipped(words) => words.get(at).copied(),
            Stored::Changed(words) => words.get(at).map(AsRef::as_ref),
        }
    }

    /// Whether the text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        self.longest(text).is_some_and(|word| word.len() == text.len())
    }

    /// Whether the character alone is one of the words.
    pub fn has_char(&self, c: char) -> bool {
        self.has(c.encode_utf8(&mut [0; 4]))
    }

    /// The longest of the words that the text begins with.
    pub fn longest(&self, text: &str) -> Option<&str> {
        let (first, rest) = head(text.as_bytes());
        if self.index.may_begin(first, rest) { self.longest_from(first, text) } else { None }
    }

    /// Whether the text begins with one of the words.
    pub fn begins(&self, text: &str) -> bool {
        self.longest(text).is_some()
    }

    /// What follows the longest of the words that the text begins with.
    pub fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.strip_prefix(self.longest(text)?)
    }

    /// The first place of the text at which one of the words begins, and the longest of those that do.
    pub fn find(&self, text: &str) -> Option<(usize, &str)> {
        let mut places = text.char_indices();
        let (mut at, _) = places.next()?;
        let (mut first, _) = head(text.as_bytes());
        // The beginning of the next place is the second character of this one.
        loop {
            let next = places.next().map(|(next, _)| next);
            let rest = next.and_then(|next| text.get(next..)).unwrap_or_default();
            let (second, _) = head(rest.as_bytes());
            if (self.index.short.has(first) || self.index.long.has(both(first, second)))
                && let Some(word) = self.longest_from(first, text.get(at..)?)
            {
                return Some((at, word));
            }
            at = next?;
            first = second;
        }
    }

    /// Whether one of the words stands anywhere in the text.
    pub fn within(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The longest of the words that the text ends with.
    pub fn longest_end(&self, text: &str) -> Option<&str> {
        self.iter().filter(|word| text.ends_with(word)).max_by_key(|word| word.len())
    }

    /// Whether the text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        self.iter().any(|word| text.ends_with(word))
    }

    /// What precedes the longest of the words that the text ends with.
    pub fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.strip_suffix(self.longest_end(text)?)
    }

    /// The text without all words at its beginning.
    pub fn trim_start<'t>(&self, text: &'t str) -> &'t str {
        std::iter::successors(Some(text), |rest| self.strip(rest)).last().unwrap_or(text)
    }

    /// The text without all words at its end.
    pub fn trim_end<'t>(&self, text: &'t str) -> &'t str {
        std::iter::successors(Some(text), |rest| self.strip_end(rest)).last().unwrap_or(text)
    }

    /// The longest of the words that the text begins with, whose first character is this.
    fn longest_from(&self, first: u16, text: &str) -> Option<&str> {
        let (from, to) = self.index.places.get(usize::from(first) % PLACES)?;
        let words = (usize::from(*from)..usize::from(*to)).filter_map(|at| self.word(at));
        words.filter(|word| begins(text, word)).max_by_key(|word| word.len())
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Lists are the same where their words are.
impl PartialEq for Lexicon {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Lexicon {}

/// How the words of a list begin.
#[derive(Clone)]
struct Index {
    /// Where the words stand that begin with a character, by the last bits of its number: the first place in the list, and
    /// the one behind the last.
    places: [(u16, u16); PLACES],
    /// The beginnings of the words of one character.
    short: Heads,
    /// The beginnings of the longer words: their first two characters.
    long: Heads,
}

/// Characters that are told apart by where their words stand.
const PLACES: usize = 64;

impl Index {
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        reason = "below the length of the list, which is below 65,536"
    )]
    const fn of(words: &[&str]) -> Self {
        let (mut short, mut long) = (Heads::NONE, Heads::NONE);
        let mut places = [(0, 0); PLACES];
        let mut at = 0;
        while at < words.len() {
            let (first, rest) = head(words[at].as_bytes());
            let (from, to) = &mut places[first as usize % PLACES];
            if *to == 0 {
                *from = at as u16;
            }
            *to = at as u16 + 1;
            if rest.is_empty() {
                short = short.with(first);
            } else {
                long = long.with(both(first, head(rest).0));
            }
            at += 1;
        }
        Self { places, short, long }
    }

    /// Never no where one of the words begins so.
    fn may_begin(&self, first: u16, rest: &[u8]) -> bool {
        self.short.has(first) || self.long.has(both(first, head(rest).0))
    }
}

/// The beginnings of the words of several lists.
#[derive(Debug)]
pub struct Beginnings {
    short: Heads,
    long: Heads,
}

impl Beginnings {
    /// What begins with a word of any of the lists.
    pub const fn of(lists: &[&Lexicon]) -> Self {
        Self { short: Heads::NONE, long: Heads::NONE }.and(lists)
    }

    /// And what begins with a word of any of these.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "below the length")]
    #[must_use]
    pub const fn and(self, lists: &[&Lexicon]) -> Self {
        let Self { mut short, mut long } = self;
        let mut at = 0;
        while at < lists.len() {
            short = short.and(lists[at].index.short);
            long = long.and(lists[at].index.long);
            at += 1;
        }
        Self { short, long }
    }

    /// Whether one of the words may begin here: never no where one does.
    pub fn may_begin(&self, text: &str) -> bool {
        let (first, rest) = head(text.as_bytes());
        self.short.has(first) || self.long.has(both(first, head(rest).0))
    }
}

/// A set of beginnings; it may say yes to one that is not in it, and never no to one that is.
#[derive(Debug, Clone, Copy)]
struct Heads([u64; 16]);

impl Heads {
    const NONE: Self = Self([0; 16]);

    #[expect(clippy::indexing_slicing, reason = "four bits are below sixteen")]
    const fn with(mut self, head: u16) -> Self {
        self.0[(head >> 6 & 15) as usize] |= 1 << (head & 63);
        self
    }

    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "below sixteen")]
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

/// The longest of a few words that the text begins with, compared word by word.
pub fn longest_among(words: &'static [&'static str], text: &str) -> Option<&'static str> {
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
        [first, _, third, fourth, rest @ ..] if *first >= 0xF0 => {
            (((*third & 63) as u16) << 6 | (*fourth & 63) as u16, rest)
        }
        [first, second, third, rest @ ..] if *first >= 0xE0 => {
            (((*second & 63) as u16) << 6 | (*third & 63) as u16, rest)
        }
        [first, second, rest @ ..] if *first >= 0xC0 => {
            (((*first & 31) as u16) << 6 | (*second & 63) as u16, rest)
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

    const LIST: &[&str] = &["按", "按照", "≥", "≥=", "a", "×", "±", "不低于", "不", "照", "😀"];
    const SHIPPED: Lexicon = Lexicon::new(LIST);

    #[test]
    fn a_list_finds_what_comparing_word_by_word_finds() {
        let texts = [
            "按照",
            "按",
            "≥=5",
            "≥",
            "abc",
            "b",
            "×",
            "a×b",
            "5±1",
            "不低",
            "不低于",
            "低",
            "",
            "比照",
            "应按",
            "应不低于",
            "\u{0}",
            "好😀",
            "依照",
        ];
        for list in [SHIPPED, Lexicon::changed(LIST.iter().copied())] {
            for text in texts {
                let want = |text: &str| longest_among(LIST, text);
                assert_eq!(list.longest(text), want(text), "{text}");
                assert_eq!(list.has(text), LIST.contains(&text), "{text}");
                let found = text.char_indices().find_map(|(at, _)| Some((at, want(text.get(at..)?)?)));
                assert_eq!(list.find(text), found, "{text}");
                assert_eq!(list.ends(text), LIST.iter().any(|word| text.ends_with(word)), "{text}");
            }
            assert_eq!(list.strip("按照标准"), Some("标准"));
            assert_eq!(list.strip_end("5≥="), Some("5"));
            assert_eq!((list.trim_start("按照a按标准"), list.trim_start("标准")), ("标准", "标准"));
            assert_eq!((list.trim_end("5≥=±"), list.trim_end("≥≥="), list.trim_end("5")), ("5", "", "5"));
        }
        assert_eq!(Lexicon::changed(["甲", "", "甲"]).iter().collect::<Vec<_>>(), ["甲"]);
        assert_eq!(SHIPPED, Lexicon::changed(LIST.iter().copied()));
    }
}
