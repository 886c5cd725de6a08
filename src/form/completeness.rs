//! Whether the points of a table show that all of it was read.

use crate::base::{WHOLE, Weight};
use crate::model::ScoreForm;

/// What they may add up to beside points that stand elsewhere, where the form says so.
const PART: [u32; 2] = [90, 80];

/// Whether the points add up to those of a whole form. `None` where one of them is not known.
///
/// Shares add up to 1: only where no weight of the form, nor of what may be its other parts, is above that.
pub(super) fn is_whole(
    weights: impl Iterator<Item = Option<Weight>>,
    mut others: impl Iterator<Item = Option<Weight>>,
    stated: Option<Weight>,
    execution: Option<Weight>,
) -> Option<bool> {
    let weights: Vec<Weight> = weights.collect::<Option<_>>()?;
    let one = Weight::from(1);
    let shares = weights.iter().all(|weight| *weight <= one)
        && others.all(|weight| weight.is_none_or(|weight| weight <= one));
    let sum = Weight::sum(weights)?;
    let with_execution = execution.and_then(|execution| sum.plus(execution)).unwrap_or(sum);
    let is = |points: &u32| [sum, with_execution].contains(&Weight::from(*points));
    let said = |points: &&u32| stated == Some(Weight::from(**points));
    Some(is(&WHOLE) || shares && is(&1) || PART.iter().filter(said).any(is))
}

/// Whether the points of a form are all hundred: where it says itself that they are fewer (80), others may stand elsewhere.
pub(super) fn is_hundred(form: &ScoreForm) -> bool {
    let points = form.indicators.iter().map(|indicator| indicator.weight).collect::<Option<Vec<_>>>();
    let sum = points.and_then(Weight::sum);
    let with = sum.and_then(|sum| sum.plus(execution(form).or_else(|| form.budget.first()?.points)?));
    let whole = [Weight::from(WHOLE), Weight::from(1)];
    [sum, with].into_iter().flatten().any(|sum| whole.contains(&sum))
}

/// The points that the budget block's total row is worth.
pub(super) fn execution(form: &ScoreForm) -> Option<Weight> {
    let number = form.budget.first()?.weight.as_ref()?.number()?;
    Some(Weight::new(number.get()))
}

/// Whether the points of a form, as far as they were read, are those of a whole one: of its indicators, or where only
/// levels state points, of its first levels.
pub(super) fn form(form: &ScoreForm) -> Option<bool> {
    let weights = || form.indicators.iter().map(|indicator| indicator.weight);
    let execution = execution(form).or_else(|| form.budget.first()?.points);
    if form.indicators.iter().all(|indicator| indicator.weight.is_none()) {
        let levels =
            || form.levels.iter().filter(|level| level.level2.is_none()).map(|level| Some(level.weight));
        return is_whole(levels(), levels(), form.full, execution).filter(|_| !form.levels.is_empty());
    }
    is_whole(weights(), weights(), form.full, execution)
}
