//! The parts' expressions, each over inputs of its own, and the one that they make together.

use crate::base::{Number, Score, Weight};
use crate::expr::{Expr, Func, Slot, Var, WAITING, score};
use crate::model::Laid;

use super::{Joint, Part, Tier, Together};
use crate::rule::{Applied, Award, IndicatorFacts, Input, Refusal};

/// A part as it was applied, its inputs numbered.
pub(super) enum Numbered {
    /// It has a score.
    Scored {
        /// Over inputs of its own.
        applied: Box<Applied>,
        /// The points it can earn.
        weight: Expr,
    },
    /// It is a kind that is not named.
    Absent,
    /// It was not certain.
    Refused(Refusal),
}

/// All parts with what they make together.
pub(super) struct Whole {
    pub(super) parts: Vec<Numbered>,
    pub(super) expr: Expr,
}

impl Numbered {
    /// The part with inputs from this number on.
    pub(super) fn of(
        applied: Option<Result<Applied, Refusal>>,
        part: &Part,
        of: Weight,
        next: &mut u8,
    ) -> Self {
        let applied = match applied {
            None => return Self::Absent,
            Some(Err(refusal)) => return Self::Refused(refusal),
            Some(Ok(applied)) => applied,
        };
        let first = *next;
        let weight = part.points.map_or(Expr::Var(Var::Weight), Expr::from);
        let mut last = first;
        let mut inputs = Vec::new();
        for input in applied.inputs {
            if let Some(var) = numbered(input.var, first) {
                if let Var::Part(at, _) = var {
                    last = last.max(at);
                }
                inputs.push(Input { var, ..input });
            }
        }
        *next = last.saturating_add(1);
        let bind = |expr: &Expr| {
            expr.bind(&|var| match var {
                Var::Weight => weight.clone(),
                other => Expr::Var(numbered(other, first).unwrap_or(other)),
            })
        };
        let expr = bind(&applied.expr);
        // What came off a part is what it can earn less what it earned.
        let most =
            if part.points.is_some() { part.weight(of).number().into() } else { Expr::Var(Var::Weight) };
        let off = most.minus(expr.clone());
        let reason = bind(&applied.reason)
            .bind(&|var| if var == Var::Deduction { off.clone() } else { Expr::Var(var) });
        let applied = Box::new(Applied { inputs, expr, reason, ..applied });
        Self::Scored { applied, weight }
    }

    /// Its inputs.
    pub(super) fn inputs(&self) -> &[Input] {
        match self {
            Self::Scored { applied, .. } => &applied.inputs,
            Self::Absent | Self::Refused(_) => &[],
        }
    }

    /// Its score, where it has one.
    pub(super) fn score(&self) -> Option<Score> {
        match self {
            Self::Scored { applied, .. } => Some(applied.score),
            Self::Absent | Self::Refused(_) => None,
        }
    }

    /// Whether what was answered is of another kind, which is said.
    pub(super) fn other_kind(&self) -> Option<Laid> {
        match self {
            Self::Scored { applied, .. } => {
                Some(applied.laid).filter(|laid| matches!(laid, Laid::OtherKind | Laid::Corrected))
            }
            _ => None,
        }
    }

    fn points(&self) -> Option<Expr> {
        match self {
            Self::Scored { applied, .. } => Some(unrounded(&applied.expr)),
            Self::Absent | Self::Refused(_) => None,
        }
    }
}

/// The input of a part from its own name.
fn numbered(var: Var, first: u8) -> Option<Var> {
    let slot = match var {
        Var::Target => Slot::Target,
        Var::TargetBase => Slot::TargetBase,
        Var::Actual => Slot::Actual,
        Var::ActualBase => Slot::ActualBase,
        Var::Item(at) => Slot::Item(at),
        Var::Level => Slot::Level,
        // A part of parts keeps its numbers behind the first.
        Var::Part(at, slot) => return Some(Var::Part(first.saturating_add(at), slot)),
        Var::Weight | Var::Deduction | Var::Standard(_) => return None,
    };
    Some(Var::Part(first, slot))
}

/// Points before they are rounded: only their sum is.
fn unrounded(expr: &Expr) -> Expr {
    match expr {
        Expr::Call(Func::Round, outer) => match outer.first() {
            Some(Expr::Call(Func::Round, inner)) => inner.first().unwrap_or(expr).clone(),
            _ => expr.clone(),
        },
        Expr::Call(Func::If, args) => match args.as_slice() {
            [test, yes, no] => test.clone().choose(unrounded(yes), unrounded(no)),
            _ => expr.clone(),
        },
        _ => expr.clone(),
    }
}

