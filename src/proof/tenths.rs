//! Shares that are told in tenths (九成, 七成五) beside the two counts that they are of.

use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, percent, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::notation::scan_numeral;
use crate::words::{self, Class};

/// The sign of a tenth.
const TENTH: char = '成';

/// A share, in percent, with the worth of its last place.
struct Share {
    percent: Number,
    step: Number,
    from: usize,
    to: usize,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    reading.prose.sentences().flat_map(|sentence| of_sentence(reading, sentence)).collect()
}

fn of_sentence(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let told = shares(text);
    if told.is_empty() {
        return Vec::new();
    }
    let near = quantities(reading.prose.text(sentence.unit));
    let own = quantities(text);
    told.iter().filter_map(|share| wrong(reading, sentence, share, (&own, &near))).collect()
}

/// The tenths of a text.
fn shares(text: &str) -> Vec<Share> {
    let read = |(at, _): (usize, char)| {
        let head = text.get(..at)?;
        let numeral = head.chars().next_back().filter(|c| "一二三四五六七八九".contains(*c))?;
        let from = head.len().checked_sub(numeral.len_utf8())?;
        let alone = !head.get(..from)?.ends_with(|c: char| crate::notation::is_numeral(c) || c == '第');
        let rest = text.get(at..)?;
        if !alone || words::of(Class::NoTenths).begins(rest) {
            return None;
        }
        let (tens, _) = scan_numeral(&numeral.to_string())?;
        let behind = rest.get(TENTH.len_utf8()..)?;
        let next = behind.chars().next().filter(|c| "一二三四五六七八九".contains(*c));
        let ones = next.and_then(|c| scan_numeral(&c.to_string())).map(|(ones, _)| ones.value);
        let percent = tens.value.times(Number::from(10))?.plus(ones.unwrap_or(Number::ZERO))?;
        let step = Number::from(if next.is_some() { 1 } else { 10 });
        let to = at.saturating_add(TENTH.len_utf8()).saturating_add(next.map_or(0, char::len_utf8));
        Some(Share { percent, step, from, to })
    };
    text.char_indices().filter(|(_, c)| *c == TENTH).filter_map(read).collect()
}

/// A share that is off by more than its last place from what the two counts before it give, and that no two of its paragraph do.
fn wrong(
    reading: &Reading,
    sentence: Spot,
    share: &Share,
    (own, near): (&[Quantity], &[Quantity]),
) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let bounded = words::of(Class::AboutFigures).begins(text.get(share.to..)?);
    let rough = words::of(Class::RoughBefore).ends(text.get(..share.from)?);
    let counts: Vec<&Quantity> = own.iter().filter(|one| one.to <= share.from && !one.is_percent()).collect();
    let [.., one, other] = counts.as_slice() else { return None };
    // 使用8年以上的占四成: what stands between the counts and the share tells of another part of another whole.
    let led = words::of(Class::LeadsToTenths).has(text.get(other.to..share.from)?);
    if !led || bounded || rough || one.unit != other.unit || one.value == other.value {
        return None;
    }
    let (part, whole) = if one.value < other.value { (one, other) } else { (other, one) };
    let exact = percent(part.value, whole.value)?;
    let fits = |exact: Number| exact.minus(share.percent).is_none_or(|off| off.abs() <= share.step);
    let rest = Number::from(100).minus(exact)?;
    let pairs = near.iter().flat_map(|part| near.iter().map(move |whole| (part, whole)));
    let borne = pairs
        .filter(|(part, whole)| part.unit == whole.unit && part.value < whole.value)
        .any(|(part, whole)| percent(part.value, whole.value).is_none_or(fits));
    if borne || fits(exact) || fits(rest) {
        return None;
    }
    let spot = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(share.from),
        to: sentence.from.saturating_add(share.to),
    };
    let written = text.get(share.from..share.to)?;
    let message =
        format!("写的是“{written}”，按同句的{}、{}计算为{}%。", part.shown(), whole.shown(), exact.round(2));
    Some(reading.finding(FindingId::ReportArithmeticWrong, spot, "比率", message))
}
