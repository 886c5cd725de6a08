//! The rule for self-evaluation: how an indicator without a criterion is scored. A floor and words after 财预〔2020〕10号; what
//! that leaves open as provincial platforms compute it, which is no source: the reading calls it a convention.
//!
//! | direction | points |
//! |---|---|
//! | floor | a ≥ t all; else a/t of them |
//! | cap | a ≤ t all; t < a < 2t: 1 − (a − t)/t of them; from 2t on none |
//! | zero target | a ≤ 0 all; else none |
//! | date | in time all; late is left to a person |
//! | words | left to the person who judged them |
//!
//! A negative actual counts as 0; `>` is treated like `≥`, `<` like `≤`.

use super::applied::{asked, failed, scored};
use super::graded::Graded;
use super::measure::{HINT_ACTUAL, HINT_TARGET, Measurement, Resolved};
use super::reason::{against_target, apart, fact, figure, points, proportion, sentence, words};
use super::{Applied, IndicatorFacts, Refusal};
use crate::base::{CellAt, Number, Ratio};
use crate::expr::{Expr, Var, WAITING, guard, join, score};
use crate::model::Laid;
use crate::model::NoteRule;
use crate::notation::direction::{Basis, Decision, Direction, Undecided, decide};
use crate::notation::{Days, Notation};
use crate::words::Words;

/// What the platform's rule gives, and on what grounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Platform {
    /// The score with its derivation.
    pub applied: Applied,
    /// The direction, and what decided it (findings `equals-on-cost`, `direction-inferred`).
    pub decision: Decision,
    /// The rule in a sentence.
    pub reading: &'static str,
    /// Whether the target is met. A miss too small for two decimals of points is still a miss.
    pub met: bool,
}

/// The rule in a sentence, by direction.
pub fn reading(direction: Direction) -> &'static str {
    match direction {
        Direction::AtLeast => "财预〔2020〕10号：达到指标值得满分，未达到的按实际完成值与指标值的比例得分。",
        Direction::AtMost => {
            "不超过指标值得满分，超过的按超出比例扣减，达到指标值的2倍及以上不得分（表中没有评分标准）。"
        }
        Direction::ZeroTolerance => "没有发生得满分，发生即不得分（表中没有评分标准）。",
        Direction::OnTime => "按时完成得满分，逾期由评审人员打分（表中没有评分标准）。",
        Direction::Qualitative => {
            "财预〔2020〕10号：定性指标由评审人员打分：达成得80%（含）至100%，部分达成得60%（含）至80%，未达成得60%以下。"
        }
    }
}

/// Scores an indicator that has no criterion. `category` is its 二级指标.
pub fn apply(facts: &IndicatorFacts, category: &str, words: &Words) -> Result<Platform, Refusal> {
    apply_beside(facts, category, words, None)
}

/// The same beside a note of the form that has a rule of its own for missed targets: these are left to a person.
pub fn apply_beside(
    facts: &IndicatorFacts,
    category: &str,
    words: &Words,
    note: Option<&(NoteRule, CellAt)>,
) -> Result<Platform, Refusal> {
    let target = match facts.target {
        None | Some(Notation::Blank) if facts.target_text.trim().is_empty() => {
            return Err(Refusal::new("指标值", "为空，无法判断完成情况", "请填写指标值。"));
        }
        None => return Err(Refusal::new(facts.target_text, "指标值无法识别", HINT_TARGET)),
        Some(target) => target,
    };
    let decision = match decide(target, facts.indicator, category, words) {
        Ok(decision) => decision,
        Err(why) => {
            let refusal = || Refusal::new(facts.target_text, why.to_string(), HINT_TARGET);
            return equal_either_way(facts, why).ok_or_else(refusal);
        }
    };
    if decision.direction == Direction::Qualitative {
        return Err(Refusal::new(facts.target_text, "定性指标，由评价人员评定", "请按达成程度评定得分。"));
    }
    if facts.actual_is_blank() {
        return Err(Refusal::new("实际完成值", "为空，无法评分", "请填写实际完成值。"));
    }
    let (applied, met) = match decision.direction {
        Direction::OnTime => (on_time(facts)?, true),
        direction => measured(facts, direction, note)?,
    };
    let reading = match leaving(decision.direction, note) {
        Some(_) => LEFT_READING,
        None => reading(decision.direction),
    };
    Ok(Platform { applied, decision, reading, met })
}

