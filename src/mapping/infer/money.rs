//! The budget block of an unknown form: its header by what it is called or by the row of the total below it, its columns by
//! title, by words and by their figures.

use super::guess::{Below, silent};
use super::header::title_text;
use super::{Guess, Title};
use crate::base::{CellRef, Number};
use crate::mapping::column::{Column, TableKind, Use};
use crate::mapping::compose::{self, Role};
use crate::mapping::title::{any_matches, normalise};
use crate::mapping::words::Kind;
use crate::mapping::{COMPOSED, FormTable, GUESSED, Mapping, Mappings};
use crate::sheet::{Sheet, Value};

/// Rows below a header of money in which its total stands.
const TOTAL_ROWS: u32 = 3;
/// Titles of money that make a header.
const MIN_MONEY: usize = 2;
/// How far a stated rate may be from the quotient.
const RATE_PLACES: u32 = 3;

/// The titles of the block above or below the table whose header stands in a row.
pub(super) fn titles(sheet: &Sheet, mappings: &Mappings, header: u32) -> Vec<Title> {
    let last = sheet.last_row().unwrap_or(0);
    let Some(rules) = mappings.all().iter().find(|mapping| mapping.kind == Kind::SelfEvaluation) else {
        return Vec::new();
    };
    let mut above = (0..=last).filter(|row| *row != header);
    above.find_map(|row| block(sheet, mappings, rules, row)).unwrap_or_default()
}

/// The titles of a row, if it is the header of a block.
fn block(sheet: &Sheet, mappings: &Mappings, rules: &Mapping, row: u32) -> Option<Vec<Title>> {
    let cells: Vec<(CellRef, String)> =
        sheet.row(row).filter_map(|(at, cell)| Some((at, title_text(&cell.value)?))).collect();
    if cells.len() < MIN_MONEY {
        return None;
    }
    let total =
        (row.saturating_add(1)..=row.saturating_add(TOTAL_ROWS)).find(|row| is_total(sheet, rules, *row))?;
    let first = sheet.row(total).find(|(_, cell)| figure(&cell.value).is_some()).map(|(at, _)| at.col())?;
    let mut titles: Vec<Title> = cells
        .into_iter()
        .filter(|(at, _)| at.col() >= first)
        .map(|(at, text)| {
            let below = Below::new(sheet, row, at.col());
            let key = normalise(&text);
            let guess = known(mappings, &key)
                .or_else(|| silent(&key, FormTable::Budget, &below.looks))
                .unwrap_or_else(|| Guess::Open(below.said(&key, FormTable::Budget)));
            Title { at, text, group: None, guess }
        })
        .collect();
    by_rate(sheet, total, &mut titles);
    let money = titles
        .iter()
        .filter(|title| title.guess.column().is_some_and(|c| TableKind::Money.uses(c, Use::Telling)))
        .count();
    let open = titles.iter().filter(|title| matches!(title.guess, Guess::Open(_))).count();
    (money > 0 && money.saturating_add(open) >= MIN_MONEY).then_some(titles)
}

/// Whether a row calls itself the total of money, and states figures.
fn is_total(sheet: &Sheet, rules: &Mapping, row: u32) -> bool {
    let mut label = false;
    for (_, cell) in sheet.row(row) {
        match &cell.value {
            Value::Text(text) if any_matches(&rules.budget.total, &normalise(text)) => label = true,
            value if label && figure(value).is_some() => return true,
            _ => {}
        }
    }
    false
}

/// A figure of money or a rate.
fn figure(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => {
            let key = normalise(text);
            let plain = key.strip_suffix('%').unwrap_or(&key).trim_end_matches("万元").trim_end_matches('元');
            plain.replace(',', "").parse().ok()
        }
        _ => None,
    }
}

/// What the shipped mappings take a title of money for.
fn known(mappings: &Mappings, key: &str) -> Option<Guess> {
    let hits = mappings.index().title(key);
    let hit = hits
        .iter()
        .filter(|hit| hit.table == FormTable::Budget && hit.rank < GUESSED)
        .min_by_key(|hit| hit.rank)?;
    let column = mappings.get(hit.mapping)?.budget.columns.get(hit.rule)?.column;
    match compose::read(key, FormTable::Budget).map(|read| read.role) {
        _ if hit.rank < COMPOSED => Some(Guess::Known(column)),
        Some(Role::Silent(_)) if column == Column::Other => None,
        _ => Some(Guess::Words(column)),
    }
}

/// Where one column is another divided by a third, in the row of the total, and in no other way: the rate, what was spent,
/// what there was to spend.
fn by_rate(sheet: &Sheet, total: u32, titles: &mut [Title]) {
    let values: Vec<Option<(Number, bool)>> = titles
        .iter()
        .map(|title| {
            let cell = sheet.at(total, title.at.col());
            let percent = matches!(&cell.value, Value::Text(text) if normalise(text).ends_with('%'));
            figure(&cell.value).map(|number| (number, percent))
        })
        .collect();
    let mut found: Vec<[usize; 3]> = Vec::new();
    for (rate, stated) in values.iter().enumerate() {
        for (spent, dividend) in values.iter().enumerate() {
            for (base, divisor) in values.iter().enumerate() {
                let apart = rate != spent && spent != base && rate != base;
                if let (true, Some(stated), Some(over), Some(under)) = (apart, stated, dividend, divisor)
                    && is_quotient(*stated, over.0, under.0)
                {
                    found.push([rate, spent, base]);
                }
            }
        }
    }
    let [[rate, spent, base]] = found.as_slice() else { return };
    let place = |at: usize| titles.get(at).map(|title| title.at.to_string()).unwrap_or_default();
    let why = format!("合计一行中 {} ＝ {} ÷ {}", place(*rate), place(*spent), place(*base));
    let has =
        |column: Column, titles: &[Title]| titles.iter().any(|title| title.guess.column() == Some(column));
    for (at, column) in [(*rate, Column::Rate), (*spent, Column::Spent), (*base, Column::Adjusted)] {
        let free = !has(column, titles);
        let open = titles.get_mut(at).filter(|title| free && matches!(title.guess, Guess::Open(_)));
        if let Some(title) = open {
            title.guess = Guess::Guessed(column, why.clone());
        }
    }
}

/// Whether a stated rate (0.9, 90%) is the quotient of two amounts; 1 of two equal ones proves nothing.
fn is_quotient((stated, percent): (Number, bool), over: Number, under: Number) -> bool {
    let (over, under) = (over.get(), under.get());
    if over.is_zero() || over >= under {
        return false;
    }
    let Some(quotient) = over.checked_div(under) else { return false };
    let stated = stated.get();
    let hundredth = stated.checked_div(rust_decimal::Decimal::ONE_HUNDRED);
    let near = |value: rust_decimal::Decimal| value.round_dp(RATE_PLACES) == quotient.round_dp(RATE_PLACES);
    !percent && near(stated) || hundredth.is_some_and(near)
}
