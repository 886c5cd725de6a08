//! Whether a bound belongs to a condition, where a bracket says so: (含), (不含95%), (含两端).

use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, lit, word};
use crate::criterion::grammar::words::{WITH, WITHOUT};
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
    let same = repeated.number == at.number && (repeated.unit.is_bare() || repeated.unit == at.unit);
    if same { Ok(!inside.starts_with('不')) } else { Err(EmptyError) }
}

/// (含两端), (不含本数): whether both ends of the range before it belong to it.
pub(super) fn both_ends(input: &mut Input<'_>) -> Outcome<bool> {
    let within = attempt(input, word(list::WITH_BOTH_ENDS)).is_some();
    if !within {
        word(list::WITHOUT_ENDS).parse_next(input)?;
    }
    Ok(within)
}
