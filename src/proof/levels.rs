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
    findings.extend(listed(reading));
    findings.extend(seconds(reading));
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

/// The scores of the levels that a sentence lists without their points (`各部分得分:决策18分，过程17分…`), as many as the report has
/// levels, against the total.
fn listed(reading: &Reading) -> Vec<Finding> {
    let Some(total) = super::total::decided(reading) else { return Vec::new() };
    let levels = words::of(Class::FirstLevels);
    let headed: std::collections::BTreeSet<String> = reading
        .outline
        .headings
        .iter()
        .filter(|heading| heading.points.is_some() && levels.has(&level_of(&heading.title)))
        .map(|heading| level_of(&heading.title))
        .collect();
    let known = reading.grids.iter().find_map(sums).map_or(headed.len(), |sums| sums.len());
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        if !text.contains('得')
            || words::of(Class::PointsWords).iter().any(|word| word.contains("分") && text.contains(word))
        {
            continue;
        }
        let mut scores: Vec<(String, Number)> = Vec::new();
        for (from, to) in super::prose::pieces(text, &['，', '、', ':']) {
            let Some(clause) = text.get(from..to) else { continue };
            let clause = clause.strip_prefix("其中").unwrap_or(clause);
            let Some(step) = clause.find(|c: char| c.is_ascii_digit()) else { continue };
            let Some(figure) = super::figures::figure_at(clause, step) else { continue };
            let lead = words::of(Class::ScoreWords).trim_end(clause.get(..step).unwrap_or_default());
            let name = level_of(lead);
            if levels.has(&name) && clause.get(figure.to..) == Some("分") {
                scores.push((name, figure.value));
            }
        }
        let names: std::collections::BTreeSet<&String> = scores.iter().map(|(name, _)| name).collect();
        let Some(sum) = Number::sum(scores.iter().map(|(_, score)| *score)) else { continue };
        if names.len() < MIN_LEVELS
            || names.len() != scores.len()
            || names.len() != known
            || sum == total.number()
            || sum == Number::from(100)
        {
            continue;
        }
        let message = format!("所列各部分的得分合计为{sum}分，总分写的是{total}分。");
        findings.push(reading.finding(FindingId::ReportSumDiffers, sentence, "总分", message));
    }
    findings
}

/// What the indicators below a heading have together, against the row that a table of scores has of that level.
fn seconds(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, heading) in reading.outline.headings.iter().enumerate().filter(|(_, one)| one.points.is_some()) {
        let name = level_name(&heading.title);
        let rows: Vec<&Stated> = reading
            .stated
            .iter()
            .filter(|stated| stated.in_table && level_name(&stated.name) == name && stated.score.is_some())
            .collect();
        let [row] = rows.as_slice() else { continue };
        let extent = reading.outline.extent(at);
        let below = reading.outline.below(at);
        let own: Vec<&Stated> = reading
            .stated
            .iter()
            .filter(|stated| {
                let unit =
                    stated.heading.and_then(|own| reading.outline.headings.get(own)).map(|own| own.unit);
                unit.is_some_and(|unit| extent.contains(&unit) && unit != heading.unit)
            })
            .collect();
        let points = Number::sum(own.iter().filter_map(|one| one.points).map(|points| points.value));
        let score = Number::sum(own.iter().filter_map(|one| one.score).map(|score| score.value));
        let (Some(points), Some(score), Some(known)) = (points, score, row.score) else { continue };
        // All of them are scored, and are worth what the row is.
        let all = own.len() == below.len() && row.points.is_some_and(|own| own.value == points);
        let Some(last) = own.last().filter(|_| all && !own.is_empty() && score != known.value) else {
            continue;
        };
        let message = format!(
            "“{}”各项指标的得分合计为{score}分，{}为{}分。",
            heading.title, row.passage.place, known.value
        );
        findings.push(super::found::at(FindingId::ReportContradictsItself, last.passage.clone(), message));
    }
    findings
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
