//! 不低于上年水平得满分, 每低于行业平均值1个百分点扣1分: criteria that hold the actual against the value of a standard.
//!
//! Such a criterion is read as if the value were the target (不低于目标值得满分), so that all that can be asked beside a target
//! can be asked beside a standard. Only where the form has the standard's value: else it stays what its words are.

use std::cmp::Ordering;

use crate::criterion::grammar::words::{FALLS, NEGATIVE, NOTHING, RISES, STAYS};
use crate::criterion::text::plain::Plain;
use crate::model::Standard;
use crate::notation::Notation;
use crate::rule::{Against, Refusal, Rule};
use crate::words::{self, Class, list};

use super::Context;

/// What stands in the place of the standard.
const TARGET: &str = "目标值";

/// The rule beside a standard that the text names and the form has a value of; `None` where there is none.
pub(super) fn read(
    text: &str,
    context: &Context,
    read: impl FnOnce(&str, &Context) -> Result<Rule, Refusal>,
) -> Option<Rule> {
    let plain = Plain::new(text);
    // 排名较上年上升: a better place is a smaller number.
    if list::RANKING_NAMES.within(plain.as_str()) || list::RANKING_NAMES.within(context.indicator) {
        return None;
    }
    // Which way is the better one the target says by its sign; else nobody knows.
    let better = context.target.and_then(Notation::quantity).and_then(|target| target.sign);
    let better = better.and_then(|sign| match sign {
        sign if sign.is_floor() => Some(true),
        sign if sign.is_cap() => Some(false),
        _ => None,
    });
    let directed = directed(plain.as_str(), better)?;
    let (standard, beside) = beside_target(&directed)?;
    if !context.standards.contains(&standard) {
        return None;
    }
    let rule = read(&beside, &Context { target: None, standards: &[], ..*context }).ok()?;
    // Several rules in one may be about the target, too.
    let moved = is_moved(plain.as_str());
    matches!(rule, Rule::Graded(_)).then(|| Rule::Against(Against { standard, moved, rule: Box::new(rule) }))
}

/// The standard whose value the criterion asks for, where it would be read if the form had it.
pub(super) fn wanted(
    text: &str,
    context: &Context,
    read_with: impl FnOnce(&str, &Context) -> Result<Rule, Refusal>,
) -> Option<Standard> {
    let standard = named(text).filter(|standard| !context.standards.contains(standard))?;
    let having = [standard];
    read(text, &Context { standards: &having, ..*context }, read_with).map(|_| standard)
}

/// The standard that a criterion holds the actual against, whether its value is known or not.
pub fn named(text: &str) -> Option<Standard> {
    let directed = directed(Plain::new(text).as_str(), Some(true))?;
    beside_target(&directed).map(|(standard, _)| standard)
}

/// 优于上年 as 高于上年 where more is better, and as 低于上年 where less is; `None` where it is said and that is not known.
fn directed(text: &str, more_is_better: Option<bool>) -> Option<String> {
    const HIGHER: &str = "高于";
    const LOWER: &str = "低于";
    let classes = [(words::of(Class::BetterThan), true), (words::of(Class::WorseThan), false)];
    if !classes.iter().any(|(words, _)| words.within(text)) {
        return Some(text.to_owned());
    }
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let found = classes.iter().find_map(|(words, better)| {
            let behind = words.strip(rest)?;
            phrase(behind).map(|_| (behind, *better))
        });
        let Some((behind, better)) = found else {
            said.push(c);
            rest = rest.get(c.len_utf8()..)?;
            continue;
        };
        said.push_str(if better == more_is_better? { HIGHER } else { LOWER });
        rest = behind;
    }
    Some(said)
}

/// The only standard of a text, and the text with the target in its place; `None` where it names none, or several, or the
/// target as well.
fn beside_target(text: &str) -> Option<(Standard, String)> {
    if words::of(Class::TargetWords).within(text) {
        return None;
    }
    let mut said = String::with_capacity(text.len());
    let mut found: Option<Standard> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let Some((standard, length)) = phrase(rest) else {
            said.push(c);
            rest = rest.get(c.len_utf8()..)?;
            continue;
        };
        let behind = rest.get(length..)?;
        let behind = placed(&mut said, behind, rest.get(..length)?, standard)?;
        if found.is_some_and(|have| have != standard) {
            return None;
        }
        found = Some(standard);
        rest = behind;
    }
    let standard = found?;
    Some((standard, level(&said)))
}

