//! Days after a deadline.

use crate::base::{Date, Number};
use crate::expr::{Expr, Var};
use crate::notation::{Days, Notation, normalise, scan_number};

use super::measure::{Direction, HINT_TARGET, Measurement, Resolved};
use super::reckon::unreadable;
use super::{Facts, Input, Refusal};

/// Days from the deadline to the day of completion; a day known only roughly gives both ends.
pub(super) fn lateness(own: Option<Date>, actual: Days, facts: &Facts) -> Result<Vec<Measurement>, Refusal> {
    let stated = match facts.target {
        Some(Notation::Deadline(day)) => Some(*day),
        Some(Notation::Date(days) | Notation::Period(days)) => Some(days.last),
        _ => None,
    };
    let deadline = match (own, stated) {
        (Some(own), Some(stated)) if own != stated => {
            let why = "指标值与评分标准中的完成日期不一致，无法确定以哪个为准";
            return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
        }
        (Some(day), _) | (None, Some(day)) => day,
        (None, None) => {
            let why = "没有可以对照的完成日期";
            return Err(Refusal::new(facts.target_text, why, "请在指标值中写明完成日期。"));
        }
    };
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
    Measurement {
        x,
        value: late,
        target: Some(Resolved { expr: Number::ZERO.into(), value: Number::ZERO }),
        unit: crate::notation::scan_unit("天").map(|(unit, _)| unit).unwrap_or_default(),
        inputs,
        direction: Direction { cap: true, explicit: true },
        shown: format!("实际{}", facts.actual_text.trim()),
        is_share: false,
    }
}

/// 逾期18天, 推迟3天完成: the days late that a text states itself. 工作日 are no days of the calendar.
pub(super) fn stated_days(text: &str) -> Option<Number> {
    const LATE: [&str; 10] =
        ["逾期", "延期", "延误", "延迟", "推迟", "超期", "拖期", "滞后", "晚于计划", "晚"];
    let plain = normalise(text);
    let rest = LATE.iter().find_map(|word| plain.as_str().trim().strip_prefix(word))?;
    let rest = rest.strip_prefix('了').unwrap_or(rest).trim_start();
    let (days, taken) = scan_number(rest)?;
    let unit = rest.get(taken..)?.trim();
    let ends = ["", "完成", "完工", "竣工", "验收", "交付", "报送"];
    let whole =
        ["天", "日"].iter().any(|day| unit.strip_prefix(day).is_some_and(|rest| ends.contains(&rest)));
    (whole && days.places == 0 && !days.value.is_negative()).then_some(days.value)
}

/// Excel's serial number of a day.
fn serial(day: Date) -> Option<Number> {
    let epoch = Date::new(1899, 12, 30).ok()?;
    let days = epoch.until(day).ok()?.get_days();
    u32::try_from(days).ok().map(Number::from)
}
