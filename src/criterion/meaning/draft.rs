//! What is known of the rule so far: filled from the clauses, settled by the passes.

use crate::base::{Date, Number};
use crate::criterion::HINT;
use crate::criterion::grammar::condition::{About, Shape, Stretch};
use crate::criterion::grammar::kinds::{Included, Rounded};
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::rule::{Amount, Award, Definition, Measure, Refusal, Side, StateBand, Subject};

use super::rungs::Rung;

/// A step clause with the condition it stands under, and its limits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StepsDraft {
    pub(crate) clause: StepClause,
    /// The condition it stands under.
    pub(crate) own: Option<Rung>,
    /// The most that is taken or added.
    pub(crate) most: Option<Number>,
    /// The highest score.
    pub(crate) cap: Option<Number>,
    /// The lowest score.
    pub(crate) floor: Option<Number>,
    pub(crate) words: String,
}

impl StepsDraft {
    /// On which side of where they begin the steps lie, where that is said.
    pub(crate) fn side(&self) -> Option<Side> {
        match (self.clause.counts, self.own.as_ref().map(|own| &own.shape)) {
            (Counts::Below, _) => Some(Side::Below),
            (Counts::Above, _) => Some(Side::Above),
            (Counts::Open | Counts::Either, Some(Shape::Misses)) => Some(Side::Below),
            (Counts::Open | Counts::Either, Some(Shape::Within(s))) => match (&s.lower, &s.upper) {
                (Some(_), None) => Some(Side::Above),
                (None, Some(_)) => Some(Side::Below),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A condition in words that may as well be a grade word, with its award.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Worded {
    pub(crate) text: String,
    pub(crate) award: Award,
    pub(crate) words: String,
}

/// A rung that names a date to be done by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Due {
    /// Its place among the rungs.
    pub(crate) rung: usize,
    /// The date, `None` where it is the target's.
    pub(crate) day: Option<Date>,
    /// Whether it is kept.
    pub(crate) kept: bool,
    /// The first of the days that it names, where it names several.
    pub(crate) from: Option<Date>,
    /// Whether the first day is certainly in it.
    pub(crate) firm: bool,
}

/// An award with its words.
pub(crate) type Said = (Award, String);

/// What is known of the rule so far.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that was said, or was not")]
pub(crate) struct Draft {
    /// What the clauses call the thing that is measured.
    pub(crate) names: Vec<String>,
    /// What their conditions are about.
    pub(crate) about: Vec<About>,
    /// How it is calculated.
    pub(crate) definition: Option<Definition>,
    /// It is how far the actual is from the target, as a share of it.
    pub(crate) distance: bool,
    /// Conditions with their awards.
    pub(crate) rungs: Vec<Rung>,
    /// Grade words with their awards.
    pub(crate) states: Vec<StateBand>,
    /// Conditions among the rungs that may be grade words.
    pub(crate) worded: Vec<Worded>,
    /// Rungs that name a date.
    pub(crate) due: Vec<Due>,
    /// 按完成比例得分: an award without a condition.
    pub(crate) general: Option<Said>,
    /// 其余不得分: what is earned where nothing else applies.
    pub(crate) otherwise: Option<Said>,
    /// 之间按插值法计分: the gap it names, if it does.
    pub(crate) between: Option<(Option<Stretch>, String)>,
    /// Points by steps.
    pub(crate) steps: Option<StepsDraft>,
    /// Steps the other way: up beside down, or down beside up.
    pub(crate) also: Option<StepsDraft>,
    /// 最高不超过分值 was said.
    pub(crate) up_to_full: bool,
    /// 以90%为基准: what is said to be counted from.
    pub(crate) bases: Vec<Amount>,
    /// 基础分6分: what a bonus is added to, without a condition.
    pub(crate) bonus_base: Option<Number>,
    /// 最高8分, where the weight is not known.
    pub(crate) score_cap: Option<Number>,
    /// 以上含本数，以下不含本数
    pub(crate) included: Included,
    /// 得分保留一位小数
    pub(crate) rounded: Rounded,
    /// 经批准延期的视同按期完成
    pub(crate) approved: bool,
    /// 扣完为止 was said.
    pub(crate) until_gone: bool,
    /// What is measured, as the passes find it.
    pub(crate) measure: Measure,
    /// What it is called, as the passes find it.
    pub(crate) subject: Subject,
}

/// Refuses these words.
pub(crate) fn refuse<T>(words: &str, why: &str) -> Result<T, Refusal> {
    Err(Refusal::new(words, why, HINT))
}
