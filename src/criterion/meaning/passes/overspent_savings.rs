//! 节约率≥0得满分，每超支1个百分点扣1分: what is overspent is how far what is saved lies below nothing.

use crate::base::Number;
use crate::criterion::grammar::condition::figure;
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;

pub(super) fn overspent_savings(
    indicator: &str,
    names: &[String],
    rungs: &[Rung],
    steps: &mut Option<StepsDraft>,
) {
    let saved = |name: &str| name.ends_with("节约率") || name.ends_with("节支率");
    if !names.iter().map(String::as_str).chain([indicator]).any(saved) {
        return;
    }
    let from_nothing = rungs.iter().all(|rung| {
        rung.stretch().is_some_and(|s| {
            s.upper.is_none() && s.lower.as_ref().and_then(|e| figure(&e.at)).is_some_and(Number::is_zero)
        })
    });
    if let Some(steps) = steps.as_mut().filter(|s| s.words.contains("超支"))
        && from_nothing
        && !rungs.is_empty()
        && steps.own.is_none()
        && steps.clause.counts == Counts::Above
        && !steps.clause.adds
    {
        steps.clause.counts = Counts::Below;
    }
}
