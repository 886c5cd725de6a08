//! 实际为“是”得满分: a grade word that is named as such.

use winnow::error::EmptyError;

use super::{Kind, Place};
use crate::criterion::grammar::states::state;

pub(super) const KIND: Kind = Kind {
    name: "实际为某种情形",
    example: "实际为是得满分",
    yields: "情形的得分",
    place: Place::Anywhere,
    parse: |input, _| if input.starts_with("实际为") { state(input) } else { Err(EmptyError) },
    before: &[("情形得分", "实际为 says that a grade word follows, which may hold what no other holds")],
};
