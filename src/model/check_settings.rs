//! What the checks hold a case against: words and limits, and what a profile rules of single checks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::{FindingId, Severity};
use super::survey::SurveySettings;
use crate::base::Number;

/// What one check is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRule {
    /// Whether it is wanted.
    pub on: bool,
    /// How grave what it finds is.
    pub severity: Severity,
    /// Its limits, in the order of the profile.
    pub limits: Vec<Number>,
}

/// The words and limits that checks hold a form against: `None` and empty lists say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CheckLimits {
    /// Categories (二级指标) that one indicator hardly covers.
    pub broad_categories: Vec<String>,
    /// Actual ÷ target in percent from which an over-achievement must be explained.
    pub over_achieved_percent: Option<Number>,
    /// The actual from which an over-achievement must be explained where the target is 0.
    pub over_achieved_at_zero: Option<Number>,
    /// The month at whose end monitoring forms stand that do not say it themselves.
    pub monitoring_month: Option<Number>,
    /// By how many percentage points spending may be behind the time elapsed; without it nothing is said of that.
    pub monitoring_behind_points: Option<Number>,
    /// By how many percent a target may be worse than what was done before without a reason.
    pub target_below_history_percent: Option<Number>,
    /// Words that fill a reason's cell and say nothing.
    pub empty_reasons: Vec<String>,
    /// What is asked of surveys.
    pub survey: SurveySettings,
}

impl CheckLimits {
    /// These, where the upper ones say nothing.
    #[must_use]
    pub fn under(&self, upper: &Self) -> Self {
        let list = |upper: &Vec<String>, lower: &Vec<String>| {
            if upper.is_empty() { lower.clone() } else { upper.clone() }
        };
        Self {
            broad_categories: list(&upper.broad_categories, &self.broad_categories),
            over_achieved_percent: upper.over_achieved_percent.or(self.over_achieved_percent),
            over_achieved_at_zero: upper.over_achieved_at_zero.or(self.over_achieved_at_zero),
            monitoring_month: upper.monitoring_month.or(self.monitoring_month),
            monitoring_behind_points: upper.monitoring_behind_points.or(self.monitoring_behind_points),
            target_below_history_percent: upper
                .target_below_history_percent
                .or(self.target_below_history_percent),
            empty_reasons: list(&upper.empty_reasons, &self.empty_reasons),
            survey: self.survey.under(&upper.survey),
        }
    }
}

/// What the checks hold a case against (`checks` of the mapping, the shipped ones in `mappings/common.toml` and
/// `mappings/profiles`). Without a setting nothing is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckSettings {
    /// Words and limits.
    pub limits: CheckLimits,
    /// The checks that a profile sets.
    pub rules: BTreeMap<FindingId, CheckRule>,
}

impl CheckSettings {
    /// A limit of a check, counted from 0.
    pub fn limit(&self, id: FindingId, at: usize) -> Option<Number> {
        self.rules.get(&id)?.limits.get(at).copied()
    }

    /// Whether findings of the kind are wanted.
    pub fn wants(&self, id: FindingId) -> bool {
        self.rules.get(&id).is_none_or(|rule| rule.on)
    }

    /// How grave a finding is: as it is set, else as the catalogue has it.
    pub fn severity(&self, id: FindingId) -> Severity {
        self.rules.get(&id).map_or_else(|| id.severity(), |rule| rule.severity)
    }
}
