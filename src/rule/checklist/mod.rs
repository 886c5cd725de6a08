//! Items that are each satisfied or not: ①…；②…。每项0.5分.

mod item_words;
mod points;
mod reading;
mod reason;
mod unmet;

use crate::base::{Number, Ratio, Score, Weight};
use crate::expr::{Expr, Func, Var};
use crate::model::Laid;
use crate::notation::{Items, Notation, Tick, Unit};

use crate::rule::answer::checklist as answer;
use crate::rule::applied::{asked, failed, lost, scored};
use crate::rule::award::too_few;
use crate::rule::checklist::item_words::ticks;
use crate::rule::contradiction;
use crate::rule::{Applied, Award, Failure, IndicatorFacts, Input, Refusal, RuleKind, Words};

/// One requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistItem {
    /// Its mark, `①` for the first.
    pub label: String,
    /// What is required.
    pub words: String,
    /// The points of this item alone, where items have points of their own.
    pub points: Option<Number>,
}

/// An award for a number of satisfied items.
#[derive(Debug, Clone, PartialEq)]
pub struct CountBand {
    /// Satisfied at least.
    pub at_least: u32,
    /// Satisfied at most.
    pub at_most: u32,
    /// What it earns.
    pub award: Award,
}

impl CountBand {
    /// Whether so many satisfied items are in the band.
    pub(in crate::rule) fn holds(&self, met: &Expr) -> Expr {
        if self.at_least == self.at_most {
            return met.clone().equals(self.at_least);
        }
        let above = met.clone().at_least(self.at_least);
        Expr::call(Func::And, [above, met.clone().at_most(self.at_most)])
    }
}

/// How satisfied items become points.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// Each satisfied item earns its own points.
    Sum,
    /// Each satisfied item earns this share of the weight.
    EachShare(Ratio),
    /// Each item that is not satisfied costs so many points, at most so many in all.
    Deduct {
        /// Points an item costs.
        per: Number,
        /// The most that is deducted.
        most: Option<Number>,
    },
    /// The number of satisfied items decides.
    Bands {
        /// Numbers with their awards.
        bands: Vec<CountBand>,
        /// What other numbers earn.
        otherwise: Option<Award>,
    },
    /// Cases found cost points, whichever item they are of (查出一例扣…).
    Cases {
        /// Points a case costs.
        per: Number,
        /// The most that is deducted.
        most: Option<Number>,
        /// What cases are counted in.
        unit: Unit,
    },
}

/// A rule over items.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    /// The items in order, at most [`Checklist::MAX_ITEMS`].
    pub items: Vec<ChecklistItem>,
    /// How they become points.
    pub scheme: Scheme,
    /// The items, counted from 0, without which nothing is earned.
    pub vetoes: Vec<u8>,
    /// The words that say how.
    pub words: Words,
}

/// What the actual says of the items.
struct Satisfied {
    /// How many.
    met: u32,
    /// Which, where it says so.
    ticks: Option<Vec<bool>>,
}

impl RuleKind for Checklist {
    fn checked(&self, facts: &IndicatorFacts) -> Result<(), Refusal> {
        contradiction::checked_denials(self, facts)
    }

    fn apply(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        self.fits(facts.weight)?;
        if facts.actual_is_blank() {
            return Err(Refusal::new("实际完成值", "为空，无法评分", "请逐项勾选是否符合。"));
        }
        if let Scheme::Cases { per, most, unit } = &self.scheme {
            return self.cases(*per, *most, unit, facts);
        }
        let satisfied = self.satisfied(facts)?;
        let mut inputs: Vec<Input> = Vec::new();
        match &satisfied.ticks {
            Some(ticks) => {
                for (at, met) in (0_u8..).zip(ticks) {
                    let value = if *met { Number::ONE } else { Number::ZERO };
                    inputs.push(Input { var: Var::Item(at), value: value.into() });
                }
            }
            None => inputs.push(Input { var: Var::Actual, value: Number::from(satisfied.met).into() }),
        }
        let ticked = satisfied.ticks.is_some();
        let (expr, reason) = (self.expr(ticked)?, self.reason(ticked, facts));
        let inputs = asked(inputs, facts.weight, [&expr, &reason]);
        let score = scored(&expr, &inputs, facts.weight, self.words.as_str())?;
        let failures = self.failures(&satisfied, score, facts);
        Ok(Applied { inputs, expr, reason, score, rate: None, failures, laid: Laid::AsRead, compared: None })
    }

