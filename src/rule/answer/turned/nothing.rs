//! Nothing of what a rate is a rate of: 无结转结余 under 结转结余率, 无差错 under 差错率 and 准确率.

use crate::base::Number;
use crate::notation::{Quantity, Unit};
use crate::rule::Measure;
use crate::words::{self, Class};

use super::super::super::Refusal;
use super::super::Answer;
use super::super::amounts::OPPOSITES;
use super::{Said, Turned};

pub(super) fn turn(said: &Said) -> Result<Option<Turned>, Refusal> {
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() {
        return Ok(None);
    }
    let Some(thing) = words::of(Class::FoundNone).strip(&said.text) else { return Ok(None) };
    let thing = thing.strip_suffix("情况").unwrap_or(thing);
    if thing.chars().nth(1).is_none() {
        return Ok(None);
    }
    let rate = format!("{thing}率");
    let all = |test: &dyn Fn(&str) -> bool| said.names().next().is_some() && said.names().all(test);
    let none = all(&|name| name.ends_with(&rate) || name.ends_with(&format!("{thing}发生率")));
    let whole = all(&|name| OPPOSITES.iter().any(|(good, bad)| name.ends_with(good) && *bad == rate));
    let percent = if none {
        Number::ZERO
    } else if whole {
        Number::from(100)
    } else {
        return Ok(None);
    };
    Ok(Some(Turned::Answer(Answer::number(Quantity::new(percent, Unit::percent())))))
}
