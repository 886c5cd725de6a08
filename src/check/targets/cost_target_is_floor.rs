//! A cost is promised as a floor: the more is spent the better.

use crate::check::Facts;
use crate::check::category::Category;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::notation::direction::names_cap;
use crate::notation::sign::Sign;
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let floors = facts.promises().filter(is_floor).map(|promise| {
        let shown = promise.shown();
        let message = format!("成本指标“{}”的指标值“{shown}”是下限，花得越多越算完成。", promise.name());
        promise.at_target(FindingId::CostTargetIsFloor, message)
    });
    floors.collect()
}

/// Whether an amount that is a cost for certain has a lower bound.
fn is_floor(promise: &Promise<'_>) -> bool {
    let Some(target) = promise.quantity().filter(|target| target.sign.is_some_and(Sign::is_floor)) else {
        return false;
    };
    let cost =
        promise.category() == Some(Category::Cost) && names_cap(promise.name(), &target.unit, promise.words);
    target.unit.is_money() && cost && !promise.names(Class::FloorsAmongCosts)
}
