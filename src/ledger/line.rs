//! A row of a ledger, read: what kind of row it is, and its values in 元.

use std::borrow::Cow;

use super::amount::{Amount, amount};
use super::day::{self, Period};
use super::label::{self, Label};
use crate::base::{Date, Yuan};
use crate::model::{LedgerLocator, YearMonth};
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
    /// Repeats a balance.
    Balance,
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

/// A row of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
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
    /// 科目编码; empty where nothing says it.
    pub code: &'a str,
    /// 科目名称.
    pub name: &'a str,
    /// Whether the account is that of a row above because the row's own cells are blank.
    pub account_inherited: bool,
    /// 支出经济分类; empty where the row has none.
    pub economic: Cow<'a, str>,
    /// 借方 in 元.
    pub debit: Option<Yuan>,
    /// 贷方 in 元.
    pub credit: Option<Yuan>,
    /// 余额 in 元, credit balances negative where 方向 says so.
    pub balance: Option<Yuan>,
}

impl Line<'_> {
    /// Debit less credit; `None` when it leaves the exact range.
    pub fn net(&self) -> Option<Yuan> {
        self.debit.unwrap_or_default().minus(self.credit.unwrap_or_default())
    }

    /// Whether the row is posted, so that running sums and balances include it.
    pub fn is_posted(&self) -> bool {
        matches!(self.kind, Kind::Entry | Kind::Reversal | Kind::Deposit | Kind::Closing)
    }
}

/// Turns rows of one ledger into lines, remembering what a row inherits from those above.
#[derive(Debug)]
pub struct LineReader {
    locator: LedgerLocator,
    year: Option<i16>,
    day: Option<Date>,
    month: Option<YearMonth>,
    voucher: String,
    code: String,
    name: String,
    account_from_row: bool,
    balance: Option<Yuan>,
}

/// The amounts of a row before its kind is known.
#[derive(Default)]
struct Sides {
    debit: Option<Yuan>,
    credit: Option<Yuan>,
    balance: Option<Yuan>,
    unreadable: Option<&'static str>,
    red: bool,
}

