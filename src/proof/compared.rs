//! Two figures of which words say which is the larger (`11.4万亩，超过计划12万亩`), changes whose direction their figures do not
//! bear out (`由46起增加到31起`), and percentage points between two rates.

use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, percent, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters between a word that compares and the figure that it compares with.
const MAX_TARGET: usize = 18;
/// Quantities of one paragraph among which a rate of change is looked for.
const MAX_QUANTITIES: usize = 16;

/// Which side of the other figure the first is said to be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    AtLeast,
    Below,
    AtMost,
}

const SIDES: [(Class, Side); 4] = [
    (Class::ComparedAbove, Side::Above),
    (Class::ComparedAtLeast, Side::AtLeast),
    (Class::ComparedBelow, Side::Below),
    (Class::ComparedAtMost, Side::AtMost),
];

impl Side {
    /// Whether two figures deny what is said of them. What is far less than the first is by how much it is below.
    fn is_denied(self, one: &Quantity, other: &Quantity) -> bool {
        if one.is_as(other) {
            return false;
        }
        match self {
            Self::Above | Self::AtLeast => one.value < other.value,
            Self::AtMost => one.value > other.value,
            Self::Below => {
                one.value > other.value
                    && other.value.plus(other.value).is_some_and(|twice| twice >= one.value)
            }
        }
    }
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        findings.extend(against(reading, sentence));
        findings.extend(turned(reading, sentence));
        findings.extend(apart(reading, sentence));
        findings.extend(between(reading, sentence));
        findings.extend(opposed(reading, sentence));
        findings.extend(grown(reading, sentence));
    }
    findings.extend(reading.prose.texts().flat_map(|(unit, text)| directions(reading, unit, text)));
    findings
}

fn spot(sentence: Spot, from: usize, to: usize) -> Spot {
    Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(from),
        to: sentence.from.saturating_add(to),
    }
}

/// A figure that is said to be above, or below, the one behind it and is not.
fn against(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let mut findings = Vec::new();
    if words::of(Class::ConditionsOfScores).within(text) {
        return findings;
    }
    let all = quantities(text);
    for (at, other) in all.iter().enumerate().skip(1) {
        let own = all.get(..at).unwrap_or_default();
        let Some((one, side, word)) = said(text, own, other) else { continue };
        // Another figure of the sentence may be the one that is compared.
        let denied =
            own.iter().filter(|each| each.unit == other.unit).all(|each| side.is_denied(each, other));
        if one.unit != other.unit || !denied {
            continue;
        }
        let message = format!("写的是{}{word}{}，与这两个数的大小不符。", one.shown(), other.shown());
        let place = spot(sentence, one.figure.from, other.to);
        findings.push(reading.finding(FindingId::ReportContradictsItself, place, word, message));
    }
    findings
}

/// The figure that is compared with another, and how; `None` where nothing says that it is.
fn said<'q, 't>(
    text: &'t str,
    own: &'q [Quantity],
    other: &Quantity,
) -> Option<(&'q Quantity, Side, &'t str)> {
    let before = own.last()?;
    let mut between = text.get(before.to..other.figure.from)?;
    let mut one = before;
    // What stands in brackets before the comparison is not what is compared.
    if let Some((inside, behind)) = between.split_once(')')
        && !inside.contains('(')
    {
        let open = text.get(..before.figure.from)?.rfind('(')?;
        one = own.iter().rev().find(|each| each.to <= open)?;
        between = behind;
    }
    between = between.trim_start_matches('，');
    while let Some(shorter) = words::of(Class::ComparisonLeads).strip(between) {
        between = shorter;
    }
    let found = SIDES.iter().filter_map(|(class, side)| {
        let word = words::of(*class).longest(between)?;
        Some((word.len(), *side))
    });
    let (length, side) = found.max_by_key(|(length, _)| *length)?;
    let (word, target) = (between.get(..length)?, between.get(length..)?);
    let behind = text.get(other.to..)?;
    let with = words::of(Class::ComparedWith);
    let named = with.within(target)
        || behind.strip_prefix('的').is_some_and(|rest| {
            let near: String = rest.chars().take(MAX_TARGET).take_while(|c| c.is_alphabetic()).collect();
            with.within(&near)
        });
    let short = target.chars().count() <= MAX_TARGET && !target.contains(['，', ':']);
    // 达到90%以上, 超过10万元的部分, 完成率 of it: another thing is said.
    let bounded = words::of(Class::ComparisonEnds).begins(behind);
    (named && short && !bounded).then_some((one, side, word))
}

