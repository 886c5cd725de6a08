//! Classes of which each stands for something of its own: `≥` and 不低于 for one sign, `≤` and 不超过 for another.

use super::Lexicon;

/// Classes, and what each stands for.
#[derive(Debug)]
pub struct Senses<T: 'static>(&'static [(&'static Lexicon, T)]);

impl<T: Copy> Senses<T> {
    /// These classes. A word that two of them have does not build: nobody could say what it stands for.
    ///
    /// # Panics
    /// Where two classes have a word in common; in a constant the compiler says so.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "below the length")]
    pub const fn new(classes: &'static [(&'static Lexicon, T)]) -> Self {
        let mut at = 0;
        while at < classes.len() {
            let mut other = at + 1;
            while other < classes.len() {
                assert!(!share(classes[at].0.shipped(), classes[other].0.shipped()), "a word of two classes");
                other += 1;
            }
            at += 1;
        }
        Self(classes)
    }

    /// What the longest word that the text begins with stands for, and how many bytes it is.
    pub fn longest(&self, text: &str) -> Option<(T, usize)> {
        let found = self.0.iter().filter_map(|(words, sense)| Some((*sense, words.longest(text)?.len())));
        found.max_by_key(|(_, length)| *length)
    }

    /// What the text as one word stands for.
    pub fn of(&self, text: &str) -> Option<T> {
        self.0.iter().find(|(words, _)| words.has(text)).map(|(_, sense)| *sense)
    }
}

/// Whether a word stands in both lists.
#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "below the length")]
const fn share(one: &[&str], other: &[&str]) -> bool {
    let mut at = 0;
    while at < one.len() {
        let mut with = 0;
        while with < other.len() {
            if same(one[at].as_bytes(), other[with].as_bytes()) {
                return true;
            }
            with += 1;
        }
        at += 1;
    }
    false
}

#[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "below the length")]
const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: &Lexicon = &Lexicon::new(&["超", "约"]);
    const LONG: &Lexicon = &Lexicon::new(&["超过", "近"]);

    #[test]
    fn the_longest_word_of_all_classes_counts() {
        let senses = Senses::new(&[(SHORT, 1), (LONG, 2)]);
        assert_eq!(senses.longest("超过3"), Some((2, "超过".len())));
        assert_eq!(senses.longest("超3"), Some((1, "超".len())));
        assert_eq!(senses.longest("过3"), None);
        assert_eq!((senses.of("超过"), senses.of("约"), senses.of("超过3")), (Some(2), Some(1), None));
    }

    #[test]
    #[should_panic(expected = "a word of two classes")]
    fn a_word_of_two_classes_is_refused() {
        const OTHER: &Lexicon = &Lexicon::new(&["低于", "约"]);
        let _ = Senses::new(&[(SHORT, 1), (LONG, 2), (OTHER, 3)]);
    }
}