impl Joint {
    /// What the parts make together.
    pub(super) fn whole(&self, parts: Vec<Numbered>, facts: &IndicatorFacts) -> Result<Whole, Refusal> {
        if self.together == Together::Veto {
            return self.vetoed(parts, facts);
        }
        if let Some(Numbered::Refused(refusal)) = parts.iter().find(|p| matches!(p, Numbered::Refused(_))) {
            return Err(refusal.clone());
        }
        let sum = |each: Vec<Expr>| each.into_iter().reduce(Expr::plus).unwrap_or_else(|| 0.into());
        let weight = || Expr::Var(Var::Weight);
        let expr = match &self.together {
            Together::Sum => score(sum(parts.iter().filter_map(Numbered::points).collect())),
            Together::Kinds { adds: true } => {
                score(sum(parts.iter().filter_map(Numbered::points).collect()).min(weight()))
            }
            Together::Less | Together::Kinds { adds: false } => {
                let taken = parts.iter().filter_map(Numbered::points).map(|left| weight().minus(left));
                score(weight().minus(sum(taken.collect())).max(0))
            }
            Together::Tiers { tiers, otherwise } => {
                let met: Vec<Option<Score>> = parts.iter().map(Numbered::score).collect();
                Self::certain(tiers, &met, facts)?;
                let points: Vec<Expr> =
                    parts.iter().map(|p| p.points().unwrap_or_else(|| 0.into())).collect();
                self.tiers(tiers, otherwise.as_ref(), &points, facts)?
            }
            Together::Veto => return Err(Refusal::new(self.words.as_str(), "无法换算成分数", "")),
        };
        Ok(Whole { parts, expr })
    }

    /// The first part's points, where nothing vetoes them.
    fn vetoed(&self, parts: Vec<Numbered>, facts: &IndicatorFacts) -> Result<Whole, Refusal> {
        let (first, events) =
            parts.split_first().ok_or_else(|| Refusal::new(self.words.as_str(), "无法换算成分数", ""))?;
        let occurred = events.iter().filter_map(Numbered::score).any(Score::is_zero);
        if let Some(Numbered::Refused(refusal)) =
            events.iter().find(|event| matches!(event, Numbered::Refused(_))).filter(|_| !occurred)
        {
            return Err(refusal.clone());
        }
        let base = match first {
            Numbered::Scored { applied, .. } => applied.expr.clone(),
            // Nothing is earned, whatever else is.
            Numbered::Refused(_) | Numbered::Absent if occurred => Expr::text(WAITING),
            Numbered::Refused(refusal) => return Err(refusal.clone()),
            Numbered::Absent => return Err(self.unanswered(0, facts)),
        };
        let silent = events.iter().position(|event| matches!(event, Numbered::Absent)).filter(|_| !occurred);
        if let Some(at) = silent {
            return Err(self.unanswered(at.saturating_add(1), facts));
        }
        let clear: Vec<Expr> =
            events.iter().filter_map(Numbered::points).map(|points| points.equals(1)).collect();
        let expr = match clear.len() {
            0 => base,
            1 => clear.into_iter().next().map_or_else(|| base.clone(), |one| one.choose(base.clone(), 0)),
            _ => Expr::Call(Func::And, clear).choose(base, 0),
        };
        Ok(Whole { parts, expr })
    }

    /// Whether the tiers that apply agree: the best of those that earn, and none that denies it.
    fn certain(tiers: &[Tier], met: &[Option<Score>], facts: &IndicatorFacts) -> Result<(), Refusal> {
        let count = |tier: &Tier| {
            let each = tier
                .of
                .iter()
                .filter(|at| met.get(**at).copied().flatten().is_some_and(|score| !score.is_zero()));
            u32::try_from(each.count()).unwrap_or(u32::MAX)
        };
        let applying = tiers.iter().filter(|t| (t.met.at_least..=t.met.at_most).contains(&count(t)));
        let awards: Vec<Option<Number>> = applying.map(|t| t.met.award.fixed(facts.weight)).collect();
        let none = |points: &Option<Number>| points.is_none_or(Number::is_zero);
        if awards.iter().any(none) && !awards.iter().all(none) {
            let why = "实际完成值同时符合得分和不得分的条件";
            return Err(Refusal::new(facts.actual_text, why, "请由评审人员打分。"));
        }
        Ok(())
    }

    /// The awards by how many conditions are met, the best first.
    fn tiers(
        &self,
        tiers: &[Tier],
        otherwise: Option<&Award>,
        points: &[Expr],
        facts: &IndicatorFacts,
    ) -> Result<Expr, Refusal> {
        let unclear = || Refusal::new(self.words.as_str(), "无法换算成分数", "请由评审人员打分。");
        let mut expr = match otherwise {
            Some(award) => award.fixed_expr().ok_or_else(unclear)?,
            None => Expr::text(WAITING),
        };
        let mut rising: Vec<&Tier> = tiers.iter().collect();
        rising.sort_by_key(|tier| tier.met.award.fixed(facts.weight));
        for tier in rising {
            let each = tier.of.iter().filter_map(|at| points.get(*at).cloned());
            let met = each.reduce(Expr::plus).unwrap_or_else(|| 0.into());
            let all = u32::try_from(tier.of.len()).unwrap_or(u32::MAX);
            let holds =
                if tier.met.at_most == all { met.at_least(tier.met.at_least) } else { tier.met.holds(&met) };
            expr = holds.choose(tier.met.award.fixed_expr().ok_or_else(unclear)?, expr);
        }
        Ok(expr)
    }
}