    fn items(&self) -> &[ChecklistItem] {
        match self.scheme {
            Scheme::Cases { .. } => &[],
            _ => &self.items,
        }
    }

    fn fits(&self, weight: Weight) -> Result<(), Refusal> {
        let refuse = |why: String| Err(Refusal::new(self.words.as_str(), why, "请核对评分标准与分值。"));
        let limit = weight.number();
        match &self.scheme {
            Scheme::Sum => {
                let sum = Number::sum(self.items.iter().map(|i| i.points.unwrap_or_default()));
                match sum {
                    Some(sum) if sum == limit => Ok(()),
                    Some(sum) => refuse(format!("各项分数之和{sum}分与分值{weight}分不一致")),
                    None => refuse("各项分数超出可计算的范围".to_owned()),
                }
            }
            Scheme::EachShare(share) => {
                // A third is no decimal; three of them are all the same.
                if share.number().times(Number::from(self.len())).map(|n| n.round(8)) == Some(Number::ONE) {
                    Ok(())
                } else {
                    refuse("各项所占比例之和不是100%".to_owned())
                }
            }
            Scheme::Deduct { per, .. } | Scheme::Cases { per, .. } => {
                if *per > limit {
                    refuse(format!("每项扣分超过了分值{weight}分"))
                } else {
                    Ok(())
                }
            }
            Scheme::Bands { bands, otherwise } => {
                let awards = bands.iter().map(|b| &b.award).chain(otherwise.iter());
                for award in awards {
                    match award.fixed(weight) {
                        Some(points) if points <= limit && !points.is_negative() => {}
                        _ => return refuse(format!("评分标准给出的分数超过了分值{weight}分")),
                    }
                }
                let awards = bands.iter().map(|b| &b.award).chain(otherwise.iter());
                let best = awards.filter_map(|award| award.fixed(weight)).max();
                match best.filter(|best| best.round(8) < limit) {
                    Some(best) => Err(too_few(self.words.as_str(), best, weight)),
                    None => Ok(()),
                }
            }
        }
    }

    fn examples(&self, _: &IndicatorFacts) -> Vec<String> {
        match &self.scheme {
            Scheme::Cases { unit, .. } => vec![format!("2{unit}"), "未发现".to_owned()],
            _ => ["①符合，②不符合", "①不符合，其余符合", "均符合", "①不符合"].map(str::to_owned).to_vec(),
        }
    }

    fn reading(&self) -> String {
        self.sentence()
    }

    fn family(&self) -> &'static str {
        "checklist"
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

impl Checklist {
    /// More items than this are no checklist of one indicator.
    pub const MAX_ITEMS: usize = 50;

    pub(in crate::rule) fn len(&self) -> u32 {
        u32::try_from(self.items.len()).unwrap_or(u32::MAX)
    }

    /// What the actual says of every item.
    fn satisfied(&self, facts: &IndicatorFacts) -> Result<Satisfied, Refusal> {
        let refuse = |why: String| {
            let hint = "请写明每一项是否符合。";
            Err(Refusal::new(facts.actual_text, why, hint))
        };
        let listed = facts.actual.filter(|actual| matches!(actual, Notation::Items(_)));
        let named = || ticks(facts.actual_text, &self.items).filter(|_| self.scheme == Scheme::Sum);
        if let Some(ticks) = listed.is_none().then(named).flatten() {
            contradiction::checked_things(self, &ticks, facts)?;
            let met = u32::try_from(ticks.iter().filter(|met| **met).count()).unwrap_or(u32::MAX);
            return Ok(Satisfied { met, ticks: Some(ticks) });
        }
        let none = || self.earns_nothing(facts).then(|| Items::all(Tick::NotMet));
        let in_words = none().or_else(|| answer::items(facts, &self.items)).map(Notation::Items);
        let n = self.len();
        let fits = |items: &&Notation| matches!(items, Notation::Items(items) if items.met(n).is_some());
        let items = listed.filter(fits).or(in_words.as_ref()).or(listed);
        let Some(Notation::Items(items)) = items else {
            return refuse("没有说明各项是否符合".to_owned());
        };
        let items = &self.with_the_rest(items, facts);
        let Some(met) = items.met(n) else {
            return refuse(format!("与评分标准的{n}项对不上，或有的项没有说明"));
        };
        let named: Option<Vec<bool>> = (1..=n).map(|at| items.tick(at).map(|t| t == Tick::Met)).collect();
        contradiction::checked_things(self, named.as_deref().unwrap_or_default(), facts)?;
        if named.is_none() && !self.vetoes.is_empty() {
            return refuse("只说明了项数，没有说明否决项是否符合".to_owned());
        }
        if named.is_none() && !self.depends_on_number_only() {
            return refuse("只说明了项数，没有说明是哪几项，而各项分数不同".to_owned());
        }
        Ok(Satisfied { met, ticks: named })
    }

