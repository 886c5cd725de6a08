//! The total of a report: against the score sheet, its own scores, its table, and what else it says of it.

use super::figures::{Figure, linked_count};
use super::found::Reading;
use super::prose::Spot;
use super::stated::Stated;
use crate::base::{Number, Score};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Paragraphs among which the title stands, and its characters.
const MAX_LINES: usize = 4;
const MAX_TITLE: usize = 60;

/// The total as it is said somewhere.
pub(super) struct Said {
    pub(super) figure: Figure,
    pub(super) spot: Spot,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let said = said(reading);
    let mut findings = Vec::new();
    let id = FindingId::ReportScoreSentenceDiffers;
    let of = "总分";
    let total = reading.card().map(|card| &card.total).filter(|total| total.complete);
    if let Some(total) = total {
        for one in said.iter().filter(|one| one.figure.value != total.score.number()) {
            let message = format!("写的总分是{}分，评分结果为{}分。", one.figure.value, total.score);
            findings.push(reading.finding(id, one.spot, of, message));
        }
        return findings;
    }
    if let Some(first) = said.first() {
        for one in said.iter().skip(1).filter(|one| one.figure.value != first.figure.value) {
            let message = format!(
                "总分此处为{}分，{}为{}分。",
                one.figure.value,
                reading.prose.where_is(first.spot),
                first.figure.value
            );
            findings.push(reading.finding(FindingId::ReportContradictsItself, one.spot, of, message));
        }
        let table = total_of_table(reading);
        for one in said.iter().filter(|one| table.is_some_and(|table| one.figure.value != table)) {
            let Some(table) = table else { continue };
            let message = format!("总分此处为{}分，得分表的合计为{table}分。", one.figure.value);
            findings.push(reading.finding(FindingId::ReportContradictsItself, one.spot, of, message));
        }
        let own = sum_of_indicators(reading).filter(|sum| *sum != first.figure.value);
        if let (Some(sum), None) = (own, reading.card()) {
            let message = format!("写的总分是{}分，各项指标得分之和为{sum}分。", first.figure.value);
            findings.push(reading.finding(FindingId::ReportSumDiffers, first.spot, of, message));
        }
    }
    findings
}

