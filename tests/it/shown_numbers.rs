//! A number is what its cell shows: by the section of its format, with its sign, or not at all. What shows another number than
//! it holds is left to a person and said, in ledgers and in forms.

use serde_json::Value;

use crate::findings::SELF;
use crate::support::{indicator, jixiao, score};
use crate::workbook_pages;

/// A ledger whose last amount is this one.
fn ledger(amount: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let rows = format!(
        "支出明细账
         日期 | 凭证号 | 摘要 | 金额
         2023-02-08 | 12 | 付工程款 | 480000
         2023-05-17 | 45 | 收回多付工程款 | {amount}"
    );
    let path = workbook_pages::write(&[("账", &rows)], folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str(), "--json".as_ref()]);
    serde_json::from_slice(&output.stdout).expect("a JSON object")
}

#[test]
fn an_amount_is_what_its_cell_shows() {
    for (amount, total) in [
        ("-5000{#,##0.00;[Red]#,##0.00}", "475000"),
        ("-5000{#,##0.00_);(#,##0.00)}", "475000"),
        ("-5000{\"借\"0.00;\"贷\"0.00}", "475000"),
        ("-5000{[>=10000]0.00;0.00}", "475000"),
        ("-5000{[=0]\"\";General}", "475000"),
        ("5000{-0.00}", "475000"),
        ("20000{[>=10000]0!.0,\"万元\";0\"元\"}", "500000"),
        ("5000{[>=10000]0!.0,\"万元\";0\"元\"}", "485000"),
    ] {
        assert_eq!(ledger(amount)["ledger"]["spending"], total, "{amount}");
    }
    for (amount, why) in [
        ("-5000{#,##0.00;#,##0.00}", "不显示负号"),
        ("-5000{0.00;0.00;}", "不显示负号"),
        ("-5000{[<0]0.00;0.00}", "不显示负号"),
        ("5000{;;;}", "隐藏"),
        ("5000{\"已付\"}", "显示成文字"),
        ("-5000{-0.00}", "自带负号"),
    ] {
        let json = ledger(amount);
        assert_eq!(json["ledger"]["spending"], Value::Null, "{amount}");
        let findings = json["findings"].as_array().unwrap();
        let said = |finding: &Value| {
            finding["cell"] == "'账'!D4" && finding["message"].as_str().unwrap().contains(why)
        };
        assert!(findings.iter().any(said), "{amount}: {findings:?}");
    }
}

/// A form with another cell in the place of one.
fn form(old: &str, new: &str) -> Value {
    let rows = SELF.1.replace(old, new);
    assert_ne!(rows, SELF.1);
    // A score that the agency typed would stand where none is computed.
    let rows = rows.replace(" | 15 | 15 |", " | 15 | |").replace(" | 10 | 10 |", " | 10 | |");
    let folder = tempfile::tempdir().unwrap();
    score(&workbook_pages::write(&[(SELF.0, &rows)], folder.path()), folder.path()).json
}

#[test]
fn an_actual_is_what_its_cell_shows() {
    let of = |cell: &str| form("126公里", cell);
    let scored = |json: &Value| indicator(json, "养护公路里程")["score"].as_str().map(str::to_owned);
    assert_eq!(scored(&of("126{[>=100]0\"公里\";0.0\"公里\"}")).as_deref(), Some("15"));
    for (cell, why) in [
        ("-126{0\"公里\";0\"公里\"}", "不显示负号"),
        ("126{;;;}", "隐藏"),
        ("126{\"全部完成\"}", "显示成文字"),
    ] {
        let json = of(cell);
        assert_eq!(scored(&json), None, "{cell}");
        assert_eq!(json["score"]["grade"], Value::Null, "{cell}");
        let findings = json["findings"].as_array().unwrap();
        let said = |finding: &Value| {
            finding["id"] == "cell-not-readable" && finding["message"].as_str().unwrap().contains(why)
        };
        assert!(findings.iter().any(said), "{cell}: {findings:?}");
        // Why is said of the cell, not of a formula that there is none of.
        assert!(
            !findings.iter().any(|f| f["message"].as_str().unwrap().contains("改正公式")),
            "{findings:?}"
        );
    }
}

#[test]
fn a_percentage_with_a_sign_of_its_format_is_left_to_a_person() {
    for cell in ["0.92{-0%}", "-0.92{0%;0%}", "0.92{(0%)}"] {
        let json = form("92%", cell);
        assert_eq!(indicator(&json, "群众满意度")["score"], Value::Null, "{cell}");
    }
    for cell in ["0.92{0%;-0%}", "0.92{0.0%_);(0.0%)}"] {
        assert_eq!(indicator(&form("92%", cell), "群众满意度")["score"], "10", "{cell}");
    }
}

#[test]
fn an_amount_of_the_budget_that_is_not_shown_is_no_amount() {
    for cell in ["-95{0.00;0.00}", "95{;;;}"] {
        let json = form("| 100 | 100 | 95 |", &format!("| 100 | 100 | {cell} |"));
        assert_eq!(json["score"]["grade"], Value::Null, "{cell}: {}", json["score"]);
    }
}

/// The multiplier of a range belongs to both of its ends.
#[test]
fn both_ends_of_a_range_are_in_its_unit() {
    for (actual, below) in [("42000人", false), ("2.9万人", true), ("4万人", false)] {
        let json = form("≥120公里 | 126公里", &format!("3-5万人 | {actual}"));
        let shown = indicator(&json, "养护公路里程");
        assert_ne!(shown["score"], "0", "{actual}: {shown}");
        let messages = json["findings"].as_array().unwrap().iter().map(|f| f["message"].as_str().unwrap());
        let unmet = messages.filter(|message| message.contains("未达到")).count();
        assert!(below || unmet == 0, "{actual}: {}", json["findings"]);
    }
}
