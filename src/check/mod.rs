//! Facts → findings: one check a file. A check only looks; what it finds is data.

mod activity_counts_differ;
mod actual_approximate;
mod actual_copies_target;
mod actual_corrected;
mod actual_is_status_word;
mod actual_missing;
mod actual_of_other_kind;
mod actual_scale_inferred;
mod amount_as_quantity_indicator;
mod amounts;
mod budget_adjusted;
mod budget_block_inconsistent;
mod by_other_base;
mod category;
mod completion_rate_differs;
mod criterion_not_read;
mod date_late;
mod declared_without_actual;
mod deduction_differs;
mod direction;
mod execution_rate_differs;
mod execution_score_differs;
mod fact_has_two_values;
mod facts;
mod formula_without_value;
mod grade_differs;
mod history;
mod level_score_differs;
mod likeness;
mod matter_scored_two_ways;
mod money;
mod monitored;
mod name_and_target_disagree;
mod no_complaint_as_satisfaction;
mod not_measurable;
mod number_stored_as_text;
mod older_return;
mod only_one_indicator;
mod over_achieved;
mod promise;
mod rate_out_of_range;
mod reason_missing;
mod results;
mod review_score_differs;
mod sample_too_small;
mod satisfaction_group_mismatch;
mod satisfaction_method_unclear;
mod satisfaction_without_survey;
mod score_above_weight;
mod score_outside_band;
mod score_overridden;
mod spent_exceeds_budget;
mod standard_claimed_not_used;
mod stated_score_differs;
mod structure;
mod sum_by_rule;
mod survey_answers_suspect;
mod survey_differs;
mod survey_outside_period;
mod survey_tally_differs;
mod target_adjusted;
mod target_missing;
mod target_not_met;
mod target_unit_missing;
mod targets;
mod total_differs;
mod unit_mismatch;
mod voices;
mod weights;
mod weights_not_level;
mod weights_not_total;

pub use facts::Facts;
use promise::Promise;
pub use standard_claimed_not_used::uses_standard;

use crate::model::{Case, Finding, FindingId, FormKind};
use crate::notation::in_print;

/// A check: the facts of a case in, its findings out.
type Check = fn(&Facts) -> Vec<Finding>;

/// The checks that are in no group, in the order of the alphabet.
const CHECKS: &[Check] = &[
    activity_counts_differ::check,
    actual_approximate::check,
    actual_corrected::check,
    actual_copies_target::check,
    actual_is_status_word::check,
    actual_missing::check,
    actual_of_other_kind::check,
    actual_scale_inferred::check,
    amount_as_quantity_indicator::check,
    budget_adjusted::check,
    budget_block_inconsistent::check,
    by_other_base::check,
    completion_rate_differs::check,
    criterion_not_read::check,
    date_late::check,
    declared_without_actual::check,
    deduction_differs::check,
    direction::check,
    execution_rate_differs::check,
    execution_score_differs::check,
    fact_has_two_values::check,
    formula_without_value::check,
    grade_differs::check,
    history::check,
    level_score_differs::check,
    matter_scored_two_ways::check,
    monitored::expectation::check,
    monitored::likelihood_unclear::check,
    monitored::money::check,
    monitored::reason_missing::check,
    monitored::sure_without_progress::check,
    name_and_target_disagree::check,
    no_complaint_as_satisfaction::check,
    not_measurable::check,
    number_stored_as_text::check,
    older_return::check,
    only_one_indicator::check,
    over_achieved::check,
    rate_out_of_range::check,
    reason_missing::check,
    review_score_differs::check,
    sample_too_small::check,
    satisfaction_group_mismatch::check,
    satisfaction_method_unclear::check,
    satisfaction_without_survey::check,
    score_above_weight::check,
    score_outside_band::check,
    score_overridden::check,
    spent_exceeds_budget::check,
    standard_claimed_not_used::check,
    stated_score_differs::check,
    survey_answers_suspect::check,
    survey_differs::check,
    survey_outside_period::check,
    survey_tally_differs::check,
    target_adjusted::check,
    target_missing::check,
    target_not_met::check,
    target_unit_missing::check,
    total_differs::check,
    unit_mismatch::check,
    weights_not_level::check,
    weights_not_total::check,
];

