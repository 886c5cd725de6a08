//! The unit that stands above a table, against the amounts that the text has for it: numbers in 元 under 单位：万元.

use super::figures::Figure;
use super::found::{Reading, at};
use super::quantities::{Quantity, half};
use super::tables::{Grid, GridRow};
use crate::base::Number;
use crate::model::{Finding, FindingId, MoneyUnit};
use crate::words::{self, Class};

/// Digits of a sum that can be told from other numbers.
const MIN_DIGITS: usize = 4;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let money: Vec<&Quantity> =
        reading.told.iter().map(|one| &one.one).filter(|one| one.is_money()).collect();
    reading.grids.iter().filter_map(|grid| of_table(grid, &money)).collect()
}

/// The sums of a table that the text has in another unit, and not in that of the table.
fn of_table(grid: &Grid, money: &[&Quantity]) -> Option<Finding> {
    let row = grid.rows.iter().find(|row| row.is_sum())?;
    let rates = words::of(Class::ColumnsOfRates);
    let columns = grid.titles.iter().filter(|(_, title)| !rates.within(title));
    columns.into_iter().find_map(|(col, title)| of_column(grid, row, (*col, title), money))
}

fn of_column(grid: &Grid, row: &GridRow, (col, title): (u32, &str), money: &[&Quantity]) -> Option<Finding> {
    let sum = row.number(col)?;
    let long = sum.value.to_string().chars().filter(char::is_ascii_digit).count() >= MIN_DIGITS;
    // The unit of a column stands before that of the table.
    let unit = unit(title).or_else(|| unit(&grid.caption)).filter(|_| long)?;
    let has = |unit: &MoneyUnit| money.iter().any(|one| is(one, &sum, *unit));
    let other = MoneyUnit::ALL.into_iter().find(has).filter(|_| !has(&unit))?;
    let message = format!(
        "表中合计{}的单位写的是{}，正文中这笔金额为{}{}，请核对单位。",
        sum.value,
        unit.name(),
        sum.value,
        other.name()
    );
    Some(at(FindingId::ReportContradictsItself, row.passage(title), message))
}

/// Whether an amount of the text is a number of a table in this unit.
fn is(told: &Quantity, number: &Figure, unit: MoneyUnit) -> bool {
    let factor = Number::from(unit.factor());
    let value = number.value.times(factor);
    let off = half(number).and_then(|half| half.times(factor));
    value.zip(off).is_some_and(|(value, off)| told.is(value, off))
}

/// The unit of money that a title or a caption names.
pub(super) fn unit(text: &str) -> Option<MoneyUnit> {
    let named = text.rsplit_once("单位").map(|(_, rest)| rest.trim_start_matches([':', '为']));
    let named = named.or_else(|| text.rsplit_once('(').map(|(_, rest)| rest));
    MoneyUnit::ALL.into_iter().find(|unit| named.is_some_and(|named| named.starts_with(unit.name())))
}
