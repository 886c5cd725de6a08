//! 完成率≥1, 完成率达到100: the figures of a rate, written without a unit.

use crate::base::Number;
use crate::criterion::meaning::draft::{StepsDraft, refuse};
use crate::criterion::meaning::rungs::Rung;
use crate::notation::{Notation, Unit, is_rate_name};
use crate::rule::{Amount, Definition, Point, Refusal, Subject};
use crate::words::list;

/// Gives the bare figures of a rate their unit, where the target is a rate or an amount: of neither could a count be compared
/// with 1. A target without a unit (师生比0.08) is of the same kind as the figures.
pub(super) fn bare_rates(
    target: Option<&Notation>,
    subject: &Subject,
    definition: Option<&Definition>,
    rungs: &mut [Rung],
    steps: &mut Option<StepsDraft>,
) -> Result<(), Refusal> {
    // 完成率≥1 without a target is a rate all the same.
    let rate = matches!(subject, Subject::Named(name) if is_rate_name(name));
    let known = target.and_then(Notation::quantity);
    if known.is_some_and(|t| t.unit.is_bare()) || (known.is_none() && !rate) {
        return Ok(());
    }
    let quotient = definition.is_some_and(|definition| definition.is_quotient);
    let named = match subject {
        Subject::Named(name) => {
            is_rate_name(name) || list::COMPLETION_ENDINGS.ends(name) || name.contains('/')
        }
        Subject::Unnamed => known.is_some_and(|t| t.unit.is_ratio()),
    };
    if !quotient && !named {
        return Ok(());
    }
    let mut figures: Vec<&mut Amount> = Vec::new();
    if let Some(steps) = steps {
        figures.push(&mut steps.clause.size);
        figures.extend(steps.clause.from.as_mut().and_then(in_point));
        figures.extend(in_rungs(steps.own.as_mut_slice()));
    }
    figures.extend(in_rungs(rungs));
    figures.retain(|amount| amount.unit.is_bare());
    let Some(most) = figures.iter().map(|amount| amount.number).max().filter(|most| !most.is_zero()) else {
        return Ok(());
    };
    let times = match most {
        n if n <= Number::from(2) => Number::from(100),
        n if n >= Number::from(50) && n <= Number::from(200) => Number::ONE,
        _ => return refuse(&most.to_string(), "是比率的界限，没有写单位，无法确定是百分之几"),
    };
    for amount in figures {
        let Some(number) = amount.number.times(times) else {
            return refuse(&most.to_string(), "数值超出可精确计算的范围");
        };
        *amount = Amount { number, unit: Unit::percent() };
    }
    Ok(())
}

fn in_rungs(rungs: &mut [Rung]) -> impl Iterator<Item = &mut Amount> {
    let ends = rungs
        .iter_mut()
        .filter_map(Rung::stretch_mut)
        .flat_map(|s| [s.lower.as_mut(), s.upper.as_mut()])
        .flatten();
    ends.filter_map(|end| in_point(&mut end.at))
}

fn in_point(point: &mut Point) -> Option<&mut Amount> {
    match point {
        Point::Value(amount) => Some(amount),
        _ => None,
    }
}
