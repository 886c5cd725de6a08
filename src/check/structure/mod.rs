//! What a form is made of: levels, names, goals. One check a file.

mod category_without_indicator;
mod cost_indicator_missing;
mod goal_empty_or_too_short;
mod goal_figure_missed;
mod goal_figure_without_indicator;
mod goal_in_past_tense;
mod goal_part_unreported;
mod goal_result_copied;
mod indicator_duplicated;
mod indicator_near_duplicate;
mod level_pair_invalid;
mod name_holds_target;
mod name_is_a_sentence;
mod name_malformed;
mod output_and_benefit_duplicated;
mod satisfaction_indicator_missing;

use super::Check;

/// Its checks, in the order of the alphabet.
pub(super) const CHECKS: &[Check] = &[
    category_without_indicator::check,
    cost_indicator_missing::check,
    goal_empty_or_too_short::check,
    goal_figure_missed::check,
    goal_figure_without_indicator::check,
    goal_in_past_tense::check,
    goal_part_unreported::check,
    goal_result_copied::check,
    indicator_duplicated::check,
    indicator_near_duplicate::check,
    level_pair_invalid::check,
    name_holds_target::check,
    name_is_a_sentence::check,
    name_malformed::check,
    output_and_benefit_duplicated::check,
    satisfaction_indicator_missing::check,
];
