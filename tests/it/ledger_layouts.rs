//! Ledgers in every layout: totals exact, every planted fault found, nothing found where nothing is wrong.

use std::ops::ControlFlow;

use jixiao::inner::base::{Date, Result, SheetId, Yuan};
use jixiao::inner::ledger;
use jixiao::inner::model::{LedgerTotals, MoneyUnit};
use jixiao::inner::sheet::stream::{Sink, StreamCell};
use jixiao::inner::sheet::{Row, RowSource, Value};
use proptest::prelude::*;

use crate::ledger_gen::{
    Books, Columns, Dates, Fault, GenCell, Layout, Random, Truth, Vouchers, Written, YEAR, cents,
};

/// Generated sheets as a source.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) sheets: Vec<Vec<Vec<StreamCell>>>,
}

impl RowSource for Book {
    fn rows(&mut self, sheet: &SheetId, first_row: u32, sink: &mut Sink<'_>) -> Result<()> {
        let number: usize = sheet.name.trim_start_matches("明细账").parse().unwrap();
        for (index, cells) in self.sheets[number - 1].iter().enumerate() {
            let index = u32::try_from(index).unwrap();
            if index >= first_row && !cells.is_empty() && sink(&Row::new(index, cells))?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn decoded(col: u32, cell: GenCell) -> StreamCell {
    let plain = |value: Value| StreamCell { col, value, ..StreamCell::default() };
    match cell {
        GenCell::Text(text) => plain(Value::Text(text)),
        GenCell::Number(number) => plain(Value::Number(number.parse().unwrap())),
        GenCell::Red(number) => StreamCell { red: true, ..plain(Value::Number(number.parse().unwrap())) },
        GenCell::Date(year, month, day) => plain(Value::Date(Date::new(year, month, day).unwrap())),
        GenCell::Formula => StreamCell { formula_without_value: true, ..plain(Value::Empty) },
    }
}

pub(crate) fn book(layout: &Layout, seed: u64, entries: u64) -> (Book, Truth) {
    let mut book = Book { sheets: vec![vec![]; layout.sheets] };
    let truth = layout.generate(seed, entries, &mut |sheet, cells| {
        book.sheets[sheet].push(cells.into_iter().map(|(col, cell)| decoded(col, cell)).collect());
    });
    (book, truth)
}

fn read(layout: &Layout, book: &mut Book) -> LedgerTotals {
    let mut sources: [&mut dyn RowSource; 1] = [book];
    ledger::read(&layout.locators(), &mut sources, Some(YEAR), None).unwrap()
}

fn yuan(value: i64) -> Yuan {
    cents(value).parse().unwrap()
}

fn layouts() -> Vec<Layout> {
    let mut all = Vec::new();
    for dates in [Dates::Cell, Dates::Dotted, Dates::Compact, Dates::Chinese, Dates::MonthDay, Dates::Period]
    {
        for vouchers in [Vouchers::One, Vouchers::Two, Vouchers::None] {
            for columns in [Columns::Sides, Columns::Direction, Columns::Signed] {
                for books in [Books::Financial, Books::Above, Books::Parallel] {
                    // Without dates of days and without vouchers a bare amount row says too little.
                    if dates == Dates::Period && vouchers == Vouchers::None {
                        continue;
                    }
                    all.push(Layout { dates, vouchers, columns, books, ..Layout::default() });
                }
            }
        }
    }
    let more = all.clone();
    for (index, layout) in more.into_iter().enumerate() {
        let written = [Written::Text, Written::Parentheses, Written::RedFont, Written::Number][index % 4];
        let unit = if index % 3 == 0 { MoneyUnit::TenThousand } else { MoneyUnit::Yuan };
        all.push(Layout { written, unit, sheets: 1 + index % 3, ..layout });
    }
    all
}

fn assert_true(layout: &Layout, totals: &LedgerTotals, truth: &Truth) {
    assert_eq!(totals.spending, Some(yuan(truth.spending)), "{layout:?} {:#?}", totals.findings);
    let months: Vec<(i8, Yuan)> =
        totals.by_month.iter().map(|month| (month.month.unwrap().month, month.spending)).collect();
    let expected: Vec<(i8, Yuan)> = truth.months.iter().map(|(month, sum)| (*month, yuan(*sum))).collect();
    assert_eq!(months, expected, "{layout:?}");
}

#[test]
fn every_layout_gives_exact_totals_and_no_finding() {
    for (index, layout) in layouts().iter().enumerate() {
        // Red ink without words or balances to tell its sign is refused, see below.
        let telling = layout.written != Written::RedFont || layout.books != Books::Parallel;
        if !telling {
            continue;
        }
        let (mut book, truth) = book(layout, index as u64, 240);
        let totals = read(layout, &mut book);
        assert!(totals.findings.is_empty(), "{layout:?} {:#?}", totals.findings);
        assert_true(layout, &totals, &truth);
        if layout.books != Books::Parallel {
            assert_eq!(totals.verified, 25, "{layout:?}");
        }
    }
}

#[test]
fn every_planted_fault_is_found() {
    for (fault, id) in [
        (Fault::Subtotal, "ledger-subtotal-differs"),
        (Fault::Balance, "ledger-balance-breaks"),
        (Fault::Duplicate, "voucher-duplicate"),
        (Fault::Reversal, "reversal-unmatched"),
        (Fault::Year, "entry-outside-year"),
        (Fault::Formula, "ledger-row-not-read"),
        (Fault::Omitted, "ledger-subtotal-differs"),
    ] {
        for layout in layouts().into_iter().step_by(7) {
            // A list of vouchers has neither subtotals nor balances.
            let totals_needed = matches!(fault, Fault::Subtotal | Fault::Balance | Fault::Omitted);
            let books = match layout.books {
                Books::Parallel if totals_needed => Books::Financial,
                books => books,
            };
            let layout = Layout { fault: Some(fault), books, written: Written::Number, ..layout };
            // 月 | 日 columns cannot say another year.
            if fault == Fault::Year && layout.dates == Dates::MonthDay {
                continue;
            }
            let (mut book, truth) = book(&layout, 5, 240);
            let totals = read(&layout, &mut book);
            let ids: Vec<&str> = totals.findings.iter().map(|finding| finding.id.id()).collect();
            assert!(ids.contains(&id), "{fault:?} {layout:?} {ids:?}");
            match fault {
                Fault::Formula => assert_eq!(totals.spending, None, "{layout:?}"),
                _ => assert_true(&layout, &totals, &truth),
            }
        }
    }
}

#[test]
fn an_account_of_another_project_is_left_out() {
    let layout = Layout { fault: Some(Fault::Project), ..Layout::default() };
    let (mut book, truth) = book(&layout, 9, 120);
    let mut locators = layout.locators();
    locators[0].account = Some(("5001".to_owned(), "业务活动费用".to_owned()));
    let mut sources: [&mut dyn RowSource; 1] = [&mut book];
    let totals = ledger::read(&locators, &mut sources, Some(YEAR), None).unwrap();
    let ids: Vec<&str> = totals.findings.iter().map(|finding| finding.id.id()).collect();
    assert_eq!(ids, ["account-outside-project"]);
    assert_true(&layout, &totals, &truth);
}

#[test]
fn the_sum_can_be_redone_by_hand() {
    let layout = Layout::default();
    let (mut book, truth) = book(&layout, 3, 400);
    let totals = read(&layout, &mut book);
    // Every amount of the sheet less what is listed as left out is the total.
    let mut all = Yuan::ZERO;
    ledger::stream(&layout.locators()[0], &mut book, &mut |line| {
        all = all.plus(line.net().unwrap()).unwrap();
        ControlFlow::Continue(())
    })
    .unwrap();
    let left_out = Yuan::sum(totals.excluded.iter().map(|row| row.amount)).unwrap();
    assert_eq!(all.minus(left_out), Some(yuan(truth.spending)));
    let by_account = Yuan::sum(totals.by_account.iter().map(|account| account.net)).unwrap();
    assert_eq!(by_account, yuan(truth.spending));
}

#[test]
fn the_same_entries_on_two_sheets_are_not_added_twice() {
    // Once with the account above the table, once with accounts per row.
    let layout = Layout::default();
    let (mut book, _) = book(&layout, 3, 60);
    let again = book.sheets[0].clone();
    book.sheets.push(again);
    let mut locators = layout.locators();
    locators.push(jixiao::inner::model::LedgerLocator { sheet: "明细账2".into(), ..locators[0].clone() });
    let mut sources: [&mut dyn RowSource; 1] = [&mut book];
    let totals = ledger::read(&locators, &mut sources, Some(YEAR), None).unwrap();
    assert_eq!(totals.spending, None);
    assert!(totals.findings.iter().any(|finding| finding.id.id() == "ledger-not-summed"));
}

/// Rows of texts and numbers, one sheet, the columns date | voucher | summary | debit | credit | balance.
fn typed(rows: &[[&str; 6]]) -> (Book, jixiao::inner::model::LedgerLocator) {
    let mut sheet = Vec::new();
    for row in rows {
        let mut cells = Vec::new();
        for (col, text) in (0_u32..).zip(row).filter(|(_, text)| !text.is_empty()) {
            let number = col > 2 && text.parse::<Yuan>().is_ok();
            let text = (*text).to_owned();
            cells.push(decoded(col, if number { GenCell::Number(text) } else { GenCell::Text(text) }));
        }
        sheet.push(cells);
    }
    let book = Book { sheets: vec![sheet] };
    let columns = jixiao::inner::model::LedgerColumns {
        date: Some(0),
        voucher: Some(1),
        summary: Some(2),
        debit: Some(3),
        credit: Some(4),
        balance: Some(5),
        ..Default::default()
    };
    let locator = jixiao::inner::model::LedgerLocator {
        columns,
        first_row: 0,
        ..Layout::default().locators()[0].clone()
    };
    (book, locator)
}

fn typed_totals(rows: &[[&str; 6]]) -> LedgerTotals {
    let (mut book, locator) = typed(rows);
    let mut sources: [&mut dyn RowSource; 1] = [&mut book];
    ledger::read(&[locator], &mut sources, Some(YEAR), None).unwrap()
}

#[test]
fn odd_rows_are_recognised_or_refused() {
    // Accounts one below the other, each with its own totals, and one below all.
    let totals = typed_totals(&[
        ["", "", "科目：5001.01 办公费", "", "", ""],
        ["2022-01-03", "记-1", "付办公用品", "100", "", ""],
        ["2022-02-03", "记-2", "付复印纸", "50.5", "", ""],
        ["", "", "办公费小计", "150.5", "0", ""],
        ["", "", "科目：5001.02 水电费", "", "", ""],
        ["日期", "凭证号", "摘要", "借方", "贷方", "余额"],
        ["2022-01-09", "记-3", "付水费", "30", "", ""],
        ["2022-01-10", "", "付电费", "20", "", ""],
        ["", "", "合计", "50", "", ""],
        ["合", "计", "", "200.5", "", ""],
        ["制表：张三", "", "", "审核：李四", "", ""],
    ]);
    assert_eq!(totals.spending, Some(yuan(20_050)), "{:#?}", totals.findings);
    assert!(totals.findings.is_empty(), "{:#?}", totals.findings);
    assert_eq!(totals.verified, 3);

    // A cash book: what came in is in a column of its own.
    let totals = typed_totals(&[
        ["", "", "期初余额", "", "", "1000"],
        ["2022-01-03", "记-1", "付办公用品", "100", "", "900"],
        ["2022-01-04", "记-2", "收拨款", "", "", "5900"],
        ["2022-01-05", "记-3", "付印刷费", "400", "", "5500"],
    ]);
    assert_eq!(totals.spending, Some(yuan(50_000)));
    assert!(totals.findings.is_empty(), "{:#?}", totals.findings);

    // Retention money is a payment, a deposit that came back is not, a refund reduces.
    let totals = typed_totals(&[
        ["2022-01-03", "记-1", "付工程质量保证金", "5000", "", ""],
        ["2022-01-03", "记-2", "付投标保证金", "800", "", ""],
        ["2022-05-03", "记-3", "收回投标保证金", "", "800", ""],
        ["2022-06-03", "记-4", "退回多付工程款", "", "300", ""],
        ["2022-12-31", "记-5", "结转本期费用", "", "4700", ""],
    ]);
    assert_eq!(totals.spending, Some(yuan(470_000)), "{:#?}", totals.findings);

    // What is no certain amount, sign or kind is refused.
    for row in [
        ["2022-01-03", "记-1", "付款", "约100", "", ""],
        ["2022-01-03", "记-1", "付款", "1.234,56", "", ""],
        ["2022-01-03", "记-1", "冲账（红字）", "100", "", ""],
        ["2022-01-03", "记-1", "年末结转", "100", "", ""],
        ["", "", "", "777", "", ""],
        ["2022-01-03", "记-9", "本月合计", "100", "", ""],
    ] {
        let totals = typed_totals(&[["2022-01-02", "记-0", "付费用", "10", "", ""], row]);
        assert_eq!(totals.spending, None, "{row:?}");
        assert!(totals.findings.iter().any(|f| f.id.id() == "ledger-row-not-read"), "{row:?}");
    }
}

#[test]
fn red_ink_alone_is_refused() {
    let layout = Layout { written: Written::RedFont, balance: false, totals: false, ..Layout::default() };
    let (mut book, _) = book(&Layout { specials: false, fault: Some(Fault::Reversal), ..layout }, 1, 60);
    for cells in &mut book.sheets[0] {
        for cell in cells {
            if let Value::Text(text) = &mut cell.value {
                *text = text.replace("红字冲销", "");
            }
        }
    }
    let totals = read(&layout, &mut book);
    assert_eq!(totals.spending, None);
    assert_eq!(totals.findings[0].id.id(), "ledger-row-not-read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Entries of one month in any order give the same totals.
    #[test]
    fn permutations_that_keep_dates_change_nothing(seed in any::<u64>(), entries in 12_u64..150) {
        let layout = Layout { totals: false, balance: false, ..Layout::default() };
        let (mut first, truth) = book(&layout, seed, entries);
        let before = read(&layout, &mut first);
        let mut random = Random::new(seed ^ 1);
        let rows = &mut first.sheets[0];
        for index in (5..rows.len()).rev() {
            let other = 4 + usize::try_from(random.below((index - 4) as u64 + 1)).unwrap();
            rows.swap(index, other);
        }
        let after = read(&layout, &mut first);
        prop_assert_eq!(after.spending, Some(yuan(truth.spending)));
        prop_assert_eq!(after.spending, before.spending);
        prop_assert_eq!(after.by_month, before.by_month);
        prop_assert_eq!(after.by_account, before.by_account);
    }

    /// Splitting a ledger over sheets changes nothing.
    #[test]
    fn splitting_over_sheets_changes_nothing(seed in any::<u64>(), entries in 12_u64..150, sheets in 2_usize..6) {
        let whole = Layout::default();
        let split = Layout { sheets, ..whole };
        let (mut one, truth) = book(&whole, seed, entries);
        let (mut many, same) = book(&split, seed, entries);
        prop_assert_eq!(&truth, &same);
        let one = read(&whole, &mut one);
        let many = read(&split, &mut many);
        prop_assert_eq!(one.findings.len(), many.findings.len());
        prop_assert_eq!(one.spending, many.spending);
        prop_assert_eq!(one.by_month, many.by_month);
        prop_assert_eq!(one.by_account, many.by_account);
        prop_assert_eq!(one.verified, many.verified);
    }

    /// Whatever stands in the cells: no panic, and a total only if every amount was read.
    #[test]
    fn foreign_cells_do_no_harm(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let words = ["本月合计", "合", "计", "年末结转", "红字", "-", "1,2,3", "科目：5001 x", "2022.13.40", "借", "贷", "押金", "#REF!", "9e99", "", "付款"];
        let mut book = Book { sheets: vec![vec![]] };
        for _ in 0..60 {
            let cells = (0..9_u32).filter_map(|col| match random.below(5) {
                0 => None,
                1 => Some(decoded(col, GenCell::Number(cents(random.below(1_000_000).cast_signed() - 500_000)))),
                2 => Some(decoded(col, GenCell::Date(2022, 1 + random.below(12) as i8, 3))),
                3 => Some(decoded(col, GenCell::Formula)),
                _ => Some(decoded(col, GenCell::Text(words[random.below(16) as usize].to_owned()))),
            });
            book.sheets[0].push(cells.collect());
        }
        let layout = Layout::default();
        let totals = read(&layout, &mut book);
        let unread = totals.findings.iter().any(|f| matches!(f.id.id(), "ledger-row-not-read" | "ledger-not-summed"));
        prop_assert_eq!(totals.spending.is_none(), unread);
    }
}
