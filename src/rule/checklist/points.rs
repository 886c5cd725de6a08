//! What a list earns: by what is satisfied, or by the cases found.

use crate::base::Number;
use crate::expr::{Expr, Var, WAITING, score};
use crate::model::Laid;
use crate::notation::{Notation, Unit};
use crate::rule::answer::checklist as answer;
use crate::rule::applied::{asked, failed, scored};
use crate::rule::checklist::reason::of_cases;
use crate::rule::words::share_of;
use crate::rule::{Applied, IndicatorFacts, Input, Refusal};

use super::{Checklist, Scheme};

impl Checklist {
    /// The score's expression over ticks, or over the number of satisfied items.
    pub(in crate::rule) fn expr(&self, ticked: bool) -> Result<Expr, Refusal> {
        let unclear = || Refusal::new(self.words.as_str(), "无法换算成分数", "请由评审人员打分。");
        let ticks = || (0_u8..).zip(&self.items).map(|(at, item)| (Expr::Var(Var::Item(at)), item));
        let met = || self.met(ticked);
        let weight = || Expr::Var(Var::Weight);
        let points = match &self.scheme {
            Scheme::Sum if ticked => ticks()
                .map(|(tick, item)| tick.times(item.points.unwrap_or_default()))
                .reduce(Expr::plus)
                .unwrap_or_else(|| 0.into()),
            Scheme::Sum => {
                let each = self.items.first().and_then(|i| i.points).unwrap_or_default();
                met().times(each)
            }
            Scheme::EachShare(share) => share_of(met().times(weight()), share.number()),
            Scheme::Deduct { per, most } => {
                let missing = Expr::from(self.len()).minus(met());
                let mut deduction = missing.times(*per);
                if let Some(most) = most {
                    deduction = deduction.min(*most);
                }
                weight().minus(deduction)
            }
            Scheme::Bands { bands, otherwise } => {
                let mut expr = match otherwise {
                    Some(award) => award.fixed_expr().ok_or_else(unclear)?,
                    None => Expr::text(WAITING),
                };
                for band in bands.iter().rev() {
                    let inside = band.holds(&met());
                    expr = inside.choose(band.award.fixed_expr().ok_or_else(unclear)?, expr);
                }
                return Ok(self.unless_vetoed(expr));
            }
            Scheme::Cases { .. } => return Err(unclear()),
        };
        Ok(self.unless_vetoed(score(points.min(Var::Weight).max(0))))
    }

    /// The points, where no item is missing that vetoes them.
    fn unless_vetoed(&self, points: Expr) -> Expr {
        self.vetoes.iter().fold(points, |points, at| Expr::Var(Var::Item(*at)).equals(1).choose(points, 0))
    }

    /// Cases found, of whichever item.
    pub(super) fn cases(
        &self,
        per: Number,
        most: Option<Number>,
        unit: &Unit,
        facts: &IndicatorFacts,
    ) -> Result<Applied, Refusal> {
        let refuse = || {
            let why = "评分标准按发现的问题数扣分，实际完成值没有给出问题数";
            Err(Refusal::new(facts.actual_text, why, "请填写发现的问题数，如“2例”“未发现”。"))
        };
        let found = match facts.actual {
            Some(Notation::NothingFound) => Number::ZERO,
            Some(Notation::Items(items)) if items.met(self.len()) == Some(self.len()) => Number::ZERO,
            Some(Notation::Quantity(q)) if q.fraction.is_none() && q.sign.is_none() => {
                if !q.unit.is_bare() && !q.unit.comparable(unit) {
                    return refuse();
                }
                q.number
            }
            actual => {
                let items = answer::items(facts, &self.items).map(Notation::Items);
                let failed =
                    answer::failed(actual, self.len()).or_else(|| answer::failed(items.as_ref(), self.len()));
                match (failed, answer::cases(facts)) {
                    (Some(failed), _) => Number::from(failed),
                    (None, Some((number, of))) if of.is_bare() || of.comparable(unit) => number,
                    _ => return refuse(),
                }
            }
        };
        let due = || Expr::Var(Var::Actual).times(per);
        let deduction = match most {
            Some(most) => due().min(most),
            None => due(),
        };
        let expr = score(Expr::Var(Var::Weight).minus(deduction).min(Var::Weight).max(0));
        let reason = of_cases(per, due(), most, unit, facts);
        let inputs = vec![Input { var: Var::Actual, value: found.into() }];
        let inputs = asked(inputs, facts.weight, [&expr, &reason]);
        let score = scored(&expr, &inputs, facts.weight, self.words.as_str())?;
        let failures = failed(self.words.as_str(), facts.weight, score);
        Ok(Applied { inputs, expr, reason, score, rate: None, failures, laid: Laid::AsRead, compared: None })
    }
}
