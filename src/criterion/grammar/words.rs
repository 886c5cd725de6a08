//! The vocabulary of criteria: classes of words that mean one thing wherever the grammar expects them, by name. Where one word
//! of a class begins with another, the longest counts. The words are data (`mappings/words/criterion.toml`); `build.rs` makes
//! the constants of them.

use super::lexicon::Lexicon;

/// A class of words.
#[derive(Clone, Copy)]
pub(crate) struct Class {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its words.
    pub(crate) words: &'static Lexicon,
}

include!(concat!(env!("OUT_DIR"), "/criterion_words.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_hides_a_longer_one_of_the_grammar() {
        for table in [LOWER_IN, LOWER_OUT, LOWER_OVER, UPPER_IN, UPPER_OUT, EQUAL] {
            for (i, word) in table.iter().enumerate() {
                let hidden = table[..i].iter().find(|earlier| word.starts_with(**earlier));
                assert_eq!(hidden, None, "{word}");
            }
        }
    }
}
