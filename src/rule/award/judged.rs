//! Points that a person decides: 低于90%酌情扣分. What else the criterion says is certain all the same.

use crate::base::Number;
use crate::expr::Expr;
use crate::rule::Refusal;
use crate::rule::measure::Measure;

use super::{Applying, AwardKind, Family};

/// Points that a person decides.
pub(super) static FAMILY: Family = Family {
    name: "judged",
    samples: &["满意度≥90%得满分，低于90%酌情扣分", "按时完成得满分，未按时完成的视情况扣分"],
};

/// 酌情扣分
pub(super) struct Judged;

impl AwardKind for Judged {
    fn family(&self) -> &'static Family {
        &FAMILY
    }

    fn reading(&self, _: &Measure) -> String {
        "由评审人员评分".to_owned()
    }

    fn exceeds(&self, _: Number) -> bool {
        false
    }

    /// Nobody knows; what is certain must reach the weight without it.
    fn best(&self, _: Number) -> Option<Number> {
        Some(Number::ZERO)
    }

    fn moves(&self) -> bool {
        false
    }

    fn expr(&self, of: Applying) -> Result<Expr, Refusal> {
        Err(refusal(of.words))
    }

    fn reason(&self, of: Applying) -> Result<Expr, Refusal> {
        Err(refusal(of.words))
    }
}

/// Why it has no score.
pub(in crate::rule) fn refusal(words: &str) -> Refusal {
    Refusal::new(words, "这种情况得多少分要由人判断，不能自动计分", "请由评审人员打分。")
}
