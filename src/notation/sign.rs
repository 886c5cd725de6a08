//! The sign of a target: `≥`, `不低于`, `以内` and their like.

use std::fmt;

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

/// Signs and words before a number. Where one begins with another the longer comes first.
const BEFORE: &[(&str, Sign)] = &[
    (">=", Sign::AtLeast),
    ("=>", Sign::AtLeast),
    ("≥=", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    ("≮", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("=<", Sign::AtMost),
    ("≤=", Sign::AtMost),
    ("≤", Sign::AtMost),
    ("≯", Sign::AtMost),
    ("==", Sign::Equal),
    ("=", Sign::Equal),
    (">", Sign::MoreThan),
    ("<", Sign::LessThan),
    ("≈", Sign::About),
    ("大于或等于", Sign::AtLeast),
    ("大于等于", Sign::AtLeast),
    ("高于或等于", Sign::AtLeast),
    ("高于等于", Sign::AtLeast),
    ("不得低于", Sign::AtLeast),
    ("不得少于", Sign::AtLeast),
    ("不得小于", Sign::AtLeast),
    ("不能低于", Sign::AtLeast),
    ("不低于", Sign::AtLeast),
    ("不少于", Sign::AtLeast),
    ("不小于", Sign::AtLeast),
    ("不下于", Sign::AtLeast),
    ("至少", Sign::AtLeast),
    ("最低", Sign::AtLeast),
    ("最少", Sign::AtLeast),
    ("小于或等于", Sign::AtMost),
    ("小于等于", Sign::AtMost),
    ("低于或等于", Sign::AtMost),
    ("低于等于", Sign::AtMost),
    ("不得超过", Sign::AtMost),
    ("不得高于", Sign::AtMost),
    ("不得大于", Sign::AtMost),
    ("不得多于", Sign::AtMost),
    ("不能超过", Sign::AtMost),
    ("不高于", Sign::AtMost),
    ("不超过", Sign::AtMost),
    ("不超出", Sign::AtMost),
    ("不超", Sign::AtMost),
    ("不大于", Sign::AtMost),
    ("不多于", Sign::AtMost),
    ("不突破", Sign::AtMost),
    ("至多", Sign::AtMost),
    ("最多", Sign::AtMost),
    ("最高", Sign::AtMost),
    ("大于", Sign::MoreThan),
    ("高于", Sign::MoreThan),
    ("多于", Sign::MoreThan),
    ("超过", Sign::MoreThan),
    ("超", Sign::MoreThan),
    ("逾", Sign::MoreThan),
    ("小于", Sign::LessThan),
    ("低于", Sign::LessThan),
    ("少于", Sign::LessThan),
    ("不足", Sign::LessThan),
    ("不到", Sign::LessThan),
    ("等于", Sign::Equal),
    ("大约", Sign::About),
    ("约", Sign::About),
    ("近", Sign::About),
];

/// Words after a number.
const AFTER: &[(&str, Sign)] = &[
    ("(含)及以上", Sign::AtLeast),
    ("(含)以上", Sign::AtLeast),
    ("及以上(含)", Sign::AtLeast),
    ("以上(含)", Sign::AtLeast),
    ("以上(不含)", Sign::MoreThan),
    ("(不含)以上", Sign::MoreThan),
    ("及其以上", Sign::AtLeast),
    ("及以上", Sign::AtLeast),
    ("以上", Sign::AtLeast),
    ("(含)及以下", Sign::AtMost),
    ("(含)以下", Sign::AtMost),
    ("及以下(含)", Sign::AtMost),
    ("以下(含)", Sign::AtMost),
    ("以下(不含)", Sign::LessThan),
    ("(不含)以下", Sign::LessThan),
    ("及以下", Sign::AtMost),
    ("以下", Sign::AtMost),
    ("以内", Sign::AtMost),
    ("左右", Sign::About),
];

/// A sign or sign word at the start of a plain text, and how many bytes it is.
pub fn scan_sign(text: &str) -> Option<(Sign, usize)> {
    let first = text.bytes().next().filter(|b| !b.is_ascii_digit())?;
    let found = BEFORE.iter().find(|(word, _)| word.bytes().next() == Some(first) && text.starts_with(word));
    found.map(|(word, sign)| (*sign, word.len()))
}

/// A sign word behind a number (以上, 及以上, 以内 …) at the start of a plain text, and how many bytes it is.
pub fn scan_sign_after(text: &str) -> Option<(Sign, usize)> {
    if !text.starts_with(['(', '及', '以', '左']) {
        return None;
    }
    AFTER.iter().find(|(word, _)| text.starts_with(word)).map(|(word, sign)| (*sign, word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_hides_a_longer_one() {
        for table in [BEFORE, AFTER] {
            for (i, (word, _)) in table.iter().enumerate() {
                let hidden = table[..i].iter().find(|(earlier, _)| word.starts_with(earlier));
                assert_eq!(hidden, None, "{word}");
            }
        }
    }
}
