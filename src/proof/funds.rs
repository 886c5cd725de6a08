//! Amounts of one sentence or paragraph against each other: a rate of execution, parts that are listed with the rest,
//! shares of parts.

use rust_decimal::Decimal;

use super::figures::{Figure, figures, linked};
use super::found::Reading;
use super::prose::Spot;
use super::quantities::percent;
use crate::base::Number;
use crate::model::{Finding, FindingId, MoneyUnit};
use crate::words::{self, Class};

/// An amount with its unit.
#[derive(Debug, Clone, Copy)]
struct Amount {
    figure: Figure,
    unit: MoneyUnit,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let amounts = amounts(text);
        findings.extend(execution(reading, sentence, text, &amounts));
        findings.extend(parts(reading, sentence, text, &amounts));
    }
    findings.extend(reading.prose.texts().filter_map(|(unit, text)| shares(reading, unit, text)));
    findings
}

/// The amounts of money of a text.
fn amounts(text: &str) -> Vec<Amount> {
    let unit = |figure: &Figure| {
        let rest = text.get(figure.to..)?;
        MoneyUnit::ALL.into_iter().find(|unit| rest.starts_with(unit.name()))
    };
    figures(text).into_iter().filter_map(|figure| Some(Amount { unit: unit(&figure)?, figure })).collect()
}

/// Half of the last place of a figure.
fn half(figure: &Figure) -> Option<Number> {
    Number::new(Decimal::try_new(1, figure.places).ok()?).over(Number::from(2))
}

fn spot(sentence: Spot, figure: &Figure) -> Spot {
    Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(figure.from),
        to: sentence.from.saturating_add(figure.to),
    }
}

/// A rate of execution behind two amounts: the smaller over the larger, each as exactly as it is written.
fn execution(reading: &Reading, sentence: Spot, text: &str, amounts: &[Amount]) -> Option<Finding> {
    let (at, word) = words::of(Class::ExecutionRates).find(text)?;
    let rate = linked(text, at.saturating_add(word.len()))?;
    let is_rate = text.get(rate.to..)?.starts_with('%');
    let before: Vec<&Amount> = amounts.iter().filter(|amount| amount.figure.to <= at).collect();
    let lead = text.get(..at)?;
    let [one, other] = before.as_slice() else { return None };
    let spent = words::of(Class::SpentNames).within(lead) || words::of(Class::SpentAlone).within(lead);
    let whole = !words::of(Class::ExecutionOfParts).within(lead);
    if !is_rate
        || !spent
        || !whole
        || one.unit != other.unit
        || !lead.contains("预算") && !lead.contains("安排")
    {
        return None;
    }
    let (part, whole) = if one.figure.value <= other.figure.value { (one, other) } else { (other, one) };
    let (a, b) = (part.figure, whole.figure);
    let low = percent(a.value.minus(half(&a)?)?, b.value.plus(half(&b)?)?)?;
    let high = percent(a.value.plus(half(&a)?)?, b.value.minus(half(&b)?)?)?;
    let off = half(&rate)?;
    let fits = rate.value.plus(off)? >= low && rate.value.minus(off)? <= high;
    let exact = percent(a.value, b.value)?;
    if fits || rate.is_cut(exact) {
        return None;
    }
    let message = format!(
        "{word}写的是{}%，按同句的{}、{}{}计算为{}%。",
        rate.value,
        a.value,
        b.value,
        part.unit.name(),
        exact.round(rate.places.max(2))
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, spot(sentence, &rate), word, message))
}

/// Parts that are listed behind 其中 up to the rest (其他) against the amount before it.
fn parts(reading: &Reading, sentence: Spot, text: &str, amounts: &[Amount]) -> Option<Finding> {
    let at = text.find("其中")?;
    let (before, behind): (Vec<Amount>, Vec<Amount>) =
        amounts.iter().copied().partition(|one| one.figure.to <= at);
    let last = behind.last()?;
    let clause = text.get(..last.figure.from)?.rsplit(['，', '、', ':']).next()?;
    if behind.len() < 2 || !words::of(Class::ShareRests).within(clause) || text.matches("其中").count() > 1
    {
        return None;
    }
    let unit = last.unit;
    let same = behind.iter().all(|one| one.unit == unit);
    let whole = before.iter().rev().find(|one| one.unit == unit)?;
    let sum = Number::sum(behind.iter().map(|one| one.figure.value))?;
    let allowed =
        behind.iter().chain([whole]).try_fold(Number::ZERO, |sum, one| sum.plus(half(&one.figure)?))?;
    // Any amount before it may be the one that is taken apart.
    let fits = |one: &Amount| one.figure.value.minus(sum).is_some_and(|off| off.abs() <= allowed);
    if !same || before.iter().any(fits) {
        return None;
    }
    let name = unit.name();
    let message = format!("所列各部分相加为{sum}{name}，总数写的是{}{name}。", whole.figure.value);
    Some(reading.finding(FindingId::ReportSumDiffers, spot(sentence, &whole.figure), "金额", message))
}

/// Parts with their amounts and shares, all but one of which fit their sum.
fn shares(reading: &Reading, unit: usize, text: &str) -> Option<Finding> {
    let all = figures(text);
    let share = |pair: &[Figure]| {
        let [amount, share] = pair else { return None };
        let between = text.get(amount.to..share.from)?;
        let (word, percent) = (between.find('占')?, text.get(share.to..)?.starts_with('%'));
        let counted = between.get(..word)?.trim_end_matches(['，', '(']);
        let short = counted.chars().count() <= 2 && !counted.is_empty();
        let told = between.get(word..)?.chars().count() <= 5;
        (percent && short && told).then_some((*amount, *share))
    };
    let pairs: Vec<(Figure, Figure)> = all.windows(2).filter_map(share).collect();
    if pairs.len() < 2 {
        return None;
    }
    let whole = Number::sum(pairs.iter().map(|(amount, _)| amount.value)).filter(|sum| !sum.is_zero())?;
    let told = Number::sum(pairs.iter().map(|(_, share)| share.value))?;
    let exact = |amount: &Figure| percent(amount.value, whole);
    let fits = |(amount, share): &&(Figure, Figure)| exact(amount).is_some_and(|exact| share.tells(exact));
    let wrong: Vec<&(Figure, Figure)> = pairs.iter().filter(|pair| !fits(pair)).collect();
    let near = told.minus(Number::from(100))?.abs() <= Number::from(20);
    let [(amount, share)] = wrong.as_slice() else { return None };
    if !near {
        return None;
    }
    let spot = Spot { unit, from: amount.from, to: share.to };
    let message = format!(
        "占比写的是{}%，按所列各部分计算为{}%。",
        share.value,
        exact(amount)?.round(share.places.max(2))
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, spot, "占比", message))
}
