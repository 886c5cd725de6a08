//! The vocabulary of criteria: classes of words that mean one thing wherever the grammar expects them, by name. Where one word
//! of a class begins with another, the longest counts. The words are data (`mappings/words/criterion.toml`).

pub(crate) use crate::words::list::*;
use crate::words::{self, Class, Lexicon};

/// The classes, each with its name.
pub(crate) fn classes() -> impl Iterator<Item = (&'static str, &'static Lexicon)> {
    Class::of_file("criterion").map(|class| (class.name(), words::of(class)))
}
