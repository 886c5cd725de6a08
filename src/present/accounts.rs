//! 账务核对: what the ledger adds up to, by account and month, against what the forms state.
//!
//! Where the ledgers stand in this workbook, their totals are live SUMIFS formulas; they are written only when they
//! give the very total that reconciling found, and else its value with its origin.

use super::across_files;
use super::known_cells::KnownCells;
use super::live_sums::live_sums;
use super::months::months;
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::base::{CellAt, CellRef, Number};
use crate::expr::{Expr, Func, Value, eval};
use crate::model::{AccountRole, AccountTotal, Agreement, ExcludedRow, LedgerTotals, Reconciliation};
use crate::returned::OurSheet;

const WIDTHS: [u16; 9] = [15, 15, 15, 15, 15, 15, 16, 9, 12];
/// What sections are numbered with.
const NUMBERS: [&str; 7] = ["一、", "二、", "三、", "四、", "五、", "六、", "七、"];
/// The column of what is remarked of an account.
const REMARK: u32 = 6;
/// The title where no ledger came.
const WITHOUT_LEDGER: &str = "账务核对（没有收到明细账）";
/// Excluded rows that are listed.
const MAX_LISTED: usize = 300;
/// The columns of their places on a line; the amounts are right of them.
const PLACES: [u32; 3] = [0, 2, 4];

/// Builds the sheet; `None` where the case has neither a ledger nor funds to compare.
pub(super) fn build(view: &View, book: &mut KnownCells) -> Option<AddedSheet> {
    let reconciliation = view.reconciliation;
    if reconciliation.ledger.is_none() && reconciliation.funds.is_empty() {
        return None;
    }
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Accounts), &WIDTHS);
    sheet.landscape = true;
    // Without a ledger it is about stated amounts alone.
    let heading = reconciliation.ledger.as_ref().map_or(WITHOUT_LEDGER, |_| OurSheet::Accounts.heading());
    sheet.title(heading);
    sheet.across(1, Look::Subtitle, view.subtitle());
    let mut row = 3;
    if let Some(totals) = &reconciliation.ledger {
        let (total, next) = accounts(&mut sheet, view, book, totals, row);
        row = lines(&mut sheet, book, reconciliation, total.as_ref(), next);
    }
    row = funds(&mut sheet, reconciliation, row);
    row = rates(&mut sheet, reconciliation, row);
    if let Some(totals) = &reconciliation.ledger {
        row = months(&mut sheet, book, reconciliation, totals, row);
        excluded(&mut sheet, view, totals, row);
    }
    Some(sheet)
}

/// A section with its table's header; sections are numbered as they come.
pub(super) fn header(sheet: &mut AddedSheet, row: u32, section: &str, titles: &[&str]) -> u32 {
    let row = self::section(sheet, row, section);
    for (column, title) in (0_u32..).zip(titles) {
        sheet.text(row, column, Look::Header, *title);
    }
    row.saturating_add(1)
}

/// The heading of a section, numbered; gives the row below it.
pub(super) fn section(sheet: &mut AddedSheet, row: u32, words: &str) -> u32 {
    let before = sheet.cells.values().filter(|cell| cell.look == Look::Section).count();
    let number = NUMBERS.get(before).copied().unwrap_or_default();
    sheet.across(row, Look::Section, format!("{number}{words}"));
    row.saturating_add(1)
}

/// Puts a formula and remembers its value.
pub(super) fn put(
    sheet: &mut AddedSheet,
    book: &mut KnownCells,
    row: u32,
    column: u32,
    look: Look,
    expr: Expr,
) {
    let content = book.formula(expr);
    if let (Content::Formula { value, .. }, Some(cell)) = (&content, sheet.address(row, column)) {
        book.know(cell, value.clone());
    }
    sheet.put(row, column, look, content);
}

