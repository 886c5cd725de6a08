//! What is promised: targets, their signs and units. One check a file.

mod completion_outside_band;
mod cost_only_total_budget;
mod cost_target_above_budget;
mod cost_target_is_floor;
mod count_with_fraction;
mod deadline_outside_year;
mod indicator_in_wrong_category;
mod nature_and_value_conflict;
mod output_indicator_qualitative;
mod percent_twice;
mod qualitative_share_high;
mod quantity_indicator_is_rate;
mod rate_indicator_without_rate;
mod rate_target_in_words;
mod satisfaction_target_unusual;
mod spending_rate_as_output;
mod standard_basis_missing;
mod target_is_a_range;
mod target_too_easy;
mod target_word_vague;
mod targets_all_100_percent;
mod targets_identical;
mod timeliness_without_date;
mod too_many_decimals;

use super::Check;

/// Its checks, in the order of the alphabet.
pub(super) const CHECKS: &[Check] = &[
    completion_outside_band::check,
    cost_only_total_budget::check,
    cost_target_above_budget::check,
    cost_target_is_floor::check,
    count_with_fraction::check,
    deadline_outside_year::check,
    indicator_in_wrong_category::check,
    nature_and_value_conflict::check,
    output_indicator_qualitative::check,
    percent_twice::check,
    qualitative_share_high::check,
    quantity_indicator_is_rate::check,
    rate_indicator_without_rate::check,
    rate_target_in_words::check,
    satisfaction_target_unusual::check,
    spending_rate_as_output::check,
    standard_basis_missing::check,
    target_is_a_range::check,
    target_too_easy::check,
    target_word_vague::check,
    targets_all_100_percent::check,
    targets_identical::check,
    timeliness_without_date::check,
    too_many_decimals::check,
];
