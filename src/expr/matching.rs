//! Criteria of SUMIF and COUNTIF: `">=5"`, a text with `*` and `?`, a number.

use std::cmp::Ordering;

use crate::base::Number;

use super::Value;

/// Whether an order of two numbers is the wanted one.
type Test = fn(Ordering) -> bool;

/// A checked criterion.
pub(super) enum Criterion {
    /// Compares numbers.
    Number(Test, Number),
    /// Matches texts, or their absence.
    Text { pattern: Vec<Sign>, wanted: bool },
}

impl Criterion {
    /// Reads a criterion the way Excel does.
    pub(super) fn new(value: &Value) -> Self {
        let text = match value {
            Value::Number(n) => return Self::Number(Ordering::is_eq, *n),
            Value::Text(text) => text.as_str(),
            Value::Bool(true) => "TRUE",
            Value::Bool(false) => "FALSE",
            Value::Blank | Value::Error(_) => "",
        };
        let operators: [(&str, Test, bool); 6] = [
            ("<>", Ordering::is_ne, false),
            (">=", Ordering::is_ge, true),
            ("<=", Ordering::is_le, true),
            (">", Ordering::is_gt, true),
            ("<", Ordering::is_lt, true),
            ("=", Ordering::is_eq, true),
        ];
        let (holds, wanted, rest): (Test, bool, &str) = operators
            .iter()
            .find_map(|(sign, holds, wanted)| text.strip_prefix(sign).map(|rest| (*holds, *wanted, rest)))
            .unwrap_or((Ordering::is_eq, true, text));
        match rest.trim().parse() {
            Ok(number) => Self::Number(holds, number),
            Err(_) => Self::Text { pattern: pattern(rest), wanted },
        }
    }

    /// Whether a cell meets it.
    pub(super) fn matches(&self, cell: &Value) -> bool {
        match (self, cell) {
            (Self::Number(test, n), Value::Number(cell)) => test(cell.cmp(n)),
            (Self::Number(test, n), Value::Text(cell)) if test(Ordering::Equal) => {
                cell.trim().parse() == Ok(*n)
            }
            (Self::Number(test, _), _) => test(Ordering::Less) && test(Ordering::Greater),
            (Self::Text { pattern, wanted }, cell) => {
                let text: Vec<char> = match cell {
                    Value::Text(text) => text.to_lowercase().chars().collect(),
                    Value::Blank => Vec::new(),
                    _ => return !wanted,
                };
                glob(pattern, &text) == *wanted
            }
        }
    }
}

/// The criterion that only a cell with this very text meets (apart from case): `*`, `?` and `~` are no pattern, and a
/// leading sign is no comparison.
pub fn literal(text: &str) -> String {
    let mut out = String::new();
    if text.starts_with(['<', '>', '=']) {
        out.push('=');
    }
    for c in text.chars() {
        if matches!(c, '*' | '?' | '~') {
            out.push('~');
        }
        out.push(c);
    }
    out
}

/// Whether `text` matches `pattern` with `*` and `?`; linear in the product of the lengths at worst.
fn glob(pattern: &[Sign], text: &[char]) -> bool {
    let (mut p, mut t) = (0_usize, 0_usize);
    let mut retry: Option<(usize, usize)> = None;
    while let Some(c) = text.get(t) {
        match pattern.get(p) {
            Some(Sign::Any) => {
                retry = Some((p.saturating_add(1), t));
                p = p.saturating_add(1);
            }
            Some(sign) if *sign == Sign::One || *sign == Sign::Is(*c) => {
                p = p.saturating_add(1);
                t = t.saturating_add(1);
            }
            _ => {
                let Some((after_star, from)) = retry else { return false };
                p = after_star;
                t = from.saturating_add(1);
                retry = Some((after_star, t));
            }
        }
    }
    pattern.get(p..).is_some_and(|rest| rest.iter().all(|sign| *sign == Sign::Any))
}

/// One sign of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// `*`: any characters.
    Any,
    /// `?`: one character.
    One,
    /// This character.
    Is(char),
}

/// The signs of a criterion; `~` takes the meaning from the sign behind it.
fn pattern(text: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let lower = text.to_lowercase();
    let mut chars = lower.chars().peekable();
    while let Some(c) = chars.next() {
        signs.push(match c {
            '*' => Sign::Any,
            '?' => Sign::One,
            '~' => Sign::Is(chars.next_if(|next| matches!(next, '*' | '?' | '~')).unwrap_or('~')),
            c => Sign::Is(c),
        });
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::{Criterion, Value, literal};

    #[test]
    fn a_literal_criterion_is_met_by_its_own_text_only() {
        let meets = |criterion: &str, cell: &str| {
            Criterion::new(&Value::Text(criterion.into())).matches(&Value::Text(cell.into()))
        };
        for text in ["5001*", "50?1", "~", "a~*b", "<5001>", "=5001x", ">=5", "5001.02"] {
            assert!(meets(&literal(text), text), "{text}");
        }
        assert!(!meets(&literal("5001*"), "500102"));
        assert!(!meets(&literal("50?1"), "5001"));
        assert!(meets("5001*", "500102") && meets("50?1", "5001"));
    }
}
