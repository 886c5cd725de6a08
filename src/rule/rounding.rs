//! What a criterion says of the places of its points: 得分保留一位小数, 得分取整数，小数部分舍去.

use crate::base::{Number, Weight};
use crate::expr::{Expr, guard, score, whole_steps_down};

use super::Refusal;

/// How points are rounded; criteria that do not say so round to two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Half away from zero to so many places.
    To(u32),
    /// To whole points; what is less than one is dropped.
    Down,
}

impl Rounding {
    /// The score that points come to.
    pub(super) fn score(rounding: Option<Self>, points: Expr) -> Expr {
        match rounding {
            None => score(points),
            Some(Self::To(places)) => guard(points).round(places),
            Some(Self::Down) => whole_steps_down(points),
        }
    }

    /// What the rule says of it.
    pub(in crate::rule) fn reading(self) -> String {
        match self {
            Self::To(0) => "得分四舍五入取整数".to_owned(),
            Self::To(places) => format!("得分保留{places}位小数"),
            Self::Down => "得分取整数，小数部分舍去".to_owned(),
        }
    }

    /// What points come to that hang on nothing.
    fn of(self, points: Number) -> Number {
        match self {
            Self::To(places) => points.round(places),
            Self::Down => points.floor(),
        }
    }

    /// Refuses points that it would change though they are stated.
    pub(super) fn keeps(self, points: Number, weight: Weight, words: &str) -> Result<(), Refusal> {
        if self.of(points) == points {
            return Ok(());
        }
        let why = format!("写明的分数（分值{weight}分）与“{}”不一致", self.reading());
        Err(Refusal::new(words, why, "请核对评分标准，或由评审人员打分。"))
    }
}
