//! The budget block of self-evaluation forms: what its rate is of, and what becomes of its total row.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::book::write;
use crate::findings::{SELF, changed};
use crate::support::{indicator, jixiao};

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
