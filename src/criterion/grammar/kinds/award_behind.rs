//! 满意度≥90%，10分: behind a condition of its own, points need no verb.

use super::{Kind, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;

pub(super) const KIND: Kind = Kind {
    name: "条件后的得分",
    example: "10分",
    yields: "前面条件的得分",
    place: Place::BehindCondition,
    parse: |input, _| award(input, true).map(Clause::Award),
    before: &[
        ("一档", "100% of the points is what the condition before it earns, no figure to reach"),
        ("得分办法", "a condition that has no award yet gets this one"),
        ("情形得分", "不予计分 is an award, no grade word"),
    ],
};
