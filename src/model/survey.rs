//! A satisfaction survey: what was asked and answered, and what comes of it by each measure that may be meant.

use serde::{Deserialize, Serialize};

use crate::base::{CellRef, Date, Number, RangeRef, SheetId};
use crate::sheet::Value;
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
    fn of(&self, opinion: Opinion) -> Option<Number> {
        let at = Self::OPINIONS.iter().position(|known| *known == opinion);
        let Some(at) = at else { return Some(Number::ZERO) };
        let said = self.0.get(at).copied().flatten();
        let below = self.0.iter().skip(at).all(Option::is_none);
        said.or_else(|| below.then_some(Number::ZERO))
    }

    /// The most that an answer counts.
    fn most(&self) -> Option<Number> {
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

/// What a sheet of a survey holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyShape {
    /// The answers, one person a row.
    Answers,
    /// How many gave each answer.
    Tally,
}

/// A number that a sheet states about a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SurveyCount {
    /// How many.
    pub number: u32,
    /// Where it stands.
    pub at: CellRef,
}

/// How many were asked and answered, as stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SurveyCounts {
    /// 发放.
    pub sent: Option<SurveyCount>,
    /// 回收.
    pub returned: Option<SurveyCount>,
    /// 有效.
    pub valid: Option<SurveyCount>,
    /// All who could be asked.
    pub population: Option<SurveyCount>,
}

/// An answer that could be given, with how often it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyOption {
    /// The answer.
    pub text: String,
    /// What it says.
    pub opinion: Opinion,
    /// How many gave it; `None` where only shares are stated.
    pub count: Option<u32>,
    /// The stated share.
    pub share: Option<Number>,
    /// The mark that it is, on a scale of marks.
    pub mark: Option<u32>,
    /// The cell of a tally that says so.
    pub at: Option<CellRef>,
    /// Whether that cell holds the number and nothing else.
    pub plain: bool,
    /// What stands in the cells of those who gave it, each spelling once with how often it does.
    pub written: Vec<(Value, u32)>,
}

/// A question about the satisfaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyQuestion {
    /// The question, without its number.
    pub title: String,
    /// Its cell.
    pub at: CellRef,
    /// Whose answers these are, where the sheet tells several groups apart.
    pub group: Option<String>,
    /// The weight that the sheet itself states for that group.
    pub weight: Option<Number>,
    /// How many of that group were asked, as stated.
    pub counts: SurveyCounts,
    /// Whether it asks about the whole.
    pub overall: bool,
    /// The cells with the answers, of a sheet that has one person a row.
    pub answers: Option<RangeRef>,
    /// The cells that say which group each is of, and what stands there for this one.
    pub only: Option<(RangeRef, String)>,
    /// The answers, the most satisfied first.
    pub options: Vec<SurveyOption>,
    /// How many did not answer it.
    pub skipped: u32,
    /// The number of the question.
    pub number: Option<u32>,
    /// Each row that answers, zero-based, with the place of its answer among the options.
    pub rows: Vec<(u32, usize)>,
    /// How many answered, as a tally states it, and where.
    pub total: Option<SurveyCount>,
    /// The share of the satisfied, as a tally states it, and where.
    pub rate: Option<(Number, CellRef)>,
}

impl SurveyQuestion {
    /// How many answered.
    pub fn answered(&self) -> u32 {
        self.options.iter().filter_map(|option| option.count).fold(0, u32::saturating_add)
    }

    /// The same question without the answers of some rows.
    #[must_use]
    pub fn without(&self, rows: &[u32]) -> Self {
        let mut left = self.clone();
        for (_, option) in self.rows.iter().filter(|(row, _)| rows.contains(row)) {
            if let Some(option) = left.options.get_mut(*option) {
                option.count = option.count.map(|count| count.saturating_sub(1));
            }
        }
        left
    }

    /// What is counted, of how many: people, or shares of 1 where only those are stated; marks of the most there are.
    pub fn counted(&self, counted: Counted) -> Option<(Number, Number)> {
        match counted {
            Counted::From(from) => self.satisfied(from),
            Counted::Marks => self.marks(),
            Counted::Points(points) => self.pointed(&points),
        }
    }

