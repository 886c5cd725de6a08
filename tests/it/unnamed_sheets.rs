//! Sheets that may be ledgers though nobody knows their titles, and sheets that are none though they look like one: each is
//! said, by every command, by its right name.

use serde_json::Value;

use crate::findings::SELF;
use crate::support::jixiao;
use crate::workbook_pages::{self, Page};

const LEDGER: Page<'_> = (
    "支出明细账",
    "支出明细账
日期 | 凭证号 | 摘要 | 金额
2022-02-08 | 12 | 付工程款 | 480000
2022-05-17 | 45 | 付材料款 | 365000.5
2022-08-03 | 78 | 付尾款 | 104999.5",
);

fn texts(pages: &[Page<'_>]) -> [String; 3] {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_pages::write(pages, folder.path());
    ["reconcile", "check", "score"].map(|command| {
        let mut args = vec![command.as_ref(), path.as_os_str()];
        if command == "score" {
            args.extend(["--out".as_ref(), folder.path().as_os_str()]);
        }
        String::from_utf8(jixiao(args).stdout).unwrap()
    })
}

fn reconciled(pages: &[Page<'_>]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook_pages::write(pages, folder.path());
    let output = jixiao(["reconcile".as_ref(), path.as_os_str(), "--json".as_ref()]);
    serde_json::from_slice(&output.stdout).expect("a JSON object")
}

#[test]
fn a_sheet_of_amounts_under_unknown_titles_is_said_by_every_command() {
    for rows in [
        "票据 | 摘由 | 付讫/元\n记1 | 工程款 | 480000\n记2 | 材料款 | 365000.5\n记3 | 尾款 | 240000",
        "票据 | 摘由 | 付讫\n记1 | 工程款 | '480,000.00\n记2 | 材料款 | '365,000.50\n记3 | 尾款 | '240,000.00",
        "名头 | 钱\n工程款 | 12.35\n材料款 | 36.55\n尾款 | 240.15",
        "时点 | 票据 | 摘由 | 付讫\n2022-02-08 | 记1 | 工程款 | 480000\n2022-05-17 | 记2 | 材料款 | 365000.5\n2022-08-03 | 记3 | 尾款 | 24",
    ] {
        for text in texts(&[SELF, ("附表", rows)]) {
            assert!(text.contains("工作表“附表”") && text.contains("没有用它对账"), "{rows}: {text}");
        }
    }
    for rows in [
        "路段 | 里程 | 条数\n甲 | 3.5 | 12\n乙 | 4.5 | 22\n丙 | 1 | 3",
        "年份 | 名称\n2020 | 甲\n2021 | 乙\n2022 | 丙",
        "序号 | 事项\n1 | 甲\n2 | 乙\n3 | 丙",
    ] {
        for text in texts(&[SELF, ("附表", rows)]) {
            assert!(!text.contains("没有用它对账"), "{rows}: {text}");
        }
    }
}

#[test]
fn what_may_be_a_part_of_a_ledger_keeps_its_total_open() {
    let more = "时点 | 票据 | 摘由 | 付讫\n2022-09-08 | 记1 | 工程款 | 1000.5\n2022-10-17 | 记2 | 材料款 | 2000.5\n2022-11-03 | 记3 | 尾款 | 3000";
    let json = reconciled(&[SELF, LEDGER, ("附表", more)]);
    assert_eq!(json["ledger"]["spending"], Value::Null, "{json}");
    let no_days = "名头 | 钱\n工程款 | 12.35\n材料款 | 36.55\n尾款 | 240.15";
    let json = reconciled(&[SELF, LEDGER, ("附表", no_days)]);
    assert_eq!(json["ledger"]["spending"], "950000", "{json}");
    assert!(json["findings"].as_array().unwrap().iter().any(|f| f["id"] == "sheet-not-recognised"), "{json}");
}

#[test]
fn a_summary_of_accounts_is_named_and_is_no_ledger() {
    let of = |title: &str, head: &str| {
        format!(
            "{title}\n2022年度 | | | 单位：元\n{head}\n500103 | 公路养护 | 950000 | 0\n合计 | | 950000 | 0"
        )
    };
    let summary = of("科目汇总表", "科目编码 | 科目名称 | 借方发生额 | 贷方发生额");
    for rows in [
        summary.clone(),
        of("科目余额表", "科目代码 | 科目名称 | 本期借方 | 本期贷方"),
        of("试算平衡表", "科目编号 | 会计科目 | 借方 | 贷方"),
    ] {
        let json = reconciled(&[SELF, LEDGER, ("汇总", &rows)]);
        assert_eq!(json["ledger"]["spending"], "950000", "{json}");
        let ids: Vec<&str> =
            json["findings"].as_array().unwrap().iter().filter_map(|f| f["id"].as_str()).collect();
        assert_eq!(ids, ["form-not-scored"], "{json}");
    }
    for text in texts(&[SELF, ("汇总", &summary)]) {
        assert!(text.contains("是科目汇总表（科目余额表），只有各科目的合计"), "{text}");
    }
}

/// What a budget asks for by quantity and price is named, and is no ledger: nobody is told to mend it as one. What calls itself
/// spent is one, prices or not.
#[test]
fn an_estimate_of_costs_is_named_and_is_no_ledger() {
    let rows = "序号 | 支出内容 | 数量 | 计量单位 | 单价（元） | 金额 | 测算依据\n1 | 苗木 | 1200 | 株 | 50 | 6 | 近三年招标价\n2 | 管护 | 10 | 人 | 3000 | 3 | 补助标准\n3 | 档案 | | | | 1.5 | 按任务量估算\n合计 | | | | | 10.5 |";
    let titled = |title: &str| format!("{title}\n | | | | | | 单位：万元\n{rows}");
    let short = "2022年度公路养护资金测算表\n支出内容 | 金额 | 测算依据\n苗木 | 60000 | 招标价\n管护 | 30000 | 补助标准\n合计 | 90000 |";
    for rows in
        [titled("公路养护资金测算明细表"), titled("公路养护支出概算"), titled("附表"), short.to_owned()]
    {
        for text in texts(&[SELF, ("测算", &rows)]) {
            assert!(text.contains("作为资金测算表认出：没有用它对账"), "{rows}: {text}");
            for wrong in ["未能得出支出合计", "栏目确认", "该列未采用", "更正明细账"] {
                assert!(!text.contains(wrong), "{rows}: {wrong}: {text}");
            }
        }
        let json = reconciled(&[SELF, LEDGER, ("测算", &rows)]);
        assert_eq!(json["ledger"]["spending"], "950000", "{json}");
    }
    for spent in [
        titled("公路养护支出明细表"),
        "公路养护支出明细账\n日期 | 凭证号 | 摘要 | 数量 | 单价 | 金额\n2022-02-08 | 12 | 苗木 | 10 | 50 | 500\n2022-03-08 | 13 | 管护 | 1 | 300 | 300".to_owned(),
    ] {
        for text in texts(&[SELF, ("支出", &spent)]) {
            assert!(!text.contains("资金测算表"), "{spent}: {text}");
        }
    }
}
