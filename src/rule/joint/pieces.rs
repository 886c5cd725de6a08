//! The pieces of an answer to several rules: each words with at most one number or date.

use crate::notation::{Quantity, is_numeral, scan_date, scan_quantity, scan_sign};
use crate::words::list;

use crate::rule::facts::plain_words;

/// One piece of an answer.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// All of it.
    pub(super) text: String,
    /// The same with its mark.
    pub(super) raw: String,
    /// Its words, without the number or date.
    pub(super) label: String,
    /// The number.
    pub(super) amount: Option<Quantity>,
    /// The number or date as written, with its sign.
    pub(super) value: String,
    /// Whether the value is a date.
    pub(super) dated: bool,
    /// Its mark ①, counted from 0.
    pub(super) mark: Option<usize>,
    /// Whether there is more than one number in it.
    pub(super) many: bool,
}

/// Longer answers are reports.
const MAX_CHARS: usize = 300;

/// The pieces of a text; nothing where it is a report.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    let text = plain_words(text);
    if text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let mut found: Vec<Piece> = Vec::new();
    let mut mark = None;
    let mut marks = String::new();
    for sentence in sentences(&text) {
        let listed: Vec<&str> = sentence.split('、').collect();
        let numbered = |part: &&str| part.contains(|c: char| c.is_ascii_digit());
        let apart = listed.iter().all(numbered) || listed.iter().skip(1).all(|part| says_itself(part));
        for part in if apart { listed } else { vec![sentence] } {
            let mut rest = part;
            if let Some(number) = rest.chars().next().and_then(circled) {
                mark = Some(number);
                rest = rest.get('①'.len_utf8()..).unwrap_or_default();
            }
            if rest.is_empty() {
                // ①③符合: the mark is said with those behind it.
                marks.push_str(part);
                continue;
            }
            let raw = format!("{}{part}", std::mem::take(&mut marks));
            found.push(Piece { raw, mark, ..piece(rest) });
        }
    }
    Some(found)
}

/// Whether words say themselves that something is, or is not: 无错报.
fn says_itself(part: &str) -> bool {
    list::DENIED_WHOLE.begins(part)
}

/// The number of ①, counted from 0.
fn circled(c: char) -> Option<usize> {
    ('①'..='⑳')
        .contains(&c)
        .then(|| u32::from(c).saturating_sub(u32::from('①')))
        .and_then(|at| usize::try_from(at).ok())
}

/// At commas, stops and brackets with figures, and before each mark.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = '\0';
    let mut chars = text.char_indices().peekable();
    let figures =
        text.split(['(', ')']).skip(1).step_by(2).any(|inside| inside.contains(|c: char| c.is_ascii_digit()));
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or('\0', |(_, c)| *c);
        let ends = match c {
            '，' | ';' | '；' | '。' | '\n' => true,
            ',' => !(before.is_ascii_digit() && next.is_ascii_digit()),
            '(' | ')' => figures,
            _ => false,
        };
        if ends || circled(c).is_some() {
            found.push(text.get(from..at).unwrap_or_default());
            from = if ends { at.saturating_add(c.len_utf8()) } else { at };
        }
        before = c;
    }
    found.push(text.get(from..).unwrap_or_default());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The number or date in a piece: the last date where no number stands, else the first number.
fn piece(text: &str) -> Piece {
    let mut date: Option<(usize, usize)> = None;
    let mut amount: Option<(usize, usize, Quantity)> = None;
    let mut many = false;
    let mut skip = 0;
    // 前三季度72%: numerals count only where there are no digits.
    let digits = text.contains(|c: char| c.is_ascii_digit());
    for (at, c) in text.char_indices() {
        if at < skip || !(c.is_ascii_digit() || (!digits && is_numeral(c))) {
            continue;
        }
        let Some(rest) = text.get(at..) else { continue };
        if c.is_ascii_digit()
            && let Some((_, taken)) = scan_date(rest, false)
        {
            many |= date.is_some();
            date = Some((at, taken));
            skip = at.saturating_add(taken);
            continue;
        }
        let Some((found, taken)) = scan_quantity(rest) else { continue };
        many |= amount.is_some();
        skip = at.saturating_add(taken);
        amount.get_or_insert((at, taken, found));
    }
    let (from, taken, amount, dated) = match (amount, date) {
        (Some((at, taken, amount)), _) => (at, taken, Some(amount), false),
        (None, Some((at, taken))) => (at, taken, None, true),
        (None, None) => (text.len(), 0, None, false),
    };
    let before = text.get(..from).unwrap_or(text);
    let before = unsigned(before);
    let end = from.saturating_add(taken);
    let after = text.get(end..).unwrap_or_default();
    Piece {
        text: text.to_owned(),
        raw: text.to_owned(),
        label: format!("{before}{after}"),
        // 2024年3月1日前: what stands directly behind a date belongs to it.
        value: text.get(before.len()..end).unwrap_or_default().to_owned(),
        amount,
        dated,
        mark: None,
        many,
    }
}

/// The words before a number without the sign that they end with.
fn unsigned(before: &str) -> &str {
    let signed = before.char_indices().find_map(|(at, _)| {
        let rest = before.get(at..)?;
        let (_, taken) = scan_sign(rest)?;
        // 违约1例 is no 约1例.
        let word = rest.chars().nth(1).is_some() || at == 0 || !rest.contains(char::is_alphabetic);
        (taken == rest.len() && word).then_some(before.get(..at)?)
    });
    signed.unwrap_or(before)
}
