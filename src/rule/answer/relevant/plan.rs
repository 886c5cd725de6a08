//! What was planned beside what was done: 计划120场，实际完成96场; 应公示6个，已公示4个.

use crate::base::Number;
use crate::notation::{Notation, Quantity, Sign};
use crate::rule::Measure;
use crate::words::{self, Class, list};

use super::super::super::Refusal;
use super::super::Answer;
use super::super::amount_name::FINISHED;
use super::super::parts::{AnswerPart, parts};
use super::{Relevant, Said};

const HINT: &str = "请核对计划数，只写实际完成的数；或由评审人员打分。";

/// A number with what it is a number of.
struct Sorted {
    planned: bool,
    amount: Quantity,
    /// What was to be done, or was, with the words behind the number.
    of: String,
    /// The words before the number alone.
    act: String,
}

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    // 办结11项 where what is not 办结 counts.
    let undone = match &said.rule.measure {
        Measure::Count(asked) => asked.rsplit_once('未').map(|(_, act)| act).unwrap_or_default(),
        _ => "",
    };
    let found = parts(&said.text).map(without_rest);
    if let Some(left) = found.as_deref().and_then(|found| left_of_target(said, found, undone)) {
        return Ok(Some(left));
    }
    if let Some(left) = found.as_deref().and_then(|found| missed_of_target(said, found)) {
        return Ok(Some(left));
    }
    // 应补432人，实补432人 under 每漏补1人
    let missed = found.as_deref().and_then(|found| missed(said, found));
    let undone = missed.as_deref().unwrap_or(undone);
    let sorted: Option<Vec<Sorted>> = found.and_then(|parts| {
        let own = |part: &AnswerPart| sorted(part, undone).or_else(|| by_name(said, part));
        parts.iter().map(own).collect()
    });
    let (plan, done) = match sorted.as_deref() {
        Some([a, b]) if a.planned && !b.planned => (a, b),
        Some([a, b]) if b.planned && !a.planned => (b, a),
        _ => return Ok(None),
    };
    let alike = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
    // 应整改14个问题，已整改到位12个: the act is the same.
    let act = !undone.is_empty() && !plan.act.is_empty() && alike(&plan.act, &done.act);
    let same = alike(&plan.of, &done.of) || act;
    let units = plan.amount.unit.comparable(&done.amount.unit);
    if !same || !units {
        return Ok(None);
    }
    if matches!(said.rule.measure, Measure::Count(_) | Measure::Missing) {
        let target = said.facts.target.and_then(Notation::quantity);
        let other = |t: &&Quantity| {
            !t.number.is_zero()
                && t.unit.comparable(&plan.amount.unit)
                && t.in_base() != plan.amount.in_base()
        };
        if target.as_ref().is_some_and(other) {
            return differs(said, plan);
        }
    }
    match &said.rule.measure {
        Measure::Count(_) => {
            let act = match (done.act.is_empty(), done.of.is_empty()) {
                (false, _) => &done.act,
                (true, false) => &done.of,
                (true, true) => &plan.of,
            };
            Ok(left(plan, done).filter(|_| !undone.is_empty() && undone == act))
        }
        Measure::Missing => Ok(left(plan, done)),
        Measure::Lateness(_) | Measure::Deviation { .. } => Ok(None),
        Measure::Value => value(said, plan, done),
    }
}

/// The words before a number, without what leads on to it.
fn bare(part: &AnswerPart) -> &str {
    part.before.trim_end_matches([':', '为', '了', '共', '到'])
}

/// 化解2210万元 under 隐性债务化解, beside 年度任务2600万元.
fn by_name(said: &Said, part: &AnswerPart) -> Option<Sorted> {
    let amount = part.amount.clone().filter(|amount| amount.sign.is_none())?;
    let label = bare(part);
    let own = label.chars().nth(1).is_some() && said.names().any(|name| name.contains(label));
    let plain = part.after.is_empty() && !super::named::says_otherwise(label);
    (own && plain).then(|| Sorted { planned: false, amount, of: String::new(), act: label.to_owned() })
}

