//! A seeded generator of ledgers: any size, any layout, planted faults, and the truth beside it.
//!
//! It knows cents only and shares no code with what it tests. The benchmark uses it too.

#![allow(dead_code, reason = "the benchmark and the tests each use a part of it")]

use std::collections::BTreeMap;

use jixiao::inner::base::{CellAt, CellRef};
use jixiao::inner::model::{LedgerColumns, LedgerLocator, MoneyUnit};
use jixiao::inner::words::Words;

/// A small, stable random number generator (`SplitMix64`).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    Cell,
    Dotted,
    Compact,
    Chinese,
    MonthDay,
    Period,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vouchers {
    One,
    Two,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    Sides,
    Direction,
    Signed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Number,
    Text,
    Parentheses,
    RedFont,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Books {
    /// Expense accounts only, per row.
    Financial,
    /// The account stands above the table.
    Above,
    /// Financial and budget entries of each voucher, with their counter-accounts.
    Parallel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Subtotal,
    Balance,
    Duplicate,
    Reversal,
    Year,
    Project,
    Formula,
    Omitted,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) dates: Dates,
    pub(crate) vouchers: Vouchers,
    pub(crate) columns: Columns,
    pub(crate) written: Written,
    pub(crate) books: Books,
    pub(crate) totals: bool,
    pub(crate) balance: bool,
    pub(crate) specials: bool,
    pub(crate) unit: MoneyUnit,
    pub(crate) sheets: usize,
    pub(crate) fault: Option<Fault>,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            dates: Dates::Cell,
            vouchers: Vouchers::One,
            columns: Columns::Sides,
            written: Written::Number,
            books: Books::Financial,
            totals: true,
            balance: true,
            specials: true,
            unit: MoneyUnit::Yuan,
            sheets: 1,
            fault: None,
        }
    }
}

/// A generated cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GenCell {
    Text(String),
    /// A plain decimal.
    Number(String),
    /// The same in a red font, without its minus.
    Red(String),
    /// Year, month, day.
    Date(i16, i8, i8),
    /// A formula without a stored value.
    Formula,
}

/// What must come out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) spending: i64,
    pub(crate) months: BTreeMap<i8, i64>,
    pub(crate) entries: u64,
}

pub(crate) const YEAR: i16 = 2022;
pub(crate) const TITLE_ROWS: u32 = 4;

pub(crate) fn cents(value: i64) -> String {
    format!("{}{}.{:02}", if value < 0 { "-" } else { "" }, value.abs() / 100, value.abs() % 100)
}

const ITEMS: [&str; 7] =
    ["人员餐费", "报刊费", "防疫物资费", "劳务费", "工作服采购费", "邮寄费", "软件服务费"];

impl Layout {
    fn map(&self) -> LedgerColumns {
        let mut next = 0;
        let mut col = |wanted: bool| {
            wanted.then(|| {
                next += 1;
                next - 1
            })
        };
        let month_day = self.dates == Dates::MonthDay;
        let period = self.dates == Dates::Period;
        let two = self.vouchers == Vouchers::Two;
        let sides = self.columns == Columns::Sides;
        let per_row = self.books != Books::Above;
        LedgerColumns {
            month: col(month_day),
            day: col(month_day),
            period: col(period),
            date: col(!month_day && !period),
            voucher: col(self.vouchers != Vouchers::None),
            voucher_number: col(two),
            summary: col(true),
            account_code: col(per_row),
            account_name: col(per_row),
            debit: col(sides),
            credit: col(sides),
            direction: col(self.columns == Columns::Direction || (self.balance && sides)),
            amount: col(!sides),
            balance: col(self.has_balance()),
            economic: None,
            project: None,
            parts: Vec::new(),
        }
    }

    fn has_balance(&self) -> bool {
        self.balance && self.books != Books::Parallel
    }

    fn has_totals(&self) -> bool {
        self.totals && self.books != Books::Parallel
    }

    pub(crate) fn sheet_name(index: usize) -> String {
        format!("明细账{}", index + 1)
    }

