//! Ledgers from the file to the returned workbook: which entries count, and live sums over the ledger's own sheet.

use std::path::Path;

use serde_json::Value;

use crate::findings::SELF;
use crate::libreoffice;
use crate::support::{Scored, jixiao, score};
use crate::workbook_pages;

/// Formulas of the returned 账务核对 that look at the ledger.
fn live(path: &Path) -> Vec<String> {
    let mut workbook = jixiao::inner::sheet::Workbook::open(std::fs::File::open(path).unwrap()).unwrap();
    let info = workbook.sheets().iter().find(|info| info.name == "账务核对").unwrap().clone();
    let sheet = workbook.read(&info, None).unwrap();
    let formulas = sheet.cells().filter_map(|(_, cell)| cell.formula.clone());
    formulas.filter(|formula| formula.contains("SUMIFS(")).collect()
}

fn scored(ledgers: &[(&str, String)], folder: &Path) -> Scored {
    let mut pages = vec![SELF];
    pages.extend(ledgers.iter().map(|(name, rows)| (*name, rows.as_str())));
    score(&workbook_pages::write(&pages, folder), folder)
}

fn reconciled(pages: &[workbook_pages::Page<'_>]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_pages::write(pages, folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str(), "--json".as_ref()]);
    serde_json::from_slice(&output.stdout).expect("a JSON object")
}

fn ids(json: &Value) -> Vec<&str> {
    json["findings"].as_array().unwrap().iter().map(|finding| finding["id"].as_str().unwrap()).collect()
}

#[test]
fn the_accounts_of_several_sheets_are_summed_live() {
    let folder = tempfile::tempdir().unwrap();
    let head = "项目支出明细账\n日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额\n";
    let first = format!(
        "{head}2022-01-10 | 记-1 | 付养护工程款 | 720101 | 养护工程 | 600000.10 | \n2022-01-20 | 记-2 | 付标志牌款 | 720102 | 标志牌 | 200000 | \n"
    );
    let second = format!(
        "{head}2022-03-05 | 记-3 | 付养护工程尾款 | 720101 | 养护工程 | 149999.90 | \n2022-04-05 | 记-4 | 退回多付工程款 | 720101 | 养护工程 | | 1000\n2022-04-06 | 记-5 | 补付工程款 | 720101 | 养护工程 | 1000 | \n2021-12-31 | 记-6 | 付上年工程款 | 720101 | 养护工程 | 77 | \n"
    );
    let result = scored(&[("明细账一", first), ("明细账二", second)], folder.path());
    assert_eq!(result.json["reconciliation"][0]["ledger"], "950000");
    let formulas = live(&result.path);
    assert_eq!(formulas.len(), 4, "both sides of two accounts: {formulas:?}");
    assert!(
        formulas.iter().any(|f| f.matches("SUMIFS(").count() == 2 && f.contains("明细账二")),
        "{formulas:?}"
    );
    assert_eq!(libreoffice::differences(&result.path), Vec::<String>::new());
}

#[test]
fn one_amount_with_its_direction_in_ten_thousands_is_summed_live() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "项目支出明细账\n单位：万元\n日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 方向 | 金额\n2022-01-10 | 记-1 | 付养护工程款 | 720101 | 养护工程 | 借 | 60.5\n2022-03-05 | 记-2 | 付养护工程尾款 | 720101 | 养护工程 | 借 | 35\n2022-04-05 | 记-3 | 退回多付工程款 | 720101 | 养护工程 | 贷 | 0.5\n2022-12-31 | 记-4 | 年末结转 | 720101 | 养护工程 | 贷 | 95\n";
    let result = scored(&[("明细账", rows.to_owned())], folder.path());
    assert_eq!(result.json["reconciliation"][0]["ledger"], "950000");
    let formulas = live(&result.path);
    assert_eq!(formulas.len(), 2, "{formulas:?}");
    assert!(formulas.iter().all(|f| f.contains("\"借\"") || f.contains("\"贷\"")), "{formulas:?}");
    assert_eq!(libreoffice::differences(&result.path), Vec::<String>::new());
}

#[test]
fn a_ledger_of_many_rows_is_summed_live_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows =
        "项目支出明细账\n日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额\n".to_owned();
    for entry in 1..=22_000 {
        rows.push_str(&format!(
            "2022-{:02}-10 | 记-{entry} | 付第{entry}笔养护款 | 72010{} | 养护工程 | {}.{:02} | \n",
            1 + entry / 2_000,
            1 + entry % 2,
            entry % 90,
            entry % 100
        ));
    }
    let result = scored(&[("明细账", rows)], folder.path());
    let formulas = live(&result.path);
    assert_eq!(formulas.len(), 4, "{formulas:?}");
    assert!(formulas[0].contains("22002"), "down to the last row: {formulas:?}");
    assert_eq!(libreoffice::differences(&result.path), Vec::<String>::new());
}

