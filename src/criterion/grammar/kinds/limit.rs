//! 最多扣3分, 最低得5分, 5分封顶: what points do not go beyond.

use super::{Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::limit::limit;

pub(super) const KIND: Kind = Kind {
    name: "限额",
    example: "最多扣3分",
    yields: "扣分、加分或得分的限额",
    place: Place::Anywhere,
    parse: |input, _| limit(input).map(Clause::Limit),
    before: &[("情形得分", "封顶 is a limit, no grade word")],
};
