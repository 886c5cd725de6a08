//! Whether the criterion's name can be that of the actual: what may be its opposite is left to a person.

use crate::base::{Number, Score};
use crate::expr::Var;
use crate::notation::{Notation, Sign, Unit};

use super::direction::is_cap_name;
use super::graded::Graded;
use super::measure::{HINT_TARGET, Measure, Measurement, Subject};
use super::span::{Bound, Point, Span, When};
use super::{Award, Facts, Input, Refusal};

/// Words for how much something changed.
const CHANGES: [&str; 10] = ["提高", "提升", "增长", "增加", "增幅", "上升", "下降", "降低", "减少", "降幅"];

impl Graded {
    /// A name in the criterion that is the opposite of the indicator's (未完成率 under 完成率) measures something
    /// else than the actual.
    pub(super) fn checked_subject(&self, facts: &Facts) -> Result<(), Refusal> {
        let Subject::Named(name) = &self.subject else { return Ok(()) };
        let indicator = facts.indicator;
        // 增长目标完成率 is how far a growth was reached, not the growth.
        let reached = ["完成率", "满意度", "达标率", "达成率", "实现率"];
        if CHANGES.iter().any(|word| name.contains(word))
            && reached.iter().any(|end| indicator.ends_with(end))
        {
            let why = "评分标准说的是变化的幅度，无法确定实际完成值是否就是它";
            return Err(Refusal::new(name, why, HINT_TARGET));
        }
        if indicator.is_empty() || indicator.contains(name.as_str()) && !opposed(indicator, name) {
            return Ok(());
        }
        let turns = |text: &str| {
            plain_of(text).contains(['未', '不', '非', '无', '差', '误', '超'])
                || is_cap_name(text, &Unit::bare())
        };
        // 满意度提高 under 满意度 is a change, not the thing itself.
        let is_change = CHANGES.iter().any(|w| name.contains(w) && !indicator.contains(w));
        if is_change {
            let why = "评分标准说的是变化的幅度，无法确定实际完成值是否就是它";
            return Err(Refusal::new(name, why, HINT_TARGET));
        }
        // 响应时间 under 服务响应 is the less the better, and so is a target with ≤.
        let sign = facts.target.and_then(Notation::quantity).and_then(|target| target.sign);
        let bounded = sign.is_some_and(Sign::is_cap) && is_cap_name(name, &Unit::bare());
        let differs = turns(name) != turns(indicator) && !bounded;
        if opposed(indicator, name) || opposed(name, indicator) || (differs && turns(name)) {
            let why = "与指标名称的含义可能相反，无法确定实际完成值是否就是它";
            return Err(Refusal::new(name, why, HINT_TARGET));
        }
        Ok(())
    }

    /// A target that is met and earns nothing contradicts the criterion.
    pub(super) fn checked_success(
        &self,
        on: &Measurement,
        score: Score,
        facts: &Facts,
    ) -> Result<(), Refusal> {
        let Some(target) = on.target.as_ref().filter(|_| score.is_zero()) else { return Ok(()) };
        let met = match (on.direction.explicit, on.direction.cap) {
            (true, true) => on.value <= target.value,
            (true, false) => on.value >= target.value,
            (false, _) => on.value == target.value,
        };
        if !met {
            return Ok(());
        }
        let why = "达到了指标值，按评分标准却得0分，两者互相矛盾";
        Err(Refusal::new(facts.actual_text, why, "请核对评分标准和指标值，或由评审人员打分。"))
    }

    /// Full points from a figure upward contradict a target that is a ceiling, and the other way round.
    pub(super) fn checked_direction(&self, on: &Measurement, facts: &Facts) -> Result<(), Refusal> {
        if !on.direction.explicit || self.measure != Measure::Value {
            return Ok(());
        }
        let full = |award: &Award| award.fixed(facts.weight) == Some(facts.weight.number());
        let own = |at: &Bound| is_figure(at) || at.at == Point::Target;
        let against = self.bands.iter().any(|band| match &band.when {
            When::Within(Span { lower: Some(at), upper: None }) => {
                (full(&band.award) && on.direction.cap && own(at))
                    || (band.award == Award::ZERO && !on.direction.cap && at.at == Point::Target)
            }
            When::Within(Span { lower: None, upper: Some(at) }) => {
                (full(&band.award) && !on.direction.cap && own(at))
                    || (band.award == Award::ZERO && on.direction.cap && at.at == Point::Target)
            }
            _ => false,
        });
        if against {
            let why = "评分标准得满分的方向与指标值的符号相反";
            return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
        }
        Ok(())
    }

    /// Under a name of its own (损坏率 under 完好率), a criterion by which the target itself earns nothing measures
    /// something else than the actual.
    pub(super) fn checked_against_target(&self, on: &Measurement, facts: &Facts) -> Result<(), Refusal> {
        let Subject::Named(name) = &self.subject else { return Ok(()) };
        let own = facts.indicator.is_empty()
            || facts.indicator.contains(name.as_str())
            || name.contains(facts.indicator);
        let relative = self.points().any(|at| !matches!(at, Point::Value(_)));
        let Some(target) =
            on.target.as_ref().filter(|t| !own && !relative && !on.is_share && t.value != on.value)
        else {
            return Ok(());
        };
        let set = |input: &Input| match input.var {
            Var::Actual => Input { var: Var::Actual, value: target.value.into() },
            Var::ActualBase => Input { var: Var::ActualBase, value: Number::ONE.into() },
            _ => input.clone(),
        };
        let there =
            Measurement { value: target.value, inputs: on.inputs.iter().map(set).collect(), ..on.clone() };
        match self.by_number(&there, facts) {
            Ok(at_target) if at_target.score.is_zero() => {
                let why = "与指标名称不同，而且指标值本身按此标准得0分，无法确定实际完成值是否就是它";
                Err(Refusal::new(name, why, HINT_TARGET))
            }
            _ => Ok(()),
        }
    }
}

/// Whether `long` is `short` with a negation before it.
fn opposed(long: &str, short: &str) -> bool {
    ["未", "不", "非", "没"].iter().any(|no| long.contains(&format!("{no}{short}")))
}

/// Whether a bound is a figure of its own.
fn is_figure(bound: &Bound) -> bool {
    matches!(bound.at, Point::Value(_))
}

/// A name without the words that only look like a denial: 非常满意, 无害化处理, 不动产.
pub(crate) fn plain_of(name: &str) -> String {
    const ALIKE: [&str; 8] = ["非常", "无害化", "无障碍", "无纸化", "不动产", "未成年", "非税", "非遗"];
    ALIKE.iter().fold(name.to_owned(), |text, word| text.replace(word, ""))
}
