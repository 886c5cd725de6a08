//! Whether a bound belongs to a condition, where a bracket says so: (含), (不含95%), (含两端).

use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, lit, word};
use crate::criterion::grammar::words::{ANY_OF, WITH, WITHOUT};
use crate::rule::Amount;
use crate::words::list;

/// What stands behind a figure about its own belonging: `(含)`, `(不含95%)`.
pub(super) fn belonging(input: &mut Input<'_>, at: &Amount) -> Outcome<Option<bool>> {
    if attempt(input, word(WITH)).is_some() {
        return Ok(Some(true));
    }
    if attempt(input, word(WITHOUT)).is_some() {
        return Ok(Some(false));
    }
    if let Some(found) = attempt(input, |i| named_belonging(i, at)) {
        return Ok(Some(found));
    }
    // 80%-90%(含两端) says it of both.
    if attempt(&mut { *input }, both_ends).is_some() {
        return Ok(None);
    }
    if input.starts_with("(含") || input.starts_with("(不含") { Err(EmptyError) } else { Ok(None) }
}

/// (含95%), (不含95%): whether the figure that is named once more belongs to it.
pub(super) fn named_belonging(input: &mut Input<'_>, at: &Amount) -> Outcome<bool> {
    lit("(").parse_next(input)?;
    let inside = word(list::BELONGING).parse_next(input)?;
    let repeated = amount(input)?;
    lit(")").parse_next(input)?;
    if repeats(&repeated, at) { Ok(!inside.starts_with('不')) } else { Err(EmptyError) }
}

/// (含90%、95%), (含80%和90%): both ends of the range before it, named once more.
pub(super) fn named_both(input: &mut Input<'_>, low: &Amount, high: &Amount) -> Outcome<(bool, bool)> {
    lit("(").parse_next(input)?;
    let inside = word(list::BELONGING).parse_next(input)?;
    let first = amount(input)?;
    word(ANY_OF).parse_next(input)?;
    // 含90%、不含95%
    let other = attempt(input, word(list::BELONGING)).unwrap_or(inside);
    let second = amount(input)?;
    lit(")").parse_next(input)?;
    let named = |a: &Amount, b: &Amount| repeats(a, low) && repeats(b, high);
    let (one, other) = (!inside.starts_with('不'), !other.starts_with('不'));
    match (named(&first, &second), named(&second, &first)) {
        (true, _) => Ok((one, other)),
        (false, true) => Ok((other, one)),
        _ => Err(EmptyError),
    }
}

/// Whether a figure is named once more: 450元 of 450元/人·天.
fn repeats(repeated: &Amount, at: &Amount) -> bool {
    let each = at.unit.word.strip_prefix(repeated.unit.word.as_str());
    let unit =
        repeated.unit.is_bare() || repeated.unit == at.unit || each.is_some_and(|e| e.starts_with('/'));
    repeated.number == at.number && unit
}

/// (含两端), (不含本数): whether both ends of the range before it belong to it.
pub(super) fn both_ends(input: &mut Input<'_>) -> Outcome<bool> {
    let within = attempt(input, word(list::WITH_BOTH_ENDS)).is_some();
    if !within {
        word(list::WITHOUT_ENDS).parse_next(input)?;
    }
    Ok(within)
}
