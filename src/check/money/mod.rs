//! What the money was spent on, and when. One check a file.

mod basic_expenditure_in_project;
mod december_rush;
mod entries;
mod entries_cancelled;
mod prepaid_before_year_end;
mod round_sum_entries;
mod spending_off_purpose;
mod unit_cost_exceeds_spent;

use super::Check;

/// Its checks, in the order of the alphabet.
pub(super) const CHECKS: &[Check] = &[
    basic_expenditure_in_project::check,
    december_rush::check,
    entries_cancelled::check,
    prepaid_before_year_end::check,
    round_sum_entries::check,
    spending_off_purpose::check,
    unit_cost_exceeds_spent::check,
];
