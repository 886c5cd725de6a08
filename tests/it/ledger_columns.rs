//! Columns of ledgers: titles read from their words, content that bears them out or does not, and what no total is given
//! without.

use std::ffi::OsStr;

use jixiao::inner::sheet::Value as Shown;
use serde_json::Value;

use crate::findings::SELF;
use crate::libreoffice::cells;
use crate::person::{Act, edit};
use crate::support::{jixiao, score};
use crate::workbook_pages;

/// A ledger of these rows, reconciled.
fn reconciled(rows: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_pages::write(&[("明细账", &format!("支出明细账\n{rows}"))], folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str(), OsStr::new("--json")]);
    serde_json::from_slice(&output.stdout).expect("a JSON object")
}

fn messages(json: &Value, id: &str) -> Vec<String> {
    let findings = json["findings"].as_array().unwrap().iter().filter(|finding| finding["id"] == id);
    findings.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
}

/// A total, and nothing is said.
fn added(rows: &str, total: &str) {
    let json = reconciled(rows);
    assert_eq!(json["ledger"]["spending"], total, "{rows}\n{json}");
    assert_eq!(json["findings"], serde_json::json!([]), "{rows}");
}

/// No total, and the column is asked about.
fn asked(rows: &str, title: &str) {
    let json = reconciled(rows);
    assert_eq!(json["ledger"]["spending"], Value::Null, "{rows}\n{json}");
    let named = |id: &str| messages(&json, id).iter().any(|message| message.contains(title));
    assert!(named("column-not-read") && named("ledger-not-summed"), "{rows}\n{json}");
}

#[test]
fn a_ledger_is_read_whose_titles_only_words_tell() {
    added(
        "银行支付日期 | 支付令编号 | 摘要事由 | 本次支付金额 | 支出功能分类
         2022-01-10 | 1 | 付材料款 | 100.5 | 2130305
         2022-02-11 | 2 | 付工程款 | 200 | 2130305",
        "300.5",
    );
    added(
        "记账日 | 记账凭证编号 | 分录摘要 | 借方本位币 | 贷方本位币 | 借贷 | 账面余额 | 附单据数 | 制单人
         2022-01-10 | 记-1 | 付材料款 | 100.5 | | 借 | 100.5 | 2 | 张某
         2022-02-11 | 记-2 | 付工程款 | 200 | | 借 | 300.5 | 3 | 张某
         2022-03-11 | 记-3 | 退回多付款 | | 20 | 借 | 280.5 | 1 | 李某",
        "280.5",
    );
}

/// A list of what was bought and its money is no ledger: nothing says when or on which voucher.
#[test]
fn words_alone_make_no_ledger_of_a_table_without_days_and_vouchers() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "序号 | 支出事由 | 本次支付金额\n1 | 购买设备 | 100\n2 | 付工资 | 200";
    let path = workbook_pages::write(&[SELF, ("表1", rows)], folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str(), OsStr::new("--json")]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["ledger"], Value::Null, "{json}");
}

#[test]
fn amounts_that_are_guessed_are_added_up_and_asked_about() {
    let json = reconciled(
        "报销日期 | 凭证号 | 摘要 | 修缮支付金额
         2022-01-10 | 1 | 付材料款 | 100.5
         2022-02-11 | 2 | 付工程款 | 200",
    );
    assert_eq!(json["ledger"]["spending"], "300.5");
    let guessed = messages(&json, "column-guessed");
    assert!(guessed.len() == 1 && guessed[0].contains("“修缮支付金额”一栏（D列）"), "{guessed:?}");
}

#[test]
fn what_may_change_the_total_keeps_it_open() {
    let with = |title: &str, first: &str, second: &str| {
        format!(
            "日期 | 凭证号 | 摘要 | 金额 | {title}
             2022-01-10 | 1 | 付材料款 | 100.5 | {first}
             2022-02-11 | 2 | 付工程款 | 200 | {second}"
        )
    };
    for (title, first, second) in [
        ("退款金额", "", "50"),
        ("冲销金额", "0", "200"),
        ("支付状态", "已支付", "处理中"),
        ("作废标志", "", "是"),
        ("是否退款", "否", "是"),
        ("经办人", "12.5", "7.25"),
        ("币种", "人民币", "美元"),
        ("税额", "13", "26"),
        ("应付金额", "150", "200"),
        ("调节数", "7.5", ""),
        ("审定金额", "99", "200"),
        // A word that says it of its row, in whatever column.
        ("备查", "", "已退票"),
    ] {
        asked(&with(title, first, second), title);
    }
    // What is named is the cell that says otherwise, not the first of the column.
    let json = reconciled(&with("币种", "人民币", "美元"));
    for id in ["column-not-read", "ledger-not-summed"] {
        let said = messages(&json, id);
        assert!(said.iter().any(|message| message.contains("如E4“美元”")), "{said:?}");
    }
    for (title, first, second) in [
        ("退款金额", "", "0"),
        ("是否退款", "否", "否"),
        ("支付状态", "已支付", "支付成功"),
        ("币种", "人民币", "人民币"),
        ("原币金额", "100.5", "200"),
        ("指标余额", "9000", "8800"),
        ("其中：中央直达资金", "100", "50"),
        ("经办人", "张某", "李某"),
        ("收款人账号", "'6228480001234567", "'6228480001234568"),
        ("附件数", "12", "3"),
        ("支出功能分类", "2130305", "2130306"),
        ("页码", "1", "1"),
        ("调节数", "0", ""),
        ("备查", "见合同", "退回多余款一事另见说明"),
    ] {
        added(&with(title, first, second), "300.5");
    }
}

