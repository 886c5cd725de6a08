//! Parts and their whole that are but a slip of the pen off each other: a digit, two digits that changed places, a unit.

use super::slips::is_slip;
use super::splits::Split;
use crate::base::Number;

/// Whether the numbers add up and only the unit of the whole does not: 合计548.50元，其中甲426万元、乙122.5万元.
pub(super) fn is_in_other_unit(split: &Split) -> bool {
    let sum = Number::sum(split.parts.iter().map(|part| part.figure.value));
    let same =
        split.parts.windows(2).all(|pair| matches!(pair, [one, other] if one.written == other.written));
    let other = split.parts.first().is_some_and(|part| part.written != split.whole.written);
    same && other && sum == Some(split.whole.figure.value)
}

/// Whether amounts come to their whole but for a slip of the pen in one of them.
pub(super) fn has_slipped_part(split: &Split) -> bool {
    let exact = split.whole.is_money() && split.parts.iter().all(|part| part.written == split.whole.written);
    let shown = |number: Number, places: u32| {
        let places = usize::try_from(places).unwrap_or(0);
        format!("{:.places$}", number.get())
    };
    exact
        && split.parts.iter().any(|part| {
            let others =
                split.parts.iter().filter(|one| one.figure != part.figure).map(|one| one.figure.value);
            let rest = Number::sum(others).and_then(|others| split.whole.figure.value.minus(others));
            let places = part.figure.places.max(split.whole.figure.places);
            rest.is_some_and(|rest| is_slip(&shown(part.figure.value, places), &shown(rest, places)))
        })
}

/// Whether the parts come to their whole but for a slip of the pen in it: nothing else explains that they come so near.
pub(super) fn is_slipped(split: &Split) -> bool {
    let exact = split.parts.iter().all(|part| part.written == split.whole.written);
    let sum = Number::sum(split.parts.iter().map(|part| part.figure.value)).map(Number::normalize);
    let whole = split.whole.figure.value.normalize().to_string();
    exact && sum.is_some_and(|sum| is_near(&whole, &sum.to_string()))
}

/// Whether one number is another but for one digit or two that changed places.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    is_slip(one, other)
        || one.len() == other.len()
            && one.len() >= 3
            && one.chars().zip(other.chars()).filter(|(a, b)| a != b).count() == 1
}