/// What is exactly as promised earns all points whichever way is better, so that nobody need be asked. `None` where it is
/// not, or where more than the direction is open.
fn equal_either_way(facts: &IndicatorFacts, why: Undecided) -> Option<Platform> {
    use Undecided::{MixedName, Money, RateAmongCosts, Time};
    if !matches!(why, MixedName | Money | RateAmongCosts | Time) {
        return None;
    }
    let (promised, done) = (facts.target?.quantity()?, facts.actual?.quantity()?);
    // A copy of the target with its sign is no measured value.
    if done.sign.is_some() || promised.fraction.is_some() {
        return None;
    }
    let known = IndicatorFacts { cap: Some(false), ..*facts };
    let [on] = <[Measurement; 1]>::try_from(Graded::default().measurements(&known).ok()?).ok()?;
    let (on, target) = comparable(on, facts)?;
    if on.value.round(8) != target.value.round(8) {
        return None;
    }
    let equal = guard(on.x.clone()).equals(guard(target.expr.clone()));
    let expr = equal.choose(score(Expr::Var(Var::Weight)), Expr::text(WAITING));
    let applied = finish(facts, &on, &target, expr, words(""), facts.target_text.trim()).ok()?;
    let decision = Decision { direction: Direction::AtLeast, basis: Basis::Default, equals: true };
    Some(Platform { applied, decision, reading: EQUAL_READING, met: true })
}

/// The rule in a sentence where the target says no direction and need not.
const EQUAL_READING: &str = "财预〔2020〕10号：与指标值相等得满分；没有写明方向，不相等的由评审人员打分。";

/// The rule in a sentence where a note says how a missed target is scored.
const LEFT_READING: &str = "财预〔2020〕10号：达到指标值得满分；未达到的由评审人员按表下的注打分。";

/// The cell of the note that says how a missed target of the direction is scored.
fn leaving(direction: Direction, note: Option<&(NoteRule, CellAt)>) -> Option<&CellAt> {
    let (rule, at) = note?;
    let holds = match direction {
        Direction::AtMost => true,
        Direction::AtLeast | Direction::ZeroTolerance => *rule == NoteRule::Missed,
        Direction::OnTime | Direction::Qualitative => false,
    };
    holds.then_some(at)
}

/// A number against its target, and whether it meets it.
fn measured(
    facts: &IndicatorFacts,
    direction: Direction,
    note: Option<&(NoteRule, CellAt)>,
) -> Result<(Applied, bool), Refusal> {
    let note = leaving(direction, note);
    if direction == Direction::AtLeast && matches!(facts.actual, Some(Notation::NothingFound)) {
        return Err(Refusal::new(facts.actual_text, "没有填写完成的数量", HINT_ACTUAL));
    }
    let known = IndicatorFacts { cap: Some(direction != Direction::AtLeast), ..*facts };
    let [on] = <[Measurement; 1]>::try_from(Graded::default().measurements(&known)?)
        .map_err(|_| Refusal::new(facts.actual_text, "实际完成值不够具体", HINT_ACTUAL))?;
    let Some((on, target)) = comparable(on, facts) else {
        return Err(Refusal::new(facts.actual_text, "与指标值的单位不一致，无法比较", HINT_ACTUAL));
    };
    let weight = || Expr::Var(Var::Weight);
    let x = || on.x.clone().max(0);
    let t = || target.expr.clone();
    let met = match direction {
        Direction::AtLeast => guard(x()).at_least(guard(t())),
        _ => guard(x()).at_most(guard(t())),
    };
    let missed = match direction {
        _ if note.is_some() => Expr::text(WAITING),
        // Multiply before dividing: exact ties round as in a spreadsheet.
        Direction::AtLeast => score(x().times(weight()).over(t())),
        Direction::AtMost => {
            let twice = || t().times(2);
            let part = score(twice().minus(x()).times(weight()).over(t()));
            guard(x()).at_least(guard(twice())).choose(0, part)
        }
        _ => 0.into(),
    };
    let clause = format!("{}{}", facts.indicator.trim(), facts.target_text.trim());
    let (done, promised) = (on.value.max(Number::ZERO).round(8), target.value.round(8));
    let is_met = if direction == Direction::AtLeast { done >= promised } else { done <= promised };
    if on.unit.is_place() && !is_met {
        let why = "没有达到要求的名次，名次之间不能按比例计分";
        return Err(Refusal::new(
            facts.actual_text,
            why,
            "请由评审人员打分，或在评分标准中写明各名次的得分。",
        ));
    }
    if let Some(at) = note.filter(|_| !is_met) {
        let why = format!("没有达到指标值，表下的注（{}）另有算法，与通常的算法不同", at.spoken());
        return Err(Refusal::new(facts.actual_text, why, "请按表下的注打分。"));
    }
    let said = if note.is_some() { words("") } else { said(direction, &on, &target, facts) };
    let applied = finish(facts, &on, &target, met.choose(score(weight()), missed), said, &clause)?;
    Ok((applied, is_met))
}

