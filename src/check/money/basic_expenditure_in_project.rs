//! Entries speak of what a unit's basic expenditure is for.

use super::entries::{asked, said};
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
        let out = totals.map_or(0, |totals| totals.remarked.taken_out(Remarks::Basic, asked.word));
        let out = if out == 0 {
            String::new()
        } else {
            format!("（不含已冲销的分录及其红字 {out} 笔）")
        };
        let fact = format!(
            "项目支出中列有“{}” {} 笔{out}，合计 {} 元{share}",
            asked.word,
            asked.count,
            asked.sum.in_cents()
        );
        said(
            facts,
            FindingId::BasicExpenditureInProject,
            asked,
            &fact,
            "请说明开支依据和范围，核实是否属于基本支出",
        )
    });
    findings.collect()
}
