//! Differences between stated amounts and the ledger, and what would explain them.

use jixiao::inner::model::{
    Agreement, Amount, AmountKind, Case, Entry, MoneyUnit, Project, Reconciliation, YearMonth,
};
use jixiao::inner::reconcile::{self, Settings};
use jixiao::inner::sheet::{Cell, RowSource, Value};

use crate::ledger::at;
use crate::ledger_gen::{Books, Layout, YEAR};
use crate::ledger_layouts::{Book, book};
use crate::support::{MODEL, jixiao, workbook};

fn small(books: Books) -> (Layout, Book, i64) {
    let layout = Layout { books, specials: false, ..Layout::default() };
    let (book, truth) = book(&layout, 77, 30);
    (layout, book, truth.spending)
}

fn run(layout: &Layout, book: &mut Book, stated: &str, unit: MoneyUnit) -> Reconciliation {
    let spent = Amount {
        kind: AmountKind::Spent,
        label: "实际支出".to_owned(),
        entry: Entry { at: Some(at("表", "B2")), cell: Cell::text(stated) },
        unit,
        written: None,
    };
    let case = Case {
        project: Project { year: Some(YEAR), ..Project::default() },
        amounts: vec![spent],
        ledgers: layout.locators(),
        ..Case::default()
    };
    let mut sources: [&mut dyn RowSource; 1] = [book];
    reconcile::run(&case, &mut sources, &Settings::default()).unwrap()
}

fn yuan(cents: i64) -> String {
    crate::ledger_gen::cents(cents)
}

