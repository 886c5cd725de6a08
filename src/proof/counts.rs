//! How many indicators of each level a report says there are: against the score sheet, and against those that it scores.

use std::collections::BTreeSet;

use super::figures::{Figure, count_at};
use super::found::{Reading, level_name};
use super::prose::{SENTENCE, Spot, pieces};
use super::stated::{phrase, scored};
use super::tables::Grid;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first: [Option<(Figure, Spot)>; 3] = [None, None, None];
    let there = there(reading);
    for (level, figure, spot) in said(reading) {
        let Some((counted, before)) = there.get(level).zip(first.get_mut(level)) else { continue };
        let name = name(level);
        let as_said =
            |count: usize| u32::try_from(count).is_ok_and(|count| Number::from(count) == figure.value);
        // A report that lists its levels without the satisfaction tells that within the benefits.
        let sentence = reading.prose.sentence(spot);
        let lead = reading.prose.text(spot.unit).get(sentence.from..spot.from).unwrap_or_default();
        let within = level == 0 && !words::of(Class::Satisfaction).within(lead) && has_satisfaction(reading);
        let is = |count: &usize| as_said(*count) || (within && count.checked_sub(1).is_some_and(as_said));
        if !counted.is_empty() && !counted.iter().any(is) {
            let has = counted.iter().next().copied().unwrap_or_default();
            let by = if reading.card().is_some() { "评分表中有" } else { "报告评分的有" };
            let message = format!("写的是{}个{name}，{by}{has}个。", figure.value);
            findings.push(reading.finding(FindingId::ReportFigureDiffers, spot, name, message));
        } else if let Some((other, place)) = before.filter(|(other, _)| other.value != figure.value) {
            let message = format!(
                "{name}此处为{}个，{}为{}个。",
                figure.value,
                reading.prose.where_is(place),
                other.value
            );
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, name, message));
        }
        before.get_or_insert((figure, spot));
    }
    findings.extend(within_levels(reading));
    findings
}

/// How many indicators a first level is said to have, against the rows that a table has of it: `产出指标共6项`.
fn within_levels(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, text) in reading.prose.texts() {
        let named = words::of(Class::FirstLevels).iter().flat_map(|level| {
            let ends = text.match_indices(level).filter_map(|(at, _)| {
                let rest = words::of(Class::LevelTails).strip(text.get(at.saturating_add(level.len())..)?)?;
                Some(text.len().saturating_sub(rest.len()))
            });
            ends.map(|end| (level_name(level), end)).collect::<Vec<_>>()
        });
        for (level, end) in named.chain(of_this_part(reading, unit, text)) {
            let links = text.get(end..).and_then(|rest| words::of(Class::CountLinks).strip(rest));
            let Some((figure, to)) =
                links.and_then(|rest| of_indicators(text, text.len().saturating_sub(rest.len())))
            else {
                continue;
            };
            let spot = Spot { unit, from: figure.from, to };
            let sentence = reading.prose.sentence(spot);
            let others = words::of(Class::CountsOfOthers).within(reading.prose.at(sentence));
            let counts: BTreeSet<usize> =
                reading.grids.iter().flat_map(|grid| rows_of(grid, &level)).collect();
            let as_said =
                |count: &usize| u32::try_from(*count).is_ok_and(|count| Number::from(count) == figure.value);
            let Some(count) = counts.iter().next_back().filter(|_| !others && !counts.iter().any(as_said))
            else {
                continue;
            };
            let message = format!("“{level}”写的是{}项指标，表中有{count}项。", figure.value);
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, &level, message));
        }
    }
    findings
}

/// A count with nothing behind its measure but what it counts: `6项`, `5项指标`.
fn of_indicators(text: &str, from: usize) -> Option<(Figure, usize)> {
    let told = behind(text, from);
    told.or_else(|| {
        let figure = count_at(text, from).filter(|figure| figure.places == 0)?;
        let rest = text.get(figure.to..)?;
        let rest = words::of(Class::MeasuresOfItems).strip(rest)?;
        let rest = words::of(Class::IndicatorsCounted).strip(rest)?;
        let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        ends.then_some((figure, text.len().saturating_sub(rest.len())))
    })
}

/// The level of the heading right above, and where its name ends, for a text that counts the indicators of 该部分.
fn of_this_part(reading: &Reading, unit: usize, text: &str) -> Option<(String, usize)> {
    let rest = words::of(Class::ThisPart).strip(text)?;
    let above =
        reading.outline.headings.iter().filter(|heading| heading.unit < unit && heading.points.is_some());
    let mut level = above
        .map(|heading| level_name(&heading.title))
        .filter(|name| words::of(Class::FirstLevels).has(name));
    Some((level.next_back()?, text.len().saturating_sub(rest.len())))
}

