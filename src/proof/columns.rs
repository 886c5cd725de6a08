//! The columns of a table against each other: shares of the sum, rates, differences, products and changes of two others, where
//! all rows but few keep to it.

use super::figures::Figure;
use super::found::Reading;
use super::found::at;
use super::quantities::{half, percent};
use super::tables::{Grid, GridRow};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Rows that must keep to a relation before another is held to it.
const MIN_ROWS: usize = 2;
/// Columns of numbers of one table.
const MAX_COLUMNS: usize = 12;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let of = |grid: &Grid| {
        let mut found = shares(grid);
        found.extend(related(grid));
        found
    };
    reading.grids.iter().flat_map(of).collect()
}

fn is_titled(grid: &Grid, col: u32, class: Class) -> bool {
    grid.titles.get(&col).is_some_and(|title| words::of(class).within(title))
}

/// Whether a figure is a value as it is written: rounded, cut, or off by one in the last place as the last of several shares
/// is that are to be a whole.
fn fits(figure: &Figure, exact: Number) -> bool {
    let place = half(figure).and_then(|half| half.times(Number::from(3)));
    let off = figure.value.minus(exact).map(Number::abs);
    off.zip(place).is_some_and(|(off, place)| off <= place)
}

/// A column of shares against the amounts before it and their sum.
fn shares(grid: &Grid) -> Vec<Finding> {
    let mut findings = Vec::new();
    let columns = grid.titles.keys().copied().filter(|col| is_titled(grid, *col, Class::ColumnsOfShares));
    for col in columns {
        let amounts = grid
            .titles
            .keys()
            .copied()
            .filter(|other| *other < col)
            .filter(|other| {
                !is_titled(grid, *other, Class::ColumnsOfShares)
                    && !is_titled(grid, *other, Class::ColumnsOfRatios)
            })
            .filter(|other| grid.rows.iter().filter(|row| row.number(*other).is_some()).count() > MIN_ROWS);
        let Some(amount) = amounts.max() else { continue };
        let whole = grid.rows.iter().rev().find(|row| row.is_sum()).and_then(|row| row.number(amount));
        let Some(whole) = whole.filter(|whole| !whole.value.is_zero()) else { continue };
        let rows: Vec<(&GridRow, Figure, Number)> = grid
            .rows
            .iter()
            .filter(|row| !row.is_sum())
            .filter_map(|row| Some((row, row.number(col)?, percent(row.number(amount)?.value, whole.value)?)))
            .collect();
        let (right, wrong): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(_, share, exact)| fits(share, *exact));
        if right.len() < MIN_ROWS || right.len() < wrong.len().saturating_mul(2) {
            continue;
        }
        for (row, share, exact) in wrong {
            let name = row.label().unwrap_or_default();
            let shown = exact.round(share.places.max(2));
            let message = format!("“{name}”的占比写的是{}%，按金额和合计计算为{shown}%。", share.value);
            findings.push(at(FindingId::ReportArithmeticWrong, row.passage(name), message));
        }
    }
    findings
}

/// How a column comes of two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Ratio,
    Rest,
    Product,
    Change,
    Average,
}

impl Relation {
    fn of(self, one: Number, other: Number) -> Option<Number> {
        match self {
            Self::Ratio => percent(one, other),
            Self::Average if other.is_zero() => None,
            Self::Average => one.over(other),
            Self::Rest => one.minus(other),
            Self::Product => one.times(other),
            Self::Change => percent(one.minus(other)?, other),
        }
    }

    /// What is said of it.
    const fn words(self) -> &'static str {
        match self {
            Self::Ratio | Self::Average => "相除",
            Self::Rest => "相减",
            Self::Product => "相乘",
            Self::Change => "计算增减的比率，",
        }
    }
}

