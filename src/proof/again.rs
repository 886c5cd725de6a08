//! What is told twice side by side or in two places, and differs: a quantity with the same in another unit (`12,000吨，折合1.2万吨`),
//! the sheets of one survey, and an amount that stands once and is but a slip of one that stands again and again.

use super::arithmetic::count_behind;
use super::bound::Bound;
use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, percent};
use super::slips::is_slip;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// How often the right amount stands at least.
const MIN_RIGHT: usize = 2;
/// Digits of an amount that is not the slip of another by chance.
const MIN_DIGITS: usize = 4;
/// Amounts that are compared with each other.
const MAX_AMOUNTS: usize = 800;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        reading.told.windows(2).filter_map(|pair| in_other_unit(reading, pair)).collect();
    findings.extend(sheets(reading));
    findings.extend(slipped(reading));
    findings
}

/// A quantity and the same in another unit right behind it.
fn in_other_unit(reading: &Reading, pair: &[Bound]) -> Option<Finding> {
    let [one, other] = pair else { return None };
    if one.sentence != other.sentence
        || one.one.unit != other.one.unit
        || one.one.written == other.one.written
    {
        return None;
    }
    let text = reading.prose.at(one.sentence);
    let between = text.get(one.one.to..other.one.figure.from)?;
    let joined = words::of(Class::LeadsToSame).has(between);
    if !joined || one.one.is(other.one.value, other.one.half) {
        return None;
    }
    let message = format!("{}与{}说的是同一个数，换算后不相等。", one.one.shown(), other.one.shown());
    Some(reading.finding(FindingId::ReportContradictsItself, other.spot, "换算", message))
}

/// The sheets of a survey in a paragraph: sent out, returned, valid.
struct Sheets {
    counts: [Number; 3],
    unit: usize,
}

/// Two paragraphs on one survey that agree on two of its three counts and differ in the other.
fn sheets(reading: &Reading) -> Option<Finding> {
    let of = |(unit, text): (usize, &str)| {
        let count = |class: Class| count_behind(text, class).map(|figure| figure.value);
        let counts =
            [count(Class::SheetsSentOut)?, count(Class::SheetsReturned)?, count(Class::SheetsValid)?];
        Some(Sheets { counts, unit })
    };
    let all: Vec<Sheets> = reading.prose.texts().filter_map(of).collect();
    let first = all.first()?;
    let other = all.iter().skip(1).find(|other| {
        let same = first.counts.iter().zip(&other.counts).filter(|(a, b)| a == b).count();
        same == 2
    })?;
    let (own, known) = first.counts.iter().zip(&other.counts).find(|(a, b)| a != b)?;
    let spot = Spot { unit: other.unit, from: 0, to: reading.prose.text(other.unit).len() };
    let place = reading.prose.where_is(Spot { unit: first.unit, from: 0, to: 0 });
    let message = format!("问卷份数此处有一个是{known}份，{place}为{own}份，其余两个相同。");
    Some(reading.finding(FindingId::ReportContradictsItself, spot, "问卷", message))
}

/// Amounts of the account that stand once, where the same but for a slip stands again and again, as the same account too.
fn slipped(reading: &Reading) -> Vec<Finding> {
    let amounts: Vec<&Bound> =
        reading.told.iter().filter(|one| one.one.is_money()).take(MAX_AMOUNTS).collect();
    let tables = reading.grids.iter().flat_map(|grid| &grid.rows);
    let cells: Vec<Number> = tables
        .flat_map(|row| row.cells.keys().filter_map(|col| row.number(*col)))
        .map(|figure| figure.value)
        .collect();
    let in_tables = |one: &Quantity| cells.iter().any(|cell| *cell == one.value || *cell == one.figure.value);
    let times = |one: &Bound| amounts.iter().filter(|other| other.one.is_as(&one.one)).count();
    let mut findings = Vec::new();
    for own in amounts.iter().filter(|one| one.role.is_some() && !one.about() && !one.of_other_time()) {
        let like = |other: &&&Bound| {
            let written = |one: &Bound| plain(&one.one);
            other.role == own.role
                && other.one.written == own.one.written
                && !other.of_other_time()
                && written(own).len() > MIN_DIGITS
                && is_slip(&written(own), &written(other))
        };
        if times(own) > 1 || in_tables(&own.one) {
            continue;
        }
        let Some(other) = amounts.iter().find(like) else { continue };
        let right = times(other).saturating_add(usize::from(in_tables(&other.one)));
        if right < MIN_RIGHT || is_borne(reading, &amounts, own) {
            continue;
        }
        let message = format!(
            "此处写的是{}，{}等处为{}，只差一个数字或者两个数字颠倒，请核对。",
            own.one.shown(),
            reading.prose.where_is(other.spot),
            other.one.shown()
        );
        findings.push(reading.finding(FindingId::ReportContradictsItself, own.spot, "金额", message));
    }
    findings
}

/// A figure as it is compared digit by digit.
fn plain(one: &Quantity) -> String {
    let places = usize::try_from(one.figure.places).unwrap_or(0);
    format!("{:.places$}", one.figure.value.get())
}

/// Whether other figures of the report bear an amount out: it is two amounts together or what is left of one, or a rate of its
/// paragraph is its rate of another.
fn is_borne(reading: &Reading, amounts: &[&Bound], own: &Bound) -> bool {
    let others = || amounts.iter().filter(|one| one.spot != own.spot).map(|one| &one.one);
    let of_two = others().any(|one| {
        others().any(|other| {
            let sum = one.value.plus(other.value);
            let rest = one.value.minus(other.value);
            [sum, rest].into_iter().flatten().any(|exact| own.one.value == exact)
        })
    });
    let rates =
        reading.told.iter().filter(|one| one.one.is_percent() && one.sentence.unit == own.sentence.unit);
    // 100 % is of the right amounts as well.
    let exact = |rate: &&Bound| rate.one.figure.places > 0 && rate.one.value != Number::from(100);
    let of_rate = rates.filter(exact).any(|rate| {
        others().any(|other| {
            let ways = [percent(own.one.value, other.value), percent(other.value, own.one.value)];
            ways.into_iter().flatten().any(|exact| rate.one.figure.tells(exact))
        })
    });
    of_two || of_rate
}
