//! What a ledger says of each row: whether its money was spent, in which currency and unit it is, that it is only carried from
//! page to page. It counts, is listed with a reason, or is left to a person at its cell.

use std::ffi::OsStr;

use serde_json::Value;

use crate::support::jixiao;
use crate::workbook_pages;

/// A ledger of these rows, reconciled.
fn reconciled(rows: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_pages::write(&[("账", rows)], folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str(), OsStr::new("--json")]);
    serde_json::from_slice(&output.stdout).expect("a JSON object")
}

/// Rows that were not added: row, amount, the beginning of why.
fn left_out(json: &Value) -> Vec<(u64, String, String)> {
    let rows = json["ledger"]["excluded"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.map(|row| (row["row"].as_u64().unwrap(), text(&row["amount"]), text(&row["reason"]))).collect()
}

#[track_caller]
fn comes_to(json: &Value, total: &str, what: &str) {
    assert_eq!(json["ledger"]["spending"], total, "{what}: {json}");
    assert_eq!(json["findings"], serde_json::json!([]), "{what}");
}

/// No total; the cell that shows why.
#[track_caller]
fn refused_at(json: &Value, cell: &str, what: &str) {
    assert_eq!(json["ledger"]["spending"], Value::Null, "{what}: {json}");
    let mut cells = json["findings"].as_array().unwrap().iter().map(|finding| finding["cell"].as_str());
    assert!(cells.any(|at| at == Some(&format!("'账'!{cell}"))), "{what}: {json}");
}

const TITLE: &str = "支出明细账\n";

/// Three payments, and this one, each in a state.
fn with_state(title: &str, states: [&str; 4], amount: &str, more: &str) -> Value {
    let [first, second, third, last] = states;
    reconciled(&format!(
        "{TITLE}日期 | 凭证号 | 摘要 | 金额 | {title}
         2023-02-08 | 12 | 付工程款 | 480000 | {first}
         2023-05-17 | 45 | 付材料款 | 365000.5 | {second}
         2023-08-03 | 78 | 付尾款 | 240000 | {third}
         2023-09-01 | 99 | 付监理费 | {amount} | {last}
         {more}"
    ))
}

const SPENT: &str = "1085000.5";

#[test]
fn what_was_returned_or_void_is_listed_and_no_spending() {
    for (title, usual, void) in [
        ("支付状态", "支付成功", "已退回"),
        ("支付状态", "已支付", "已退票"),
        ("单据状态", "已记账", "已作废"),
        ("作废标志", "", "作废"),
        ("付款状态", "成功", "支付失败"),
    ] {
        let json = with_state(title, [usual, usual, usual, void], "12000", "");
        comes_to(&json, SPENT, void);
        let [(row, amount, why)] = &left_out(&json)[..] else { panic!("{json}") };
        assert_eq!(
            (*row, amount.as_str(), why.as_str()),
            (6, "12000", "状态写明已退回、作废等，没有支出"),
            "{void}"
        );
    }
}

#[test]
fn a_state_that_nobody_knows_keeps_the_total_open_at_its_cell() {
    for state in ["待复核", "退款成功", "已冲销", "支付中"] {
        refused_at(&with_state("支付状态", ["成功", "成功", "成功", state], "12000", ""), "E6", state);
    }
}

#[test]
fn what_may_be_taken_back_twice_is_left_to_a_person() {
    let states = ["支付成功", "支付成功", "支付成功", "已退回"];
    let back = "2023-09-03 | 100 | 冲销付监理费 | -12000 | 支付成功";
    let json = with_state("支付状态", states, "12000", back);
    assert_eq!(json["ledger"]["spending"], Value::Null, "{json}");
    let other = "2023-09-03 | 100 | 退回多付材料款 | -5000.5 | 支付成功";
    assert_eq!(with_state("支付状态", states, "12000", other)["ledger"]["spending"], "1080000");
    // A state beside a negative amount: the state of what?
    refused_at(&with_state("支付状态", states, "-12000", ""), "D6", "a negative amount");
}

#[test]
fn a_sum_may_be_with_what_was_returned_or_without_it() {
    let states = ["支付成功", "支付成功", "支付成功", "已退回"];
    for sum in ["1085000.5", "1097000.5"] {
        comes_to(&with_state("支付状态", states, "12000", &format!("合计 | | | {sum} |")), SPENT, sum);
    }
    let wrong = with_state("支付状态", states, "12000", "合计 | | | 1090000 |");
    assert!(
        wrong["findings"].as_array().unwrap().iter().any(|f| f["id"] == "ledger-subtotal-differs"),
        "{wrong}"
    );
    let balance = |second: &str, third: &str| {
        reconciled(&format!(
            "{TITLE}日期 | 凭证号 | 摘要 | 借方 | 贷方 | 余额 | 状态
             2023-02-08 | 12 | 付工程款 | 480000 | | 480000 | 已记账
             2023-05-17 | 45 | 付材料款 | 365000 | | {second} | 作废
             2023-08-03 | 78 | 付尾款 | 240000 | | {third} | 已记账"
        ))
    };
    comes_to(&balance("480000", "720000"), "720000", "the balance is without it");
    comes_to(&balance("845000", "1085000"), "720000", "the balance is with it");
}

#[test]
fn each_row_is_in_its_own_unit() {
    let with = |amount: &str, rows: [(&str, &str); 3]| {
        let [a, b, c] = rows.map(|(amount, unit)| format!("{amount} | {unit}"));
        reconciled(&format!(
            "{TITLE}日期 | 凭证号 | 摘要 | {amount} | 单位
             2023-02-08 | 12 | 付工程款 | {a}
             2023-05-17 | 45 | 付材料款 | {b}
             2023-08-03 | 78 | 付尾款 | {c}"
        ))
    };
    comes_to(&with("金额", [("480000", "元"), ("24", "万元"), ("5.5", "千元")]), "725500", "each its own");
    comes_to(&with("金额", [("48", "万元"), ("24", "万元"), ("0.55", "万元")]), "725500", "all the same");
    comes_to(
        &with("金额（万元）", [("48", "万元"), ("24", "万元"), ("0.55", "万元")]),
        "725500",
        "that of the title",
    );
    refused_at(
        &with("金额（元）", [("480000", "元"), ("24", "万元"), ("5500", "元")]),
        "E4",
        "against the title",
    );
    let json = reconciled(
        "支出明细账\n2023年度 | | | 单位：元\n日期 | 凭证号 | 摘要 | 金额 | 单位
         2023-02-08 | 12 | 付工程款 | 48 | 万元
         2023-05-17 | 45 | 付材料款 | 24 | 万元",
    );
    refused_at(&json, "E4", "no row in the unit of the head");
}

#[test]
fn another_currency_is_never_added_and_the_cell_is_named() {
    for (title, usual, other) in [
        ("币种", "人民币", "USD"),
        ("币种", "人民币", "港元"),
        ("汇率", "1", "7.1428"),
        ("币别", "CNY", "欧元"),
    ] {
        refused_at(&with_state(title, [usual, usual, usual, other], "28000", ""), "E6", other);
    }
    let own = "日期 | 凭证号 | 摘要 | 币种 | 原币金额 | 汇率 | 本币金额
        2023-02-08 | 12 | 付工程款 | 人民币 | 480000 | 1 | 480000
        2023-05-17 | 45 | 付设备款 | 美元 | 1000 | 7.12 | 7120";
    comes_to(&reconciled(&format!("{TITLE}{own}")), "487120", "in the home currency beside it");
}

#[test]
fn what_is_carried_to_the_next_page_is_listed_as_such() {
    let head = "日期 | 凭证号 | 摘要 | 借方金额 | 贷方金额\n";
    for (below, above) in
        [("过次页", "承前页"), ("转下页：", "接上页"), ("结转下页", "上页结转"), ("转次页合计", "承前页合计")]
    {
        let json = reconciled(&format!(
            "{TITLE}{head}2023-02-08 | 12 | 付工程款 | 480000 |
             2023-05-17 | 45 | 付材料款 | 365000.5 |
              | | {below} | 845000.5 |
             {head} | | {above} | 845000.5 |
             2023-08-03 | 78 | 付尾款 | 240000 |"
        ));
        comes_to(&json, SPENT, below);
        let rows = left_out(&json);
        assert_eq!(rows.iter().map(|(row, ..)| *row).collect::<Vec<_>>(), [5, 7], "{below}");
        assert!(
            rows.iter().all(|(_, amount, why)| amount == "845000.5" && why.starts_with("承前页（过次页）行")),
            "{rows:?}"
        );
    }
}

#[test]
fn an_amount_with_a_unit_of_its_own_is_read_in_it() {
    let with = |amount: &str| {
        reconciled(&format!(
            "{TITLE}2023年度 | | | 单位：元\n日期 | 凭证号 | 摘要 | 金额\n2023-02-08 | 12 | 付款 | {amount}\n2023-05-17 | 45 | 付款 | 0.5"
        ))
    };
    for amount in
        ["480000{#,##0.00,\"千元\"}", "48{0.0\"万元\"}", "'480.00千元", "'48万元", "480000{0!.0,\"万元\"}"]
    {
        comes_to(&with(amount), "480000.5", amount);
    }
    for amount in ["6.4{0.0\"万元/公里\"}", "480{0\"千\"}", "480000{0,}"] {
        assert_eq!(with(amount)["ledger"]["spending"], Value::Null, "{amount}");
    }
}
