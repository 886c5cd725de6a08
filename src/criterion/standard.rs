//! 不低于上年水平得满分, 每低于行业平均值1个百分点扣1分: criteria that hold the actual against the value of a standard.
//!
//! Such a criterion is read as if the value were the target (不低于目标值得满分), so that all that can be asked beside a target
//! can be asked beside a standard. Only where the form has the standard's value: else it stays what its words are.

use crate::criterion::text::plain::Plain;
use crate::model::Standard;
use crate::notation::Notation;
use crate::rule::{Against, Refusal, Rule};
use crate::words::{self, Class};

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
    matches!(rule, Rule::Graded(_)).then(|| Rule::Against(Against { standard, rule: Box::new(rule) }))
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

/// 持平得3分 beside 高于目标值: the target itself.
fn level(text: &str) -> String {
    let clause =
        |at: usize| at == 0 || text.get(..at).is_some_and(|before| before.ends_with([';', '，', '。']));
    let at = text.match_indices("持平").map(|(at, _)| at).find(|at| clause(*at));
    match at.and_then(|at| Some((text.get(..at)?, text.get(at..)?.strip_prefix("持平")?))) {
        Some((before, behind)) => format!("{before}等于{TARGET}{behind}"),
        None => text.to_owned(),
    }
}
