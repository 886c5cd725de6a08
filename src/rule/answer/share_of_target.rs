//! 每低于目标值1% of a rate that is to be 40%: one point, or one part in a hundred of the 40%. Where the target is 100% they are the
//! same; elsewhere only a score that is the same by both stands.

use crate::base::{Number, Ratio};
use crate::notation::{Notation, Quantity};
use crate::words::list;

use super::super::award::Award;
use super::super::graded::Graded;
use super::super::span::Point;
use super::super::{Applied, IndicatorFacts, Refusal};
use super::names;

/// The score, where it is the same however the step is meant.
pub(super) fn agreed(rule: &Graded, facts: &IndicatorFacts, applied: Applied) -> Result<Applied, Refusal> {
    let Some(other) = other_way(rule, facts) else { return Ok(applied) };
    let score = rule.as_read(&IndicatorFacts { actual: Some(&other), ..*facts }).map(|other| other.score);
    if score.is_ok_and(|score| score == applied.score) {
        return Ok(applied);
    }
    let why = "“目标值的百分之几”是百分点，还是指标值的百分之几，没有写明，两种算法得分不同";
    Err(Refusal::new(facts.target_text, why, "请由评审人员打分，或在评分标准中写明“百分点”。"))
}

/// The actual that lies as many points from the target as this one lies parts of it.
fn other_way(rule: &Graded, facts: &IndicatorFacts) -> Option<Notation> {
    // How satisfied people are is told in points of a hundred.
    if names(rule, facts).any(|name| list::SATISFACTION_NAMES.within(name)) {
        return None;
    }
    rule.all_awards().any(is_of_the_target).then_some(())?;
    let rate = |said: Option<&Notation>| said?.quantity()?.ratio().map(Ratio::number);
    let (target, actual) = (rate(facts.target)?, rate(facts.actual)?);
    let unit = &facts.actual?.quantity()?.unit;
    if target == Number::ONE || target.is_zero() || target == actual || !unit.is_ratio() {
        return None;
    }
    let parts = target.minus(actual)?.over(target)?;
    let number = target.minus(parts)?.over(unit.factor)?;
    Some(Notation::Quantity(Quantity::new(number, unit.clone())))
}

/// 每低于目标值1%: the step is written right behind the target.
fn is_of_the_target(award: &Award) -> bool {
    let Award::Steps(steps) = award else { return false };
    let written = || {
        let size = format!("{}{}", steps.size.number, steps.size.unit.word);
        list::TARGET_NAMES.iter().any(|target| {
            steps
                .words
                .as_str()
                .split_once(&format!("{target}{size}"))
                .is_some_and(|(lead, _)| lead.contains('每'))
        })
    };
    let percent = steps.size.unit.is_ratio() && !list::POINT_SIGNS.within(&steps.size.unit.word);
    steps.from == Point::Target && percent && written()
}
