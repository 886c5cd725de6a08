//! What a person filled in on the sheets that we added.

use std::collections::BTreeMap;

use crate::base::{Number, printable_cell};
use crate::issue::Seen;
use crate::mapping::Answered;
use crate::model::{Given as Typed, TypedFormula};

/// Ticks by indicator and item (from 1).
pub type Ticks = BTreeMap<String, BTreeMap<u32, bool>>;

/// What stands in the place of a tick and is none, likewise.
pub type OtherTicks = BTreeMap<String, BTreeMap<u32, String>>;

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

/// A cell that a person filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// What it shows.
    pub text: String,
    /// The same where it is a number.
    pub number: Option<Number>,
    /// The same where it is a formula.
    pub formula: Option<TypedFormula>,
}

/// What a reviewer filled in beside a point of 审核表, or as what the review comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgement {
    /// What stood there of the facts.
    pub facts: String,
    /// What stood there as found.
    pub found: String,
    /// The cells, in the order of the sheet.
    pub cells: Vec<Filled>,
}

/// What a reviewer filled in on 审核表, by the name of the row.
pub type Judgements = BTreeMap<String, Judgement>;

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
    /// What was typed or pasted there and is no tick.
    pub other_ticks: BTreeMap<usize, OtherTicks>,
    /// What was typed there in the place of scores, by case.
    pub scores: BTreeMap<usize, Vec<GivenRow>>,
    /// What was typed on 评分汇总 in the place of the grade, by case.
    pub grades: BTreeMap<usize, Typed>,
    /// What was filled in on 审核表, by case.
    pub judgements: BTreeMap<usize, Judgements>,
}

impl Judgement {
    /// Whether the reviewer saw the same as there is now.
    pub fn is_of(&self, seen: &Seen) -> bool {
        // On the sheet it stands as every program shows it.
        let plain =
            |text: &str| printable_cell(text).chars().filter(|c| !c.is_whitespace()).collect::<String>();
        plain(&self.facts) == plain(&seen.facts) && plain(&self.found) == plain(&seen.found)
    }

    /// Whether a reviewer who filled in something saw all of it as it is now.
    pub fn hold(all: &Judgements, seen: &[Seen]) -> bool {
        let same = |seen: &Seen| all.get(seen.point.name()).is_none_or(|judged| judged.is_of(seen));
        seen.iter().all(same)
    }

    /// The reviewer's words beside a point.
    pub fn opinion(&self) -> Option<&Filled> {
        self.cells.get(2)
    }

    /// The points that were given.
    pub fn points(&self) -> Option<&Filled> {
        self.cells.get(1)
    }

    /// Whether anything was filled in.
    pub fn is_filled(&self) -> bool {
        self.cells.iter().any(|cell| cell.formula.is_some() || !cell.text.trim().is_empty())
    }
}

impl Reply {
    /// Whether it is beside a finding of these words.
    pub fn says(&self, message: &str) -> bool {
        format!("\n{}\n", self.message).contains(&format!("\n{message}\n"))
    }
}
