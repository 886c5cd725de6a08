//! What the register keeps of a case, read back: the objects of a receipt (`output::json`). It is foreign once it is on
//! disk, so all of it may be missing, and what is shown is text.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use crate::base::CellAt;
use crate::issue::Fate;
use crate::model::{State, TO_DECIDE, grade_shown};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Case {
    pub(super) source: Source,
    pub(super) project: Project,
    pub(super) score: Option<Graded>,
    pub(super) levels: Vec<Level>,
    pub(super) indicators: Vec<Indicator>,
    pub(super) declared: Vec<Declared>,
    pub(super) reconciliation: Vec<Reconciled>,
    pub(super) findings: Vec<Finding>,
    pub(super) answers: Option<Answers>,
    pub(super) changes: Vec<Change>,
    pub(super) other_sheets: Vec<String>,
    pub(super) files: Vec<Source>,
    pub(super) account: Vec<Account>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Account {
    pub(super) columns: Vec<Column>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Column {
    pub(super) title: String,
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
    pub(super) asked: bool,
    pub(super) choices: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Source {
    pub(super) file: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Project {
    pub(super) name: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) year: Option<i16>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Graded {
    pub(super) total: String,
    pub(super) full: String,
    pub(super) grade: Option<String>,
    grade_shown: Option<String>,
    pub(super) grade_by: Option<String>,
    pub(super) computed_grade: Option<String>,
    pub(super) stated_total: Option<String>,
    pub(super) stated_grade: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Level {
    pub(super) level1: String,
    pub(super) level2: String,
    pub(super) weight: String,
    pub(super) score: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Indicator {
    pub(super) level1: String,
    pub(super) level2: String,
    pub(super) name: String,
    pub(super) weight: String,
    pub(super) criterion: Option<String>,
    pub(super) target: Option<String>,
    pub(super) actual: Option<String>,
    pub(super) standards: Vec<Benchmark>,
    pub(super) rate: Option<String>,
    pub(super) reading: Option<String>,
    pub(super) derivation: Option<Derivation>,
    pub(super) score: Option<String>,
    pub(super) deduction: Option<String>,
    pub(super) note: Option<String>,
    pub(super) stated_score: Option<String>,
    pub(super) state: String,
    pub(super) decided_by: Option<String>,
    pub(super) to_decide: bool,
    pub(super) computed: Option<String>,
    #[serde(rename = "override")]
    pub(super) overriding: Option<Override>,
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Derivation {
    pub(super) inputs: Vec<Input>,
    /// Whether a person ticks what the items of its checklist are.
    pub(super) ticks: bool,
    pub(super) steps: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Input {
    pub(super) name: String,
    pub(super) item: Option<u32>,
    pub(super) value: String,
    pub(super) shown: Option<String>,
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Benchmark {
    pub(super) standard: String,
    pub(super) value: String,
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
    pub(super) from: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Override {
    pub(super) typed: String,
    pub(super) reason: Option<String>,
    pub(super) by: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) target: Option<String>,
    pub(super) actual: Option<String>,
    pub(super) status: String,
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reconciled {
    pub(super) name: String,
    pub(super) stated: Option<String>,
    pub(super) unit: String,
    pub(super) ledger: Option<String>,
    pub(super) difference: Option<String>,
    pub(super) tolerance: Option<String>,
    pub(super) status: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Finding {
    pub(super) severity: String,
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
    pub(super) message: String,
    pub(super) remedy: String,
    pub(super) object: String,
    pub(super) matter: String,
    pub(super) state: Option<String>,
}

/// What became of what was found in the return that is answered.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answers {
    pub(super) name: Option<String>,
    pub(super) message: String,
    pub(super) settled: Vec<Settled>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Settled {
    pub(super) state: String,
    pub(super) object: String,
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
    pub(super) message: String,
}

impl Settled {
    /// What became of it.
    pub(super) fn fate(&self) -> &'static str {
        Fate::of_word(&self.state).map_or("", Fate::name)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Change {
    #[serde(deserialize_with = "spoken")]
    pub(super) cell: Option<String>,
    pub(super) message: String,
}

/// A cell as people say it; what is no cell stays as it is.
fn spoken<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let told = Option::<String>::deserialize(deserializer)?;
    Ok(told.map(|told| told.parse::<CellAt>().map_or_else(|_| told.clone(), |at| at.spoken())))
}

/// The columns whose meaning a person is asked for.
fn asked(accounts: &[Account]) -> impl Iterator<Item = &Column> {
    let columns = accounts.iter().flat_map(|account| &account.columns);
    columns.filter(|column| column.asked && !column.choices.is_empty())
}

impl Case {
    /// The columns whose meaning a person is asked for.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Column> {
        asked(&self.account)
    }
}

/// What is asked in a case, and nothing else of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Questioned {
    account: Vec<Account>,
}

impl Questioned {
    /// The columns whose meaning a person is asked for.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Column> {
        asked(&self.account)
    }
}

/// What a case says of the return that it answers, and nothing else of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reply {
    pub(super) answers: Option<Answers>,
}

impl Finding {
    /// What became of it since the return before.
    pub(super) fn fate(&self) -> &'static str {
        self.state.as_deref().and_then(Fate::of_word).map_or("", Fate::name)
    }

    /// How grave, as receipts call it.
    pub(super) fn grave(&self) -> &'static str {
        grave(&self.severity)
    }
}

/// How grave, as receipts call it.
pub(super) fn grave(severity: &str) -> &'static str {
    match severity {
        "error" => "错误",
        "warning" => "提醒",
        _ => "提示",
    }
}

impl Graded {
    /// The grade as every paper shows it; records of older versions have none shown.
    pub(super) fn shown(&self) -> String {
        self.grade_shown.clone().unwrap_or_else(|| grade_shown(self.grade.as_deref(), false))
    }
}

impl Indicator {
    /// How sure the score is, as the workbook calls it.
    pub(super) fn standing(&self) -> &'static str {
        match self.state.as_str() {
            "pending" => State::Pending.name(),
            _ if self.to_decide => TO_DECIDE,
            "computed" => State::Computed.name(),
            "judged" => State::Judged.name(),
            "overridden" => State::Overridden.name(),
            _ => State::Pending.name(),
        }
    }

    /// Points of a hundred that were earned.
    pub(super) fn share(&self) -> Option<String> {
        share(self.score.as_deref()?, &self.weight)
    }

    /// Whether points came off.
    pub(super) fn lost(&self) -> bool {
        self.deduction
            .as_deref()
            .and_then(|off| off.parse::<Decimal>().ok())
            .is_some_and(|off| !off.is_zero())
    }

    /// The completion rate as a percentage.
    pub(super) fn percent(&self) -> Option<String> {
        let rate: Decimal = self.rate.as_deref()?.parse().ok()?;
        Some(format!("{}%", rate.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(2).normalize()))
    }
}

impl Level {
    /// Points of a hundred that were earned.
    pub(super) fn share(&self) -> Option<String> {
        share(&self.score, &self.weight)
    }
}

impl Declared {
    /// What became of it.
    pub(super) fn answer(&self) -> &'static str {
        match self.status.as_str() {
            "met" => "完成",
            "not-met" => "未完成",
            "not-measurable" => "无法衡量",
            _ => "没有对应的完成情况",
        }
    }
}

/// 得分率 in points of a hundred, for a bar: never below nothing, never more than all.
fn share(score: &str, weight: &str) -> Option<String> {
    let (score, weight): (Decimal, Decimal) = (score.parse().ok()?, weight.parse().ok()?);
    let share = score.checked_div(weight)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(share.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).round_dp(1).normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_bar_is_as_long_as_what_was_earned() {
        assert_eq!(share("17.5", "20").as_deref(), Some("87.5"));
        assert_eq!(share("1", "3").as_deref(), Some("33.3"));
        assert_eq!(share("-1", "3").as_deref(), Some("0"));
        assert_eq!(share("4", "3").as_deref(), Some("100"));
        assert_eq!(share("4", "0"), None);
        assert_eq!(share("四", "5"), None);
    }
}
