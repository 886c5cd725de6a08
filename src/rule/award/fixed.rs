//! Points that depend on nothing but the weight: 得满分, 得8分, 得分值的80%, 扣2分, 扣分值的20%.

use crate::base::{Number, Ratio};
use crate::expr::{Expr, Var, join, score};
use crate::rule::Refusal;
use crate::rule::measure::Measure;
use crate::rule::reason::{earned, percent as in_percent, points, words};
use crate::rule::words::{parts_of, percent, share_of};

use super::{Applying, AwardKind, Family};

/// Points that depend on nothing but the weight.
pub(super) static FAMILY: Family = Family {
    name: "fixed",
    samples: &[
        "完成率≥90%得满分，其余不得分",
        "完成率≥90%得满分，80%-90%得8分，80%以下得分值的50%",
        "达到目标值得满分，未达到的扣2分",
        "达到目标值得满分，未达到的扣分值的20%",
    ],
};

/// 得满分
pub(super) struct Full;
/// 得N分
pub(super) struct Points(pub(super) Number);
/// 得分值的N%
pub(super) struct Share(pub(super) Ratio);
/// 扣N分
pub(super) struct Less(pub(super) Number);
/// 扣分值的N%
pub(super) struct LessShare(pub(super) Ratio);

/// What all of them have in common.
macro_rules! fixed_kind {
    () => {
        fn family(&self) -> &'static Family {
            &FAMILY
        }

        fn moves(&self) -> bool {
            false
        }

        fn best(&self, weight: Number) -> Option<Number> {
            self.fixed(weight)
        }

        fn expr(&self, of: Applying) -> Result<Expr, Refusal> {
            self.fixed_expr().ok_or_else(|| Refusal::new(of.words, "无法换算成分数", "请由评审人员打分。"))
        }

        fn reason(&self, _of: Applying) -> Result<Expr, Refusal> {
            Ok(words(""))
        }
    };
}

impl AwardKind for Full {
    fixed_kind!();

    fn reading(&self, _: &Measure) -> String {
        "得满分".to_owned()
    }

    fn exceeds(&self, _weight: Number) -> bool {
        false
    }

    fn fixed(&self, weight: Number) -> Option<Number> {
        Some(weight)
    }

    fn fixed_expr(&self) -> Option<Expr> {
        Some(score(Expr::Var(Var::Weight)))
    }
}

impl AwardKind for Points {
    fixed_kind!();

    fn reading(&self, _: &Measure) -> String {
        format!("得{}分", self.0)
    }

    fn exceeds(&self, weight: Number) -> bool {
        self.0 > weight
    }

    fn fixed(&self, _weight: Number) -> Option<Number> {
        Some(self.0)
    }

    fn fixed_expr(&self) -> Option<Expr> {
        Some(self.0.into())
    }

    fn fixed_reason(&self) -> Expr {
        if self.0.is_zero() {
            words("，不得分")
        } else {
            join([words("，按评分标准得"), points(self.0)])
        }
    }
}

impl AwardKind for Share {
    fixed_kind!();

    fn reading(&self, _: &Measure) -> String {
        format!("得分值的{}", percent(self.0.number()))
    }

    fn exceeds(&self, _weight: Number) -> bool {
        self.0 > Ratio::ONE
    }

    fn fixed(&self, weight: Number) -> Option<Number> {
        weight.times(self.0.number())
    }

    fn fixed_expr(&self) -> Option<Expr> {
        Some(score(share_of(Expr::Var(Var::Weight), self.0.number())))
    }

    fn fixed_reason(&self) -> Expr {
        if self.0.is_zero() {
            return words("，不得分");
        }
        let share = share_said(self.0.number());
        join([words("，按"), points(Var::Weight), words("×"), share, words("计"), earned()])
    }
}

impl AwardKind for Less {
    fixed_kind!();

    fn reading(&self, _: &Measure) -> String {
        format!("扣{}分", self.0)
    }

    fn exceeds(&self, weight: Number) -> bool {
        self.0 > weight
    }

    fn fixed(&self, weight: Number) -> Option<Number> {
        weight.minus(self.0)
    }

    fn fixed_expr(&self) -> Option<Expr> {
        Some(score(Expr::Var(Var::Weight).minus(self.0).max(0)))
    }
}

impl AwardKind for LessShare {
    fixed_kind!();

    fn reading(&self, _: &Measure) -> String {
        format!("扣分值的{}", percent(self.0.number()))
    }

    fn exceeds(&self, _weight: Number) -> bool {
        self.0 > Ratio::ONE
    }

    fn fixed(&self, weight: Number) -> Option<Number> {
        weight.times(Number::ONE.minus(self.0.number())?)
    }

    fn fixed_expr(&self) -> Option<Expr> {
        let weight = || Expr::Var(Var::Weight);
        Some(score(weight().minus(share_of(weight(), self.0.number()))))
    }

    fn fixed_reason(&self) -> Expr {
        join([words("，按"), points(Var::Weight), words("×"), share_said(self.0.number()), words("扣分")])
    }
}

/// A share as a reason says it: 80%, 2/3.
fn share_said(share: Number) -> Expr {
    match parts_of(share) {
        Some((count, of)) => words(&format!("{count}/{of}")),
        None => in_percent(share),
    }
}
