//! Ledgers with planted oddities in any combination, by seed: the total is exact, or none is given because of one of them
//! that no program can be sure of; and nobody is accused of anything.

use jixiao::inner::base::CellRef;
use jixiao::inner::form::read_case;
use jixiao::inner::ledger;
use jixiao::inner::model::{FindingId, SourceId};
use jixiao::inner::sheet::{Cell, RowSource, Sheet, Value};

use crate::ledger_gen::{Random, cents};
use crate::walk::SHIPPED;

const SEEDS: u64 = 400;
const TITLES: [&str; 8] = ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额", "余额"];
const TOTALS: [&str; 9] = ["合计", "总计", "汇总", "总和", "Total", "小计", "求和", "合 计", "累计"];
const BELOW: [&str; 6] = ["过次页", "转下页", "结转下页", "结转次页", "转后页", "接下页"];
const ABOVE: [&str; 6] = ["承前页", "承上页", "接上页", "上页结转", "前页转来", "承前"];

/// A ledger on its way.
struct Book {
    random: Random,
    sheets: Vec<Sheet>,
    row: u32,
    balance: bool,
    /// Another column, and what its cells say.
    extra: Option<(&'static str, &'static str)>,
    number: u64,
    sum: i64,
    of_page: i64,
    /// Whether something was planted that no program can be sure of.
    unsure: Option<&'static str>,
}

impl Book {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let extra = match random.below(6) {
            0 => Some(("币种", "人民币")),
            1 => Some(("支付状态", "支付成功")),
            2 => Some(("单位", "元")),
            3 => Some(("数量", "3")),
            _ => None,
        };
        let balance = random.below(2) == 0;
        let sheets = vec![Sheet::new("支出明细账", true)];
        Self { random, sheets, row: 0, balance, extra, number: 0, sum: 0, of_page: 0, unsure: None }
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.random.below(one_in) == 0
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let at = self.random.below(u64::try_from(words.len()).unwrap());
        words[usize::try_from(at).unwrap()]
    }

    fn put(&mut self, cells: &[(u32, &str)]) {
        let row = self.row;
        self.row += 1;
        let sheet = self.sheets.last_mut().unwrap();
        for (col, text) in cells.iter().filter(|(_, text)| !text.is_empty()) {
            let number = text.parse().map(Value::Number).ok().filter(|_| *col >= 5);
            let value = number.unwrap_or_else(|| Value::Text((*text).to_owned()));
            sheet.put(CellRef::new(row, *col).unwrap(), Cell { value, ..Cell::default() });
        }
    }

    /// The head of a page, or a part of it.
    fn head(&mut self, title: bool, unit: bool, titles: bool) {
        if title {
            let word = if self.row > 0 && self.chance(3) {
                "专项支出明细账（续）"
            } else {
                "专项支出明细账"
            };
            self.put(&[(0, word)]);
        }
        if unit {
            self.put(&[(0, "编制单位：石桥镇"), (3, "2022年度"), (6, "单位：元")]);
        }
        if titles {
            let mut cells: Vec<(u32, &str)> = (0..).zip(TITLES).collect();
            cells.truncate(if self.balance { 8 } else { 7 });
            cells.extend(self.extra.map(|(title, _)| (8, title)));
            self.put(&cells);
        }
    }

    fn entry(&mut self, month: u64) {
        self.number += 1;
        let amount = i64::try_from(self.random.below(3_000_000)).unwrap() + 100;
        // Money comes back only of what was paid.
        let back = self.chance(9) && self.sum > amount;
        self.sum += if back { -amount } else { amount };
        self.of_page += if back { -amount } else { amount };
        let number = self.number;
        let (day, voucher) = (format!("2022-{month:02}-{:02}", 1 + number % 27), format!("记-{number}"));
        let what = if back {
            format!("退回第{number}批材料款")
        } else {
            format!("付第{number}批材料款")
        };
        let (amount, balance) = (cents(amount), cents(self.sum));
        let (debit, credit) = if back { ("", amount.as_str()) } else { (amount.as_str(), "") };
        let balance = if self.balance { balance.as_str() } else { "" };
        let mut cells = vec![
            (0, day.as_str()),
            (1, voucher.as_str()),
            (2, what.as_str()),
            (3, "50010203"),
            (4, "道路养护"),
            (5, debit),
            (6, credit),
            (7, balance),
        ];
        if let Some((title, usual)) = self.extra {
            let other = match title {
                "币种" => "美元",
                "支付状态" => "处理中",
                _ => usual,
            };
            let odd = other != usual && self.chance(60);
            if odd {
                self.unsure = Some(title);
            }
            cells.push((8, if odd { other } else { usual }));
        }
        self.put(&cells);
    }

    /// A row that is a sum: net of refunds, as programs print it in one column.
    fn total(&mut self, label: &str, amount: i64) {
        let col = if self.chance(2) { 0 } else { 2 };
        self.put(&[(col, label), (5, &cents(amount))]);
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
        let on_top = self.chance(4).then_some(self.row);
        self.row += u32::from(on_top.is_some());
        let months = 1 + self.random.below(6);
        for month in 1..=months {
            self.of_page = 0;
            for _ in 0..=self.random.below(5) {
                self.entry(month);
                if self.chance(6) {
                    self.turn_the_page();
                }
            }
            if self.chance(3) {
                let label = format!("{month}月合计");
                self.total(&label, self.of_page);
            }
        }
        if self.chance(2) {
            let word = self.pick(&TOTALS);
            self.total(word, self.sum);
        }
        if let Some(row) = on_top {
            let (last, all) = (self.row, self.sum);
            self.row = row;
            self.put(&[(0, "总计"), (5, &cents(all))]);
            self.row = last;
        }
        if self.chance(8) {
            self.sheets.push(Sheet::new("支出明细账(2)", true));
            self.row = 0;
            self.entry(12);
            self.entry(12);
            self.unsure = Some("a sheet without titles");
        }
        self
    }
}

