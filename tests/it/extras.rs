//! Points beyond the whole on the returned sheet: its formulas come to the same total, and print no double sign.

use crate::libreoffice::{cells, differences};
use crate::support::{Scored, indicator, jixiao, score};
use crate::workbook_pages::{Page, write};
use jixiao::inner::sheet::Value;

/// A self-evaluation form with rows of its own behind the 100 points.
fn form(extra: &str, total: &str, note: &str) -> String {
    format!(
        "
项目支出绩效自评表
项目名称 | 苗圃建设
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标（60分） | 数量指标 | 育苗面积 | ≥20亩 | 20亩 | 60 | |
效益指标（40分） | 社会效益指标 | 用工人数 | ≥30人 | 27人 | 40 | | 用工短缺
{extra}
总分 | | | | | 100 | {total} |
评价等级 | | | | | | |
{note}
"
    )
}

fn scored(text: &str) -> (tempfile::TempDir, Scored) {
    let folder = tempfile::tempdir().expect("a folder");
    let page: Page<'_> = ("自评表", text);
    let file = write(&[page], folder.path());
    let out = folder.path().join("out");
    let scored = score(&file, &out);
    (folder, scored)
}

fn total(scored: &Scored) -> [String; 3] {
    let score = &scored.json["score"];
    ["total", "full", "grade"].map(|key| score[key].as_str().unwrap_or_default().to_owned())
}

const BONUS: &str = "附加分（5分） | 加分项 | 省级示范基地 | ≥1个 | 1个 | 5 | 5 |";

#[test]
fn a_bonus_is_earned_above_the_whole() {
    let (_folder, scored) = scored(&form(BONUS, "", ""));
    assert_eq!(total(&scored), ["101", "100", "优"]);
    assert_eq!(cells(&scored.path)["'自评表'!G7"].0, Value::Number(101.into()));
    assert_eq!(differences(&scored.path), Vec::<String>::new());
}

#[test]
fn what_of_a_bonus_is_not_earned_is_not_taken_off() {
    let (_folder, scored) = scored(&form(&BONUS.replace("| 5 | 5 |", "| 5 | 2 |"), "", ""));
    assert_eq!(total(&scored), ["98", "100", "优"]);
    assert!(indicator(&scored.json, "省级示范基地")["deduction"].is_null());
    assert_eq!(cells(&scored.path)["'评分汇总'!E6"].0, Value::Text("—".to_owned()));
    assert_eq!(differences(&scored.path), Vec::<String>::new());
}

#[test]
fn a_stated_cap_is_kept() {
    let (_folder, scored) = scored(&form(BONUS, "", "注：加分后总分不超过100分。"));
    assert_eq!(total(&scored), ["100", "100", "优"]);
    assert_eq!(cells(&scored.path)["'自评表'!G7"].0, Value::Number(100.into()));
    assert_eq!(differences(&scored.path), Vec::<String>::new());
}

#[test]
fn a_penalty_takes_off_however_it_is_typed() {
    for typed in ["-7", "7"] {
        let row = format!("扣分项 | 扣分项 | 违规使用资金 | | 1起 | 10 | {typed} | 已整改");
        let (_folder, scored) = scored(&form(&row, "", ""));
        assert_eq!(total(&scored), ["89", "100", "良"], "{typed}");
        assert_eq!(cells(&scored.path)["'自评表'!G7"].0, Value::Number(89.into()), "{typed}");
        assert_eq!(differences(&scored.path), Vec::<String>::new(), "{typed}");
    }
}

#[test]
fn what_nobody_has_given_yet_waits() {
    let row = "附加分 | 加分项 | 省级示范基地 | ≥1个 | 1个 | 5 | |\n扣分项 | 扣分项 | 违规使用资金 | | 0起 | 10 | |";
    let (_folder, scored) = scored(&form(row, "", ""));
    assert_eq!(total(&scored)[2], "");
    assert_eq!(indicator(&scored.json, "省级示范基地")["state"], "pending");
    assert_eq!(indicator(&scored.json, "违规使用资金")["state"], "pending");
    assert_eq!(differences(&scored.path), Vec::<String>::new());
}

#[test]
fn a_bonus_with_a_criterion_is_computed() {
    let page: Page<'_> = (
        "评分表",
        "
苗圃建设项目支出绩效评价评分表
项目名称：苗圃建设
一级指标 | 二级指标 | 三级指标 | 分值 | 评分标准 | 指标值 | 实际完成值 | 得分
产出 | 产出数量 | 育苗面积 | 100 | 达到指标值得满分，未达到的按完成比例得分。 | 20亩 | 20亩 |
附加分 | 附加分 | 示范基地 | 4 | 达到指标值得满分，未达到的按完成比例得分。 | 4个 | 3个 |
合计 | | | 100 | | | |
",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&write(&[page], folder.path()), &folder.path().join("out"));
    assert_eq!(total(&scored), ["103", "100", "优"]);
    assert_eq!(differences(&scored.path), Vec::<String>::new());
}

#[test]
fn a_score_above_its_points_prints_no_double_sign() {
    let text = form("", "101", "").replace("27人 | 40 | |", "明显 | 40 | 41 |").replace("≥30人", "明显改善");
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(&[("自评表", text.as_str())], folder.path());
    let out = folder.path().join("out");
    let output = jixiao(["score".as_ref(), file.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    // What is more than can be earned does not stand: the indicator waits, and the fault is said.
    assert!(said.contains("填报得分 41 分，超过分值 40 分"), "{said}");
    assert!(!said.contains("−-"), "{said}");
    let written =
        std::fs::read_dir(&out).expect("a folder").next().expect("a workbook").expect("a file").path();
    for (at, (value, _)) in cells(&written) {
        let Value::Text(text) = value else { continue };
        assert!(!text.contains("扣-") && !text.contains("−-"), "{at}: {text}");
    }
    assert_eq!(differences(&written), Vec::<String>::new());
}
