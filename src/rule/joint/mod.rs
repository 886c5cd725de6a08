//! Several rules in one criterion: each is about a thing of its own, and their points come together.
//!
//! A part is an ordinary rule with the names by which the actual answers it. The expression is that of the parts over inputs
//! of their own ([`Var::Part`](crate::expr::Var::Part)), so that there is no second copy of any rule.

mod at_once;
mod bind;
mod combine;
mod fallback;
mod likeness;
mod parallel;
mod pieces;
mod reading;
mod reason;
mod spelled;
mod targets;
mod told;

use crate::base::{Number, Weight};
use crate::model::Laid;

pub(crate) use self::reading::{ELSE_BY, LEADS, VETO};
pub(crate) use self::spelled::of_kinds;

use self::bind::Own;
use self::combine::Numbered;
use super::applied::{asked, failed, lost, scored};
use super::award::too_few;
use super::checklist::CountBand;
use super::{Applied, Award, Failure, IndicatorFacts, Refusal, Rule, RuleKind, Words};

/// One of several rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What the actual may call what it is about; the first is its name.
    pub names: Vec<String>,
    /// Its own points; `None`: those of the indicator.
    pub points: Option<Number>,
    /// The rule.
    pub rule: Rule,
}

/// How many of some conditions are met, with what that earns.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// The conditions, counted from 0.
    pub of: Vec<usize>,
    /// How many of them, with the award.
    pub met: CountBand,
}

/// How the parts' points come together.
#[derive(Debug, Clone, PartialEq)]
pub enum Together {
    /// Each has points of its own, which add up to the weight.
    Sum,
    /// What each takes off is taken off the weight.
    Less,
    /// They are kinds of one thing, each case with its points; a kind that is not named did not occur.
    Kinds {
        /// Whether cases add points; else they take them off.
        adds: bool,
    },
    /// They are conditions; how many are met decides.
    Tiers {
        /// What that earns.
        tiers: Vec<Tier>,
        /// What is earned where no tier applies.
        otherwise: Option<Award>,
    },
    /// The first is the rule; of what the others are about nothing may occur, or nothing is earned.
    Veto,
}

/// Several rules that score together.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// The rules.
    pub parts: Vec<Part>,
    /// How their points come together.
    pub together: Together,
    /// The criterion's words.
    pub words: Words,
}

impl Part {
    /// Its name.
    pub(in crate::rule) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The points it can earn under an indicator of this weight.
    fn weight(&self, of: Weight) -> Weight {
        self.points.map_or(of, |points| Weight::new(points.get()))
    }

    /// Its own score.
    fn apply(&self, own: &Own, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        let indicator = if self.name().is_empty() { facts.indicator } else { self.name() };
        let weight = self.weight(facts.weight);
        let applied = own.with(&self.rule, indicator, weight, facts.cap, |facts| self.rule.apply(facts));
        applied.map_err(|refusal| Refusal {
            why: if self.name().is_empty() {
                refusal.why.clone()
            } else {
                format!("“{}”{}", self.name(), refusal.why)
            },
            ..refusal
        })
    }
}

impl RuleKind for Joint {
    fn apply(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        self.fits(facts.weight)?;
        if facts.actual_is_blank() {
            let hint = format!("请填写实际完成值，例如{}。", self.example());
            return Err(Refusal::new("实际完成值", "为空，无法评分", hint));
        }
        let owns = self.bind(facts)?;
        let mut next = 0_u8;
        let mut numbered = Vec::new();
        for (part, own) in self.parts.iter().zip(&owns) {
            let applied = own.as_ref().map(|own| part.apply(own, facts));
            numbered.push(Numbered::of(applied, part, facts.weight, &mut next));
        }
        let whole = self.whole(numbered, facts)?;
        let reason = self.reason(&whole, facts);
        let inputs = whole.parts.iter().flat_map(Numbered::inputs).cloned().collect();
        let inputs = asked(inputs, facts.weight, [&whole.expr, &reason]);
        let score = scored(&whole.expr, &inputs, facts.weight, self.words.as_str())?;
        let failures = match self.together {
            Together::Sum => self.of_parts(&whole.parts, facts, score),
            _ => failed(self.words.as_str(), facts.weight, score),
        };
        let laid = whole.parts.iter().find_map(Numbered::other_kind).unwrap_or(Laid::ByWords);
        Ok(Applied { inputs, expr: whole.expr, reason, score, rate: None, failures, laid, compared: None })
    }

