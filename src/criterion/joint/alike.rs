//! Several things of which one and the same is asked: 预算、决算均按规定公开得4分，仅公开一项得2分，均未公开不得分; …均公开得4分，每有
//! 1项未公开扣1分. They are a list of items.

use winnow::prelude::*;

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::scan::{attempt, figure, is_name, points, word};
use crate::criterion::grammar::words::{ELSE, FULL, TAKE};
use crate::criterion::text::plain::segments;
use crate::rule::{Award, Rule, mark};
use crate::words::{self, Class};

use super::Readers;

/// What a clause behind the first says.
enum Says {
    /// So many of them earn this.
    Of(Number, Award),
    /// Each of them that is not so costs this.
    Each(Number),
    /// Otherwise this is earned.
    Rest(Award),
    /// Nothing more.
    Nothing,
}

/// The list as a checklist.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let weight = context.weight.map(Weight::number)?;
    let parts = segments(text);
    let (first, rest) = parts.split_first()?;
    let (words, earned) = ending(first.text)?;
    let full = earned == Award::Full || earned == Award::Points(weight);
    let (items, what) = listed(words.trim_end_matches(['的', '，']))?;
    let said: Option<Vec<Says>> = rest.iter().map(|part| says(part.text, what)).collect();
    let said = said.filter(|_| full)?;
    let mut list = String::new();
    for (at, item) in items.iter().enumerate() {
        list.push_str(&format!("{}{item};", mark(at)));
    }
    let mut bands = String::new();
    let mut each = None;
    for one in said {
        match one {
            Says::Of(n, award) => bands.push_str(&format!(";{}{}", met(n), points_of(&award, weight)?)),
            Says::Rest(award) => bands.push_str(&format!(";其余情况{}", points_of(&award, weight)?)),
            Says::Each(n) if each.is_none() => each = Some(n),
            Says::Each(_) => return None,
            Says::Nothing => {}
        }
    }
    let rest = match (each, bands.is_empty()) {
        (Some(n), true) => format!("每有一项不符合扣{n}分，扣完为止"),
        (None, false) => format!("全部符合得{weight}分{bands}"),
        _ => return None,
    };
    let rule = (readers.one)(&format!("{}。{rest}", list.trim_end_matches(';')), context).ok()?;
    matches!(rule, Rule::Checklist(_)).then_some(rule)
}

fn met(n: Number) -> String {
    if n.is_zero() { "均不符合".to_owned() } else { format!("符合{n}项") }
}

/// Points in canonical words.
fn points_of(award: &Award, weight: Number) -> Option<String> {
    let points = award.fixed_of(weight)?;
    Some(format!("得{points}分"))
}

/// 预算、决算均按规定公开: each of them with what is asked, and what that is.
fn listed(text: &str) -> Option<(Vec<String>, &str)> {
    let (at, all) = words::of(Class::AllOfThem).find(text)?;
    let what = text.get(at.saturating_add(all.len())..)?;
    let what = what.strip_prefix('已').unwrap_or(what);
    let names: Vec<&str> = text.get(..at)?.split(['、', '和', '与', '及']).collect();
    let plain = names.len() > 1
        && names.iter().all(|name| is_name(name) && name.chars().nth(1).is_some())
        && what.chars().nth(1).is_some()
        && !what.starts_with(['未', '不', '无', '在', '为', '达', '高', '低'])
        && what.chars().all(char::is_alphabetic);
    plain.then(|| (names.iter().map(|name| format!("{name}{what}")).collect(), what))
}

fn says(text: &str, what: &str) -> Option<Says> {
    let mut rest = text;
    if attempt(&mut rest, until_gone).is_some() && rest.is_empty() {
        return Some(Says::Nothing);
    }
    if let Some(rest) = ELSE.longest(text).and_then(|word| text.strip_prefix(word)) {
        let (words, earned) =
            ending(&format!("·{rest}")).map(|(words, earned)| (words.to_owned(), earned))?;
        return (words == "·").then_some(Says::Rest(earned));
    }
    // 每有1项未公开扣1分
    for (at, _) in text.char_indices() {
        let mut taken = text.get(at..)?;
        let Some(n) = attempt(&mut taken, |i| {
            word(TAKE).parse_next(i)?;
            points(i)
        }) else {
            continue;
        };
        let words = text.get(..at)?.trim_end_matches(['的', '，']);
        let missed = ["每有", "每", "有", ""].iter().find_map(|lead| counted(words.strip_prefix(lead)?));
        let (_, missed) = missed.filter(|(one, _)| *one == Number::ONE)?;
        return (taken.is_empty() && denies(missed, what) && !n.is_zero()).then_some(Says::Each(n));
    }
    let (words, earned) = ending(text)?;
    let words = words.trim_end_matches(['的', '，']);
    if words::of(Class::AllOfThem).strip(words).is_some_and(|missed| denies(missed, what)) {
        return Some(Says::Of(Number::ZERO, earned));
    }
    // 仅公开其中一项, 只有一项公开, 公开一项
    let words = words::of(Class::Only).strip(words).unwrap_or(words);
    let verb = core(what);
    let behind = words.strip_prefix(what).or_else(|| words.strip_prefix(verb)).unwrap_or(words);
    let (n, rest) = counted(behind.strip_prefix("其中").unwrap_or(behind))?;
    let named = behind.len() < words.len();
    let fits = if named { rest.is_empty() } else { rest == what || rest == verb };
    (fits && !n.is_zero()).then_some(Says::Of(n, earned))
}

/// 未公开: the opposite of 按规定公开.
fn denies(text: &str, what: &str) -> bool {
    let bare = words::of(Class::Negations).strip(text);
    bare.is_some_and(|bare| bare.chars().nth(1).is_some() && (bare == what || bare == core(what)))
}

/// 公开 of 按规定公开: its last two characters.
fn core(what: &str) -> &str {
    let at = what.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    what.get(at..).unwrap_or(what)
}

/// 一项, 2个: how many, and what follows.
fn counted(text: &str) -> Option<(Number, &str)> {
    let mut rest = text;
    let (n, _) = attempt(&mut rest, figure)?;
    let rest = rest.strip_prefix(['项', '个', '类'])?;
    Some((n, rest))
}

/// The words before the award that a text ends with.
fn ending(text: &str) -> Option<(&str, Award)> {
    text.char_indices().skip(1).find_map(|(at, _)| {
        let mut rest = text.get(at..)?;
        let found = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
        let words = text.get(..at)?;
        let figure = words.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
        (!figure && !FULL.has(words)).then_some((words, found))
    })
}
