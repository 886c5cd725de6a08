//! Days after a deadline.

use crate::base::{Date, Number};
use crate::expr::{Expr, Var};
use crate::notation::{Days, Dimension, Notation, Quantity, Sign, normalise, scan_number};

use super::answer::late::than_planned;
use super::measure::{Direction, HINT_TARGET, Measurement, Resolved};
use super::reason::Tells;
use super::reckon::unreadable;
use super::{Facts, Input, Refusal};

/// The deadline: the one that the criterion names, or the target.
pub(super) fn deadline(own: Option<Date>, facts: &Facts) -> Result<Days, Refusal> {
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
            Err(Refusal::new(facts.target_text, why, "请在指标值中写明完成日期。"))
        }
    }
}

/// Days from the deadline to the day of completion; a day known only roughly gives both ends.
pub(super) fn lateness(own: Option<Date>, actual: Days, facts: &Facts) -> Result<Vec<Measurement>, Refusal> {
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
pub(super) fn days_late(late: Number, dates: Vec<Input>, facts: &Facts) -> Measurement {
    let (x, inputs) = if dates.is_empty() {
        (Expr::Var(Var::Actual), vec![Input { var: Var::Actual, value: late.into() }])
    } else {
        (Expr::Var(Var::Actual).minus(Var::Target), dates)
    };
    after_deadline(x, late, "天", inputs, facts)
}

/// 33天 against ≤30天: how much longer it took than the target allows, in their unit.
pub(super) fn overrun(took: &Quantity, facts: &Facts) -> Result<Measurement, Refusal> {
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
    facts: &Facts,
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
pub(super) fn stated_lateness(text: &str, units: &[&str]) -> Option<Number> {
    const LATE: [&str; 10] =
        ["逾期", "延期", "延误", "延迟", "推迟", "超期", "拖期", "滞后", "晚于计划", "晚"];
    let plain = normalise(text);
    let plain = than_planned(plain.as_str().trim());
    let rest = LATE.iter().find_map(|word| plain.strip_prefix(word))?;
    let rest = rest.strip_prefix('了').unwrap_or(rest).trim_start();
    let (days, taken) = scan_number(rest)?;
    let unit = rest.get(taken..)?.trim();
    let ends = ["", "完成", "完工", "竣工", "验收", "交付", "报送"];
    let whole = units.iter().any(|word| unit.strip_prefix(word).is_some_and(|rest| ends.contains(&rest)));
    (whole && days.places == 0 && !days.value.is_negative()).then_some(days.value)
}

/// Excel's serial number of a day.
fn serial(day: Date) -> Option<Number> {
    let epoch = Date::new(1899, 12, 30).ok()?;
    let days = epoch.until(day).ok()?.get_days();
    u32::try_from(days).ok().map(Number::from)
}
