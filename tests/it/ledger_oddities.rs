//! Ledgers with planted oddities in any combination, by seed, as files that the program reconciles: the total is exact, or none
//! is given because of one of them that no program can be sure of; and nobody is accused of anything.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Formula, Table, TableColumn, Workbook, Worksheet};
use serde_json::Value;

use crate::ledger_gen::{Random, cents};
use crate::support::jixiao;

const SEEDS: u64 = 160;
const TITLES: [&str; 8] = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "余额"];
const TOTALS: [&str; 9] = ["合计", "总计", "汇总", "总和", "Total", "小计", "求和", "合 计", "累计"];
const BELOW: [&str; 6] = ["过次页", "转下页", "结转下页", "结转次页", "转后页", "接下页"];
const ABOVE: [&str; 6] = ["承前页", "承上页", "接上页", "上页结转", "前页转来", "承前"];
/// Formats that show a number as it is, negative or not.
const FORMATS: [&str; 5] = [
    "#,##0.00",
    "#,##0.00_);(#,##0.00)",
    "0.00;[Red]0.00",
    "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
    "[>=10000]#,##0.00\"元\";0.00\"元\"",
];
/// Titles that nobody knows, over rows that may be entries.
const UNKNOWN: [&str; 4] = ["时点", "票据", "摘由", "付讫"];

/// What stands in a cell.
#[derive(Debug, Clone)]
enum Put {
    Text(String),
    Number(String),
    /// A number of cents in a format.
    Shown(i64, &'static str),
    /// A formula and what it came to.
    Sum(String, String),
}

/// What stands where: row, column.
type Placed = (u32, u16, Put);

/// Another column of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extra {
    Currency,
    State,
    Unit,
    Quantity,
    Rate,
}

impl Extra {
    fn title(self) -> &'static str {
        match self {
            Self::Currency => "币种",
            Self::State => "支付状态",
            Self::Unit => "单位",
            Self::Quantity => "数量",
            Self::Rate => "汇率",
        }
    }

    fn usual(self) -> &'static str {
        match self {
            Self::Currency => "人民币",
            Self::State => "支付成功",
            Self::Unit => "元",
            Self::Quantity => "3",
            Self::Rate => "1",
        }
    }
}

/// A ledger on its way.
struct Book {
    random: Random,
    sheets: Vec<(&'static str, Vec<Placed>)>,
    row: u32,
    balance: bool,
    extra: Option<Extra>,
    format: Option<&'static str>,
    /// Whether it is a table of the spreadsheet program, with a row of totals.
    table: bool,
    number: u64,
    sum: i64,
    of_page: i64,
    /// The first entry since the head of the page.
    first: u32,
    /// Whether something was planted that no program can be sure of.
    unsure: Option<&'static str>,
}

impl Book {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let extra = match random.below(8) {
            0 => Some(Extra::Currency),
            1 | 2 => Some(Extra::State),
            3 => Some(Extra::Unit),
            4 => Some(Extra::Quantity),
            5 => Some(Extra::Rate),
            _ => None,
        };
        let balance = random.below(2) == 0;
        let table = random.below(6) == 0;
        let format = (random.below(2) == 0).then(|| FORMATS[usize::try_from(random.below(5)).unwrap()]);
        let sheets = vec![("支出明细账", Vec::new())];
        Self {
            random,
            sheets,
            row: 0,
            balance,
            extra,
            format,
            table,
            number: 0,
            sum: 0,
            of_page: 0,
            first: 0,
            unsure: None,
        }
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.random.below(one_in) == 0
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let at = self.random.below(u64::try_from(words.len()).unwrap());
        words[usize::try_from(at).unwrap()]
    }

    fn put(&mut self, col: u16, what: Put) {
        let row = self.row;
        self.sheets.last_mut().unwrap().1.push((row, col, what));
    }

    fn texts(&mut self, cells: &[(u16, &str)]) {
        for (col, text) in cells.iter().filter(|(_, text)| !text.is_empty()) {
            self.put(*col, Put::Text((*text).to_owned()));
        }
        self.row += 1;
    }

