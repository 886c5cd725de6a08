//! The rows of a budget block that do not add up to its total.

use super::Facts;
use crate::base::Number;
use crate::model::{BudgetBlock, Entry, Finding, FindingId};
use crate::notation::money;

/// A column of the block: its name and its cell in a row.
type Amounts = (&'static str, fn(&BudgetBlock) -> &Option<Entry>);

const AMOUNTS: [Amounts; 3] = [
    ("年初预算数", |row| &row.budget),
    ("全年预算数", |row| &row.adjusted),
    ("全年执行数", |row| &row.spent),
];

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.case.score_form.as_ref().map(|form| form.budget.as_slice()).unwrap_or_default();
    let [total, parts @ ..] = rows else { return Vec::new() };
    if parts.is_empty() || nested(parts) || parts.iter().any(|part| part.unit != total.unit) {
        return Vec::new();
    }
    AMOUNTS.iter().filter_map(|amounts| compare(total, parts, amounts)).collect()
}

/// Whether rows may be parts of other rows: a subtotal, 其中 below another row, two kinds of numbers.
fn nested(parts: &[BudgetBlock]) -> bool {
    let within = parts.iter().skip(1).any(|part| part.label.starts_with("其中"));
    let subtotal = parts.iter().any(|part| part.label.contains("小计"));
    let numbered = |part: &BudgetBlock| {
        let first = part.label.trim_start_matches(['(', '（']).chars().next();
        first
            .filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
            .map(|c| c.is_ascii_digit())
    };
    let kinds: Vec<_> = parts.iter().map(numbered).collect();
    within || subtotal || kinds.windows(2).any(|pair| matches!(pair, [a, b] if a != b))
}

/// Parts that are all there (其他资金 says so) add up to the total; others are at most the total.
fn compare(total: &BudgetBlock, parts: &[BudgetBlock], (name, of): &Amounts) -> Option<Finding> {
    let entry = of(total).as_ref()?;
    let whole = money::amount(&entry.cell)?;
    let stated: Vec<&Entry> =
        parts.iter().filter_map(|part| of(part).as_ref()).filter(|e| !e.is_blank()).collect();
    let read: Vec<_> = stated.iter().filter_map(|entry| money::amount(&entry.cell)).collect();
    // One that cannot be read leaves the sum open.
    if read.is_empty() || read.len() < stated.len() {
        return None;
    }
    let sum = Number::sum(read.iter().map(|amount| amount.number))?;
    let slack = Number::sum(read.iter().chain([&whole]).map(money::Shown::slack))?;
    let rest = whole.number.minus(sum)?;
    let all = parts.iter().any(|part| part.label.contains("其他"));
    if rest.abs() <= slack || (!all && !rest.is_negative()) {
        return None;
    }
    let message = format!(
        "“{}”的{name}是 {}，其下各行合计 {sum}，相差 {}。",
        total.label,
        entry.shown().trim(),
        rest.abs()
    );
    Some(Finding::new(FindingId::BudgetBlockInconsistent, entry.at.clone(), message))
}
