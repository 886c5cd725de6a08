//! From the facts to the number that the conditions are about.

use crate::base::{Number, Weight};
use crate::expr::{Expr, Value, Var};
use crate::notation::{Items, Notation, Quantity, StatusWord, Tick, Unit};

use super::answer::told_none::checked_denial;
use super::award::Side;
use super::convert::{factor_between, scaled};
use super::days::{days_late, deadline, lateness, overrun, workdays_late};
use super::doubt::{checked_actual, checked_count, checked_unit};
use super::graded::{Band, Graded};
use super::measure::{
    Direction, HINT_ACTUAL, HINT_TARGET, Measure, Measurement, Resolved, Subject, same_kind,
};
use super::months::months_measured;
use super::reason::Tells;
use super::shortfall::missing_of;
use super::span::{Point, When};
use super::{Award, IndicatorFacts, Input, Refusal};
use crate::words::{Lexicon, list};

/// How late something is, so many units of time.
type LateBy = fn(Number, &IndicatorFacts) -> Measurement;

impl Graded {
    /// In what lateness is counted.
    fn late_in(&self) -> (&'static Lexicon, LateBy) {
        let lateness = matches!(self.measure, Measure::Lateness(_));
        if lateness && self.counts_months() {
            (list::MONTHS_APART, months_measured)
        } else if lateness && self.counts_workdays() {
            (list::WORKDAYS_APART, workdays_late)
        } else {
            (list::DAYS_APART, |n, facts| days_late(n, Vec::new(), facts))
        }
    }

    /// The measured number, in each of the ways the actual allows: a date known only to the month is two, and
    /// only a score that both agree on is given.
    pub(super) fn measurements(&self, facts: &IndicatorFacts) -> Result<Vec<Measurement>, Refusal> {
        let months = matches!(self.measure, Measure::Lateness(_)) && self.counts_months();
        let (units, late_by) = self.late_in();
        // How late it is, where that is no difference of two dates.
        let late = |n: Number| late_by(n, facts);
        if let Some(stated) = self.stated_days(units, late, facts)? {
            return Ok(stated);
        }
        let Some(actual) = facts.actual else {
            return Err(Refusal::new(
                facts.actual_text,
                "实际完成值无法识别，也不是评分标准列出的情形",
                HINT_ACTUAL,
            ));
        };
        if matches!(actual, Notation::Blank) {
            return Err(Refusal::new("实际完成值", "为空，无法评分", "请填写实际完成值。"));
        }
        let dated = facts.target.is_some_and(Notation::is_date);
        match (&self.measure, actual) {
            (Measure::Lateness(own), Notation::Date(days)) if months => {
                self.with_leave(self.months_late(deadline(*own, facts)?, *days, facts)?, facts)
            }
            (Measure::Lateness(own), Notation::Date(days)) => {
                self.with_leave(lateness(*own, *days, facts)?, facts)
            }
            (Measure::Value, Notation::Date(days)) if dated && self.is_only_about_target() => {
                lateness(None, *days, facts)
            }
            (Measure::Lateness(None), Notation::Quantity(q)) => overrun(q, facts).map(|m| vec![m]),
            (Measure::Lateness(_), Notation::Status(status)) if status.rate.is_none() => match status.word {
                StatusWord::OnTime => Ok(vec![late(Number::ZERO)]),
                // How late is not said: only what one day and very many days agree on is certain.
                StatusWord::Late => {
                    self.with_leave(vec![late(Number::ONE), late(Number::from(100_000))], facts)
                }
                _ => Err(unreadable(facts)),
            },
            (Measure::Count(_), Notation::NothingFound) => {
                checked_denial(self, facts)?;
                Ok(vec![counted(Number::ZERO, &Unit::bare(), facts)])
            }
            // How many is not said: only what one and very many agree on is certain.
            (Measure::Count(_), _) if says_found(&facts.actual_words()) => {
                let found = |number: Number| Measurement {
                    tells: Tells::Found,
                    ..counted(number, &Unit::bare(), facts)
                };
                Ok(vec![found(Number::ONE), found(Number::from(100_000))])
            }
            (Measure::Count(_) | Measure::Missing, Notation::Items(items)) => {
                let missing = match items {
                    Items::CountMissing(n) => *n,
                    Items::Named { ticks, others: Some(Tick::Met) } if ticks.is_empty() => 0,
                    _ => return Err(unreadable(facts)),
                };
                let tells = if self.measure == Measure::Missing { Tells::Missing } else { Tells::Faults };
                Ok(vec![Measurement { tells, ..counted(Number::from(missing), &Unit::count("项"), facts) }])
            }
            (Measure::Missing, Notation::Quantity(q)) if q.inferred => {
                Ok(vec![Measurement { tells: Tells::Missing, ..counted(q.number, &q.unit, facts) }])
            }
            (Measure::Missing, Notation::Quantity(q)) => missing_of(q, facts).map(|m| vec![m]),
            (Measure::Count(_), Notation::Quantity(q)) if !q.unit.is_ratio() && q.fraction.is_none() => {
                checked_actual(q, facts)?;
                if q.inferred {
                    return Ok(vec![counted(q.number, &q.unit, facts)]);
                }
                checked_count(facts)?;
                let measured = counted(q.number, &q.unit, facts);
                let target = target_in(facts, &q.unit);
                // 每发现1个不合格扣1分 under 合格数 ≥10个: the actual may count what is good, unless the criterion
                // names the target itself.
                let named = self.points().any(|at| match (at, &target) {
                    (Point::Value(a), Some(target)) => a.number == target.value,
                    _ => false,
                });
                if !named && target.as_ref().is_some_and(|target| !target.value.is_zero()) {
                    let why = "指标值不是0，实际完成值是不是扣分的数量，无法确定";
                    return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
                }
                Ok(vec![Measurement { target, ..measured }])
            }
            (Measure::Deviation { defined }, Notation::Quantity(q)) => {
                self.deviation(q, *defined, facts).map(|m| vec![m])
            }
            (Measure::Value, Notation::NothingFound) => {
                let unit = facts.target.and_then(Notation::unit).cloned().unwrap_or_default();
                if unit.is_ratio() || unit.is_money() {
                    return Err(unreadable(facts));
                }
                let measured = counted(Number::ZERO, &unit, facts);
                let target = target_in(facts, &unit);
                Ok(vec![Measurement { target, tells: Tells::Amount, ..measured }])
            }
            (Measure::Value, Notation::Quantity(q)) => {
                checked_actual(q, facts)?;
                checked_unit(q, facts)?;
                self.checked_subject(facts)?;
                self.value(q, facts).map(|m| vec![m])
            }
            _ => Err(unreadable(facts)),
        }
    }

