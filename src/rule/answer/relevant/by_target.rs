//! That the target was reached, without the figure: 达到目标 under a target of at least 85%. All that it may be then is tried.

use crate::notation::{Notation, Sign};
use crate::rule::Measure;
use crate::words::list;

use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let target = said.facts.target.and_then(Notation::quantity).filter(|t| t.fraction.is_none())?;
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() || target.number.is_zero() {
        return None;
    }
    let cap = match target.sign {
        None | Some(Sign::AtLeast) => false,
        Some(Sign::AtMost) => true,
        _ => return None,
    };
    let way = |reached: &str, other: &str| if cap { other.to_owned() } else { reached.to_owned() };
    let text = said.text.as_str();
    let led = if list::TARGETS_REACHED.has(text) {
        way("不低于", "不高于")
    } else if list::TARGETS_EXCEEDED.has(text) && !cap {
        "超过".to_owned()
    } else if list::TARGETS_MISSED.has(text) {
        way("低于", "超过")
    } else {
        return None;
    };
    let figure = said.facts.target_text.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
    (!figure.is_empty()).then(|| Relevant::Text(format!("{led}{figure}")))
}