/// The checks, those of a group behind each other.
fn all() -> impl Iterator<Item = &'static Check> {
    [CHECKS, structure::CHECKS, targets::CHECKS, weights::CHECKS, results::CHECKS, money::CHECKS]
        .into_iter()
        .flatten()
}

/// All findings of a case: those of intake, of scoring and of the checks, in order.
pub fn run(facts: &Facts) -> Vec<Finding> {
    let mut findings: Vec<Finding> = facts.case.findings.clone();
    findings.extend(facts.reconciliation.findings.iter().cloned());
    findings.extend(all().flat_map(|check| check(facts)));
    let unread = facts.case.score_form.as_ref().is_some_and(|form| form.part_unread);
    // What a ledger's column means explains no fault of a form.
    let forms = facts.case.forms.iter().filter(|form| form.kind != FormKind::Ledger);
    if unread || forms.into_iter().any(|form| form.account.is_open()) {
        findings = findings.into_iter().map(waiting).collect();
    }
    in_order(facts.case, findings)
}

/// Faults of a form that a column which was not used may explain.
const MAY_BE_EXPLAINED: [FindingId; 16] = [
    FindingId::BudgetBlockInconsistent,
    FindingId::ExecutionRateDiffers,
    FindingId::ExecutionScoreDiffers,
    FindingId::GradeDiffers,
    FindingId::LevelScoreDiffers,
    FindingId::RowWithoutName,
    FindingId::ScoreAboveWeight,
    FindingId::ScoreOutsideBand,
    FindingId::SpentExceedsBudget,
    FindingId::StatedScoreByConvention,
    FindingId::StatedScoreDiffers,
    FindingId::TotalDiffers,
    FindingId::TotalFollowsScores,
    FindingId::UnitMismatch,
    FindingId::WeightsNotLevel,
    FindingId::WeightsNotTotal,
];

/// While a person is asked what a column means, nobody is accused of what the answer may explain.
fn waiting(finding: Finding) -> Finding {
    if !MAY_BE_EXPLAINED.contains(&finding.id) {
        return finding;
    }
    // What is asked of it waits, too.
    let fact = finding.message.rsplit_once("，请").map_or(finding.message.as_str(), |(fact, _)| fact);
    let message = format!("待栏目确认后核对：{}。", fact.trim_end_matches('。'));
    Finding::new(FindingId::FindingWaits, finding.at, message)
}

/// What a finding says as it is printed: in the signs of print, and with a full stop where nothing else ends it.
fn sentence(message: &str) -> String {
    let said = in_print(message);
    if said.ends_with(ENDS) { said } else { format!("{said}。") }
}

/// Signs that end a sentence, also before a closing quotation mark.
const ENDS: [char; 5] = ['。', '？', '！', '；', '：'];

/// The findings of a case as they are reported: without those that its mapping or
/// profile does not want, what became of a person's scores
/// first, then errors, then by cell, each once.
pub fn in_order(case: &Case, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|finding| !case.muted.contains(&finding.id) && case.checks.wants(finding.id));
    for finding in &mut findings {
        finding.severity = case.checks.severity(finding.id);
        finding.message = sentence(&finding.message);
    }
    let sheet = |finding: &Finding| {
        let at = finding.at.as_ref()?;
        Some((case.sheets.iter().position(|name| *name == at.sheet), at.cell))
    };
    findings.sort_by_cached_key(|finding| {
        let id = finding.id;
        (!id.is_about_override(), finding.severity, sheet(finding), id, finding.message.clone())
    });
    findings.dedup();
    findings
}
