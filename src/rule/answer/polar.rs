//! One of two states by a word of it: 已通过 where 通过等保测评 stands beside 未通过.

use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::Answer;

/// Words for how something is done: a state that says them asks for more than that it is done.
pub(super) const MANNERS: [&str; 22] = [
    "及时",
    "按时",
    "按期",
    "按规定",
    "按要求",
    "足额",
    "有效",
    "规范",
    "如实",
    "准确",
    "完整",
    "严格",
    "全部",
    "全面",
    "且",
    "并",
    "和",
    "及",
    "、",
    "同时",
    "或",
    "部分",
];

/// The state that the answer begins or ends, where the other state denies that very word.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    without_it(rule, facts).or_else(|| as_promised(rule, facts)).or_else(|| one_of_two(rule, facts))
}

/// 600元/人/年 where that is the target, under 按标准足额发放: it is what was promised.
fn as_promised(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let target =
        facts.target?.quantity().filter(|t| !t.unit.is_ratio() && !t.unit.is_bare() && t.sign.is_none())?;
    let actual = facts.actual?.quantity()?;
    let same = actual.number == target.number && actual.unit == target.unit && actual.sign.is_none();
    let standard = |label: &str| words::of(Class::ByStandard).begins(label) && !label.contains(['未', '不']);
    let of_it = rule.states.iter().all(|state| state.label.contains("标准"));
    let full = rule.states.iter().filter(|state| standard(&state.label));
    let mut full = full.filter(|state| state.award.fixed(facts.weight) == Some(facts.weight.number()));
    match (full.next(), full.next()) {
        (Some(state), None) if same && of_it && rule.bands.is_empty() => Some(Answer::word(&state.label)),
        _ => None,
    }
}

/// 本年度无楼堂馆所项目 under 没有楼堂馆所项目: the same is denied, in another word.
fn without_it(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let text = plain_words(facts.actual_text);
    let text = words::of(Class::WithinTheYear).strip(&text).unwrap_or(&text);
    let thing = |text: &str| {
        list::HAS_NONE.strip(text).filter(|rest| rest.chars().nth(1).is_some()).map(str::to_owned)
    };
    let none = thing(text)?;
    let mut hits =
        rule.states.iter().filter(|state| thing(&plain_words(&state.label)).as_ref() == Some(&none));
    match (hits.next(), hits.next()) {
        (Some(state), None) => Some(Answer::word(&state.label)),
        _ => None,
    }
}

fn one_of_two(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let [a, b] = rule.states.as_slice() else { return None };
    let text = plain_words(facts.actual_text);
    // 合格(评分91.4)
    let text = text.split_once('(').map_or(text.as_str(), |(word, _)| word);
    let text = ["已经", "已"].iter().find_map(|done| text.strip_prefix(done)).unwrap_or(text);
    // 已实现全覆盖
    let text = list::BROUGHT_ABOUT.strip(text).filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(text);
    if text.chars().nth(1).is_none() || !text.chars().all(char::is_alphabetic) {
        return None;
    }
    let (a, b) = (plain_words(&a.label), plain_words(&b.label));
    // 未开展 says that none of it was done.
    let undone =
        |other: &str| list::DENIALS.strip(other).is_some_and(|act| text.contains(act) && act.len() > 3);
    if leaves_out(&a, text) && undone(&b) && !words::of(Class::Negations).within(text) {
        return rule.states.first().map(|state| Answer::word(&state.label));
    }
    let at = match (is_called(&a, text) && denies(&b, text), is_called(&b, text) && denies(&a, text)) {
        (true, false) => 0_usize,
        (false, true) => 1,
        _ => return None,
    };
    rule.states.get(at).map(|state| Answer::word(&state.label))
}

/// 按要求开展并报送 of 按要求开展绩效监控并报送: the state without the thing it is done to.
fn leaves_out(label: &str, text: &str) -> bool {
    let mut cuts = text.char_indices().skip(2).map(|(at, _)| text.split_at(at));
    let kept = |(before, behind): (&str, &str)| {
        let thing = label.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
        behind.chars().nth(1).is_some()
            && thing.is_some_and(|thing| {
                thing.chars().nth(1).is_some()
                    && !words::of(Class::Demands).within(thing)
                    && !MANNERS.iter().any(|manner| thing.contains(manner))
                    && !words::of(Class::Negations).within(thing)
            })
    };
    text.chars().nth(4).is_some() && cuts.any(kept)
}

/// Whether a state begins or ends with the word, and says nothing of how it is so.
fn is_called(label: &str, word: &str) -> bool {
    let label = words::of(Class::WithinTheYear).strip(label).unwrap_or(label);
    let rest = label.strip_prefix(word).or_else(|| label.strip_suffix(word));
    rest.is_some_and(|rest| {
        let plain = words::of(Class::NoDenials).iter().fold(rest.to_owned(), |text, no| text.replace(no, ""));
        !MANNERS.iter().any(|manner| rest.contains(manner)) && !list::DENIALS.within(&plain)
    })
}

/// Whether a state is no more than that the word does not hold, or, of a word that denies, that it does: 未通过, 不合格, 有新增.
fn denies(label: &str, word: &str) -> bool {
    // 未建立 denies 建立健全.
    let begun = |rest: &str| rest.chars().nth(1).is_some() && word.starts_with(rest);
    let no = list::DENIALS.find(label).is_some_and(|(at, no)| {
        label.get(at.saturating_add(no.len())..).is_some_and(|rest| rest == word || begun(rest))
    });
    let yes = list::DENIALS.strip(word).is_some_and(|bare| {
        label.strip_suffix(bare).is_some_and(|lead| matches!(lead, "" | "有" | "存在" | "已" | "发生"))
    });
    no || yes
}