/// The date part of a row.
struct When {
    day: Option<Date>,
    month: Option<YearMonth>,
    period: Option<Period>,
    stated: bool,
    unread: bool,
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
            code,
            name,
            account_from_row: false,
            balance: None,
            locator: locator.clone(),
        }
    }

    /// Reads the next row.
    pub fn read<'s>(&'s mut self, row: &'s Row<'_>) -> Line<'s> {
        let columns = &self.locator.columns;
        let when = self.when(row);
        let summary = text(row, columns.summary);
        let voucher = text(row, columns.voucher);
        let voucher_number = text(row, columns.voucher_number);
        let own_code = text(row, columns.account_code);
        let own_name = text(row, columns.account_name);
        let own_voucher = !voucher.is_empty() || !voucher_number.is_empty();
        let mut sides = self.sides(row);

        let special = label::may_be_special(&summary);
        let mut kind = self.kind(
            row,
            &Reading {
                when: &when,
                summary: &summary,
                special,
                voucher: &voucher,
                own_voucher,
                own_code: &own_code,
                own_name: &own_name,
                sides: &sides,
            },
        );
        let posted = matches!(kind, Kind::Entry | Kind::Reversal | Kind::Deposit | Kind::Closing);
        if posted {
            match self.signed(&sides, special && label::says_red(&summary)) {
                Sign::AsWritten => {}
                Sign::Negative => {
                    sides.debit = sides.debit.and_then(|d| Yuan::ZERO.minus(d));
                    sides.credit = sides.credit.and_then(|c| Yuan::ZERO.minus(c));
                    if kind == Kind::Entry {
                        kind = Kind::Reversal;
                    }
                }
                Sign::Unknown => kind = Kind::Unclear("红字的正数金额，无法判断正负"),
            }
        }

        let economic = text(row, self.locator.columns.economic);
        let own_account = !own_code.is_empty() || !own_name.is_empty();
        if own_account && matches!(kind, Kind::Entry | Kind::Reversal | Kind::Deposit | Kind::Closing) {
            replace(&mut self.code, &own_code);
            replace(&mut self.name, &own_name);
            self.account_from_row = true;
        }
        let account_inherited = !own_account && self.account_from_row;
        if own_voucher {
            self.voucher.clear();
            self.voucher.push_str(&voucher);
            if !voucher.is_empty() && !voucher_number.is_empty() {
                self.voucher.push('-');
            }
            self.voucher.push_str(&voucher_number);
        }
        if when.stated {
            self.day = when.day;
            self.month = when.month;
        }
        if sides.balance.is_some() {
            self.balance = sides.balance;
        }
        self.follow(row, kind);
        Line {
            row: row.number(),
            kind,
            day: self.day,
            month: self.month,
            date_unread: when.unread,
            voucher: &self.voucher,
            summary,
            code: &self.code,
            name: &self.name,
            account_inherited,
            economic,
            debit: sides.debit,
            credit: sides.credit,
            balance: sides.balance,
        }
    }

    /// What later rows inherit from a header or account line.
    fn follow(&mut self, row: &Row<'_>, kind: Kind) {
        if !matches!(kind, Kind::AccountLine | Kind::RepeatedHeader | Kind::Note) {
            return;
        }
        for (_, item) in row.items() {
            let Item::Text(cell) = item else { continue };
            let squeezed = label::squeeze(&cell);
            if let Some(year) = bare_year(&squeezed) {
                self.year = Some(year);
            }
            if kind == Kind::AccountLine
                && let Some((code, name)) = account_line(&cell)
            {
                self.code = code;
                self.name = name;
                self.account_from_row = false;
                self.balance = None;
            }
        }
    }

    fn when(&self, row: &Row<'_>) -> When {
        let columns = &self.locator.columns;
        let period = columns.period.and_then(|col| day::period(&row.get(col)));
        let date_item = columns.date.map_or(Item::Blank, |col| row.get(col));
        let month_item = columns.month.map_or(Item::Blank, |col| row.get(col));
        if date_item != Item::Blank {
            let day = day::date(&date_item, self.year);
            return When {
                day,
                month: day.map(YearMonth::from),
                period,
                stated: day.is_some(),
                unread: day.is_none(),
            };
        }
        let (year, number) = match period {
            Some(Period::Month(month, year)) => (year.or(self.year), u32::try_from(month).ok()),
            _ => (self.year, None),
        };
        if month_item != Item::Blank {
            let number = day::whole(&month_item, '月');
            let month = day::month(year, number);
            let day_number = columns.day.and_then(|col| day::whole(&row.get(col), '日'));
            let day = month
                .zip(day_number)
                .and_then(|(m, d)| Date::new(m.year, m.month, i8::try_from(d).ok()?).ok());
            return When { day, month, period, stated: month.is_some(), unread: number.is_none() };
        }
        let month = day::month(year, number);
        When { day: None, month, period, stated: month.is_some(), unread: false }
    }

    fn sides(&self, row: &Row<'_>) -> Sides {
        let columns = &self.locator.columns;
        let unit = self.locator.unit;
        let mut sides = Sides::default();
        let read = |col: Option<u32>, sides: &mut Sides| -> Option<Yuan> {
            let col = col?;
            match amount(&row.get(col), row.format(col), unit) {
                Amount::Blank => None,
                Amount::Of(yuan) => {
                    sides.red |= row.is_red(col) && !yuan.is_negative() && !yuan.is_zero();
                    Some(yuan)
                }
                Amount::Unreadable => {
                    sides.unreadable = Some(match row.get(col) {
                        Item::FormulaWithoutValue => "金额是公式而没有计算结果",
                        _ => "金额不是可确认的数字",
                    });
                    None
                }
            }
        };
        sides.debit = read(columns.debit, &mut sides);
        sides.credit = read(columns.credit, &mut sides);
        let direction = text(row, columns.direction);
        if columns.debit.is_none() && columns.credit.is_none() {
            let single = read(columns.amount, &mut sides);
            match direction.chars().next() {
                // Subtotals often leave 方向 blank.
                Some('借') | None => sides.debit = single,
                Some('贷') => sides.credit = single,
                Some('平') if single.is_none_or(Yuan::is_zero) => {}
                Some(_) if single.is_some() => sides.unreadable = Some("方向既不是借也不是贷"),
                Some(_) => {}
            }
        }
        // What is wrong with a balance is no fault of the amounts.
        let balance = read(columns.balance, &mut Sides::default());
        sides.balance = match (direction.chars().next(), balance) {
            (Some('平'), None) => Some(Yuan::ZERO),
            (Some('贷'), Some(balance)) if columns.amount.is_none() => Yuan::ZERO.minus(balance),
            (_, balance) => balance,
        };
        sides
    }

    fn kind(&self, row: &Row<'_>, reading: &Reading<'_>) -> Kind {
        let sides = reading.sides;
        let has_amount = sides.debit.is_some() || sides.credit.is_some();
        let undated = reading.when.day.is_none() && !reading.own_voucher;
        let found = self.label_of(row, reading, undated);
        if let Some(found) = found {
            return labelled(found, reading);
        }
        if sides.unreadable.is_some() || !has_amount {
            return self.kind_without_amount(row, reading, undated);
        }
        match reading.when.period {
            Some(Period::Opening) => return Kind::Opening,
            Some(Period::Pending) => return Kind::Pending,
            Some(Period::Unknown) if reading.when.month.is_none() => {
                return Kind::Unclear("会计期间无法识别");
            }
            _ => {}
        }
        if undated && self.is_dated_ledger() {
            let words = joined_text(row, self.locator.columns.direction);
            let total_words =
                ["合计", "累计", "小计", "总计", "共计"].iter().any(|word| words.contains(word));
            if words.is_empty() || total_words {
                return Kind::PerhapsTotal;
            }
        }
        self.kind_of_entry(reading)
    }

    fn kind_of_entry(&self, reading: &Reading<'_>) -> Kind {
        let sides = reading.sides;
        let zero = Yuan::ZERO;
        let debit = sides.debit.unwrap_or(zero);
        let reduces = debit.is_negative() || sides.credit.is_some_and(|c| !c.is_negative() && !c.is_zero());
        let summary = reading.summary;
        let red = debit.is_negative() && !label::says_refund(summary);
        if !reading.special {
            return if red { Kind::Reversal } else { Kind::Entry };
        }
        if label::is_closing(summary) {
            let code = if reading.own_code.is_empty() { self.code.as_str() } else { reading.own_code };
            let counter = code.starts_with(['1', '2', '3', '4', '6', '8']);
            return if reduces || counter {
                Kind::Closing
            } else {
                Kind::Unclear("摘要为结转而金额在借方")
            };
        }
        if reduces && label::speaks_of_closing(summary) {
            return Kind::Closing;
        }
        if label::is_deposit(summary) {
            return Kind::Deposit;
        }
        if red || (reduces && label::says_reversal(summary)) {
            return Kind::Reversal;
        }
        Kind::Entry
    }

    fn kind_without_amount(&self, row: &Row<'_>, reading: &Reading<'_>, undated: bool) -> Kind {
        if let Some(header) = self.repeated_header(row) {
            return header;
        }
        if row.items().any(|(_, item)| matches!(item, Item::Text(cell) if account_line(&cell).is_some())) {
            return Kind::AccountLine;
        }
        if let Some(reason) = reading.sides.unreadable {
            let columns = &self.locator.columns;
            let with_digits =
                [columns.debit, columns.credit, columns.amount].into_iter().flatten().any(|col| {
                    match row.get(col) {
                        Item::Text(cell) => cell.chars().any(char::is_numeric),
                        Item::Blank => false,
                        _ => true,
                    }
                });
            // A signature line may reach into the amount columns; it has neither date nor figures.
            return if undated && !with_digits { Kind::Note } else { Kind::Unclear(reason) };
        }
        if undated && reading.sides.balance.is_none_or(Yuan::is_zero) {
            Kind::Note
        } else {
            Kind::WithoutAmount
        }
    }

    fn is_dated_ledger(&self) -> bool {
        let c = &self.locator.columns;
        c.date.is_some() || c.voucher.is_some() || c.voucher_number.is_some() || c.day.is_some()
    }

    /// The label of a subtotal or opening row, wherever the package puts it.
    fn label_of(&self, row: &Row<'_>, reading: &Reading<'_>, undated: bool) -> Option<Label> {
        if reading.special
            && let Some(found) = label::label(reading.summary)
        {
            return Some(found);
        }
        for cell in [reading.voucher, reading.own_code, reading.own_name] {
            if label::may_be_special(cell)
                && let Some(found) = label::label(cell)
            {
                return Some(found);
            }
        }
        if reading.when.unread || undated {
            let columns = &self.locator.columns;
            for cell in
                [text(row, columns.date), text(row, columns.month), joined_text(row, columns.direction)]
            {
                if label::may_be_special(&cell)
                    && let Some(found) = label::label(&cell)
                {
                    return Some(found);
                }
            }
        }
        None
    }

    /// A row of titles; one whose titles no longer fit the columns makes the rest unreadable.
    fn repeated_header(&self, row: &Row<'_>) -> Option<Kind> {
        const TITLES: &[&str] = &[
            "日期",
            "凭证日期",
            "记账日期",
            "凭证字号",
            "凭证号",
            "凭证号数",
            "凭证编号",
            "凭证字",
            "摘要",
            "科目编码",
            "科目代码",
            "科目名称",
            "借方",
            "贷方",
            "借方金额",
            "贷方金额",
            "方向",
            "余额",
            "金额",
            "月",
            "日",
            "会计期间",
            "期间",
        ];
        let mut titles = 0_u32;
        let mut fits = true;
        let columns = &self.locator.columns;
        for (col, item) in row.items() {
            let Item::Text(cell) = item else { return None };
            let cell = label::squeeze(&cell);
            if TITLES.contains(&cell.as_ref()) {
                titles = titles.saturating_add(1);
            }
            let swapped = |expected: Option<u32>, others: [&str; 2]| {
                expected == Some(col) && others.iter().any(|other| cell.contains(other))
            };
            fits &= !swapped(columns.debit, ["贷", "余额"]);
            fits &= !swapped(columns.credit, ["借", "余额"]);
        }
        if titles < 2 {
            return None;
        }
        Some(if fits {
            Kind::RepeatedHeader
        } else {
            Kind::Unclear("表头在此处变更，与上方各列不一致")
        })
    }

    fn signed(&self, sides: &Sides, says_red: bool) -> Sign {
        let positive = |side: Option<Yuan>| side.is_some_and(|s| !s.is_negative() && !s.is_zero());
        let suspect = sides.red || (says_red && positive(sides.debit));
        if !suspect {
            return Sign::AsWritten;
        }
        if sides.red && says_red {
            return Sign::Negative;
        }
        let net = sides.debit.unwrap_or_default().minus(sides.credit.unwrap_or_default());
        let (Some(before), Some(after), Some(net)) = (self.balance, sides.balance, net) else {
            return Sign::Unknown;
        };
        if before.plus(net) == Some(after) {
            Sign::AsWritten
        } else if before.minus(net) == Some(after) {
            Sign::Negative
        } else {
            Sign::Unknown
        }
    }
}

