//! How much of the target was reached.

use crate::base::Ratio;
use crate::notation::Dimension;

use super::measure::Measurement;
use super::reason::Tells;

/// How much of the target was reached.
pub(super) fn rate_of(on: &Measurement) -> Option<Ratio> {
    if on.is_share {
        return Some(Ratio::new(on.value.get()));
    }
    // How far off it is says nothing of how much was reached.
    if on.tells == Tells::Deviation {
        return None;
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