/// A standard's name at the beginning of a text, and its length: 上年, 上年实际完成值, 行业平均水平, 参考值.
fn phrase(text: &str) -> Option<(Standard, usize)> {
    const NAMES: [(Class, Standard); 5] = [
        (Class::ThreeYearMeans, Standard::ThreeYears),
        (Class::LastYears, Standard::LastYear),
        (Class::YearsBefore, Standard::YearBefore),
        (Class::TradeMeans, Standard::Industry),
        (Class::ReferenceValues, Standard::Reference),
    ];
    let (standard, rest) =
        NAMES.into_iter().find_map(|(class, standard)| Some((standard, words::of(class).strip(text)?)))?;
    let rest = words::of(Class::StandardValues).strip(rest).unwrap_or(rest);
    Some((standard, text.len().checked_sub(rest.len())?))
}

/// Puts the target in the place of a standard's name, where the words around it say that the actual is held against its
/// value; gives what follows.
fn placed<'t>(said: &mut String, behind: &'t str, name: &str, standard: Standard) -> Option<&'t str> {
    let compared = words::of(Class::HeldAgainst);
    if compared.ends(said) || name == standard.name() {
        said.push_str(TARGET);
        return Some(behind);
    }
    // 与上年持平 is 等于目标值.
    let before = ["与", "和", "同", "跟"].iter().find_map(|with| said.strip_suffix(with));
    let equal = ["持平", "相同", "一致", "相当"].iter().find_map(|word| behind.strip_prefix(word));
    if let (Some(before), Some(behind)) = (before.map(str::to_owned), equal) {
        *said = format!("{before}等于{TARGET}");
        return Some(behind);
    }
    // 较上年持平或下降 is 不高于目标值, 较上年提高的 is 高于目标值.
    let than = ["较", "比"].iter().find_map(|than| said.strip_suffix(than)).map(str::to_owned);
    if let (Some(before), Some((held, behind))) = (than, change(behind)) {
        *said = format!("{before}{held}{TARGET}");
        return Some(behind);
    }
    // 较上年每降低1个百分点 is 比目标值每降低1个百分点.
    let before = ["较", "比"].iter().find_map(|than| said.strip_suffix(than)).map(str::to_owned);
    match before {
        Some(before) if behind.starts_with('每') => {
            *said = format!("{before}比{TARGET}");
            Some(behind)
        }
        _ => None,
    }
}

/// What a change without its size holds against the value that it is from: 持平或下降 is 不高于.
fn change(text: &str) -> Option<(&'static str, &str)> {
    let (first, mut rest) = way(text)?;
    let mut ways = vec![first];
    if let Some((second, behind)) = rest.strip_prefix(['或', '、']).and_then(way) {
        ways.push(second);
        rest = behind;
    }
    let goes_on = rest.is_empty()
        || rest.starts_with(['的', '得', '计', '，', '扣', ';', '记', '给'])
        || rest.starts_with("不扣分")
        || NOTHING.begins(rest);
    let has = |way: Ordering| ways.contains(&way);
    let held = match (has(Ordering::Less), has(Ordering::Equal), has(Ordering::Greater)) {
        (true, true, false) => "不高于",
        (true, false, false) => "低于",
        (false, true, false) => "等于",
        (false, true, true) => "不低于",
        (false, false, true) => "高于",
        _ => return None,
    };
    goes_on.then_some((held, rest))
}

/// Whether the text speaks of a change from the standard: 较上年持平或下降.
fn is_moved(text: &str) -> bool {
    let mut places = text.char_indices().map(|(at, _)| text.split_at(at));
    places.any(|(before, rest)| {
        let behind = phrase(rest).and_then(|(_, length)| rest.get(length..));
        before.ends_with(['较', '比']) && behind.is_some_and(|behind| change(behind).is_some())
    })
}

/// One way of a change, and what follows it.
fn way(text: &str) -> Option<(Ordering, &str)> {
    let text = text.strip_prefix("有所").unwrap_or(text);
    let ways = [
        (STAYS, Ordering::Equal),
        (FALLS, Ordering::Less),
        (NEGATIVE, Ordering::Less),
        (RISES, Ordering::Greater),
    ];
    ways.iter().find_map(|(words, way)| Some((*way, words.strip(text)?)))
}

/// 持平得3分, 下降的扣2分 beside 高于目标值: they, too, are from that value.
fn level(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let begins = said.is_empty() || said.ends_with([';', '，', '。']);
        if let Some((held, behind)) = Some(rest).filter(|_| begins).and_then(change) {
            said.push_str(held);
            said.push_str(TARGET);
            rest = behind;
            continue;
        }
        said.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    said
}