/// How many names each column of a table of scores has beside a first level.
fn rows_of(grid: &Grid, level: &str) -> Vec<usize> {
    let Some(points) = grid.column(Class::ColumnsOfPoints) else { return Vec::new() };
    let Some(first) = grid.titles.keys().next().copied() else { return Vec::new() };
    let rows = grid.rows.iter().filter(|row| !row.is_sum() && !row.is_part_sum());
    let own = rows.filter(|row| row.cells.get(&first).is_some_and(|cell| level_name(&cell.text) == level));
    let own: Vec<_> = own.collect();
    let columns = grid.titles.keys().copied().filter(|col| *col > first && *col < points);
    let count = |col: u32| {
        own.iter()
            .filter_map(|row| row.cells.get(&col))
            .map(|cell| cell.text.as_str())
            .collect::<BTreeSet<_>>()
            .len()
    };
    columns.map(count).filter(|count| *count > 0).collect()
}

/// Whether satisfaction is a first level of its own.
fn has_satisfaction(reading: &Reading) -> bool {
    let levels = reading.card().into_iter().flat_map(|card| &card.levels);
    levels.into_iter().any(|level| words::of(Class::Satisfaction).within(&level.level1))
}

fn name(level: usize) -> &'static str {
    words::of(Class::LevelsCounted).iter().nth(level).unwrap_or_default()
}

/// What the report says: the level, from 0, and how many.
fn said(reading: &Reading) -> Vec<(usize, Figure, Spot)> {
    let mut all = Vec::new();
    let others = words::of(Class::CountsOfOthers);
    for (unit, text) in reading.prose.texts() {
        let short = words::of(Class::LevelsShort).iter().enumerate().map(|(level, word)| (level, word, true));
        let last = words::of(Class::LastLevels).iter().map(|word| (2, word, false));
        let named = words::of(Class::LevelsCounted).iter().enumerate();
        let named = named.map(|(level, word)| (level, word, false)).chain(short).chain(last);
        for (level, word, short) in named {
            for (at, _) in text.match_indices(word) {
                let end = at.saturating_add(word.len());
                let rest = text.get(end..).unwrap_or_default();
                // 一级4个: the word for what is counted is left out.
                if short && (rest.starts_with("指标") || !is_of_system(reading, unit, at)) {
                    continue;
                }
                let told = before(text, at).map(|figure| (figure, Spot { unit, from: figure.from, to: end }));
                let told = told.or_else(|| {
                    let (figure, to) = behind(text, end)?;
                    Some((Figure { from: at, ..figure }, Spot { unit, from: at, to }))
                });
                let Some((figure, spot)) = told else { continue };
                let sentence = reading.prose.sentence(spot);
                let behind = text.get(spot.to..).unwrap_or_default();
                // 5个一级指标下设… counts those of one.
                let of_one = words::of(Class::CountsOfOne).begins(behind);
                let lead = text.get(sentence.from..figure.from).unwrap_or_default();
                // The first count of a sentence is that of the whole, those behind it are of parts.
                let is_part = lead.contains("其中") || !short && lead.contains(word);
                // 产出类指标共6个 counts those of one.
                let clause = lead.rsplit(['，', '、', ';']).next().unwrap_or(lead);
                let of_level = level > 0
                    && (words::of(Class::FirstLevels).within(clause) || begins_with_one_level(lead));
                if !others.within(lead) && !of_one && !of_level && !is_part && is_whole(lead) {
                    all.push((level, figure, spot));
                }
            }
        }
        all.extend(without_level(reading, unit, text));
    }
    all
}

/// Whether the parts of a sentence begin with the name of one level and of no other: 过程指标权重15分，下设2个二级指标.
fn begins_with_one_level(lead: &str) -> bool {
    let begins = |clause: &&str| {
        let clause = clause.trim_start_matches(|c: char| !c.is_alphabetic());
        let name = words::of(Class::FirstLevels).longest(clause);
        let rest = name.and_then(|name| clause.get(name.len()..));
        // 决策15分、过程20分 lists several.
        let listed =
            |rest: &str| rest.split('、').skip(1).any(|part| words::of(Class::FirstLevels).begins(part));
        rest.filter(|rest| !listed(rest)).is_some_and(|rest| {
            let rest = words::of(Class::LevelTails).strip(rest).unwrap_or(rest);
            let plain = rest.trim_start_matches(['“', '”', '"']);
            plain.is_empty()
                || words::of(Class::PointsWords).begins(plain)
                || words::of(Class::CountLinks).begins(plain)
                || plain.starts_with(|c: char| c.is_ascii_digit() || "占含包下设".contains(c))
        })
    };
    lead.split(['，', ';', ':', '(']).filter(begins).count() == 1
}