    fn pointed(&self, points: &OpinionPoints) -> Option<(Number, Number)> {
        let mut sum = Number::ZERO;
        for option in self.options.iter().filter(|option| option.count != Some(0)) {
            let count = Number::from(option.count?);
            sum = sum.plus(points.of(option.opinion)?.times(count)?)?;
        }
        let most = points.most()?.times(Number::from(self.answered()))?;
        (!most.is_zero()).then_some((sum, most))
    }

    fn marks(&self) -> Option<(Number, Number)> {
        let (mut sum, mut people) = (Number::ZERO, Number::ZERO);
        for option in &self.options {
            let count = Number::from(option.count?);
            sum = sum.plus(Number::from(option.mark?).times(count)?)?;
            people = people.plus(count)?;
        }
        let most = people.times(Number::from(MOST_MARKS))?;
        (!most.is_zero()).then_some((sum, most))
    }

    /// Who counts as satisfied, of how many.
    fn satisfied(&self, from: SatisfiedFrom) -> Option<(Number, Number)> {
        let counted = || self.options.iter().filter(|option| from.counts(option.opinion));
        if self.options.iter().any(|option| option.count.is_none()) {
            let share = Number::sum(counted().filter_map(|option| option.share))?;
            return Some((share, Number::from(1)));
        }
        let satisfied = counted().filter_map(|option| option.count).fold(0, u32::saturating_add);
        let all = self.answered();
        (all > 0).then(|| (Number::from(satisfied), Number::from(all)))
    }
}

/// The most marks of a scale.
const MOST_MARKS: u32 = 5;

/// Answers that are the same where they should not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikeAnswers {
    /// Where the first of them begins.
    pub at: CellRef,
    /// Their rows, zero-based.
    pub rows: Vec<u32>,
    /// Whether they came at the same moment; else they have the same address and the same answers.
    pub at_once: bool,
    /// Whether addresses are known.
    pub addressed: bool,
}

/// A survey as one sheet has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The sheet.
    pub sheet: SheetId,
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub shape: SurveyShape,
    /// Whose export it is, where its titles tell.
    pub platform: Option<&'static str>,
    /// Its cells.
    pub range: RangeRef,
    /// Where findings about the whole point to.
    pub at: CellRef,
    /// The questions about the satisfaction.
    pub questions: Vec<SurveyQuestion>,
    /// The titles of the other questions, of which nothing is used.
    pub unused: Vec<String>,
    /// Questions about the satisfaction whose answers could not be read, and why.
    pub unread: Vec<(CellRef, String)>,
    /// The columns with who answered, by their titles: nothing of them is used or told.
    pub personal: Vec<String>,
    /// How many people answered.
    pub answers: u32,
    /// What is stated of it.
    pub counts: SurveyCounts,
    /// From when to when it is said to have been made.
    pub period: Option<(Date, Date)>,
    /// When each answer came.
    pub days: Vec<(CellRef, Date)>,
    /// Answers that may be one person's.
    pub alike: Vec<AlikeAnswers>,
    /// How many seconds each took, where that is told.
    pub took: Vec<(CellRef, u32)>,
}

impl Survey {
    /// How many valid answers there are: as stated, else as counted.
    pub fn valid(&self) -> u32 {
        self.counts.valid.map_or(self.answers, |stated| stated.number)
    }

    /// Whether scores may come from a cell: all that may be told of the sheet elsewhere. What somebody wrote that is none
    /// of the answers is not.
    pub fn counts_cell(&self, at: CellRef) -> bool {
        let of_question = |question: &SurveyQuestion| {
            let known = || {
                let row = question.rows.binary_search_by_key(&at.row(), |(row, _)| *row).ok();
                let option = row.and_then(|row| question.rows.get(row)).map(|(_, option)| *option);
                option.and_then(|option| question.options.get(option)).is_none_or(|o| !o.written.is_empty())
            };
            question.options.iter().any(|option| option.at == Some(at))
                || question.only.as_ref().is_some_and(|(range, _)| range.contains(at))
                || question.only.is_none()
                    && question.answers.is_some_and(|range| range.contains(at))
                    && known()
        };
        let counts = [self.counts.sent, self.counts.returned, self.counts.valid, self.counts.population];
        counts.into_iter().flatten().any(|count| count.at == at) || self.questions.iter().any(of_question)
    }
}
