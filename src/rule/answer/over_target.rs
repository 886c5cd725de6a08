//! Amounts of a formula that divides by the target, where the answer does not repeat it.

use crate::notation::{Notation, Quantity, Unit};
use crate::words::{self, Class};

use super::super::IndicatorFacts;
use super::super::formula::{Definition, Formula};
use super::super::graded::Graded;
use super::Answer;
use super::amount_name::{Found, find, is_called};
use super::amounts::Labelled;
use super::parts::AnswerPart;

/// 360000亩 under 得分=承保面积/目标面积×10 with a target of 36万亩: what the formula names above its line, over the target.
pub(super) fn of_target(
    only: &AnswerPart,
    written: Option<&Definition>,
    facts: &IndicatorFacts,
) -> Option<Answer> {
    let Formula { above, below } = written?.formula()?;
    let ([above], [below]) = (above.as_slice(), below.as_slice()) else { return None };
    let amount = only.amount.as_ref().filter(|q| q.sign.is_none() && q.fraction.is_none())?;
    let target = facts.target.and_then(Notation::quantity).filter(|t| t.fraction.is_none())?;
    let planned = is_planned(&below.name);
    let named = only.after.is_empty() && (only.before.is_empty() || is_called(&above.name, &only.before));
    let alike = target.unit.comparable(&amount.unit) && !amount.unit.is_ratio() && !amount.unit.is_bare();
    let (a, b) = (amount.in_base()?, target.in_base().filter(|b| !b.is_zero())?);
    let fits = planned && named && alike && !above.less && !below.less;
    let fraction = Some((a, b));
    fits.then(|| Some(Answer::number(Quantity { fraction, ..Quantity::new(a.over(b)?, Unit::ratio()) })))?
}

/// 目标总数 of 得分=(新建数+改造数)/目标总数×分值 is the target, where the answer does not say it.
pub(super) fn with_target(amounts: Vec<Labelled>, rule: &Graded, facts: &IndicatorFacts) -> Vec<Labelled> {
    let Some(Formula { below, .. }) = rule.written().and_then(|written| written.formula()) else {
        return amounts;
    };
    let [only] = below.as_slice() else { return amounts };
    let target =
        facts.target.and_then(Notation::quantity).filter(|t| t.fraction.is_none() && !t.unit.is_ratio());
    let said = is_planned(&only.name);
    let alone = amounts.iter().all(|l| target.is_some_and(|t| t.unit.comparable(&l.amount.unit)))
        && !amounts.iter().any(|l| words::of(Class::Planned).begins(&l.label));
    let Some(target) = target.filter(|_| said && alone && matches!(find(&only.name, &amounts), Found::None))
    else {
        return amounts;
    };
    let whole = Labelled {
        label: only.name.clone(),
        noun: false,
        within: false,
        amount: Quantity { sign: None, ..target.clone() },
    };
    amounts.into_iter().chain([whole]).collect()
}

/// 目标总数, 计划面积: what was to be done by the form.
fn is_planned(name: &str) -> bool {
    words::of(Class::Planned).begins(name) && name.starts_with(['目', '计', '任'])
}
