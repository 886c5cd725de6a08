//! What was done, what it earned, and what is said of it. One check a file.

mod abolished_document_cited;
mod actual_differs_from_review;
mod actuals_all_equal_targets;
mod all_full_marks;
mod amount_per_unit;
mod budget_adjusted_targets_not;
mod budget_change_unexplained;
mod completion_after_year;
mod completion_date_implausible;
mod declared_names;
mod deduction_percent_differs;
mod deviation_differs;
mod easy_indicators_only_kept;
mod execution_below_90_unexplained;
mod explained;
mod full_score_without_basis;
mod header_field_missing;
mod indicator_not_declared;
mod low_execution_full_outputs;
mod met_item_without_fact;
mod reason_copied;
mod reason_says_nothing_specific;
mod reason_without_deduction;
mod remark_contradicts_score;
mod review_score_above_self;
mod review_score_blank;
mod reviewed;
mod same_remark_other_share;
mod score_and_execution_diverge;
mod signature_missing;
mod target_changed_from_declaration;
mod too_many_qualitative_met;
mod unaccepted_but_full_quantity;
mod unit_cost_implausible;
mod weight_changed_from_declaration;
mod year_mismatch;
mod zero_spending_with_output;
mod zero_without_evidence_note;

use super::Check;

/// Its checks, in the order of the alphabet.
pub(super) const CHECKS: &[Check] = &[
    abolished_document_cited::check,
    actual_differs_from_review::check,
    actuals_all_equal_targets::check,
    all_full_marks::check,
    amount_per_unit::check,
    budget_adjusted_targets_not::check,
    budget_change_unexplained::check,
    completion_after_year::check,
    completion_date_implausible::check,
    deduction_percent_differs::check,
    deviation_differs::check,
    easy_indicators_only_kept::check,
    execution_below_90_unexplained::check,
    full_score_without_basis::check,
    header_field_missing::check,
    indicator_not_declared::check,
    low_execution_full_outputs::check,
    met_item_without_fact::check,
    reason_copied::check,
    reason_says_nothing_specific::check,
    reason_without_deduction::check,
    remark_contradicts_score::check,
    review_score_above_self::check,
    review_score_blank::check,
    same_remark_other_share::check,
    score_and_execution_diverge::check,
    signature_missing::check,
    target_changed_from_declaration::check,
    too_many_qualitative_met::check,
    unaccepted_but_full_quantity::check,
    unit_cost_implausible::check,
    weight_changed_from_declaration::check,
    year_mismatch::check,
    zero_spending_with_output::check,
    zero_without_evidence_note::check,
];
