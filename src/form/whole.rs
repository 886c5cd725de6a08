//! Whether the points of a table show that all of it was read.

use crate::base::Weight;
use crate::model::ScoreForm;

/// What the points of a whole form add up to, as points or as shares.
const WHOLE: [u32; 2] = [100, 1];
/// What they may add up to beside points that stand elsewhere, where the form says so.
const PART: [u32; 2] = [90, 80];

/// Whether the points add up to those of a whole form. `None` where one of them is not known.
pub(super) fn is_whole(
    weights: impl Iterator<Item = Option<Weight>>,
    stated: Option<Weight>,
    execution: Option<Weight>,
) -> Option<bool> {
    let weights: Vec<Weight> = weights.collect::<Option<_>>()?;
    let sum = Weight::sum(weights)?;
    let with_execution = execution.and_then(|execution| sum.plus(execution)).unwrap_or(sum);
    let is = |points: &u32| [sum, with_execution].contains(&Weight::from(*points));
    let said = |points: &&u32| stated == Some(Weight::from(**points));
    Some(WHOLE.iter().any(is) || PART.iter().filter(said).any(is))
}

/// The points that the budget block's total row is worth.
pub(super) fn execution(form: &ScoreForm) -> Option<Weight> {
    let number = form.budget.first()?.weight.as_ref()?.number()?;
    Some(Weight::new(number.get()))
}
