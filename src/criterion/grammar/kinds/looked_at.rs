//! 查阅项目档案, 抽查合同, 截至评价基准日: where and when something is looked at.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, denies, is_name, word};

pub(super) const KIND: Kind = Kind {
    name: "查看方式",
    example: "查阅合同",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: looked_at,
    before: &[
        ("标题", "either way it states nothing"),
        ("一档", "抽查12户 is how many are looked at, no bound"),
    ],
};

fn looked_at(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let text = *input;
    if text != "截至评价基准日" {
        attempt(input, word(&["现场", "实地", "入户", "随机"]));
        word(&["查阅", "查看", "抽查", "抽取", "走访", "核查"]).parse_next(input)?;
        if sample(input).is_ok() {
            *input = "";
            return Ok(Clause::Nothing);
        }
        // 抽查采购项目 is what is looked at, 核查3项 how many.
        let counted = input.replace("项目", "").contains(['每', '处', '项', '发']);
        if !is_name(input) || denies(input) || counted {
            return Err(EmptyError);
        }
    }
    *input = "";
    Ok(Clause::Nothing)
}

/// 10户, 20份健康档案, 档案20份: how many are looked at.
fn sample(input: &mut Input<'_>) -> Outcome<()> {
    let end = input.find(|c: char| c.is_ascii_digit()).ok_or(EmptyError)?;
    let before = input.get(..end).ok_or(EmptyError)?;
    let mut rest = input.get(end..).ok_or(EmptyError)?;
    let counted = amount(&mut rest)?;
    let plain = |text: &str| {
        text.is_empty() || (is_name(text) && !denies(text) && !text.contains(['得', '扣', '符', '合']))
    };
    if is_count(&counted.unit) && plain(before) && plain(rest) { Ok(()) } else { Err(EmptyError) }
}
