//! A limit of the whole cost lies above the budget. Parts are not added up: a total may stand beside them.

use crate::check::Facts;
use crate::check::amounts;
use crate::check::category::Category;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(budget) = amounts::budget(facts).filter(|budget| !budget.yuan.is_zero()) else {
        return Vec::new();
    };
    let findings = facts.promises().filter_map(|promise| {
        let target = promise.quantity().filter(|target| target.unit.is_money())?;
        let floor = target.sign.is_some_and(crate::notation::Sign::is_floor);
        if promise.category() != Some(Category::Cost) || floor || promise.names(Class::UnitCosts) {
            return None;
        }
        let limit = target.in_base()?;
        let rounded = target.last_place()?.times(target.unit.factor)?;
        let most = budget.yuan.plus(budget.slack)?.plus(rounded)?;
        // A thousand times the budget is rather another unit.
        let other_unit = limit > budget.yuan.times(crate::base::Number::from(1_000))?;
        (limit > most && !other_unit).then(|| {
            let message = format!(
                "“{}”的指标值“{}”超过{} {}。",
                promise.name(),
                promise.shown(),
                budget.label,
                budget.shown
            );
            promise.at_target(FindingId::CostTargetAboveBudget, message)
        })
    });
    findings.collect()
}