/// The table of accounts; gives the cell of the ledger's total and the next free row.
fn accounts(
    sheet: &mut AddedSheet,
    view: &View,
    book: &mut KnownCells,
    totals: &LedgerTotals,
    mut row: u32,
) -> (Option<CellAt>, u32) {
    for locator in &view.case.ledgers {
        if across_files::cell(view, &locator.at).is_none() {
            let origin = format!("明细账在另一个文件：{}。以下数值不随它变动。", locator.sheet);
            sheet.across(row, Look::Remark, origin);
            row = row.saturating_add(1);
        }
    }
    let titles = ["科目编码", "科目名称", "借方（元）", "贷方（元）", "支出（元）", "笔数", "说明"];
    let first = header(sheet, row, "明细账支出合计（支出科目按借方减贷方计入支出）", &titles);
    let mut row = first;
    for account in &totals.by_account {
        account_row(sheet, view, book, totals, account, row);
        row = row.saturating_add(1);
    }
    let Some(spending) = totals.spending else {
        sheet.across(row, Look::Text, "明细账有无法确定的行，未能得出合计，见问题清单。");
        return (None, row.saturating_add(2));
    };
    sheet.text(row, 0, Look::TotalLabel, "支出合计");
    for column in [1, 2, 3, 5, REMARK] {
        sheet.put(row, column, Look::TotalLabel, Content::Blank);
    }
    let last = row.checked_sub(1).filter(|last| *last >= first);
    let sum_of = |sheet: &AddedSheet, column: u32| {
        let range = sheet.column(column, first, last?)?;
        Some(Expr::call(Func::Sum, [Expr::Range(range)]).round(2))
    };
    // What does not count stands among them otherwise.
    if totals.by_account.iter().all(|account| account.role == AccountRole::Spending) {
        for (column, look) in [(2, Look::Money), (3, Look::Money), (5, Look::Plain)] {
            if let Some(sum) = sum_of(sheet, column) {
                put(sheet, book, row, column, look, sum);
            }
        }
    }
    let sum = sum_of(sheet, 4);
    match sum.filter(|sum| eval(sum, book) == Value::Number(spending.number())) {
        Some(sum) => put(sheet, book, row, 4, Look::Money, sum),
        None => {
            sheet.put(row, 4, Look::Money, Content::Number(spending.number()));
            if let Some(cell) = sheet.address(row, 4) {
                book.know(cell, Value::Number(spending.number()));
            }
        }
    }
    let total = sheet.address(row, 4);
    // Where every account counts there is nothing to remark.
    let remarked = sheet.cells.iter().any(|(at, cell)| {
        at.col() == REMARK && (first..row).contains(&at.row()) && cell.content != Content::Blank
    });
    if !remarked {
        sheet
            .cells
            .retain(|at, _| at.col() != REMARK || !(first.saturating_sub(1)..=row).contains(&at.row()));
    }
    // Of what is not counted (deposits that came back) no more is said.
    let counts = |at: (usize, u32)| totals.excluded.iter().all(|out| (out.ledger, out.row) != at);
    let cancelled =
        totals.cancelled.iter().filter(|pair| counts(pair.entry) && counts(pair.reversal)).count();
    if cancelled > 0 {
        row = row.saturating_add(1);
        let both = cancelled.saturating_mul(2);
        let said = format!(
            "笔数含相互冲销的分录 {both} 笔（重复入账、记错的分录及其冲销，金额相抵）；“问题清单”所列笔数不含这些分录。"
        );
        sheet.across(row, Look::Remark, said);
    }
    (total, row.saturating_add(2))
}

