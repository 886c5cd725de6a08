//! What several rules say of a deduction: each that cost points in its own words, and what they cost together.

use crate::expr::{Expr, Func, Var, guard, join};

use super::combine::{Numbered, Whole};
use super::{Joint, Together};
use crate::rule::IndicatorFacts;
use crate::rule::reason::{points, subject, words};

/// More characters than any reason has.
const ALL: u32 = 8_000;

impl Joint {
    /// The reason over the parts' inputs.
    pub(super) fn reason(&self, whole: &Whole, facts: &IndicatorFacts) -> Expr {
        let end = [words("，共扣"), points(Var::Deduction)];
        match self.together {
            Together::Tiers { .. } => {
                let each = whole.parts.iter().zip(&self.parts).filter_map(|(numbered, part)| {
                    let Numbered::Scored { applied, .. } = numbered else { return None };
                    let unmet = words(&format!("、{}未达到", part.name()));
                    Some(guard(applied.expr.clone()).below(1).choose(unmet, words("")))
                });
                let unmet = Expr::call(Func::Mid, [join(each), 2.into(), ALL.into()]);
                let end = [words("，扣"), points(Var::Deduction)];
                join([words(&subject(facts)), words("："), unmet].into_iter().chain(end))
            }
            Together::Veto => {
                let (first, events) = match whole.parts.split_first() {
                    Some((first, events)) => (first.said(), events),
                    None => (words(""), [].as_slice()),
                };
                let clear = events.iter().zip(self.parts.iter().skip(1)).filter_map(|(event, part)| {
                    let Numbered::Scored { applied, .. } = event else { return None };
                    let said = format!("出现“{}”，一票否决", part.name());
                    Some((guard(applied.expr.clone()).below(1), said))
                });
                clear.fold(join([first]), |rest, (occurred, said)| {
                    let said = join([words(&said), words("，扣"), points(Var::Deduction)]);
                    occurred.choose(said, rest)
                })
            }
            Together::Sum | Together::Less | Together::Kinds { adds: false } => {
                let each = whole.parts.iter().filter_map(|numbered| {
                    let Numbered::Scored { applied, weight } = numbered else { return None };
                    let costs = guard(applied.expr.clone()).below(weight.clone());
                    Some(costs.choose(join([words("；"), applied.reason.clone()]), words("")))
                });
                let list = Expr::call(Func::Mid, [join(each), 2.into(), ALL.into()]);
                join([list].into_iter().chain(end))
            }
            Together::Kinds { adds: true } => {
                let each = whole.parts.iter().zip(&self.parts).map(|(numbered, part)| match numbered {
                    Numbered::Scored { applied, .. } => {
                        join([words(&format!("、{}得", part.name())), points(applied.expr.clone())])
                    }
                    _ => words(""),
                });
                let list = Expr::call(Func::Mid, [join(each), 2.into(), ALL.into()]);
                let end = [words("，扣"), points(Var::Deduction)];
                join([words(&subject(facts)), words("："), list].into_iter().chain(end))
            }
        }
    }
}

impl Numbered {
    /// Its own reason.
    fn said(&self) -> Expr {
        match self {
            Self::Scored { applied, .. } => applied.reason.clone(),
            Self::Absent | Self::Refused(_) => words(""),
        }
    }
}