/// A change from one figure to another in the other direction than its word says.
fn turned(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let mut findings = Vec::new();
    for pair in all.windows(2) {
        let [one, other] = pair else { continue };
        let head = text.get(..one.figure.from).unwrap_or_default();
        let clause = head.rsplit(['，', ';', ':', '(']).next().unwrap_or(head);
        let between = text.get(one.to..other.figure.from).unwrap_or_default();
        let changed = |class: Class| words::of(class).within(between);
        let (rises, falls) = (changed(Class::RisesTo), changed(Class::FallsTo));
        let simple = !between.contains(['，', ';', ':']) && words::of(Class::BasesOfChange).within(clause);
        if one.unit != other.unit || one.is_as(other) || !simple || rises == falls {
            continue;
        }
        if rises == (one.value > other.value) {
            let message = format!("由{}到{}，增减的方向写反了。", one.shown(), other.shown());
            let place = spot(sentence, one.figure.from, other.to);
            findings.push(reading.finding(FindingId::ReportContradictsItself, place, "增减方向", message));
        }
    }
    findings
}

/// Rates of change that two amounts of the paragraph bear out, but in the other direction.
fn directions(reading: &Reading, unit: usize, text: &str) -> Vec<Finding> {
    let all = quantities(text);
    let mut findings = Vec::new();
    for rate in all.iter().filter(|one| one.is_percent() && one.figure.places > 0 && !one.value.is_zero()) {
        let head = text.get(..rate.figure.from).unwrap_or_default();
        let head = words::of(Class::ReportFigureLinks).strip_end(head).unwrap_or(head);
        let (up, down) = (words::of(Class::ToldToRise).ends(head), words::of(Class::ToldToFall).ends(head));
        if up == down {
            continue;
        }
        let amounts: Vec<&Quantity> =
            all.iter().filter(|one| !one.is_percent() && !one.value.is_zero()).take(MAX_QUANTITIES).collect();
        let pairs = amounts.iter().flat_map(|one| amounts.iter().map(move |other| (*one, *other)));
        let borne: Vec<(&Quantity, &Quantity)> = pairs
            .filter(|(one, other)| {
                one.unit == other.unit && change(one, other).is_some_and(|exact| rate.figure.is(exact))
            })
            .collect();
        let told = borne.iter().any(|(one, other)| (one.value > other.value) == up);
        let Some((one, other)) = borne.first().filter(|_| !told) else { continue };
        let message = format!(
            "由{}到{}，变化的比率是{}%，增减的方向写反了。",
            other.shown(),
            one.shown(),
            rate.figure.value
        );
        let place = Spot { unit, from: rate.figure.from, to: rate.to };
        findings.push(reading.finding(FindingId::ReportContradictsItself, place, "增减方向", message));
    }
    findings
}

/// A change that is told as an amount in one direction and right behind it as a rate in the other: `减少5万元，增长6%`.
fn opposed(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let direction = |word: &str| {
        let (up, down) = (words::of(Class::ToldToRise).has(word), words::of(Class::ToldToFall).has(word));
        (up != down).then_some(up)
    };
    let found = all.windows(2).filter_map(|pair| {
        let [amount, rate] = pair else { return None };
        if amount.is_percent() || !rate.is_percent() {
            return None;
        }
        let head = text.get(..amount.figure.from)?;
        let first = [Class::ToldToRise, Class::ToldToFall]
            .into_iter()
            .find_map(|class| words::of(class).longest_end(head))?;
        // Nothing but the word stands between the two, so that both are of the same change.
        let second = text.get(amount.to..rate.figure.from)?.trim_start_matches(['，', '、', '(']);
        let second = words::of(Class::ReportFigureLinks).trim_end(second);
        (direction(first)? != direction(second)?).then(|| {
            let message = format!(
                "写的是{first}{}，后面又写{second}{}，增减的方向不一致。",
                amount.shown(),
                rate.shown()
            );
            let place = spot(sentence, amount.figure.from, rate.to);
            reading.finding(FindingId::ReportContradictsItself, place, "增减方向", message)
        })
    });
    found.collect()
}

/// By how much a figure is off another, in percent of it.
fn change(one: &Quantity, base: &Quantity) -> Option<Number> {
    percent(one.value.minus(base.value)?.abs(), base.value)
}

