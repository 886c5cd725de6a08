//! From what to what something went: 由91%提高到92%, 床位由300张增加到380张.

use crate::notation::Quantity;

use super::super::facts::plain_words;
use crate::words::{Lexicon, list};

/// The words behind 由 or 从.
pub(super) fn behind_from(text: &str) -> Option<&str> {
    text.strip_prefix('由').or_else(|| text.strip_prefix('从'))
}

/// Whether a text tells from what to what something went, wherever it stands (床位由300张增加到380张).
pub(super) fn tells_from_to(text: &str) -> bool {
    let turn = |words: &Lexicon| words.within(text);
    (text.contains('由') || text.contains('从')) && (turn(list::RISES_TO) || turn(list::FALLS_TO))
}

/// 由300张增加到380张: the one and the other, where they went the way that is said.
pub(super) fn from_number_to(text: &str) -> Option<(Quantity, Quantity)> {
    let rest = behind_from(text)?;
    let (first, taken) = crate::notation::scan_quantity(rest)?;
    let rest = rest.get(taken..)?;
    let (rest, risen) = list::RISES_TO
        .strip(rest)
        .map(|rest| (rest, true))
        .or_else(|| list::FALLS_TO.strip(rest).map(|rest| (rest, false)))?;
    let (second, taken) = crate::notation::scan_quantity(rest)?;
    let fits = if risen { second.number >= first.number } else { second.number <= first.number };
    let plain = first.sign.is_none() && second.sign.is_none();
    (rest.len() == taken && fits && plain).then_some((first, second))
}

/// 由91%提高到92%: by how much.
pub(super) fn from_to(text: &str) -> Option<Quantity> {
    let (first, second) = from_number_to(text)?;
    let same = first.unit == second.unit && first.unit.is_ratio();
    let number = second.number.minus(first.number).filter(|_| same)?;
    Some(Quantity { number, ..second })
}

/// Whether the words say from which rate to which it went.
pub(super) fn is_from_to(text: &str) -> bool {
    from_to(&plain_words(text)).is_some()
}
