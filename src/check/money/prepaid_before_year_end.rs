//! Prepayments late in the year were counted as spending.

use super::entries::{asked, said};
use crate::check::Facts;
use crate::model::{Finding, FindingId, Remarks};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = asked(facts, Remarks::Prepaid).into_iter().map(|asked| {
        let fact =
            format!("第四季度支出中有“{}” {} 笔，合计 {} 元", asked.word, asked.count, asked.sum.in_cents());
        said(facts, FindingId::PrepaidBeforeYearEnd, asked, &fact, "请核实是否已用于项目")
    });
    findings.collect()
}
