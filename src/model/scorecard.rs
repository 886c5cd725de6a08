//! What scoring gives: each indicator's score with its derivation, levels, total, grade.

use schemars::JsonSchema;
use serde::Serialize;

use super::indicator::{Extra, Indicator};
use super::open::{UNSCORED, grade_shown};
use super::overriding::{GradeOverride, Override, Verdict};
use super::voice::Voice;
use crate::base::{CellAt, Number, Ratio, Score, Weight};

/// How sure a score is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A rule was read and gave the score.
    Computed,
    /// No rule can be read; a person's score is taken.
    Judged,
    /// No rule can be read and no person has scored: the indicator waits.
    Pending,
    /// A rule gave a score, and a person put another in its place.
    Overridden,
}

/// What target and actual say of each other, whatever the rule: facts for the checks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observed {
    /// Whether the actual meets the target; `None` where that cannot be said with certainty.
    pub met: Option<bool>,
    /// Actual ÷ target where more is better: above a limit it asks for an explanation.
    pub reached: Option<Ratio>,
    /// The actual where more is better and the target is 0.
    pub above_zero: Option<Number>,
    /// The target's sign is `=` on something of which less is better.
    pub equals_on_cost: bool,
    /// The target has no sign; that less is better was inferred.
    pub inferred_cap: bool,
    /// The units of target and actual, where they measure different things.
    pub unit_mismatch: Option<(String, String)>,
}

/// The scores that a qualitative grade allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreBand {
    /// The lowest, included.
    pub low: Score,
    /// The highest.
    pub high: Score,
    /// Whether the highest is included.
    pub high_included: bool,
    /// The grade as the form words it.
    pub grade: String,
}

impl ScoreBand {
    /// Whether the score lies in the band.
    pub fn contains(&self, score: Score) -> bool {
        score >= self.low && (score < self.high || (self.high_included && score == self.high))
    }

    /// `6（含）至8（不含）`.
    pub fn interval(&self) -> String {
        let high = if self.high_included { "含" } else { "不含" };
        format!("{}（含）至{}（{high}）", self.low, self.high)
    }
}

/// How a declared target was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclaredStatus {
    /// The target is met.
    Met,
    /// The target is missed.
    NotMet,
    /// No indicator answers it, or its actual says nothing certain.
    Unmatched,
    /// The target cannot be measured.
    NotMeasurable,
}

/// Why a declared target cannot be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotMeasurable {
    /// A yes/no question with a percentage.
    YesNoWithRate,
    /// A percentage on something that is no rate.
    RateOfNothing,
}

/// A declared target against what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredResult {
    /// Its position in [`super::Case::declared`].
    pub index: usize,
    /// The answer.
    pub status: DeclaredStatus,
    /// Why it cannot be measured, when it cannot.
    pub why: Option<NotMeasurable>,
    /// The position of the indicator that answers it in [`super::ScoreForm::indicators`].
    pub matched: Option<usize>,
    /// Whether the indicator that answers it does so in words, which a person judges: `明显改善`.
    pub in_words: bool,
    /// What target and actual say of each other.
    pub observed: Observed,
}

/// How an actual was laid against its criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Laid {
    /// As it was read by itself.
    #[default]
    AsRead,
    /// By its words, which say what its numbers are: no formula may follow its cell.
    ByWords,
    /// As all that an approximate one may be, which earns the same.
    Approximate,
    /// As another kind than the criterion counts (一般事故 under 重大事故).
    OtherKind,
    /// By the figure that puts another of it right (由5200人更正为4200人).
    Corrected,
}

/// Points that differ by no more than rounding.
const ROUNDING: &str = "0.05";

/// Whether scores differ by no more than rounding.
pub fn is_rounding(by: Number) -> bool {
    ROUNDING.parse().is_ok_and(|rounding: Number| by.abs() <= rounding)
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
    /// The points it can earn; none where it only takes some off.
    pub weight: Weight,
    /// Whether its points are beyond those of the whole form.
    pub extra: Option<Extra>,
    /// Points earned; `None` while pending.
    pub score: Option<Score>,
    /// How sure.
    pub state: State,
    /// What it would earn by [`super::Indicator::other_target`]; `None` where there is none, or no rule decides.
    pub by_other_target: Option<Score>,
    /// Whether its figures could not be read: a score that the agency gave itself is then no judgement of them.
    pub unread: bool,
    /// Whether a person must first say what a survey of satisfaction comes to: a rule could score it.
    pub waits_for_survey: bool,
    /// The score that was typed where no rule decides, and does not count: it is outside of its band.
    pub outside: Option<Score>,
    /// The completion rate, where the rule has one.
    pub rate: Option<Ratio>,
    /// The rule family's name (`ratio`, `checklist`, `platform`, …); `None` where none was read.
    pub rule: Option<&'static str>,
    /// The canonical sentence of the rule.
    pub reading: Option<String>,
    /// Why no rule or no input could be read, in Chinese, for pending and judged ones.
    pub refusal: Option<String>,
    /// Why points came off by the rule, without a full stop; `None` where none did.
    pub reason: Option<String>,
    /// The score the agency typed.
    pub stated: Option<Score>,
    /// What a person put in the place of what the rule gives, whether it counts or not.
    pub overriding: Option<Override>,
    /// Who decided the score; `None` where the rule did, or nobody has.
    pub voice: Option<Voice>,
    /// The scores that a qualitative grade allows, where the actual is one.
    pub band: Option<ScoreBand>,
    /// What target and actual say of each other.
    pub observed: Observed,
    /// How the actual was laid against the criterion.
    pub laid: Laid,
    /// The cell that holds, or will hold, the score.
    pub cell: Option<CellAt>,
}

