//! The words of an actual, laid against what the rule asks: 编制数85人，在职人员数82人 under a rate that is one over the
//! other, 发现2处不合格 under a count of faults, 不合格率3% under a rate of what is sound, 超过95%.
//!
//! An answer stands in the place of the actual as it was read by itself. How it was read hangs on its words, so no formula
//! may follow its cell. Where several numbers may be meant, all of them must earn the same.

mod all_so;
mod amount_name;
mod amounts;
mod approximate;
mod at_level;
mod balance;
mod carried;
pub(super) mod change;
pub(super) mod checklist;
mod clause_state;
pub(super) mod counts;
mod deeds_told;
mod excepted;
mod fault_words;
mod from_to;
mod grades;
pub(super) mod gravity;
mod item_bound;
mod item_clauses;
mod item_gather;
mod item_marks;
mod item_plain;
mod item_talk;
mod item_words;
mod items_all;
mod joined_rates;
mod kinds;
mod kinds_listed;
mod known_rate;
pub(super) mod late;
mod leave;
mod missing;
mod of_a_breach;
mod opposite;
mod over_target;
mod part_of_all;
pub(super) mod parts;
mod plainer;
mod polar;
mod quotient;
pub(super) mod relevant;
mod share_of_target;
mod share_told;
mod stands;
mod tick;
mod told_apart;
pub(super) mod told_none;
mod told_state;
mod two_told;
pub(super) mod two_years;
mod undone;
mod unused;
mod usual_formula;

use crate::base::Date;
use crate::model::Laid;
use crate::notation::{Notation, Quantity, scan_quantity};
use crate::words::{Class, list};

use super::facts::plain_words;
use super::graded::Graded;
use super::measure::{Measure, Subject};
use super::{Applied, Award, IndicatorFacts, Refusal, RuleKind as _, words};

/// What an actual may mean.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// As a notation.
    pub(super) actual: Notation,
    /// The words of the criterion that it comes to, where it comes to one of them.
    pub(super) words: Option<String>,
    /// How it came about.
    pub(super) laid: Laid,
}

impl Answer {
    fn of(actual: Notation) -> Self {
        Self { actual, words: None, laid: Laid::ByWords }
    }

    /// A number that was worked out from the words.
    fn number(quantity: Quantity) -> Self {
        Self::of(Notation::Quantity(Quantity { inferred: true, ..quantity }))
    }

    fn word(label: &str) -> Self {
        Self { words: Some(label.to_owned()), ..Self::of(Notation::Text(label.to_owned())) }
    }
}

/// All that the actual may mean to this rule; nothing where it means what it says by itself.
pub(super) fn answers(rule: &Graded, facts: &IndicatorFacts) -> Result<Vec<Answer>, Refusal> {
    let one = |answer: Option<Answer>| answer.map(|answer| vec![answer]);
    let state = carried::state(rule, facts)
        .or_else(|| change::state(rule, facts))
        .or_else(|| late::state(rule, facts))
        .or_else(|| grades::state(rule, facts))
        .or_else(|| at_level::state(rule, facts))
        .or_else(|| polar::state(rule, facts))
        .or_else(|| stands::state(rule, facts))
        .or_else(|| told_state::state(rule, facts))
        .or_else(|| deeds_told::state(rule, facts))
        .or_else(|| clause_state::state(rule, facts));
    if let Some(found) = one(state) {
        return Ok(found);
    }
    if rule.bands.is_empty() && !rule.has_moving_part() {
        return Ok(Vec::new());
    }
    if let Some(found) = one(without_sign(rule, facts)) {
        return Ok(found);
    }
    let found = match rule.measure {
        Measure::Count(_) | Measure::Missing => one(counts::answer(rule, facts)?),
        Measure::Lateness(_) => one(late::answer(rule, facts)?),
        Measure::Deviation { .. } => None,
        Measure::Value => match amounts::answers(rule, facts)? {
            none if none.is_empty() => match change::either_way(rule, facts) {
                Some(both) => Some(both),
                None => one(change::answer(rule, facts)?),
            },
            found => Some(found),
        },
    };
    match found {
        Some(found) => Ok(sized(found, rule)),
        None => Ok(approximate::answers(rule, facts)),
    }
}

/// 上年100万元，本年94万元 under 变动率绝对值≤5%: a fall of 6% is none below zero, the criterion takes away the sign.
fn sized(mut found: Vec<Answer>, rule: &Graded) -> Vec<Answer> {
    if is_absolute(rule).is_some() {
        for answer in &mut found {
            if let Notation::Quantity(quantity) = &mut answer.actual {
                quantity.number = quantity.number.abs();
            }
        }
    }
    found
}

/// The subject whose size alone counts: 偏差率绝对值.
fn is_absolute(rule: &Graded) -> Option<&str> {
    let Subject::Named(name) = &rule.subject else { return None };
    Some(name.as_str()).filter(|name| crate::words::of(Class::AbsoluteValues).ends(name))
}

/// -9% under 偏差率绝对值≤5%: the criterion itself takes away the sign.
fn without_sign(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    is_absolute(rule)?;
    let text = plain_words(facts.actual_text);
    let bare = text.strip_prefix('-')?;
    let (size, taken) = scan_quantity(bare)?;
    (taken == bare.len() && size.sign.is_none() && size.unit.is_ratio()).then(|| Answer::number(size))
}

