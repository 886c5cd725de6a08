//! What is said of each of several measures: 按完成比例分别计分, 每项符合得该项满分, 分别计分.

use crate::criterion::grammar::scan::is_name;
use crate::criterion::grammar::words::ITEM;
use crate::notation::is_numeral;
use crate::words::{self, Class, list};

use super::written::Clause;

/// 按完成比例分别计分: how each part is scored, never one alone.
pub(super) fn is_way_of_each(clause: &Clause) -> bool {
    clause.text.starts_with('按') && words::of(Class::ForEachPart).within(&clause.text)
}

/// 每项符合得该项满分: the state that earns an item's points, said of each.
pub(super) fn each_state(text: &str) -> Option<&str> {
    let rest = words::of(Class::EachItem).strip(text)?;
    let state = words::of(Class::OwnPoints).strip_end(rest)?.trim_end_matches('的');
    let short = state.chars().nth(1).is_some() && state.chars().nth(4).is_none();
    (short && is_name(state)).then_some(rest)
}

/// 分别计分, 两个分项各自计分: each has points of its own.
pub(super) fn is_scored_apart(text: &str) -> bool {
    let apart = words::of(Class::ScoredApart);
    let of_them = |of: &str| {
        let of = of.trim_start_matches(is_numeral);
        let of = ITEM.strip(of).unwrap_or(of);
        list::PART_NOUNS.has(of)
    };
    apart.has(text) || apart.strip_end(text).is_some_and(of_them)
}

/// 每项每低1个百分点扣0.5分: steps of each, said of each.
fn each_step(text: &str) -> Option<&str> {
    words::of(Class::EachItem).strip(text).filter(|rest| rest.starts_with('每'))
}

/// What holds for each of the parts, said of one.
pub(super) fn plainly(text: &str) -> Option<String> {
    if is_scored_apart(text) {
        return None;
    }
    let mut text = each_state(text).or_else(|| each_step(text)).unwrap_or(text).to_owned();
    let replace = |text: &mut String, class: Class, with: &str| {
        while let Some((at, word)) = words::of(class).find(text) {
            let end = at.saturating_add(word.len());
            *text = format!(
                "{}{with}{}",
                text.get(..at).unwrap_or_default(),
                text.get(end..).unwrap_or_default()
            );
        }
    };
    replace(&mut text, Class::NoOwnPoints, "不给分");
    replace(&mut text, Class::OwnPoints, "给满分");
    replace(&mut text, Class::ForEachPart, "");
    let text =
        text.replace("不给分", "不得分").replace("给满分", "得满分").replace("未按计划时间", "未按时完成");
    // 完成的得相应分值: what the points of each say.
    let said = text.strip_suffix("得满分").is_some_and(|words| matches!(words, "完成的" | "达到的"));
    (!said && !text.is_empty()).then_some(text)
}
