//! 每迟报一次扣0.5分: what goes wrong is named by its verb.

use winnow::error::EmptyError;

use super::{Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, begins_figure, denies, lit};
use crate::criterion::grammar::steps::{Counts, StepClause, events, noun, worth};
use crate::criterion::grammar::words::{HARM, STEP_MISSING};
use crate::rule::is_ranked;

pub(super) const KIND: Kind = Kind {
    name: "每错一件扣分",
    example: "每迟报一次扣0.5分",
    yields: "按件扣分",
    place: Place::Anywhere,
    parse: |input, _| event_suffered(input).map(Clause::Steps),
    before: &[
        ("每一步扣分或加分", "the verb of what goes wrong says that cases are counted"),
        ("一处扣几分", "迟报 and 漏报 are counted by the case, and are no days"),
        ("一档", "迟报1例 is counted, and is no bound"),
        ("情形得分", "迟报一例 is counted, and is no grade word"),
    ],
};

/// 每迟报一次扣0.5分: what goes wrong is named by its verb.
pub(crate) fn event_suffered(input: &mut Input<'_>) -> Outcome<StepClause> {
    let each = attempt(input, lit("每")).is_some();
    let mut name = *input;
    let size = events(input)?;
    name = name.get(..name.len().saturating_sub(input.len())).ok_or(EmptyError)?;
    let bad = [
        '迟', '漏', '错', '误', '瞒', '违', '旷', '虚', '擅', '超', '被', '受', '通', '曝', '退', '返', '脱',
        '宕', '泄', '延',
    ];
    // 每超1次 is beyond so many
    let listed = each && name.contains(['、', '或', '/', '和', '及']);
    // 受益1人 without 每 is no case of what goes wrong, 迟报1例 is.
    // 漏1项 is missing, 漏报1例 is a case.
    let missing = STEP_MISSING.begins(name)
        && !matches!(size.unit.word.as_str(), "例" | "起" | "次" | "户" | "人" | "人次");
    if !each && (missing || name.starts_with(['受', '退', '返', '通', '超', '脱']) || denies(name)) {
        return Err(EmptyError);
    }
    if !(name.starts_with(bad) || listed && HARM.begins(name))
        || ["超编", "超"].iter().any(|over| name.strip_prefix(over).is_some_and(begins_figure))
    {
        return Err(EmptyError);
    }
    // 每被省级通报批评1次: those of another level are other cases.
    let case = name.split(|c: char| c.is_ascii_digit() || c == '一').next().unwrap_or_default();
    let case = case.trim_start_matches(['被', '受']);
    let said = noun(input)?;
    // Without 每 it is one of several cases (脱管1人扣1分，漏管1人扣2分), unless nothing else is named.
    let own = said.is_empty() && (!each || is_ranked(case));
    let noun = if own { case.to_owned() } else { said };
    let (per, adds) = worth(input)?;
    if adds {
        return Err(EmptyError);
    }
    let (counts, from, partial, subject) = (Counts::Found, None, None, None);
    Ok(StepClause { counts, from, size, per, adds, partial, noun, base: None, subject, each })
}
