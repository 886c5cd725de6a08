//! `[direction]`: words that a mapping adds to those that say which way an indicator counts, or drops from them.

use toml::Spanned;

use super::checked::Mapping;
use super::file;
use super::toml_read::{FaultKind, Faults, nearest};
use crate::model::DirectionWords;
use crate::notation::normalise;

/// A word as names are compared: plain, without spaces.
fn plain(word: &Spanned<String>) -> String {
    normalise(word.get_ref()).as_str().replace(' ', "")
}

/// Adds what the table says to the mapping. A word that says both ways, and a dropped word that is in no list, are
/// faults.
pub(super) fn resolve(typed: &file::Direction, mapping: &mut Mapping, faults: &mut Faults) {
    opposed(typed.floor_signs.as_ref(), typed.cap_signs.as_ref(), "floor_signs 和 cap_signs", faults);
    opposed(typed.money_floors.as_ref(), typed.money_caps.as_ref(), "money_floors 和 money_caps", faults);
    opposed(typed.caps.as_ref(), typed.remedies.as_ref(), "caps 和 remedies", faults);
    opposed(typed.caps.as_ref(), typed.reductions.as_ref(), "caps 和 reductions", faults);
    opposed(typed.times.as_ref(), typed.time_floors.as_ref(), "times 和 time_floors", faults);
    let words = |list: &Option<Vec<Spanned<String>>>| list.iter().flatten().map(plain).collect();
    mapping.direction.add(&DirectionWords {
        floor_signs: words(&typed.floor_signs),
        cap_signs: words(&typed.cap_signs),
        cap_categories: words(&typed.cap_categories),
        caps: words(&typed.caps),
        times: words(&typed.times),
        money_caps: words(&typed.money_caps),
        money_floors: words(&typed.money_floors),
        neutral: words(&typed.neutral),
        remedies: words(&typed.remedies),
        reductions: words(&typed.reductions),
        time_floors: words(&typed.time_floors),
    });
    let mut known = DirectionWords::default();
    known.add(&mapping.direction);
    let known: Vec<&String> = known.lists().into_iter().flat_map(|(_, list)| list).collect();
    for word in typed.drop.iter().flatten() {
        let dropped = plain(word);
        if !known.contains(&&dropped) {
            let near = nearest(&dropped, known.iter().map(|word| word.as_str()));
            faults.add(
                FaultKind::UnknownWord,
                word.span(),
                format!("各个词表中都没有“{}”", word.get_ref()),
                near.map_or_else(|| "请删去这一项。".to_owned(), |near| format!("是否要写“{near}”？")),
            );
        }
        mapping.direction_drop.push(dropped);
    }
}

/// Words in two lists that say opposite things.
fn opposed(
    one: Option<&Vec<Spanned<String>>>,
    other: Option<&Vec<Spanned<String>>>,
    names: &str,
    faults: &mut Faults,
) {
    let first: Vec<String> = one.into_iter().flatten().map(plain).collect();
    for word in other.into_iter().flatten().filter(|word| first.contains(&plain(word))) {
        faults.add(
            FaultKind::Conflict,
            word.span(),
            format!("“{}”同时写在 {names} 里", word.get_ref()),
            "一个词只能表示一个方向。",
        );
    }
}

/// The words that hold for a case: the shipped ones, with what its mappings add and without what they drop.
pub fn words<'m>(mappings: impl Iterator<Item = &'m Mapping> + Clone) -> DirectionWords {
    let mut words = DirectionWords::default();
    for mapping in mappings.clone() {
        words.add(&mapping.direction);
    }
    for dropped in mappings.flat_map(|mapping| &mapping.direction_drop) {
        words.drop_word(dropped);
    }
    words
}