    /// Whether every condition is about meeting the target, none about figures.
    fn is_only_about_target(&self) -> bool {
        self.bands.iter().all(|b| matches!(b.when, When::Meets | When::Misses) && !b.award.moves())
            && self.otherwise.as_ref().is_none_or(|o| !o.award.moves())
    }

    /// An actual that is a number.
    fn value(&self, actual: &Quantity, facts: &IndicatorFacts) -> Result<Measurement, Refusal> {
        if actual.unit.is_ratio() {
            return self.rate(actual, facts);
        }
        if actual.fraction.is_some() {
            return Err(unreadable(facts));
        }
        if self.speaks_of_rates() {
            return self.share(actual, facts);
        }
        // 完成系数=实际完成数/计划完成数 with nothing planned: the amount is not the quotient.
        let quotient = self.definition.as_ref().is_some_and(|definition| definition.is_quotient);
        if quotient
            && !actual.unit.is_bare()
            && facts.target.is_none_or(|target| matches!(target, Notation::Blank))
        {
            let why = "评分标准要的是两个数相除的比率，没有写明除以什么";
            return Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
        }
        let unit = self.unit_of(actual, facts);
        let (x, factor) = scaled(Expr::Var(Var::Actual), &actual.unit, &unit, facts)?;
        Ok(Measurement {
            value: factor.times(actual.number).ok_or_else(|| unreadable(facts))?,
            x,
            target: target_in(facts, &unit),
            direction: self.direction(facts)?,
            inputs: with_target(vec![Input { var: Var::Actual, value: actual.number.into() }], facts),
            shown: format!("实际{}{}", actual.number, actual.unit),
            unit,
            is_share: false,
            tells: Tells::Amount,
        })
    }