#[test]
fn arithmetic_proves_that_columns_are_parts_or_prices() {
    added(
        "日期 | 凭证号 | 摘要 | 不含税金额 | 税额 | 价税合计
         2022-01-10 | 1 | 购设备 | 100 | 13 | 113
         2022-02-11 | 2 | 购设备 | 200 | 26 | 226",
        "339",
    );
    let quantities = |amount: &str| {
        format!(
            "日期 | 凭证号 | 摘要 | 数量 | 单价 | 金额
             2022-01-10 | 1 | 购水管 | 3 | 20.5 | 61.5
             2022-02-11 | 2 | 购阀门 | 2 | 100 | {amount}"
        )
    };
    added(&quantities("200"), "261.5");
    asked(&quantities("100"), "数量");
}

#[test]
fn a_balance_that_does_not_run_with_the_entries_is_no_balance_of_theirs() {
    added(
        "日期 | 凭证号 | 摘要 | 金额 | 当前余额
         2022-01-10 | 1 | 付材料款 | 100 | 900
         2022-02-11 | 2 | 付工程款 | 200 | 700
         2022-03-11 | 3 | 付工程款 | 50 | 650",
        "350",
    );
}

#[test]
fn what_contradicts_its_title_is_not_read() {
    // The words say that amounts stand there.
    let json = reconciled(
        "日期 | 凭证号 | 摘要 | 金额 | 收付方向
         2022-01-10 | 1 | 付材料款 | 100 | 付
         2022-02-11 | 2 | 收退款 | 200 | 收",
    );
    assert_eq!(json["ledger"]["spending"], Value::Null, "{json}");
    assert!(messages(&json, "column-not-read")[0].contains("收付方向"), "{json}");
}

#[test]
fn the_columns_of_a_ledger_are_shown_and_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "支出明细账
日期 | 凭证号 | 摘要 | 本次支付金额 | 退款金额 | 经办人
2022-01-10 | 1 | 付材料款 | 100.5 | | 张某
2022-02-11 | 2 | 付工程款 | 200 | 50 | 李某";
    let path = workbook_pages::write(&[SELF, ("明细账", rows)], folder.path());
    let output = jixiao(["mapping".as_ref(), "show".as_ref(), path.as_os_str()]);
    let text = String::from_utf8(output.stdout).unwrap();
    for line in [
        "A列 日期 → date（依据：标题；2 个单元格）",
        "D列 本次支付金额 → amount（依据：标题构词；2 个单元格）",
        "E列 退款金额 → 没有采用，可能影响合计，请说明其含义（依据：不明；1 个单元格）",
        "F列 经办人 → 不影响合计：人员、单位、联系方式（依据：标题构词；2 个单元格）",
        "合计 18 个单元格：采用 8，本软件填写 0，不影响合计 9，没有采用 1",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let result = score(&path, folder.path());
    let account = result.json["account"].as_array().unwrap();
    let ledger = account.iter().find(|form| form["sheet"] == "明细账").unwrap();
    let asked: Vec<&Value> =
        ledger["columns"].as_array().unwrap().iter().filter(|c| c["asked"] == true).collect();
    assert!(asked.len() == 1 && asked[0]["title"] == "退款金额" && ledger["open"] == true, "{ledger}");
    // The question stands on 处理说明, and its answer is taken.
    let returned = cells(&result.path);
    let row = returned
        .iter()
        .find_map(|(at, (value, _))| {
            let row = at.strip_prefix("'处理说明'!A")?;
            matches!(value, Shown::Text(text) if text == "退款金额").then(|| row.to_owned())
        })
        .expect("the question");
    let Some((Shown::Text(words), _)) = returned.get(&format!("'处理说明'!B{row}")) else { panic!() };
    assert!(words.contains("说明其含义前不给出明细账合计"), "{words}");
    let answer = Act::Type {
        sheet: "处理说明", cell: format!("C{row}"), text: "说明文字（不参与评分）"
    };
    let again = score(&edit(&result.path, &[answer], folder.path()), &folder.path().join("再"));
    let account = again.json["account"].as_array().unwrap();
    let ledger = account.iter().find(|form| form["sheet"] == "明细账").unwrap();
    assert_eq!(ledger["open"], false, "{ledger}");
}

/// Of a ledger too long to be held only the beginning is seen when its columns are judged; the rest is watched.
#[test]
fn a_long_ledger_is_watched_to_its_end() {
    let long = |last: &str| {
        let mut text = "支出明细账\n日期,凭证号,摘要,金额,退款金额,支付状态\n".to_owned();
        for row in 1..=60_000 {
            text.push_str(&format!("2022-01-10,{row},付款,1,,已支付\n"));
        }
        text.push_str(last);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("明细账.csv");
        std::fs::write(&path, text).unwrap();
        let output = jixiao(["reconcile".as_ref(), path.as_os_str(), OsStr::new("--json")]);
        serde_json::from_slice::<Value>(&output.stdout).expect("a JSON object")
    };
    let sound = long("2022-02-11,60001,付款,1,0,已支付\n");
    assert_eq!(sound["ledger"]["spending"], "60001", "{}", sound["findings"]);
    let returned = long("2022-02-11,60001,付款,1,,已退回\n");
    assert_eq!(returned["ledger"]["spending"], "60000", "{}", returned["findings"]);
    assert_eq!(returned["ledger"]["excluded"][0]["row"], 60_003, "{}", returned["ledger"]["excluded"]);
    for last in ["2022-02-11,60001,付款,1,1,已支付\n", "2022-02-11,60001,付款,1,,处理中\n"] {
        let json = long(last);
        assert_eq!(json["ledger"]["spending"], Value::Null, "{last}");
        assert!(messages(&json, "ledger-row-not-read")[0].contains("前面各行没有或全部正常的栏目"), "{json}");
    }
}
