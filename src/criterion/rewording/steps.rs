//! Steps in plainer words: 未完成整改的每个问题扣1.5分, 每达到100万元得1分, 少1次扣1.5分, 超工期比例每增加5%扣1分.

use super::{Change, Place};
use crate::base::Number;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::scan::{attempt, denies, is_name};
use crate::criterion::grammar::steps::{length, worth};
use crate::criterion::grammar::words::{HARM, NOTHING, STEP_FOUND, TARGET};
use crate::notation::{Notation, Quantity, scan_quantity};
use crate::rule::{Award, Per};
use crate::words::{self, Class, list};

/// 未完成整改的每个问题扣1.5分: what is wrong with each that counts, before it.
pub(super) fn each_that_is(place: &Place) -> Option<Change> {
    let (fault, step) = place.text().split_once("的每")?;
    let mut rest = list::STEP_FOUND.strip(step).unwrap_or(step);
    let size = attempt(&mut rest, length).filter(|size| is_count(&size.unit))?;
    let at = rest.find('扣')?;
    let (thing, costs) = rest.split_at_checked(at)?;
    let wrong = list::DENIALS.begins(fault) || HARM.begins(fault);
    let named = |text: &str| text.is_empty() || is_name(text);
    let costs_points = worth(&mut { costs }).is_ok_and(|(_, adds)| !adds);
    let plain = wrong && is_name(fault) && named(thing) && !denies(thing) && costs_points;
    plain.then(|| Change::To(format!("每发现{}{}{thing}{fault}{costs}", size.number, size.unit.word)))
}

/// 每达到100万元得1分, 每实现1000万元得0.5分: what is reached needs no verb where it is an amount.
pub(super) fn each_reached(place: &Place) -> Option<Change> {
    let (before, step) = place.text().split_once('每')?;
    let amount = words::of(Class::ReachedEach).strip(step)?;
    let mut rest = amount;
    let size = attempt(&mut rest, length).filter(|size| !is_count(&size.unit) && !size.unit.is_ratio())?;
    let adds = worth(&mut rest).is_ok_and(|(_, adds)| adds) && !size.number.is_zero();
    (adds && (before.is_empty() || is_name(before))).then(|| Change::To(format!("{before}每{amount}")))
}

/// 不足100万元部分不计分 beside 每100万元得1分: what is left of a step earns nothing.
pub(super) fn rest_of_a_step(place: &Place) -> Option<Change> {
    let rest = place.text().strip_prefix("不足")?;
    let (_, taken) = scan_quantity(rest)?;
    let (size, behind) = rest.split_at_checked(taken)?;
    let part = behind.strip_prefix('的').unwrap_or(behind).strip_prefix("部分")?;
    let mut earned = part;
    let nothing = attempt(&mut earned, |i| award(i, true)) == Some(Award::ZERO) && earned.is_empty();
    let of_step = |text: &str| {
        let step = text.split_once('每').map(|(_, step)| step);
        step.is_some_and(|step| words::of(Class::ReachedEach).strip(step).unwrap_or(step).starts_with(size))
    };
    let stepped = place.all.iter().any(|segment| of_step(segment.text));
    (nothing && stepped).then(|| Change::To(format!("不足{size}的不计")))
}

/// 超工期比例每增加5%扣1分: beyond the target, by so much of it.
pub(super) fn beyond_target(place: &Place) -> Option<Change> {
    let (before, step) = place.text().split_once('每')?;
    let of = list::SIZES.strip_end(before).unwrap_or(before).trim_end_matches('的');
    let of = list::MORE_THAN_SIGNS.strip(of)?;
    let thing = TARGET.has(of) || words::of(Class::TimeAllowed).has(of) || of == "工期";
    let step = list::STEP_ABOVE.strip(step).unwrap_or(step);
    let mut rest = step;
    let ratio = attempt(&mut rest, length).is_some_and(|size| size.unit.word == "%");
    let target = place.target.and_then(Notation::quantity).is_some_and(|target| !target.unit.is_ratio());
    (thing && ratio && target && step.contains('扣')).then(|| Change::To(format!("比目标值每超出{step}")))
}

/// 开展演练2次得3分，少1次扣1.5分: each of them, where all that may be short take all of the points.
pub(super) fn each_unsaid(place: &Place) -> Option<Change> {
    let text = place.text();
    let (condition, points) = own_points(place.before()?)?;
    let mut rest = list::MISSING_VERBS.strip(text)?;
    let size = attempt(&mut rest, length).filter(|size| is_count(&size.unit))?;
    let (per, adds) = worth(&mut rest).ok().filter(|_| rest.is_empty())?;
    let Per::Points(per) = per else { return None };
    let at = condition.find(|c: char| c.is_ascii_digit())?;
    let (bound, _) = scan_quantity(condition.get(at..)?)?;
    let same = bound.unit == size.unit && !size.number.is_zero();
    let all = bound.number.over(size.number).and_then(|steps| steps.times(per)) == Some(points);
    (same && all && !adds).then(|| Change::To(format!("每{text}")))
}

