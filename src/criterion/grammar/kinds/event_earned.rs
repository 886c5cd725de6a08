//! 每引进1个得1分: what is done is named, one by one, and earns points from the first on.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Kind, Place};
use crate::criterion::grammar::award::then;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, lit, points, word};
use crate::criterion::grammar::steps::{Counts, StepClause, events, noun};
use crate::criterion::grammar::words::GIVE;
use crate::rule::{Amount, Per};

pub(super) const KIND: Kind = Kind {
    name: "每做一件得分",
    example: "每引进1个得1分",
    yields: "按件加分",
    place: Place::Anywhere,
    parse: |input, _| event_earned(input).map(Clause::Steps),
    before: &[],
};

/// 每引进1个得1分, 每完成一项任务得2分
pub(crate) fn event_earned(input: &mut Input<'_>) -> Outcome<StepClause> {
    lit("每").parse_next(input)?;
    let size = activity(input)?;
    let noun = noun(input)?;
    then(input);
    word(GIVE).parse_next(input)?;
    let per = points(input)?;
    if per.is_zero() {
        return Err(EmptyError);
    }
    Ok(StepClause {
        counts: Counts::Open,
        from: None,
        size,
        per: Per::Points(per),
        adds: true,
        partial: None,
        noun,
        subject: None,
        each: true,
    })
}

/// 引进1个: what is done, and no fault.
fn activity(input: &mut Input<'_>) -> Outcome<Amount> {
    const NOT: [char; 14] =
        ['未', '不', '无', '没', '缺', '少', '低', '高', '超', '逾', '迟', '降', '扣', '差'];
    let text = *input;
    let size = events(input)?;
    let name = text.get(..text.len().saturating_sub(input.len())).ok_or(EmptyError)?;
    if name.contains(NOT) { Err(EmptyError) } else { Ok(size) }
}
