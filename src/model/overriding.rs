//! Scores and grades that a person puts in the place of ours.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::voice::Voice;
use crate::base::{CellAt, Number, Score};

/// What came of a typed score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the score: a reason and a name stand beside it.
    Stands,
    /// It counts, but reason or name is missing: no grade before they are there.
    Draft,
    /// It was typed where agencies and reviewers share the way in: a reviewer decides.
    Proposed,
    /// What it was given for has changed since.
    Outdated,
    /// It is more than can be earned, or less than can be taken off.
    OutOfRange,
    /// The form and 评分明细 say different ones.
    Contradicted,
    /// It is no number, or none that a score can be.
    Unreadable,
    /// It is what the rule gives.
    Agrees,
    /// A reviewer's column states it, and nothing says that it is to replace what the rule gives.
    Disputed,
}

impl Verdict {
    /// What JSON calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Outdated => "outdated",
            Self::OutOfRange => "out-of-range",
            Self::Contradicted => "contradicted",
            Self::Unreadable => "unreadable",
            Self::Agrees => "agrees",
            Self::Disputed => "disputed",
        }
    }

    /// Whether what was typed is what counts.
    pub fn counts(self) -> bool {
        matches!(self, Self::Stands | Self::Draft)
    }
}

/// A score that a person typed in the place of the one that the rule gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// What was typed, as a person sees it.
    pub typed: String,
    /// The same as a score; `None` where it is none.
    pub score: Option<Score>,
    /// What the rule gives.
    pub computed: Option<Score>,
    /// Why.
    pub reason: Option<String>,
    /// Whether the reason stands in the form's own cell.
    pub reason_in_form: bool,
    /// Who.
    pub by: Option<String>,
    /// In whose name.
    pub voice: Voice,
    /// What came of it.
    pub verdict: Verdict,
    /// Whether it stood when it was given, though what it was given for has changed since.
    pub once_stood: bool,
    /// Its cell; `None` where that is not known.
    pub at: Option<CellAt>,
    /// Whether that is a cell of the form; else it stands on 评分明细.
    pub in_form: bool,
    /// What it was given for: a digest of the inputs.
    pub basis: String,
    /// What was said: a digest of score, reason and name.
    pub said: String,
}

impl Override {
    /// What the next run is to know of it.
    pub fn bound(&self) -> Bound {
        Bound {
            said: self.said.clone(),
            basis: self.basis.clone(),
            stood: self.verdict == Verdict::Stands || self.once_stood,
            in_form: self.in_form,
            reason_in_form: self.reason_in_form,
            voice: Some(self.voice),
        }
    }
}

/// A grade that a person put in the place of the one that the total earns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeOverride {
    /// What was typed.
    pub typed: String,
    /// The grade that the total earns.
    pub computed: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// In whose name.
    pub voice: Voice,
    /// What came of it.
    pub verdict: Verdict,
    /// Whether it stood when it was given, though what it was given for has changed since.
    pub once_stood: bool,
    /// The form's cell, where it was typed there.
    pub at: Option<CellAt>,
    /// What it was given for.
    pub basis: String,
    /// What was said.
    pub said: String,
}

impl GradeOverride {
    /// What the next run is to know of it.
    pub fn bound(&self) -> Bound {
        let (said, basis) = (self.said.clone(), self.basis.clone());
        let stood = self.verdict == Verdict::Stands || self.once_stood;
        let voice = Some(self.voice);
        Bound { said, basis, stood, in_form: self.at.is_some(), reason_in_form: false, voice }
    }
}

/// What the places are called where a reviewer types another score, why, and who he is.
pub const SCORE_LABELS: [&str; 3] = ["改定得分", "改定理由", "改定人"];
/// The same of the grade.
pub const GRADE_LABELS: [&str; 3] = ["改定等级", "改定理由", "改定人"];

/// A formula that a person typed into one of our cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedFormula {
    /// Where it was typed.
    pub at: CellAt,
    /// The formula, without `=`.
    pub text: String,
}

impl TypedFormula {
    /// As a person sees it: `=E4*0.8`.
    pub fn shown(&self) -> String {
        format!("={}", self.text)
    }
}

/// What a reviewer typed beside a score on our sheets, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Given {
    /// The score or grade, as it was typed.
    pub value: String,
    /// The same where it is a number; a text that only looks like one is none, for formulas do not take it.
    pub number: Option<Number>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// Which of these are formulas, in this order; of a score without a result the formula stands for the value.
    #[serde(skip)]
    pub formulas: [Option<TypedFormula>; 3],
}

