//! A formula of a form that no program has calculated: what depends on it waits.

use super::Facts;
use crate::model::{Entry, Finding, FindingId};
use crate::notation;
use crate::sheet::Value;

/// What else is said of an entry.
const PLAIN: &str = "。";
/// No score rests on a sum: it is added up anew.
const SUM: &str = "；合计按各项重新计算，得分不受影响，只是没有与表中的合计核对。";

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let form = facts.case.score_form.iter().flat_map(|form| {
        let rows = form.indicators.iter().flat_map(|i| {
            [&i.weight_entry, &i.target, &i.actual, &i.stated_score, &i.score, &i.reason, &i.criterion]
        });
        let total = [&form.total.weight, &form.total.score, &form.total.stated_score, &form.total.grade];
        let budget =
            form.budget.iter().flat_map(|b| [&b.budget, &b.adjusted, &b.spent, &b.rate, &b.weight, &b.score]);
        rows.chain(budget)
            .flatten()
            .map(|entry| (PLAIN, entry))
            .chain(total.into_iter().flatten().map(|entry| (SUM, entry)))
    });
    let summary = facts.case.summary.iter().flat_map(|summary| {
        let rows = summary.rows.iter().flat_map(|row| [&row.weight, &row.score]);
        rows.chain([&summary.total.weight, &summary.total.score].into_iter().flatten())
            .map(|entry| (SUM, entry))
    });
    let fields = facts.case.fields.iter().map(|field| &field.entry);
    let amounts = facts.case.amounts.iter().map(|amount| &amount.entry);
    let declared = facts.case.declared.iter().filter_map(|declared| declared.indicator.target.as_ref());
    let others = fields.chain(amounts).chain(declared).map(|entry| (PLAIN, entry));
    let mut findings: Vec<Finding> = form.chain(summary).chain(others).filter_map(finding).collect();
    findings.sort_by(|a, b| a.at.cmp(&b.at));
    findings.dedup();
    findings
}

fn finding((said, entry): (&str, &Entry)) -> Option<Finding> {
    let formula = entry.cell.formula.as_ref().filter(|_| entry.cell.value == Value::Empty)?;
    // `=100%` says its value without any calculation.
    if notation::is_constant_formula(formula) {
        return None;
    }
    let shown: String = formula.chars().take(60).collect();
    let message = format!("公式“={shown}”没有计算结果，无法读取其数值{said}");
    Some(Finding::new(FindingId::FormulaWithoutValue, entry.at.clone(), message))
}
