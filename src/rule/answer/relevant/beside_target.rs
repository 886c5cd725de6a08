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
    let asked = said.facts.target.and_then(Notation::quantity);
    let unnumbered = asked.is_none();
    let relative = !said.rule.bands.is_empty()
        && said.rule.points().all(|at| matches!(at, Point::Target | Point::Beyond(..) | Point::OfTarget(_)));
    if !relative || said.facts.target.is_some_and(Notation::is_date) {
        return None;
    }
    if unnumbered {
        return pair(said);
    }
    // 预算560万元，结算价571.2万元 under ≤560万元: the one is the target, to the last yuan.
    match pair(said)? {
        Relevant::Against { actual, target } => {
            let same = asked.is_some_and(|asked| {
                asked.unit.comparable(&target.unit)
                    && asked.in_base() == target.in_base()
                    && !asked.unit.is_ratio()
            });
            same.then(|| Relevant::quantity(*actual))
        }
        _ => None,
    }
}

/// What was to be and what it came to, by their names.
fn pair(said: &Said) -> Option<Relevant> {
    let found = named_by_the_criterion(said, parts(&said.text)?);
    let found = without_their_thing(found);
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

/// 合同价548万元 beside 预算560万元 and 结算价571.2万元 where 结算价 is not to exceed 预算: of more than two those that the criterion names.
fn named_by_the_criterion(said: &Said, found: Vec<AnswerPart>) -> Vec<AnswerPart> {
    let words = said.rule.all_words();
    let named = |part: &&AnswerPart| {
        let label = label(part);
        label.chars().nth(1).is_some() && words.contains(label) && part.after.is_empty()
    };
    let own: Vec<AnswerPart> = found.iter().filter(named).cloned().collect();
    if found.len() > 2 && own.len() == 2 { own } else { found }
}

/// 预算 and 决算 of 预算收入 and 决算收入: of one thing.
fn without_their_thing(found: Vec<AnswerPart>) -> Vec<AnswerPart> {
    let [a, b] = found.as_slice() else { return found };
    let (x, y) = (label(a), label(b));
    let shared =
        x.char_indices().map(|(at, _)| at).skip(2).find_map(|at| x.get(at..).filter(|end| y.ends_with(end)));
    let Some(thing) = shared.filter(|thing| thing.chars().nth(1).is_some() && y.len() > thing.len()) else {
        return found;
    };
    let short = |part: &AnswerPart| {
        let before = label(part).strip_suffix(thing).unwrap_or_default().to_owned();
        AnswerPart { before, ..part.clone() }
    };
    vec![short(a), short(b)]
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
    // 核定控制数 under ≤核定控制数
    let very = label.chars().nth(2).is_some()
        && said
            .facts
            .target_text
            .trim()
            .strip_suffix(label)
            .is_some_and(|sign| !sign.chars().any(char::is_alphanumeric));
    part.after.is_empty() && very
        || part.after.is_empty()
            && (list::TARGET.has(label) || list::TARGET.has(&format!("{label}数")))
            && (same || defined)
}

/// 结算金额, 实际支出, 决算, and 在职 under 在职人员数: what it came to.
fn is_spent(said: &Said, part: &AnswerPart) -> bool {
    let label = label(part);
    let called = words::of(Class::Performed).has(label)
        || list::ACTUAL.has(label)
        || list::ACTUAL.has(&format!("{label}数"));
    // 实际聘用 under 聘用人员控制率
    let act = words::of(Class::Performed).strip(label).unwrap_or(label);
    // 审定金额 of 竣工结算审定金额
    let own = |name: &str| name.starts_with(act) || (act.chars().nth(2).is_some() && name.ends_with(act));
    let named = act.chars().nth(1).is_some() && said.names().any(own);
    part.after.is_empty() && (called || named)
}
