//! Conditions with their awards: ratio, ladder, steps, binary, scale, date, over-budget and their combinations.

mod by_word;
mod reading;
mod reason;

use crate::base::{Number, Weight};
use crate::expr::{Expr, Func, WAITING};
use crate::model::Laid;

use crate::rule::applied::{asked, failed, scored};
use crate::rule::award::{Applying, too_few};
use crate::rule::contradiction;
use crate::rule::doubt::checked_success;
use crate::rule::formula::Definition;
use crate::rule::measure::{HINT_TARGET, Measure, Measurement, Subject};
use crate::rule::rate::rate_of;
use crate::rule::resolve::condition;
use crate::rule::span::{Bound, Point, Span, When};
use crate::rule::state::{StateBand, find};
use crate::rule::{Applied, Award, IndicatorFacts, Refusal, Rounding, RuleKind, Words};

/// A condition with its award.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// When it applies.
    pub when: When,
    /// What it earns.
    pub award: Award,
    /// The criterion's words.
    pub words: Words,
}

/// What is earned where no condition applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Otherwise {
    /// What it earns.
    pub award: Award,
    /// The criterion's words.
    pub words: Words,
}

/// A rule about one number or one word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graded {
    /// What is measured.
    pub measure: Measure,
    /// What the criterion calls it.
    pub subject: Subject,
    /// How it is calculated, where the criterion says so.
    pub definition: Option<Definition>,
    /// Words with their awards.
    pub states: Vec<StateBand>,
    /// Conditions on the number with their awards; they do not depend on their order.
    pub bands: Vec<Band>,
    /// What is earned where none applies.
    pub otherwise: Option<Otherwise>,
    /// 经批准延期的视同按期完成
    pub approved: bool,
    /// How the text wants points rounded.
    pub rounding: Option<Rounding>,
}

impl RuleKind for Graded {
    fn checked(&self, facts: &IndicatorFacts) -> Result<(), Refusal> {
        contradiction::checked_day(self, facts)
    }

    fn apply(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        self.by_answer(facts)
    }

    fn fits(&self, weight: Weight) -> Result<(), Refusal> {
        let limit = weight.number();
        let states = self.states.iter().map(|s| (&s.award, &s.words));
        let bands = self.bands.iter().map(|b| (&b.award, &b.words));
        let rest = self.otherwise.iter().map(|o| (&o.award, &o.words));
        for (award, words) in states.chain(bands).chain(rest) {
            if award.ask(|kind| kind.exceeds(limit)) {
                return Err(too_many(words.as_str(), weight));
            }
        }
        self.keeps_its_points(weight)?;
        self.reaches(weight)
    }

    fn examples(&self, facts: &IndicatorFacts) -> Vec<String> {
        self.wanted(facts)
    }

    fn reading(&self) -> String {
        self.sentence()
    }

    fn family(&self) -> &'static str {
        self.name()
    }

    fn counts(&self) -> bool {
        matches!(self.measure, Measure::Count(_))
    }

    fn is_dated(&self) -> bool {
        matches!(self.measure, Measure::Lateness(_))
    }

    fn decides_all(&self) -> bool {
        self.otherwise.is_some() || self.bands.len() > 1 || self.states.len() > 1
    }

    fn is_threshold(&self) -> bool {
        let [band] = self.bands.as_slice() else { return false };
        let reached = match &band.when {
            When::Within(span) => span.lower.is_some() != span.upper.is_some(),
            When::Meets => true,
            When::Outside(_) | When::Misses => false,
        };
        let measured = matches!(self.measure, Measure::Value | Measure::Lateness(_));
        reached && self.states.is_empty() && measured
    }

    fn is_of_deviation(&self) -> bool {
        matches!(self.measure, Measure::Deviation { .. })
    }
}

impl Graded {
    /// Scores the actual as it was read.
    pub(in crate::rule) fn as_read(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        if let Some(found) = find(&self.states, self.otherwise.is_some(), facts) {
            return self.by_word(found, facts);
        }
        if let Some(applied) = self.by_status(facts) {
            return applied;
        }
        if self.bands.is_empty() && !self.has_moving_part() {
            let why = "不是评分标准列出的情形";
            let hint = "请按评分标准的用语填写实际完成值，或由评审人员打分。";
            return Err(Refusal::new(facts.actual_text, why, hint));
        }
        let mut ways = Vec::new();
        for measured in self.measurements(facts)? {
            let found = self.by_number(&measured, facts)?;
            if let Some(open) = measured.direction.open {
                let mut turned = measured;
                turned.direction.cap = !turned.direction.cap;
                if self.by_number(&turned, facts).is_ok_and(|other| other.score != found.score) {
                    let hint = "请在指标值前写明“≥”或“≤”，或由评审人员打分。";
                    return Err(Refusal::new(facts.target_text, open.to_string(), hint));
                }
            }
            ways.push(found);
        }
        let mut ways = ways.into_iter();
        let Some(first) = ways.next() else {
            return Err(Refusal::new(facts.actual_text, "无法识别", "请由评审人员打分。"));
        };
        if ways.any(|other| other.score != first.score) {
            let why = "实际完成值不够具体，得分不能确定";
            return Err(Refusal::new(facts.actual_text, why, "请写明具体日期或数值。"));
        }
        Ok(first)
    }

