//! A list of words that mean one thing, and how a text is held against it.
//!
//! Readers ask at nearly every character of a text whether one of some hundreds of words stands there; nearly always none
//! does. A list knows how its words begin, so that this is one look, not a comparison with each.

use std::collections::BTreeSet;
use std::fmt;

/// Groups that words are sorted into by their first character.
const GROUPS: usize = 64;

/// A list of words.
#[derive(Clone)]
pub struct Lexicon {
    /// In the order of the data.
    words: Vec<Box<str>>,
    /// Their places, those of one group side by side.
    sorted: Vec<u16>,
    /// Where each group begins and ends among them.
    groups: [(u16, u16); GROUPS],
    /// The first characters of the words of one character.
    short: Heads,
    /// The first two characters of the longer words.
    long: Heads,
}

impl Lexicon {
    /// A list without words.
    pub const EMPTY: Self = Self {
        words: Vec::new(),
        sorted: Vec::new(),
        groups: [(0, 0); GROUPS],
        short: Heads([0; 16]),
        long: Heads([0; 16]),
    };

    /// The list of these words. A word is taken once, and an empty one not at all.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut known = BTreeSet::new();
        let new = words.into_iter().filter(|word| !word.is_empty() && known.insert(*word));
        // More words than a place can count would be no list that a person keeps.
        let own: Vec<Box<str>> = new.take(usize::from(u16::MAX)).map(Box::from).collect();
        let mut list = Self { sorted: (0_u16..).take(own.len()).collect(), ..Self::EMPTY };
        let group_at = |at: &u16| own.get(usize::from(*at)).map_or(0, |word| group(heads(word).0));
        list.sorted.sort_by_key(group_at);
        for (place, at) in (0_u16..).zip(&list.sorted) {
            if let Some((from, to)) = list.groups.get_mut(group_at(at)) {
                if *to == 0 {
                    *from = place;
                }
                *to = place.saturating_add(1);
            }
        }
        for word in &own {
            match heads(word) {
                (first, None) => list.short.add(first),
                (first, Some(second)) => list.long.add(both(first, second)),
            }
        }
        list.words = own;
        list
    }

    /// The words, in the order of the data.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.words.iter().map(AsRef::as_ref)
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
        let (first, second) = heads(text);
        if self.may_begin(first, second) { self.longest_from(first, text) } else { None }
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
        let mut rest = text.chars();
        loop {
            let here = rest.as_str();
            let first = rest.next().map(sign)?;
            let second = rest.clone().next().map(sign);
            if self.may_begin(first, second)
                && let Some(word) = self.longest_from(first, here)
            {
                return Some((text.len().saturating_sub(here.len()), word));
            }
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

    /// Never no where one of the words begins so.
    fn may_begin(&self, first: u16, second: Option<u16>) -> bool {
        self.short.has(first) || second.is_some_and(|second| self.long.has(both(first, second)))
    }

    fn longest_from(&self, first: u16, text: &str) -> Option<&str> {
        let (from, to) = self.groups.get(group(first))?;
        let places = self.sorted.get(usize::from(*from)..usize::from(*to))?;
        let words = places.iter().filter_map(|at| self.words.get(usize::from(*at)).map(AsRef::as_ref));
        words.filter(|word: &&str| text.starts_with(word)).max_by_key(|word| word.len())
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
        self.words == other.words
    }
}

impl Eq for Lexicon {}

/// A set of beginnings; it may say yes to one that is not in it, and never no to one that is.
#[derive(Debug, Clone, Copy)]
struct Heads([u64; 16]);

impl Heads {
    fn add(&mut self, head: u16) {
        if let Some(bits) = self.0.get_mut(usize::from(head >> 6 & 15)) {
            *bits |= 1 << (head & 63);
        }
    }

    fn has(&self, head: u16) -> bool {
        let bits = self.0.get(usize::from(head >> 6 & 15)).copied().unwrap_or_default();
        bits >> (head & 63) & 1 != 0
    }
}

/// Numbers for the first two characters of a text, the same for the same characters.
fn heads(text: &str) -> (u16, Option<u16>) {
    let mut signs = text.chars().map(sign);
    (signs.next().unwrap_or_default(), signs.next())
}

#[expect(clippy::cast_possible_truncation, reason = "the last bits are all that is wanted")]
fn sign(c: char) -> u16 {
    c as u32 as u16
}

fn both(first: u16, second: u16) -> u16 {
    first.wrapping_mul(29) ^ second
}

fn group(first: u16) -> usize {
    usize::from(first).checked_rem(GROUPS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: [&str; 11] = ["按", "按照", "≥", "≥=", "a", "×", "±", "不低于", "不", "照", "😀"];

    #[test]
    fn a_list_finds_what_comparing_word_by_word_finds() {
        let list = Lexicon::new(LIST);
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
        for text in texts {
            let begins = |text: &str| {
                LIST.iter().copied().filter(|word| text.starts_with(word)).max_by_key(|word| word.len())
            };
            assert_eq!(list.longest(text), begins(text), "{text}");
            assert_eq!(list.has(text), LIST.contains(&text), "{text}");
            let found = text.char_indices().find_map(|(at, _)| Some((at, begins(text.get(at..)?)?)));
            assert_eq!(list.find(text), found, "{text}");
            assert_eq!(list.ends(text), LIST.iter().any(|word| text.ends_with(word)), "{text}");
        }
        assert_eq!(list.strip("按照标准"), Some("标准"));
        assert_eq!(list.strip_end("5≥="), Some("5"));
        assert_eq!(Lexicon::new(["甲", "", "甲"]).iter().collect::<Vec<_>>(), ["甲"]);
    }
}
