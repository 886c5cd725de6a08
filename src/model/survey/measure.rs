//! How satisfaction is measured: what an answer says, from which answer on it counts, and what a mapping or a bureau sets.

use serde::{Deserialize, Serialize};

use crate::base::Number;
use crate::words::{self, Class};

/// What an answer says, the less satisfied first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opinion {
    /// 弃权, 不了解; and what is none of the known answers.
    None,
    /// 不满意 and below.
    Unsatisfied,
    /// 一般.
    Neutral,
    /// 基本满意.
    Basic,
    /// 满意, 比较满意.
    Satisfied,
    /// 非常满意; and what a mapping says is satisfied, whatever is meant by it.
    Very,
}

impl Opinion {
    /// The answers that say each, the most satisfied first.
    pub const ANSWERS: [(Class, Self); 6] = [
        (Class::OptionVery, Self::Very),
        (Class::OptionSatisfied, Self::Satisfied),
        (Class::OptionBasic, Self::Basic),
        (Class::OptionNeutral, Self::Neutral),
        (Class::OptionUnsatisfied, Self::Unsatisfied),
        (Class::OptionNoView, Self::None),
    ];

    /// What a normalised answer says by the shipped words.
    pub fn of(answer: &str) -> Option<Self> {
        Self::ANSWERS.into_iter().find(|(class, _)| words::of(*class).has(answer)).map(|(_, opinion)| opinion)
    }

    /// The first of those answers in a text, the longest that stands there.
    pub fn first_in(text: &str) -> Option<(usize, &'static str)> {
        let found = Self::ANSWERS.into_iter().filter_map(|(class, _)| words::of(class).find(text));
        found.min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))
    }
}

/// From which answer on somebody counts as satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SatisfiedFrom {
    /// 一般.
    Neutral,
    /// 基本满意.
    Basic,
    /// 满意.
    Satisfied,
}

impl SatisfiedFrom {
    /// All, the widest first.
    pub const ALL: [Self; 3] = [Self::Neutral, Self::Basic, Self::Satisfied];

    /// The answer from which on it counts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "一般",
            Self::Basic => "基本满意",
            Self::Satisfied => "满意",
        }
    }

    /// The lowest opinion that counts.
    pub fn opinion(self) -> Opinion {
        match self {
            Self::Neutral => Opinion::Neutral,
            Self::Basic => Opinion::Basic,
            Self::Satisfied => Opinion::Satisfied,
        }
    }

    /// Whether an opinion counts.
    pub fn counts(self, opinion: Opinion) -> bool {
        opinion >= self.opinion()
    }
}

/// How several questions about the satisfaction become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfQuestions {
    /// The question about the whole decides.
    Overall,
    /// The mean of the shares of all questions.
    Mean,
    /// All answers to all questions together.
    Pooled,
}

/// What becomes of answers that may be one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repeated {
    /// Each counts.
    Counted,
    /// Those of one moment and address count once.
    Once,
}

/// What is counted of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Who is satisfied, from an answer on.
    From(SatisfiedFrom),
    /// The mean of the marks, of the most that can be given.
    Marks,
    /// The mean of what each answer counts, of the most that one does.
    Points(OpinionPoints),
}

/// What answers count (非常满意100分, 满意80分), the most satisfied first; `None` where nothing is said of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpinionPoints([Option<Number>; 5]);

impl OpinionPoints {
    /// The answers that may count, the most satisfied first.
    const OPINIONS: [Opinion; 5] =
        [Opinion::Very, Opinion::Satisfied, Opinion::Basic, Opinion::Neutral, Opinion::Unsatisfied];

    /// Says what an answer counts; `None` where that was said before, or it is none that may count.
    #[must_use]
    pub fn with(mut self, opinion: Opinion, points: Number) -> Option<Self> {
        let at = Self::OPINIONS.iter().position(|known| *known == opinion)?;
        let slot = self.0.get_mut(at).filter(|slot| slot.is_none())?;
        *slot = Some(points);
        Some(self)
    }

    /// What an answer counts: nothing where it is less satisfied than all that count; `None` where nobody knows.
    pub(super) fn of(&self, opinion: Opinion) -> Option<Number> {
        let at = Self::OPINIONS.iter().position(|known| *known == opinion);
        let Some(at) = at else { return Some(Number::ZERO) };
        let said = self.0.get(at).copied().flatten();
        let below = self.0.iter().skip(at).all(Option::is_none);
        said.or_else(|| below.then_some(Number::ZERO))
    }

    /// The most that an answer counts.
    pub(super) fn most(&self) -> Option<Number> {
        self.0.iter().flatten().copied().max()
    }
}

/// How much a group of those who were asked counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupWeight {
    /// What the group is called.
    pub group: String,
    /// Its weight; only the ratio to the others counts.
    pub weight: Number,
}

/// What an office says of surveys; `None` and empty lists say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SurveySettings {
    /// From which answer on one is satisfied.
    pub satisfied_from: Option<SatisfiedFrom>,
    /// Which of several questions count.
    pub questions: Option<OfQuestions>,
    /// How much each group counts.
    pub groups: Vec<GroupWeight>,
    /// Whether answers that may be one person's count more than once.
    pub repeated: Option<Repeated>,
    /// Answers below which a sample is small.
    pub least_answers: Option<u32>,
    /// A population up to this many is no small sample where it was asked whole.
    pub whole_population: Option<u32>,
    /// Answers of one address that are alike in everything, from which on they are suspect.
    pub alike: Option<u32>,
    /// Seconds below which an answer was given too fast.
    pub least_seconds: Option<u32>,
    /// Months behind the end of the year in which a survey may still be made.
    pub months_after: Option<u32>,
    /// Whether a stated satisfaction must be backed by a survey in the submission.
    pub evidence: Option<bool>,
}

impl SurveySettings {
    /// These, where the upper ones say nothing.
    #[must_use]
    pub fn under(&self, upper: &Self) -> Self {
        Self {
            satisfied_from: upper.satisfied_from.or(self.satisfied_from),
            questions: upper.questions.or(self.questions),
            repeated: upper.repeated.or(self.repeated),
            groups: if upper.groups.is_empty() { self.groups.clone() } else { upper.groups.clone() },
            least_answers: upper.least_answers.or(self.least_answers),
            whole_population: upper.whole_population.or(self.whole_population),
            alike: upper.alike.or(self.alike),
            least_seconds: upper.least_seconds.or(self.least_seconds),
            months_after: upper.months_after.or(self.months_after),
            evidence: upper.evidence.or(self.evidence),
        }
    }
}
