//! Days after a deadline.

use crate::base::{Date, Number};
use crate::expr::{Expr, Var};
use crate::notation::{Days, Dimension, Notation, Quantity, Sign, Unit, normalise, scan_number};

use super::answer::late::than_planned;
use super::award::Award;
use super::graded::Graded;
use super::measure::{Direction, HINT_ACTUAL, HINT_TARGET, Measure, Measurement, Resolved};
use super::reason::Tells;
use super::reckon::unreadable;
use super::span::{Amount, Point};
use super::{IndicatorFacts, Input, Refusal};
use crate::words::{Lexicon, list};

/// The deadline: the one that the criterion names, or the target.
pub(super) fn deadline(own: Option<Date>, facts: &IndicatorFacts) -> Result<Days, Refusal> {
    let stated = match facts.target {
        Some(Notation::Deadline(day)) => Some(Days::day(*day)),
        Some(Notation::Date(days) | Notation::Period(days)) => Some(*days),
        _ => None,
    };
    match (own, stated) {
        (Some(own), Some(stated)) if own != stated.last => {
            let why = "指标值与评分标准中的完成日期不一致，无法确定以哪个为准";
            Err(Refusal::new(facts.target_text, why, HINT_TARGET))
        }
        (_, Some(days)) => Ok(days),
        (Some(day), None) => Ok(Days::day(day)),
        (None, None) => {
            let why = "没有可以对照的完成日期";
            // A part of a criterion may have no target of its own.
            let words = if facts.target_text.is_empty() { "指标值" } else { facts.target_text };
            Err(Refusal::new(words, why, "请在指标值中写明完成日期。"))
        }
    }
}

/// Days from the deadline to the day of completion; a day known only roughly gives both ends.
pub(super) fn lateness(
    own: Option<Date>,
    actual: Days,
    facts: &IndicatorFacts,
) -> Result<Vec<Measurement>, Refusal> {
    let deadline = deadline(own, facts)?.last;
    let mut ways = Vec::new();
    for day in [actual.last, actual.first] {
        let (Some(done), Some(due)) = (serial(day), serial(deadline)) else {
            return Err(unreadable(facts));
        };
        let inputs = vec![
            Input { var: Var::Target, value: due.into() },
            Input { var: Var::Actual, value: done.into() },
        ];
        let late = done.minus(due).ok_or_else(|| unreadable(facts))?;
        ways.push(days_late(late, inputs, facts));
        if actual.first == actual.last {
            break;
        }
    }
    Ok(ways)
}

/// Days after the deadline; without dates the days themselves are the input.
pub(super) fn days_late(late: Number, dates: Vec<Input>, facts: &IndicatorFacts) -> Measurement {
    let (x, inputs) = if dates.is_empty() {
        (Expr::Var(Var::Actual), vec![Input { var: Var::Actual, value: late.into() }])
    } else {
        (Expr::Var(Var::Actual).minus(Var::Target), dates)
    };
    after_deadline(x, late, "天", inputs, facts)
}

/// 逾期2个工作日: working days, of which only what was told says how many they are.
pub(super) fn workdays_late(late: Number, facts: &IndicatorFacts) -> Measurement {
    let inputs = vec![Input { var: Var::Actual, value: late.into() }];
    after_deadline(Expr::Var(Var::Actual), late, "个工作日", inputs, facts)
}

/// 33天 against ≤30天: how much longer it took than the target allows, in their unit.
pub(super) fn overrun(took: &Quantity, facts: &IndicatorFacts) -> Result<Measurement, Refusal> {
    let allowed = facts.target.and_then(Notation::quantity).ok_or_else(|| unreadable(facts))?;
    let timed = matches!(took.unit.dimension, Dimension::Time | Dimension::Months | Dimension::Workdays);
    let plain = took.sign.is_none() && took.fraction.is_none() && allowed.fraction.is_none();
    let floor = allowed.sign.is_some_and(|sign| !matches!(sign, Sign::AtMost | Sign::Equal));
    if !timed || !plain || floor || took.unit != allowed.unit {
        return Err(unreadable(facts));
    }
    let late = took.number.minus(allowed.number).ok_or_else(|| unreadable(facts))?;
    let inputs = vec![
        Input { var: Var::Target, value: allowed.number.into() },
        Input { var: Var::Actual, value: took.number.into() },
    ];
    Ok(after_deadline(Expr::Var(Var::Actual).minus(Var::Target), late, &took.unit.word, inputs, facts))
}

/// How long after the deadline, in a unit of time.
pub(super) fn after_deadline(
    x: Expr,
    late: Number,
    unit: &str,
    inputs: Vec<Input>,
    facts: &IndicatorFacts,
) -> Measurement {
    Measurement {
        x,
        value: late,
        target: Some(Resolved { expr: Number::ZERO.into(), value: Number::ZERO }),
        unit: crate::notation::scan_unit(unit).map(|(unit, _)| unit).unwrap_or_default(),
        inputs,
        direction: Direction { cap: true, explicit: true, open: None },
        shown: format!("实际{}", facts.actual_text.trim()),
        is_share: false,
        tells: Tells::Late,
    }
}

