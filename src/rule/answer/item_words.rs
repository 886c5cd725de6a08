//! Items of a list that an answer calls by their own words: 真实、完整、准确; ①②已公示，③未公示; 公开绩效目标、绩效自评两项.

use crate::notation::{Items, Tick, scan_numeral};
use crate::words::{self, Class, list};

use super::super::checklist::ChecklistItem;
use super::super::facts::plain_words;
use super::checklist::number;

/// What the items are where the answer repeats their words; nothing where it says more, or less.
pub(super) fn told(text: &str, items: &[ChecklistItem]) -> Option<Items> {
    let all = |tick| Items::Named { ticks: Vec::new(), others: Some(tick) };
    if repeats_all(text, items) {
        return Some(all(Tick::Met));
    }
    had(text, items).or_else(|| contrast(text, items)).or_else(|| listed(text, items))
}

/// Words that make what is said hold for less.
const LESS: [&str; 17] = [
    "但", "除", "部分", "基本", "仅", "只", "大部", "多数", "拟", "将", "计划", "正在", "预计", "其余",
    "其他", "个别", "上年",
];

/// Whether nothing is denied or held for less.
fn is_plain(text: &str) -> bool {
    !denies(text) && !LESS.iter().any(|word| text.contains(word))
}

fn denies(text: &str) -> bool {
    negates(text) || words::of(Class::Faults).within(text)
}

fn negates(text: &str) -> bool {
    let plain = words::of(Class::NoDenials).iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    words::of(Class::Negations).within(&plain)
}

/// 已按规定内容、规定时限公开预决算信息: all that each item says, in its order.
fn repeats_all(text: &str, items: &[ChecklistItem]) -> bool {
    let each = |item: &ChecklistItem| {
        let item = plain_words(&item.words);
        let mut rest = text.chars();
        item.chars().nth(3).is_some()
            && !negates(&item)
            && item.chars().filter(|c| c.is_alphanumeric()).all(|c| rest.any(|other| other == c))
    };
    let figures = text.contains(|c: char| c.is_ascii_digit() || number(c).is_some());
    items.len() > 1 && is_plain(text) && !figures && items.iter().all(each)
}

/// ①②④已公示，③未公示: some are so, and the others are not.
fn contrast(text: &str, items: &[ChecklistItem]) -> Option<Items> {
    let groups: Option<Vec<(Vec<u32>, &str)>> = text
        .split(['，', ',', ';', '；', '。'])
        .filter(|part| !part.is_empty())
        .map(marks_and_words)
        .collect();
    let groups = groups?;
    let (affirmed, denied): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, words)| is_plain(words));
    let ([(met, act)], [(missing, words)]) = (affirmed.as_slice(), denied.as_slice()) else { return None };
    let act = act.trim_start_matches("均").trim_start_matches("已");
    let bare = list::MARKS_DENIED.iter().find_map(|no| words.trim_start_matches("均").strip_prefix(no))?;
    let same = bare.chars().nth(1).is_some() && act.ends_with(bare);
    // What asks that something is not there may be met by a denial.
    let asks = items.iter().all(|item| !negates(&plain_words(&item.words)));
    let mut ticks: Vec<(u32, Tick)> = met.iter().map(|at| (*at, Tick::Met)).collect();
    ticks.extend(missing.iter().map(|at| (*at, Tick::NotMet)));
    ticks.sort_by_key(|(at, _)| *at);
    let whole = (1_u32..).zip(&ticks).all(|(at, (own, _))| at == *own) && ticks.len() == items.len();
    (same && asks && whole).then_some(Items::Named { ticks, others: None })
}

/// ①有；②有；③无: of every item whether it is there.
fn had(text: &str, items: &[ChecklistItem]) -> Option<Items> {
    let groups: Option<Vec<(Vec<u32>, &str)>> = text
        .split(['，', ',', ';', '；', '。', '、'])
        .filter(|part| !part.is_empty())
        .map(marks_and_words)
        .collect();
    let mut ticks: Vec<(u32, Tick)> = Vec::new();
    for (marks, words) in groups? {
        let tick = match words.trim_start_matches('均') {
            "有" => Tick::Met,
            "无" | "没有" => Tick::NotMet,
            _ => return None,
        };
        ticks.extend(marks.into_iter().map(|at| (at, tick)));
    }
    ticks.sort_by_key(|(at, _)| *at);
    let whole = (1_u32..).zip(&ticks).all(|(at, (own, _))| at == *own) && ticks.len() == items.len();
    let asks = items.iter().all(|item| !negates(&plain_words(&item.words)));
    (whole && asks).then_some(Items::Named { ticks, others: None })
}

/// ①②④已公示: the marks that a clause begins with, and what it says of them.
fn marks_and_words(part: &str) -> Option<(Vec<u32>, &str)> {
    let words = part.trim_start_matches(|c| number(c).is_some() || matches!(c, '、' | '和' | '项'));
    let marks: Vec<u32> =
        part.get(..part.len().saturating_sub(words.len()))?.chars().filter_map(number).collect();
    (!marks.is_empty() && !words.is_empty()).then_some((marks, words))
}

