//! Sums: the points of a heading and of those below it, and the sums of tables.

use std::collections::BTreeMap;

use super::found::{Reading, at};
use super::tables::{Grid, GridRow};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = headings(reading);
    for grid in &reading.grids {
        findings.extend(table(grid));
        findings.extend(part_sums(grid));
    }
    findings
}

/// The rows that add up a part of a table (小计), against those above them, or below them where the first row is such a sum.
fn part_sums(grid: &Grid) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rates = words::of(Class::ColumnsOfRates);
    let ends = |row: &GridRow| row.is_sum() || row.is_part_sum();
    let leads = grid.rows.first().is_some_and(GridRow::is_part_sum);
    for (at_row, sum) in grid.rows.iter().enumerate().filter(|(_, row)| row.is_part_sum() && !row.is_sum()) {
        let mut rows: Vec<&GridRow> = if leads {
            grid.rows.iter().skip(at_row.saturating_add(1)).take_while(|row| !ends(row)).collect()
        } else {
            grid.rows.iter().take(at_row).rev().take_while(|row| !ends(row)).collect()
        };
        if !leads {
            rows.reverse();
        }
        for (col, title) in &grid.titles {
            let Some(stated) = sum.number(*col) else { continue };
            let is_rate = sum.cells.get(col).is_some_and(|cell| cell.text.ends_with('%'));
            if rates.within(title) || is_rate || rows.len() < 2 {
                continue;
            }
            let Some(found) = other_sum(&rows, *col).filter(|found| !found.contains(&stated.value)) else {
                continue;
            };
            // A group begins where no row says so: the sum may be of the rows nearest to it.
            let nearest = |from: usize| {
                let nearest = if leads { rows.get(..from) } else { rows.get(from..) };
                nearest.is_some_and(|rows| comes_to(rows, *col, stated.value))
            };
            if (1..rows.len()).any(nearest) {
                continue;
            }
            let Some(first) = found.first() else { continue };
            let message = format!("“{title}”一栏小计写的是{}，所属各行相加为{first}。", stated.value);
            findings.push(at(FindingId::ReportSumDiffers, sum.passage(title), message));
        }
    }
    findings
}

/// Headings whose points are not those of the headings below them.
fn headings(reading: &Reading) -> Vec<Finding> {
    let outline = &reading.outline;
    let with_points =
        outline.headings.iter().enumerate().filter_map(|(at, heading)| Some((at, heading, heading.points?)));
    let finding = |(at, heading, points): (usize, &super::outline::Heading, super::figures::Figure)| {
        let below = outline.below(at);
        // What paragraphs begin with may be indicators, and levels of them beside these.
        if below.iter().any(|one| one.in_line) {
            return None;
        }
        let own: Option<Vec<Number>> = below.iter().map(|one| Some(one.points?.value)).collect();
        let sum = Number::sum(own.filter(|own| !own.is_empty())?)?;
        (sum != points.value).then(|| {
            let message = format!("“{}”写的是{}分，其下各项合计为{sum}分。", heading.title, points.value);
            reading.finding(FindingId::ReportSumDiffers, heading.spot, &heading.title, message)
        })
    };
    with_points.filter_map(finding).collect()
}

/// The rows of a table that add it up, against the rows above them.
fn table(grid: &Grid) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(end) = grid.rows.iter().position(GridRow::is_sum) else { return findings };
    // A sum may head its table.
    let rows: Vec<&GridRow> = if end == 0 {
        grid.rows.iter().skip(1).take_while(|row| !row.is_sum()).collect()
    } else {
        grid.rows.iter().take(end).collect()
    };
    let Some(sum) = grid.rows.get(end) else { return findings };
    let rates = words::of(Class::ColumnsOfRates);
    for (col, title) in &grid.titles {
        let Some(stated) = sum.number(*col) else { continue };
        let is_rate = sum.cells.get(col).is_some_and(|cell| cell.text.ends_with('%'));
        if rates.within(title) || is_rate || rows.len() < 2 {
            continue;
        }
        if let Some(found) = other_sum(&rows, *col).filter(|found| !found.contains(&stated.value)) {
            let Some(first) = found.first() else { continue };
            let message = format!("“{title}”一栏合计写的是{}，各行相加为{first}。", stated.value);
            findings.push(at(FindingId::ReportSumDiffers, sum.passage(title), message));
        }
    }
    findings
}

/// Whether the numbers that a column has in rows come to a value.
fn comes_to(rows: &[&GridRow], col: u32, value: Number) -> bool {
    let own = rows.iter().filter_map(|row| row.number(col)).map(|figure| figure.value);
    Number::sum(own) == Some(value)
}

/// What a column may come to, by each way to add it up; `None` where a cell of it is no number.
fn other_sum(rows: &[&GridRow], col: u32) -> Option<Vec<Number>> {
    let read = |row: &&GridRow| -> Option<Option<Number>> {
        let Some(cell) = row.cells.get(&col).filter(|cell| !cell.continued) else { return Some(None) };
        if cell.text.is_empty() || cell.text.chars().all(|c| matches!(c, '-' | '/')) {
            return Some(None);
        }
        if cell.text.ends_with('%') {
            return None;
        }
        row.number(col).map(|figure| Some(figure.value))
    };
    let values: Vec<Option<Number>> = rows.iter().map(read).collect::<Option<_>>()?;
    if values.iter().flatten().count() < 2 {
        return None;
    }
    let is_part =
        |row: &GridRow| row.label().is_some_and(|label| words::of(Class::RowsOfParts).begins(label));
    let pairs = || rows.iter().copied().zip(values.iter().copied());
    let sum = |keep: &dyn Fn(&GridRow) -> bool| {
        Number::sum(pairs().filter(|(row, _)| keep(row)).filter_map(|(_, value)| value))
    };
    let mut sums = vec![sum(&|row| !row.is_part_sum())?];
    sums.extend(sum(&|row| !row.is_part_sum() && !is_part(row)));
    if rows.iter().any(|row| row.is_part_sum()) {
        sums.extend(sum(&GridRow::is_part_sum));
    }
    // A value that is repeated beside the same name is one value.
    let mut once: BTreeMap<(u32, String), Number> = BTreeMap::new();
    let mut apart = Number::ZERO;
    for (row, value) in pairs().filter(|(row, _)| !row.is_part_sum()) {
        let Some(value) = value else { continue };
        match row.name_before(col) {
            Some((at, name)) => {
                once.insert((at, name.to_owned()), value);
            }
            None => apart = apart.plus(value)?,
        }
    }
    sums.extend(Number::sum(once.into_values()).and_then(|sum| sum.plus(apart)));
    // Parts of rows that are listed below them (一、… with 1. and 2.) count once.
    let marked = |row: &GridRow| row.label().and_then(super::outline::mark).map(|mark| mark.level);
    if let Some(top) = rows.iter().filter_map(|row| marked(row)).min() {
        sums.extend(sum(&|row| marked(row) == Some(top)));
    }
    Some(sums)
}
