//! A limit of the whole cost lies above the budget, or the limits of its parts do together, where none of them is the whole.

use crate::base::Number;
use crate::check::Facts;
use crate::check::amounts::{self, Stated};
use crate::check::category::Category;
use crate::check::promise::{Promise, Table};
use crate::model::{Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::CostTargetAboveBudget;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(budget) = amounts::budget(facts).filter(|budget| !budget.yuan.is_zero()) else {
        return Vec::new();
    };
    facts.tables().iter().flat_map(|table| of_table(table, &budget)).collect()
}

/// The limit of a cost, in 元, with what rounding may have taken from it.
struct Limit<'t> {
    promise: &'t Promise<'t>,
    yuan: Number,
    rounded: Number,
}

fn of_table(table: &Table<'_>, budget: &Stated) -> Vec<Finding> {
    let limits: Vec<Limit<'_>> = table.rows.iter().filter_map(|row| limit(row, budget)).collect();
    let above: Vec<Finding> = limits.iter().filter_map(|limit| alone(limit, budget)).collect();
    if above.is_empty() { together(&limits, budget).into_iter().collect() } else { above }
}

fn limit<'t>(promise: &'t Promise<'t>, budget: &Stated) -> Option<Limit<'t>> {
    let target = promise.quantity().filter(|target| target.unit.is_money())?;
    let floor = target.sign.is_some_and(crate::notation::Sign::is_floor);
    if promise.category() != Some(Category::Cost) || floor || promise.names(Class::UnitCosts) {
        return None;
    }
    let yuan = target.in_base()?;
    let rounded = target.last_place()?.times(target.unit.factor)?;
    // A thousand times the budget is rather another unit.
    let other_unit = yuan > budget.yuan.times(Number::from(1_000))?;
    (!other_unit).then_some(Limit { promise, yuan, rounded })
}

fn alone(limit: &Limit<'_>, budget: &Stated) -> Option<Finding> {
    let most = budget.yuan.plus(budget.slack)?.plus(limit.rounded)?;
    (limit.yuan > most).then(|| {
        let promise = limit.promise;
        let message = format!(
            "“{}”的指标值“{}”超过{} {}。",
            promise.name(),
            promise.shown(),
            budget.label,
            budget.shown
        );
        promise.at_target(ID, message)
    })
}

/// The parts are added up where none of them is the whole: neither by its name nor because it is the sum of the others.
fn together(limits: &[Limit<'_>], budget: &Stated) -> Option<Finding> {
    let whole = |limit: &Limit<'_>| limit.promise.names(Class::WholeCosts);
    let other = |limit: &Limit<'_>| limit.promise.names(Class::CostsOfOthers);
    if limits.len() < 2 || limits.iter().any(|limit| whole(limit) || other(limit)) {
        return None;
    }
    let sum = Number::sum(limits.iter().map(|limit| limit.yuan))?;
    let slack = Number::sum(limits.iter().map(|limit| limit.rounded))?.plus(budget.slack)?;
    let is_whole = |limit: &Limit<'_>| {
        sum.minus(limit.yuan).and_then(|rest| rest.minus(limit.yuan)).is_some_and(|by| by.abs() <= slack)
    };
    if limits.iter().any(is_whole) || sum <= budget.yuan.plus(slack)? {
        return None;
    }
    let (first, last) = (limits.first()?.promise, limits.last()?.promise);
    let ten_thousand = sum.over(Number::from(10_000))?.round(6);
    let message = format!(
        "“{}”“{}”等 {} 项成本指标值合计 {ten_thousand}万元，超过{} {}，请核对各项成本是否重复计列。",
        first.name(),
        last.name(),
        limits.len(),
        budget.label,
        budget.shown
    );
    Some(last.at_target(ID, message))
}
