//! Where the header of an unknown form stands, and what titles it has.

use std::collections::BTreeMap;

use super::guess::known;
use super::{Guess, Title};
use crate::base::CellRef;
use crate::mapping::Mappings;
use crate::mapping::column::Column;
use crate::mapping::title::normalise;
use crate::mapping::words::FieldName;
use crate::sheet::{Sheet, Value};

/// Characters of a title at most.
const MAX_TITLE_CHARS: usize = 40;
/// Titles that a header row has at least.
const MIN_TITLES: usize = 3;
/// Rows in which a header is looked for.
const HEAD_ROWS: u32 = 500;
/// Rows above a title in which the title of its group may stand.
const GROUP_ROWS: u32 = 3;

/// The row that looks most like a header: many short texts, many known titles, rows of content below.
pub(super) fn row(sheet: &Sheet, mappings: &Mappings) -> Option<u32> {
    let last = sheet.last_row()?;
    let worth = |row: u32| {
        let texts: Vec<String> = sheet.row(row).filter_map(|(_, cell)| title_text(&cell.value)).collect();
        let all = sheet.row(row).count();
        if texts.len() < MIN_TITLES || texts.len() < all {
            return None;
        }
        // 项目名称 is a title in ledgers and a label nearly everywhere.
        let telling = |column: Column| column != Column::Project;
        let known = texts
            .iter()
            .filter(|text| {
                known(mappings, &normalise(text)).and_then(|guess| guess.column()).is_some_and(telling)
            })
            .count();
        let filled = (row.saturating_add(1)..=last.min(row.saturating_add(5)))
            .filter(|below| sheet.row(*below).count() >= 2)
            .count();
        (filled > 0).then_some(known.saturating_mul(3).saturating_add(texts.len()))
    };
    (0..=last.min(HEAD_ROWS))
        .filter_map(|row| Some((worth(row)?, std::cmp::Reverse(row))))
        .max()
        .map(|(_, row)| row.0)
}

pub(super) fn title_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.trim().chars().count() <= MAX_TITLE_CHARS => Some(text.clone()),
        _ => None,
    }
}

/// The titles of a header row: where one is merged over several columns those below it, and those that are merged down
/// into the row from above.
pub(super) fn titles(sheet: &Sheet, header: u32) -> Vec<Title> {
    let mut found: BTreeMap<u32, (CellRef, String)> = BTreeMap::new();
    let from_above =
        sheet.merges.iter().filter(|range| range.first.row() < header && range.last.row() >= header);
    for range in from_above {
        if let Some(text) = title_text(&sheet.get(range.first).value) {
            found.insert(range.first.col(), (range.first, text));
        }
    }
    let mut grouped: Vec<(u32, u32)> = Vec::new();
    for (at, cell) in sheet.row(header) {
        let Some(text) = title_text(&cell.value) else { continue };
        if let Some(range) = sheet.merge_of(at).filter(|range| range.last.col() > range.first.col()) {
            grouped.push((range.first.col(), range.last.col()));
        }
        found.insert(at.col(), (at, text));
    }
    for (at, cell) in sheet.row(header.saturating_add(1)) {
        let under = grouped.iter().any(|(first, last)| (*first..=*last).contains(&at.col()));
        if let Some(text) = title_text(&cell.value).filter(|_| under) {
            found.insert(at.col(), (at, text));
        }
    }
    let titled = |(at, text): (CellRef, String)| Title {
        at,
        group: group(sheet, at),
        text,
        guess: Guess::Open(String::new()),
    };
    found.into_values().map(titled).collect()
}

/// The title merged over a title and others beside it.
fn group(sheet: &Sheet, at: CellRef) -> Option<String> {
    let wide = sheet.merges.iter().filter(|range| {
        range.first.col() < range.last.col()
            && (range.first.col()..=range.last.col()).contains(&at.col())
            && range.last.row() < at.row()
            && range.last.row().saturating_add(GROUP_ROWS) >= at.row()
    });
    let nearest = wide.max_by_key(|range| range.last.row())?;
    // A text alone in its row is the form's title.
    let alone = sheet.row(nearest.first.row()).count() == 1;
    title_text(&sheet.get(nearest.first).value).filter(|_| !alone)
}

/// The first text that stands alone in its row above the header.
pub(super) fn heading(sheet: &Sheet, header: u32) -> Option<String> {
    (0..header).find_map(|row| {
        let mut cells = sheet.row(row);
        match (cells.next(), cells.next()) {
            (Some((_, cell)), None) => title_text(&cell.value).map(|text| normalise(&text)),
            _ => None,
        }
    })
}

/// Whether a label of the project's name stands above the header.
pub(super) fn names_project(sheet: &Sheet, header: u32, mappings: &Mappings) -> bool {
    let above = (0..header).flat_map(|row| sheet.row(row));
    let texts = above.filter_map(|(_, cell)| title_text(&cell.value));
    let mut labels = texts.map(|text| normalise(&text));
    labels.any(|key| {
        let label = key.split(':').next().unwrap_or(&key);
        mappings.index().label(label).iter().any(|hit| hit.name == FieldName::Project)
    })
}
