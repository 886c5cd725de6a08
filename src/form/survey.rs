//! A satisfaction survey: one sheet of answers a row, tallied as written.

use std::collections::BTreeMap;

use super::header::Header;
use super::view::View;
use crate::base::{CellRef, RangeRef};
use crate::mapping::title::{any_matches, normalise};
use crate::mapping::{Column, Mapping};
use crate::model::{Finding, FindingId, Survey};

/// Answers looked at to tell whether a column is a survey's.
const SAMPLE: usize = 20;

/// Whether at least half of the first answers are answers that the mapping knows.
pub(super) fn looks_like(view: &View<'_>, mapping: &Mapping, header: &Header) -> bool {
    let Some(column) = header.get(Column::Answer) else { return false };
    let answers: Vec<&str> = view
        .rows(header.bottom.saturating_add(1), view.last_row())
        .filter_map(|(row, _)| view.shown(row, column.col))
        .map(|item| item.key.as_str())
        .filter(|key| !key.is_empty())
        .take(SAMPLE)
        .collect();
    let known = answers.iter().filter(|key| mapping.answers.iter().any(|answer| answer == *key)).count();
    known > 0 && known.saturating_mul(2) >= answers.len()
}

/// The tally of the answers from the header to `last`, and what was no answer.
pub(super) fn read(
    view: &View<'_>,
    mapping: &Mapping,
    header: &Header,
    last: u32,
    findings: &mut Vec<Finding>,
) -> Option<Survey> {
    let column = header.get(Column::Answer)?;
    let mut answers: BTreeMap<String, u32> = BTreeMap::new();
    let mut cells: Option<(u32, u32)> = None;
    for (row, items) in view.rows(header.bottom.saturating_add(1), last) {
        let ends = |key: &str| {
            any_matches(&mapping.rows.total, key)
                || any_matches(&mapping.rows.subtotal, key)
                || mapping.stop_when.iter().any(|pattern| pattern.matches(key))
        };
        if items.first().is_some_and(|first| ends(&first.key)) {
            break;
        }
        let Some(item) = view.shown(row, column.col).filter(|item| item.at.row() == row) else { continue };
        let shown = item.cell.shown();
        let answer = shown.trim().to_owned();
        let key = normalise(&answer);
        if mapping.missing_values.contains(&key) {
            continue;
        }
        if !mapping.answers.contains(&key) {
            let at = Some(view.address(item.at));
            let message = format!("问卷的回答“{answer}”不在选项中，没有算作满意。");
            findings.push(Finding::new(FindingId::SurveyAnswerUnknown, at, message));
        }
        let count = answers.entry(answer).or_insert(0);
        *count = count.saturating_add(1);
        cells = Some(cells.map_or((row, row), |(first, _)| (first, row)));
    }
    let (first, last) = cells?;
    let range = RangeRef::new(CellRef::new(first, column.col)?, CellRef::new(last, column.col)?);
    Some(Survey {
        sheet: view.sheet.id.clone(),
        title: column.title.clone(),
        range,
        answers,
        satisfied: mapping.satisfied.clone(),
    })
}