    /// The head of a page, or a part of it.
    fn head(&mut self, title: bool, unit: bool, titles: bool) {
        if title {
            let word = if self.row > 0 && self.chance(3) {
                "专项支出明细账（续）"
            } else {
                "专项支出明细账"
            };
            self.texts(&[(0, word)]);
        }
        if unit {
            self.texts(&[(0, "编制单位：石桥镇"), (3, "2022年度"), (6, "单位：元")]);
        }
        if titles {
            let mut cells: Vec<(u16, &str)> = (0..).zip(TITLES).collect();
            cells.truncate(if self.balance { 8 } else { 7 });
            cells.extend(self.extra.map(|extra| (8, extra.title())));
            self.texts(&cells);
        }
        self.first = self.row;
    }

    fn amount(&mut self, col: u16, amount: i64) {
        let what = match self.format {
            Some(code) => Put::Shown(amount, code),
            None => Put::Number(cents(amount)),
        };
        self.put(col, what);
    }

    fn entry(&mut self, month: u64) {
        self.number += 1;
        let number = self.number;
        // Now and then a payment is what all before it come to: it has its day and its voucher all the same.
        let like_a_sum = self.chance(12) && self.sum > 0;
        let drawn = i64::try_from(self.random.below(3_000_000)).unwrap() + 100;
        let amount = if like_a_sum { self.sum } else { drawn };
        // Money comes back only of what was paid.
        let back = !like_a_sum && self.chance(9) && self.sum > amount;
        let mut own_unit = "元";
        let mut usual = self.extra.map(Extra::usual);
        let mut counts = true;
        let (odd, void, in_thousands) = (self.chance(60), self.chance(10), self.chance(8));
        match self.extra {
            Some(Extra::Currency) if odd => (usual, self.unsure) = (Some("美元"), Some("a currency")),
            Some(Extra::Rate) if odd => (usual, self.unsure) = (Some("7.12"), Some("a rate")),
            Some(Extra::State) if odd => (usual, self.unsure) = (Some("待复核"), Some("a state")),
            Some(Extra::State) if void && !back => {
                usual = Some(self.pick(&["已退回", "作废", "已退票"]));
                counts = false;
            }
            Some(Extra::Unit)
                if in_thousands && !back && !like_a_sum && number > 1 && self.format.is_none() =>
            {
                own_unit = "千元";
                usual = Some(own_unit);
            }
            _ => {}
        }
        // In thousands the same digits are a thousand times as much.
        let worth = if own_unit == "千元" { amount * 1000 } else { amount };
        if counts {
            self.sum += if back { -worth } else { worth };
            self.of_page += if back { -worth } else { worth };
        }
        let (day, voucher) = (format!("2022-{month:02}-{:02}", 1 + number % 27), format!("记-{number}"));
        let what = if back {
            format!("退回第{number}批材料款")
        } else {
            format!("付第{number}批材料款")
        };
        for (col, text) in [(0, day.as_str()), (1, &voucher), (2, &what), (3, "50010203"), (4, "道路养护")]
        {
            self.put(col, Put::Text(text.to_owned()));
        }
        match (back, self.chance(2)) {
            (true, true) => self.amount(5, -amount),
            (true, false) => self.amount(6, amount),
            (false, _) => self.amount(5, amount),
        }
        if self.balance && own_unit == "元" {
            self.put(7, Put::Number(cents(self.sum)));
        }
        if let Some(usual) = usual {
            let number = usual.parse::<rust_decimal::Decimal>().is_ok();
            self.put(8, if number { Put::Number(usual.to_owned()) } else { Put::Text(usual.to_owned()) });
        }
        self.row += 1;
    }

    /// A row that is a sum: net of refunds, as programs print it in one column.
    fn total(&mut self, label: &str, amount: i64) {
        let col = if self.chance(2) { 0 } else { 2 };
        if !label.is_empty() {
            self.put(col, Put::Text(label.to_owned()));
        }
        self.put(5, Put::Number(cents(amount)));
        self.row += 1;
    }