enum Sign {
    AsWritten,
    Negative,
    Unknown,
}

struct Reading<'r> {
    when: &'r When,
    summary: &'r str,
    special: bool,
    voucher: &'r str,
    own_voucher: bool,
    own_code: &'r str,
    own_name: &'r str,
    sides: &'r Sides,
}

fn labelled(found: Label, reading: &Reading<'_>) -> Kind {
    // The voucher cell may itself hold the label; a numbered voucher is an entry all the same.
    let numbered = reading.own_voucher && reading.voucher.chars().any(|c| c.is_ascii_digit());
    if reading.sides.unreadable.is_some() && found != Label::Balance {
        return Kind::Unclear("合计行的金额不是可确认的数字");
    }
    match found {
        Label::Opening if numbered => Kind::Closing,
        Label::Opening => Kind::Opening,
        _ if numbered => Kind::Unclear("有凭证号，摘要却是合计字样"),
        Label::MonthTotal => Kind::MonthTotal,
        Label::YearTotal => Kind::YearTotal,
        Label::OtherTotal => Kind::OtherTotal,
        Label::Balance => Kind::Balance,
    }
}

/// The trimmed text of a column; a number or day as shown.
fn text<'r>(row: &'r Row<'_>, col: Option<u32>) -> Cow<'r, str> {
    match col.map_or(Item::Blank, |col| row.get(col)) {
        Item::Text(Cow::Borrowed(cell)) => Cow::Borrowed(cell.trim()),
        Item::Text(Cow::Owned(cell)) => Cow::Owned(cell.trim().to_owned()),
        Item::Number(number) => Cow::Owned(number.to_string()),
        Item::Date(day) => Cow::Owned(day.to_string()),
        Item::Unreadable(cell) => cell,
        Item::Blank | Item::FormulaWithoutValue => Cow::Borrowed(""),
    }
}