fn account_row(
    sheet: &mut AddedSheet,
    view: &View,
    book: &mut KnownCells,
    totals: &LedgerTotals,
    account: &AccountTotal,
    row: u32,
) {
    sheet.text(row, 0, Look::Centre, if account.code.is_empty() { "—" } else { account.code.as_str() });
    sheet.text(row, 1, Look::Text, account.name.as_str());
    let counts = account.role == AccountRole::Spending;
    let live = if counts { live_sums(view, totals, account) } else { None };
    let expected = [account.sums.debit.number(), account.sums.credit.number()];
    let mut as_values = false;
    for ((column, expected), side) in (2_u32..).zip(expected).zip(0_usize..) {
        let expr = live.as_ref().and_then(|sums| sums.get(side)?.as_ref());
        let expr = expr.filter(|expr| eval(expr, view.ledger_cells) == Value::Number(expected));
        match expr {
            // The value comes from the ledger itself; the book does not hold a ledger's rows.
            Some(expr) => {
                let content = Content::Formula { expr: expr.clone(), value: Value::Number(expected) };
                sheet.put(row, column, Look::Money, content);
            }
            None => {
                as_values |= counts && !expected.is_zero();
                sheet.put(row, column, Look::Money, Content::Number(expected));
            }
        }
        if let Some(cell) = sheet.address(row, column) {
            book.know(cell, Value::Number(expected));
        }
    }
    if counts {
        if let Some((debit, credit)) = sheet.address(row, 2).zip(sheet.address(row, 3)) {
            put(sheet, book, row, 4, Look::Money, Expr::Cell(debit).minus(Expr::Cell(credit)).round(2));
        }
    } else {
        sheet.text(row, 4, Look::Centre, "不计入");
    }
    let count = Number::from(u32::try_from(account.sums.count).unwrap_or(u32::MAX));
    sheet.put(row, 5, Look::Plain, Content::Number(count));
    if let Some(cell) = sheet.address(row, 5) {
        book.know(cell, Value::Number(count));
    }
    let origin =
        if as_values { "（按明细账逐行累加的数值，不随明细账变动）" } else { "" };
    let role = if counts { "" } else { account.role.reason() };
    sheet.text(row, REMARK, Look::Text, format!("{role}{origin}"));
}

/// Each stated spending against the ledger.
fn lines(
    sheet: &mut AddedSheet,
    book: &mut KnownCells,
    reconciliation: &Reconciliation,
    total: Option<&CellAt>,
    row: u32,
) -> u32 {
    if reconciliation.lines.is_empty() {
        return row;
    }
    let titles = [
        "填报项目",
        "填报金额",
        "折合元",
        "明细账（元）",
        "差额（元）",
        "容许误差（元）",
        "容许误差的依据",
        "结论",
        "所在单元格",
    ];
    let mut row = header(sheet, row, "填报金额与明细账", &titles);
    for line in &reconciliation.lines {
        sheet.text(row, 0, Look::Text, line.name.as_str());
        sheet.text(row, 1, Look::Centre, format!("{}{}", line.stated, line.unit.name()));
        let yuan = line.stated.times(Number::from(line.unit.factor())).unwrap_or_default();
        sheet.put(row, 2, Look::Money, Content::Number(yuan));
        if let Some(cell) = sheet.address(row, 2) {
            book.know(cell, Value::Number(yuan));
        }
        match total {
            Some(total) => put(sheet, book, row, 3, Look::Money, Expr::Cell(total.clone())),
            None => sheet.put(row, 3, Look::Money, Content::Number(line.ledger.number())),
        }
        if let Some((stated, ledger)) = sheet.address(row, 2).zip(sheet.address(row, 3)) {
            put(sheet, book, row, 4, Look::Money, Expr::Cell(ledger).minus(Expr::Cell(stated)).round(2));
        }
        sheet.put(row, 5, Look::Money, Content::Number(line.tolerance.number()));
        sheet.text(row, 6, Look::Text, line.tolerance_origin.as_str());
        match line.status {
            Agreement::Agrees => sheet.text(row, 7, Look::Centre, "相符"),
            Agreement::Differs => sheet.text(row, 7, Look::Bad, "不符"),
        }
        sheet.link(row, 8, line.stated_at.as_ref());
        if let Some(explanation) = &line.explanation {
            row = row.saturating_add(1);
            sheet.across(row, Look::Remark, format!("差额的{}", said_once(explanation)));
        }
        row = row.saturating_add(1);
    }
    row.saturating_add(1)
}

/// An explanation that calls itself one begins so; others do not.
fn said_once(explanation: &str) -> String {
    let lead = "可能原因：";
    format!("{lead}{}", explanation.strip_prefix(lead).unwrap_or(explanation))
}

