//! A number that a spreadsheet takes for a text: a sum leaves it out.

use super::Facts;
use crate::model::{Entry, Finding, FindingId};
use crate::notation::facts::is_number_as_text;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let mut entries: Vec<(&str, &Entry)> = Vec::new();
    let form = facts.case.score_form.as_ref();
    for promise in facts.all_rows() {
        let indicator = promise.indicator;
        let points = [
            ("分值", &indicator.weight_entry),
            ("得分", &indicator.stated_score),
            ("得分", &indicator.score),
        ];
        entries.extend(points.into_iter().filter_map(|(title, entry)| Some((title, entry.as_ref()?))));
        // 20221130 is a date, whatever it is stored as.
        let number =
            |read: Option<&crate::notation::Notation>| read.is_some_and(|read| read.quantity().is_some());
        let target = indicator.target.as_ref().filter(|_| number(promise.row.target()));
        let actual = indicator.actual.as_ref().filter(|_| number(promise.row.actual()));
        entries.extend(target.map(|entry| ("指标值", entry)));
        entries.extend(actual.map(|entry| ("实际完成值", entry)));
    }
    for block in form.iter().flat_map(|form| &form.budget) {
        let amounts = [
            ("年初预算数", &block.budget),
            ("预算数", &block.adjusted),
            ("执行数", &block.spent),
            ("分值", &block.weight),
            ("得分", &block.score),
        ];
        entries.extend(amounts.into_iter().filter_map(|(title, entry)| Some((title, entry.as_ref()?))));
    }
    if let Some(form) = form {
        let total = [("合计分值", &form.total.weight), ("合计得分", &form.total.score)];
        entries.extend(total.into_iter().filter_map(|(title, entry)| Some((title, entry.as_ref()?))));
    }
    let stored = entries.into_iter().filter(|(_, entry)| is_number_as_text(&entry.cell));
    let findings = stored.map(|(title, entry)| {
        let message = format!("{title}“{}”是文本格式的数字，求和公式会漏掉它。", entry.shown().trim());
        Finding::new(FindingId::NumberStoredAsText, entry.at.clone(), message)
    });
    findings.collect()
}