    /// ④⑤不符合 where points are taken off for each that is not met: the others are. 符合①③ lists all that are.
    fn with_the_rest(&self, items: &Items, facts: &IndicatorFacts) -> Items {
        match items {
            Items::Named { ticks, others: None }
                if ticks.len() > 1
                    && ticks.iter().all(|(_, tick)| *tick == Tick::Met)
                    && answer::lists_what_is_met(facts, self.items.len()) =>
            {
                Items::Named { ticks: ticks.clone(), others: Some(Tick::NotMet) }
            }
            Items::Named { ticks, others: None }
                if matches!(self.scheme, Scheme::Deduct { .. })
                    && !ticks.is_empty()
                    && ticks.iter().all(|(_, tick)| *tick == Tick::NotMet) =>
            {
                Items::Named { ticks: ticks.clone(), others: Some(Tick::Met) }
            }
            items => items.clone(),
        }
    }

    /// 未公开 where the criterion says that 未公开不得分.
    fn earns_nothing(&self, facts: &IndicatorFacts) -> bool {
        let said = facts.actual_words();
        let denied = crate::words::list::DENIALS.strip(&said).is_some_and(|act| act.chars().nth(1).is_some());
        let words = super::facts::plain_words(self.words.as_str()).replace('的', "");
        let nothing = words.contains(&format!("{said}不得分"));
        denied && nothing
    }

    fn depends_on_number_only(&self) -> bool {
        match self.scheme {
            Scheme::Sum => self.items.windows(2).all(|pair| match pair {
                [a, b] => a.points == b.points,
                _ => true,
            }),
            _ => true,
        }
    }

    /// How many items are satisfied.
    pub(in crate::rule) fn met(&self, ticked: bool) -> Expr {
        if !ticked {
            return Expr::Var(Var::Actual);
        }
        let ticks = (0_u8..).zip(&self.items).map(|(at, _)| Expr::Var(Var::Item(at)));
        ticks.reduce(Expr::plus).unwrap_or_else(|| 0.into())
    }

    /// Each item that was not satisfied, with its share of the deduction.
    fn failures(&self, satisfied: &Satisfied, score: Score, facts: &IndicatorFacts) -> Vec<Failure> {
        let Some(mut left) = lost(facts.weight, score) else { return Vec::new() };
        let Some(ticks) = &satisfied.ticks else {
            return failed(self.words.as_str(), facts.weight, score);
        };
        let failed: Vec<&ChecklistItem> =
            self.items.iter().zip(ticks).filter(|(_, met)| !**met).map(|(item, _)| item).collect();
        let vetoed: Vec<&ChecklistItem> = (0_u8..)
            .zip(self.items.iter().zip(ticks))
            .filter(|(at, (_, met))| !**met && self.vetoes.contains(at))
            .map(|(_, (item, _))| item)
            .collect();
        if let Some(item) = vetoed.first() {
            return vec![Failure { clause: format!("{}{}", item.label, item.words), points: left }];
        }
        let each = |item: &ChecklistItem| match &self.scheme {
            Scheme::Sum => item.points,
            Scheme::EachShare(share) => facts.weight.number().times(share.number()),
            Scheme::Deduct { per, .. } => Some(*per),
            _ => None,
        };
        if failed.iter().any(|item| each(item).is_none()) {
            let clause =
                failed.iter().map(|i| format!("{}{}", i.label, i.words)).collect::<Vec<_>>().join("；");
            return vec![Failure { clause, points: left }];
        }
        let last = failed.len().saturating_sub(1);
        let mut failures = Vec::new();
        for (at, item) in failed.into_iter().enumerate() {
            // The last one takes the rest, so that the points add up to the deduction even where it is capped.
            let own = Score::new(each(item).unwrap_or_default().get()).round(2);
            let points = if at == last || own > left { left } else { own };
            left = left.minus(points).unwrap_or_default();
            let clause = format!("{}{}", item.label, item.words);
            failures.push(Failure { clause, points });
        }
        failures
    }
}
