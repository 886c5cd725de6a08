//! Scores of first levels that the text tells, against the sums of the table of scores; and deductions that a row of a table
//! explains, against its points and score.

use std::collections::BTreeMap;

use super::figures::{Figure, linked};
use super::found::{Reading, at, level_name};
use super::stated::Stated;
use super::tables::{Grid, GridRow};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Levels that a list of all of them has at least.
const MIN_LEVELS: usize = 3;

/// Points and score of a level, as the table sums them.
type Sums = BTreeMap<String, (Number, Number)>;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings: Vec<Finding> = reading.grids.iter().flat_map(deductions).collect();
    // With a score sheet each level is held against that.
    if reading.card().is_some() {
        return findings;
    }
    findings.extend(told(reading));
    let sums = reading.grids.iter().find_map(sums).unwrap_or_default();
    let id = FindingId::ReportContradictsItself;
    for stated in &reading.stated {
        let told = sums.get(&level_of(&stated.name)).zip(stated.points.zip(stated.score));
        // What has other points is not the same level, or one with others told in it.
        let Some(((_, sum), (_, score))) = told
            .filter(|((points, _), (own, _))| *points == own.value)
            .filter(|((_, sum), (_, score))| *sum != score.value)
        else {
            continue;
        };
        if stated.in_table {
            continue;
        }
        let message = format!("“{}”的得分此处为{}分，得分表中合计为{sum}分。", stated.name, score.value);
        findings.push(at(id, stated.passage.clone(), message));
    }
    findings
}

/// The scores of all levels that one paragraph lists, against the total.
fn told(reading: &Reading) -> Vec<Finding> {
    let Some(total) = super::total::decided(reading) else { return Vec::new() };
    let mut lists: BTreeMap<usize, Vec<&Stated>> = BTreeMap::new();
    let levels = reading.stated.iter().filter(|stated| !stated.in_table && stated.heading.is_none());
    for stated in levels.filter(|stated| words::of(Class::FirstLevels).has(&level_of(&stated.name))) {
        lists.entry(stated.units.start).or_default().push(stated);
    }
    let finding = |list: Vec<&Stated>| {
        let points =
            Number::sum(list.iter().map(|one| one.points.map_or(Number::ZERO, |points| points.value)))?;
        let sum = Number::sum(list.iter().map(|one| one.score.map_or(Number::ZERO, |score| score.value)))?;
        let all = list.iter().all(|one| one.score.is_some()) && points == Number::from(100);
        (all && list.len() >= MIN_LEVELS && sum != total.number()).then(|| {
            let message = format!("所列各部分的得分合计为{sum}分，总分写的是{total}分。");
            list.first().map(|first| at(FindingId::ReportSumDiffers, first.passage.clone(), message))
        })?
    };
    lists.into_values().filter_map(finding).collect()
}

/// The name of a level without the letter that a table numbers it with.
fn level_of(name: &str) -> String {
    level_name(name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()))
}

/// What each first level of a whole table of scores comes to.
fn sums(grid: &Grid) -> Option<Sums> {
    let (points, score) = (grid.column(Class::ColumnsOfPoints)?, grid.column(Class::ColumnsOfScores)?);
    let first = *grid.titles.keys().next()?;
    let whole = grid.rows.iter().find(|row| row.is_sum())?;
    if whole.number(points)?.value != Number::from(100) {
        return None;
    }
    let mut sums = Sums::new();
    for row in grid.rows.iter().filter(|row| !row.is_sum() && !row.is_part_sum()) {
        let name = level_of(&row.cells.get(&first)?.text);
        let (own_points, own_score) = (row.number(points)?.value, row.number(score)?.value);
        let sum = sums.entry(name).or_insert((Number::ZERO, Number::ZERO));
        *sum = (sum.0.plus(own_points)?, sum.1.plus(own_score)?);
    }
    let all = Number::sum(sums.values().map(|(points, _)| *points));
    (all == Some(Number::from(100))).then_some(sums)
}

/// Rows that explain another deduction than their points and score have between them.
fn deductions(grid: &Grid) -> Vec<Finding> {
    let columns = (grid.column(Class::ColumnsOfPoints), grid.column(Class::ColumnsOfScores));
    let (Some(points), Some(score)) = columns else { return Vec::new() };
    let finding = |row: &GridRow| {
        let (points, score) = (row.number(points)?.value, row.number(score)?.value);
        // What a criterion takes off is a rule.
        let rules = words::of(Class::ColumnsOfRules);
        let own = row
            .cells
            .iter()
            .filter(|(col, _)| !grid.titles.get(col).is_some_and(|title| rules.within(title)));
        let told: Vec<Figure> = own.filter_map(|(_, cell)| deducted(&cell.text)).collect();
        let [told] = told.as_slice() else { return None };
        let lost = points.minus(score)?;
        (told.value != lost).then(|| {
            let name = row.name_before(row.cells.keys().copied().next_back().unwrap_or(0));
            let name = name.map_or("", |(_, name)| name).to_owned();
            let message = format!("写的是扣{}分，分值{points}分、得分{score}分，应扣{lost}分。", told.value);
            at(FindingId::ReportContradictsItself, row.passage(&name), message)
        })
    };
    let rows = grid.rows.iter().filter(|row| !row.is_sum() && !row.is_part_sum());
    rows.filter_map(finding).collect()
}

/// The one deduction that a text tells as made, and not as a rule.
fn deducted(text: &str) -> Option<Figure> {
    let found: Vec<usize> =
        text.match_indices('扣').map(|(at, sign)| at.saturating_add(sign.len())).collect();
    let [from] = found.as_slice() else { return None };
    if words::of(Class::ConditionsOfScores).within(text) {
        return None;
    }
    let skipped = words::of(Class::DeductionLinks).strip(text.get(*from..)?).unwrap_or(text.get(*from..)?);
    let figure = linked(text, text.len().saturating_sub(skipped.len()))?;
    text.get(figure.to..)?.starts_with('分').then_some(figure)
}
