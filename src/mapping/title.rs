//! Titles and labels as forms write them, made comparable: width, spaces and line breaks do not count.

use crate::base::half_width;
use crate::words::{self, Class};

/// The text without spaces and line breaks, full-width signs as half-width ones.
///
/// `得　分`, `得\n分` and `得分` have one key, as have `全年预算数（Ａ）` and `全年预算数(A)`.
pub fn normalise(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match half_width(c) {
            '〔' | '【' => key.push('['),
            '〕' | '】' => key.push(']'),
            '﹕' | '∶' => key.push(':'),
            // Signs that no reader sees.
            '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}' | '\u{00AD}' => {}
            c if c.is_whitespace() || c.is_control() => {}
            c => key.push(c),
        }
    }
    key
}

/// A key without what forms hang on a label: mandatory stars before it, a colon, a bracket or a unit after it.
///
/// `*项目名称:` is `项目名称`, `全年预算数(A)` and `全年预算数/万元` are `全年预算数`. `None` when nothing hangs on it.
pub fn bare(key: &str) -> Option<&str> {
    let mut rest = key.trim_start_matches(['*', '★', '☆', '※']);
    loop {
        let cut = rest.trim_end_matches([':', '*', '★']);
        // 金额/元 is 金额(元).
        let of_money = |unit: &str| words::MONEY.into_iter().any(|class| words::of(class).has(unit));
        let cut = cut.rsplit_once('/').filter(|(_, unit)| of_money(unit)).map_or(cut, |(cut, _)| cut);
        let cut = cut
            .strip_suffix(')')
            .and_then(|open| open.rfind('(').and_then(|at| open.get(..at)))
            .unwrap_or(cut);
        if cut.len() == rest.len() {
            break;
        }
        rest = cut;
    }
    (rest.len() != key.len() && !rest.is_empty()).then_some(rest)
}

/// A key without the number before it: `1.项目名称`, `一、基本信息`, `(二)自有资金`.
pub fn unnumbered(key: &str) -> Option<&str> {
    let digits = |c: char| c.is_ascii_digit() || words::of(Class::Digits).has_char(c);
    let (inner, close) = match key.strip_prefix('(') {
        Some(inner) => (inner, &[')'][..]),
        None => (key, &['.', '、', '．'][..]),
    };
    let rest = inner.trim_start_matches(digits);
    if rest.len() == inner.len() {
        return None;
    }
    let rest = rest.strip_prefix(close)?;
    // 1.5万 is a number, not a numbered label.
    (!rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// A key without the year before it: `2022年度指标值` is 指标值, `2022年完成值` is 完成值.
pub fn undated(key: &str) -> Option<&str> {
    let rest = key.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix('年').filter(|_| key.len().checked_sub(rest.len()) == Some(YEAR_DIGITS))?;
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    (!rest.is_empty()).then_some(rest)
}

/// Digits of a year.
const YEAR_DIGITS: usize = 4;

/// A title of a mapping: literal, or with `*` for any characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern {
    pieces: Vec<String>,
}

impl Pattern {
    /// The pattern as a mapping writes it; it is normalised like the titles it is compared with.
    pub fn new(text: &str) -> Self {
        Self { pieces: normalise(text).split('*').map(str::to_owned).collect() }
    }

    /// The whole key, where the pattern has no `*`.
    pub fn literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether the pattern contains the text itself.
    pub fn fixes(&self, text: &str) -> bool {
        !text.is_empty() && self.pieces.iter().any(|piece| piece.contains(text))
    }

    /// A character that every key it describes has: of its longest piece the last.
    pub fn sign(&self) -> Option<char> {
        self.pieces.iter().max_by_key(|piece| piece.len()).and_then(|piece| piece.chars().next_back())
    }

    /// How many characters it fixes: the more, the more it says.
    pub fn weight(&self) -> usize {
        self.pieces.iter().map(|piece| piece.chars().count()).sum()
    }

    /// Whether the key is one that the pattern describes. Linear in the key.
    pub fn matches(&self, key: &str) -> bool {
        let [first, middle @ .., last] = self.pieces.as_slice() else {
            return self.literal() == Some(key);
        };
        let Some(mut rest) = key.strip_prefix(first.as_str()) else { return false };
        for piece in middle {
            let Some((_, after)) = rest.split_once(piece.as_str()) else { return false };
            rest = after;
        }
        rest.ends_with(last.as_str())
    }

    /// Whether the key, or the key without what hangs on it, is one that the pattern describes.
    pub fn matches_label(&self, key: &str) -> bool {
        self.matches(key) || bare(key).is_some_and(|bare| self.matches(bare))
    }
}

/// Whether one of the patterns describes the label.
pub fn any_matches(patterns: &[Pattern], key: &str) -> bool {
    let bare = bare(key);
    patterns.iter().any(|pattern| pattern.matches(key) || bare.is_some_and(|bare| pattern.matches(bare)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_breaks_and_width_do_not_count() {
        assert_eq!(normalise(" 得 \n　分（Ａ） "), "得分(A)");
        assert_eq!(normalise("项目资金\r\n（万元）"), "项目资金(万元)");
    }

    #[test]
    fn what_hangs_on_a_label_is_taken_off() {
        assert_eq!(bare("全年预算数(A)"), Some("全年预算数"));
        assert_eq!(bare("*项目名称:"), Some("项目名称"));
        assert_eq!(bare("年度资金总额(万元):"), Some("年度资金总额"));
        assert_eq!(bare("得分"), None);
        assert_eq!(bare("(50分)"), None);
        assert_eq!(unnumbered("1.项目名称"), Some("项目名称"));
        assert_eq!(unnumbered("(一)财政拨款"), Some("财政拨款"));
        assert_eq!(unnumbered("1.5万元"), None);
        assert_eq!(unnumbered("项目"), None);
        assert_eq!(undated("2022年度指标值"), Some("指标值"));
        assert_eq!(undated("2022年完成值"), Some("完成值"));
        assert_eq!(undated("2022年"), None);
        assert_eq!(undated("12年完成值"), None);
    }

    #[test]
    fn a_star_stands_for_anything() {
        assert!(Pattern::new("偏差原因*").matches("偏差原因分析及改进措施"));
        assert!(Pattern::new("*自评表").matches("项目支出绩效自评表"));
        assert!(Pattern::new("*原因*措施*").matches("未完成原因和改进措施"));
        assert!(!Pattern::new("*原因*措施").matches("原因"));
        assert!(!Pattern::new("得分").matches("自评得分"));
        assert!(!Pattern::new("a*a").matches("a"));
    }
}