/// What is said where the target is missed: how far, and what that costs.
fn said(direction: Direction, on: &Measurement, target: &Resolved, facts: &IndicatorFacts) -> Expr {
    let own = in_own_unit(on, target);
    let at = against_target(&own, facts);
    let Some(promised) = own.target.clone() else { return at };
    let share = match direction {
        Direction::AtLeast => {
            let x = own.x.clone().max(0);
            return join([at, proportion(&own, x, Some(promised.expr), &Var::Weight.into())]);
        }
        Direction::AtMost => {
            let beyond = || own.x.clone().minus(promised.expr.clone());
            let scale = |x: Expr| if own.unit.is_ratio() { x.times(100) } else { x };
            let (part, whole) = (figure(scale(beyond())), figure(scale(promised.expr.clone())));
            let unit = words(if own.unit.is_ratio() { "%" } else { "" });
            let share = [words("，按（1－"), part, unit.clone(), words("÷"), whole, unit, words("）×")];
            let share = share.into_iter().chain([points(Var::Weight), words("计"), super::reason::earned()]);
            let twice = promised.expr.clone().times(2);
            let none = words("，达到指标值的2倍及以上，不得分");
            let far = join([words("，超出"), apart(beyond(), &own.unit)]);
            let all = guard(own.x.clone()).at_least(guard(twice)).choose(none, join(share));
            join([far, all])
        }
        _ => words("，发生即不得分"),
    };
    join([at, share])
}

/// The number and its target in the number's own unit, where they were compared in the base of their dimension.
fn in_own_unit(on: &Measurement, target: &Resolved) -> Measurement {
    let factor = on.unit.factor;
    let own = |expr: &Expr| match &on.target {
        Some(_) => expr.clone(),
        None => expr.clone().over(factor),
    };
    let promised = Resolved { expr: own(&target.expr), value: target.value };
    Measurement { x: own(&on.x), target: Some(promised), ..on.clone() }
}

/// The actual and the target in one unit: the actual's where the target converts into it, else the base of their
/// dimension (30分钟 and 0.5小时 in seconds), where both are exact.
fn comparable(on: Measurement, facts: &IndicatorFacts) -> Option<(Measurement, Resolved)> {
    if let Some(target) = on.target.clone() {
        return Some((on, target));
    }
    let target = facts.target?.quantity()?;
    let plain = target.fraction.is_none() && !on.unit.is_ratio() && on.unit.comparable(&target.unit);
    if !plain {
        return None;
    }
    let promised =
        Resolved { expr: Expr::Var(Var::Target).times(target.unit.factor), value: target.in_base()? };
    let done =
        Measurement { x: on.x.clone().times(on.unit.factor), value: on.value.times(on.unit.factor)?, ..on };
    Some((done, promised))
}

/// A date against its deadline: full points in time; late is left to a person.
fn on_time(facts: &IndicatorFacts) -> Result<Applied, Refusal> {
    // What was done by a day, or in a stretch of time, was done in time if its last day was.
    let last = match facts.actual {
        Some(Notation::Deadline(by)) if facts.target == facts.actual => {
            let why = format!("与指标值相同，没有说明实际完成的时间（{by}前）");
            return Err(Refusal::new(facts.actual_text, why, "请填写实际完成日期。"));
        }
        Some(Notation::Deadline(by)) => Some(Notation::Date(Days::day(*by))),
        Some(Notation::Period(days)) => Some(Notation::Date(Days::day(days.last))),
        _ => None,
    };
    let known = IndicatorFacts { actual: last.as_ref().or(facts.actual), ..*facts };
    let ways = Graded::default().measurements(&known)?;
    let late = ways.iter().any(|on| on.value > Number::ZERO);
    let Some(on) = ways.into_iter().next().filter(|_| !late) else {
        let why = "晚于指标值规定的时间，或不够具体，评分标准没有说明如何扣分";
        return Err(Refusal::new(facts.actual_text, why, "请由评审人员打分。"));
    };
    let Some(target) = on.target.clone() else {
        return Err(Refusal::new(facts.target_text, "没有可以对照的完成日期", HINT_TARGET));
    };
    let in_time = guard(on.x.clone()).at_most(guard(target.expr.clone()));
    let expr = in_time.choose(score(Expr::Var(Var::Weight)), Expr::text(WAITING));
    finish(facts, &on, &target, expr, words(""), facts.target_text.trim())
}

/// Evaluates the expression and says what failed.
fn finish(
    facts: &IndicatorFacts,
    on: &Measurement,
    target: &Resolved,
    expr: Expr,
    said: Expr,
    clause: &str,
) -> Result<Applied, Refusal> {
    let reason = sentence([fact(&in_own_unit(on, target), facts), said]);
    let inputs = asked(on.inputs.clone(), facts.weight, [&expr, &reason]);
    let score = scored(&expr, &inputs, facts.weight, facts.target_text)?;
    let rate = on.value.over(target.value).map(|rate| Ratio::new(rate.get()));
    let failures = failed(clause, facts.weight, score);
    Ok(Applied { inputs, expr, reason, score, rate, failures, laid: Laid::AsRead, compared: None })
}
