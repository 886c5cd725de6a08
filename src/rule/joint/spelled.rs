//! An answer to several rules, with what it says at once said of each: 甲、乙两类完成率分别为91%、79%; 其余均为一般隐患.

use crate::base::Number;

use super::pieces::{Piece, pieces};
use crate::notation::is_numeral;
use crate::rule::facts::plain_words;
use crate::words::{self, Class, list};

/// The answer spelled out; as it stands where nothing in it says several things at once.
pub(super) fn spelled(text: &str, target: &str) -> String {
    let text = plain_words(text);
    let text = without_targets(&text, target).unwrap_or(text);
    let text = respectively(&text).unwrap_or(text);
    let text = none_of_several(&text).unwrap_or(text);
    the_others(&text).unwrap_or(text)
}

/// 新增户数(目标80户)60户: the target that the form states, too, says nothing new.
fn without_targets(text: &str, target: &str) -> Option<String> {
    let targets = pieces(target)?;
    let mut rest = text.to_owned();
    while let Some((before, after)) = rest.split_once('(') {
        let (inside, behind) = after.split_once(')')?;
        let value = words::of(Class::TargetSaid).strip(inside)?.trim_start_matches([':', '为']);
        let name = before.rsplit(['，', ';', '；', '、']).next()?;
        let stated =
            targets.iter().any(|piece| piece.label.trim_end_matches(':') == name && piece.value == value);
        if !stated || name.is_empty() {
            return None;
        }
        rest = format!("{before}{behind}");
    }
    (rest != text).then_some(rest)
}

/// 无漏管和再犯罪: of each of them.
fn none_of_several(text: &str) -> Option<String> {
    let mut any = false;
    let each: Vec<String> = text
        .split(['，', ';', '；', '。'])
        .map(|clause| {
            let Some(rest) = words::of(Class::EventDenied).strip(clause) else { return clause.to_owned() };
            let no = clause.get(..clause.len().saturating_sub(rest.len())).unwrap_or_default();
            // 较大及以上 is one thing.
            if rest.contains("以上") {
                return clause.to_owned();
            }
            let names: Vec<&str> = rest.split(['、', '和', '及', '或']).collect();
            let plain = |name: &&str| {
                name.chars().nth(1).is_some()
                    && name.chars().all(char::is_alphabetic)
                    && !words::of(Class::Negations).within(name)
            };
            if names.len() < 2 || !names.iter().all(plain) {
                return clause.to_owned();
            }
            any = true;
            names.iter().map(|name| format!("{no}{name}")).collect::<Vec<_>>().join("，")
        })
        .collect();
    any.then(|| each.join("，"))
}

/// 甲、乙、丙三类完成率分别为91%、79%、70%: each with its own.
fn respectively(text: &str) -> Option<String> {
    let mut found = Vec::new();
    let mut any = false;
    for sentence in text.split(['，', ';', '；', '。']) {
        match apart(sentence) {
            Some(each) => {
                any = true;
                found.extend(each);
            }
            None => found.push(sentence.to_owned()),
        }
    }
    any.then(|| found.join("，"))
}

fn apart(sentence: &str) -> Option<Vec<String>> {
    let (names, figures) = sentence.split_once("分别")?;
    let figures = words::of(Class::FigureLinks).strip(figures).unwrap_or(figures);
    let figures = words::of(Class::FigureLinks).strip(figures).unwrap_or(figures);
    let figures: Vec<&str> = figures.split(['、', '和']).collect();
    let names = of_kinds(names).unwrap_or_else(|| names.split(['、', '和']).map(str::to_owned).collect());
    let all_numbers = figures.iter().all(|figure| figure.starts_with(|c: char| c.is_ascii_digit()));
    let alike = names.len() > 1 && names.len() == figures.len() && all_numbers;
    alike.then(|| names.iter().zip(&figures).map(|(name, figure)| format!("{name}{figure}")).collect())
}

/// 甲、乙、丙三类完成率: 甲类完成率 and so on.
pub(crate) fn of_kinds(text: &str) -> Option<Vec<String>> {
    let (names, thing) = text.split_once('类')?;
    let short = names.trim_end_matches(|c: char| is_numeral(c) || c.is_ascii_digit() || c == '两');
    // 一、二、三类: the last is no number of them.
    let (short, listed) =
        if short.ends_with('、') { (names, true) } else { (short, short.len() < names.len()) };
    let kinds: Vec<String> = short.split(['、', '和']).map(|name| format!("{name}类{thing}")).collect();
    (listed && kinds.len() > 1 && !short.split(['、', '和']).any(str::is_empty)).then_some(kinds)
}

/// 隐患4处，其中重大隐患1处，其余均为一般隐患: how many the others are; a sum of what is named beside it says nothing new.
fn the_others(text: &str) -> Option<String> {
    let found = pieces(text)?;
    let (whole, parts) = found.split_first()?;
    let total = whole.amount.as_ref().filter(|amount| amount.sign.is_none() && !whole.many)?;
    let thing = words::of(Class::CountedOpenings).strip(&whole.label).unwrap_or(&whole.label);
    if thing.chars().nth(1).is_none() || !parts.first()?.text.starts_with("其中") {
        return None;
    }
    let mut sum = Number::ZERO;
    let mut last = None;
    let mut said = Vec::new();
    for piece in parts {
        if let Some(name) = other(piece, thing) {
            if last.replace(name).is_some() {
                return None;
            }
            continue;
        }
        let amount = piece.amount.as_ref().filter(|amount| amount.sign.is_none() && !piece.many)?;
        let own = amount.unit == total.unit || amount.unit.is_bare();
        if !own || !piece.label.ends_with(thing) || list::OPPOSITE_SIGNS_OR_NONE.within(&piece.label) {
            return None;
        }
        sum = sum.plus(amount.number)?;
        said.push(piece.raw.trim_start_matches("其中").to_owned());
    }
    let left = total.number.minus(sum).filter(|left| !left.is_negative())?;
    match last {
        Some(name) => said.push(format!("{name}{left}{}", total.unit.word)),
        None if left.is_zero() => {}
        None => return None,
    }
    Some(said.join("，"))
}

/// 其余均为一般隐患: what the others are.
fn other<'p>(piece: &'p Piece, thing: &str) -> Option<&'p str> {
    let rest = words::of(Class::TheOthers).strip(&piece.text)?;
    let name = words::of(Class::Are).strip(rest)?;
    (piece.amount.is_none() && name.ends_with(thing) && name.len() > thing.len()).then_some(name)
}