#[test]
fn amounts_that_formulas_would_not_add_up_are_values_and_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "项目支出明细账\n日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额\n2022-01-10 | 记-1 | 付养护工程款 | 720101 | 养护工程 | '900,000.00 | \n2022-03-05 | 记-2 | 付养护工程尾款 | 720101 | 养护工程 | 50000 | \n";
    let result = scored(&[("明细账", rows.to_owned())], folder.path());
    assert_eq!(result.json["reconciliation"][0]["ledger"], "950000");
    let formulas = live(&result.path);
    assert!(
        formulas.iter().all(|formula| !formula.contains("$F$") && !formula.contains("!F")),
        "{formulas:?}"
    );
    let texts = libreoffice::cells(&result.path);
    let says = |(value, _): &(jixiao::inner::sheet::Value, bool)| matches!(value, jixiao::inner::sheet::Value::Text(text) if text.contains("不随明细账变动"));
    assert!(texts.values().any(says), "the value's origin is said");
    assert_eq!(libreoffice::differences(&result.path), Vec::<String>::new());
}

const PROJECTS: &str = "项目支出明细账\n日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 项目名称 | 借方金额 | 贷方金额\n2022-01-10 | 记-1 | 付养护工程款 | 720101 | 养护工程 | 农村公路养护 | 600000 | \n2022-01-20 | 记-2 | 付桥梁款 | 720101 | 桥梁工程 | 危桥改造 | 300000 | \n2022-03-05 | 记-3 | 付养护工程尾款 | 720101 | 养护工程 | 农村公路养护 | 350000 | \n | | 本年累计 | | | | 1250000 | 0\n";

#[test]
fn of_several_projects_in_a_ledger_only_the_evaluated_one_counts() {
    let json = reconciled(&[SELF, ("明细账", PROJECTS)]);
    assert_eq!(json["ledger"]["spending"], "950000", "{json}");
    assert_eq!(json["reconciliation"][0]["status"], "agrees");
    let excluded = json["ledger"]["excluded"].as_array().unwrap();
    let reasons: Vec<&str> = excluded.iter().map(|row| row["reason"].as_str().unwrap()).collect();
    assert!(reasons.contains(&"属于其他项目"), "{reasons:?}");
    // The subtotal below all projects holds all the same.
    assert!(!ids(&json).contains(&"ledger-subtotal-differs"), "{json}");
}

#[test]
fn where_no_project_of_the_ledger_is_the_evaluated_one_nothing_is_added() {
    let others = PROJECTS.replace("农村公路养护", "县道大修");
    let json = reconciled(&[SELF, ("明细账", &others)]);
    assert_eq!(json["ledger"]["spending"], Value::Null, "{json}");
    assert!(ids(&json).contains(&"ledger-not-summed"));
    let unnamed = PROJECTS.replace("养护工程 | 农村公路养护 | 350000", "养护工程 | | 350000");
    let json = reconciled(&[SELF, ("明细账", &unnamed)]);
    assert_eq!(json["ledger"]["spending"], Value::Null, "{json}");
    // A single project is the ledger's, whatever it is called there.
    let single = PROJECTS.replace("危桥改造", "公路养护专项").replace("农村公路养护", "公路养护专项");
    let json = reconciled(&[SELF, ("明细账", &single)]);
    assert_eq!(json["ledger"]["spending"], "1250000", "{json}");
}

#[test]
fn thousands_are_converted_and_units_that_cannot_be_are_refused() {
    let ledger = |unit: &str| {
        format!(
            "项目支出明细账\n单位：{unit}\n日期 | 凭证字号 | 摘要 | 借方金额 | 贷方金额\n2022-01-10 | 记-1 | 付养护工程款 | 600.5 | \n2022-03-05 | 记-2 | 付养护工程尾款 | 349.5 | \n"
        )
    };
    let json = reconciled(&[SELF, ("明细账", &ledger("千元"))]);
    assert_eq!(json["ledger"]["spending"], "950000", "{json}");
    assert_eq!(json["reconciliation"][0]["status"], "agrees");
    for unit in ["百元", "美元", "百万元"] {
        let json = reconciled(&[SELF, ("明细账", &ledger(unit))]);
        assert_eq!(json["ledger"]["spending"], Value::Null, "{unit} {json}");
        assert!(ids(&json).contains(&"ledger-not-summed"), "{unit}");
    }
}
