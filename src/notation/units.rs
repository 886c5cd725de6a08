//! The words of units and measure words, and the way to find the one a text begins with.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::unit::Dimension;
use crate::base::Number;
use crate::words::{Group, Groups, list};

/// Units with a fixed size, by what they measure.
static SIZED: [(&Groups, Dimension); 9] = [
    (list::RATIO_UNITS, Dimension::Ratio),
    (list::MONEY_UNITS, Dimension::Money),
    (list::TIME_UNITS, Dimension::Time),
    (list::WORKDAY_UNITS, Dimension::Workdays),
    (list::MONTH_UNITS, Dimension::Months),
    (list::LENGTH_UNITS, Dimension::Length),
    (list::AREA_UNITS, Dimension::Area),
    (list::VOLUME_UNITS, Dimension::Volume),
    (list::MASS_UNITS, Dimension::Mass),
];

/// A word that may stand behind a number.
pub(super) struct Entry {
    /// The word.
    pub(super) word: &'static str,
    /// Its plain form: what prices and counts are compared by.
    pub(super) plain: &'static str,
    /// What it measures, and one of it in the base of that; none for a measure word.
    pub(super) sized: Option<(&'static Dimension, Number)>,
}

/// What a group's words stand for.
pub(super) fn value(group: &Group) -> Number {
    let (digits, places) = group.value.unwrap_or((1, 0));
    Number::new(Decimal::new(digits, places))
}

/// The words by their first character, the longest first. Of measure words not every one is listed: behind a number
/// stands too much that is no unit (`100余人`, `50人未到`).
pub(super) static INDEX: LazyLock<HashMap<char, Vec<Entry>>> = LazyLock::new(|| {
    let entries = |group: &'static Group, sized: Option<(&'static Dimension, Number)>| {
        group.words.iter().map(move |word| Entry { word, plain: group.plain(), sized })
    };
    let sized = SIZED.iter().flat_map(|(groups, of)| groups.iter().map(move |group| (group, of)));
    let sized = sized.flat_map(|(group, of)| entries(group, Some((of, value(group)))));
    let spelt = list::MEASURE_SPELLINGS.iter().flat_map(|group| entries(group, None));
    let spelt = spelt.filter(|entry| !list::MEASURES_OF_COLUMNS.has(entry.word));
    let counted = list::MEASURE_WORDS.iter().map(|word| Entry { word, plain: word, sized: None });
    let mut index: HashMap<char, Vec<Entry>> = HashMap::new();
    for entry in sized.chain(spelt).chain(counted) {
        if let Some(first) = entry.word.chars().next() {
            index.entry(first).or_default().push(entry);
        }
    }
    for group in index.values_mut() {
        group.sort_by_key(|entry| Reverse(entry.word.len()));
    }
    index
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_two_units() {
        for group in INDEX.values() {
            for (entry, next) in group.iter().zip(group.iter().skip(1)) {
                assert_ne!(entry.word, next.word);
            }
        }
    }
}
