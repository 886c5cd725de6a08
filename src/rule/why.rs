//! What the note of a deduction says of the actual: what was done, and how it stands to the target.

use crate::base::{Number, Ratio};
use crate::notation::Dimension;

use super::Facts;
use super::measure::Measurement;

/// The fact in a note: what was done, and how it stands to the target.
pub(super) fn why(on: &Measurement, facts: &Facts) -> String {
    let target = facts.target_text.trim();
    let has_target = on.target.is_some() && !target.is_empty();
    let compared = on.target.as_ref().map(|t| if on.is_share { Number::ONE } else { t.value });
    match compared {
        Some(t) if has_target && on.value < t => format!("{}，低于目标{target}", on.shown),
        Some(t) if has_target && on.value > t => match &on.unit.dimension {
            Dimension::Time | Dimension::Months | Dimension::Workdays => {
                format!("{}，晚于{target}", on.shown)
            }
            _ if on.unit.is_place() => {
                format!("实际{}，名次在{target}之后", facts.actual_text.trim())
            }
            _ => format!("{}，高于目标{target}", on.shown),
        },
        _ => on.shown.clone(),
    }
}

/// How much of the target was reached.
pub(super) fn rate_of(on: &Measurement) -> Option<Ratio> {
    if on.is_share {
        return Some(Ratio::new(on.value.get()));
    }
    // The fifth place is no part of the third.
    if on.unit.is_place() {
        return None;
    }
    if matches!(on.unit.dimension, Dimension::Time) && on.target.as_ref()?.value.is_zero() {
        return None;
    }
    match &on.target {
        Some(t) if !t.value.is_zero() => on.value.over(t.value).map(|n| Ratio::new(n.get())),
        None if on.unit.is_ratio() => Some(Ratio::new(on.value.get())),
        _ => None,
    }
}
