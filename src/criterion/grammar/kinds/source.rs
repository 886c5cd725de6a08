//! 根据问卷调查结果, 以统计数据为准: where the figures come from.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, is_name, word};
use crate::criterion::grammar::words::EVIDENCE;

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
    // 评分依据:验收报告、业务台账
    if attempt(input, word(EVIDENCE)).is_some() {
        word(&[":", "为"]).parse_next(input)?;
        let listed = |c: char| c.is_alphanumeric() || "、()/和及等《》-".contains(c);
        let rule = ["得", "扣", "满分", "加", "每", "否则"];
        if input.is_empty() || !input.chars().all(listed) || rule.iter().any(|word| input.contains(word)) {
            return Err(EmptyError);
        }
        *input = "";
        return Ok(Clause::Nothing);
    }
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
