//! What words say of one item of a list: 资料未及时归档 under 资料齐全并及时归档, 管护经费已落实 under 落实管护经费.

use crate::notation::Tick;
use crate::words::{self, Class, list};

use super::super::facts::plain_words;

/// More words between two that are repeated ask for something.
const MOST_BETWEEN: usize = 6;

/// Fewer characters may stand in any item.
const MIN_WORDS: usize = 4;

/// 符合, 不符合要求: a word that says it of any item.
pub(super) fn met(words: &str) -> Option<Tick> {
    match words.strip_suffix("要求").unwrap_or(words) {
        "符合" | "满足" | "达标" | "合格" | "具备" => Some(Tick::Met),
        "不符合" | "不满足" | "不达标" | "不合格" | "不具备" | "未达到" | "未符合" => {
            Some(Tick::NotMet)
        }
        _ => None,
    }
}

/// 有, 无 of an item that asks for something to be there: 有培训计划.
pub(super) fn had(words: &str, item: &str) -> Option<Tick> {
    let asked = plain_words(item).starts_with('有');
    match words {
        "有" | "已有" => Some(Tick::Met).filter(|_| asked),
        "无" | "没有" => Some(Tick::NotMet).filter(|_| asked),
        _ => None,
    }
}

/// Whether words repeat what an item asks for, or deny it. Behind the item's own mark fewer of them will do.
pub(super) fn of(words: &str, item: &str, marked: bool) -> Option<Tick> {
    let item = plain_words(item);
    let words = words.strip_prefix('已').unwrap_or(words);
    // 开展了可研论证
    let plain = words.replacen('了', "", 1);
    let words = plain.as_str();
    let words = ["实行", "实现", "做到"].iter().find_map(|verb| words.strip_prefix(verb)).unwrap_or(words);
    let long = words.chars().count();
    let least = if marked { 2 } else { MIN_WORDS };
    if long < least {
        return None;
    }
    let denied = |at: usize| item.get(..at).is_some_and(|before| list::ALL_DENIAL_SIGNS.ends(before));
    // 公务接待费超预算 where 未超预算 is asked for.
    let plain = item.replacen('未', "", 1);
    if plain != item && plain == words {
        return Some(Tick::NotMet);
    }
    if let Some(at) = item.find(words) {
        if denied(at) {
            return Some(Tick::NotMet).filter(|_| long >= MIN_WORDS);
        }
        let behind = at.checked_add(words.len()).and_then(|end| item.get(end..)).unwrap_or_default();
        // 资料齐全 is only a part of 资料齐全并及时归档.
        // ①已明确 is all of 明确招待标准和招待人数.
        let verb = marked && at == 0 && long == 2;
        return (verb || !goes_on(behind)).then_some(Tick::Met);
    }
    if list::ALL_DENIAL_SIGNS.within(&item) {
        return None;
    }
    // 未发现问题 under 发现问题及时整改: where there was nothing, nothing was to be done.
    if words::of(Class::FoundNone).strip(words).is_some_and(|thing| !item.ends_with(thing)) {
        return None;
    }
    if let Some((before, behind)) = denial(words) {
        // 操作培训未开展 under 完成全员操作培训
        let undone = DOINGS.contains(&behind)
            && before.chars().nth(MIN_WORDS.saturating_sub(1)).is_some()
            && item.contains(before);
        let denied = undone || says(&item, before, behind, marked);
        return denied.then_some(Tick::NotMet);
    }
    // 管护经费已落实 under 落实管护经费
    let (before, behind) = ["均已", "已经", "已"].iter().find_map(|done| words.split_once(done))?;
    let whole = before.chars().nth(1).is_some() && behind.chars().nth(1).is_some();
    let all = before.chars().count().saturating_add(behind.chars().count());
    let rest = item.chars().count().saturating_sub(all);
    // 预算已公开 under 预算按规定公开
    let plain = format!("{before}{behind}") == without_rules(&item);
    // 绩效目标已公开 under 绩效目标随部门预算公开: what is left out is no demand of its own.
    let between = item.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
    let framed = between.is_some_and(|between| {
        whole
            && between.chars().count() <= MOST_BETWEEN
            && !words::of(Class::Demands).within(between)
            && !goes_on(between)
    });
    (plain || framed || (whole && rest <= 2 && item.contains(before) && item.contains(behind)))
        .then_some(Tick::Met)
}

/// What is done at all, or not.
const DOINGS: [&str; 9] = ["开展", "完成", "实施", "落实", "进行", "组织", "到位", "启动", "执行"];

/// 预算公开 of 预算按规定公开: words that say no more than that it is as it should be.
fn without_rules(item: &str) -> String {
    ["按照规定", "按照要求", "按规定", "按要求", "依法依规", "依规", "依法"]
        .iter()
        .fold(item.to_owned(), |text, word| text.replace(word, ""))
}

/// Whether more is asked for behind what was said.
fn goes_on(behind: &str) -> bool {
    behind.contains(['并', '且', '，', '、', '和', '及'])
}

/// 资料未及时归档: what stands before and behind its only denial.
fn denial(words: &str) -> Option<(&str, &str)> {
    let plain = list::NO_DENIALS.iter().fold(words.to_owned(), |text, word| text.replace(word, ""));
    let signs = plain.chars().filter(|c| matches!(c, '未' | '不' | '无' | '没' | '非' | '缺')).count();
    if signs != 1 {
        return None;
    }
    list::ONE_DENIAL.iter().find_map(|no| words.split_once(no))
}

/// Whether an item is made of what stands before and behind a denial.
fn says(item: &str, before: &str, behind: &str, marked: bool) -> bool {
    let long = before.chars().count().saturating_add(behind.chars().count());
    let least = if marked { 2 } else { MIN_WORDS };
    let has = |part: &str| part.is_empty() || item.contains(part) || (marked && in_order(item, part));
    // 制度未 denies nothing.
    long >= least && behind.chars().nth(1).is_some() && has(before) && has(behind)
}

/// Whether the characters stand in the item one after the other: 及时归档 in 及时整理归档.
fn in_order(item: &str, part: &str) -> bool {
    let mut rest = item.chars();
    part.chars().all(|c| rest.any(|other| other == c))
}
