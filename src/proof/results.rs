//! Results and targets of a table against what the text says of them: another number under the same name, a bound turned
//! round, and one rate with two values.

use super::figures::linked;
use super::found::{Reading, plain_name, years};
use super::prose::{Spot, pieces};
use super::quantities::{Quantity, quantities};
use super::tables::Grid;
use super::two_values;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name in a sentence that says of what its number is.
const MIN_NAME: usize = 2;
const MIN_GOAL: usize = 4;
/// Bytes of a calculation between a name and its result.
const MAX_CALCULATION: usize = 40;
/// Rows of tables that are compared.
const MAX_ROWS: usize = 400;

/// A row of a table of targets.
struct Row {
    name: String,
    target: Option<Quantity>,
    bound: Option<Bound>,
    actual: Option<Quantity>,
}

impl Row {
    fn is_rate(&self) -> bool {
        self.target.iter().chain(&self.actual).any(Quantity::is_percent)
    }
}

/// On which side of a number a value is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtLeast,
    AtMost,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let rows: Vec<Row> = reading.grids.iter().flat_map(rows).take(MAX_ROWS).collect();
    let all = everything(reading);
    let mut findings = actuals(reading, &rows, &all);
    findings.extend(goals(reading, &rows, &all));
    findings.extend(rates(reading, &all));
    findings
}

/// Every quantity of the report: of its sentences and its tables.
fn everything(reading: &Reading) -> Vec<Quantity> {
    let told = reading.told.iter().map(|one| one.one.clone());
    let cells = reading.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| row.cells.values());
    told.chain(cells.filter(|cell| !cell.continued).flat_map(|cell| quantities(&cell.text))).collect()
}

fn often(all: &[Quantity], one: &Quantity) -> usize {
    all.iter().filter(|other| other.unit == one.unit && other.value == one.value).count()
}

fn rows(grid: &Grid) -> Vec<Row> {
    let (target, actual) = (grid.column(Class::ColumnsOfTargets), grid.column(Class::ColumnsOfActuals));
    let Some(first) = target.into_iter().chain(actual).min() else { return Vec::new() };
    let row = |row: &super::tables::GridRow| {
        let (_, name) = row.name_before(first)?;
        let text = |col: Option<u32>| {
            let cell = row.cells.get(&col?).filter(|cell| !cell.continued)?;
            Some(cell.text.clone())
        };
        let only = |text: &Option<String>| match quantities(text.as_deref()?).as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        let (target, actual) = (text(target), text(actual));
        let bound = target.as_deref().and_then(bound);
        Some(Row { name: plain_name(name), target: only(&target), bound, actual: only(&actual) })
    };
    grid.rows.iter().filter_map(row).collect()
}

/// The bound that words set.
fn bound(text: &str) -> Option<Bound> {
    let least = words::of(Class::BoundsBelow).iter().filter_map(|word| Some((text.find(word)?, word.len())));
    let most = words::of(Class::BoundsAbove).iter().filter_map(|word| Some((text.find(word)?, word.len())));
    let covers = |(at, len): (usize, usize)| (at, at.saturating_add(len));
    let (least, most): (Vec<_>, Vec<_>) = (least.map(covers).collect(), most.map(covers).collect());
    // 不低于 holds 低于, 不超过 holds 超过: the longer word counts.
    let free = |one: &(usize, usize), others: &[(usize, usize)]| {
        !others.iter().any(|other| {
            other.0 <= one.0
                && one.1 <= other.1
                && other.1.saturating_sub(other.0) > one.1.saturating_sub(one.0)
        })
    };
    let least_left = least.iter().any(|one| free(one, &most));
    let most_left = most.iter().any(|one| free(one, &least));
    match (least_left, most_left) {
        (true, false) => Some(Bound::AtLeast),
        (false, true) => Some(Bound::AtMost),
        _ => None,
    }
}

/// The words of a clause before its first quantity, as a name.
fn name(clause: &str, quantity: &Quantity) -> String {
    let begins = super::outline::mark(clause).map_or(0, |mark| mark.len);
    let mut words = clause.get(begins..quantity.figure.from).unwrap_or_default();
    loop {
        let shorter = [Class::ValueLinks, Class::AboutFigures, Class::BoundsAbove, Class::BoundsBelow]
            .into_iter()
            .find_map(|class| self::words::of(class).strip_end(words));
        match shorter {
            Some(shorter) => words = shorter,
            None => return plain_name(words),
        }
    }
}

