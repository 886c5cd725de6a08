//! Ledgers whose titles are divided, whose pages follow one another, or that hold the same entries twice.

use std::ffi::OsStr;

use serde_json::Value;

use crate::findings::SELF;
use crate::libreoffice;
use crate::support::{jixiao, score};
use crate::workbook_pages;

fn reconciled(pages: &[workbook_pages::Page<'_>]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_pages::write(pages, folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str(), "--json".as_ref()]);
    serde_json::from_slice(&output.stdout).expect("a JSON object")
}

fn messages(json: &Value, id: &str) -> Vec<String> {
    let findings = json["findings"].as_array().unwrap().iter().filter(|finding| finding["id"] == id);
    findings.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
}

/// No total, and these words say why.
fn refused(json: &Value, words: &str) {
    assert_eq!(json["ledger"]["spending"], Value::Null, "{json}");
    let why = messages(json, "ledger-not-summed");
    assert!(why.iter().any(|why| why.contains(words)), "{why:?}");
}

const FOREIGN: &str = "外币明细账
日期 | 凭证字号 | 摘要 | 科目编码 | 币别 | 借方 | < | 贷方 | < | 方向 | 余额 | <
^ | ^ | ^ | ^ | ^ | 原币 | 本币 | 原币 | 本币 | ^ | 原币 | 本币
2022-01-10 | 记-1 | 付设备款 | 720101 | USD | 100 | 650.5 | | | 借 | 100 | 650.5
2022-03-05 | 记-2 | 付安装款 | 720101 | USD | 10 | 65 | | | 借 | 110 | 715.5
2022-03-06 | 记-3 | 退回安装款 | 720101 | USD | | | 1 | 6.5 | 借 | 109 | 709
";

#[test]
fn of_an_amount_in_two_currencies_our_own_is_read() {
    let unmerged = FOREIGN.replace(['<', '^'], "");
    for rows in [FOREIGN, &unmerged] {
        let json = reconciled(&[("明细账", rows)]);
        assert_eq!(json["ledger"]["spending"], "709", "{json}");
        assert_eq!(messages(&json, "ledger-balance-breaks"), Vec::<String>::new());
    }
}

#[test]
fn of_quantity_price_and_amount_the_amount_is_read() {
    let rows = "数量金额式明细账
2022年 | < | 凭证号数 | 摘要 | 借方 | < | < | 贷方 | < | < | 方向 | 余额 | < | <
月 | 日 | ^ | ^ | 数量 | 单价 | 金额 | 数量 | 单价 | 金额 | ^ | 数量 | 单价 | 金额
1 | 10 | 记-1 | 购水管 | 3 | 20.5 | 61.5 | | | | 借 | 3 | 20.5 | 61.5
2 | 11 | 记-2 | 购阀门 | 2 | 100 | 200 | | | | 借 | | | 261.5
";
    for rows in [rows.to_owned(), rows.replace(['<', '^'], "")] {
        let json = reconciled(&[("明细账", &rows)]);
        assert_eq!(json["ledger"]["spending"], "261.5", "{json}");
        assert_eq!(messages(&json, "ledger-balance-breaks"), Vec::<String>::new());
    }
}

const CATEGORIES: &str = "多栏式明细账
2022年 | < | 凭证号数 | 摘要 | 借方 | 贷方 | 方向 | 余额 | 借方 | <
月 | 日 | ^ | ^ | ^ | ^ | ^ | ^ | 办公费 | 维修费
1 | 10 | 记-1 | 付纸张款 | 61.5 | | 借 | 61.5 | 61.5 |
2 | 11 | 记-2 | 付修缮款 | 200 | | 借 | 261.5 | | 200
";

#[test]
fn categories_side_by_side_are_not_the_amount() {
    for rows in [CATEGORIES.to_owned(), CATEGORIES.replace(['<', '^'], "")] {
        let json = reconciled(&[("明细账", &rows)]);
        assert_eq!(json["ledger"]["spending"], "261.5", "{json}");
    }
}

#[test]
fn where_only_categories_or_two_equal_titles_hold_amounts_nothing_is_added() {
    let only = "多栏式明细账
日期 | 凭证号 | 摘要 | 借方 | < | 贷方
^ | ^ | ^ | 办公费 | 维修费 | ^
2022-01-10 | 记-1 | 付纸张款 | 61.5 | |
2022-02-11 | 记-2 | 付修缮款 | | 200 |
";
    for rows in [only.to_owned(), only.replace(['<', '^'], "")] {
        refused(&reconciled(&[("明细账", &rows)]), "列下面还分栏（D3");
    }
    let twice = "明细账
日期 | 凭证号 | 摘要 | 借方 | 贷方 | 借方
2022-01-10 | 记-1 | 付纸张款 | 61.5 | | 7
2022-02-11 | 记-2 | 付修缮款 | 200 | | 8
";
    refused(&reconciled(&[("明细账", twice)]), "标题“借方”出现在 D2、F2");
    // A unit below a title divides nothing.
    let unit = "明细账
日期 | 凭证号 | 摘要 | 借方 | 贷方
 | | | (元) | (元)
2022-01-10 | 记-1 | 付纸张款 | 61.5 |
2022-02-11 | 记-2 | 付修缮款 | 200 |
";
    assert_eq!(reconciled(&[("明细账", unit)])["ledger"]["spending"], "261.5");
}

#[test]
fn what_a_ledger_of_categories_divides_its_debits_into_is_added_up() {
    let parts = "多栏式明细账
日期 | 凭证号 | 摘要 | 借方 | < | <
^ | ^ | ^ | 办公费 | 维修费 | 印刷费
2022-01-10 | 记-1 | 付纸张款 | 61.5 | |
2022-02-11 | 记-2 | 付修缮款和印制款 | | 200 | 30
 | | 合计 | 61.5 | 200 | 30
";
    let json = reconciled(&[("明细账", parts)]);
    assert_eq!(json["ledger"]["spending"], "291.5", "{json}");
    assert_eq!(messages(&json, "column-not-read"), Vec::<String>::new());
    let whole = "多栏式明细账
日期 | 凭证号 | 摘要 | 合计 | 借方 | <
^ | ^ | ^ | ^ | 办公费 | 维修费
2022-01-10 | 记-1 | 付纸张款 | 61.5 | 61.5 |
2022-02-11 | 记-2 | 付修缮款 | 230 | 30 | 200
";
    let json = reconciled(&[("明细账", whole)]);
    assert_eq!(json["ledger"]["spending"], "291.5", "{json}");
    assert_eq!(messages(&json, "column-not-read"), Vec::<String>::new());
    // What the whole is said to be its parts do not come to.
    refused(&reconciled(&[("明细账", &whole.replace("| 230 |", "| 240 |"))]), "没有采用");
}

const PAGES: &str = "明细分类账
科目：720101 养护工程
日期 | 凭证字号 | 摘要 | 借方金额 | 贷方金额 | 方向 | 余额
 | | 年初余额 | | | 平 | 0
2022-01-10 | 记-1 | 付养护工程款 | 600000 | | 借 | 600000
 | | 本期合计 | 600000 | 0 | 借 | 600000
 | | 本年累计 | 600000 | 0 | 借 | 600000
科目：720102 标志牌
日期 | 凭证字号 | 摘要 | 借方金额 | 贷方金额 | 方向 | 余额
 | | 年初余额 | | | 平 | 0
2022-01-20 | 记-2 | 付标志牌款 | 350000 | | 借 | 350000
 | | 本期合计 | 350000 | 0 | 借 | 350000
 | | 本年累计 | 350000 | 0 | 借 | 350000
";

#[test]
fn pages_of_several_accounts_below_one_another_all_count() {
    let json = reconciled(&[SELF, ("明细账", PAGES)]);
    assert_eq!(json["ledger"]["spending"], "950000", "{json}");
    assert_eq!(json["ledger"]["accounts"].as_array().unwrap().len(), 2);
    assert_eq!(messages(&json, "account-outside-project"), Vec::<String>::new());
    let folder = tempfile::tempdir().unwrap();
    let result = score(&workbook_pages::write(&[SELF, ("明细账", PAGES)], folder.path()), folder.path());
    assert_eq!(libreoffice::differences(&result.path), Vec::<String>::new());
}

#[test]
fn titles_that_a_page_repeats_leave_the_month_alone() {
    let rows = "项目支出明细账
科目：5001.02 农村饮用水
2022年 | | 凭证号数 | 摘要 | 借方 | 贷方 | 方向 | 余额
月 | 日 | | | | | |
1 | 10 | 记-1 | 付水管款 | 100 | | 借 | 100
 | 11 | 记-2 | 付阀门款 | 50 | | 借 | 150
 | | | 过次页 | | | 借 | 150
2022年 | | 凭证号数 | 摘要 | 借方 | 贷方 | 方向 | 余额
月 | 日 | | | | | |
 | | | 承前页 | | | 借 | 150
 | 12 | 记-3 | 付水泵款 | 25 | | 借 | 175
1 | | | 本月合计 | 175 | 0 | 借 | 175
";
    let json = reconciled(&[("明细账", rows)]);
    assert_eq!(json["ledger"]["months"], serde_json::json!([{ "month": "2022-01", "spending": "175" }]));
    assert_eq!(messages(&json, "ledger-subtotal-differs"), Vec::<String>::new());
}

const HEAD: &str = "明细账\n日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额\n";

fn ledger(rows: &[&str]) -> String {
    format!("{HEAD}{}\n", rows.join("\n"))
}

const A: [&str; 3] = [
    "2022-01-10 | 记-1 | 付纸张款 | 5001001 | 办公费 | 61.5 |",
    "2022-02-10 | 记-2 | 付墨盒款 | 5001001 | 办公费 | 62.5 |",
    "2022-03-10 | 记-3 | 付信封款 | 5001001 | 办公费 | 63.5 |",
];
const B: [&str; 3] = [
    "2022-01-11 | 记-4 | 付修门款 | 5001002 | 维修费 | 71.5 |",
    "2022-02-11 | 记-5 | 付修窗款 | 5001002 | 维修费 | 72.5 |",
    "2022-03-11 | 记-6 | 付修灯款 | 5001002 | 维修费 | 73.5 |",
];

#[test]
fn a_ledger_beside_its_own_parts_is_not_added_twice() {
    let (a, b, all) = (ledger(&A), ledger(&B), ledger(&[A, B].concat()));
    let apart = reconciled(&[("办公费", &a), ("维修费", &b)]);
    assert_eq!(apart["ledger"]["spending"], "405", "{apart}");
    refused(&reconciled(&[("全部", &all), ("办公费", &a), ("维修费", &b)]), "正是其余各账页之和");
    // The months do not tell where another account has a page of its own.
    let other = "2022-02-12 | 记-7 | 付讲课费 | 5001003 | 劳务费 | 80 |";
    let other = ledger(&[other]);
    refused(
        &reconciled(&[("全部", &all), ("办公费", &a), ("劳务费", &other)]),
        "“办公费”的多数分录在其他账页中也有",
    );
}

#[test]
fn of_two_directions_the_one_beside_the_balance_is_not_the_entry_s() {
    let rows = "明细账
日期 | 凭证号 | 摘要 | 科目 | 借/贷 | 发生额 | 方向 | 余额
2022-01-10 | 记-1 | 付纸张款 | 5001办公费 | 借 | 100 | 借 | 100
2022-02-11 | 记-2 | 退回纸张款 | 5001办公费 | 贷 | 30 | 借 | 70
";
    let json = reconciled(&[("明细账", rows)]);
    assert_eq!(json["ledger"]["spending"], "70", "{json}");
    assert_eq!(messages(&json, "ledger-balance-breaks"), Vec::<String>::new());
}

#[test]
fn spending_is_the_amount_with_its_tax() {
    let rows = "项目支出明细表
序号 | 日期 | 摘要 | 金额 | 税额 | 价税合计
1 | 2022-01-10 | 付纸张款 | 100 | 13 | 113
2 | 2022-02-11 | 付墨盒款 | 200 | 26 | 226
";
    assert_eq!(reconciled(&[("明细账", rows)])["ledger"]["spending"], "339");
}

#[test]
fn ledgers_of_two_years_need_a_form_that_says_the_year() {
    let page = |year: &str| {
        format!(
            "{year}年明细账\n日期 | 凭证号 | 摘要 | 科目编码 | 借方 | 贷方\n{year}-01-10 | 记-1 | 付养护款 | 720101 | 950000 |\n"
        )
    };
    let (before, this) = (page("2021"), page("2022"));
    let pages = [("2021年", before.as_str()), ("2022年", this.as_str())];
    refused(&reconciled(&pages), "各账页的年度不同");
    let json = reconciled(&[SELF, pages[0], pages[1]]);
    assert_eq!(json["ledger"]["spending"], "950000", "{json}");
}

#[test]
fn the_entry_that_explains_a_difference_exactly_comes_before_those_that_nearly_do() {
    let rows = [
        "2022-01-10 | 记-1 | 付养护工程款 | 720101 | 养护工程 | 872900 |",
        "2022-02-10 | 记-2 | 付标志牌款 | 720101 | 养护工程 | 30000 |",
        "2022-03-10 | 记-3 | 付标线款 | 720101 | 养护工程 | 30500 |",
        "2022-03-11 | 记-4 | 付检测费 | 720101 | 养护工程 | 15100 |",
        "2022-03-12 | 记-5 | 付公示牌款 | 720101 | 养护工程 | 1500 |",
        "2022-02-12 | 记-6 | 付标志牌款 | 720101 | 养护工程 | 30000 |",
    ];
    let json = reconciled(&[SELF, ("明细账", &ledger(&rows))]);
    assert_eq!(json["ledger"]["spending"], "980000");
    let why = messages(&json, "ledger-differs");
    assert!(
        why.iter().any(|why| why.contains("不应计入本项目（如重复记账）的是“明细账”第4行或“明细账”第8行")),
        "{why:?}"
    );
}

#[test]
fn a_form_and_its_ledger_are_taken_together_as_two_files_or_as_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let form = workbook_pages::write(&[SELF], folder.path());
    let csv = folder.path().join("明细账.csv");
    let rows = "日期,凭证字号,摘要,科目编码,科目名称,借方金额,贷方金额\n2022-01-10,记-1,付养护工程款,720101,养护工程,950000,\n";
    std::fs::write(&csv, rows).unwrap();
    let both: &[&OsStr] = &["reconcile".as_ref(), form.as_os_str(), csv.as_os_str(), "--json".as_ref()];
    let whole: &[&OsStr] = &["reconcile".as_ref(), folder.path().as_os_str(), "--json".as_ref()];
    for arguments in [both, whole] {
        let output = jixiao(arguments.iter().copied());
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["reconciliation"][0]["status"], "agrees", "{json}");
    }
}
