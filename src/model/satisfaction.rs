//! What surveys give for an indicator of satisfaction, by each measure that may be meant.

use super::survey::Counted;
use crate::base::{CellAt, Date, Number};

/// What of the surveys an indicator's satisfaction comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SatisfactionPart {
    /// Which survey of the case.
    pub survey: usize,
    /// Which of its questions.
    pub questions: Vec<usize>,
    /// Who was asked.
    pub group: String,
    /// How much they count; `None` where they are the only ones.
    pub weight: Option<Number>,
    /// The rows whose answers are left out, zero-based.
    pub without: Vec<u32>,
}

/// A satisfaction by one of the measures that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// What is counted.
    pub counted: Counted,
    /// Whether the answers of all questions are taken together; else each question counts as much.
    pub pooled: bool,
    /// What is said before 计: `按“满意及以上”`.
    pub name: String,
    /// Where it comes from.
    pub parts: Vec<SatisfactionPart>,
    /// The share of those who are.
    pub share: Number,
    /// The share as an actual is written: `19/20` where people of one question were counted, else a rate.
    pub written: String,
}

impl Measure {
    /// Whether a share is another one, to the places that it is stated with: two of a rate in whole percent at least.
    pub fn differs_from(&self, stated: Number) -> bool {
        let digits = stated.to_string();
        let places = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
        let places = u32::try_from(places).unwrap_or(STATED_PLACES).clamp(2, STATED_PLACES);
        stated.round(places) != self.share.round(places)
    }
}

/// Places of a share to which what is stated is compared.
const STATED_PLACES: u32 = 6;

/// Why a measure was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChosenBy {
    /// A setting of the office or a mapping.
    Setting,
    /// The form's own words, at this cell: a criterion rules, what a situation or a remark says is the writer's account.
    Words(CellAt),
    /// The criterion's words.
    Criterion(CellAt),
    /// The share that the tally itself states.
    Tally(CellAt),
    /// All measures give the same.
    Same,
}

/// The satisfaction that surveys give for an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Satisfaction {
    /// Where it comes from.
    pub parts: Vec<SatisfactionPart>,
    /// By each measure that may be meant.
    pub measures: Vec<Measure>,
    /// Which of them is meant, and who says so.
    pub chosen: Option<(usize, ChosenBy)>,
    /// What a person must say before any is: which question, which weights.
    pub wanting: Option<String>,
    /// From when to when answers count, where the criterion says so.
    pub period: Option<(Date, Date)>,
}

impl Satisfaction {
    /// The measure that counts.
    pub fn measure(&self) -> Option<&Measure> {
        self.chosen.as_ref().and_then(|(at, _)| self.measures.get(*at))
    }

    /// The measures in one sentence, for a person to choose.
    pub fn question(&self) -> String {
        let wanting = self.wanting.as_ref().map(|wanting| format!("{wanting}：")).unwrap_or_default();
        format!("{wanting}{}，请确认口径。", self.told())
    }

    /// What each measure gives.
    pub fn told(&self) -> String {
        let each = |measure: &Measure| format!("{}计{}", measure.name, percent(measure.share));
        self.measures.iter().map(each).collect::<Vec<_>>().join("，")
    }
}

/// A share in percent with two places at most.
pub fn percent(share: Number) -> String {
    let hundred = share.times(Number::from(100)).unwrap_or_default();
    format!("{}%", hundred.round(2).normalize())
}