/// Spending against budget and received funds.
fn funds(sheet: &mut AddedSheet, reconciliation: &Reconciliation, row: u32) -> u32 {
    if reconciliation.funds.is_empty() {
        return row;
    }
    let titles = ["比较项目", "限额（元）", "支出（元）", "结余（元）", "结论"];
    let received = reconciliation.funds.iter().any(|check| !check.name.contains("预算"));
    let heading = if received { "支出与预算、到位资金" } else { "支出与预算" };
    let mut row = header(sheet, row, heading, &titles);
    let mut seen: Vec<(&str, crate::base::Yuan, crate::base::Yuan)> = Vec::new();
    for check in &reconciliation.funds {
        // The same limit stated twice (budget field and budget column) is one comparison.
        let key = (check.name.as_str(), check.limit, check.spent);
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        sheet.text(row, 0, Look::Text, check.name.as_str());
        for (column, amount) in (1_u32..).zip([check.limit, check.spent, check.rest]) {
            sheet.put(row, column, Look::Money, Content::Number(amount.number()));
        }
        let (look, word) = if check.exceeded { (Look::Bad, "超出") } else { (Look::Centre, "未超出") };
        sheet.text(row, 4, look, word);
        row = row.saturating_add(1);
    }
    row.saturating_add(1)
}

/// The execution rate by the ledger, by the stated figures, and as stated.
fn rates(sheet: &mut AddedSheet, reconciliation: &Reconciliation, row: u32) -> u32 {
    let rate = &reconciliation.rate;
    let found = [
        ("按明细账计算", rate.from_ledger),
        ("按填报金额计算", rate.from_stated),
        ("填报的执行率", rate.stated),
    ];
    if found.iter().all(|(_, rate)| rate.is_none()) {
        return row;
    }
    let mut row = header(sheet, row, "预算执行率", &["来源", "执行率"]);
    for (name, rate) in found {
        let Some(rate) = rate else { continue };
        sheet.text(row, 0, Look::Text, name);
        sheet.put(row, 1, Look::Rate, Content::Number(rate.number().round(12)));
        row = row.saturating_add(1);
    }
    row.saturating_add(1)
}

/// The rows that were not added, so that the sum can be redone by hand: several a line, under the reason they share.
fn excluded(sheet: &mut AddedSheet, view: &View, totals: &LedgerTotals, row: u32) {
    if totals.excluded.is_empty() {
        return;
    }
    let titles = ["所在行", "金额（元）", "所在行", "金额（元）", "所在行", "金额（元）"];
    let mut row = header(sheet, row, "没有计入支出的行", &titles);
    let listed: Vec<&ExcludedRow> = totals.excluded.iter().take(MAX_LISTED).collect();
    let mut reasons: Vec<&str> = Vec::new();
    for out in &listed {
        if !reasons.contains(&out.why.reason()) {
            reasons.push(out.why.reason());
        }
    }
    for reason in reasons {
        let same: Vec<&ExcludedRow> =
            listed.iter().copied().filter(|out| out.why.reason() == reason).collect();
        let mut sheets: Vec<String> = Vec::new();
        for locator in same.iter().filter_map(|out| view.case.ledgers.get(out.ledger)) {
            let name = across_files::sheet(view, &locator.sheet);
            if !sheets.contains(&name) {
                sheets.push(name);
            }
        }
        let sheets = sheets.join("”“");
        sheet.across(row, Look::Remark, format!("{reason}（“{sheets}”，共 {} 行）", same.len()));
        row = row.saturating_add(1);
        for line in same.chunks(PLACES.len()) {
            for (out, column) in line.iter().zip(PLACES) {
                excluded_row(sheet, view, out, row, column);
            }
            row = row.saturating_add(1);
        }
    }
    if totals.excluded.len() > MAX_LISTED {
        sheet.across(
            row,
            Look::Remark,
            format!("其余 {} 行略。", totals.excluded.len().saturating_sub(MAX_LISTED)),
        );
    }
}

/// Where a row stands, and its amount right of that.
fn excluded_row(sheet: &mut AddedSheet, view: &View, out: &ExcludedRow, row: u32, column: u32) {
    let locator = view.case.ledgers.get(out.ledger);
    let to = locator.and_then(|l| Some(CellAt::new(l.sheet.clone(), CellRef::new(out.row, 0)?)));
    match to {
        Some(to) => {
            let text = format!("第 {} 行", out.row.saturating_add(1));
            sheet.put(row, column, Look::Link, Content::Link { to, text });
        }
        None => sheet.put(row, column, Look::Centre, Content::Blank),
    }
    let amount = column.saturating_add(1);
    sheet.put(row, amount, Look::Money, Content::Number(out.amount.number()));
}
