//! A satisfaction survey: what was asked and answered, and what comes of it by each measure that may be meant.

mod measure;

pub use measure::{
    Counted, GroupWeight, OfQuestions, Opinion, OpinionPoints, Repeated, SatisfiedFrom, SurveySettings,
};

use crate::base::{CellRef, Date, Number, RangeRef, SheetId};
use crate::sheet::Value;

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
