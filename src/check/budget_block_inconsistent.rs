//! Sources of funds that do not add up to their total: the rows of a budget block, and the sources that a declaration
//! states. Which row is a part of which is told by their numbers and by 其中; where that leaves several readings, only
//! what contradicts all of them is wrong.

use super::Facts;
use crate::base::Number;
use crate::model::{BudgetBlock, Entry, Finding, FindingId, MoneyUnit};
use crate::notation::money::{self, Span};
use crate::words::{self, Class};

/// A column of the block: its name, its cell in a row, and the unit in which its amounts are added up.
struct Column {
    name: &'static str,
    of: fn(&BudgetBlock) -> &Option<Entry>,
    unit: Option<MoneyUnit>,
}

/// The columns, in the unit of the total; `named` instead of their titles where the block has none.
fn columns(total: &BudgetBlock, named: Option<&'static str>) -> [Column; 3] {
    let amounts = [&total.budget, &total.adjusted, &total.spent].into_iter().flatten();
    let own = || amounts.filter_map(|entry| money::amount(&entry.cell)).find_map(|shown| shown.unit);
    let unit = total.unit.or_else(own);
    let column = |title, of| Column { name: named.unwrap_or(title), of, unit };
    [
        column("年初预算数", |row| &row.budget),
        column("全年预算数", |row| &row.adjusted),
        column("全年执行数", |row| &row.spent),
    ]
}

/// Rows of a block at most, and readings of it.
const MAX_ROWS: usize = 40;
const MAX_READINGS: usize = 64;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let own = facts.case.score_form.as_ref().map(|form| form.budget.as_slice()).unwrap_or_default();
    let others = facts.case.funds.iter().map(Vec::as_slice);
    block(own, None).into_iter().chain(others.flat_map(|rows| block(rows, Some("金额")))).collect()
}

/// The faults of a block; `named` instead of the titles of its columns where it has none.
fn block(rows: &[BudgetBlock], named: Option<&'static str>) -> Vec<Finding> {
    let [total, parts @ ..] = rows else { return Vec::new() };
    if parts.is_empty() || parts.len() > MAX_ROWS {
        return Vec::new();
    }
    let readings = readings(parts);
    let columns = columns(total, named);
    let columns = columns.iter().filter_map(|column| {
        let mut found = readings.iter().map(|reading| compare(total, parts, reading, column));
        // The reading that is least wrong is the likeliest; one without any fault clears the column.
        let first = found.next()??;
        found.try_fold(first, |best, other| other.map(|other| if other.1 < best.1 { other } else { best }))
    });
    columns.map(|(finding, _)| finding).collect()
}

/// Of each part the part that it belongs to; `None` where it is one of the total's own.
type Reading = Vec<Option<usize>>;

/// What numbers a label: none, `一、` or `（一）`, `1、`, `（1）`.
fn numbering(label: &str) -> Option<u8> {
    let open = label.starts_with(['(', '（']);
    let first = label.trim_start_matches("其中").trim_start_matches([':', '：', '(', '（']).chars().next()?;
    let numeral = "一二三四五六七八九十".contains(first);
    match (numeral || first.is_ascii_digit(), numeral, open) {
        (false, ..) => None,
        (_, true, _) => Some(0),
        (_, _, false) => Some(1),
        (_, _, true) => Some(2),
    }
}

/// The ways in which the parts may belong to each other.
fn readings(parts: &[BudgetBlock]) -> Vec<Reading> {
    let kinds: Vec<Option<u8>> = parts.iter().map(|part| numbering(&part.label)).collect();
    let top = kinds.first().copied().flatten();
    // A row without a number among numbered ones, or a sum without one, may be of any.
    let bare = |at: usize| kinds.get(at).is_none_or(Option::is_none);
    let unclear =
        parts.iter().enumerate().any(|(at, part)| bare(at) && (top.is_some() || part.label.contains("小计")));
    if unclear {
        return Vec::new();
    }
    let mut all: Vec<Reading> = vec![Vec::new()];
    // The row of the total's own above, and the rows that are put to one with 其中.
    let mut own = 0_usize;
    let mut run = 0_usize;
    for (at, part) in parts.iter().enumerate() {
        if run > 0 {
            run = run.saturating_sub(1);
            continue;
        }
        let numbered = kinds.get(at).copied().flatten();
        if numbered != top {
            push(&mut all, Some(own));
            continue;
        }
        if at == 0 || !part.label.starts_with("其中") {
            own = at;
            push(&mut all, None);
            continue;
        }
        // 其中 below a part: it and the rows behind it as far as they may belong to that part, or to the total.
        let behind = parts.iter().enumerate().skip(at.saturating_add(1));
        let length = behind
            .take_while(|(next, part)| {
                kinds.get(*next).copied().flatten() == top && !part.label.starts_with("其中")
            })
            .count()
            .saturating_add(1);
        let mut next: Vec<Reading> = Vec::new();
        for inside in 0..=length {
            for reading in &all {
                let mut reading = reading.clone();
                reading.extend((0..length).map(|place| (place < inside).then_some(own)));
                next.push(reading);
            }
        }
        if next.len() > MAX_READINGS {
            return Vec::new();
        }
        all = next;
        run = length.saturating_sub(1);
    }
    all
}

