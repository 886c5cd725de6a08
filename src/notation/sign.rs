//! The sign of a target: `≥`, `不低于`, `以内` and their like.

use std::fmt;

use crate::words::{Senses, list};

/// How an actual is to stand to the target's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sign {
    /// `≥`, 不低于, 不少于, 至少, 以上, 及以上.
    AtLeast,
    /// `>`, 大于, 超过, 高于.
    MoreThan,
    /// `≤`, 不高于, 不超过, 以内, 以下.
    AtMost,
    /// `<`, 小于, 低于, 少于.
    LessThan,
    /// `=`, 等于.
    Equal,
    /// 约, 左右: no exact bound, so nothing is scored by it.
    About,
}

impl Sign {
    /// Whether a better actual is a larger one (正向).
    pub fn is_floor(self) -> bool {
        matches!(self, Self::AtLeast | Self::MoreThan)
    }

    /// Whether a better actual is a smaller one (反向).
    pub fn is_cap(self) -> bool {
        matches!(self, Self::AtMost | Self::LessThan)
    }

    /// The sign as it is printed.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::MoreThan => ">",
            Self::AtMost => "≤",
            Self::LessThan => "<",
            Self::Equal => "=",
            Self::About => "约",
        }
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

/// Signs and words before a number.
const BEFORE: Senses<Sign> = Senses::new(&[
    (list::SIGN_AT_LEAST, Sign::AtLeast),
    (list::SIGN_MORE_THAN, Sign::MoreThan),
    (list::SIGN_AT_MOST, Sign::AtMost),
    (list::SIGN_LESS_THAN, Sign::LessThan),
    (list::SIGN_EQUAL, Sign::Equal),
    (list::SIGN_ABOUT, Sign::About),
]);

/// Words behind a number.
const BEHIND: Senses<Sign> = Senses::new(&[
    (list::BEHIND_AT_LEAST, Sign::AtLeast),
    (list::BEHIND_MORE_THAN, Sign::MoreThan),
    (list::BEHIND_AT_MOST, Sign::AtMost),
    (list::BEHIND_LESS_THAN, Sign::LessThan),
    (list::BEHIND_ABOUT, Sign::About),
]);

/// A sign or sign word at the start of a plain text, and how many bytes it is.
pub fn scan_sign(text: &str) -> Option<(Sign, usize)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) { None } else { BEFORE.longest(text) }
}

/// A sign word behind a number (以上, 及以上, 以内 …) at the start of a plain text, and how many bytes it is.
pub fn scan_sign_after(text: &str) -> Option<(Sign, usize)> {
    BEHIND.longest(text)
}