/// 下达96户，竣工91户，在建5户: what is still to be done is what the one leaves of the other.
fn without_rest(found: Vec<AnswerPart>) -> Vec<AnswerPart> {
    let [whole, done, rest] = found.as_slice() else { return found };
    let number = |part: &AnswerPart| part.amount.as_ref().map(|amount| amount.number);
    let unit = |part: &AnswerPart| part.amount.as_ref().map(|amount| amount.unit.clone());
    let sum = number(done).zip(number(rest)).and_then(|(a, b)| a.plus(b));
    let alike =
        unit(whole) == unit(done) && unit(done) == unit(rest) && sum == number(whole) && sum.is_some();
    let left = words::of(Class::Unfinished).has(&rest.words());
    if alike && left { vec![whole.clone(), done.clone()] } else { found }
}

/// The act that the criterion counts where it was missed: 补 of 每漏补1人, beside 应补.
fn missed(said: &Said, found: &[AnswerPart]) -> Option<String> {
    let of_faults = matches!(&said.rule.measure, Measure::Count(asked) if asked.is_empty());
    let [a, b] = found else { return None };
    let due = a.before.strip_prefix('应').filter(|act| of_faults && !act.is_empty())?;
    let done = words::of(Class::Performed).strip(&b.before)?;
    let words = said.rule.all_words();
    // 应补助人数 beside 每漏补: the act by its first sign.
    let act = list::MEASURE_NOUNS.strip_end(due).unwrap_or(due);
    let sign = act.chars().next().map(String::from).unwrap_or_default();
    let missed = |act: &str| {
        let steps = || {
            list::MISSED_ACTS
                .iter()
                .flat_map(move |miss| list::ONE_BY_ONE.iter().map(move |each| (miss, each)))
        };
        // 漏补1人扣1分
        let once =
            |miss: &str| list::ONE_OF_IT.iter().any(|one| words.contains(&format!("{miss}{act}{one}")));
        steps().any(|(miss, each)| words.contains(&format!("{each}{miss}{act}")) || once(miss))
    };
    let counted = missed(act) || missed(&sign);
    (done == due && counted && a.after == b.after).then(|| due.to_owned())
}

/// 储备6类 of 8类 under 每缺1类, 已发65家 of 65家 under 每漏发1家: what was done is told, and the target says how much there should be.
fn missed_of_target(said: &Said, found: &[AnswerPart]) -> Option<Relevant> {
    let [only] = found else { return None };
    let target = said.facts.target.and_then(Notation::quantity)?;
    let amount = only.amount.as_ref().filter(|q| q.sign.is_none() && q.fraction.is_none())?;
    let whole = target.unit.dimension.is_of_things()
        && target.unit.word == amount.unit.word
        && !target.number.is_zero()
        && !target.sign.is_some_and(Sign::is_cap);
    let act = words::of(Class::Performed).strip(&only.before).unwrap_or(&only.before);
    let words = said.rule.all_words();
    let by_act =
        list::MISSED_ACTS.iter().any(|miss| !act.is_empty() && words.contains(&format!("每{miss}{act}")));
    let of_faults = matches!(&said.rule.measure, Measure::Count(asked) if asked.is_empty()) && by_act;
    let missing = said.rule.measure == Measure::Missing
        && list::DEEDS.has(act)
        && !words::of(Class::Faults).within(said.facts.indicator);
    let told = only.after.is_empty() && whole && (of_faults || missing);
    let (all, done) = (target.number, amount.number.min(target.number));
    let number = all.minus(done).filter(|_| told)?;
    let none = || Answer::of(Notation::NothingFound);
    let some = || Answer::number(Quantity { number, sign: None, ..target.clone() });
    Some(Relevant::answer(if number.is_zero() { none() } else { some() }))
}