    fn fits(&self, weight: Weight) -> Result<(), Refusal> {
        let words = self.words.as_str();
        let refuse = |why: String| Err(Refusal::new(words, why, "请核对评分标准与分值。"));
        match &self.together {
            Together::Sum => {
                let sum = Number::sum(self.parts.iter().filter_map(|part| part.points));
                if sum != Some(weight.number()) {
                    let sum = sum.unwrap_or_default();
                    return refuse(format!("各部分的分数之和{sum}分与分值{weight}分不一致"));
                }
            }
            Together::Tiers { tiers, otherwise } => {
                let awards = || tiers.iter().map(|tier| &tier.met.award).chain(otherwise);
                let points: Option<Vec<Number>> = awards().map(|award| award.fixed(weight)).collect();
                let Some(points) = points else { return refuse("无法换算成分数".to_owned()) };
                if points.iter().any(|n| *n > weight.number() || n.is_negative()) {
                    return refuse(format!("评分标准给出的分数超过了分值{weight}分"));
                }
                let best = points.into_iter().max().unwrap_or_default();
                if best.round(8) < weight.number() {
                    return Err(too_few(words, best, weight));
                }
            }
            Together::Less | Together::Kinds { .. } | Together::Veto => {}
        }
        self.parts.iter().try_for_each(|part| part.rule.fits(part.weight(weight)))
    }

    fn examples(&self, facts: &IndicatorFacts) -> Vec<String> {
        let of = |part: &Part| {
            let own = IndicatorFacts { indicator: part.name(), target: None, target_text: "", ..*facts };
            part.rule.kind().examples(&own)
        };
        let all: Vec<(&str, Vec<String>)> = self.parts.iter().map(|part| (part.name(), of(part))).collect();
        let most = all.iter().map(|(_, own)| own.len()).max().unwrap_or_default();
        let one = |at: usize| {
            let each = all.iter().filter_map(|(name, own)| {
                let text = own.get(at).or_else(|| own.last())?;
                Some(if text.starts_with(name) { text.clone() } else { format!("{name}{text}") })
            });
            each.collect::<Vec<_>>().join("，")
        };
        (0..most).map(one).collect()
    }

    fn reading(&self) -> String {
        self.sentence()
    }

    fn family(&self) -> &'static str {
        "joint"
    }

    fn counts(&self) -> bool {
        false
    }

    fn is_dated(&self) -> bool {
        false
    }

    fn decides_all(&self) -> bool {
        true
    }

    fn is_threshold(&self) -> bool {
        false
    }

    fn is_of_deviation(&self) -> bool {
        false
    }
}

impl Joint {
    /// More parts than this are no criterion of one indicator.
    pub const MAX_PARTS: usize = 12;

    /// Each part that lost points, with what it lost.
    fn of_parts(
        &self,
        parts: &[Numbered],
        facts: &IndicatorFacts,
        score: crate::base::Score,
    ) -> Vec<Failure> {
        let Some(mut left) = lost(facts.weight, score) else { return Vec::new() };
        let failing: Vec<(&Part, crate::base::Score)> = self
            .parts
            .iter()
            .zip(parts)
            .filter_map(|(part, numbered)| Some((part, lost(part.weight(facts.weight), numbered.score()?)?)))
            .collect();
        let last = failing.len().saturating_sub(1);
        let mut failures = Vec::new();
        for (at, (part, own)) in failing.into_iter().enumerate() {
            // The last one takes the rest, so that the points add up to the deduction.
            let points = if at == last || own > left { left } else { own };
            left = left.minus(points).unwrap_or_default();
            failures.push(Failure { clause: part.name().to_owned(), points });
        }
        failures
    }
}
