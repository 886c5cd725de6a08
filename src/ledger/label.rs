//! The words by which subtotal, opening, closing and deposit rows are known.
//!
//! A subtotal label must consist of nothing but period and total words: `本月合计` is one, `付1月合计餐费` is an
//! entry. What only contains such a word is never taken for a subtotal.

use std::borrow::Cow;

use super::cells::account_after;
use crate::words::{self, Class, Lexicon, Words};

/// What a label says its row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// 年初余额, 期初余额, 上年结转.
    Opening,
    /// 承前页: what the page before came to.
    CarriedIn,
    /// 过次页: the same at the end of that page.
    CarriedOut,
    /// 本月合计, 当前合计, 本期合计.
    MonthTotal,
    /// 本年累计, 当前累计.
    YearTotal,
    /// 小计, 合计, 总计 without a period.
    OtherTotal,
    /// 汇总, Total, 4笔: a sum where the amounts are one.
    PerhapsTotal,
    /// 期末余额: repeats a balance, adds nothing.
    Balance,
}

/// The classes of words that make a row special.
const SPECIAL: [Class; 11] = [
    Class::LedgerTotals,
    Class::LedgerPerhapsTotals,
    Class::LedgerOpenings,
    Class::LedgerBalances,
    Class::LedgerCarriedIn,
    Class::LedgerCarriedOut,
    Class::LedgerClosings,
    Class::RedEntries,
    Class::Reversals,
    Class::DoubleEntries,
    Class::Slips,
];

/// Characters of which each word that makes a row special has one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Telling {
    /// A bit for the last six bits of each, and one for the six before: few other characters agree in both.
    last: u64,
    before: u64,
    all: Lexicon,
}

impl Telling {
    fn of(words: &Words) -> Self {
        let listed = words::of(Class::TellingCharacters);
        // A word without a listed character tells by its first one: the list makes it faster, and hides none.
        let special = SPECIAL.into_iter().flat_map(|class| words.of(class).iter());
        let untold = special
            .filter(|word| !listed.within(word))
            .filter_map(|word| word.get(..word.chars().next()?.len_utf8()));
        let all = Lexicon::changed(listed.iter().chain(untold));
        let bits = |from: u32| {
            let signs = all.iter().flat_map(str::chars);
            signs.fold(0_u64, |bits, c| bits | 1_u64.wrapping_shl(u32::from(c).wrapping_shr(from)))
        };
        Self { last: bits(0), before: bits(6), all }
    }
}

/// The words by which the rows of a ledger are known: the shipped ones, as its mapping adds to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWords {
    pub(super) words: Words,
    telling: Telling,
}

/// `Total`, `GRAND TOTAL:`.
fn is_foreign_total(text: &str) -> bool {
    const LONGEST: usize = 14;
    let begins =
        matches!(text.trim_start().as_bytes().first(), Some(b't' | b'T' | b's' | b'S' | b'g' | b'G'));
    begins && text.len() <= LONGEST && {
        let letters: String =
            text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
        words::of(Class::ForeignTotals).has(&letters)
    }
}

