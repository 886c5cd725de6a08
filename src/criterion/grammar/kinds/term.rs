//! 实际到位资金:一定时期(本年度或项目期)内落实到具体项目的资金: what a term means.

use winnow::error::EmptyError;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name};

pub(super) const KIND: Kind = Kind {
    name: "名词解释",
    example: "实际到位资金:一定时期内落实到具体项目的资金",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: term,
    before: &[],
};

fn term(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let (name, meaning) = input.split_once(':').ok_or(EmptyError)?;
    let ends = ["资金", "数", "额", "量", "支出", "预算", "人数", "时间"];
    let plain = |c: char| c.is_alphabetic() || matches!(c, '(' | ')' | '、' | '/');
    let rule = ['得', '扣', '分', '满', '加', '减', '每', '否'];
    let term = is_name(name) && ends.iter().any(|end| name.ends_with(end));
    if !term || !meaning.starts_with("一定时期") || !meaning.chars().all(plain) || meaning.contains(rule)
    {
        return Err(EmptyError);
    }
    *input = "";
    Ok(Clause::Nothing)
}
