//! What the points are given for. One check a file.

mod criterion_points_differ;
mod level_weights_off_scheme;
mod not_applicable_not_rescaled;
pub(super) mod noted;
mod output_benefit_weight_low;
mod weight_too_high;
mod weight_zero;

use super::Check;

/// Its checks, in the order of the alphabet.
pub(super) const CHECKS: &[Check] = &[
    criterion_points_differ::check,
    level_weights_off_scheme::check,
    not_applicable_not_rescaled::check,
    output_benefit_weight_low::check,
    weight_too_high::check,
    weight_zero::check,
];