/// 真实、完整、准确; 公开绩效目标、绩效自评两项: each by words that only one item has. Those that are not named are not met only
/// where it is said how many are.
fn listed(text: &str, items: &[ChecklistItem]) -> Option<Items> {
    if !is_plain(text) || text.contains(['，', ';', '；', '。']) {
        return None;
    }
    let (text, count) = counted(text);
    // 已公开部门预算、部门决算两项: the deed is said of all of them.
    let deed = list::ALREADY
        .strip(text)
        .and_then(|rest| list::ITEM_DEEDS.strip(rest).or_else(|| words::of(Class::Mended).strip(rest)));
    let text = deed.filter(|_| count.is_some()).unwrap_or(text);
    let names: Vec<&str> = text.split(['、', '和', '与', '及']).collect();
    let mut ticks: Vec<(u32, Tick)> = Vec::new();
    for name in &names {
        let name = verb(items).and_then(|verb| name.strip_prefix(verb.as_str())).unwrap_or(name);
        let is_meant = |item: &ChecklistItem| {
            let item = plain_words(&item.words);
            let own = item.strip_suffix(verb(items).unwrap_or_default().as_str()).unwrap_or(&item).to_owned();
            name.chars().nth(1).is_some() && !negates(&item) && (own.ends_with(name) || own == name)
        };
        let mut hits = (1_u32..).zip(items).filter(|(_, item)| is_meant(item));
        let (Some((at, _)), None) = (hits.next(), hits.next()) else { return None };
        ticks.push((at, Tick::Met));
    }
    ticks.sort_by_key(|(at, _)| *at);
    let twice = ticks.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0));
    let said = count.is_some_and(|count| usize::try_from(count) == Ok(ticks.len()));
    let whole = ticks.len() == items.len();
    let others = (!whole).then_some(Tick::NotMet);
    (!twice && names.len() > 1 && (whole || said) && count.is_none_or(|_| said))
        .then_some(Items::Named { ticks, others })
}

/// 两项 behind what is listed.
fn counted(text: &str) -> (&str, Option<u32>) {
    let Some(bare) = text.strip_suffix('项') else { return (text, None) };
    let Some(at) = bare.char_indices().next_back().map(|(at, _)| at) else { return (text, None) };
    let figure = bare.get(at..).unwrap_or_default();
    let spoken = || scan_numeral(figure).and_then(|(n, _)| u32::try_from(n.value.get()).ok());
    let count = figure.parse().ok().or_else(spoken);
    if count.is_some() {
        (bare.get(..at).unwrap_or_default().trim_end_matches(['等', '共']), count)
    } else {
        (text, None)
    }
}

/// 公开 of 绩效目标公开, 绩效自评公开: the two signs with which every item ends.
fn verb(items: &[ChecklistItem]) -> Option<String> {
    let end = |item: &ChecklistItem| -> Option<String> {
        let item = plain_words(&item.words);
        let at = item.char_indices().rev().nth(1).map(|(at, _)| at)?;
        item.get(at..).map(str::to_owned)
    };
    let first = end(items.first()?)?;
    items.iter().all(|item| end(item).as_ref() == Some(&first)).then_some(first)
}

/// ③未归档 of an item that asks for something, ③与他处重复 of one that asks that something is not so: what the words behind its
/// mark deny.
pub(super) fn denied(words: &str, item: &str) -> Option<Tick> {
    let item = plain_words(item);
    let asks_none = list::DENIALS.find(&item);
    if asks_none.is_none() {
        // 账实不符 of 账务与实物相符
        let turned = OPPOSITE_ENDS.iter().any(|(not, is)| words.ends_with(not) && item.ends_with(is));
        if turned {
            return Some(Tick::NotMet);
        }
        let rest =
            list::MARKS_DENIED.iter().filter(|no| *no != "不").find_map(|no| words.strip_prefix(no))?;
        let elsewhere = NOT_ASKED.iter().any(|word| rest.contains(word));
        return (rest.chars().nth(1).is_some() && !denies(rest) && is_plain(rest) && !elsewhere)
            .then_some(Tick::NotMet);
    }
    let end = item.char_indices().rev().nth(1).and_then(|(at, _)| item.get(at..))?;
    let opposite = asks_none.is_some_and(|(at, no)| {
        item.get(at.saturating_add(no.len())..).is_some_and(|rest| !list::DENIALS.within(rest))
    });
    let sure = !["疑似", "可能", "曾", "已"].iter().any(|word| words.contains(word));
    (opposite && sure && words.chars().nth(3).is_some() && is_plain(words) && words.ends_with(end))
        .then_some(Tick::NotMet)
}

/// How words end that are the opposite of what an item ends with.
const OPPOSITE_ENDS: [(&str, &str); 9] = [
    ("不符", "相符"),
    ("不相符", "相符"),
    ("不一致", "一致"),
    ("不匹配", "匹配"),
    ("不齐全", "齐全"),
    ("不完整", "完整"),
    ("不规范", "规范"),
    ("不到位", "到位"),
    ("不健全", "健全"),
];

/// Words by which an item is not missed but not asked for.
const NOT_ASKED: [&str; 11] =
    ["涉及", "到期", "到时", "要求", "安排", "规定", "纳入", "触发", "适用", "扣", "发现"];
