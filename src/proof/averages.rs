//! What each has on average, against the table that counts them and sums their money: `平均每件补助140.72元`.

use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, quantities};
use super::slips::is_slip;
use super::tables::Grid;
use crate::base::Number;
use crate::model::{Finding, FindingId, MoneyUnit};
use crate::words::{self, Class};

/// Amounts and counts that an average may come of.
const MAX_PAIRS: usize = 4_000;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, text) in reading.prose.texts() {
        for (at, each) in words::of(Class::AveragesOfEach).iter().flat_map(|word| text.match_indices(word)) {
            findings.extend(average(reading, unit, text, at.saturating_add(each.len())));
        }
    }
    findings.dedup();
    findings
}

fn average(reading: &Reading, unit: usize, text: &str, from: usize) -> Option<Finding> {
    let (counted, length) = crate::notation::scan_unit(text.get(from..)?)?;
    let begin = from.saturating_add(length);
    let all = quantities(text);
    let told = all.iter().find(|one| one.figure.from >= begin && one.is_money())?;
    let between = text.get(begin..told.figure.from)?;
    let near = between.chars().count() <= 8 && !between.contains(['，', '。', ';', ':']);
    if !near || words::of(Class::AboutFigures).ends(text.get(..told.figure.from)?) {
        return None;
    }
    let mut slip = None;
    for (amount, count) in sums(reading, &counted.word) {
        let Some(exact) = amount.over(count) else { continue };
        let off = exact.minus(told.value)?.abs();
        if off <= told.half {
            return None;
        }
        let factor = told.value.over(told.figure.value)?;
        let exact = exact.over(factor)?.round(told.figure.places);
        let places = usize::try_from(told.figure.places).ok()?;
        let shown = |number: Number| format!("{number:.places$}", number = number.get());
        if is_slip(&shown(told.figure.value), &shown(exact)) {
            slip = Some((amount, count, exact));
        }
    }
    let sentence = reading.prose.sentence(Spot { unit, from: told.figure.from, to: told.to });
    let (amount, count, exact) = slip.or_else(|| in_sentence(&all, sentence, told, &counted.word))?;
    let place = Spot { unit, from: told.figure.from, to: told.to };
    let message = format!(
        "平均数写的是{}，按{}元、{count}{}计算为{exact}{}。",
        told.shown(),
        amount.normalize(),
        counted.word,
        told.written
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, place, "平均数", message))
}

/// What the one count of a sentence gives with the last amount before an average, where no amount of the sentence gives it.
fn in_sentence(
    all: &[Quantity],
    sentence: Spot,
    told: &Quantity,
    unit: &str,
) -> Option<(Number, Number, Number)> {
    let own = || all.iter().filter(|one| one.figure.from >= sentence.from && one.to <= told.figure.from);
    let counts: Vec<&Quantity> = own().filter(|one| one.unit == unit && !one.value.is_zero()).collect();
    let [count] = counts.as_slice() else { return None };
    let mut last = None;
    for amount in own().filter(|one| one.is_money()) {
        let exact = amount.value.over(count.value)?;
        let off = told.half.plus(amount.half.over(count.value)?)?;
        if exact.minus(told.value)?.abs() <= off {
            return None;
        }
        let factor = told.value.over(told.figure.value)?;
        last = Some((amount.value, count.value, exact.over(factor)?.round(told.figure.places)));
    }
    last
}

/// The sums of money and the counts of a unit that stand in one table, row by row.
fn sums(reading: &Reading, unit: &str) -> Vec<(Number, Number)> {
    let pairs = reading.grids.iter().flat_map(|grid| of_grid(grid, unit));
    pairs.take(MAX_PAIRS).collect()
}

fn of_grid(grid: &Grid, unit: &str) -> Vec<(Number, Number)> {
    let counts: Vec<u32> =
        grid.titles.iter().filter(|(_, title)| title.contains(unit)).map(|(col, _)| *col).collect();
    let money = grid.titles.iter().filter_map(|(col, title)| {
        let units = MoneyUnit::ALL.into_iter().filter(|unit| title.contains(unit.name()));
        let unit = units.max_by_key(|unit| unit.name().len())?;
        Some((*col, Number::from(unit.factor())))
    });
    let money: Vec<(u32, Number)> = money.collect();
    let mut found = Vec::new();
    for row in &grid.rows {
        for count in counts.iter().filter_map(|col| row.number(*col)) {
            for (col, factor) in &money {
                let amount = row.number(*col).and_then(|figure| figure.value.times(*factor));
                found.extend(amount.filter(|_| !count.value.is_zero()).map(|amount| (amount, count.value)));
            }
        }
    }
    found
}
