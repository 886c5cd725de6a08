//! A row of a ledger, read: what kind of row it is, and its values in 元.

use std::borrow::Cow;

use super::cells::{bare_year, text};
use super::classify::Reading;
use super::label::{RowWords, squeeze};
use super::sides::{Sides, Sign};
use super::when::When;
use crate::base::{Date, Number, Yuan};
use crate::model::{LedgerColumns, LedgerLocator, MoneyUnit, Watched, YearMonth};
use crate::sheet::{Item, Row};

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An entry, signed: a refund or red entry is negative.
    Entry,
    /// An entry that cancels another: negative, or on the credit side with words that say so.
    Reversal,
    /// A deposit paid or returned.
    Deposit,
    /// A closing entry.
    Closing,
    /// Opening balance, or an entry of period 0.
    Opening,
    /// 本月合计.
    MonthTotal,
    /// 本年累计.
    YearTotal,
    /// 小计, 合计.
    OtherTotal,
    /// Amounts with total words that are not a plain label, or with no words at all: a subtotal if it equals a
    /// running sum, else unclear.
    PerhapsTotal,
    /// A sum by its formula, of whatever rows.
    SumByFormula,
    /// 期末余额: repeats a balance.
    Balance,
    /// 承前页: begins a page with what the page before came to.
    CarriedIn,
    /// 过次页: ends a page with it.
    CarriedOut,
    /// An entry whose state says that no money was spent (已退回, 作废).
    Void,
    /// An entry of a period that is not posted.
    Pending,
    /// A date or voucher but no amount.
    WithoutAmount,
    /// `科目：5001 …`: the account of what follows.
    AccountLine,
    /// The header again.
    RepeatedHeader,
    /// Words only.
    Note,
    /// Cannot be read with certainty, for this reason (Chinese).
    Unclear(&'static str),
}

impl Kind {
    /// Whether the row is posted, so that running sums and balances include it.
    pub fn is_posted(self) -> bool {
        matches!(self, Self::Entry | Self::Reversal | Self::Deposit | Self::Closing)
    }
}

/// A row of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct LedgerLine<'a> {
    /// The zero-based row.
    pub row: u32,
    /// What it is.
    pub kind: Kind,
    /// Its day, where the row or the one it continues says it.
    pub day: Option<Date>,
    /// Its month.
    pub month: Option<YearMonth>,
    /// Whether the row says a date that cannot be read.
    pub date_unread: bool,
    /// 凭证字号, parts joined; that of the row above where the row continues a voucher.
    pub voucher: &'a str,
    /// 摘要 as typed.
    pub summary: Cow<'a, str>,
    /// The words that hold for its ledger.
    pub words: &'a RowWords,
    /// Whether the summary has any word that this room knows; most have none.
    pub special: bool,
    /// 科目编码; empty where nothing says it.
    pub code: &'a str,
    /// 科目名称.
    pub name: &'a str,
    /// The code of the account whose page the row stands on; empty where the page is of no one account.
    pub page: &'a str,
    /// Whether the account is that of a row above because the row's own cells are blank.
    pub account_inherited: bool,
    /// 支出经济分类; empty where the row has none.
    pub economic: Cow<'a, str>,
    /// 项目 as typed; empty where the row has none.
    pub project: Cow<'a, str>,
    /// Whether the row says neither when nor on which voucher nor to which account it was booked, where others do.
    pub bare: bool,
    /// 借方 in 元.
    pub debit: Option<Yuan>,
    /// 贷方 in 元.
    pub credit: Option<Yuan>,
    /// 余额 in 元, credit balances negative where 方向 says so.
    pub balance: Option<Yuan>,
}

impl LedgerLine<'_> {
    /// Debit less credit; `None` when it leaves the exact range.
    pub fn net(&self) -> Option<Yuan> {
        match (self.debit, self.credit) {
            (Some(debit), None) => Some(debit),
            (debit, credit) => debit.unwrap_or_default().minus(credit.unwrap_or_default()),
        }
    }
}