/// Whether a sentence speaks of the system of indicators.
fn is_of_system(reading: &Reading, unit: usize, at: usize) -> bool {
    let sentence = reading.prose.sentence(Spot { unit, from: at, to: at });
    words::of(Class::SystemsOfIndicators).within(reading.prose.at(sentence))
}

/// Counts of indicators whose level is not told: those of the last (从七个方面设置12项指标).
fn without_level(reading: &Reading, unit: usize, text: &str) -> Vec<(usize, Figure, Spot)> {
    let mut all = Vec::new();
    for (at, word) in words::of(Class::IndicatorsCounted).iter().flat_map(|word| text.match_indices(word)) {
        let head = text.get(..at).unwrap_or_default();
        let measured = words::of(Class::MeasuresOfItems).ends(head);
        let Some(figure) = before(text, at).filter(|_| measured) else { continue };
        let to = at.saturating_add(word.len());
        let spot = Spot { unit, from: figure.from, to };
        let sentence = reading.prose.sentence(spot);
        let lead = text.get(sentence.from..figure.from).unwrap_or_default();
        let clause = lead.rsplit(['，', '、', ';', ':']).next().unwrap_or(lead);
        let rest = text.get(to..).unwrap_or_default();
        let whole = words::of(Class::WholeOfIndicators).within(clause)
            && !words::of(Class::FirstLevels).iter().any(|level| clause.contains(level))
            && !words::of(Class::CountsOfOthers).within(lead)
            && !words::of(Class::CountsOfOne).begins(rest);
        if whole && rest.chars().next().is_none_or(|c| !c.is_alphanumeric()) {
            all.push((2, figure, spot));
        }
    }
    all
}

/// Whether the words before a count lead to the whole of indicators, and not to those of a part (其中决策类…).
fn is_whole(lead: &str) -> bool {
    lead.contains("体系")
        || lead.contains("共")
        || lead.contains("设")
        || lead.contains("包括")
        || lead.contains("分为")
}

/// The count that ends before a word: `22个三级指标`, `五项一级指标`.
fn before(text: &str, at: usize) -> Option<Figure> {
    let head = text.get(..at)?;
    let head = head.strip_suffix(['个', '项', '类']).unwrap_or(head);
    let starts =
        head.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit() || crate::notation::is_numeral(*c));
    let from = starts.last().map(|(from, _)| from)?;
    count_at(head, from).filter(|figure| figure.to == head.len())
}

