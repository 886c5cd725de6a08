//! Entries speak of what a unit's basic expenditure is for.

use super::entries::asked;
use crate::check::Facts;
use crate::model::{Finding, FindingId, Remarks};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = asked(facts, Remarks::Basic).into_iter().map(|asked| {
        let message = format!(
            "项目支出中列有“{}” {} 笔，合计 {} 元，请说明开支依据和范围，核实是否属于基本支出。",
            asked.word,
            asked.count,
            asked.sum.in_cents()
        );
        Finding::new(FindingId::BasicExpenditureInProject, asked.at, message)
    });
    findings.collect()
}