/// `4笔`, `共4笔`: how many entries there are.
fn is_count(text: &str) -> bool {
    let number = text.strip_prefix('共').unwrap_or(text).strip_suffix('笔');
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The text without spaces of any width.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    // The first bytes of all characters that are spaces.
    let perhaps = |byte: &u8| *byte <= b' ' || matches!(byte, 0xC2 | 0xE1..=0xE3);
    // Without a way out in the middle, so that many bytes are compared at once.
    if text.as_bytes().iter().fold(false, |found, byte| found | perhaps(byte))
        && text.contains(char::is_whitespace)
    {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

impl RowWords {
    /// Those of a vocabulary.
    pub fn of(words: &Words) -> Self {
        Self { telling: Telling::of(words), words: words.clone() }
    }

    /// Whether any character of the text can belong to one of the words of this file; most entries stop here.
    pub fn may_be_special(&self, text: &str) -> bool {
        if text.is_ascii() {
            return is_foreign_total(text);
        }
        let Telling { last, before, all } = &self.telling;
        let perhaps = |c: u32| last.wrapping_shr(c) & before.wrapping_shr(c.wrapping_shr(6)) & 1 == 1;
        text.chars().any(|c| perhaps(u32::from(c)) && all.has_char(c))
    }

    /// `科目：5001.02.07 农村饮用水` → code and name.
    pub fn account_line(&self, cell: &str) -> Option<(String, String)> {
        account_after(self.words.of(Class::AccountLabels).strip(cell.trim())?)
    }

    /// Whether the text is the title of a column.
    pub fn is_title(&self, text: &str) -> bool {
        self.words.of(Class::LedgerTitles).has(text)
    }

    /// Whether a row says anywhere that it adds up.
    pub fn speaks_of_sums(&self, text: &str) -> bool {
        self.words.of(Class::SumWords).within(text)
    }

    /// What the whole text says its row is; `None` for the text of an entry.
    pub fn label(&self, text: &str) -> Option<Label> {
        let text = squeeze(text);
        if text.is_empty() || text.chars().count() > 30 {
            return None;
        }
        if is_foreign_total(&text) || is_count(&text) || text == "计" {
            return Some(Label::PerhapsTotal);
        }
        let running = words::of(Class::RunningTotals);
        let mut rest: &str = &text;
        let mut found: Option<Label> = None;
        let mut period = None;
        while !rest.is_empty() {
            if let Some(after) = self.words.of(Class::LedgerOpenings).strip(rest) {
                found = Some(Label::Opening);
                rest = after;
            } else if let Some(after) = self.words.of(Class::LedgerCarriedIn).strip(rest) {
                found = Some(Label::CarriedIn);
                rest = after;
            } else if let Some(after) = self.words.of(Class::LedgerCarriedOut).strip(rest) {
                found = found.or(Some(Label::CarriedOut));
                rest = after;
            } else if let Some(after) = self.words.of(Class::LedgerBalances).strip(rest) {
                found = Some(found.unwrap_or(Label::Balance));
                rest = after;
            } else if let Some(after) = self.words.of(Class::LedgerTotals).strip(rest) {
                let word = rest.strip_suffix(after).unwrap_or(rest);
                if running.within(word) {
                    period = Some(Label::YearTotal);
                }
                if !matches!(found, Some(Label::Opening | Label::CarriedIn | Label::CarriedOut)) {
                    found = Some(Label::OtherTotal);
                }
                rest = after;
            } else if let Some(after) = self.words.of(Class::LedgerPerhapsTotals).strip(rest) {
                found = found.or(Some(Label::PerhapsTotal));
                rest = after;
            } else {
                let first = rest.chars().next()?;
                let after = if first.is_ascii_digit() {
                    rest.trim_start_matches(|c: char| c.is_ascii_digit())
                } else {
                    self.words.of(Class::LedgerNeutral).strip(rest)?
                };
                let word = rest.strip_suffix(after).unwrap_or(rest);
                if period != Some(Label::YearTotal) {
                    if words::of(Class::PeriodOfMonth).has(word) {
                        period = Some(Label::MonthTotal);
                    } else if period.is_none() && words::of(Class::YearWords).has(word) {
                        period = Some(Label::YearTotal);
                    }
                } else if words::of(Class::MonthWords).has(word) && !running.within(&text) {
                    period = Some(Label::MonthTotal);
                }
                rest = after;
            }
        }
        match found? {
            Label::OtherTotal => Some(period.unwrap_or(Label::OtherTotal)),
            other => Some(other),
        }
    }

    /// Whether the text ends like a subtotal after the name of something (`办公费小计`).
    pub fn ends_as_total(&self, text: &str) -> bool {
        self.words.of(Class::SumWords).ends(&squeeze(text))
    }

    /// What the head of a page says of itself, wherever it stands: `第2页`, `2022年度`, `单位：元`, `打印日期：2022-12-31`.
    pub fn is_head_remark(&self, text: &str) -> bool {
        let text = squeeze(text);
        let labelled = self.words.of(Class::PageHeadLabels).begins(&text) || text.contains("日期");
        let of_page = text.contains('页')
            && (text.starts_with(['(', '（']) || words::of(Class::PageNumberLeads).begins(&text));
        of_page || text.ends_with("年度") || text.ends_with('年') || labelled && text.contains([':', '：'])
    }

    /// A closing entry for certain: its words say that an account is closed.
    pub fn is_closing(&self, text: &str) -> bool {
        if !text.contains('转') {
            return false;
        }
        let text = squeeze(text);
        text == "结转" || self.words.of(Class::LedgerClosings).within(&text)
    }

    /// Whether the text speaks of carrying over at all, but not as the source of money (上年结转资金).
    pub fn speaks_of_closing(&self, text: &str) -> bool {
        text.contains("结转") && !self.words.of(Class::CarriedFunds).within(text)
    }

    /// A deposit (押金, 保证金), which comes back; retention money of a contract (质保金, 质量保证金) is a payment.
    pub fn is_deposit(&self, text: &str) -> bool {
        text.contains("押金")
            || (text.contains("保证金") && !self.words.of(Class::RetentionMoney).within(text))
    }

    /// Whether the text says that the entry is written in red ink.
    pub fn says_red(&self, text: &str) -> bool {
        self.words.of(Class::RedEntries).within(text)
    }

    /// Whether the text says that the entry cancels another.
    pub fn says_reversal(&self, text: &str) -> bool {
        self.says_red(text) || self.words.of(Class::Reversals).within(text)
    }

    /// Whether the text says that money came back: such an entry cancels no other entry.
    pub fn says_refund(&self, text: &str) -> bool {
        self.words.of(Class::Refunds).within(text) && !self.says_reversal(text)
    }

    /// Whether the text itself says that the entry was booked twice.
    pub fn says_double(&self, text: &str) -> bool {
        self.words.of(Class::DoubleEntries).within(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> RowWords {
        RowWords::of(Words::shipped())
    }

    #[test]
    fn subtotal_labels_are_whole_texts() {
        for text in [
            "本月合计",
            "当前合计",
            "本期合计",
            "1月合计",
            "2021年1月合计",
            "一月份合计",
            "本月发生额合计",
            "本 月 合 计",
            "十二月小计",
        ] {
            assert_eq!(words().label(text), Some(Label::MonthTotal), "{text}");
        }
        for text in [
            "本年累计",
            "当前累计",
            "累计",
            "本年合计",
            "2021年累计",
            "1-3月累计",
            "本年累计发生额",
            "总计",
            "全年合计",
            "本月累计",
        ] {
            assert_eq!(words().label(text), Some(Label::YearTotal), "{text}");
        }
        for text in ["合计", "小计", "合 计：", "科目合计"] {
            assert_eq!(words().label(text), Some(Label::OtherTotal), "{text}");
        }
        for text in ["年初余额", "期初余额", "上年结转", "上年结转：", "2021年初余额", "1月期初余额"]
        {
            assert_eq!(words().label(text), Some(Label::Opening), "{text}");
        }
        for (text, label) in [
            ("承前页", Label::CarriedIn),
            ("接上页：", Label::CarriedIn),
            ("承前页合计", Label::CarriedIn),
            ("过次页", Label::CarriedOut),
            ("结转下页", Label::CarriedOut),
            ("【转次页】合计", Label::CarriedOut),
            ("本页合计过次页", Label::OtherTotal),
        ] {
            assert_eq!(words().label(text), Some(label), "{text}");
        }
        for text in [
            "付1月合计餐费",
            "付餐费",
            "",
            "合计付款",
            "1月",
            "年末结转",
            "办公费小计",
            "记-0001",
            "期初设备款",
        ] {
            assert_eq!(words().label(text), None, "{text}");
        }
    }

    #[test]
    fn closing_is_not_paying_from_carried_over_money() {
        for text in ["年末结转", "结转", "结转本期费用", "期间损益结转", "结转至本期盈余"]
        {
            assert!(words().is_closing(text), "{text}");
        }
        for text in ["使用上年结转资金付工程款", "付上年结转项目款", "结转库存材料成本"]
        {
            assert!(!words().is_closing(text), "{text}");
        }
    }

    #[test]
    fn every_word_has_a_telling_character() {
        for word in SPECIAL.into_iter().flat_map(|class| words::of(class).iter()) {
            assert!(words().may_be_special(word), "{word}");
        }
        assert!(words().is_closing("期末 结 转") && !words().is_closing("付办公费"));
        assert!(!words().may_be_special("付1月办公费") && !words().may_be_special(""));
    }

    #[test]
    fn spaces_of_any_width_go() {
        assert_eq!(squeeze(" 本　月\u{a0}合\u{2003}计\t"), "本月合计");
        assert!(matches!(squeeze("付、报刊费"), Cow::Borrowed(_)));
    }

    #[test]
    fn account_lines() {
        let read = |cell: &str| words().account_line(cell).map(|(code, name)| format!("{code}|{name}"));
        assert_eq!(
            read("科目：5001.02.07 农村饮用水        单位：元").as_deref(),
            Some("5001.02.07|农村饮用水")
        );
        assert_eq!(read("会计科目: 业务活动费用").as_deref(), Some("|业务活动费用"));
        assert_eq!(read("科目 编码"), None);
        assert_eq!(read("付科目：餐费"), None);
    }
}