/// The count that stands behind a word, and its end: `二级指标13个`, `三级指标共22项`.
fn behind(text: &str, from: usize) -> Option<(Figure, usize)> {
    let rest = text.get(from..)?;
    let rest = words::of(Class::CountLinks).strip(rest).unwrap_or(rest);
    let figure = count_at(text, text.len().saturating_sub(rest.len())).filter(|figure| figure.places == 0)?;
    let tail = text.get(figure.to..)?;
    let unit = words::of(Class::MeasuresOfItems).longest(tail)?.len();
    let ends = tail.get(unit..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some((figure, figure.to.saturating_add(unit)))
}

/// How many of each level there may be said to be; nothing where that is not certain.
fn there(reading: &Reading) -> [BTreeSet<usize>; 3] {
    let mut counts = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    if let Some(card) = reading.card() {
        let rows: Vec<_> = card.indicators.iter().filter(|one| one.extra.is_none()).collect();
        // The execution of the budget is an indicator to some, and a line of its own to others.
        let without: Vec<_> = rows.iter().copied().filter(|one| one.index.is_some()).collect();
        for rows in [rows, without] {
            let first: BTreeSet<&str> = rows.iter().map(|one| one.level1.as_str()).collect();
            let second: BTreeSet<_> =
                rows.iter().map(|one| (one.level1.as_str(), one.level2.as_str())).collect();
            for (counts, count) in counts.iter_mut().zip([first.len(), second.len(), rows.len()]) {
                counts.insert(count);
            }
        }
        return counts;
    }
    let own: Vec<_> = reading.stated.iter().filter(|stated| stated.heading.is_some()).collect();
    let points =
        Number::sum(own.iter().map(|stated| stated.points.map_or(Number::ZERO, |points| points.value)));
    // Levels that are told as a whole are no indicators.
    let levels = own.iter().all(|stated| words::of(Class::FirstLevels).has(&level_name(&stated.name)));
    if points == Some(Number::from(100))
        && !levels
        && let [_, _, third] = &mut counts
    {
        third.insert(own.len());
    }
    of_paragraphs(reading, &mut counts);
    for grid in &reading.grids {
        of_grid(grid, &mut counts);
    }
    of_parts(&reading.grids, &mut counts);
    counts
}

/// How many paragraphs come to points and a score, where they are worth 100 together: each is on one indicator, whatever it begins
/// with.
fn of_paragraphs(reading: &Reading, counts: &mut [BTreeSet<usize>; 3]) {
    let points = |(_, text): (usize, &str)| {
        let of = |(from, to): (usize, usize)| phrase(text.get(..to)?, from, "");
        let told: Vec<_> = pieces(text, &SENTENCE).filter_map(of).collect();
        let [(Some(points), _, _)] = told.as_slice() else { return None };
        // 决策部分满分15分，得15分 is of a level.
        let level = words::of(Class::FirstLevels).strip(text);
        let of_level =
            level.is_some_and(|rest| scored(text, text.len().saturating_sub(rest.len())).is_some());
        (!of_level && points.value < Number::from(100)).then_some(points.value)
    };
    let all: Vec<Number> = reading.prose.texts().filter_map(points).collect();
    if Number::sum(all.iter().copied()) == Some(Number::from(100))
        && let [_, _, thirds] = counts
    {
        thirds.insert(all.len());
    }
}

/// How many indicators tables list that have one first level each, where they are worth 100 points together.
fn of_parts(grids: &[Grid], counts: &mut [BTreeSet<usize>; 3]) {
    let mut points = Vec::new();
    let (mut second, mut third) = (BTreeSet::new(), 0_usize);
    for (at, grid) in grids.iter().enumerate() {
        let (points_col, score) = (grid.column(Class::ColumnsOfPoints), grid.column(Class::ColumnsOfScores));
        let (Some(col), Some(_), false) =
            (points_col, score, grid.rows.iter().any(super::tables::GridRow::is_sum))
        else {
            continue;
        };
        let name = name(1);
        let Some((level, _)) = grid.titles.iter().find(|(_, title)| *title == name) else { continue };
        for row in grid.rows.iter().filter(|row| !row.is_part_sum()) {
            let Some(figure) = row.number(col) else { return };
            points.push(figure.value);
            third = third.saturating_add(1);
            second.insert((at, row.cells.get(level).map(|cell| cell.text.clone())));
        }
    }
    if Number::sum(points) == Some(Number::from(100))
        && let [_, seconds, thirds] = counts
    {
        seconds.insert(second.len());
        thirds.insert(third);
    }
}

/// How many of each level a whole table of scores lists.
fn of_grid(grid: &Grid, counts: &mut [BTreeSet<usize>; 3]) {
    let Some(points) = grid.column(Class::ColumnsOfPoints) else { return };
    let whole = grid.rows.iter().find(|row| row.is_sum()).and_then(|row| row.number(points));
    if whole.is_none_or(|whole| whole.value != Number::from(100)) {
        return;
    }
    let titled = |word: &str| {
        let level = word.strip_suffix("指标").unwrap_or(word);
        grid.titles.iter().find(|(_, title)| title.contains(level)).map(|(col, _)| *col)
    };
    let columns: Vec<Option<u32>> = words::of(Class::LevelsCounted).iter().map(titled).collect();
    let rows = || grid.rows.iter().filter(|row| !row.is_sum() && !row.is_part_sum());
    let mut names: Vec<Vec<String>> = rows().map(|_| Vec::new()).collect();
    for (level, column) in columns.iter().enumerate() {
        // A table may leave a level out.
        let Some(column) = column else { continue };
        for (row, own) in rows().zip(&mut names) {
            own.push(row.cells.get(column).map(|cell| cell.text.clone()).unwrap_or_default());
        }
        // A column of numbers counts the indicators and lists none.
        let complete = names.iter().all(|own| own.iter().all(|name| !name.is_empty()))
            && !rows().any(|row| row.number(*column).is_some());
        if let Some(count) = counts.get_mut(level).filter(|_| complete) {
            count.insert(names.iter().collect::<BTreeSet<_>>().len());
        }
    }
}
