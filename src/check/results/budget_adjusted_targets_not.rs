//! The budget was changed by much, the targets were not.

use crate::check::category::Category;
use crate::check::promise::Promise;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::BudgetAdjustedTargetsNot;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    unchanged(facts).into_iter().collect()
}

fn unchanged(facts: &Facts) -> Option<Finding> {
    let limit = facts.limit(ID, 0)?;
    let percent = amounts::change(facts)?.percent.filter(|percent| *percent >= limit)?;
    let own = facts.own_rows();
    let pairs: Vec<(Promise<'_>, &Promise<'_>)> = facts
        .declared()
        .filter_map(|(declared, result)| {
            let answer = own.get(result.matched?)?;
            Some((Promise::read(facts.case, &declared.indicator, None), answer))
        })
        .filter(|(_, own)| matches!(own.category(), Some(Category::Quantity | Category::Cost)))
        .collect();
    let same = pairs.iter().all(|(declared, own)| declared.promises_as(own));
    let (_, first) = pairs.first().filter(|_| same)?;
    let message = format!(
        "预算变动 {}%，“{}”等 {} 个数量、成本指标的指标值与申报时相同。",
        percent.round(2),
        first.name(),
        pairs.len()
    );
    Some(first.at_target(ID, message))
}
