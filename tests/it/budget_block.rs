//! The budget block of self-evaluation forms: what its rate is of, and what becomes of its total row.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::findings::{SELF, changed};
use crate::libreoffice::differences;
use crate::support::{indicator, jixiao, score as scored};
use crate::workbook_pages::write;

/// The report of the self-evaluation form with these titles and this total row, under a mapping of these lines.
fn report(titles: &str, row: &str, mapping: &str) -> Value {
    let pages = changed(
        &[SELF],
        &[
            ("年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分", titles),
            ("100 | 100 | 95 | 10 | 95% | 9.5", row),
        ],
    );
    let pages: Vec<_> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(&pages, folder.path());
    let path = folder.path().join("映射.toml");
    let text = format!(
        "schema = 1\nname = \"县\"\nkind = \"self-evaluation\"\nextends = \"self-evaluation\"\n{mapping}\n"
    );
    fs::write(&path, text).expect("a mapping");
    let args: [&Path; 5] = ["check".as_ref(), &file, "--json".as_ref(), "--mapping".as_ref(), &path];
    let output = jixiao(args);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn execution(report: &Value, name: &str) -> [String; 4] {
    let found = indicator(report, name);
    ["level1", "target", "score", "state"].map(|key| found[key].as_str().unwrap_or_default().to_owned())
}

#[test]
fn the_rate_is_of_what_the_form_says() {
    let plain = "年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分";
    let lettered = "年初预算数（A） | 调整后预算数 | 全年执行数（B） | 分值 | 执行率（B/A） | 得分";
    let row = "100 | 120 | 90 | 10 | |";
    for (titles, mapping, target, score) in [
        (plain, "", "120万元", "7.5"),
        (lettered, "", "100万元", "9"),
        (plain, "[budget]\nbase = \"budget\"", "100万元", "9"),
        (lettered, "[budget]\nbase = \"adjusted\"", "120万元", "7.5"),
    ] {
        let report = report(titles, row, mapping);
        let expected = ["预算执行", target, score, "computed"];
        assert_eq!(execution(&report, "预算执行率"), expected, "{titles} {mapping}");
    }
    // No amount of the whole year: that of its beginning.
    assert_eq!(execution(&report(plain, "100 | | 90 | 10 | |", ""), "预算执行率")[2], "9");
}

#[test]
fn a_blank_amount_leaves_the_points_to_a_person() {
    let plain = "年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分";
    let waiting = report(plain, "100 | 100 | | 10 | |", "");
    assert_eq!(execution(&waiting, "预算执行率")[3], "pending");
    assert_eq!(
        (waiting["score"]["full"].as_str(), waiting["score"]["complete"].as_bool()),
        (Some("100"), Some(false))
    );
    let judged = report(plain, "100 | 100 | | 10 | | 8", "");
    assert_eq!(execution(&judged, "预算执行率")[2..], ["8", "judged"]);
}

#[test]
fn a_mapping_says_how_the_row_is_scored() {
    let plain = "年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分";
    let rule = "[budget.execution]\nlevel1 = \"过程\"\nname = \"资金使用率\"\ncriterion = \"按完成比例得分，低于96%不得分。\"";
    let report = report(plain, "100 | 100 | 95 | 10 | |", rule);
    assert_eq!(execution(&report, "资金使用率"), ["过程", "100万元", "0", "computed"]);
}

/// Its findings of these kinds, each with the last letter of its cell and what is said.
fn said(report: &Value, ids: &[&str]) -> Vec<String> {
    let findings = report["findings"].as_array().expect("findings");
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let ours = findings.iter().filter(|finding| ids.contains(&text(finding, "id").as_str()));
    ours.map(|finding| format!("{} {}", text(finding, "id"), text(finding, "message"))).collect()
}

#[test]
fn the_setting_says_which_budget_counts_and_the_other_is_said() {
    let plain = "年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分";
    let national = "年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分";
    let ends = "请核对预算调整的批复。";
    for (titles, mapping, score, message) in [
        (plain, "", "7.5", "预算执行率按调整后预算数120万元计算，得7.5分（按年初预算数100万元计算为9分）"),
        (national, "", "7.5", "预算执行率按调整后预算数120万元计算，得7.5分（按年初预算数100万元计算为9分）"),
        (
            plain,
            "target_base = \"initial\"",
            "9",
            "预算执行率按年初预算数100万元计算，得9分（按调整后预算数120万元计算为7.5分）",
        ),
        (
            national,
            "target_base = \"initial\"",
            "9",
            "预算执行率按年初预算数100万元计算，得9分（按调整后预算数120万元计算为7.5分）",
        ),
        // What is said of the budget alone goes before what is said of targets and budgets.
        (
            plain,
            "target_base = \"initial\"\n[budget]\nbase = \"adjusted\"",
            "7.5",
            "预算执行率按调整后预算数120万元计算，得7.5分（按年初预算数100万元计算为9分）",
        ),
    ] {
        let report = report(titles, "100 | 120 | 90 | 10 | |", mapping);
        assert_eq!(execution(&report, "预算执行率")[2], score, "{titles} {mapping}");
        assert_eq!(said(&report, &["budget-adjusted"]), [format!("budget-adjusted {message}，{ends}")]);
    }
}

/// Columns of what was added to a budget or taken from it, each word by itself.
#[test]
fn amounts_added_to_the_only_budget_keep_the_grade_open() {
    for title in [
        "追加预算数",
        "追减预算数",
        "预算调增数",
        "预算调减数",
        "预算增减数",
        "预算调整数",
        "收回数",
        "核减数",
        "核增数",
        "上年结转",
    ] {
        // 预算调整数 alone may be read as the adjusted budget itself, where its amounts do not speak against it.
        let titles = format!("年初预算数 | {title} | 全年执行数 | 分值 | 执行率 | 得分");
        let asked = |amount: &str| {
            let report = report(&titles, &format!("100 | {amount} | 95 | 10 | 95% | 9.5"), "");
            let asked = !said(&report, &["column-not-read", "column-guessed"]).is_empty();
            (asked, report["score"]["grade"].is_null(), execution(&report, "预算执行率")[2].clone())
        };
        assert_eq!(asked("20"), (true, true, "9.5".to_owned()), "{title}");
        for nothing in ["0", "", "0{0.00}"] {
            assert_eq!(asked(nothing), (false, false, "9.5".to_owned()), "{title} {nothing:?}");
        }
    }
}

/// Beside the budget of the whole year they are asked about where they do not add up to it.
#[test]
fn amounts_added_to_a_budget_are_asked_about_unless_they_add_up() {
    let open = |title: &str, row: &str| {
        let titles = format!("年初预算数 | {title} | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分");
        let report = report(&titles, row, "");
        (!said(&report, &["column-not-read"]).is_empty(), report["score"]["grade"].is_null())
    };
    for title in ["追加预算数", "预算调增数", "预算增减数", "核增数", "上年结转"] {
        assert_eq!(open(title, "80 | 20 | 100 | 95 | 10 | 95% | 9.5"), (false, false), "{title}");
        assert_eq!(open(title, "120 | 20 | 100 | 95 | 10 | 95% | 9.5"), (true, true), "{title}");
    }
    assert_eq!(open("预算增减数", "120 | -20 | 100 | 95 | 10 | 95% | 9.5"), (false, false));
    for title in ["追减预算数", "预算调减数", "收回数", "核减数"] {
        assert_eq!(open(title, "120 | 20 | 100 | 95 | 10 | 95% | 9.5"), (false, false), "{title}");
        assert_eq!(open(title, "120 | -20 | 100 | 95 | 10 | 95% | 9.5"), (false, false), "{title}");
        assert_eq!(open(title, "80 | 20 | 100 | 95 | 10 | 95% | 9.5"), (true, true), "{title}");
    }
}

/// A number format that carries a unit, or divides what it shows, is a part of the amount; the formula follows the cell.
#[test]
fn units_of_number_formats_are_units_of_the_amounts() {
    let titles = "年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分";
    for row in [
        r#"100{0"万元"} | 100{0"万元"} | 900000{#,##0"元"} | 10 | 90% |"#,
        r#"100 | 100 | 900000{#,##0.00"元"} | 10 | 90% |"#,
        r#"1000000{0\.0,} | 1000000{0\.0,} | 90 | 10 | 90% |"#,
        r#"1000000{0\.0,"万元"} | 1000000{0\.0,"万元"} | 90 | 10 | 90% |"#,
        "100 | 100 | 900000元 | 10 | 90% |",
    ] {
        let report = report(titles, row, "");
        assert_eq!(execution(&report, "预算执行率")[2..], ["9", "computed"], "{row}");
        let wrong = ["execution-rate-differs", "spent-exceeds-budget", "money-unit-unknown"];
        assert!(said(&report, &wrong).is_empty(), "{row}: {}", report["findings"]);
        let pages = changed(
            &[SELF],
            &[
                ("100 | 100 | 95 | 10 | 95% | 9.5", row),
                ("合计 | | | | | 100 | 99.5", "合计 | | | | | 100 |"),
            ],
        );
        let pages: Vec<_> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
        let folder = tempfile::tempdir().expect("a folder");
        let file = write(&pages, folder.path());
        let returned = scored(&file, folder.path()).path;
        assert!(differences(&returned).is_empty(), "{row}");
    }
}

/// The same word in another unit is another amount.
#[test]
fn the_units_are_what_decides() {
    let titles = "年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分";
    let row = r#"100 | 100 | 950000{0"元"} | 10 | 90% | 9"#;
    let report = report(titles, row, "");
    let wrong = said(&report, &["execution-rate-differs", "execution-score-differs"]);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong.iter().any(|message| message.contains("应为 95%")), "{wrong:?}");
}