/// All texts of a row but the direction, without spaces.
fn joined_text<'r>(row: &'r Row<'_>, direction: Option<u32>) -> Cow<'r, str> {
    let mut joined = String::new();
    for (col, item) in row.items() {
        if let Item::Text(cell) = item
            && Some(col) != direction
        {
            joined.extend(cell.chars().filter(|c| !c.is_whitespace()));
        }
    }
    Cow::Owned(joined)
}

fn bare_year(cell: &str) -> Option<i16> {
    let digits = cell.strip_suffix("年度").or_else(|| cell.strip_suffix('年'))?;
    (digits.len() == 4).then(|| digits.parse().ok()).flatten()
}

/// `科目：5001.02.07 农村饮用水` → code and name.
fn account_line(cell: &str) -> Option<(String, String)> {
    const WORDS: &[&str] = &["会计科目", "明细科目", "总账科目", "科目名称", "科目编码", "科目"];
    let cell = cell.trim();
    let rest = WORDS.iter().find_map(|word| cell.strip_prefix(word))?.trim_start();
    let rest = rest.strip_prefix(['：', ':'])?.trim_start();
    let code_end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
    let (code, name) = rest.split_at_checked(code_end)?;
    let name = name.trim_start_matches([' ', '-', '_', '\u{3000}', '/', '（', '(', '[', '【']);
    let name = name.split(['\u{3000}', '\t']).next().unwrap_or(name);
    let name = name.split("  ").next().unwrap_or(name).trim();
    (!code.is_empty() || !name.is_empty())
        .then(|| (code.trim_matches(['.', '-']).to_owned(), name.to_owned()))
}

fn replace(target: &mut String, value: &str) {
    if target != value {
        target.clear();
        target.push_str(value);
    }
}