    /// All words of the criterion that the rule was read from.
    pub(in crate::rule) fn all_words(&self) -> String {
        let bands = self.bands.iter().map(|b| &b.words);
        let states = self.states.iter().map(|s| &s.words);
        let words = bands.chain(states).chain(self.otherwise.iter().map(|o| &o.words));
        let own = self.all_awards().filter_map(|award| award.ask(|kind| kind.words().cloned()));
        words.cloned().chain(own).map(|words| words.as_str().to_owned()).collect()
    }

    /// Every award the rule can give.
    pub(in crate::rule) fn all_awards(&self) -> impl Iterator<Item = &Award> {
        let states = self.states.iter().map(|s| &s.award);
        let bands = self.bands.iter().map(|b| &b.award);
        states.chain(bands).chain(self.otherwise.iter().map(|o| &o.award))
    }

    /// Every point that a condition or step refers to.
    pub(in crate::rule) fn points(&self) -> impl Iterator<Item = &Point> {
        let ends = self.bands.iter().flat_map(|band| match &band.when {
            When::Within(span) | When::Outside(span) => {
                [span.lower.as_ref(), span.upper.as_ref()].map(|end| end.map(|b| &b.at))
            }
            When::Meets | When::Misses => [None, None],
        });
        let moving = self.all_awards().flat_map(|award| match award {
            Award::Steps(steps) => [Some(&steps.from), None],
            Award::Line(line) => [Some(&line.from.at), Some(&line.to.at)],
            _ => [None, None],
        });
        ends.chain(moving).flatten()
    }

    /// Where full points begin, in the base of the dimension, if a figure says so.
    pub(in crate::rule) fn full_from(&self, weight: Weight) -> Option<Number> {
        let full = |award: &Award| award.fixed(weight) == Some(weight.number());
        self.bands.iter().find_map(|band| match &band.when {
            When::Within(Span { lower: Some(Bound { at: Point::Value(amount), .. }), .. })
                if full(&band.award) =>
            {
                amount.number.times(amount.unit.factor)
            }
            _ => None,
        })
    }

    /// Whether the best that it gives is the weight. Less says that the criterion holds more than was read (two lists of
    /// bands that are to be added up), or was written for other points.
    fn reaches(&self, weight: Weight) -> Result<(), Refusal> {
        // Where a case takes points off, the others keep all of them.
        let takes = |award: &Award| matches!(award, Award::Less(_) | Award::LessShare(_));
        let bests: Option<Vec<Number>> = self.all_awards().map(|award| award.best(weight)).collect();
        let best = bests.unwrap_or_default().into_iter().max();
        match best {
            Some(best) if best.round(8) < weight.number() && !self.all_awards().any(takes) => {
                let first = self.states.first().map(|s| &s.words).or(self.bands.first().map(|b| &b.words));
                let words = first.or(self.otherwise.as_ref().map(|o| &o.words)).map_or("", |w| w.as_str());
                Err(too_few(words, best, weight))
            }
            _ => Ok(()),
        }
    }

    /// Points that are stated are not rounded to others.
    fn keeps_its_points(&self, weight: Weight) -> Result<(), Refusal> {
        let Some(rounding) = self.rounding else { return Ok(()) };
        let stated = self.all_awards().filter_map(|award| award.fixed(weight));
        for points in stated.chain([weight.number()]) {
            rounding.keeps(points, weight, &rounding.reading())?;
        }
        Ok(())
    }

    /// Whether the rule without bands still measures a number.
    pub(in crate::rule) fn has_moving_part(&self) -> bool {
        self.otherwise.as_ref().is_some_and(|o| o.award.moves())
    }

    /// Whether cases are counted and a rate earns points: one actual is not both.
    pub(crate) fn counts_and_rates(&self) -> bool {
        let rates = |award: &Award| matches!(award, Award::Rate(rate) if rate.rate.is_some());
        matches!(self.measure, Measure::Count(_)) && self.all_awards().any(rates)
    }

