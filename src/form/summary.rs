//! A 得分一览表: one row a level 2, and the total.

use super::header::Header;
use super::names;
use super::view::View;
use crate::base::CellRef;
use crate::mapping::title::any_matches;
use crate::mapping::{Column, Mapping};
use crate::model::{Entry, SummaryForm, SummaryRow, TotalRow};

/// Reads the rows under a header; skipped rows come back with the reason.
pub(super) fn read(
    view: &View<'_>,
    mapping: &Mapping,
    header: &Header,
    last: u32,
) -> (SummaryForm, Vec<(u32, String)>) {
    let mut form = SummaryForm { sheet: view.sheet.id.clone(), rows: Vec::new(), total: TotalRow::default() };
    let mut skipped = Vec::new();
    let (Some(one), Some(two), Some(weight), Some(score)) = (
        header.get(Column::Level1),
        header.get(Column::Level2),
        header.get(Column::Weight),
        header.get(Column::Score),
    ) else {
        return (form, skipped);
    };
    let entry = |row: u32, col: u32| -> Entry { view.entry(row, col).unwrap_or_default() };
    let mut level1 = String::new();
    for (row, items) in view.rows(header.bottom.saturating_add(1), last) {
        let Some(first) = items.first() else { continue };
        if mapping.stop_when.iter().any(|pattern| pattern.matches(&first.key)) {
            break;
        }
        let labels = || items.iter().filter(|item| item.at.col() <= one.col.max(two.col));
        if labels().any(|item| any_matches(&mapping.rows.total, &item.key)) {
            let typed = entry(row, score.col);
            let (stated_score, score) =
                if typed.is_blank() { (None, Some(typed)) } else { (Some(typed), None) };
            form.total = TotalRow {
                weight: Some(entry(row, weight.col)),
                stated_score,
                score,
                deduction: None,
                grade: form.total.grade,
            };
            skipped.push((row, "合计行".to_owned()));
            continue;
        }
        if let Some(label) = items.iter().find(|item| any_matches(&mapping.rows.grade, &item.key)) {
            form.total.grade = view.right_of(view.range(label.at)).map(|at| view.entry_at(at));
            skipped.push((row, "评价等级行".to_owned()));
            continue;
        }
        if labels().any(|item| any_matches(&mapping.rows.subtotal, &item.key)) {
            skipped.push((row, "小计行".to_owned()));
            continue;
        }
        let text = |col: u32| -> Option<(String, CellRef)> {
            let item = view.shown(row, col)?;
            Some((names::level(item.text()?).name, item.at))
        };
        if let Some((name, _)) = text(one.col) {
            level1 = name;
        }
        let Some((level2, at)) = text(two.col).filter(|(name, _)| !names::is_dots(name)) else {
            skipped.push((row, "没有二级指标".to_owned()));
            continue;
        };
        if at.row() < row {
            skipped.push((row, "合并单元格的下一行".to_owned()));
            continue;
        }
        form.rows.push(SummaryRow {
            level1: level1.clone(),
            level2,
            weight: entry(row, weight.col),
            score: entry(row, score.col),
        });
    }
    (form, skipped)
}
