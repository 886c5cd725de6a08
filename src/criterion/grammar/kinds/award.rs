//! 按完成比例得分: what is earned, without a condition.

use super::{Kind, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;

pub(super) const KIND: Kind = Kind {
    name: "得分办法",
    example: "按完成比例得分",
    yields: "怎样得分",
    place: Place::Anywhere,
    parse: |input, _| award(input, false).map(Clause::Award),
    before: &[("情形得分", "how points are found is no grade word")],
};