    /// The score of a measured number.
    pub(in crate::rule) fn by_number(
        &self,
        on: &Measurement,
        facts: &IndicatorFacts,
    ) -> Result<Applied, Refusal> {
        // Of a ceiling only what goes beyond it is said in shares: 超过预算的110%不得分.
        let pays_beyond = self.bands.iter().any(|b| {
            b.award != Award::ZERO
                && matches!(
                    &b.when,
                    When::Within(Span { lower: Some(Bound { at: Point::OfTarget(_), .. }), upper: None })
                )
        });
        let within = self.points().any(|at| matches!(at, Point::OfTarget(n) if *n <= Number::ONE));
        if on.direction.cap && (within || pays_beyond) {
            let why = "指标值是上限（越小越好），与“达到目标值的百分之几”矛盾";
            return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
        }
        let shares = self.points().any(|at| matches!(at, Point::OfTarget(_)));
        let whole = on.is_share || on.target.as_ref().is_none_or(|t| t.value == Number::ONE);
        if shares && self.speaks_of_rates() && on.unit.is_ratio() && !whole {
            let why = "有的百分比是指标值的百分之几，有的可能是实际值本身，无法确定";
            return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
        }
        let x = on.value.round(8);
        let mut conditions = Vec::new();
        for band in &self.bands {
            conditions.push(condition(&band.when, on, band.words.as_str())?);
        }
        let hits: Vec<usize> = conditions
            .iter()
            .enumerate()
            .filter(|(_, c)| c.pieces.iter().any(|p| p.contains(x)))
            .map(|(at, _)| at)
            .collect();
        let award_at = |at: usize| self.bands.get(at).map(|b| (&b.award, &b.words));
        let (award, words) = match hits.as_slice() {
            [] => self.otherwise.as_ref().map(|o| (&o.award, &o.words)).ok_or_else(|| {
                let why = format!("{}，不在评分标准的任何一档内", on.shown);
                Refusal::new(facts.actual_text, why, "评分标准的档次之间有空档，请由评审人员打分。")
            })?,
            [first, others @ ..] => {
                let (award, words) = award_at(*first).unwrap_or((&Award::ZERO, &NO_WORDS));
                for other in others {
                    let (second, its_words) = award_at(*other).unwrap_or((award, words));
                    if second != award {
                        let why =
                            format!("{}，同时符合“{}”和“{}”", on.shown, words.as_str(), its_words.as_str());
                        let hint = "评分标准的档次互相重叠，请由评审人员打分。";
                        return Err(Refusal::new(facts.actual_text, why, hint));
                    }
                }
                (award, words)
            }
        };
        // Only what applies here must be certain; what else the criterion says may wait for its own case.
        let part = |of: &Award, of_words: &Words| match of
            .ask(|kind| kind.expr(Applying { rule: self, on, facts, words: of_words.as_str() }))
        {
            Err(refusal) if of == award => Err(refusal),
            Err(_) => Ok(Expr::text(WAITING)),
            found => found,
        };
        let mut expr = match &self.otherwise {
            Some(rest) => part(&rest.award, &rest.words)?,
            None => Expr::text(WAITING),
        };
        for (band, condition) in self.bands.iter().zip(&conditions).rev() {
            let award = part(&band.award, &band.words)?;
            expr = condition.expr.clone().choose(award, expr);
        }
        for (at, (band, here)) in self.bands.iter().zip(&conditions).enumerate() {
            let later = self.bands.iter().zip(&conditions).skip(at.saturating_add(1));
            for (other, there) in later {
                let overlap = here.pieces.iter().any(|a| there.pieces.iter().any(|b| a.overlaps(b)));
                if overlap && band.award != other.award {
                    let both = Expr::call(Func::And, [here.expr.clone(), there.expr.clone()]);
                    expr = both.choose(Expr::text(WAITING), expr);
                }
            }
        }
        let reason = self.reason(on, facts, &conditions);
        let inputs = asked(on.inputs.clone(), facts.weight, [&expr, &reason]);
        let score = scored(&expr, &inputs, facts.weight, words.as_str())?;
        self.checked_direction(on, facts)?;
        checked_success(on, score, facts)?;
        self.checked_against_target(on, facts)?;
        let own = award.ask(|kind| kind.words().filter(|own| !own.as_str().is_empty()).cloned());
        let words = own.as_ref().unwrap_or(words);
        let failures = failed(words.as_str(), facts.weight, score);
        Ok(Applied {
            inputs,
            expr,
            reason,
            score,
            rate: rate_of(on),
            failures,
            laid: Laid::AsRead,
            compared: self.compared(on, facts),
        })
    }
}

static NO_WORDS: Words = Words::empty();

fn too_many(words: &str, weight: Weight) -> Refusal {
    let why = format!("评分标准给出的分数超过了分值{weight}分");
    Refusal::new(words, why, "请核对评分标准与分值。")
}