/// 逾期18天, 推迟3天完成, 推迟2个月: how late a text states itself, in one of these units. 工作日 are no days of the
/// calendar.
fn stated_lateness(text: &str, units: &Lexicon) -> Option<Number> {
    let plain = normalise(text);
    let text = than_planned(plain.as_str().trim());
    let text = text.strip_prefix("未经").and_then(|rest| list::ALLOWED.strip(rest)).unwrap_or(text);
    let rest = list::STATED_LATE.strip(text)?;
    let rest = rest.strip_prefix('了').unwrap_or(rest).trim_start();
    let (days, taken) = scan_number(rest)?;
    let unit = rest.get(taken..)?.trim();
    let whole = units.iter().any(|word| unit.strip_prefix(word).is_some_and(is_finishing));
    (whole && days.places == 0 && !days.value.is_negative()).then_some(days.value)
}

impl Graded {
    /// Whether what counts is working days, and nothing else.
    pub(super) fn counts_workdays(&self) -> bool {
        let of = |unit: &Unit| unit.dimension == Dimension::Workdays;
        let mut steps = self.all_awards().filter_map(|award| match award {
            Award::Steps(steps) => Some(of(&steps.size.unit)),
            _ => None,
        });
        let bounds = self.points().all(|at| match at {
            Point::Value(amount) => amount.number.is_zero() || of(&amount.unit),
            _ => true,
        });
        steps.next().is_some_and(|first| first && steps.all(|own| own)) && bounds
    }

    /// What came late with leave is in time where the criterion says so: whether it had leave must be said.
    pub(super) fn with_leave(
        &self,
        ways: Vec<Measurement>,
        facts: &IndicatorFacts,
    ) -> Result<Vec<Measurement>, Refusal> {
        let late = ways.iter().any(|way| !way.value.is_zero() && !way.value.is_negative());
        if self.approved && late && !facts.actual_text.contains("未经") {
            let why = "评分标准对经批准的延期另有规定，没有写明延期是否经过批准";
            let hint = "请写明，例如“经批准延期2个月”“未经批准延期2个月”；也可由评审人员打分。";
            return Err(Refusal::new(facts.actual_text, why, hint));
        }
        Ok(ways)
    }

    /// 逾期3天, 提前10天: what the words themselves say of lateness.
    pub(super) fn stated_days(
        &self,
        units: &Lexicon,
        late: impl Fn(Number) -> Measurement,
        facts: &IndicatorFacts,
    ) -> Result<Option<Vec<Measurement>>, Refusal> {
        if !matches!(self.measure, Measure::Lateness(_)) {
            return Ok(None);
        }
        if let Some(stated) = stated_lateness(facts.actual_text, units) {
            return self.with_leave(vec![late(stated)], facts).map(Some);
        }
        Ok(self.earliness(facts)?.map(|early| early.into_iter().map(late).collect()))
    }

    /// 提前10天 where days before the deadline earn points of their own: so many days, or any number of them.
    fn earliness(&self, facts: &IndicatorFacts) -> Result<Option<Vec<Number>>, Refusal> {
        let counts =
            self.points().any(|at| matches!(at, Point::Value(Amount { number, .. }) if number.is_negative()));
        let plain = normalise(facts.actual_text);
        let text = plain.as_str().trim();
        if !counts || !text.contains("提前") {
            return Ok(None);
        }
        let unclear = || Refusal::new(facts.actual_text, "没有写明提前了多少天", HINT_ACTUAL);
        let rest = text.strip_prefix('已').unwrap_or(text).strip_prefix("提前").ok_or_else(unclear)?;
        let rest = rest.strip_prefix('了').unwrap_or(rest).trim_start();
        if is_finishing(rest) {
            let days = [1_u32, 100_000].map(|days| Number::ZERO.minus(Number::from(days)));
            return Ok(Some(days.into_iter().flatten().collect()));
        }
        let (days, taken) = scan_number(rest).ok_or_else(unclear)?;
        let behind = rest.get(taken..).unwrap_or_default();
        let whole = list::DAYS_APART.strip(behind);
        match whole.filter(|behind| is_finishing(behind) && days.places == 0 && !days.value.is_negative()) {
            Some(_) => Ok(Some(Number::ZERO.minus(days.value).into_iter().collect())),
            None => Err(unclear()),
        }
    }
}

/// Whether what stands behind a number of days leaves it what it is: nothing, or what was finished (逾期3天完成).
fn is_finishing(behind: &str) -> bool {
    behind.is_empty() || list::FINISHINGS.has(behind)
}

/// Excel's serial number of a day.
fn serial(day: Date) -> Option<Number> {
    let epoch = Date::new(1899, 12, 30).ok()?;
    let days = epoch.until(day).ok()?.get_days();
    u32::try_from(days).ok().map(Number::from)
}
