//! What a person filled in on the sheets that we added.

use std::collections::BTreeMap;

use crate::mapping::Answered;
use crate::model::{Given as Typed, TypedFormula};

/// Ticks by indicator and item (from 1).
pub type Ticks = BTreeMap<String, BTreeMap<u32, bool>>;

/// What was typed in a row of 评分明细, in the place of its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenRow {
    /// The row among the indicators.
    pub row: usize,
    /// What stands there as the indicator's name.
    pub name: String,
    /// What was typed.
    pub given: Typed,
}

/// What a person wrote beside an item of 问题清单.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The ids of its findings.
    pub ids: Vec<String>,
    /// What it is of; blank in a return of a version that did not say it.
    pub object: String,
    /// The words of its findings, a line each.
    pub message: String,
    /// Their cells, as they were shown.
    pub place: String,
    /// What was written.
    pub text: String,
    /// The same where it is a formula.
    pub formula: Option<TypedFormula>,
}

/// What a person filled in on the sheets that we added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// What was written beside findings.
    pub replies: Vec<Reply>,
    /// What was answered about the columns that were asked for, on 处理说明.
    pub answers: Vec<Answered>,
    /// What was typed there that is none of the choices, by the column's title.
    pub other_answers: BTreeMap<String, String>,
    /// Ticks given on 评分明细, by case, indicator and item.
    pub ticks: BTreeMap<usize, Ticks>,
    /// What was typed there in the place of scores, by case.
    pub scores: BTreeMap<usize, Vec<GivenRow>>,
    /// What was typed on 评分汇总 in the place of the grade, by case.
    pub grades: BTreeMap<usize, Typed>,
}

impl Reply {
    /// Whether it is beside a finding of these words.
    pub fn says(&self, message: &str) -> bool {
        format!("\n{}\n", self.message).contains(&format!("\n{message}\n"))
    }
}
