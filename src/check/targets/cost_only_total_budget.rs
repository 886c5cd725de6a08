//! The only cost that is limited is the budget itself.

use crate::check::Facts;
use crate::check::amounts;
use crate::check::category::Category;
use crate::model::{Finding, FindingId};
use crate::notation::quantity::Quantity;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(budget) = amounts::budget(facts) else { return Vec::new() };
    let mut findings = Vec::new();
    for table in facts.tables() {
        let costs: Vec<_> = table.rows.iter().filter(|row| row.category() == Some(Category::Cost)).collect();
        let [only] = costs.as_slice() else { continue };
        let Some(limit) = only.quantity().filter(|target| target.unit.is_money()).and_then(Quantity::in_base)
        else {
            continue;
        };
        let apart = limit.minus(budget.yuan).map(crate::base::Number::abs);
        if apart.is_some_and(|apart| apart <= budget.slack) {
            let message = format!("成本指标只有“{}”一个，控制数就是{}。", only.name(), budget.label);
            findings.push(only.at_target(FindingId::CostOnlyTotalBudget, message));
        }
    }
    findings
}
