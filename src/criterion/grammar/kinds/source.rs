//! 根据问卷调查结果, 以统计数据为准: where the figures come from.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name, word};

pub(super) const KIND: Kind = Kind {
    name: "数据来源",
    example: "根据问卷调查结果",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: source,
    before: &[],
};

fn source(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let text = *input;
    word(&["通过", "根据", "依据", "按照", "以", "经"]).parse_next(input)?;
    let ends = [
        "问卷调查",
        "满意度调查",
        "调查",
        "调查结果",
        "统计结果",
        "测评结果",
        "检测结果",
        "统计数据",
        "为准",
    ];
    if is_name(text) && ends.iter().any(|end| input.ends_with(end)) {
        *input = "";
        Ok(Clause::Nothing)
    } else {
        Err(EmptyError)
    }
}