impl Given {
    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        let blank = [&self.value, &self.reason, &self.by].into_iter().all(|text| text.trim().is_empty());
        blank && self.formulas.iter().all(Option::is_none)
    }

    /// With these labels: `改定得分“12”、改定人“张三”`.
    pub fn words(&self, labels: [&str; 3]) -> String {
        let words = labels.into_iter().zip([&self.value, &self.reason, &self.by]);
        let words = words.filter(|(_, text)| !text.trim().is_empty());
        words.map(|(what, text)| format!("{what}“{}”", text.trim())).collect::<Vec<_>>().join("、")
    }
}

/// Why what was typed beside a score on our sheets belongs to no indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The form has the indicator no more.
    Gone,
    /// Nothing proves that it was typed about this form.
    NotProved,
}

/// What was typed on our sheets and belongs to no indicator of the form: it waits until a person says what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The name that the indicator had; `None` where it was typed for the grade.
    pub name: Option<String>,
    /// What was typed.
    pub given: Given,
    /// Why.
    pub loss: Loss,
}

impl Lost {
    /// What is said of it.
    pub fn message(&self) -> String {
        let why = match self.loss {
            Loss::Gone => "表中已没有这个指标",
            Loss::NotProved => "文件中的处理记录不能证明是为本表填写的",
        };
        match &self.name {
            Some(name) => format!("“{name}”旁填有{}，{why}，没有采用。", self.given.words(SCORE_LABELS)),
            None => format!("评分汇总填有{}，{why}，没有采用。", self.given.words(GRADE_LABELS)),
        }
    }
}

/// What the run before made of an override.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bound {
    /// What was said then: a digest of score, reason and name.
    pub said: String,
    /// What it was given for then.
    pub basis: String,
    /// Whether it stood.
    pub stood: bool,
    /// Whether it stands in the form's own cell.
    pub in_form: bool,
    /// Whether its reason stands in the form's own cell.
    pub reason_in_form: bool,
    /// In whose name it was said; versions before do not tell.
    pub voice: Option<Voice>,
}

impl Bound {
    /// In whose name this was said, where it is the same word.
    pub fn voice_of(&self, said: &str) -> Option<Voice> {
        self.voice.filter(|_| self.said == said)
    }
}

/// A score or grade that stood in the place of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The indicator's row among the indicators; `None` of the grade.
    pub row: Option<usize>,
    /// The indicator's name.
    pub name: String,
    /// What was typed.
    pub given: Given,
    /// What it was given for.
    pub basis: String,
    /// In whose name; versions before do not tell.
    #[serde(default)]
    pub voice: Option<Voice>,
}

/// A return that is later than the one that is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// The file that was handed in; `None` where it is the only one.
    pub file: Option<String>,
    /// When it was returned, as a person reads it.
    pub at: String,
    /// The name of the result.
    pub name: String,
    /// What stood in it.
    pub accepted: Vec<Accepted>,
}

/// What reviewers typed in a returned workbook, and whose word counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrides {
    /// Whether what a reviewer typed is taken; else it is a proposal.
    pub accepts: bool,
    /// In whose name it is, where no title says it.
    pub voice: Voice,
    /// Whether a blank column of the agency's own scores is filled.
    pub fill_self_scores: bool,
    /// Whether what was typed is taken back, and ours put in its place.
    pub taken_back: bool,
    /// Cells of the form that a proved record says we filled, and that hold something else now.
    pub over: BTreeSet<CellAt>,
    /// Cells of the form that hold something else than they did when the run before read them.
    pub changed: BTreeSet<CellAt>,
    /// What was typed on 评分明细, by the cell of the indicator's name.
    pub given: BTreeMap<CellAt, Given>,
    /// What was typed on our sheets and belongs to no indicator.
    pub lost: Vec<Lost>,
    /// What was typed for the grade on 评分汇总.
    pub grade: Given,
    /// What the run before made of overrides, by the cell of the indicator's name.
    pub bound: BTreeMap<CellAt, Bound>,
    /// The same of the grade.
    pub bound_grade: Option<Bound>,
    /// What the scores of the run before were of, by the cell of the indicator's name.
    pub bases: BTreeMap<CellAt, String>,
    /// Later returns than the files of the case are; what stood in that of the file with the scored form is taken over.
    pub later: Vec<Later>,
}

impl Default for Overrides {
    fn default() -> Self {
        Self {
            accepts: true,
            voice: Voice::Finance,
            fill_self_scores: false,
            taken_back: false,
            over: BTreeSet::new(),
            changed: BTreeSet::new(),
            given: BTreeMap::new(),
            lost: Vec::new(),
            grade: Given::default(),
            bound: BTreeMap::new(),
            bound_grade: None,
            bases: BTreeMap::new(),
            later: Vec::new(),
        }
    }
}
