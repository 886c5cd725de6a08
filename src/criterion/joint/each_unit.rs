//! What is asked of each of several units, and what each that misses it costs: 每个标段至少抽检1次得3分，每有1个标段未抽检扣0.5分; 每月驻村不少于20天，每有1个
//! 月不达标扣0.5分. The units that miss it are counted.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::scan::{attempt, denies, is_name, points, word};
use crate::criterion::grammar::steps::length;
use crate::criterion::grammar::words::{BAD, HARM, LATE, MISSED, STEP_FOUND, TAKE};
use crate::criterion::text::plain::segments;
use crate::rule::Rule;
use crate::words::{self, Class, list};

use super::Readers;

/// The rule of the units that miss what is asked of each.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let weight = context.weight.map(Weight::number)?;
    let parts = segments(text);
    let [asked, step, rest @ ..] = parts.as_slice() else { return None };
    let ends = |text: &str| {
        let mut text = text;
        attempt(&mut text, until_gone).is_some() && text.is_empty()
    };
    if !rest.iter().all(|part| ends(part.text)) {
        return None;
    }
    let standard = match own_points(asked.text) {
        Some((standard, n)) => Some(standard).filter(|_| n == weight)?,
        None => list::FULL_MARKS_ENDS.strip_end(asked.text).unwrap_or(asked.text),
    };
    let standard = standard.trim_end_matches(['的', '，']);
    // 低保金每月10日前发放到位
    let (before, each) = standard.split_once('每')?;
    if !(before.is_empty() || is_name(before)) || denies(before) {
        return None;
    }
    let missed = words::of(Class::EachYear).strip(step.text).unwrap_or(step.text);
    let (unit, thing, fault, n) = misses(missed)?;
    // 每个标段 and 1个标段, 每月 and 1个月
    let period = unit.strip_prefix('个').filter(|_| thing.is_empty());
    let same = if thing.is_empty() {
        each.starts_with(&unit) || period.is_some_and(|period| each.starts_with(period))
    } else {
        each.starts_with(&format!("{unit}{thing}")) || each.starts_with(thing)
    };
    // One thing is asked of each, and no other beside it.
    let several = words::of(Class::Together).within(standard) || words::of(Class::Either).within(standard);
    if !same || several || standard.contains(['、', '，']) || TAKE.within(standard) {
        return None;
    }
    // 每迟发1个月, 每有1处未达到: in the words that stand for all such.
    let fault = match fault {
        late if unit == "个月" && !denies(late) => "未按时",
        missed if MISSED.has(missed) => "未达标",
        other => other,
    };
    let text = format!("发现问题数不高于0得满分;每发现1{unit}{thing}{fault}扣{n}分，扣完为止");
    let alone = Context { target: None, ..*context };
    (readers.one)(&text, &alone).ok()
}

/// 每有1个标段未抽检扣0.5分: the unit, what it is one of, what it misses, and what that costs.
fn misses(text: &str) -> Option<(String, &str, &str, Number)> {
    let mut rest = text.strip_prefix('每').unwrap_or(text);
    // 每迟发1个月
    let late = attempt(&mut rest, word(words::of(Class::MissedSteps)));
    if late.is_none() {
        attempt(&mut rest, word(STEP_FOUND))?;
    }
    let size = attempt(&mut rest, length).filter(|size| size.number == Number::ONE)?;
    let counted = is_count(&size.unit) || size.unit.word == "个月";
    if let Some(late) = late {
        let n = cost(rest.trim_start_matches('的'))?;
        return (counted && late.chars().nth(1).is_some()).then_some((size.unit.word, "", late, n));
    }
    let (at, _) = rest.char_indices().find(|(at, _)| {
        let behind = rest.get(*at..).unwrap_or_default();
        [MISSED, BAD, LATE, list::DENIALS].iter().any(|words| words.begins(behind))
    })?;
    let (thing, behind) = rest.split_at_checked(at)?;
    let (fault, costs) = behind.split_at_checked(behind.find('扣')?)?;
    let n = cost(costs)?;
    let fault = fault.trim_end_matches(['的', '，']);
    let missed = is_name(fault) || MISSED.has(fault) || BAD.has(fault);
    let plain = (thing.is_empty() || is_name(thing)) && missed && !HARM.within(thing);
    (counted && plain).then_some((size.unit.word, thing, fault, n))
}

/// 扣0.5分
fn cost(text: &str) -> Option<Number> {
    let mut rest = text;
    attempt(&mut rest, word(TAKE))?;
    attempt(&mut rest, points).filter(|n| rest.is_empty() && !n.is_zero())
}