#[test]
fn planted_oddities_change_no_total_and_accuse_nobody() {
    let mut given = 0;
    for seed in 0..SEEDS {
        let book = Book::new(seed).write();
        let cases = read_case(&book.sheets, &SHIPPED, &SourceId::default()).unwrap();
        let [case] = cases.as_slice() else { panic!("seed {seed}: {} cases", cases.len()) };
        let mut rows = book.sheets.clone();
        let mut sources: [&mut dyn RowSource; 1] = [&mut rows];
        let totals = ledger::read(&case.ledgers, &mut sources, Some(2022), None).unwrap();
        let said: Vec<String> =
            totals.findings.iter().map(|f| format!("{:?} {:?} {}", f.id, f.at, f.message)).collect();
        match (totals.spending, book.unsure) {
            (None, Some(_)) => {}
            (spending, unsure) => {
                let spending = spending.map(|spending| spending.number().to_string());
                let expected: jixiao::inner::base::Number = cents(book.sum).parse().unwrap();
                assert_eq!(spending, Some(expected.to_string()), "seed {seed}, {unsure:?}: {said:?}");
                assert_eq!(unsure, None, "seed {seed}: a total in spite of it");
                given += 1;
            }
        }
        let accuses = |id: FindingId| {
            matches!(
                id,
                FindingId::LedgerSubtotalDiffers
                    | FindingId::LedgerBalanceBreaks
                    | FindingId::VoucherDuplicate
                    | FindingId::EntryDateNotRead
                    | FindingId::EntryOutsideYear
                    | FindingId::AccountOutsideProject
            )
        };
        assert!(!totals.findings.iter().any(|finding| accuses(finding.id)), "seed {seed}: {said:?}");
    }
    assert!(given > SEEDS / 2, "{given}");
}
