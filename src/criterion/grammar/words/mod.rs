//! The vocabulary: classes of words that mean one thing wherever the grammar expects them. A class is asked for by its
//! name; where one word of it begins with another, the longest counts.

use super::lexicon::Lexicon;

/// A class of words.
#[derive(Clone, Copy)]
pub(crate) struct Class {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its words.
    pub(crate) words: &'static Lexicon,
}

/// Defines classes, and the list of them that nobody needs to keep.
macro_rules! classes {
    ($($(#[doc = $meaning:literal])+ $name:ident = [$($word:literal),* $(,)?];)*) => {
        $(
            $(#[doc = $meaning])+
            pub(crate) const $name: &super::Lexicon = &super::Lexicon::new(&[$($word),*]);
        )*

        /// All classes of this file.
        pub(super) static CLASSES: &[super::Class] =
            &[$(super::Class { name: stringify!($name), words: $name }),*];
    };
}

#[rustfmt::skip] // words, several a line
mod conditions;
#[rustfmt::skip]
mod points;
#[rustfmt::skip]
mod remarks;

pub(crate) use self::conditions::{
    ACTUAL, AT, BEHIND, BOTH, COMES_TO, EQUAL, EXACTLY, EXCEEDS, FAULTS_FOUND, HARM, KEPT_AT, LACKING, LATE,
    LOWER_IN, LOWER_OUT, LOWER_OVER, MEETS, MET, MISSED, MISSES, NEGATIVE, NONE, NONE_ALONE, NOT_BEYOND,
    NOT_EQUAL, NOT_OVER, NOT_OVERSPENT, NOT_UNDER, OF_THE_YEAR, ON_DAY, ON_TIME, OVER, OVER_BY, OVERSPENT,
    PUNCTUAL, RANKED, REACHES, SIZES, SOME, SOME_ALONE, STRAYS, TARGET, THAN, UNDER, UNDER_BY, UPPER_IN,
    UPPER_OUT, WITH, WITHOUT,
};
pub(crate) use self::points::{
    ADD, AMOUNTS_TO, BASE_POINTS, BY, FULL, FULL_ANYWAY, GIVE, INTERPOLATED, NOTHING, PAID, PROPORTION,
    SCORE_NAMES, SCORE_VERBS, STEP_ABOVE, STEP_BELOW, STEP_EITHER, STEP_FOUND, STEP_LATE, STEP_MISSING, TAKE,
    TAKE_ALL, THEN, WEIGHT, ZERO_POINTS,
};
pub(crate) use self::remarks::{
    BAD, ELSE, HAZARDS, ITEM, JUDGEMENT, MISSING, NEUTRAL, OK, STATED, UNTIL_FULL, UNTIL_GONE,
};

/// Every class there is.
pub(crate) fn all() -> impl Iterator<Item = &'static Class> {
    [conditions::CLASSES, points::CLASSES, remarks::CLASSES].into_iter().flatten()
}

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
