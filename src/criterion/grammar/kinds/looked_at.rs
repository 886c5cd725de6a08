//! 查阅项目档案, 抽查合同, 截至评价基准日: where and when something is looked at.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name, word};

pub(super) const KIND: Kind = Kind {
    name: "查看方式",
    example: "查阅合同",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: looked_at,
    before: &[("标题", "either way it states nothing")],
};

fn looked_at(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let text = *input;
    if text != "截至评价基准日" {
        word(&["查阅", "查看", "抽查", "核查", "现场查看", "实地查看", "实地核查"]).parse_next(input)?;
        if !is_name(input) || input.contains(['每', '处', '项', '发']) {
            return Err(EmptyError);
        }
    }
    *input = "";
    Ok(Clause::Nothing)
}
