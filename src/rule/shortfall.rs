//! What is missing of the target.

use crate::expr::Var;
use crate::notation::Quantity;

use super::doubt::checked_actual;
use super::measure::Measurement;
use super::reason::Tells;
use super::reckon::{counted, target_in, unreadable};
use super::{IndicatorFacts, Refusal};

/// What is missing of the target, where the actual says how much there is.
pub(super) fn missing_of(there: &Quantity, facts: &IndicatorFacts) -> Result<Measurement, Refusal> {
    checked_actual(there, facts)?;
    let target = target_in(facts, &there.unit).ok_or_else(|| unreadable(facts))?;
    let value = target.value.minus(there.number).ok_or_else(|| unreadable(facts))?;
    let x = target.expr.minus(Var::Actual);
    Ok(Measurement { x, value, tells: Tells::Missing, ..counted(there.number, &there.unit, facts) })
}
