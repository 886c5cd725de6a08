//! Entries speak of what a unit's basic expenditure is for.

use super::entries::asked;
use crate::base::Number;
use crate::check::Facts;
use crate::model::{Finding, FindingId, Remarks};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let totals = facts.reconciliation.ledger.as_ref();
    let spending = totals.and_then(|totals| totals.spending).filter(|all| !all.is_zero());
    let findings = asked(facts, Remarks::Basic).into_iter().map(|asked| {
        let percent =
            spending.and_then(|all| asked.sum.number().times(Number::from(100))?.over(all.number()));
        let share =
            percent.map(|percent| format!("，占账上支出的 {}%", percent.round(2))).unwrap_or_default();
        let message = format!(
            "项目支出中列有“{}” {} 笔，合计 {} 元{share}，请说明开支依据和范围，核实是否属于基本支出。",
            asked.word,
            asked.count,
            asked.sum.in_cents()
        );
        Finding::new(FindingId::BasicExpenditureInProject, asked.at, message)
    });
    findings.collect()
}
