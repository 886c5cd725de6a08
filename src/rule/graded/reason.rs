//! What a rule about one number or one word says of a deduction.

use crate::expr::{Expr, join};

use crate::rule::award::Applying;
use crate::rule::graded::Graded;
use crate::rule::measure::Measurement;
use crate::rule::reason::{Tells, against, against_target, fact, place, sentence, words};
use crate::rule::resolve::Condition;
use crate::rule::span::{Bound, Point, Span, When};
use crate::rule::{Award, IndicatorFacts};

impl Graded {
    /// The reason over the same conditions as the score: the fact, then what applies to it.
    pub(in crate::rule) fn reason(
        &self,
        on: &Measurement,
        facts: &IndicatorFacts,
        conditions: &[Condition],
    ) -> Expr {
        let full = |award: &Award| award.fixed(facts.weight) == Some(facts.weight.number());
        let mut said = match self.otherwise.as_ref().filter(|rest| !full(&rest.award)) {
            Some(rest) => match rest.award.fixed_expr() {
                Some(_) => join([self.none_applies(on, facts), rest.award.fixed_reason()]),
                None => self.moving(&rest.award, on, facts),
            },
            None => words(""),
        };
        // Where full points are given nothing is taken off, and nothing is said.
        let bands = self.bands.iter().zip(conditions).filter(|(band, _)| !full(&band.award));
        for (band, condition) in bands.rev() {
            let own = match band.award.fixed_expr() {
                Some(_) => join([self.applies(&band.when, on), band.award.fixed_reason()]),
                None => self.moving(&band.award, on, facts),
            };
            said = condition.expr.clone().choose(own, said);
        }
        sentence([fact(on, facts), said])
    }

    /// What an award that depends on the number makes of it.
    fn moving(&self, award: &Award, on: &Measurement, facts: &IndicatorFacts) -> Expr {
        let said = award.ask(|kind| kind.reason(Applying { rule: self, on, facts, words: "" }));
        // What is refused has no score either.
        said.unwrap_or_else(|_| words(""))
    }

    /// The condition that the fact meets: `，不低于80%且低于95%`.
    fn applies(&self, when: &When, on: &Measurement) -> Expr {
        let target = on.target.as_ref().filter(|_| on.tells == Tells::Amount);
        match (when, target) {
            (When::Misses, Some(target)) => {
                against(on, !on.direction.cap, place(on, &Point::Target, target.expr.clone()))
            }
            (When::Within(span), Some(target)) if span.is_of_target() => {
                let condition = words(&format!("，{}", self.when(when)));
                join([words("，"), place(on, &Point::Target, target.expr.clone()), condition])
            }
            (When::Misses, None) if on.tells == Tells::Late => words(""),
            (When::Within(span), _) if !matches!(on.tells, Tells::Amount | Tells::Deviation) => {
                words(&format!("，{}", in_time(&span.reading())))
            }
            (when, _) => words(&format!("，{}", self.when(when))),
        }
    }

    /// That nothing which earns points applies: what full points begin at is not reached.
    fn none_applies(&self, on: &Measurement, facts: &IndicatorFacts) -> Expr {
        let full = |award: &Award| award.fixed(facts.weight) == Some(facts.weight.number());
        let top = self.bands.iter().find(|band| full(&band.award)).map(|band| &band.when);
        let ends = match top {
            Some(When::Meets) if on.tells == Tells::Late => return words(""),
            Some(When::Meets) if on.target.is_some() => return against_target(on, facts),
            Some(When::Within(Span { lower: Some(bound), upper: None })) => Some((bound, true)),
            Some(When::Within(Span { lower: None, upper: Some(bound) })) => Some((bound, false)),
            _ => None,
        };
        let only = self.bands.len() == 1;
        let at = ends.filter(|_| only).and_then(|(bound, floor)| {
            let at = on.resolve(&bound.at, "").ok()?;
            let way = match (floor, bound.inclusive) {
                (true, true) => "，未达到",
                (true, false) => "，未超过",
                (false, true) => "，超过",
                (false, false) => "，达到或超过",
            };
            Some(join([words(way), place(on, &bound.at, at.expr)]))
        });
        at.unwrap_or_else(|| words("，不在评分标准列出的得分范围内"))
    }
}

/// Days and cases are no height: 超过30天, not 高于30天.
fn in_time(span: &str) -> String {
    span.replace("不高于", "不超过").replace("高于", "超过").replace("不低于", "达到").replace("低于", "不到")
}

impl Span {
    /// Whether it is said in terms of the target.
    fn is_of_target(&self) -> bool {
        let own =
            |end: &Option<Bound>| end.as_ref().is_some_and(|bound| !matches!(bound.at, Point::Value(_)));
        own(&self.lower) || own(&self.upper)
    }
}
