//! What other agencies write likewise and mean otherwise: a target among explanations, 同上, a sheet that explains scores, a
//! project's name with and without 度. Each with a near one that must stay as it was.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Scored, found, indicator, jixiao, score};
use crate::workbook_pages::{Page, write};

fn scored(pages: &[Page<'_>]) -> Scored {
    let folder = tempfile::tempdir().expect("a folder");
    score(&write(pages, folder.path()), folder.path())
}

/// A self-evaluation of a department: `rows` come to 40 points beside 60 that are reached.
fn department(rows: &str) -> Scored {
    labelled("部门概况", rows)
}

/// The same with another label of what is told of it.
fn labelled(label: &str, rows: &str) -> Scored {
    let form = format!(
        "
2023年度部门整体支出绩效自评表
部门名称： | 青溪县文化馆 | | | | | |
{label} | 核定编制24名，年末实有22人，年中追加经费31.5万元。 | | | | | |
一级指标 | 二级指标 | 三级指标 | 分值 | 指标说明 | 评分标准 | 完成情况 | 自评得分
产出 | 履职 | 送戏下乡场次 | 60 | 年度目标≥120场 | 按完成比例得分 | 120场 | 60
{rows}
总计 | | | 100 | | | | "
    );
    scored(&[("自评表", &form)])
}

#[test]
fn a_proportion_is_of_a_target_that_the_explanation_states() {
    let of = department(
        "效果 | 效益 | 图书借阅增长率 | 20 | 目标值：≥8% | 按完成比例得分 | 6% | 15
效果 | 满意度 | 读者满意度 | 20 | 年度目标≥90%；由馆内问卷取得 | 同上 | 81% | 18",
    );
    assert_eq!(indicator(&of.json, "图书借阅增长率")["score"], "15");
    assert_eq!(indicator(&of.json, "读者满意度")["score"], "18");
    let accused = found(&of.json).into_iter().filter(|one| one["id"] == "stated-score-differs").count();
    assert_eq!(accused, 0);
}

#[test]
fn a_rate_without_a_target_is_no_proportion_unless_it_is_of_what_was_done() {
    let of = department(
        "效果 | 效益 | 图书借阅增长率 | 20 | 本年借阅量比上年 | 按完成比例得分 | 6% | 15
效果 | 满意度 | 修缮任务完成率 | 20 | 已完成任务除以全部任务 | 按完成比例得分 | 90% | 18",
    );
    assert_ne!(indicator(&of.json, "图书借阅增长率")["score"], "1.2");
    assert_ne!(indicator(&of.json, "图书借阅增长率")["state"], "computed");
    assert_eq!(indicator(&of.json, "修缮任务完成率")["score"], "18");
    assert_eq!(indicator(&of.json, "修缮任务完成率")["state"], "computed");
}

#[test]
fn two_targets_in_one_explanation_are_none_and_a_column_of_targets_comes_first() {
    let of = department(
        "效果 | 效益 | 图书借阅增长率 | 20 | 年度目标≥8%；年初目标≥10% | 按完成比例得分 | 6% | 15
效果 | 满意度 | 读者满意度 | 20 | 目标完成情况见年度总结 | 按完成比例得分 | 81% | 18",
    );
    assert_ne!(indicator(&of.json, "图书借阅增长率")["state"], "computed");
    assert_ne!(indicator(&of.json, "读者满意度")["state"], "computed");
}

#[test]
fn what_is_told_of_a_department_corrects_nothing_and_a_correction_still_does() {
    let said = |of: &Scored| found(&of.json).iter().filter(|one| shown(one).contains("像更正的文字")).count();
    let rows = "效果 | 效益 | 修缮任务完成率 | 40 | 年度目标100% | 按完成比例得分 | 100% | 40";
    assert_eq!(said(&department(rows)), 0);
    assert!(said(&labelled("数据核对", rows)) > 0);
}

fn shown(finding: &Value) -> String {
    finding["message"].as_str().unwrap_or_default().to_owned()
}

/// A self-evaluation; `project` is its project, `name` the indicator that is declared, too.
fn own(project: &str) -> String {
    format!(
        "
项目支出绩效自评表
（2023年度）
项目名称 | {project} | | | | |
主管部门 | 青溪县水务局 | 实施单位 | 青溪县水库管理所 | | |
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 巡查水库座数 | ≥20座 | 20座 | 60 | 60
效益指标 | 社会效益 | 下游受益人口 | ≥3000人 | 2700人 | 30 | 27
满意度指标 | 满意度 | 群众满意度 | ≥90% | 95% | 10 | 10
总分 | | | | | 100 | 97"
    )
}

#[test]
fn a_sheet_that_explains_deductions_is_no_project() {
    let whole = own("水库巡查经费");
    let explains = |score: &str| {
        format!(
            "
自评扣分情况说明表
序号 | 指标 | 分值 | 得分 | 扣分 | 计分方式 | 说明
1 | 下游受益人口 | 30 | {score} | 3 | 按完成比例 | 2700/3000=90%"
        )
    };
    let said = |pages: &[Page<'_>]| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = write(pages, folder.path());
        let args = ["score".as_ref(), file.as_os_str(), "--out".as_ref(), folder.path().as_os_str()];
        String::from_utf8(jixiao(args).stdout).expect("UTF-8")
    };
    let same = explains("27");
    let text = said(&[("附1", &whole), ("附2", &same)]);
    assert_eq!(text.matches("总分 ").count(), 1, "{text}");
    assert!(text.contains("总分 97 / 100") && text.contains("所列1项得分与该表一致"), "{text}");
    let other = explains("28");
    let text = said(&[("附1", &whole), ("附2", &other)]);
    assert!(text.contains("此表写28分，该表写27分"), "{text}");
    // What has an indicator of its own may be a project of its own.
    let apart = same.replace("下游受益人口", "新建泵站座数");
    let text = said(&[("附1", &whole), ("附2", &apart)]);
    assert!(!text.contains("得分说明，不是另一个项目的表"), "{text}");
}

/// A declaration of this project with another target than the self-evaluation has.
fn declared(project: &str) -> String {
    format!(
        "
项目支出绩效目标申报表
（2023年度）
项目名称 | {project} | | |
主管部门 | 105-青溪县水务局 | 实施单位 | 青溪县水库管理所 |
一级指标 | 二级指标 | 三级指标 | 指标值 | 权重
产出指标 | 数量指标 | 巡查水库座数 | ≥24座 | 60
效益指标 | 社会效益 | 下游受益人口 | ≥3000人 | 30
满意度指标 | 满意度 | 群众满意度 | ≥90% | 10"
    )
}

fn together(one: &str, other: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let into = |name: &str, page: &str, folder: &Path| {
        let made = write(&[(name, page)], folder);
        fs::rename(made, folder.join(format!("{name}.xlsx"))).expect("a file");
    };
    let from = folder.path().join("报送");
    fs::create_dir(&from).expect("a folder");
    into("自评表", one, &from);
    into("申报表", other, &from);
    let args = ["score".as_ref(), from.as_os_str(), "--out".as_ref(), folder.path().as_os_str()];
    let output = jixiao(args);
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn names_that_differ_in_signs_alone_are_of_one_project() {
    let compared = |text: &str| text.contains("24座");
    for (one, other) in [
        ("2023年水库巡查经费（二期）", "2023年度水库巡查经费(二期)"),
        ("2023年水库巡查、维护经费", "2023年度水库巡查 维护经费"),
        ("水库巡查经费（二期）", "水库巡查经费二期"),
    ] {
        let text = together(&own(one), &declared(other));
        assert!(compared(&text), "{one} {other}: {text}");
        assert!(!text.contains("请确认是不是同一个项目"), "{text}");
    }
}

#[test]
fn names_that_differ_in_words_are_asked_about_and_other_agencies_are_not() {
    let text = together(&own("水库巡查经费"), &declared("水库管护经费"));
    assert!(text.contains("请确认是不是同一个项目"), "{text}");
    assert!(!text.contains("24座"), "{text}");
    let foreign = declared("水库管护经费").replace("青溪县水务局", "白石县农业局");
    let text = together(&own("水库巡查经费"), &foreign);
    assert!(!text.contains("请确认是不是同一个项目"), "{text}");
    // The same name of another agency is not taken for it by its shape alone.
    let foreign = declared("2023年度水库巡查经费").replace("青溪县水务局", "白石县农业局");
    let text = together(&own("2023年水库巡查经费"), &foreign);
    assert!(!text.contains("24座"), "{text}");
}

#[test]
fn a_survey_beside_the_only_project_is_its() {
    let whole = own("水库巡查经费");
    let explains = "
自评扣分情况说明表
序号 | 指标 | 分值 | 得分 | 扣分 | 计分方式 | 说明
1 | 下游受益人口 | 30 | 27 | 3 | 按完成比例 | 2700/3000=90%";
    let survey = "
群众满意度调查统计表
题号 | 调查内容 | 非常满意 | 满意 | 基本满意 | 不满意 | 满意率
1 | 总体评价 | 120 | 70 | 8 | 2 | 95.0%
注：满意率=（非常满意+满意）/有效问卷数。";
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(&[("附1", &whole), ("附2", explains), ("附3", survey)], folder.path());
    let args = ["score".as_ref(), file.as_os_str(), "--out".as_ref(), folder.path().as_os_str()];
    let text = String::from_utf8(jixiao(args).stdout).expect("UTF-8");
    assert!(!text.contains("没有写明属于哪个项目"), "{text}");
}
