//! What was allowed or planned beside what it came to, where the form names the target without its number: 批复概算820万元，结算金额
//! 861万元 under 不超概算; and both as one fraction: 860/900 under a target of 900户.

use crate::notation::{Notation, Quantity, scan_number};
use crate::rule::{Award, Measure, Point};
use crate::words::{self, Class, list};

use super::super::super::Refusal;
use super::super::parts::{AnswerPart, parts};
use super::{Relevant, Said};

const HINT: &str = "请核对实际完成值和指标值，只保留正确的数。";

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    // 预算数400万元，决算数368万元 under a deviation of the one from the other.
    if matches!(said.rule.measure, Measure::Deviation { .. }) {
        return Ok(pair(said));
    }
    if said.rule.measure != Measure::Value || said.rule.definition.is_some() || !said.rule.states.is_empty() {
        return Ok(None);
    }
    match fraction(said)? {
        None => Ok(amounts(said)),
        found => Ok(found),
    }
}

/// 860/900 under 900户, where numbers of things and no rates are compared.
fn fraction(said: &Said) -> Result<Option<Relevant>, Refusal> {
    let target = said.facts.target.and_then(Notation::quantity);
    let Some(target) =
        target.filter(|t| !t.unit.is_ratio() && t.fraction.is_none() && t.sign.is_none_or(|s| !s.is_cap()))
    else {
        return Ok(None);
    };
    let rate = |at: &Point| matches!(at, Point::Value(amount) if amount.unit.is_ratio());
    let of_target =
        said.rule.all_awards().any(|award| matches!(award, Award::Rate(rate) if rate.rate.is_none()));
    let Some((a, b)) = said.text.split_once('/').filter(|_| of_target && !said.rule.points().any(rate))
    else {
        return Ok(None);
    };
    let whole = |text: &str| {
        let (number, taken) = scan_number(text)?;
        let unit = text.get(taken..)?;
        (unit.is_empty() || unit == target.unit.word).then_some(number.value)
    };
    let (Some(done), Some(of)) = (whole(a), whole(b)) else { return Ok(None) };
    if of != target.number {
        let why = format!("分母{of}与指标值“{}”不同，无法确定以哪个为准", said.facts.target_text.trim());
        return said.refuse(why, HINT);
    }
    let done = Quantity { number: done, sign: None, ..target.clone() };
    Ok(Some(Relevant::quantity(done)))
}

/// 批复概算820万元，结算金额861万元
fn amounts(said: &Said) -> Option<Relevant> {
    let unnumbered = said.facts.target.and_then(Notation::quantity).is_none();
    let relative = !said.rule.bands.is_empty()
        && said.rule.points().all(|at| matches!(at, Point::Target | Point::Beyond(..) | Point::OfTarget(_)));
    if !unnumbered || !relative || said.facts.target.is_some_and(Notation::is_date) {
        return None;
    }
    pair(said)
}

/// What was to be and what it came to, by their names.
fn pair(said: &Said) -> Option<Relevant> {
    let found = parts(&said.text)?;
    let [a, b] = found.as_slice() else { return None };
    let is_target = |part: &AnswerPart| is_target(said, part);
    let (target, actual) = match (is_target(a), is_target(b)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    let counted = |amount: &Quantity| {
        amount.unit.is_money() || amount.unit.dimension.is_of_things() || amount.unit.is_bare()
    };
    let plain =
        |part: &AnswerPart| part.amount.clone().filter(|amount| amount.sign.is_none() && counted(amount));
    let (target, spent) = (plain(target)?, plain(actual).filter(|_| is_spent(said, actual))?);
    let same = target.unit.comparable(&spent.unit) && !target.number.is_zero();
    same.then(|| Relevant::Against { actual: Box::new(spent), target: Box::new(target) })
}

fn label(part: &AnswerPart) -> &str {
    part.before.trim_end_matches([':', '为', '是', '共'])
}

/// 批复概算, 合同价, 年初预算: what was allowed, and the kind of it that the criterion or the form asks for.
fn is_target(said: &Said, part: &AnswerPart) -> bool {
    const KINDS: [&str; 9] = ["概算", "预算", "合同", "控制", "编制", "定额", "标准", "计划", "目标"];
    let label = label(part);
    let asked = format!("{}{}{}", said.rule.all_words(), said.facts.target_text, said.facts.indicator);
    let kinds = || KINDS.iter().filter(|kind| label.contains(**kind));
    let same = kinds().next().is_some() && kinds().all(|kind| asked.contains(kind));
    // Of a deviation the formula has said which two they are.
    let defined = matches!(said.rule.measure, Measure::Deviation { defined: true });
    part.after.is_empty()
        && (list::TARGET.has(label) || list::TARGET.has(&format!("{label}数")))
        && (same || defined)
}

/// 结算金额, 实际支出, 决算, and 在职 under 在职人员数: what it came to.
fn is_spent(said: &Said, part: &AnswerPart) -> bool {
    let label = label(part);
    let called = words::of(Class::Performed).has(label)
        || list::ACTUAL.has(label)
        || list::ACTUAL.has(&format!("{label}数"));
    let named = label.chars().nth(1).is_some() && said.names().any(|name| name.starts_with(label));
    part.after.is_empty() && (called || named)
}
