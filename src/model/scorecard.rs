//! What scoring gives: each indicator's score with its derivation, levels, total, grade.

use serde::Serialize;

use crate::base::{CellAt, Ratio, Score, Weight};

/// How sure a score is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A rule was read and gave the score.
    Computed,
    /// No rule can be read; a person's score is taken.
    Judged,
    /// No rule can be read and no person has scored: the indicator waits.
    Pending,
}

/// One reason why points came off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Points taken off.
    pub points: Score,
    /// The criterion's own words that were not met.
    pub clause: String,
    /// Why (不满足; 实际 90%，低于目标 100%).
    pub why: String,
}

/// An indicator's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorScore {
    /// Its position in [`super::ScoreForm::indicators`]; `None` for the execution row of the budget block.
    pub index: Option<usize>,
    /// Level 1.
    pub level1: String,
    /// Level 2; for the execution row the same as the name.
    pub level2: String,
    /// The indicator's name.
    pub name: String,
    /// The points it can earn.
    pub weight: Weight,
    /// Points earned; `None` while pending.
    pub score: Option<Score>,
    /// How sure.
    pub state: State,
    /// The completion rate, where the rule has one.
    pub rate: Option<Ratio>,
    /// The rule family's name (`ratio`, `checklist`, `platform`, …); `None` where none was read.
    pub rule: Option<&'static str>,
    /// The canonical sentence of the rule.
    pub reading: Option<String>,
    /// Why no rule or no input could be read, in Chinese, for pending and judged ones.
    pub refusal: Option<String>,
    /// Why points came off; their points add up to the deduction.
    pub notes: Vec<Note>,
    /// The score the agency typed.
    pub stated: Option<Score>,
    /// The cell that holds, or will hold, the score.
    pub cell: Option<CellAt>,
}

impl IndicatorScore {
    /// Points taken off: weight − score. `None` while pending.
    pub fn deduction(&self) -> Option<Score> {
        Score::new(self.weight.get()).minus(self.score?)
    }
}

/// A level-2 result, in the order of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelScore {
    /// Level 1.
    pub level1: String,
    /// Level 2.
    pub level2: String,
    /// Sum of its indicators' weights.
    pub weight: Weight,
    /// Sum of its indicators' scores; pending ones count nothing.
    pub score: Score,
    /// Whether all its indicators have a score.
    pub complete: bool,
}

/// A grade by name.
pub type Grade = String;

/// The total.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Total {
    /// Sum of the scores; pending indicators count nothing.
    pub score: Score,
    /// Sum of the weights.
    pub full: Weight,
    /// The grade; `None` while incomplete.
    pub grade: Option<Grade>,
    /// Whether every indicator has a score.
    pub complete: bool,
    /// The total the agency typed.
    pub stated_total: Option<Score>,
    /// The grade the agency typed.
    pub stated_grade: Option<Grade>,
}

/// All results of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scorecard {
    /// Each indicator, the execution row (if any) first, then in the order of the form.
    pub indicators: Vec<IndicatorScore>,
    /// Each level 2.
    pub levels: Vec<LevelScore>,
    /// The total.
    pub total: Total,
}