    /// An actual that is a rate, or a quotient.
    fn rate(&self, actual: &Quantity, facts: &IndicatorFacts) -> Result<Measurement, Refusal> {
        let (x, value, inputs, shown) = if let Some((a, b)) = actual.fraction {
            if self.definition.as_ref().is_some_and(|d| !d.is_quotient) && !actual.inferred {
                let why = "实际完成值写成了分数，但评分标准给出的公式不是两数相除";
                return Err(Refusal::new(facts.actual_text, why, "请填写按公式计算出的比率。"));
            }
            let value = a.over(b).ok_or_else(|| unreadable(facts))?;
            let inputs = vec![
                Input { var: Var::Actual, value: a.into() },
                Input { var: Var::ActualBase, value: b.into() },
            ];
            let percent = value.times(Number::from(100)).map(|p| p.round(2)).unwrap_or_default();
            (
                Expr::Var(Var::Actual).over(Var::ActualBase),
                value,
                inputs,
                format!("实际{a}/{b}（{percent}%）"),
            )
        } else {
            let value = actual.in_base().ok_or_else(|| unreadable(facts))?;
            let shown = format!("实际{}{}", actual.number, actual.unit);
            (Expr::Var(Var::Actual), value, vec![Input { var: Var::Actual, value: value.into() }], shown)
        };
        let target = target_in(facts, &Unit::ratio());
        if let Subject::Named(name) = &self.subject {
            let whole = target.as_ref().is_none_or(|t| t.value == Number::ONE);
            let same_top = target.as_ref().is_some_and(|t| self.full_from(facts.weight) == Some(t.value));
            let own_name = facts.indicator.is_empty() || facts.indicator.contains(name.as_str());
            if Subject::is_completion(name) && self.speaks_of_rates() && !whole && !same_top && !own_name {
                let why = "指标值不是100%，无法确定是实际值本身，还是实际值与指标值之比";
                return Err(Refusal::new(name, why, HINT_TARGET));
            }
        }
        Ok(Measurement {
            x,
            value,
            target,
            unit: Unit::ratio(),
            inputs: with_target(inputs, facts),
            direction: self.direction(facts)?,
            shown,
            is_share: false,
            tells: Tells::Amount,
        })
    }

    /// Whether the criterion is about reaching a rate: full points begin at one, steps lead down from one. Only
    /// then can its rates be meant as actual over target.
    fn is_about_reaching(&self, weight: Weight) -> bool {
        let full = |award: &Award| award.fixed(weight) == Some(weight.number());
        let upper_only = |band: &Band| matches!(&band.when, When::Within(s) if s.lower.is_none());
        let paying = self.bands.iter().filter(|b| b.award != Award::ZERO);
        let deducts = |b: &Band| matches!(b.award, Award::Less(_) | Award::LessShare(_) | Award::Steps(_));
        paying.clone().all(|b| {
            !upper_only(b) || deducts(b) || self.bands.iter().any(|top| full(&top.award) && !upper_only(top))
        }) && self.all_awards().all(|award| match award {
            Award::Steps(steps) => steps.side == Side::Below || steps.adds,
            Award::Line(line) => line.rises(),
            _ => true,
        })
    }

