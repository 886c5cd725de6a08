//! Answers that may be one person's: the same moment and address, the same address and everything answered alike; and when
//! and how fast each was given. What stands in the columns with names and addresses is compared and told to nobody.

use std::collections::BTreeMap;

use super::raw::Table;
use super::title::Column;
use crate::base::{CellRef, Date};
use crate::form::view::View;
use crate::mapping::title::normalise;
use crate::model::AlikeAnswers;
use crate::notation::scan_date;
use crate::sheet::Value;

/// Groups of equal answers that are told.
const MAX_ALIKE: usize = 50;

/// What is known of the answers beside what they say.
#[derive(Debug, Default)]
pub(super) struct Suspects {
    pub(super) days: Vec<(CellRef, Date)>,
    pub(super) alike: Vec<AlikeAnswers>,
    pub(super) took: Vec<(CellRef, u32)>,
}

/// What a row answers.
type Answers = Vec<Option<String>>;

/// Looks at the rows of a table.
pub(super) fn find(view: &View<'_>, table: &Table, rows: &[u32]) -> Suspects {
    let of =
        |wanted: Column| table.columns.iter().find(|column| column.column == wanted).map(|column| column.col);
    let submitted = of(Column::Submitted).or_else(|| of(Column::Started));
    let (took, address) = (of(Column::Took), of(Column::Address));
    let asked: Vec<u32> = table
        .columns
        .iter()
        .filter(|column| matches!(column.column, Column::Question | Column::Group))
        .map(|column| column.col)
        .collect();
    let text = |row: u32, col: Option<u32>| {
        let item = col.and_then(|col| view.shown(row, col))?;
        let key = normalise(&item.cell.shown());
        (!key.is_empty()).then_some(key)
    };
    let mut found = Suspects::default();
    let mut at_once: BTreeMap<(String, Option<String>, Answers), Vec<u32>> = BTreeMap::new();
    let mut same: BTreeMap<(String, Answers), Vec<u32>> = BTreeMap::new();
    for row in rows.iter().copied() {
        if let Some((at, day)) =
            submitted.and_then(|col| Some((CellRef::new(row, col)?, day(view, row, col)?)))
        {
            found.days.push((at, day));
        }
        if let Some((at, seconds)) =
            took.and_then(|col| Some((CellRef::new(row, col)?, seconds(&text(row, Some(col))?)?)))
        {
            found.took.push((at, seconds));
        }
        let answers: Answers = asked.iter().map(|col| text(row, Some(*col))).collect();
        let from = text(row, address);
        // A day alone is no moment.
        let moment = text(row, submitted).filter(|moment| moment.contains(':'));
        if let Some(moment) = moment {
            // Without an address the same moment says something only of the same answers.
            let of = if from.is_some() { Vec::new() } else { answers.clone() };
            at_once.entry((moment, from.clone(), of)).or_default().push(row);
        }
        if let Some(from) = from {
            same.entry((from, answers)).or_default().push(row);
        }
    }
    let first =
        |rows: &[u32]| CellRef::new(*rows.first()?, submitted.or(address).or(asked.first().copied())?);
    let several = |rows: &Vec<u32>| rows.len() > 1;
    for ((_, from, _), rows) in at_once.into_iter().filter(|(_, rows)| several(rows)) {
        let addressed = from.is_some();
        found.alike.extend(first(&rows).map(|at| AlikeAnswers { at, rows, at_once: true, addressed }));
    }
    for rows in same.into_values().filter(several) {
        found.alike.extend(first(&rows).map(|at| AlikeAnswers { at, rows, at_once: false, addressed: true }));
    }
    found.alike.sort_by_key(|alike| (!alike.at_once, alike.at));
    found.alike.truncate(MAX_ALIKE);
    found
}

/// The day of a cell.
fn day(view: &View<'_>, row: u32, col: u32) -> Option<Date> {
    let item = view.shown(row, col)?;
    match &item.cell.value {
        Value::Date(day) => Some(*day),
        Value::Text(text) => {
            let key = normalise(text.split_whitespace().next()?);
            let (when, _) = scan_date(&key, true)?;
            let days = when.days(None)?;
            (days.first == days.last).then_some(days.first)
        }
        _ => None,
    }
}

/// Seconds as platforms write them: `35秒`, `1分20秒`, `80`.
fn seconds(key: &str) -> Option<u32> {
    let key = key.replace("分钟", "分").replace("小时", "时");
    let mut rest = key.as_str();
    let mut all = 0_u32;
    while !rest.is_empty() {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let number: u32 = rest.get(..digits)?.parse().ok()?;
        let behind = rest.get(digits..)?;
        let unit = behind.chars().next();
        let factor = match unit {
            Some('时') => 3_600,
            Some('分') => 60,
            Some('秒') | None => 1,
            Some(_) => return None,
        };
        all = all.checked_add(number.checked_mul(factor)?)?;
        rest = unit.and_then(|unit| behind.get(unit.len_utf8()..)).unwrap_or_default();
    }
    Some(all)
}
