//! 完成期限为2021年12月31日, 报表应于2024年2月29日前报送: the day that lateness counts from.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::base::Date;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, is_name, word};
use crate::notation::scan_date;

pub(super) const KIND: Kind = Kind {
    name: "完成期限",
    example: "完成期限为2021年12月31日",
    yields: "完成的期限",
    place: Place::Anywhere,
    parse: deadline,
    before: &[],
};

fn deadline(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    if attempt(input, word(&["完成期限为", "完成时限为", "完成时间为"])).is_none() {
        return due_before(input);
    }
    day(input).map(Clause::Deadline)
}

/// The last day that a date names.
fn day(input: &mut Input<'_>) -> Outcome<Date> {
    let (when, taken) = scan_date(input, false).ok_or(EmptyError)?;
    *input = input.get(taken..).ok_or(EmptyError)?;
    let days = when.days(None).ok_or(EmptyError)?;
    if days.first == days.last { Ok(days.last) } else { Err(EmptyError) }
}

/// 报表应于2024年2月29日前报送, 应在2024年2月末前(含当日)报送: what is to be done by when.
fn due_before(input: &mut Input<'_>) -> Outcome<Clause> {
    let text = *input;
    let at = text.find("应于").or_else(|| text.find("应在")).ok_or(EmptyError)?;
    let thing = text.get(..at).ok_or(EmptyError)?;
    let plain =
        thing.chars().all(char::is_alphanumeric) && !thing.contains(['每', '扣', '得', '未', '不', '如']);
    let mut rest = text.get(at.saturating_add("应于".len())..).ok_or(EmptyError)?;
    let due = day(&mut rest)?;
    attempt(&mut rest, word(&["末日", "日"]));
    word(&["之前", "以前", "前"]).parse_next(&mut rest)?;
    attempt(&mut rest, |i| {
        word(&["(含"]).parse_next(i)?;
        word(&["末日", "当日", "当天", "本日", "该日"]).parse_next(i)?;
        word(&[")"]).parse_next(i)
    });
    if !plain || rest.is_empty() || rest.chars().count() > MAX_ACT || !is_name(rest) {
        return Err(EmptyError);
    }
    *input = "";
    Ok(Clause::Deadline(due))
}

/// What is to be done by then is a verb: 报送, 提交至财政局.
const MAX_ACT: usize = 8;
