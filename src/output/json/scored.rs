//! What was scored and reconciled, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::{CellAt, Number, Ratio, Score, Weight};
use crate::model::{State, Voice};
use crate::output::derivation::DerivationLine;

/// The total score.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TotalScore {
    /// Sum of the scores.
    pub total: Score,
    /// Sum of the weights.
    pub full: Weight,
    /// The grade; absent while incomplete.
    pub grade: Option<String>,
    /// Whether scores that the grade rests on wait for a decision of the bureau.
    pub provisional: bool,
    /// The grade as every paper shows it: `未定级` while there is none, `优（暂定）` while it is provisional.
    pub grade_shown: String,
    /// Who decided the grade: `测算`, or in whose name a person put another in its place; absent while there is none.
    pub grade_by: Option<&'static str>,
    /// The grade that the total earns, where a person put another in its place.
    pub computed_grade: Option<String>,
    /// Whether every indicator has a score.
    pub complete: bool,
    /// The total the agency typed.
    pub stated_total: Option<Score>,
    /// The grade the agency typed.
    pub stated_grade: Option<String>,
    /// Whether what a person is asked keeps it open.
    #[serde(skip)]
    pub asked: bool,
}

/// A level-2 result.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Level {
    /// Level 1.
    pub level1: String,
    /// Level 2.
    pub level2: String,
    /// Its weight.
    pub weight: Weight,
    /// Its score.
    pub score: Score,
}

/// An indicator's result.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Indicator {
    /// Level 1.
    pub level1: String,
    /// Level 2.
    pub level2: String,
    /// Name.
    pub name: String,
    /// Points it can earn.
    pub weight: Weight,
    /// The criterion as written.
    pub criterion: Option<String>,
    /// The target as shown.
    pub target: Option<String>,
    /// The actual as shown.
    pub actual: Option<String>,
    /// What it can be held against beside the target: values of other years and of the trade.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<StandardLine>,
    /// The completion rate (1 is 100 %).
    pub rate: Option<Ratio>,
    /// The rule family.
    pub rule: Option<&'static str>,
    /// The canonical criterion sentence.
    pub reading: Option<String>,
    /// How the rule's score came about; absent where no rule gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derivation: Option<DerivationLine>,
    /// Points earned.
    pub score: Option<Score>,
    /// Points taken off.
    pub deduction: Option<Score>,
    /// Why points came off, or why the indicator waits.
    pub note: Option<String>,
    /// The score the agency typed.
    pub stated_score: Option<Score>,
    /// How sure the score is.
    pub state: State,
    /// Who decided the score: `测算` where the rule did, else in whose name a person did; absent while it waits.
    pub decided_by: Option<&'static str>,
    /// Whether a person of the review has still to decide it; `note` says why.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub to_decide: bool,
    /// What the rule gives, where a person put another score in its place or would.
    pub computed: Option<Score>,
    /// What that person typed.
    #[serde(rename = "override")]
    pub overriding: Option<OverrideLine>,
    /// The score's cell.
    #[schemars(with = "Option<String>")]
    pub cell: Option<CellAt>,
}

/// The value of a standard.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StandardLine {
    /// `上年值`, `前年值`, `三年均值`, `行业值` or `参考值`.
    pub standard: &'static str,
    /// The value as shown.
    pub value: String,
    /// Its cell; absent where the form does not say it.
    #[schemars(with = "Option<String>")]
    pub cell: Option<CellAt>,
    /// Where it was taken from, where the form does not say it, in Chinese.
    pub from: Option<String>,
}

/// A score that a person typed in the place of ours.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OverrideLine {
    /// What was typed.
    pub typed: String,
    /// What came of it: `stands`, `draft`, `proposed`, `outdated`, `out-of-range`, `contradicted`, `unreadable`,
    /// `disputed` or `agrees`.
    pub verdict: &'static str,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// In whose name.
    pub voice: Voice,
}

/// A declared target's status.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Declared {
    /// The declared indicator's name.
    pub name: String,
    /// The target as shown.
    pub target: Option<String>,
    /// The actual as shown.
    pub actual: Option<String>,
    /// `met`, `not-met`, `unmatched` or `not-measurable`.
    pub status: &'static str,
    /// The target's cell.
    #[schemars(with = "Option<String>")]
    pub cell: Option<CellAt>,
    /// The name of the indicator that answers it.
    pub matched: Option<String>,
}

/// A stated amount against the ledger.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Reconciled {
    /// What is compared.
    pub name: String,
    /// The stated amount in `unit`.
    pub stated: Option<Number>,
    /// The unit of `stated`.
    pub unit: String,
    /// The ledger's total in 元.
    pub ledger: Option<Number>,
    /// Stated less ledger, in 元.
    pub difference: Option<Number>,
    /// What the stated precision allows, in 元.
    pub tolerance: Option<Number>,
    /// `agrees` or `differs`.
    pub status: &'static str,
}
