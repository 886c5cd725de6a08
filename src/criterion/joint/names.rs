//! What a part of a criterion is called.

use crate::criterion::grammar::graded::without_mean;
use crate::criterion::grammar::scan::{attempt, is_name};
use crate::criterion::grammar::steps::{length, noun};
use crate::criterion::grammar::words::{
    EQUAL, LOWER_IN, LOWER_OUT, LOWER_OVER, NOT_OVER, NOT_UNDER, PUNCTUAL, STEP_ABOVE, STEP_BELOW,
    STEP_EITHER, STEP_FOUND, TARGET, UPPER_IN, UPPER_OUT,
};
use crate::notation::scan_date;
use crate::words::Lexicon;

/// Words at which a name ends.
const ENDS: [&Lexicon; 8] =
    [LOWER_IN, LOWER_OUT, LOWER_OVER, UPPER_IN, UPPER_OUT, EQUAL, NOT_OVER, NOT_UNDER];

/// The name with which a condition begins, and what follows it.
pub(super) fn head(text: &str) -> Option<(&str, &str)> {
    let skip = leading_date(text);
    let body = text.get(skip..)?;
    // 计划时间 is no target; 达到计划数 names one.
    let target = TARGET
        .find(body)
        .map(|(at, _)| at)
        .filter(|at| body.get(..*at).and_then(|before| without_end(before, false)).is_some());
    let ends = |c: char| c.is_ascii_digit() || matches!(c, '(' | ':' | '≥' | '≤' | '<' | '>' | '=');
    let digit = body.find(ends);
    let end = [target, digit].into_iter().flatten().min().unwrap_or(body.len());
    let before = text.get(..skip.saturating_add(end))?;
    let mut name = before;
    let figure = digit.is_some_and(|at| at == end);
    while let Some(short) = without_end(name, figure).filter(|short| short.len() >= skip) {
        name = short;
    }
    let rest = text.get(name.len()..)?;
    let name = name.trim_end_matches(['的', '应', '，', '、']);
    // 6月底达到50%: the day is all that tells it from the others.
    let day = skip > 0
        && name.len() == skip
        && (name.ends_with('底') || name.ends_with('末'))
        && rest.contains('%');
    let plain = day || is_name(&without_mean(name.get(skip..)?));
    (name.chars().nth(1).is_some() && plain).then_some((name, rest))
}

/// The text without the comparison that it ends with; words of one character are one only before a figure (行为, 下达).
fn without_end(text: &str, figure: bool) -> Option<&str> {
    let words = ENDS.iter().flat_map(|list| list.iter());
    let counts = words.filter(|word| figure || word.chars().nth(1).is_some());
    counts.filter_map(|word| text.strip_suffix(word)).min_by_key(|short| short.len())
}

/// The bytes of a date before a name: 6月底支出进度.
pub(super) fn leading_date(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    scan_date(text, false).map_or(0, |(_, taken)| taken).min(text.len())
}

/// Names without the words that only say that it was done in time: 按时开工 is 开工.
pub(super) fn short(name: &str) -> Option<&str> {
    let list: &Lexicon = PUNCTUAL;
    let (at, word) = list.find(name)?;
    let rest = name.get(word.len()..)?;
    (at == 0 && rest.chars().nth(1).is_some()).then_some(rest)
}

/// What a step counts: 迟报 of 每迟报1天, 差错 of 每有1处差错.
pub(super) fn counted(text: &str) -> Option<String> {
    let (_, after) = text.split_once('每')?;
    let plain: [&Lexicon; 4] = [STEP_FOUND, STEP_BELOW, STEP_ABOVE, STEP_EITHER];
    for (at, _) in after.char_indices().take(6) {
        let mut rest = after.get(at..)?;
        if attempt(&mut rest, length).is_some() {
            let verb = after.get(..at)?;
            let verb = if plain.iter().any(|list| list.has(verb)) { "" } else { verb };
            let thing = attempt(&mut rest, noun).unwrap_or_default();
            let name = format!("{verb}{thing}");
            return (name.chars().nth(1).is_some() && is_name(&name)).then_some(name);
        }
    }
    None
}
