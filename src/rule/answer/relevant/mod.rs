//! What of an answer counts, where it says more than that: the plan beside what was done, another year, another event, a
//! part of the whole, the opposite, the distance from the target. What counts is then read as if it stood alone; what can
//! be none of these is refused by name.

mod added;
mod after_event;
mod apart;
mod at_the_time;
mod beside_target;
mod by_area;
mod by_name;
mod by_target;
mod by_unit;
mod came_to;
mod compared;
mod complement;
mod days_between;
mod each_times;
mod events;
mod from_target;
pub(in crate::rule) mod last_year;
mod mean_of;
mod named;
mod nothing;
mod only_number;
mod overspent;
mod part_of_whole;
mod plain_act;
mod plan;
mod rate_beside;
mod settled;
mod since;
mod year_parts;
mod years;

pub(super) use added::stated as added;
pub(super) use named::says_otherwise;

use crate::base::Date;
use crate::model::Laid;
use crate::notation::{Days, Hints, Notation, Quantity, Role, read_text};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::{Applied, Award, IndicatorFacts, Refusal};
use super::parts::commas;
use super::{Answer, names};
use crate::words::list;

/// What is asked, and what was answered so far.
struct Said<'s> {
    rule: &'s Graded,
    facts: &'s IndicatorFacts<'s>,
    text: String,
}

/// What an answer comes to.
enum Relevant {
    /// These of its words.
    Text(String),
    /// These of its words, which put others right.
    Corrected(String),
    /// A number worked out from them.
    Answer(Box<Answer>),
    /// A number worked out from them, beside what it is laid against.
    Against { actual: Box<Quantity>, target: Box<Quantity> },
    /// A score: worked out from more cells than the actual's.
    Scored(Box<Applied>),
}

impl Relevant {
    fn answer(answer: Answer) -> Self {
        Self::Answer(Box::new(answer))
    }

    /// A number as it stands in the words.
    fn quantity(quantity: Quantity) -> Self {
        Self::answer(Answer::of(Notation::Quantity(quantity)))
    }
}

/// A way to find what counts.
enum Turn {
    /// It may know that nothing of the answer does.
    Asks(fn(&Said) -> Result<Option<Relevant>, Refusal>),
    /// It finds it or not.
    Finds(fn(&Said) -> Option<Relevant>),
}

/// One a file, in the order in which they are asked: what drops clauses stands before what reads the one that is left.
const TURNS: &[Turn] = &[
    Turn::Finds(settled::turn),
    Turn::Finds(apart::turn),
    Turn::Asks(last_year::turn),
    Turn::Finds(added::turn),
    Turn::Finds(compared::turn),
    Turn::Asks(at_the_time::turn),
    Turn::Finds(year_parts::turn),
    Turn::Finds(days_between::turn),
    Turn::Asks(events::turn),
    Turn::Asks(years::turn),
    Turn::Asks(since::turn),
    Turn::Asks(rate_beside::turn),
    Turn::Asks(plan::turn),
    Turn::Asks(beside_target::turn),
    Turn::Finds(after_event::turn),
    Turn::Asks(by_area::turn),
    Turn::Finds(overspent::turn),
    Turn::Finds(by_unit::turn),
    Turn::Finds(part_of_whole::turn),
    Turn::Finds(by_name::turn),
    Turn::Asks(complement::turn),
    Turn::Finds(from_target::turn),
    Turn::Finds(mean_of::turn),
    Turn::Finds(each_times::turn),
    Turn::Finds(came_to::turn),
    Turn::Finds(plain_act::turn),
    Turn::Finds(named::turn),
    Turn::Finds(only_number::turn),
    Turn::Finds(nothing::turn),
    Turn::Finds(by_target::turn),
];

