//! 经批准延期的视同按期完成: what was put off with leave is in time.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, word};
use crate::criterion::grammar::words::{APPROVED, AS_IN_TIME, LATE, ON_TIME};

pub(super) const KIND: Kind = Kind {
    name: "经批准延期",
    example: "经批准延期的视同按期完成",
    yields: "经批准的延期不算逾期",
    place: Place::Anywhere,
    parse: approved,
    before: &[
        ("一档", "what was put off with leave is no case of its own"),
        ("情形得分", "what was put off with leave is in time, whatever that earns"),
    ],
};

fn approved(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    opt(word(&["但", "其中", "除"])).parse_next(input)?;
    word(APPROVED).parse_next(input)?;
    opt(word(&["可以", "可", "同意", "后"])).parse_next(input)?;
    word(LATE).parse_next(input)?;
    attempt(input, word(&["的项目", "的情况", "的", "时", "者"]));
    attempt(input, lit("，"));
    // 视同按期完工
    let treated = attempt(input, |i| {
        word(&["视同", "视为", "按照", "按"]).parse_next(i)?;
        word(ON_TIME).parse_next(i)?;
        attempt(i, word(&["完工", "竣工", "交付", "办结", "报送", "验收"]));
        attempt(i, word(&["对待", "处理", "计分", "得分", "计算", "计"]));
        Ok(())
    });
    if treated.is_none() {
        word(AS_IN_TIME).parse_next(input)?;
    }
    if input.is_empty() || input.starts_with(['，', ')']) { Ok(Clause::Approved) } else { Err(EmptyError) }
}