    pub(crate) fn locators(&self) -> Vec<LedgerLocator> {
        (0..self.sheets)
            .map(|index| LedgerLocator {
                source: 0,
                sheet: Self::sheet_name(index).into(),
                first_row: TITLE_ROWS,
                last_row: None,
                sums: std::collections::BTreeSet::new(),
                unvalued: std::collections::BTreeSet::new(),
                columns: self.map(),
                words: Words::default(),
                unit: self.unit,
                refusal: None,
                year: Some(YEAR),
                account: (self.books == Books::Above)
                    .then(|| ("5001.02".to_owned(), "业务活动费用".to_owned())),
                at: CellAt::new(Self::sheet_name(index), CellRef::new(0, 0).unwrap()),
                row_unit: None,
                watched: Vec::new(),
            })
            .collect()
    }

    /// Generates about `entries` entries; `emit` takes the sheet's number and the cells of its next row. The first
    /// rows of each sheet are titles.
    pub(crate) fn generate(
        &self,
        seed: u64,
        entries: u64,
        emit: &mut dyn FnMut(usize, Vec<(u32, GenCell)>),
    ) -> Truth {
        let mut writer = Writer {
            layout: *self,
            columns: self.map(),
            random: Random::new(seed),
            emit,
            sheet: 0,
            rows: 0,
            posted: 0,
            month: (0, 0),
            year: (0, 0),
            balance: 0,
            voucher: 0,
            truth: Truth::default(),
            fault_at: entries / 2,
        };
        writer.titles();
        if self.has_totals() {
            writer.label("年初余额", None);
        }
        let mut current = 1_i8;
        for index in 0..entries {
            let month = i8::try_from(1 + index * 12 / entries).unwrap();
            if month != current {
                writer.close_month(current);
                current = month;
            }
            let sheet = usize::try_from(index).unwrap() * self.sheets / usize::try_from(entries).unwrap();
            if sheet != writer.sheet {
                writer.sheet = sheet;
                writer.rows = 0;
                writer.titles();
            }
            let day = i8::try_from(1 + index * 12 % entries * 27 / entries).unwrap();
            writer.entry(month, day, index);
        }
        writer.close_month(current);
        if self.specials && self.has_totals() {
            writer.year_end();
        }
        writer.truth
    }
}

struct Writer<'e> {
    layout: Layout,
    columns: LedgerColumns,
    random: Random,
    emit: &'e mut dyn FnMut(usize, Vec<(u32, GenCell)>),
    sheet: usize,
    rows: u64,
    posted: u64,
    month: (i64, i64),
    year: (i64, i64),
    balance: i64,
    voucher: u64,
    truth: Truth,
    fault_at: u64,
}

/// One posted row.
struct Post<'p> {
    month: i8,
    day: i8,
    text: &'p str,
    code: &'p str,
    name: &'p str,
    debit: i64,
    credit: i64,
}

