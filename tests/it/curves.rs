//! Work that grows with the workbook, and no faster; numbers that no program can reckon with.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{jixiao, score};
use crate::workbook_pages::write;

/// A score sheet of twenty indicators.
fn sheet(project: usize, weight: &str) -> String {
    let rows: String = (0..20)
        .map(|number| format!("产出 | 产出数量 | 指标{number} | {weight} | 达到目标得满分，每低1个百分点扣0.5分 | 完成率96% | |\n"))
        .collect();
    format!(
        "项目支出绩效评分表\n项目名称 | 道路养护{project}\n一级指标 | 二级指标 | 三级指标 | 分值 | 评分标准 | 评价情况 | 得分 | 扣分原因\n{rows}合计 | | | 100\n"
    )
}

/// How long a workbook of so many score sheets takes, written back.
fn time_of(sheets: usize, folder: &Path) -> Duration {
    let pages: Vec<(String, String)> =
        (0..sheets).map(|number| (format!("评分表{number}"), sheet(number, "5"))).collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    let file = write(&pages, folder);
    let start = Instant::now();
    let output =
        jixiao(["score".as_ref(), file.as_os_str(), "--out".as_ref(), folder.join("out.xlsx").as_os_str()]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    start.elapsed()
}

#[test]
fn score_sheets_of_one_workbook_take_time_in_proportion() {
    // Other tests run beside this one: the best of a few runs counts.
    let grows = |_| {
        let folder = tempfile::tempdir().expect("a folder");
        let few = time_of(10, folder.path());
        time_of(80, folder.path()).as_secs_f64() / few.as_secs_f64()
    };
    let least = (0..3).map(grows).find(|ratio| *ratio < 13.0);
    assert!(least.is_some(), "eight times the sheets take far more than eight times the time");
}

#[test]
fn points_that_no_form_deals_out_are_a_finding_at_their_cell() {
    for (weight, taken) in [
        ("1000000000000000", false),
        ("100000000000000000000", false),
        ("100001", false),
        ("15.11111111111111分", false),
        ("15.1111111111111", true),
        ("100000", true),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let rows = sheet(1, "5").replacen("指标0 | 5 |", &format!("指标0 | {weight} |"), 1);
        let file = write(&[("评分表", &rows)], folder.path());
        let scored = score(&file, &folder.path().join("out"));
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let all = scored.json["findings"].as_array().expect("findings");
        let found: Vec<_> = all.iter().filter(|f| f["id"] == "weight-not-read").collect();
        assert_eq!(found.is_empty(), taken, "{weight}: {found:?}");
        if !taken {
            assert_eq!(word(&found[0]["cell"]), "'评分表'!D4", "{weight}");
            assert!(word(&found[0]["message"]).contains("过大或位数过多"), "{weight}: {found:?}");
        }
    }
}