/// 完成2处 of 6处, where what is not done counts.
fn left_of_target(said: &Said, found: &[AnswerPart], undone: &str) -> Option<Relevant> {
    let [only] = found else { return None };
    let target =
        said.facts.target.and_then(Notation::quantity).filter(|t| t.unit.dimension.is_of_things())?;
    let done = sorted(only, undone).filter(|done| !done.planned && !undone.is_empty())?;
    let act = words::of(Class::Performed).strip(&only.before).filter(|rest| !rest.is_empty());
    let own = only.before == undone || act == Some(undone) || (undone == "完成" && only.before == "已完成");
    let alike =
        target.unit.word == done.amount.unit.word && target.sign.is_none() && !target.number.is_zero();
    let plan = Sorted { planned: true, amount: target.clone(), of: String::new(), act: String::new() };
    left(&plan, &done).filter(|_| own && alike && only.after.is_empty())
}

/// What was done of a plan that is the target.
fn value(said: &Said, plan: &Sorted, done: &Sorted) -> Result<Option<Relevant>, Refusal> {
    let target = said.facts.target.and_then(Notation::quantity);
    let Some(target) = target.filter(|t| !t.unit.is_ratio() && t.fraction.is_none()) else { return Ok(None) };
    if said.rule.definition.is_some() && !said.rule.forms_share("完成率", said.facts) {
        return Ok(None);
    }
    let of = if done.of.is_empty() { &plan.of } else { &done.of };
    // 实际开展95场: no more than that it was done.
    let deed = list::DEEDS.has(of) && !said.is_narrower(of);
    let known = of.is_empty()
        || deed
        || said.names().any(|name| name.contains(of.as_str()))
        || said.facts.target_text.contains(of.as_str())
        || said.rule.all_words().contains(of.as_str());
    if !known {
        return Ok(None);
    }
    if !target.unit.comparable(&plan.amount.unit) || target.in_base() != plan.amount.in_base() {
        return differs(said, plan);
    }
    Ok(Some(Relevant::quantity(done.amount.clone())))
}

/// The plan is not the target.
fn differs<T>(said: &Said, plan: &Sorted) -> Result<T, Refusal> {
    let stated = format!("{}{}", plan.amount.number, plan.amount.unit.word);
    let target = said.facts.target_text.trim();
    said.refuse(format!("写明的计划数“{stated}”与指标值“{target}”不同，无法确定以哪个为准"), HINT)
}

/// What is left of the plan.
fn left(plan: &Sorted, done: &Sorted) -> Option<Relevant> {
    let (a, b) = (plan.amount.in_base()?, done.amount.in_base()?);
    let number = a.minus(b)?.over(plan.amount.unit.factor).filter(|left| !left.is_negative())?;
    let none = || Answer::of(Notation::NothingFound);
    let some = || Answer::number(Quantity { number, ..plan.amount.clone() });
    Some(Relevant::answer(if number == Number::ZERO { none() } else { some() }))
}

fn sorted(part: &AnswerPart, undone: &str) -> Option<Sorted> {
    let amount = part.amount.clone().filter(|amount| amount.sign.is_none())?;
    let label = bare(part);
    let label = if label.is_empty() { part.before.as_str() } else { label };
    let strip = |class: Class| words::of(class).strip(label);
    let due = || strip(Class::HandedOver).filter(|_| !undone.is_empty());
    let (planned, rest) = match (strip(Class::Planned).or_else(due), strip(Class::Performed)) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) if !undone.is_empty() && label == undone => (false, label),
        (None, None) if FINISHED.contains(&label) => (false, ""),
        (None, None) => return None,
    };
    let rest = if planned { rest } else { words::of(Class::Performed).strip(rest).unwrap_or(rest) };
    let rest = if planned { words::of(Class::Performed).strip(rest).unwrap_or(rest) } else { rest };
    let of = format!("{rest}{}", part.after);
    (!list::DENIAL_SIGNS.within(&of)).then(|| Sorted { planned, amount, of, act: rest.to_owned() })
}
