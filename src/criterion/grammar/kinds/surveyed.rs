//! 以各题满意率的平均值计, 综合满意度=服务对象满意率×70%+工作人员满意率×30%: how a satisfaction is asked and counted. What it comes
//! to is the actual; how points are earned says another clause.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name, word};
use crate::criterion::grammar::words::{
    COUNTED_SO, COUNTING_AWARDS, COUNTING_BEGINS, COUNTING_POINTS, COUNTING_WORDS, OF_EACH_GROUP,
    SATISFACTION_NAMES,
};
use crate::rule::Arithmetic;

pub(super) const KIND: Kind = Kind {
    name: "满意度怎样统计",
    example: "以各题满意率的平均值计",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: surveyed,
    before: &[],
};

fn surveyed(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let text = *input;
    let is_so = text.split_once('=').map_or_else(|| told(text), |(name, right)| formula(name, right));
    if !is_so {
        return Err(EmptyError);
    }
    *input = "";
    Ok(Clause::Nothing)
}

/// 以问卷第4题(总体满意度)为准, 对全体参训人员(30人)开展调查
fn told(text: &str) -> bool {
    let mut rest = text;
    let begins = word(COUNTING_BEGINS).parse_next(&mut rest).is_ok();
    let signs = |c: char| c.is_alphanumeric() || "、()《》“”-.".contains(c);
    // 以问卷调查结果为准 says where the figures come from.
    let source = is_name(text) && text.ends_with("为准");
    begins
        && !COUNTING_AWARDS.within(text)
        && COUNTING_WORDS.within(rest)
        && COUNTED_SO.ends(rest)
        && text.chars().all(signs)
        && !source
}

/// Shares of names with their weights, the mean of marks over the most of them, or the share of each group by itself.
fn formula(name: &str, right: &str) -> bool {
    let body = right.strip_suffix("*100%").unwrap_or(right);
    let figures = body.chars().any(|c| c.is_ascii_digit()) || OF_EACH_GROUP.within(body);
    let signs = |c: char| c.is_alphanumeric() || "+*/%.()".contains(c);
    let points = COUNTING_POINTS.within(body);
    // 服务对象满意度*60%+工作人员满意度*40% is worked out where both are told; it is a formula as any other.
    let of_rates = Arithmetic::read(body).is_some_and(|formula| {
        let names = formula.names();
        names.len() > 1 && names.iter().all(|name| name.ends_with(['率', '度']))
    });
    let named = SATISFACTION_NAMES.within(name) && is_name(name);
    named && figures && !points && !of_rates && body.chars().all(signs)
}
