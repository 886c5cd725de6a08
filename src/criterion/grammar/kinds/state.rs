//! 部分覆盖得50%, 优（10分）、良（8分）: grade words with their awards.

use super::{Kind, Place};
use crate::criterion::grammar::states::state;

pub(super) const KIND: Kind = Kind {
    name: "情形得分",
    example: "部分覆盖得50%",
    yields: "情形的得分",
    place: Place::Anywhere,
    parse: |input, _| state(input),
    before: &[],
};
