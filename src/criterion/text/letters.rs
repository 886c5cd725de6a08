//! Letters that stand for what a criterion measures, spelled out: 完成率X≥100%得8分，X<100%时，得分=X*8分; X=预算执行率。X≥95%得满分.

use super::plain::segments;

/// The text with the one letter's meaning in its place, where it says what the letter stands for.
pub(crate) fn spelled_out(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let places: Vec<usize> = (0..chars.len()).filter(|at| stands_alone(&chars, *at)).collect();
    let letter = *chars.get(*places.first()?)?;
    let one = places.iter().all(|at| chars.get(*at) == Some(&letter));
    if !one || places.len() < 2 || places.len() > MAX_PLACES {
        return None;
    }
    let stated = segments(text).into_iter().find_map(|part| {
        let meaning = part.text.strip_prefix(letter)?.strip_prefix('=')?;
        Some((part.text, meaning))
    });
    if let Some((stated, meaning)) = stated {
        if is_plain(meaning) {
            // X=预算执行率: said, and no more than that.
            let rest = text.replacen(stated, "", 1);
            return Some(replaced(rest.trim_start_matches(['，', ';', '。', '\n']), letter, meaning));
        }
        return is_quotient(meaning).then(|| replaced(text, letter, COMPLETION));
    }
    // 完成率X≥100%: the letter behind the name.
    let first = *places.first()?;
    let before: Vec<char> = chars.iter().take(first).rev().take_while(|c| is_sign(**c)).copied().collect();
    let name: String = before.iter().rev().collect();
    let compared = chars.get(first.checked_add(1)?).is_some_and(|c| is_comparison(*c));
    if !is_plain(&name) || !compared {
        return None;
    }
    Some(replaced(&text.replacen(&format!("{name}{letter}"), &name, 1), letter, &name))
}

/// What actual over target is called.
const COMPLETION: &str = "完成率";

/// Letters of more places are no criterion's.
const MAX_PLACES: usize = 16;

/// Whether a letter stands for something here: beside a sign of comparison or of a formula, and in no word.
fn stands_alone(chars: &[char], at: usize) -> bool {
    let Some(c) = chars.get(at).filter(|c| c.is_ascii_alphabetic()) else { return false };
    let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let behind = at.checked_add(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let signs = |c: char| is_comparison(c) || matches!(c, '*' | '/' | '-' | '+' | '(' | ')');
    let word = before.is_ascii_alphanumeric() || behind.is_ascii_alphanumeric();
    c.is_ascii_alphabetic() && !word && (signs(before) || signs(behind))
}

fn is_comparison(c: char) -> bool {
    matches!(c, '≥' | '≤' | '<' | '>' | '=' | '＜' | '＞')
}

fn is_sign(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii()
}

/// A name of nothing but Chinese signs.
fn is_plain(text: &str) -> bool {
    text.chars().nth(1).is_some() && text.chars().nth(MAX_NAME).is_none() && text.chars().all(is_sign)
}

const MAX_NAME: usize = 16;

/// 实际建成面积/计划建成面积*100%: what was done over what was planned, of one thing.
fn is_quotient(text: &str) -> bool {
    let text = text.strip_suffix("*100%").unwrap_or(text);
    let Some((above, below)) = text.split_once('/') else { return false };
    let (done, planned) = (above.strip_prefix("实际"), below.strip_prefix("计划"));
    is_plain(above) && is_plain(below) && done.is_some() && done == planned
}

/// The text with the name where the letter stands alone.
fn replaced(text: &str, letter: char, name: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut found = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        if *c == letter && stands_alone(&chars, at) {
            found.push_str(name);
        } else {
            found.push(*c);
        }
    }
    found
}
