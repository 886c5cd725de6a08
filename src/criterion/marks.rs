//! The marks of items, in every style: ①, 1., （1）, 一是, a., Ⅰ.

use crate::rule::Checklist;

/// A style of marks: the bytes of mark number `n` where it begins at `text`.
type Style = fn(text: &str, n: u32) -> Option<usize>;

fn circled(text: &str, n: u32) -> Option<usize> {
    let want = char::from_u32(u32::from('①').checked_add(n.checked_sub(1)?)?)?;
    (n <= 20 && text.starts_with(want)).then(|| want.len_utf8())
}

fn numbered(text: &str, n: u32) -> Option<usize> {
    let digits = n.to_string();
    let rest = text.strip_prefix(&digits)?;
    let sign = ["、", ".", ")", ":"].iter().find(|s| rest.starts_with(**s))?;
    let after = rest.strip_prefix(sign)?;
    let taken = digits.len().saturating_add(sign.len());
    // 2.80% is a figure, 2、80% a mark before one.
    let figure = matches!(*sign, "." | ":") && after.starts_with(|c: char| c.is_ascii_digit());
    (!figure).then_some(taken)
}

fn bracketed(text: &str, n: u32) -> Option<usize> {
    let plain = format!("({n})");
    text.starts_with(&plain).then_some(plain.len())
}

const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

fn numeral(n: u32) -> Option<&'static str> {
    NUMERALS.get(usize::try_from(n).ok()?.checked_sub(1)?).copied()
}

fn spoken(text: &str, n: u32) -> Option<usize> {
    let numeral = numeral(n)?;
    ["是", "、"]
        .iter()
        .map(|end| format!("{numeral}{end}"))
        .chain([format!("({numeral})"), format!("第{numeral}，"), format!("第{numeral}、")])
        .find(|form| text.starts_with(form.as_str()))
        .map(|form| form.len())
}

/// a. b. c., A、B、C、
fn lettered(text: &str, n: u32) -> Option<usize> {
    let letter = |first: char| char::from_u32(u32::from(first).checked_add(n.checked_sub(1)?)?);
    let mark = [letter('a')?, letter('A')?].into_iter().find(|c| n <= 12 && text.starts_with(*c))?;
    let rest = text.strip_prefix(mark)?;
    let sign = ["、", ".", ")", ":"].iter().find(|s| rest.starts_with(**s))?;
    Some(mark.len_utf8().saturating_add(sign.len()))
}

/// Ⅰ. Ⅱ. Ⅲ.
fn roman(text: &str, n: u32) -> Option<usize> {
    let mark = char::from_u32(u32::from('Ⅰ').checked_add(n.checked_sub(1)?)?).filter(|_| n <= 12)?;
    let rest = text.strip_prefix(mark)?;
    let sign = ["、", ".", ")", ":"].iter().find(|s| rest.starts_with(**s))?;
    Some(mark.len_utf8().saturating_add(sign.len()))
}

const STYLES: [Style; 6] = [circled, bracketed, numbered, spoken, lettered, roman];

/// Where the items begin and end: the text before the first, and each item's text.
pub(super) fn marked(text: &str) -> Option<(&str, Vec<&str>)> {
    for style in STYLES {
        let mut starts: Vec<(usize, usize)> = Vec::new();
        let mut wanted = 1_u32;
        let mut boundary = true;
        let mut skip_to = 0_usize;
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            let rest = text.get(at..)?;
            let free = boundary || matches!(c, '①'..='⑳');
            if free && let Some(length) = style(rest, wanted) {
                starts.push((at, at.saturating_add(length)));
                wanted = wanted.saturating_add(1);
                skip_to = at.saturating_add(length);
                boundary = false;
                if starts.len() > Checklist::MAX_ITEMS {
                    return None;
                }
                continue;
            }
            boundary = matches!(c, ';' | '。' | '，' | '\n' | ':' | '.' | '、' | ')');
        }
        if starts.len() < 2 {
            continue;
        }
        let lead = text.get(..starts.first()?.0)?;
        let mut items = Vec::new();
        for (at, (_, begin)) in starts.iter().enumerate() {
            let end = starts.get(at.saturating_add(1)).map_or(text.len(), |next| next.0);
            items.push(text.get(*begin..end)?);
        }
        return Some((lead, items));
    }
    None
}