impl Writer<'_> {
    fn send(&mut self, mut cells: Vec<(u32, GenCell)>) {
        cells.sort_by_key(|(col, _)| *col);
        self.rows += 1;
        (self.emit)(self.sheet, cells);
    }

    fn titles(&mut self) {
        for title in ["明细账", "2022年度", "", ""] {
            let cells = if title.is_empty() { vec![] } else { vec![(0, GenCell::Text(title.to_owned()))] };
            self.send(cells);
        }
    }

    fn is_at_fault(&self, fault: Fault) -> bool {
        self.layout.fault == Some(fault)
    }

    fn number(&self, value: i64) -> GenCell {
        let decimal = match self.layout.unit {
            MoneyUnit::TenThousand => {
                let sign = if value < 0 { "-" } else { "" };
                format!("{sign}{}.{:06}", value.abs() / 1_000_000, value.abs() % 1_000_000)
            }
            _ => cents(value),
        };
        match self.layout.written {
            Written::Number => GenCell::Number(decimal),
            Written::RedFont if value < 0 => GenCell::Red(decimal.trim_start_matches('-').to_owned()),
            Written::RedFont => GenCell::Number(decimal),
            Written::Text => GenCell::Text(grouped(&decimal)),
            Written::Parentheses if value < 0 => {
                GenCell::Text(format!("({})", grouped(decimal.trim_start_matches('-'))))
            }
            Written::Parentheses => GenCell::Text(grouped(&decimal)),
        }
    }

    fn dated(&self, month: i8, day: i8, year: i16, cells: &mut Vec<(u32, GenCell)>) {
        let columns = &self.columns;
        if let Some(col) = columns.date {
            cells.push((
                col,
                match self.layout.dates {
                    Dates::Dotted => GenCell::Text(format!("{year}.{month:02}.{day:02}")),
                    Dates::Compact => GenCell::Text(format!("{year}{month:02}{day:02}")),
                    Dates::Chinese => GenCell::Text(format!("{year}年{month}月{day}日")),
                    _ => GenCell::Date(year, month, day),
                },
            ));
        }
        if let (Some(m), Some(d)) = (columns.month, columns.day) {
            cells.push((m, GenCell::Number(month.to_string())));
            cells.push((d, GenCell::Number(day.to_string())));
        }
        if let Some(col) = columns.period {
            cells.push((col, GenCell::Text(format!("{year}{month:02}"))));
        }
    }

    fn amounts(&self, debit: i64, credit: i64, cells: &mut Vec<(u32, GenCell)>) {
        let columns = &self.columns;
        match self.layout.columns {
            Columns::Sides => {
                if debit != 0 || credit == 0 {
                    cells.push((columns.debit.unwrap(), self.number(debit)));
                }
                if credit != 0 {
                    cells.push((columns.credit.unwrap(), self.number(credit)));
                }
            }
            Columns::Direction => {
                let (side, value) = if credit == 0 { ("借", debit) } else { ("贷", credit) };
                cells.push((columns.direction.unwrap(), GenCell::Text(side.to_owned())));
                cells.push((columns.amount.unwrap(), self.number(value)));
            }
            Columns::Signed => cells.push((columns.amount.unwrap(), self.number(debit - credit))),
        }
    }

    fn balanced(&self, balance: i64, cells: &mut Vec<(u32, GenCell)>) {
        let Some(col) = self.columns.balance else { return };
        if self.layout.columns == Columns::Sides {
            let side = match balance {
                0 => "平",
                value if value > 0 => "借",
                _ => "贷",
            };
            cells.push((self.columns.direction.unwrap(), GenCell::Text(side.to_owned())));
            cells.push((col, self.number(balance.abs())));
        } else {
            cells.push((col, self.number(balance)));
        }
    }

    fn label(&mut self, text: &str, sums: Option<(i64, i64)>) {
        let mut cells = vec![(self.columns.summary.unwrap(), GenCell::Text(text.to_owned()))];
        if let Some((debit, credit)) = sums {
            match self.layout.columns {
                Columns::Sides => {
                    cells.push((self.columns.debit.unwrap(), self.number(debit)));
                    cells.push((self.columns.credit.unwrap(), self.number(credit)));
                }
                _ => cells.push((self.columns.amount.unwrap(), self.number(debit - credit))),
            }
        }
        self.balanced(self.balance, &mut cells);
        self.send(cells);
    }

    fn close_month(&mut self, month: i8) {
        if self.layout.has_totals() {
            let mut sums = self.month;
            if self.is_at_fault(Fault::Subtotal) && month == 6 {
                sums.0 += 900;
            }
            self.label(if month % 2 == 0 { "本月合计" } else { "当前合计" }, Some(sums));
            self.label(if month % 2 == 0 { "本年累计" } else { "当前累计" }, Some(self.year));
        }
        self.month = (0, 0);
    }

    fn year_end(&mut self) {
        let balance = self.balance;
        self.post(&Post {
            month: 12,
            day: 31,
            text: "年末结转",
            code: "5001001",
            name: ITEMS[0],
            debit: 0,
            credit: balance,
        });
        self.label("本年累计", Some(self.year));
    }

    fn post(&mut self, post: &Post<'_>) {
        self.posted += 1;
        self.balance += post.debit - post.credit;
        self.month = (self.month.0 + post.debit, self.month.1 + post.credit);
        self.year = (self.year.0 + post.debit, self.year.1 + post.credit);
        self.row(post, self.balance, YEAR);
    }

    fn row(&mut self, post: &Post<'_>, balance: i64, year: i16) {
        let columns = self.columns.clone();
        let mut cells = Vec::with_capacity(10);
        self.dated(post.month, post.day, year, &mut cells);
        match self.layout.vouchers {
            Vouchers::One => {
                cells.push((columns.voucher.unwrap(), GenCell::Text(format!("记-{:04}", self.voucher))));
            }
            Vouchers::Two => {
                cells.push((columns.voucher.unwrap(), GenCell::Text("记".to_owned())));
                cells.push((columns.voucher_number.unwrap(), GenCell::Number(self.voucher.to_string())));
            }
            Vouchers::None => {}
        }
        cells.push((columns.summary.unwrap(), GenCell::Text(post.text.to_owned())));
        if let Some(col) = columns.account_code {
            cells.push((col, GenCell::Text(post.code.to_owned())));
            cells.push((columns.account_name.unwrap(), GenCell::Text(post.name.to_owned())));
        }
        if self.is_at_fault(Fault::Formula) && self.posted == self.fault_at {
            let col = columns.debit.or(columns.amount).unwrap();
            cells.push((col, GenCell::Formula));
        } else {
            self.amounts(post.debit, post.credit, &mut cells);
        }
        let wrong = self.is_at_fault(Fault::Balance) && self.posted == self.fault_at;
        self.balanced(if wrong { balance + 1000 } else { balance }, &mut cells);
        self.send(cells);
    }

    /// A payment that counts.
    fn pay(&mut self, post: &Post<'_>) {
        let net = post.debit - post.credit;
        self.truth.spending += net;
        self.truth.entries += 1;
        *self.truth.months.entry(post.month).or_default() += net;
        if self.layout.books == Books::Parallel {
            let counter = |code, name| Post { code, name, debit: post.credit, credit: post.debit, ..*post };
            self.post(post);
            self.post(&counter("1011", "零余额账户用款额度"));
            self.post(&Post { code: "7201", name: "事业支出", ..*post });
            self.post(&counter("8001", "资金结存"));
        } else {
            self.post(post);
        }
    }

    fn entry(&mut self, month: i8, day: i8, index: u64) {
        self.voucher += 1;
        let item = usize::try_from(self.random.below(7)).unwrap();
        let code = format!("500100{}", item + 1);
        // Text and amount make each entry unlike any other, so that only planted duplicates are some.
        let amount = i64::try_from(self.random.below(3_000_000)).unwrap() + 100;
        let text = format!("付{month}月{}第{index}批", ITEMS[item]);
        let post = Post { month, day, text: &text, code: &code, name: ITEMS[item], debit: amount, credit: 0 };
        let at_fault = index == self.fault_at;
        if at_fault && self.is_at_fault(Fault::Omitted) {
            // Posted in the books, missing in the export.
            self.balance += amount;
            self.month.0 += amount;
            self.year.0 += amount;
            return;
        }
        if at_fault && self.is_at_fault(Fault::Year) {
            self.balance += amount;
            self.month.0 += amount;
            self.year.0 += amount;
            self.row(&post, self.balance, YEAR - 1);
            return;
        }
        if at_fault && self.is_at_fault(Fault::Project) {
            self.post(&Post { code: "5101.01", name: "其他项目", ..post });
            return;
        }
        self.pay(&post);
        if at_fault && self.is_at_fault(Fault::Duplicate) {
            self.pay(&post);
        }
        if at_fault && self.is_at_fault(Fault::Reversal) {
            self.voucher += 1;
            self.pay(&Post { text: "红字冲销误记款", debit: -777, ..post });
        }
        if !self.layout.specials || self.layout.books == Books::Parallel {
            return;
        }
        match index % 40 {
            7 => {
                self.voucher += 1;
                let again = format!("{text}（重复入账）");
                self.pay(&Post { text: &again, ..post });
                self.voucher += 1;
                let red = format!("{text}（红字冲销重复入账）");
                self.pay(&Post { text: &red, debit: -amount, ..post });
            }
            13 => {
                self.voucher += 1;
                self.pay(&Post { text: "退回多付的费用", debit: 0, credit: amount / 3, ..post });
            }
            23 => {
                self.voucher += 1;
                let size = 100_000 + amount;
                self.post(&Post { text: "付场地押金", debit: size, ..post });
                self.post(&Post { text: "退回场地押金", debit: 0, credit: size, ..post });
            }
            _ => {}
        }
    }
}

fn grouped(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').unwrap();
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::new();
    for (index, c) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    format!("{sign}{out}.{fraction}")
}