/// Columns that come of two others by what their titles say.
fn related(grid: &Grid) -> Vec<Finding> {
    let numbers = |col: &u32| grid.rows.iter().filter(|row| row.number(*col).is_some()).count() >= MIN_ROWS;
    let columns: Vec<u32> = grid.titles.keys().copied().filter(numbers).take(MAX_COLUMNS).collect();
    let has_price = columns.iter().any(|col| is_titled(grid, *col, Class::ColumnsOfPrices));
    let mut findings = Vec::new();
    for col in &columns {
        let relation = if is_titled(grid, *col, Class::ColumnsOfGrowth) {
            Relation::Change
        } else if is_titled(grid, *col, Class::ColumnsOfRests) {
            Relation::Rest
        } else if is_titled(grid, *col, Class::ColumnsOfRatios) {
            Relation::Ratio
        } else if is_titled(grid, *col, Class::ColumnsOfAverages) {
            Relation::Average
        } else if has_price && is_titled(grid, *col, Class::ColumnsOfProducts) {
            Relation::Product
        } else {
            continue;
        };
        let others = || columns.iter().copied().filter(|other| other != col);
        let pairs = others().flat_map(|one| others().map(move |other| (one, other)));
        let pairs = pairs.filter(|(one, other)| one != other);
        let best = pairs.filter_map(|pair| kept(grid, relation, *col, pair)).max_by_key(|kept| kept.right);
        let Some(best) = best.filter(|best| best.right >= MIN_ROWS && best.wrong.len() <= best.right / 2)
        else {
            continue;
        };
        let title = grid.titles.get(col).map_or("", String::as_str);
        let names = [best.pair.0, best.pair.1].map(|of| grid.titles.get(&of).map_or("", String::as_str));
        for (row, figure, exact) in best.wrong {
            let [one, other] = names;
            let message = format!(
                "“{title}”写的是{}，按“{one}”“{other}”{}为{}。",
                figure.value,
                relation.words(),
                exact.round(figure.places.max(2))
            );
            findings.push(at(FindingId::ReportArithmeticWrong, row.passage(title), message));
        }
    }
    findings
}

/// Whether a product is right but for the rounding of a factor: 2,418件 at 721.17元 on average.
fn is_rounded_product(figure: &Figure, one: &Figure, other: &Figure, exact: Number) -> bool {
    let lost = |rounded: &Figure, times: Number| match rounded.places {
        0 => Some(Number::ZERO),
        _ => half(rounded)?.times(times.abs()),
    };
    let most = lost(one, other.value).zip(lost(other, one.value)).and_then(|(one, other)| one.plus(other));
    let off = figure.value.minus(exact).map(Number::abs);
    off.zip(most).is_some_and(|(off, most)| off <= most)
}

/// The rows of a relation: how many keep to it in a way that says something, and those that do not.
struct Kept<'g> {
    pair: (u32, u32),
    right: usize,
    wrong: Vec<(&'g GridRow, Figure, Number)>,
}

fn kept(grid: &Grid, relation: Relation, col: u32, pair: (u32, u32)) -> Option<Kept<'_>> {
    let mut kept = Kept { pair, right: 0, wrong: Vec::new() };
    for row in &grid.rows {
        let numbers = (row.number(col), row.number(pair.0), row.number(pair.1));
        let (Some(figure), Some(one), Some(other)) = numbers else { continue };
        let Some(exact) = relation.of(one.value, other.value) else { continue };
        // A price in 元 gives an amount in 万元, a change may be told without its sign.
        let scaled = exact.over(Number::from(10_000))?;
        let is = fits(&figure, exact)
            || (relation == Relation::Product
                && (fits(&figure, scaled) || is_rounded_product(&figure, &one, &other, exact)))
            || (matches!(relation, Relation::Change | Relation::Rest) && fits(&figure, exact.abs()));
        // One of the two is none, or both are one: that is so by chance.
        let telling = !one.value.is_zero() && !other.value.is_zero() && one.value != other.value;
        if !is {
            kept.wrong.push((row, figure, exact));
        } else if telling {
            kept.right = kept.right.saturating_add(1);
        }
    }
    Some(kept)
}