    /// A sum by its formula, with a word or without one, of the rows of its page.
    fn formula(&mut self) {
        let (first, last) = (self.first + 1, self.row);
        if last < first {
            return;
        }
        if self.chance(2) {
            let word = self.pick(&["本页", "第1页", "合计"]);
            self.put(2, Put::Text(word.to_owned()));
        }
        let sum = if self.chance(2) { "SUM(" } else { "SUBTOTAL(9," };
        self.put(5, Put::Sum(format!("{sum}F{first}:F{last})"), cents(self.of_page)));
        self.row += 1;
    }

    fn turn_the_page(&mut self) {
        let carried = self.chance(2);
        if carried {
            let word = self.pick(&BELOW);
            self.total(word, self.sum);
        }
        let (title, unit) = (self.chance(2), self.chance(2));
        let titles = !(title || unit) || self.chance(2);
        self.head(title, unit, titles);
        if carried {
            let word = self.pick(&ABOVE);
            self.total(word, self.sum);
        }
    }

    fn write(mut self) -> Self {
        self.head(true, true, true);
        let on_top = (!self.table && self.chance(4)).then_some(self.row);
        self.row += u32::from(on_top.is_some());
        self.first = self.row;
        let months = 1 + self.random.below(6);
        for month in 1..=months {
            self.of_page = 0;
            for _ in 0..=self.random.below(5) {
                self.entry(month);
                if !self.table && self.chance(6) {
                    self.turn_the_page();
                }
            }
            // Sums of a month stand in no table.
            match self.random.below(4) {
                _ if self.table => {}
                0 => self.total(&format!("{month}月合计"), self.of_page),
                1 => self.formula(),
                _ => {}
            }
            self.first = self.row;
        }
        if !self.table && self.chance(2) {
            let word = self.pick(&TOTALS);
            self.total(word, self.sum);
        }
        if let Some(row) = on_top {
            let (last, all) = (self.row, self.sum);
            self.row = row;
            self.texts(&[(0, "总计")]);
            self.row = row;
            self.put(5, Put::Number(cents(all)));
            self.row = last;
        }
        self.more_sheets();
        self
    }

    /// Another sheet: with entries under titles, without titles, or under titles that nobody knows.
    fn more_sheets(&mut self) {
        match self.random.below(12) {
            0 => {
                self.sheets.push(("支出明细账(2)", Vec::new()));
                self.row = 0;
                self.entry(12);
                self.entry(12);
                self.unsure = Some("a sheet without titles");
            }
            1 => {
                self.sheets.push(("附表", Vec::new()));
                self.row = 0;
                let titles: Vec<(u16, &str)> = (0..).zip(UNKNOWN).collect();
                self.texts(&titles);
                for number in 1..=4_i64 {
                    self.texts(&[
                        (0, &format!("2022-0{number}-15")),
                        (1, &format!("票{number}")),
                        (2, "材料款"),
                    ]);
                    self.row -= 1;
                    self.put(3, Put::Number(cents(number * 1_234_567)));
                    self.row += 1;
                }
                self.unsure = Some("titles that nobody knows");
            }
            2 | 3 if !self.table => {
                // The same amounts on other days are other entries.
                let before = self.sum;
                let rows = self.sheets.first().unwrap().1.clone();
                let moved = rows.into_iter().map(|(row, col, what)| match what {
                    Put::Text(text) if text.starts_with("2022-") => {
                        (row, col, Put::Text(format!("{}28", &text[..8])))
                    }
                    Put::Text(text) if text.starts_with("记-") => (row, col, Put::Text(format!("{text}1"))),
                    // The same words for the same amount in the same month would be asked about, and rightly.
                    Put::Text(text) if text.ends_with("材料款") => {
                        (row, col, Put::Text(text.replace("材料款", "设备款")))
                    }
                    what => (row, col, what),
                });
                let moved: Vec<Placed> = moved.collect();
                self.sheets.push(("下半年", moved));
                self.sum += before;
                // What is printed below all accounts is then a part.
            }
            _ => {}
        }
    }