fn push(all: &mut [Reading], parent: Option<usize>) {
    for reading in all {
        reading.push(parent);
    }
}

/// The amount of a row: none where nothing is typed, an error where what is typed is no amount, or of a unit that is not
/// known.
fn amount(row: &BudgetBlock, column: &Column) -> Result<Option<Span>, ()> {
    let Some(entry) = (column.of)(row).as_ref().filter(|entry| !entry.is_blank()) else { return Ok(None) };
    money::in_row(row, entry, column.unit).map(Some).ok_or(())
}

/// The amounts of the parts that belong to a row, those without one of their own as what their parts add up to.
fn inside(
    parts: &[BudgetBlock],
    reading: &Reading,
    of: Option<usize>,
    column: &Column,
) -> Result<Vec<Span>, ()> {
    let mut found = Vec::new();
    for (at, part) in parts.iter().enumerate().filter(|(at, _)| reading.get(*at) == Some(&of)) {
        match amount(part, column)? {
            Some(sum) => found.push(sum),
            None if of.is_none() => {
                let below = inside(parts, reading, Some(at), column)?;
                found.extend(Span::sum(&below).filter(|_| !below.is_empty()));
            }
            None => {}
        }
    }
    Ok(found)
}

/// Whether the parts of a row are all that it has: 其他资金 says so, a list that is not called 其中, or another column in
/// which they add up.
fn is_all(total: &BudgetBlock, parts: &[BudgetBlock], reading: &Reading, of: Option<usize>) -> bool {
    let own = || parts.iter().enumerate().filter(|(at, _)| reading.get(*at) == Some(&of)).map(|(_, p)| p);
    let several = own().count() > 1;
    if own().any(|part| words::of(Class::Others).within(&part.label)) {
        return true;
    }
    let adds_up = columns(total, None).iter().any(|column| {
        let (Ok(Some(whole)), Ok(parts)) = (amount(total, column), inside(parts, reading, of, column)) else {
            return false;
        };
        let filled = parts.iter().filter(|part| !part.number.is_zero()).count();
        filled > 1 && Span::sum(&parts).is_some_and(|sum| sum.number == whole.number)
    });
    several && (adds_up || !own().any(|part| part.label.starts_with("其中")))
}

/// The faults of a column in one reading: the first of them, and how far off they all are.
fn compare(
    total: &BudgetBlock,
    parts: &[BudgetBlock],
    reading: &Reading,
    column: &Column,
) -> Option<(Finding, Number)> {
    let own = parts.iter().enumerate().filter(|(at, _)| reading.get(*at) == Some(&None));
    let rows = std::iter::once((None, total)).chain(own.map(|(at, part)| (Some(at), part)));
    let mut faults = rows.filter_map(|(of, row)| fault(row, parts, reading, of, column));
    let (first, off) = faults.next()?;
    Some((first, faults.try_fold(off, |sum, (_, off)| sum.plus(off))?))
}

/// Parts that are all there add up to their row; others are at most the row. The fault with how far off they are.
fn fault(
    row: &BudgetBlock,
    parts: &[BudgetBlock],
    reading: &Reading,
    of: Option<usize>,
    column: &Column,
) -> Option<(Finding, Number)> {
    let entry = (column.of)(row).as_ref()?;
    let whole = amount(row, column).ok()??;
    // One that cannot be read leaves the sum open.
    let found = inside(parts, reading, of, column).ok().filter(|found| !found.is_empty())?;
    let sum = Span::sum(&found)?;
    let rest = whole.number.minus(sum.number)?;
    let slack = whole.slack.plus(sum.slack)?;
    if rest.abs() <= slack || (!rest.is_negative() && !is_all(row, parts, reading, of)) {
        return None;
    }
    let message = format!(
        "“{}”的{}是 {}，其下各行合计 {}，相差 {}。",
        row.label,
        column.name,
        entry.shown().trim(),
        sum.number,
        rest.abs()
    );
    Some((Finding::new(FindingId::BudgetBlockInconsistent, entry.at.clone(), message), rest.abs()))
}