/// The score of what counts of the answer; nothing where all of it does.
pub(super) fn score(rule: &Graded, facts: &IndicatorFacts) -> Result<Option<Applied>, Refusal> {
    let mut said = Said { rule, facts, text: plain_words(facts.actual_text) };
    let (mut turned, mut corrected) = (false, false);
    let marked = |applied: Applied, corrected: bool| {
        let laid = if corrected { Laid::Corrected } else { applied.laid };
        Some(Applied { laid, ..applied })
    };
    for turn in TURNS {
        let found = match turn {
            Turn::Asks(turn) => turn(&said)?,
            Turn::Finds(turn) => turn(&said),
        };
        match found {
            None => {}
            Some(Relevant::Scored(applied)) => return Ok(marked(*applied, corrected)),
            Some(Relevant::Corrected(text)) => {
                said.text = text;
                (turned, corrected) = (true, true);
            }
            Some(Relevant::Text(text)) => {
                said.text = text;
                turned = true;
            }
            Some(Relevant::Against { actual, target }) => {
                let of = |quantity: Quantity| Notation::Quantity(Quantity { inferred: true, ..quantity });
                let (actual, target) = (of(*actual), of(*target));
                let turned = IndicatorFacts {
                    actual: Some(&actual),
                    target: Some(&target),
                    actual_text: &said.text,
                    ..*facts
                };
                return by(rule, &turned, facts, true).map(|applied| marked(applied, corrected));
            }
            Some(Relevant::Answer(answer)) => {
                let Answer { actual, words, .. } = *answer;
                let actual_text = words.as_deref().unwrap_or(&said.text);
                return by(
                    rule,
                    &IndicatorFacts { actual: Some(&actual), actual_text, ..*facts },
                    facts,
                    true,
                )
                .map(|applied| marked(applied, corrected));
            }
        }
    }
    if !turned {
        return Ok(None);
    }
    let hints = Hints {
        role: Role::Actual,
        indicator: facts.indicator,
        target: facts.target,
        year: year_of(facts.target),
        ..Hints::default()
    };
    let actual = read_text(&said.text, &hints).ok();
    by(rule, &IndicatorFacts { actual: actual.as_ref(), actual_text: &said.text, ..*facts }, facts, false)
        .map(|applied| marked(applied, corrected))
}

/// The score of other facts; a refusal quotes the answer as it was given.
fn by(
    rule: &Graded,
    turned: &IndicatorFacts,
    given: &IndicatorFacts,
    worked_out: bool,
) -> Result<Applied, Refusal> {
    let applied = if worked_out { rule.as_read(turned) } else { rule.laid_as_said(turned) };
    let own = |refusal: Refusal| {
        let quotes = refusal.words == turned.actual_text;
        if quotes { Refusal::new(given.actual_text, refusal.why, refusal.hint) } else { refusal }
    };
    let applied = applied.map_err(own)?;
    let laid = if applied.laid == Laid::AsRead { Laid::ByWords } else { applied.laid };
    Ok(Applied { laid, ..applied })
}

pub(super) fn year_of(target: Option<&Notation>) -> Option<i16> {
    match target? {
        Notation::Deadline(day) => Some(Date::year(*day)),
        Notation::Date(Days { last, .. }) | Notation::Period(Days { last, .. }) => Some(Date::year(*last)),
        _ => None,
    }
}

impl Said<'_> {
    /// The clauses of the answer.
    fn clauses(&self) -> Vec<&str> {
        let cut = self.text.split(['，', ';', '；', '。', '(', ')']).flat_map(commas);
        cut.filter(|clause| !clause.is_empty()).collect()
    }

    /// The criterion's and the form's own words for what is measured.
    fn names(&self) -> impl Iterator<Item = &str> {
        names(self.rule, self.facts).filter(|name| !name.is_empty())
    }

    /// 得分=按时办结率×6: no figure alone is a rate.
    fn scores_a_rate(&self) -> bool {
        let own = |award: &Award| matches!(award, Award::Rate(own) if own.rate.as_deref().is_some_and(|rate| !list::COMPLETIONS.has(rate)));
        self.rule.all_awards().any(own)
    }

    /// 培训女性人数 asks for fewer than 培训 says: the name has a word that narrows it, and the label has not.
    fn is_narrower(&self, label: &str) -> bool {
        self.names().any(|name| list::NARROWS.iter().any(|word| name.contains(word) && !label.contains(word)))
    }

    /// Whether the rule is about days.
    fn is_of_days(&self) -> bool {
        matches!(self.rule.measure, crate::rule::Measure::Lateness(_))
            || self.facts.target.is_some_and(Notation::is_date)
    }

    fn refuse<T>(&self, why: String, hint: &str) -> Result<T, Refusal> {
        Err(Refusal::new(self.facts.actual_text, why, hint))
    }
}