impl IndicatorScore {
    /// Whether a typed score is that of the other target or budget, and not that of the one that counts.
    pub fn is_by_other(&self) -> bool {
        let computed = self.state == State::Computed && self.stated != self.score;
        computed && self.stated.is_some() && self.stated == self.by_other_target
    }
}

impl IndicatorScore {
    /// What a person put in the place of what the rule gives, where that does not count, or not for good.
    pub fn unsettled(&self) -> Option<&Override> {
        let settled = |typed: &&Override| matches!(typed.verdict, Verdict::Stands | Verdict::Agrees);
        self.overriding.as_ref().filter(|typed| !settled(typed))
    }

    /// By how much the agency gave itself less than the rule does, where that is more than rounding: it may know why.
    pub(super) fn stated_less(&self) -> Option<Number> {
        let (score, stated) = (self.score?, self.stated?);
        let more = score.number().minus(stated.number()).filter(|more| !more.is_negative())?;
        let agreed = self.overriding.as_ref().is_some_and(|typed| typed.verdict == Verdict::Agrees);
        (self.state == State::Computed && !agreed && !is_rounding(more)).then_some(more)
    }

    /// The cell that stands for an indicator: its name's.
    pub fn anchor(&self, indicator: Option<&Indicator>) -> Option<CellAt> {
        indicator.and_then(|indicator| indicator.at().cloned()).or_else(|| self.cell.clone())
    }

    /// Points taken off: weight − score. `None` while pending, and of a bonus: what of it is not earned is not taken off.
    pub fn deduction(&self) -> Option<Score> {
        if self.extra == Some(Extra::Bonus) {
            return None;
        }
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
    /// Sum of the weights, without those beyond the whole (附加分).
    pub full: Weight,
    /// The grade; `None` while incomplete.
    pub grade: Option<Grade>,
    /// Whether scores that the grade rests on wait for a decision.
    pub provisional: bool,
    /// Whether every indicator has a score that counts for good, and all of the form is known.
    pub complete: bool,
    /// Whether something keeps the grade open that no further score settles.
    pub open: bool,
    /// The total the agency typed.
    pub stated: Option<Score>,
    /// The grade the agency typed.
    pub stated_grade: Option<Grade>,
    /// What a person put in the place of the grade that the total earns.
    pub overriding: Option<GradeOverride>,
}

/// All results of a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scorecard {
    /// Each indicator, the execution row (if any) first, then in the order of the form.
    pub indicators: Vec<IndicatorScore>,
    /// Each level 2.
    pub levels: Vec<LevelScore>,
    /// Each declared target.
    pub declared: Vec<DeclaredResult>,
    /// The total.
    pub total: Total,
}

impl Total {
    /// The grade as every paper shows it.
    pub fn grade_shown(&self) -> String {
        grade_shown(self.grade.as_deref(), self.provisional)
    }
}

impl State {
    /// What officials call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Computed => "测算",
            Self::Judged => "人工评分",
            Self::Pending => UNSCORED,
            Self::Overridden => "人工改定",
        }
    }
}

impl Scorecard {
    /// What the scores of a level, or all of them, came to by the rules, where a person has put others in their place.
    pub fn sum_by_rule(&self, within: Option<&LevelScore>) -> Option<Score> {
        let of_level = |result: &&IndicatorScore| {
            within.is_none_or(|level| level.level1 == result.level1 && level.level2 == result.level2)
        };
        let inside = || self.indicators.iter().filter(of_level);
        let replaced = |result: &IndicatorScore| {
            result.overriding.as_ref().filter(|typed| typed.verdict.counts()).cloned()
        };
        if !inside().any(|result| replaced(result).is_some()) {
            return None;
        }
        let by_rule = |result: &IndicatorScore| match replaced(result) {
            Some(typed) => typed.computed,
            None => result.score,
        };
        Score::sum(inside().filter_map(by_rule))
    }
}