/// 覆盖全部15个村得5分 before 每少1个村扣0.5分: the target is all of them.
pub(super) fn all_of_the_target(place: &Place) -> Option<Change> {
    let text = place.text();
    let earned = match own_points(text) {
        Some((state, points)) => {
            let whole = place.weight.is_none_or(|weight| weight.number() == points);
            text.get(state.len()..).filter(|_| whole)?
        }
        None => text.get(list::FULL_MARKS_ENDS.strip_end(text)?.len()..)?,
    };
    let state = text.strip_suffix(earned)?.trim_end_matches(['的', '，']);
    let (verb, things) = state.split_once("全部").or_else(|| state.split_once("所有"))?;
    let target = place.target.and_then(Notation::quantity)?;
    let counted = target.fraction.is_none() && is_count(&target.unit);
    let things = match scan_quantity(things) {
        Some((amount, taken)) => {
            let same = |a: &Quantity, b: &Quantity| a.in_base() == b.in_base() && a.unit.comparable(&b.unit);
            things.get(taken..).filter(|_| same(&amount, target) && amount.sign.is_none())?
        }
        None => things,
    };
    let short =
        |text: &str| text.is_empty() || (text.chars().count() <= MAX_THING && is_name(text) && !denies(text));
    let mut step = place.behind()?.strip_prefix('每')?;
    step = list::MISSING_VERBS.strip(step)?;
    let steps = attempt(&mut step, length).is_some_and(|size| is_count(&size.unit));
    (place.at == 0 && counted && steps && short(verb) && short(things) && !things.is_empty())
        .then(|| Change::To(format!("达到目标值{}", earned.trim_start_matches(['的', '，']))))
}

/// Verbs and things are short.
const MAX_THING: usize = 6;

/// 每漏补1人扣1分, 每缺岗1人扣0.5分, 每错助或漏助1人扣0.5分: what goes wrong with each, by a verb that says so itself.
pub(super) fn each_fault(place: &Place) -> Option<Change> {
    let text = place.text();
    let (each, step) = match text.strip_prefix('每') {
        Some(step) => (true, step),
        None => (false, text),
    };
    let step = STEP_FOUND.strip(step).unwrap_or(step);
    let (at, mut rest) = step.char_indices().skip(2).take(MAX_VERBS).find_map(|(at, c)| {
        let mut rest = step.get(at..)?;
        let counted = (c.is_ascii_digit() || c == '一')
            && attempt(&mut rest, length).is_some_and(|size| is_count(&size.unit));
        counted.then_some((at, rest))
    })?;
    let verbs = step.get(..at)?;
    let size = step.get(at..step.len().checked_sub(rest.len())?)?;
    // 迟到或早退, 错助、漏助
    let wrong = |verb: &str| {
        words::of(Class::GoneWrong).begins(verb)
            && verb.chars().nth(1).is_some()
            && verb.chars().nth(3).is_none()
            && is_name(verb)
            && !list::DENIALS.within(verb)
    };
    let all = verbs.split(['或', '、']).all(wrong);
    let thing_at = rest.find('扣')?;
    let (thing, costs) = rest.split_at_checked(thing_at)?;
    rest = costs;
    let costs_points = worth(&mut rest).is_ok_and(|(_, adds)| !adds) && rest.is_empty();
    let plain = thing.is_empty() || (is_name(thing) && !denies(thing));
    // Without 每 it is one only where what is taken is taken again and again.
    let again = each || place.all.iter().any(|segment| list::UNTIL_GONE.has(segment.text));
    let fault = verbs.replace(['或'], "、");
    (all && costs_points && plain && again).then(|| Change::To(format!("每发现{size}{thing}{fault}{costs}")))
}

/// 每个项目2分，已完工得2分，在建得1分，未开工得0分: the points of each by its state.
pub(super) fn each_by_its_state(place: &Place) -> Option<Change> {
    let (first, states) = place.all.split_first()?;
    let mut thing = first.text.strip_prefix('每')?;
    let size =
        attempt(&mut thing, length).filter(|size| is_count(&size.unit) && size.number == Number::ONE)?;
    let (noun, most) = own_points(thing)?;
    let plain = |text: &str| text.is_empty() || (is_name(text) && !denies(text));
    let state = |text: &str| -> Option<(String, Number)> {
        let (state, points) = match own_points(text) {
            Some(found) => found,
            None => (NOTHING.strip_end(text)?, Number::ZERO),
        };
        let state = state.trim_end_matches(['的', '，']);
        let state = state.trim_start_matches('已');
        // 未开工 is what is not done; what is done denies nothing.
        let act = if points.is_zero() { state.strip_prefix('未').unwrap_or(state) } else { state };
        (is_name(state)
            && !denies(act)
            && !state.contains('得')
            && state.chars().count() <= MAX_THING
            && points <= most)
            .then(|| (state.to_owned(), points))
    };
    let all: Option<Vec<(String, Number)>> = states.iter().map(|segment| state(segment.text)).collect();
    let all = all.filter(|all| all.len() > 1 && all.iter().any(|(_, points)| *points == most))?;
    let apart = all.iter().enumerate().all(|(at, (a, _))| {
        all.iter().skip(at.saturating_add(1)).all(|(b, _)| !a.contains(b.as_str()) && !b.contains(a.as_str()))
    });
    let less = place.weight.is_some_and(|weight| most < weight.number());
    if !plain(noun) || !apart || !less || size.unit.word.is_empty() {
        return None;
    }
    let Some(at) = place.at.checked_sub(1) else { return Some(Change::Drop) };
    let (state, points) = all.get(at)?;
    Some(if points.is_zero() {
        Change::Drop
    } else {
        Change::To(format!("{state}每{}得{points}分", size.unit.word))
    })
}

/// Verbs of what goes wrong are short.
const MAX_VERBS: usize = 6;