/// The total of the one table of scores whose points come to 100.
fn total_of_table(reading: &Reading) -> Option<Number> {
    let totals = reading.grids.iter().filter_map(|grid| {
        let (points, score) = (grid.column(Class::ColumnsOfPoints)?, grid.column(Class::ColumnsOfScores)?);
        let sum = grid.rows.iter().find(|row| row.is_sum())?;
        let whole = sum.number(points).is_some_and(|points| points.value == Number::from(100));
        whole.then(|| sum.number(score)).flatten().map(|score| score.value)
    });
    let mut totals: Vec<Number> = totals.collect();
    totals.dedup();
    match totals.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// What the scores of all indicators come to, or those of all first levels, where those that the report scores are worth 100
/// points together.
fn sum_of_indicators(reading: &Reading) -> Option<Number> {
    let indicators: Vec<&Stated> = reading.stated.iter().filter(|stated| stated.heading.is_some()).collect();
    let mut seen = std::collections::BTreeSet::new();
    let first = reading.stated.iter().filter(|stated| stated.heading.is_none() && !stated.units.is_empty());
    let levels: Vec<&Stated> = first
        .filter(|stated| stated.points.is_some())
        .filter(|stated| words::of(Class::FirstLevels).has(&stated.name) && seen.insert(stated.name.clone()))
        .collect();
    [indicators, levels].into_iter().find_map(|own| {
        let points =
            Number::sum(own.iter().map(|stated| stated.points.map_or(Number::ZERO, |points| points.value)))?;
        let score =
            Number::sum(own.iter().map(|stated| stated.score.map_or(Number::ZERO, |score| score.value)))?;
        (points == Number::from(100)).then_some(score)
    })
}

/// Where the report says its total.
pub(super) fn said(reading: &Reading) -> Vec<Said> {
    let names = words::of(Class::TotalsOfReport);
    let others = words::of(Class::NotOfTheWhole);
    let mut all = Vec::new();
    for (unit, text) in reading.prose.texts() {
        let mut at = 0_usize;
        while let Some((step, word)) = text.get(at..).and_then(|rest| names.find(rest)) {
            let begin = at.saturating_add(step);
            at = begin.saturating_add(word.len());
            let Some(figure) = linked_count(text, at) else { continue };
            let behind = text.get(figure.to..).unwrap_or_default();
            let whole = behind
                .strip_prefix('分')
                .is_some_and(|rest| !rest.starts_with(['以', '至', '-', '~', '钟', '为', '及']));
            let spot = Spot { unit, from: begin, to: figure.to };
            let clause = reading.prose.clause(spot);
            let before = text.get(clause.from..begin).unwrap_or_default();
            let sentence = reading.prose.sentence(spot);
            let other = reading.is_of_other_year(text.get(sentence.from..begin).unwrap_or_default());
            let of_others = other || others.within(before) || names_level(reading, before);
            // 总分为100分 says what can be earned.
            let full = figure.value == Number::from(100) && word.contains("总分");
            if whole && !of_others && !full {
                let own = words::of(Class::TotalsOfSelf).has(word);
                all.push((Said { figure, spot }, own));
            }
        }
    }
    for (figure, spot) in beside_grades(reading) {
        if !all.iter().any(|(one, _)| one.spot.unit == spot.unit && one.spot.to == spot.to) {
            all.push((Said { figure, spot }, false));
        }
    }
    all.sort_by_key(|(one, _)| one.spot);
    // 评价得分3分 of an indicator is no total: what is less than half of the most that is said is a part of it.
    let most = all.iter().map(|(one, _)| one.figure.value).max().unwrap_or_default();
    all.retain(|(one, _)| one.figure.value.plus(one.figure.value).is_none_or(|twice| twice > most));
    // Beside what the evaluation comes to, what the unit gave itself is another score.
    let evaluated = all.iter().any(|(_, own)| !own) && !is_of_self(reading);
    all.into_iter().filter(|(_, own)| !(evaluated && *own)).map(|(said, _)| said).collect()
}

/// Whether the title says that the unit evaluates itself.
fn is_of_self(reading: &Reading) -> bool {
    let ends = words::of(Class::ReportsOfSelf);
    reading
        .prose
        .texts()
        .take(MAX_LINES)
        .any(|(_, text)| ends.within(text) && text.chars().count() <= MAX_TITLE)
}

/// The one score of a sentence that says a grade behind it: 综合评定该项目得95.83分，等级为“优”.
fn beside_grades(reading: &Reading) -> Vec<(Figure, Spot)> {
    let own = |(spot, _): (Spot, String)| {
        let sentence = reading.prose.sentence(spot);
        let text = reading.prose.text(spot.unit);
        let head = text.get(sentence.from..spot.from)?;
        let scores: Vec<Figure> = super::figures::figures(head)
            .into_iter()
            .filter(|figure| head.get(figure.to..).is_some_and(|rest| rest.starts_with('分')))
            .collect();
        let [only] = scores.as_slice() else { return None };
        let lead = head.get(..only.from)?;
        let earned = words::of(Class::ScoreWords).ends(lead.trim_end_matches(['为', ':', '是']));
        let clause = lead.rsplit(['，', ';', ':']).next()?;
        let other = words::of(Class::NotOfTheWhole).within(clause) || reading.is_of_other_year(lead);
        let shift = |at: usize| at.saturating_add(sentence.from);
        let figure = Figure { from: shift(only.from), to: shift(only.to), ..*only };
        let spot = Spot { unit: spot.unit, from: figure.from, to: figure.to };
        (earned && !other && only.value >= Number::from(50)).then_some((figure, spot))
    };
    super::grade::said(reading).into_iter().filter_map(own).collect()
}

/// Whether words name a level or an indicator: then the score behind them is its.
fn names_level(reading: &Reading, before: &str) -> bool {
    let known = reading.card().into_iter().flat_map(|card| &card.levels);
    let known = known.flat_map(|level| [level.level1.as_str(), level.level2.as_str()]);
    let stated = reading.stated.iter().map(|stated| stated.name.as_str());
    let headings = reading.outline.headings.iter().filter(|heading| heading.points.is_some());
    let mut all = known.chain(stated).chain(headings.map(|heading| heading.title.as_str()));
    all.any(|name| {
        let name = super::found::level_name(name);
        name.chars().count() >= 2 && before.contains(&name)
    })
}

/// The total that counts: of the score sheet, else the first that the report says.
pub(super) fn decided(reading: &Reading) -> Option<Score> {
    let total = reading.card().map(|card| &card.total).filter(|total| total.complete);
    total.map(|total| total.score).or_else(|| {
        let said = said(reading);
        said.first().map(|first| Score::new(first.figure.value.get()))
    })
}
