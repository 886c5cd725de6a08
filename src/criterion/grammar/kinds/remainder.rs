//! 不足1个百分点的按1个百分点计算: what a step counts that is not whole.

use super::{Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::steps::remainder;

pub(super) const KIND: Kind = Kind {
    name: "不足一步",
    example: "不足1个百分点的按1个百分点计算",
    yields: "不满一步的怎样算",
    place: Place::Anywhere,
    parse: |input, _| remainder(input).map(|(partial, size)| Clause::Remainder(partial, size)),
    before: &[("一档", "a step that is not whole, no condition: what it counts is as long as itself")],
};