/// Whether the texts of the two sides, next to each other, may be one amount that nobody put in quotes: `507,250` in a CSV
/// file is 507 on one side and 250 on the other.
fn may_be_split(row: &Row<'_>, columns: &LedgerColumns) -> bool {
    let Some((debit, credit)) = columns.debit.zip(columns.credit) else { return false };
    let (first, second) = (debit.min(credit), debit.max(credit));
    let (Item::Text(begin), Item::Text(end)) = (row.get(first), row.get(second)) else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (begin, end) = (begin.trim(), end.trim());
    let (whole, rest) = end.split_once('.').unwrap_or((end, ""));
    first.checked_add(1) == Some(second)
        && (1..=3).contains(&begin.len())
        && !begin.starts_with('0')
        && digits(begin)
        && whole.len() == 3
        && digits(whole)
        && digits(rest)
}

/// The parts of a voucher's number, joined.
fn put_voucher(joined: &mut String, voucher: &str, number: &str) {
    joined.clear();
    joined.push_str(voucher);
    if !voucher.is_empty() && !number.is_empty() {
        joined.push('-');
    }
    joined.push_str(number);
}

/// Whether a watched column holds something with which it may change the total.
fn says_otherwise(row: &Row<'_>, watched: &Watched) -> bool {
    match row.get(watched.col) {
        Item::Blank => false,
        Item::Number(number) => !number.is_zero() && !watched.harmless.contains(&number.to_string()),
        Item::Text(text) => {
            let key = squeeze(&text);
            let nothing = key.parse::<Number>().is_ok_and(Number::is_zero) || key.chars().all(|c| c == '-');
            !nothing && !watched.harmless.iter().any(|word| *word == key)
        }
        _ => true,
    }
}

/// Whether a watched column says that the row's money was not spent.
fn says_void(row: &Row<'_>, watched: &Watched) -> bool {
    match row.get(watched.col) {
        Item::Text(text) => watched.void.iter().any(|word| *word == squeeze(&text)),
        _ => false,
    }
}

/// Turns rows of one ledger into lines, remembering what a row inherits from those above.
#[derive(Debug)]
pub struct LineReader {
    locator: LedgerLocator,
    words: RowWords,
    year: Option<i16>,
    day: Option<Date>,
    month: Option<YearMonth>,
    voucher: String,
    code: String,
    name: String,
    page: String,
    account_from_row: bool,
    balance: Option<Yuan>,
}

impl LineReader {
    /// A reader of the ledger at the locator.
    pub fn new(locator: &LedgerLocator) -> Self {
        let (code, name) = locator.account.clone().unwrap_or_default();
        Self {
            year: locator.year,
            day: None,
            month: None,
            voucher: String::new(),
            page: code.clone(),
            code,
            name,
            account_from_row: false,
            balance: None,
            words: RowWords::of(&locator.words),
            locator: locator.clone(),
        }
    }

