//! Months after a deadline: whole months, and whether a part of another has begun.

use jiff::ToSpan as _;

use crate::base::{Date, Number};
use crate::expr::{Expr, Var};
use crate::notation::{Days, Dimension, Unit};

use super::days::after_deadline;
use super::graded::Graded;
use super::measure::Measurement;
use super::reckon::unreadable;
use super::span::Point;
use super::{Award, IndicatorFacts, Input, Partial, Refusal};

/// A part of a month that has begun. It is more than nothing and less than a month, which is all that conditions in
/// whole months and steps that are rounded ask for; nothing says how much of a month it is.
const BEGUN: &str = "0.5";

impl Graded {
    /// Whether lateness counts in months: a bound or a step is so many of them.
    pub(super) fn counts_months(&self) -> bool {
        let months = |unit: &Unit| unit.dimension == Dimension::Months;
        let bound = self.points().any(|at| matches!(at, Point::Value(amount) if months(&amount.unit)));
        let stepped = self.all_awards().any(|award| matches!(award, Award::Steps(s) if months(&s.size.unit)));
        bound || stepped
    }

    /// Whether every bound and step is so many times this many months: quarters beside quarters.
    fn counts_in(&self, months: i32) -> bool {
        let whole = |unit: &Unit| {
            unit.dimension != Dimension::Months
                || u32::try_from(months).is_ok_and(|months| unit.factor == Number::from(months))
        };
        let bounds = self.points().all(|at| match at {
            Point::Value(amount) => amount.number.is_zero() || whole(&amount.unit),
            _ => true,
        });
        bounds && self.all_awards().all(|award| !matches!(award, Award::Steps(s) if !whole(&s.size.unit)))
    }

    /// What cannot be told of a month that has only begun.
    fn needs_parts(&self) -> bool {
        let broken = |at: &Point| match at {
            Point::Value(a) => a.number.round(0) != a.number,
            _ => false,
        };
        self.points().any(broken)
            || self.all_awards().any(|award| match award {
                Award::Steps(steps) => steps.partial == Partial::Proportional,
                other => other.moves(),
            })
    }

    /// Months from the deadline to the day of completion, in each of the ways the dates allow.
    pub(super) fn months_late(
        &self,
        deadline: Days,
        actual: Days,
        facts: &IndicatorFacts,
    ) -> Result<Vec<Measurement>, Refusal> {
        let mut found: Vec<(Number, bool)> = Vec::new();
        // May against March is two months, whatever the days.
        if let (Some(due), Some(done)) = (whole_months(deadline), whole_months(actual))
            && due.1 == done.1
            && (due.1 == 0 || self.counts_in(due.1.saturating_add(1)))
        {
            found
                .push((Number::from(u32::try_from(done.0.saturating_sub(due.0)).unwrap_or_default()), false));
        } else {
            for day in [actual.last, actual.first] {
                for end_of_month in [true, false] {
                    found.extend(between(deadline.last, day, end_of_month));
                }
            }
        }
        found.dedup();
        if found.is_empty() {
            return Err(unreadable(facts));
        }
        if found.iter().any(|(_, begun)| *begun) && self.needs_parts() {
            let why = "没有写明不足一个月如何计算";
            return Err(Refusal::new(
                facts.actual_text,
                why,
                "请补充说明不足一个月的怎样扣分，或由评审人员打分。",
            ));
        }
        let begun: Number = BEGUN.parse().map(Number::new).unwrap_or_default();
        found
            .into_iter()
            .map(|(months, part)| {
                let late = if part { months.plus(begun) } else { Some(months) };
                late.map(|late| months_measured(late, facts)).ok_or_else(|| unreadable(facts))
            })
            .collect()
    }
}

/// So many months late, as a number that stands in no cell.
pub(super) fn months_measured(late: Number, facts: &IndicatorFacts) -> Measurement {
    let inputs = vec![Input { var: Var::Actual, value: late.into() }];
    after_deadline(Expr::Var(Var::Actual), late, "个月", inputs, facts)
}

/// A stretch of whole months: its last month, counted from the year 0, and how many there are.
fn whole_months(days: Days) -> Option<(i32, i32)> {
    let number = |day: Date| i32::from(day.year()).checked_mul(12)?.checked_add(i32::from(day.month()));
    let whole = days.first.day() == 1 && days.last == days.last.last_of_month();
    let (first, last) = (number(days.first)?, number(days.last)?);
    whole.then(|| (last, last.saturating_sub(first)))
}

/// Whole months between two days, and whether another has begun. `end_of_month`: what is due on the last day of a
/// month is a month late on the last day of the next.
fn between(due: Date, done: Date, end_of_month: bool) -> Option<(Number, bool)> {
    if done <= due {
        return Some((Number::ZERO, false));
    }
    let after = |months: i32| {
        let day = due.checked_add(months.months()).ok()?;
        let ends = end_of_month && due == due.last_of_month();
        Some(if ends { day.last_of_month() } else { day })
    };
    let apart = i32::from(done.year())
        .checked_sub(i32::from(due.year()))?
        .checked_mul(12)?
        .checked_add(i32::from(done.month()))?
        .checked_sub(i32::from(due.month()))?;
    let whole = if after(apart)? <= done { apart } else { apart.checked_sub(1)? };
    Some((Number::from(u32::try_from(whole).ok()?), after(whole)? < done))
}
