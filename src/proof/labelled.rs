//! What a table of money has for a label, and what the text has for it: `血液检测试剂243.6万元` beside a row of 231.20.

use super::bound::Bound;
use super::captions;
use super::found::Reading;
use super::quantities::{Quantity, half};
use super::tables::{Grid, GridRow};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a label that can be told from others.
const MIN_LABEL: usize = 4;
/// Rows of tables.
const MAX_ROWS: usize = 600;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for grid in &reading.grids {
        // The rows of a table of several amounts are told by more words than their labels.
        let money: Vec<(u32, Number)> = columns(grid);
        let [(col, factor)] = money.as_slice() else { continue };
        for row in grid.rows.iter().filter(|row| !row.is_sum() && !row.is_part_sum()).take(MAX_ROWS) {
            let Some((_, label)) = row.name_before(*col) else { continue };
            let once = grid
                .rows
                .iter()
                .filter(|other| other.name_before(*col).is_some_and(|(_, name)| name == label));
            let Some(amount) = amount(row, *col, *factor).filter(|_| once.count() == 1) else { continue };
            if label.chars().count() < MIN_LABEL {
                continue;
            }
            let own = |one: &&Bound| is_of(one, label) && !one.is_to_be(reading);
            let told: Vec<&Bound> = reading.told.iter().filter(own).collect();
            // Where the text has the amount of the table too, another is of another thing.
            let known = |one: &Bound| is(&one.one, amount);
            let Some(other) = told.first().filter(|_| !told.iter().any(|one| known(one))) else { continue };
            // What is far from it is a rate for each of something.
            let off =
                other.one.value.minus(amount.0).map(Number::abs).and_then(|off| off.times(Number::from(3)));
            if off.is_none_or(|off| off > amount.0) || told.iter().any(|one| !one.one.is_as(&other.one)) {
                continue;
            }
            let message = format!(
                "“{label}”此处为{}，{}为{}。",
                other.one.shown(),
                row.place,
                row.cells.get(col).map_or("", |cell| cell.text.as_str())
            );
            findings.push(reading.finding(FindingId::ReportContradictsItself, other.spot, label, message));
        }
    }
    findings
}

/// The columns of money of a table that has no points, each with its unit in 元.
fn columns(grid: &Grid) -> Vec<(u32, Number)> {
    if grid.column(Class::ColumnsOfPoints).is_some() {
        return Vec::new();
    }
    let rates = words::of(Class::ColumnsOfRates);
    let unit = |title: &str| captions::unit(title).or_else(|| captions::unit(&grid.caption));
    let columns = grid.titles.iter().filter(|(col, title)| {
        let share = words::of(Class::ColumnsOfShares).within(title);
        let numbers = grid.rows.iter().filter(|row| row.number(**col).is_some()).count();
        !rates.within(title) && !share && numbers >= 2
    });
    columns.filter_map(|(col, title)| Some((*col, Number::from(unit(title)?.factor())))).collect()
}

/// An amount of a row in 元, with what half of its last place is worth.
fn amount(row: &GridRow, col: u32, factor: Number) -> Option<(Number, Number)> {
    let figure = row.number(col)?;
    Some((figure.value.times(factor)?, half(&figure)?.times(factor)?))
}

fn is(told: &Quantity, (yuan, half): (Number, Number)) -> bool {
    told.is(yuan, half)
}

/// Whether an amount of the text is told of a label and of nothing narrower: 其中仓顶隔热改造支出176.82万元.
fn is_of(told: &Bound, label: &str) -> bool {
    let rest = told.lead.strip_suffix(label).or_else(|| {
        let lead = words::of(Class::AccountsSpent).strip_end(&told.lead)?;
        lead.strip_suffix(label)
    });
    let whole = rest.is_some_and(|rest| words::of(Class::MoneyLeadIns).trim_start(rest).is_empty());
    told.one.is_money() && whole && !told.of_other_time() && !told.about()
}