/// By how much two amounts of a sentence differ, where they do not: `应收100万元，到位86万元，尚有41万元未到位`.
fn between(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let mut findings = Vec::new();
    for (at, told) in all.iter().enumerate().filter(|(_, one)| !one.is_percent()) {
        let head = text.get(..told.figure.from).unwrap_or_default();
        let left = words::of(Class::RestsTold).ends(head) || words::of(Class::SavingsTold).ends(head);
        let changed =
            words::of(Class::ChangeWords).ends(head) || words::of(Class::DifferencesTold).ends(head);
        let before = all.get(..at).unwrap_or_default();
        let same: Vec<&Quantity> = before.iter().filter(|one| one.unit == told.unit).collect();
        let [one, other] = same.as_slice() else { continue };
        let led = |one: &Quantity| {
            let head = text.get(..one.figure.from).unwrap_or_default();
            let clause = head.rsplit(['，', ';', ':', '(']).next().unwrap_or(head);
            words::of(Class::BasesOfPoints).within(clause)
        };
        let several =
            words::of(Class::ChangesOfSeveral).within(head) || words::of(Class::SumsBehind).within(head);
        if !(left || changed && (led(one) || led(other))) || several {
            continue;
        }
        let Some(exact) = one.value.minus(other.value).map(Number::abs) else { continue };
        // What was planned is told as it was planned.
        let half = |one: &Quantity| if led(one) && is_planned(text, one) { Number::ZERO } else { one.half };
        let off = half(one).plus(half(other));
        let behind = text.get(told.to..).unwrap_or_default();
        let rough =
            words::of(Class::AboutFigures).ends(head) && !words::of(Class::DifferencesTold).ends(head);
        let about = rough || words::of(Class::AboutFigures).begins(behind);
        if about || off.is_none_or(|off| told.is(exact, off)) {
            continue;
        }
        let Some(shown) = told.value.over(told.figure.value).and_then(|factor| exact.over(factor)) else {
            continue;
        };
        let message = format!(
            "写的是{}，{}与{}相差{}{}。",
            told.shown(),
            one.shown(),
            other.shown(),
            shown.normalize(),
            told.written
        );
        let place = spot(sentence, told.figure.from, told.to);
        findings.push(reading.finding(FindingId::ReportArithmeticWrong, place, "差额", message));
    }
    findings
}

/// Whether the clause of a figure says that it is what was planned.
fn is_planned(text: &str, one: &Quantity) -> bool {
    let head = text.get(..one.figure.from).unwrap_or_default();
    let clause = head.rsplit(['，', ';', ':', '(']).next().unwrap_or(head);
    words::of(Class::PlansOfFigures).within(clause)
}

/// What is new of a number that grew, against what it grew from and to: `新认定11家，总数由34家增至45家`.
fn grown(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let clause = |one: &Quantity| {
        let head = text.get(..one.figure.from).unwrap_or_default();
        head.rsplit(['，', ';', ':', '(']).next().unwrap_or(head)
    };
    let pair = all.windows(2).find(|pair| {
        let [one, other] = pair else { return false };
        let between = text.get(one.to..other.figure.from).unwrap_or_default();
        let from = words::of(Class::BasesOfChange).ends(clause(one));
        one.unit == other.unit && from && words::of(Class::RisesTo).has(between)
    })?;
    let [from, to] = pair else { return None };
    let new: Vec<&Quantity> = all
        .iter()
        .filter(|one| one.unit == from.unit && one.figure != from.figure && one.figure != to.figure)
        .filter(|one| words::of(Class::NewlyTold).begins(clause(one)))
        .collect();
    let [new] = new.as_slice() else { return None };
    let exact = to.value.minus(from.value)?;
    let off = to.half.plus(from.half)?;
    let off = if [from, to].iter().all(|one| one.figure.places == 0) { Number::ZERO } else { off };
    if new.is(exact, off) || exact <= Number::ZERO || new.value >= to.value {
        return None;
    }
    let message = format!(
        "新增的是{}，由{}到{}相差{}{}。",
        new.shown(),
        from.shown(),
        to.shown(),
        exact.normalize(),
        to.unit
    );
    let place = spot(sentence, from.figure.from, to.to);
    Some(reading.finding(FindingId::ReportArithmeticWrong, place, "增减", message))
}

/// Percentage points that two rates of the sentence do not have between them.
fn apart(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let points: Vec<&Quantity> = all.iter().filter(|one| one.written.ends_with("百分点")).collect();
    let rates: Vec<&Quantity> = all.iter().filter(|one| one.is_percent()).collect();
    let ([points], [one, other]) = (points.as_slice(), rates.as_slice()) else { return None };
    let led = |rate: &Quantity| {
        let head = text.get(..rate.figure.from).unwrap_or_default();
        let clause = head.rsplit(['，', ';', ':']).next().unwrap_or(head);
        words::of(Class::BasesOfPoints).within(clause)
    };
    let about = words::of(Class::AboutFigures).ends(text.get(..points.figure.from)?);
    let exact = one.figure.value.minus(other.figure.value)?.abs();
    let off = super::quantities::half(&one.figure)?.plus(super::quantities::half(&other.figure)?)?;
    let off = if one.figure.places == other.figure.places { Number::ZERO } else { off };
    let far = points.figure.value.minus(exact)?.abs();
    let allowed = off.plus(super::quantities::half(&points.figure)?)?;
    if !(led(one) || led(other)) || about || other.figure.from > points.figure.from || far <= allowed {
        return None;
    }
    let message = format!(
        "写的是相差{}个百分点，{}与{}相差{exact}个百分点。",
        points.figure.value,
        one.shown(),
        other.shown()
    );
    let place = spot(sentence, one.figure.from, points.to);
    Some(reading.finding(FindingId::ReportArithmeticWrong, place, "百分点", message))
}