/// The amounts of the entries in cents, with their one-based rows.
fn entries(layout: &Layout, book: &mut Book) -> Vec<(i64, u32)> {
    let mut found = vec![];
    jixiao::inner::ledger::stream(&layout.locators()[0], book, &mut |line| {
        if line.kind == jixiao::inner::ledger::Kind::Entry {
            let net = line.net().unwrap().to_string();
            let (whole, fraction) = net.split_once('.').unwrap_or((&net, "0"));
            let cents: i64 =
                whole.parse::<i64>().unwrap() * 100 + format!("{fraction:0<2}").parse::<i64>().unwrap();
            found.push((cents, line.row + 1));
        }
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    found
}

fn explanation(result: &Reconciliation) -> &str {
    let [line] = result.lines.as_slice() else { panic!("one line") };
    assert_eq!(line.status, Agreement::Differs, "{line:?}");
    line.explanation.as_deref().unwrap()
}

#[test]
fn one_two_or_three_entries_explain_a_difference() {
    let (layout, mut book, spending) = small(Books::Financial);
    let entries = entries(&layout, &mut book);
    assert_eq!(entries.len(), 30);
    let (a, b, c) = (entries[3], entries[11], entries[20]);
    for (missing, rows) in [(vec![a], 1), (vec![a, b], 2), (vec![a, b, c], 3)] {
        let sum: i64 = missing.iter().map(|(amount, _)| amount).sum();
        for sign in [1, -1] {
            let result = run(&layout, &mut book, &yuan(spending - sign * sum), MoneyUnit::Yuan);
            let text = explanation(&result);
            for (_, row) in &missing {
                assert!(text.contains(&format!("第{row}行")), "{rows} {text}");
            }
        }
    }
    let ids: Vec<&str> = run(&layout, &mut book, &yuan(spending - a.0), MoneyUnit::Yuan)
        .findings
        .iter()
        .map(|f| f.id.id())
        .collect();
    assert_eq!(ids, ["ledger-accrual-basis", "ledger-differs"]);
}

#[test]
fn half_transposed_unit_and_unexplained() {
    let (layout, mut book, spending) = small(Books::Financial);
    let entries = entries(&layout, &mut book);
    let wrong_side = run(&layout, &mut book, &yuan(spending - 2 * entries[5].0), MoneyUnit::Yuan);
    assert_eq!(explanation(&wrong_side), format!("可能原因：“明细账1”第{}行借贷方向记反", entries[5].1));

    let typed = yuan(spending);
    let digits: Vec<char> = typed.chars().collect();
    let swap = (0..digits.len() - 4).find(|i| digits[*i] != digits[i + 1]).unwrap();
    let mut swapped = digits.clone();
    swapped.swap(swap, swap + 1);
    let swapped: String = swapped.into_iter().collect();
    let result = run(&layout, &mut book, &swapped, MoneyUnit::Yuan);
    assert_eq!(explanation(&result), format!("可能原因：填报数的相邻两位数字颠倒，应为 {typed} 元"));

    let result = run(&layout, &mut book, &typed, MoneyUnit::TenThousand);
    assert!(explanation(&result).contains("一万倍"), "{}", explanation(&result));
    assert!(result.findings.iter().any(|f| f.id.id() == "ledger-unit-suspect"));

    let result = run(&layout, &mut book, &yuan(spending + 1_234_567_891), MoneyUnit::Yuan);
    assert_eq!(explanation(&result), "未能解释差额");
}

#[test]
fn what_was_left_out_explains_a_difference() {
    // The agency counted a payment of the year before.
    let layout = Layout { specials: false, fault: Some(crate::ledger_gen::Fault::Year), ..Layout::default() };
    let (mut book, truth) = book(&layout, 77, 30);
    let result = run(&layout, &mut book, &yuan(truth.spending), MoneyUnit::Yuan);
    let row = result
        .ledger
        .as_ref()
        .unwrap()
        .excluded
        .iter()
        .find(|r| r.why.reason().contains("年度"))
        .copied()
        .unwrap();
    let with = row.amount.plus(yuan(truth.spending).parse().unwrap()).unwrap().to_string();
    let result = run(&layout, &mut book, &with, MoneyUnit::Yuan);
    assert!(explanation(&result).contains("不属于评价年度"), "{}", explanation(&result));
}

#[test]
fn cash_counts_where_financial_and_budget_entries_stand_side_by_side() {
    let (layout, mut book, spending) = small(Books::Parallel);
    let result = run(&layout, &mut book, &yuan(spending), MoneyUnit::Yuan);
    assert!(result.findings.is_empty(), "no accrual caveat: {:?}", result.findings);
    let ledger = result.ledger.unwrap();
    assert_eq!(result.lines[0].status, Agreement::Agrees);
    let roles: Vec<(&str, &str)> =
        ledger.by_account.iter().map(|a| (a.code.as_str(), a.role.reason())).collect();
    assert!(roles.iter().any(|(code, role)| *code == "7201" && role.starts_with("支出科目")));
    assert!(roles.iter().any(|(code, role)| code.starts_with("5001") && role.starts_with("财务会计")));
    assert_eq!(ledger.by_month[0].month, Some(YearMonth { year: YEAR, month: 1 }));
}

#[test]
fn nothing_is_compared_with_a_total_that_cannot_be_vouched_for() {
    let (layout, mut book, spending) = small(Books::Financial);
    let cell = book.sheets[0][9].iter_mut().find(|cell| matches!(cell.value, Value::Number(_))).unwrap();
    cell.value = Value::Text("约3000".to_owned());
    let result = run(&layout, &mut book, &yuan(spending), MoneyUnit::Yuan);
    assert!(result.lines.is_empty());
    assert_eq!(result.ledger.unwrap().spending, None);
}

#[test]
fn reconcile_alone_says_the_ledgers_totals() {
    let output = jixiao(["reconcile".as_ref(), workbook(MODEL).as_os_str(), "--json".as_ref()]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["ledger"]["spending"], "592668.35");
    assert_eq!(object["ledger"]["accounts"].as_array().unwrap().len(), 7);
    assert_eq!(object["reconciliation"][0]["status"], "agrees");
    assert_eq!(object["reconciliation"][0]["tolerance"], "50");
    let output = jixiao(["reconcile".as_ref(), workbook(MODEL).as_os_str()]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("明细账支出合计：592668.35 元"), "{text}");
}

#[test]
fn a_form_and_a_ledger_file_are_one_case() {
    // The self-evaluation form states 1,785,600 元 and has no ledger of its own.
    let form = workbook("东湖区教体局-课后服务补助-自评-2023.xlsx");
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("支出明细账.csv");
    std::fs::write(
        &ledger,
        "支出明细账,,,,\n日期,凭证号,摘要,借方金额,贷方金额\n2023-03-01,记-1,付一季度补助,1000000.00,\n2023-09-01,记-2,付二季度补助,785600.00,\n",
    )
    .unwrap();
    let output = jixiao(["reconcile".as_ref(), form.as_os_str(), ledger.as_os_str(), "--json".as_ref()]);
    let text = String::from_utf8_lossy(&output.stdout);
    let object: serde_json::Value = serde_json::from_str(text.trim())
        .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(object["ledger"]["spending"], "1785600");
    assert_eq!(object["reconciliation"][0]["status"], "agrees", "{text}");
    assert_eq!(output.status.code(), Some(0));
}
