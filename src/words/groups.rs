//! A class whose words stand in groups: the ways to write one unit, the words for one place of a scale.

use super::Lexicon;

/// Words that say the same.
#[derive(Debug)]
pub struct Group {
    /// The number that they stand for: its digits, and how many of them stand behind the point.
    pub(crate) value: Option<(i64, u32)>,
    /// The words, their plain form first.
    pub(crate) words: &'static Lexicon,
}

impl Group {
    /// The plain form of the words.
    pub fn plain(&self) -> &'static str {
        self.words.iter().next().unwrap_or_default()
    }
}

/// The groups of a class. No word stands in two of them (`words/data.rs`).
#[derive(Debug)]
pub struct Groups {
    meaning: &'static str,
    groups: &'static [Group],
}

impl Groups {
    /// These groups, and what the class means.
    pub(crate) const fn new(meaning: &'static str, groups: &'static [Group]) -> Self {
        Self { meaning, groups }
    }

    /// What the class means, in Chinese.
    pub fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// The groups, in the order of the data.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &'static Group> + ExactSizeIterator + use<> {
        self.groups.iter()
    }

    /// The group that the text is a word of, and its place.
    pub fn of(&self, text: &str) -> Option<(usize, &'static Group)> {
        self.iter().enumerate().find(|(_, group)| group.words.has(text))
    }

    /// The group of the longest word that the text begins with, and how many bytes that is.
    pub fn longest(&self, text: &str) -> Option<(&'static Group, usize)> {
        let found = self.iter().filter_map(|group| Some((group, group.words.longest(text)?.len())));
        found.max_by_key(|(_, length)| *length)
    }
}
