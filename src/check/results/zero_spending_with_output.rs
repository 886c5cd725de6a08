//! Nothing was spent and an output was made.

use crate::check::category::Group;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let planned = amounts::budget(facts).is_some_and(|budget| !budget.yuan.is_zero());
    let spent = amounts::spent(facts).is_some_and(|spent| spent.yuan.is_zero());
    if !planned || !spent || amounts::total_is_bare(facts) {
        return Vec::new();
    }
    let rows = facts.own_rows();
    let made = rows.iter().find(|row| {
        let met = row.result.is_some_and(|result| result.observed.met == Some(true));
        let something =
            row.quantity().is_some_and(|target| !target.number.is_zero() && !target.unit.is_money());
        row.group() == Some(Group::Output) && met && something
    });
    let findings = made.map(|row| {
        let message =
            format!("支出为零而“{}”已完成，请说明资金来源（上年结转、先行垫付或财政尚未拨付）。", row.name());
        row.at_actual(FindingId::ZeroSpendingWithOutput, message)
    });
    findings.into_iter().collect()
}