/// What may be meant earns differently.
fn several(laid: Laid, facts: &IndicatorFacts) -> Refusal {
    let (why, hint) = match laid {
        Laid::Approximate => ("实际完成值只是约数，它可能是的各个数得分不同", "请写明准确的数。"),
        _ if from_to::is_from_to(facts.actual_text) => (
            "由一个比率变为另一个比率，是相差几个百分点还是变化了百分之几，评分标准没有写明，两种算法得分不同",
            "请由评审人员打分，或在评分标准中写明“百分点”。",
        ),
        _ => ("没有写明以哪个数为分母，按不同的数算出的得分不同", "请直接写明比率，或写成“分子/分母”。"),
    };
    Refusal::new(facts.actual_text, why, hint)
}

/// The day by which a target is due.
fn due(target: &Notation) -> Option<Date> {
    match target {
        Notation::Deadline(day) => Some(*day),
        Notation::Date(days) | Notation::Period(days) => Some(days.last),
        _ => None,
    }
}

/// What the rate is called, by the criterion and by the form.
fn names<'r>(rule: &'r Graded, facts: &IndicatorFacts<'r>) -> impl Iterator<Item = &'r str> {
    let subject = match &rule.subject {
        // 结题率(结题数/应结题数): the name of the formula.
        Subject::Named(name) => Some(match name.split_once('(') {
            Some((name, inside)) if inside.contains('/') => name,
            _ => name.as_str(),
        }),
        // 得分=按时办结率×6
        Subject::Unnamed => rule.all_awards().find_map(|award| match award {
            Award::Rate(own) => {
                own.rate.as_deref().filter(|rate| !rate.contains('/') && !list::COMPLETIONS.has(rate))
            }
            _ => None,
        }),
    };
    subject.into_iter().chain([facts.indicator])
}

impl Graded {
    /// Answers of the kinds that this rule reads.
    pub(in crate::rule) fn wanted(&self, facts: &IndicatorFacts) -> Vec<String> {
        let mut found = Vec::new();
        let target = facts.target.and_then(Notation::quantity);
        let unit = |bare: &str| {
            let steps = self.all_awards().find_map(|award| match award {
                Award::Steps(steps) if !steps.size.unit.is_ratio() => Some(steps.size.unit.word.clone()),
                _ => None,
            });
            let own = target.map(|target| target.unit.word.clone());
            steps.or(own).filter(|word| !word.is_empty()).unwrap_or_else(|| bare.to_owned())
        };
        match &self.measure {
            Measure::Count(asked) if asked.is_empty() => {
                found.extend([format!("2{}", unit("处")), "未发现".to_owned()]);
            }
            Measure::Count(asked) => {
                found.extend([
                    format!("{asked}2{}", unit("起")),
                    format!("2{}", unit("起")),
                    "未发现".to_owned(),
                ]);
            }
            Measure::Missing => found.extend([format!("缺2{}", unit("份")), "齐全".to_owned()]),
            Measure::Lateness(_) => {
                let months = self.counts_months();
                let due = facts.target.and_then(due);
                found.extend(due.map(|day| format!("{}年{}月{}日", day.year(), day.month(), day.day())));
                found
                    .extend(["按期完成".to_owned(), if months { "逾期1个月" } else { "逾期3天" }.to_owned()]);
            }
            Measure::Deviation { .. } => {
                let amount = target.filter(|target| !target.unit.is_ratio());
                found.extend(amount.map(|target| format!("{}{}", target.number, target.unit.word)));
                found.extend(["3.5%", "-2%"].map(str::to_owned));
            }
            Measure::Value => {
                found.extend(target.map(|target| format!("{}{}", target.number, target.unit.word)));
                found.extend(self.full_from(facts.weight).map(words::percent));
                found.extend(["95%", "82/85", "0%", "3处", "100"].map(str::to_owned));
            }
        }
        let labels = self.states.iter().map(|state| state.label.clone());
        if self.bands.is_empty() {
            labels.chain(found).collect()
        } else {
            found.into_iter().chain(labels).collect()
        }
    }

    /// Scores the facts by what the words of the actual are to the rule.
    pub(in crate::rule) fn by_answer(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        self.fits(facts.weight)?;
        if facts.actual_is_blank() {
            return Err(Refusal::new("实际完成值", "为空，无法评分", "请填写实际完成值。"));
        }
        two_told::checked(self, facts)?;
        let applied = self.by_words(facts).or_else(|refusal| plainer::score(self, facts).ok_or(refusal))?;
        share_of_target::agreed(self, facts, applied)
    }

    /// Scores the facts by the words of the actual as they stand.
    fn by_words(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        if let Some(sum) = joined_rates::sum(self, facts) {
            let actual = Notation::Quantity(Quantity { inferred: true, ..sum });
            let applied = self.as_read(&IndicatorFacts { actual: Some(&actual), ..*facts })?;
            return Ok(Applied { laid: Laid::ByWords, ..applied });
        }
        kinds::checked_rest(self, facts)?;
        amounts::checked_stated(self, facts)?;
        match relevant::score(self, facts)? {
            Some(found) => Ok(found),
            None => self.laid_as_said(facts),
        }
    }

    /// Scores the facts by all that the actual says.
    fn laid_as_said(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        let ways = answers(self, facts)?;
        let mut found: Option<Applied> = None;
        for Answer { actual, words, laid } in &ways {
            let actual_text = words.as_deref().unwrap_or(facts.actual_text);
            let one = self.as_read(&IndicatorFacts { actual: Some(actual), actual_text, ..*facts })?;
            if found.as_ref().is_some_and(|earlier| earlier.score != one.score) {
                return Err(several(*laid, facts));
            }
            found.get_or_insert(Applied { laid: *laid, ..one });
        }
        match found {
            Some(found) => Ok(found),
            None => self.as_read(facts),
        }
    }
}
