//! A number that a spreadsheet takes for a text: a sum leaves it out.

use super::Facts;
use crate::base::SheetId;
use crate::model::{Entry, Finding, FindingId};
use crate::notation::facts::is_number_as_text;

/// Titles of columns that may be words as well as numbers.
const SAID: [&str; 2] = ["指标值", "实际完成值"];

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
        let [promised, done] = SAID;
        entries.extend(target.map(|entry| (promised, entry)));
        entries.extend(actual.map(|entry| (done, entry)));
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
    let mut columns: Vec<(&str, Vec<&Entry>)> = Vec::new();
    // Nobody adds up a column of words: of targets and actuals only what stands among numbers is left out of a sum.
    let is_number = |(title, entry): &&(&str, &Entry)| SAID.contains(title) && entry.cell.is_numeric();
    let numbered: Vec<Option<(&SheetId, u32)>> =
        entries.iter().filter(is_number).map(|(_, entry)| column(entry)).collect();
    let added = |title: &str, entry: &Entry| !SAID.contains(&title) || numbered.contains(&column(entry));
    let texts =
        entries.into_iter().filter(|(title, entry)| is_number_as_text(&entry.cell) && added(title, entry));
    for (title, entry) in texts {
        let same = |(have, entries): &&mut (&str, Vec<&Entry>)| {
            *have == title && entries.first().is_some_and(|first| column(first) == column(entry))
        };
        match columns.iter_mut().find(same) {
            Some((_, entries)) if entries.iter().any(|have| have.at == entry.at) => {}
            Some((_, entries)) => entries.push(entry),
            None => columns.push((title, vec![entry])),
        }
    }
    columns.into_iter().filter_map(|(title, entries)| finding(title, &entries)).collect()
}

/// The sheet and column an entry stands in.
fn column(entry: &Entry) -> Option<(&SheetId, u32)> {
    entry.at.as_ref().map(|at| (&at.sheet, at.cell.col()))
}

/// One finding a column, at its first cell: whole columns come as text from programs that write no numbers.
fn finding(title: &str, entries: &[&Entry]) -> Option<Finding> {
    let first = entries.first()?;
    let message = if entries.len() == 1 {
        format!("{title}“{}”是文本格式的数字，求和公式会漏掉它。", first.shown().trim())
    } else {
        let cells = entries.iter().filter_map(|entry| Some(entry.at.as_ref()?.cell.to_string()));
        let cells: Vec<String> = cells.take(SHOWN).collect();
        let more = if entries.len() > SHOWN { "等" } else { "" };
        format!(
            "{title}一列有 {} 个数字是文本格式（{}{more}），求和公式会漏掉它们。",
            entries.len(),
            cells.join("、")
        )
    };
    Some(Finding::new(FindingId::NumberStoredAsText, first.at.clone(), message))
}

/// Cells that a message names.
const SHOWN: usize = 10;
