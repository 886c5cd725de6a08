//! The marks of items, in every style: ①, 1., （1）, 一是, a., Ⅰ.

use crate::rule::Checklist;

/// A style of marks: the bytes of mark number `n` where it begins at `text`.
type Style = fn(text: &str, n: u32) -> Option<usize>;

fn circled(text: &str, n: u32) -> Option<usize> {
    let want = char::from_u32(u32::from('①').checked_add(n.checked_sub(1)?)?)?;
    (n <= 20 && text.starts_with(want)).then(|| want.len_utf8())
}

/// The digits of this very number, and what follows them.
fn counted(text: &str, n: u32) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    (!digits.starts_with('0') && digits.parse() == Ok(n)).then_some((digits, rest))
}

/// ⑴⑵⑶
fn ringed(text: &str, n: u32) -> Option<usize> {
    let want = char::from_u32(u32::from('⑴').checked_add(n.checked_sub(1)?)?)?;
    (n <= 20 && text.starts_with(want)).then(|| want.len_utf8())
}

fn numbered(text: &str, n: u32) -> Option<usize> {
    let (digits, rest) = counted(text, n)?;
    let sign = ["、", ".", ")", ":"].iter().find(|s| rest.starts_with(**s))?;
    let after = rest.strip_prefix(sign)?;
    let taken = digits.len().saturating_add(sign.len());
    // 2.80% is a figure, 2、80% a mark before one.
    let figure = matches!(*sign, "." | ":") && after.starts_with(|c: char| c.is_ascii_digit());
    (!figure).then_some(taken)
}

fn bracketed(text: &str, n: u32) -> Option<usize> {
    let (_, rest) = counted(text.strip_prefix('(')?, n)?;
    Some(text.len().saturating_sub(rest.strip_prefix(')')?.len()))
}

const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

fn numeral(n: u32) -> Option<&'static str> {
    NUMERALS.get(usize::try_from(n).ok()?.checked_sub(1)?).copied()
}

fn spoken(text: &str, n: u32) -> Option<usize> {
    let numeral = numeral(n)?;
    let (before, afters): (&str, &[&str]) = match text.chars().next()? {
        '(' => ("(", &[")"]),
        '第' => ("第", &["，", "、"]),
        _ => ("", &["是", "、"]),
    };
    let rest = text.strip_prefix(before)?.strip_prefix(numeral)?;
    let rest = afters.iter().find_map(|after| rest.strip_prefix(after))?;
    Some(text.len().saturating_sub(rest.len()))
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

/// Each style, with the characters a first mark of it begins with.
const STYLES: [(Style, &[char]); 7] = [
    (circled, &['①']),
    (ringed, &['⑴']),
    (bracketed, &['(']),
    (numbered, &['1']),
    (spoken, &['一', '(', '第']),
    (lettered, &['a', 'A']),
    (roman, &['Ⅰ']),
];

/// Whether a mark can stand behind the character.
fn is_boundary(before: char) -> bool {
    matches!(before, ';' | '。' | '，' | '\n' | ':' | '.' | '、' | ')')
}

/// Whether the character is a mark wherever it stands.
fn is_mark(c: char) -> bool {
    matches!(c, '①'..='⑳' | '⑴'..='⒇')
}

/// Whether a first mark of any style can stand anywhere: most criteria have none.
fn may_have_marks(text: &str) -> bool {
    let mut boundary = true;
    text.chars().any(|c| {
        let free = std::mem::replace(&mut boundary, is_boundary(c)) || is_mark(c);
        free && STYLES.iter().any(|(_, first)| first.contains(&c))
    })
}

/// Whether a first mark of the style stands anywhere.
fn begins(text: &str, style: Style, first: &[char]) -> bool {
    text.match_indices(first).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        (before.is_none_or(is_boundary) || found.starts_with(is_mark))
            && text.get(at..).is_some_and(|rest| style(rest, 1).is_some())
    })
}

/// The text before the first mark, and the text of each item.
pub(crate) type Marked<'p> = (&'p str, Vec<&'p str>);

/// Where the items begin and end: the text before the first, and each item's text.
pub(crate) fn marked(text: &str) -> Option<Marked<'_>> {
    if !may_have_marks(text) {
        return None;
    }
    for (style, first) in STYLES {
        if !begins(text, style, first) {
            continue;
        }
        let mut starts: Vec<(usize, usize)> = Vec::new();
        let mut wanted = 1_u32;
        let mut boundary = true;
        let mut skip_to = 0_usize;
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            let rest = text.get(at..)?;
            let free = boundary || is_mark(c);
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
            boundary = is_boundary(c);
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