/// Whether a name of a sentence is that of a row: the same, or all of it that is no measure.
fn is_of(row: &Row, name: &str, at_least: usize) -> bool {
    let length = name.chars().count();
    // 执行率 of money is none of another thing that is carried out.
    let money = |name: &str| {
        words::of(Class::RatesOfSpending).has(name) || words::of(Class::RatesOfArrival).has(name)
    };
    if money(name) && !money(&row.name) {
        return false;
    }
    length >= at_least
        && (row.name.contains(name)
            || length > MIN_GOAL && name.ends_with(&row.name)
            || length >= MIN_GOAL && !row.is_rate() && is_reordered(&row.name, name))
}

/// Whether all characters of a name stand in that of a row, in another order: 改造低产桑园 is of 低产桑园改造面积.
fn is_reordered(row: &str, name: &str) -> bool {
    let mut left: Vec<char> = row.chars().collect();
    name.chars().all(|c| left.iter().position(|other| *other == c).map(|at| left.remove(at)).is_some())
}

/// Another result than that of the table, of the same size, that stands nowhere else.
fn actuals(reading: &Reading, rows: &[Row], all: &[Quantity]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        if words::of(Class::ResultsOfParts).within(text) {
            continue;
        }
        for (from, to) in pieces(text, &['，', ';', ':', '、', '(', ')']) {
            let Some(clause) = text.get(from..to) else { continue };
            let own = quantities(clause);
            let Some(one) = own.first().filter(|one| !one.unit.is_empty() && !one.is_money()) else {
                continue;
            };
            let name = name(clause, one);
            let behind = clause.get(one.to..).unwrap_or_default();
            // What a sentence says before a number makes it a plan or a part, what it says behind does not.
            let until = sentence.from.saturating_add(to);
            if two_values::is_planned(reading, Spot { to: until, ..sentence }) {
                continue;
            }
            let dated = name.contains(|c: char| c.is_ascii_digit()) || name.contains('月');
            let other_year = years(text.get(..from.saturating_add(one.figure.from)).unwrap_or_default())
                .last()
                .zip(reading.year)
                .is_some_and(|(named, own)| *named != own);
            if dated || other_year || words::of(Class::AboutFigures).begins(behind) {
                continue;
            }
            let mut of = rows.iter().filter(|row| {
                row.actual.as_ref().is_some_and(|actual| actual.unit == one.unit)
                    && is_of(row, &name, MIN_NAME)
            });
            let (Some(row), None) = (of.next(), of.next()) else { continue };
            let Some(actual) = &row.actual else { continue };
            let target = row.target.as_ref().is_some_and(|target| target.value == one.value);
            let near =
                one.value.minus(actual.value).map(Number::abs).and_then(|off| off.times(Number::from(3)));
            if actual.is_as(one)
                || target
                // A paragraph that tells the result tells those of groups beside it.
                || quantities(reading.prose.text(sentence.unit)).iter().any(|other| other.is_as(actual))
                || often(all, one) > 1
                || often(all, actual) < 2
                || near.is_none_or(|near| near > actual.value)
            {
                continue;
            }
            let begin = sentence.from.saturating_add(from);
            let spot = Spot {
                unit: sentence.unit,
                from: begin.saturating_add(one.figure.from),
                to: begin.saturating_add(one.to),
            };
            let message = format!("“{}”此处为{}，表中的完成值为{}。", row.name, one.shown(), actual.shown());
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, &row.name, message));
        }
    }
    findings
}

