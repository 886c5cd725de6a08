//! Entries speak of what the project is not for.

use super::entries::{asked, said};
use crate::check::Facts;
use crate::model::{Finding, FindingId, Remarks};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = asked(facts, Remarks::OffPurpose).into_iter().map(|asked| {
        let fact =
            format!("项目支出中有“{}” {} 笔，合计 {} 元", asked.word, asked.count, asked.sum.in_cents());
        said(facts, FindingId::SpendingOffPurpose, asked, &fact, "请核实是否属于本项目")
    });
    findings.collect()
}
