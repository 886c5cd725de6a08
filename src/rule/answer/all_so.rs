//! Answers that all of it is so as the rate is called: 已全部验收合格 under 验收合格率.

use crate::base::Number;
use crate::notation::{Quantity, Unit};
use crate::words::{self, Class};

use super::super::IndicatorFacts;
use super::super::graded::Graded;
use super::parts::AnswerPart;
use super::{Answer, names};

/// 已全部验收合格 under 验收合格率, 12个项目全部按期完成 under 按期完成率: all of it.
pub(super) fn all_so(part: &AnswerPart, rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let text = match &part.amount {
        None => part.before.as_str(),
        Some(amount)
            if part.before.is_empty()
                && amount.sign.is_none()
                && amount.unit.dimension.is_of_things()
                // 一期工程全部完成 is of a part.
                && !words::of(Class::PhaseUnits).has(&amount.unit.word) =>
        {
            let at = words::of(Class::AllOfThem).find(&part.after).map(|(at, _)| at)?;
            let thing = part.after.get(..at)?.trim_end_matches('已');
            part.after.get(at..).filter(|_| thing.chars().count() <= MAX_THING)?
        }
        Some(_) => return None,
    };
    let act = words::of(Class::AllOfThem).strip(text.trim_start_matches('已'))?;
    let act = act.trim_start_matches('已');
    let stem = |name: &str| name.strip_suffix('率').map(str::to_owned);
    let so = |name: &str| {
        stem(name).is_some_and(|stem| stem == act || (stem.ends_with(act) && act.chars().nth(1).is_some()))
    };
    let denied = words::of(Class::Negations).within(act);
    (names(rule, facts).any(so) && !denied)
        .then(|| Answer::number(Quantity::new(Number::from(100), Unit::percent())))
}

/// Names of what was done are short.
const MAX_THING: usize = 6;