/// The paragraphs of the sections on goals.
fn goal_units(reading: &Reading) -> Vec<usize> {
    let sections = reading.outline.headings.iter().enumerate().filter(|(_, heading)| {
        words::of(Class::SectionsOfGoals).within(&heading.title) && heading.points.is_none()
    });
    let mut units: Vec<usize> = sections.flat_map(|(at, _)| reading.outline.extent(at)).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// What the goals of the year say otherwise than the table of targets.
fn goals(reading: &Reading, rows: &[Row], all: &[Quantity]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let units = goal_units(reading);
    for sentence in reading.prose.sentences().filter(|sentence| units.contains(&sentence.unit)) {
        let text = reading.prose.at(sentence);
        for (from, to) in pieces(text, &['，', ';', ':', '、', '(', ')']) {
            let Some(clause) = text.get(from..to) else { continue };
            let own = quantities(clause);
            let [one] = own.as_slice() else { continue };
            let name = name(clause, one);
            let mut of = rows.iter().filter(|row| {
                row.target.as_ref().is_some_and(|target| target.unit == one.unit && !one.unit.is_empty())
                    && is_of(row, &name, MIN_GOAL)
            });
            let (Some(row), None) = (of.next(), of.next()) else { continue };
            let Some(target) = &row.target else { continue };
            let told = bound(clause);
            let begin = sentence.from.saturating_add(from);
            let spot = Spot { unit: sentence.unit, from: begin, to: begin.saturating_add(one.to) };
            let turned = told.zip(row.bound).is_some_and(|(told, bound)| told != bound);
            let message = if target.is_as(one) && turned {
                format!("绩效目标写的是“{clause}”，指标表中“{}”的方向正好相反。", row.name)
            } else if !target.is_as(one)
                && !one.is_money()
                && often(all, one) == 1
                && told == row.bound
                && !words::of(Class::PhasesOfGoals).within(text)
            {
                format!("绩效目标写的“{}”是{}，指标表中为{}。", row.name, one.shown(), target.shown())
            } else {
                continue;
            };
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, &row.name, message));
        }
    }
    findings
}

/// A rate with two values in the whole report, one of which stands only once.
fn rates(reading: &Reading, all: &[Quantity]) -> Vec<Finding> {
    let mut names: Vec<String> = words::of(Class::Satisfaction).iter().map(str::to_owned).collect();
    let headings = reading.stated.iter().filter(|stated| stated.heading.is_some());
    names.extend(
        headings.map(|stated| plain_name(&stated.name)).filter(|name| words::of(Class::RateSigns).ends(name)),
    );
    names.sort();
    names.dedup();
    names.iter().filter_map(|name| rate(reading, all, name)).collect()
}

fn rate(reading: &Reading, all: &[Quantity], name: &str) -> Option<Finding> {
    let mut said: Vec<(Quantity, Spot)> = Vec::new();
    let goals = goal_units(reading);
    for sentence in reading.prose.sentences().filter(|sentence| !goals.contains(&sentence.unit)) {
        let text = reading.prose.at(sentence);
        for (at, _) in text.match_indices(name) {
            let Some(figure) = linked(text, at.saturating_add(name.len())) else { continue };
            // A calculation between the two: 满意度252/285×100%=88.42%.
            let printed = text.get(figure.to..).filter(|rest| rest.starts_with('/')).and_then(|rest| {
                let equals = rest.find('=').filter(|at| *at < MAX_CALCULATION)?;
                super::figures::figure_at(text, figure.to.saturating_add(equals).saturating_add(1))
            });
            let figure = printed.unwrap_or(figure);
            let found = quantities(text).into_iter().find(|one| one.figure == figure && one.is_percent());
            let Some(one) = found else { continue };
            let behind = text.get(one.to..).unwrap_or_default();
            let other = reading.is_of_other_year(text.get(..at).unwrap_or_default());
            let clause = text.get(..at).unwrap_or_default();
            let clause = clause.rsplit(['，', ';', ':']).next().unwrap_or(clause);
            let planned = words::of(Class::PlannedFigures).within(clause);
            if words::of(Class::AboutFigures).begins(behind) || other || planned {
                continue;
            }
            let spot = Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(at),
                to: sentence.from.saturating_add(one.to),
            };
            said.push((one, spot));
        }
    }
    let mut distinct: Vec<&(Quantity, Spot)> = Vec::new();
    for one in &said {
        if !distinct.iter().any(|(other, _)| other.is_as(&one.0)) {
            distinct.push(one);
        }
    }
    let [one, other] = distinct.as_slice() else { return None };
    let count = |one: &Quantity| often(all, one);
    let own = |one: &(Quantity, Spot)| {
        let mut indicators = reading.stated.iter().filter(|stated| stated.heading.is_some());
        indicators.any(|stated| stated.units.contains(&one.1.unit))
    };
    let (wrong, right) = if count(&one.0) == 1 && !own(one) { (one, other) } else { (other, one) };
    let known = count(&right.0) >= 2 || (own(right) && !own(wrong));
    if count(&wrong.0) != 1 || !known || wrong.1.unit == right.1.unit {
        return None;
    }
    let message = format!(
        "{name}此处为{}，{}为{}。",
        wrong.0.shown(),
        reading.prose.where_is(right.1),
        right.0.shown()
    );
    Some(reading.finding(FindingId::ReportContradictsItself, wrong.1, name, message))
}
