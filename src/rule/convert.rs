//! From the unit of an actual to that of the criterion or the target, and from an amount to a share.

use crate::base::Number;
use crate::expr::{Expr, Var};
use crate::notation::{Dimension, Notation, Quantity, Unit, is_rate_name};

use super::formula::Definition;
use super::graded::Graded;
use super::measure::{HINT_ACTUAL, Subject};
use super::span::Point;
use super::{Award, IndicatorFacts, Refusal};
use crate::words::list;

impl Graded {
    /// Whether the rate of this name is actual over target where both are amounts of one unit: 完成率, and 覆盖率 or 核查率 of
    /// what is counted (核查户数).
    pub(super) fn forms_share(&self, name: &str, facts: &IndicatorFacts) -> bool {
        let stem = name.strip_suffix('率').unwrap_or_default();
        let counted = facts
            .target
            .and_then(Notation::quantity)
            .is_some_and(|t| matches!(t.unit.dimension, Dimension::Count(_)));
        let completion =
            name.contains("完成") && !list::NOT_SIGNS.within(name) && list::COMPLETION_ENDINGS.ends(name);
        Subject::is_completion(name)
            || completion
            || self.definition.as_ref().is_some_and(Definition::is_completion)
            || (counted && is_act(name) && facts.indicator.contains(last_two(stem)))
            || (list::SHARE_STEMS.has(stem) && counted && (stem == "覆盖" || facts.indicator.contains(stem)))
    }

    /// 储备量达到目标值的得5分，不足目标值但达到90%的得3分: of an amount that is held against the target a share can only be one of it.
    pub(super) fn is_amount_beside_target(&self, name: &str) -> bool {
        let of_target = self.points().any(|at| *at == Point::Target);
        of_target && !is_rate_name(name) && !list::COMPLETION_ENDINGS.ends(name)
    }

    /// The unit that this amount is measured in: its own, or a smaller one of the criterion or the target in which both are
    /// exact (小时 beside 每超10分钟, 公顷 beside 1500亩).
    pub(super) fn unit_of(&self, actual: &Quantity, facts: &IndicatorFacts) -> Unit {
        let sizes = self.all_awards().filter_map(|award| match award {
            Award::Steps(steps) => Some(&steps.size.unit),
            _ => None,
        });
        let figures = self.points().filter_map(|at| match at {
            Point::Value(amount) | Point::Beyond(_, amount) => Some(&amount.unit),
            _ => None,
        });
        let target = facts.target.and_then(Notation::quantity).map(|target| &target.unit);
        let exact = |unit: &&Unit| {
            unit.dimension == actual.unit.dimension
                && unit.factor < actual.unit.factor
                && factor_between(Expr::Var(Var::Actual), &actual.unit, unit).is_some()
        };
        let fits = figures.chain(sizes).chain(target).filter(|unit| exact(unit) && !unit.is_money());
        fits.min_by_key(|unit| unit.factor).unwrap_or(&actual.unit).clone()
    }
}

/// `expr` in `from` as an expression in `to`, and the factor; `None` where no exact decimal converts.
pub(super) fn factor_between(expr: Expr, from: &Unit, to: &Unit) -> Option<(Expr, Number)> {
    if from.factor == to.factor || from.is_bare() || to.is_bare() {
        return Some((expr, Number::ONE));
    }
    let factor = from.factor.over(to.factor)?;
    if factor.times(to.factor)? != from.factor {
        return None;
    }
    Some((expr.times(factor), factor))
}

pub(super) fn scaled(
    expr: Expr,
    from: &Unit,
    to: &Unit,
    facts: &IndicatorFacts,
) -> Result<(Expr, Number), Refusal> {
    factor_between(expr, from, to)
        .ok_or_else(|| Refusal::new(facts.actual_text, "单位之间没有精确的换算关系", HINT_ACTUAL))
}

/// The last two characters of a name.
fn last_two(text: &str) -> &str {
    let at = text.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    text.get(at..).unwrap_or(text)
}

/// 维护率 of 维护数: a rate of what is done by those who are to do it, not of how good it is, who takes part or how it changed.
fn is_act(name: &str) -> bool {
    let act = |stem: &str| list::RATE_ACTS.has(last_two(stem)) && !stem.contains(['未', '不', '漏']);
    name.strip_suffix('率').is_some_and(act)
}