    /// Reads the next row.
    pub fn read<'s>(&'s mut self, row: &'s Row<'_>) -> LedgerLine<'s> {
        let columns = &self.locator.columns;
        let when = When::read(row, columns, self.year, self.month);
        let own_unit = self.locator.row_unit.map(|col| text(row, Some(col)));
        let own_unit = own_unit.and_then(|word| MoneyUnit::of_word(&squeeze(&word)));
        let mut sides = Sides::read(row, columns, own_unit.unwrap_or(self.locator.unit));
        let summary = text(row, columns.summary);
        let voucher = text(row, columns.voucher);
        let voucher_number = text(row, columns.voucher_number);
        let own_code = text(row, columns.account_code);
        let own_name = text(row, columns.account_name);
        let economic = text(row, columns.economic);
        let project = text(row, columns.project);
        let special = self.words.may_be_special(&summary);
        let reading = Reading {
            row,
            columns,
            when: &when,
            sides: &sides,
            summary: &summary,
            words: &self.words,
            special,
            voucher: &voucher,
            voucher_number: &voucher_number,
            own_code: &own_code,
            own_name: &own_name,
            inherited_code: &self.code,
            inherited_name: &self.name,
            is_sum: self.locator.sums.contains(&row.number()),
        };
        let bare = reading.is_bare();
        let mut kind = reading.kind();
        let counts = kind.is_posted()
            || matches!(kind, Kind::WithoutAmount | Kind::PerhapsTotal | Kind::Pending | Kind::Unclear(_));
        if counts && row.is_misfit() {
            kind =
                Kind::Unclear("这一行的栏数与标题行不同，可能是金额中的千分位逗号没有加引号，或引号没有成对");
        }
        kind = self.counted(row, kind, &sides);
        if kind.is_posted() {
            let says_red = special && self.words.says_red(&summary) && !reading.is_counter();
            match sides.sign(says_red, self.balance) {
                Sign::AsWritten => {}
                Sign::Negative => {
                    sides.negate();
                    let cancels = kind == Kind::Entry && !self.words.says_refund(&summary);
                    kind = if cancels { Kind::Reversal } else { kind };
                }
                Sign::Unknown => kind = Kind::Unclear("红字的正数金额，无法判断正负"),
            }
        }
        let own_account = !own_code.is_empty() || !own_name.is_empty();
        if own_account && kind.is_posted() {
            replace(&mut self.code, &own_code);
            replace(&mut self.name, &own_name);
            self.account_from_row = true;
        }
        if !voucher.is_empty() || !voucher_number.is_empty() {
            put_voucher(&mut self.voucher, &voucher, &voucher_number);
        }
        // What cannot be read in the date column of a row of words is no date.
        let words = matches!(kind, Kind::AccountLine | Kind::RepeatedHeader | Kind::Note);
        if when.month.is_some() || (when.unread && !words) {
            self.day = when.day;
            self.month = when.month;
        }
        if sides.balance.is_some() {
            self.balance = sides.balance;
        }
        if words {
            self.follow(row, kind);
        }
        LedgerLine {
            row: row.number(),
            kind,
            day: self.day,
            month: self.month,
            date_unread: when.unread,
            voucher: &self.voucher,
            summary,
            words: &self.words,
            special,
            code: &self.code,
            name: &self.name,
            page: &self.page,
            account_inherited: !own_account && self.account_from_row,
            economic,
            project,
            bare,
            debit: sides.debit,
            credit: sides.credit,
            balance: sides.balance,
        }
    }

    /// An entry, or why it is none that can be added: its cells contradict each other, or another column says so.
    fn counted(&self, row: &Row<'_>, mut kind: Kind, sides: &Sides) -> Kind {
        if kind.is_posted() && may_be_split(row, &self.locator.columns) {
            kind = Kind::Unclear("借贷两栏都有数，可能是一个金额中的千分位逗号没有加引号");
        }
        if kind.is_posted() && self.locator.unvalued.contains(&row.number()) {
            kind = Kind::Unclear("金额是公式而没有计算结果");
        }
        if kind.is_posted() && self.locator.watched.iter().any(|watched| says_void(row, watched)) {
            kind = if sides.reduces() {
                Kind::Unclear("状态为已退回、作废，金额却是退回的数，不能确定这一行是支出还是退款")
            } else {
                Kind::Void
            };
        }
        if kind.is_posted() && self.locator.watched.iter().any(|watched| says_otherwise(row, watched)) {
            kind = Kind::Unclear("前面各行没有或全部正常的栏目，在这一行有了别的内容");
        }
        kind
    }

    /// What later rows inherit from a header or account line.
    fn follow(&mut self, row: &Row<'_>, kind: Kind) {
        for (_, item) in row.items() {
            let Item::Text(cell) = item else { continue };
            let squeezed = squeeze(&cell);
            if let Some(year) = bare_year(&squeezed) {
                self.year = Some(year);
            }
            if kind == Kind::AccountLine
                && let Some((code, name)) = self.words.account_line(&cell)
            {
                self.page.clone_from(&code);
                self.code = code;
                self.name = name;
                self.account_from_row = false;
                self.balance = None;
            }
        }
    }
}

fn replace(target: &mut String, value: &str) {
    if target != value {
        target.clear();
        target.push_str(value);
    }
}