    fn save(&self, path: &Path) {
        let mut workbook = Workbook::new();
        for (number, (name, cells)) in self.sheets.iter().enumerate() {
            let sheet = workbook.add_worksheet();
            sheet.set_name(*name).unwrap();
            for (row, col, what) in cells {
                fill(sheet, (*row, *col), what);
            }
            if self.table && number == 0 {
                self.as_table(sheet);
            }
        }
        workbook.save(path).unwrap();
    }

    /// The ledger as a table: its titles are in the third row, its totals below the last entry, under a word of any kind.
    fn as_table(&self, sheet: &mut Worksheet) {
        let last = self.sheets[0].1.iter().map(|(row, ..)| *row).max().unwrap();
        let mut titles: Vec<&str> = TITLES.to_vec();
        titles.truncate(if self.balance || self.extra.is_some() { 8 } else { 7 });
        titles.extend(self.extra.map(Extra::title));
        let columns = titles.iter().enumerate().map(|(col, title)| {
            let column = TableColumn::new().set_header(*title);
            if col == 2 { column.set_total_label("支出") } else { column }
        });
        let table = Table::new().set_columns(&columns.collect::<Vec<_>>()).set_total_row(true);
        let right = u16::try_from(titles.len() - 1).unwrap();
        sheet.add_table(2, 0, last + 1, right, &table).unwrap();
        sheet.write(last + 1, 5, self.sum_in_yuan()).unwrap();
    }

    fn sum_in_yuan(&self) -> rust_decimal::Decimal {
        cents(self.sum).parse().unwrap()
    }
}

fn fill(sheet: &mut Worksheet, (row, col): (u32, u16), what: &Put) {
    let number = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
    match what {
        Put::Text(text) => sheet.write_string(row, col, text).unwrap(),
        Put::Number(text) => sheet.write(row, col, number(text)).unwrap(),
        Put::Shown(amount, code) => sheet
            .write_with_format(row, col, number(&cents(*amount)), &Format::new().set_num_format(*code))
            .unwrap(),
        Put::Sum(formula, value) => {
            sheet.write_formula(row, col, Formula::new(formula).set_result(value)).unwrap()
        }
    };
}

/// Findings by which somebody is accused, or a row or a sheet is not understood.
const ACCUSING: [&str; 9] = [
    "ledger-subtotal-differs",
    "ledger-balance-breaks",
    "ledger-row-not-read",
    "voucher-duplicate",
    "reversal-unmatched",
    "entry-date-not-read",
    "entry-outside-year",
    "account-outside-project",
    "sheet-not-readable",
];

#[test]
fn planted_oddities_change_no_total_and_accuse_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut given, mut wrong) = (0, Vec::new());
    for seed in 0..SEEDS {
        let book = Book::new(seed).write();
        let path: PathBuf = folder.path().join(format!("{seed}.xlsx"));
        book.save(&path);
        let output = jixiao(["reconcile".as_ref(), path.as_os_str(), "--json".as_ref()]);
        let json: Value = serde_json::from_slice(&output.stdout).expect("a JSON object");
        let findings = json["findings"].as_array().unwrap();
        let has = |ids: &[&str]| findings.iter().any(|f| ids.contains(&f["id"].as_str().unwrap()));
        let expected = book.sum_in_yuan().normalize().to_string();
        let fine = match (json["ledger"]["spending"].as_str(), book.unsure) {
            // Never without a word of why.
            (None, Some(_)) => has(&["ledger-not-summed"]),
            (spending, None) => spending == Some(expected.as_str()) && !has(&ACCUSING),
            (Some(_), Some(_)) => false,
        };
        given += u64::from(fine && book.unsure.is_none());
        if !fine {
            let said: Vec<_> = findings.iter().map(|f| (&f["id"], &f["cell"], &f["message"])).collect();
            wrong.push(format!("seed {seed}: {expected}, {:?}: {said:?}", book.unsure));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(given > SEEDS / 2, "{given}");
}