    /// Amounts under a criterion that speaks of rates: actual over target.
    fn share(&self, actual: &Quantity, facts: &IndicatorFacts) -> Result<Measurement, Refusal> {
        let refuse = |why: &str| Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
        match &self.subject {
            Subject::Named(name) if !self.forms_share(name, facts) && !self.is_amount_beside_target(name) => {
                return refuse("评分标准按比率评分，但实际完成值不是比率");
            }
            _ => {}
        }
        if self.definition.as_ref().is_some_and(|d| !d.is_quotient) {
            return refuse("评分标准按给定公式的比率评分，但实际完成值不是比率");
        }
        if self.direction(facts)?.cap || !self.is_about_reaching(facts.weight) {
            return refuse("评分标准的比率与指标值（上限）的关系无法确定");
        }
        let target = match facts.target {
            Some(Notation::Quantity(t)) if !t.unit.is_ratio() && same_kind(&t.unit, &actual.unit) => t,
            _ => return refuse("评分标准按比率评分，但没有单位相同的指标值可以对照"),
        };
        if target.number.is_zero() || target.fraction.is_some() {
            return refuse("指标值为0，无法计算完成比例");
        }
        let bare = facts.actual_text.trim().parse::<Number>().is_ok(); // 0.95 under 50个
        if bare && actual.number <= Number::from(2) && target.number >= Number::from(10) {
            return refuse("没有写单位，是完成比例还是完成的数量，无法确定");
        }
        let (x, value) = match factor_between(Expr::Var(Var::Actual), &actual.unit, &target.unit) {
            Some((x, factor)) => {
                let value = factor.times(actual.number).and_then(|n| n.over(target.number));
                (x.over(Var::Target), value)
            }
            None => {
                let (below, factor) = scaled(Expr::Var(Var::Target), &target.unit, &actual.unit, facts)?;
                let value = factor.times(target.number).and_then(|t| actual.number.over(t));
                (Expr::Var(Var::Actual).over(below), value)
            }
        };
        Ok(Measurement {
            x,
            value: value.ok_or_else(|| unreadable(facts))?,
            target: Some(Resolved { expr: Number::ONE.into(), value: Number::ONE }),
            unit: Unit::ratio(),
            inputs: vec![
                Input { var: Var::Target, value: target.number.into() },
                Input { var: Var::Actual, value: actual.number.into() },
            ],
            direction: self.direction(facts)?,
            shown: format!("实际{}{}", actual.number, actual.unit),
            is_share: true,
            tells: Tells::Share,
        })
    }

    /// Whether any condition or step is a percentage in its own right.
    pub(super) fn speaks_of_rates(&self) -> bool {
        let is_rate = |point: &Point| matches!(point, Point::Value(amount) if amount.unit.is_ratio());
        self.points().any(is_rate)
    }
}

/// Whether the words say that something was found, not how much of it.
fn says_found(words: &str) -> bool {
    list::SAID_FOUND.has(words)
}

pub(super) fn unreadable(facts: &IndicatorFacts) -> Refusal {
    Refusal::new(facts.actual_text, "实际完成值与评分标准对不上", HINT_ACTUAL)
}

/// The target in the unit of the measured number, where it is of the same kind.
pub(super) fn target_in(facts: &IndicatorFacts, unit: &Unit) -> Option<Resolved> {
    let target = facts.target?.quantity()?;
    if unit.is_ratio() {
        if !target.unit.is_ratio() {
            return None;
        }
        if let Some((a, b)) = target.fraction {
            return Some(Resolved { expr: Expr::Var(Var::Target).over(Var::TargetBase), value: a.over(b)? });
        }
        return Some(Resolved { expr: Expr::Var(Var::Target), value: target.in_base()? });
    }
    if target.unit.is_ratio() || target.fraction.is_some() || !same_kind(&target.unit, unit) {
        return None;
    }
    let (expr, factor) = factor_between(Expr::Var(Var::Target), &target.unit, unit)?;
    Some(Resolved { expr, value: factor.times(target.number)? })
}

/// The inputs with the target's, where it is a quantity.
pub(super) fn with_target(mut inputs: Vec<Input>, facts: &IndicatorFacts) -> Vec<Input> {
    let Some(target) = facts.target.and_then(Notation::quantity) else { return inputs };
    if let Some((a, b)) = target.fraction {
        inputs.push(Input { var: Var::Target, value: a.into() });
        inputs.push(Input { var: Var::TargetBase, value: b.into() });
    } else {
        let number = if target.unit.is_ratio() { target.in_base() } else { Some(target.number) };
        inputs.push(Input { var: Var::Target, value: Value::from(number) });
    }
    inputs
}

/// Faults counted.
pub(super) fn counted(number: Number, unit: &Unit, facts: &IndicatorFacts) -> Measurement {
    Measurement {
        x: Expr::Var(Var::Actual),
        value: number,
        target: None,
        unit: unit.clone(),
        inputs: with_target(vec![Input { var: Var::Actual, value: number.into() }], facts),
        direction: Direction { cap: true, explicit: false, open: None },
        shown: if number.is_zero() { "未发现".to_owned() } else { format!("实际{number}{unit}") },
        is_share: false,
        tells: Tells::Faults,
    }
}
