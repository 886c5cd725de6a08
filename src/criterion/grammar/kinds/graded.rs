//! 满意度≥90%得满分, 低于90%的: a condition with its award, or alone.

use super::{Kind, Place};
use crate::criterion::grammar::graded::graded;

pub(super) const KIND: Kind = Kind {
    name: "一档",
    example: "满意度≥90%得满分",
    yields: "条件和得分，或只有条件",
    place: Place::Anywhere,
    parse: graded,
    before: &[(
        "情形得分",
        "完成 and its like are conditions; beside grade words a pass turns them into one",
    )],
};
