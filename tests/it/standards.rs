//! What is held against another year, or others: criteria beside 上年值, 行业值 and their like, and what a form does not say
//! of its own past taken from last year's form of the same project and the same owner.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::xlsx::Content;
use serde_json::Value;

use crate::libreoffice;
use crate::support::{indicator, jixiao, score};
use crate::workbook_pages::{Page, write};

fn rows() -> Vec<Vec<String>> {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/criterion/standards.tsv"))
            .unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// What the command makes of a table.
fn judged(rows: &[Vec<String>]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("criteria.tsv");
    let head = "indicator\tweight\tcriterion\ttarget\tactual\tstandard";
    let lines: Vec<String> = rows.iter().map(|row| row[..6].join("\t")).collect();
    fs::write(&path, format!("{head}\n{}\n", lines.join("\n"))).unwrap();
    let output = jixiao(["criterion", "--json", "--tsv", path.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    let of = |line: &str| {
        let json: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| json[key].as_str().unwrap_or("refuse").to_owned();
        (text("score"), text("reading"))
    };
    said.lines().map(of).collect()
}

/// Each row by hand; and what is shown as its reading is a criterion that scores the same.
#[test]
fn criteria_beside_a_standard_score_as_worked_by_hand() {
    let rows = rows();
    assert!(rows.len() > 30);
    let judged_rows = judged(&rows);
    let wrong: Vec<String> = rows
        .iter()
        .zip(&judged_rows)
        .filter(|(row, (score, _))| row[6] != *score)
        .map(|(row, (score, reading))| format!("{} {}: {score}, not {} ({reading})", row[0], row[2], row[6]))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let read_back: Vec<Vec<String>> = rows
        .iter()
        .zip(&judged_rows)
        // The words of a change are read with their year.
        .filter(|(row, (score, _))| {
            score != "refuse" && row[2].contains("上年") && !row[2].contains(['较', '比'])
        })
        .map(|(row, (_, reading))| {
            let mut row = row.clone();
            row[2] = reading.split('（').next().unwrap().to_owned();
            row
        })
        .collect();
    assert!(read_back.len() > 4);
    for (row, (score, _)) in read_back.iter().zip(judged(&read_back)) {
        assert_eq!(score, row[6], "{}", row[2]);
    }
}

/// A self-evaluation with the columns of standards.
const FORM: Page<'_> = (
    "自评表",
    "
项目支出绩效自评表（2023年度）
项目名称 | 办事大厅运行
主管部门 | 某县政务服务局 | | | | 实施单位 | 某县政务中心
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 上年值 | 行业平均值 | 标准依据 | 分值 | 评分标准 | 得分
产出指标 | 数量指标 | 服务人次 | ≥24万人次 | 25.2万人次 | 24万人次 | | 历史标准 | 20 | 较上年增长10%以上得满分，每低1个百分点扣1分，扣完为止 |
产出指标 | 质量指标 | 按时办结率 | ≥95% | 96.4% | 97.2% | | 历史标准 | 20 | 不低于上年得满分，每降低1个百分点扣2分，扣完为止 |
产出指标 | 成本指标 | 单位能耗 | ≤100吨 | 95 | 98 | | 历史标准 | 20 | 较上年下降的得满分，持平的得10分，上升的不得分 |
效益指标 | 社会效益 | 排队时间 | ≤20分钟 | 18分钟 | 15分钟 | | | 20 | 不高于上年得满分，每超过1分钟扣2分 |
满意度 | 满意度 | 群众满意度 | ≥90% | 92% | | 94% | 行业标准 | 20 | 达到行业平均水平得满分，每低1个百分点扣1分 |
合计 | | | | | | | | 100 | |
注：本次评价采用历史标准和行业标准。
",
);

/// The scores of the form, by hand: 5 % grown of 10; 0.8 points below; fallen; 3 minutes more; 2 points below.
const SCORES: [(&str, &str); 5] = [
    ("服务人次", "15"),
    ("按时办结率", "18.4"),
    ("单位能耗", "20"),
    ("排队时间", "14"),
    ("群众满意度", "18"),
];

#[test]
fn columns_of_standards_are_scored_from_and_formulas_follow_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&[FORM], folder.path());
    let scored = score(&file, folder.path());
    for (name, expected) in SCORES {
        assert_eq!(indicator(&scored.json, name)["score"], expected, "{name}");
    }
    assert_eq!(scored.json["score"]["total"], "85.4");
    let standards = &indicator(&scored.json, "服务人次")["standards"];
    assert_eq!(standards[0]["standard"], "上年值");
    assert_eq!(standards[0]["cell"], "'自评表'!F5");
    let ids = findings(&scored.json);
    // A criterion uses what the note claims.
    assert!(!ids.contains(&"standard-claimed-not-used".to_owned()), "{ids:?}");
    assert!(ids.contains(&"target-below-history".to_owned()), "{ids:?}");
    // The years side by side, with a chart of both shares of last year's value.
    let all = libreoffice::cells(&scored.path);
    let has = |text: &str| {
        all.iter()
            .any(|(at, (value, _))| at.starts_with("'目标核对'!") && format!("{value:?}").contains(text))
    };
    assert!(has("历年对比") && has("24万人次") && has("行业值94%") && has("1.05"), "{:?}", all.keys());
    let archive = zip::ZipArchive::new(fs::File::open(&scored.path).unwrap()).unwrap();
    assert!(archive.file_names().flatten().any(|name| name.contains("charts/chart")));
    let again = libreoffice::differences(&scored.path);
    assert!(again.is_empty(), "{again:?}");
    // Another number of last year gives another score, by the formula alone.
    let changed = crate::support::retouched(&scored.path, |part, text| {
        if part.ends_with("sharedStrings.xml") {
            text.replace("24万人次</t>", "22万人次</t>")
        } else {
            text
        }
    });
    let recalculated = libreoffice::cells(&libreoffice::recalculate(&changed, folder.path()));
    let cell = recalculated.get("'自评表'!K5").map(|(value, _)| format!("{value:?}"));
    assert!(cell.as_ref().is_some_and(|value| value.contains("20")), "{cell:?}");
}

fn findings(json: &Value) -> Vec<String> {
    json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["id"].as_str().unwrap().to_owned())
        .collect()
}

/// A year's form: agency, year, and its rows.
pub(crate) fn year_of(folder: &Path, name: &str, agency: &str, year: u16, rows: &str) -> PathBuf {
    let text = format!(
        "
项目支出绩效自评表（{year}年度）
项目名称 | 渡口维护
主管部门 | {agency}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 评分标准 | 得分
{rows}
合计 | | | | | 100 | |
"
    );
    let inside = folder.join(name);
    fs::create_dir_all(&inside).unwrap();
    let made = write(&[("自评表", &text)], &inside);
    let named = folder.join(format!("{name}.xlsx"));
    fs::rename(made, &named).unwrap();
    fs::remove_dir(inside).unwrap();
    named
}

pub(crate) const BEFORE: &str = "\
产出指标 | 数量指标 | 摆渡人次 | ≥4万人次 | 48600人次 | 50 | 达到目标值得满分，否则不得分 | 50
产出指标 | 质量指标 | 一类渡船完好率 | ≥95% | 98% | 50 | 达到目标值得满分，否则不得分 | 50";
pub(crate) const NOW: &str = "\
产出指标 | 数量指标 | 摆渡人次 | ≥5万人次 | 5.1万人次 | 50 | 较上年增长5%以上得满分，每低1个百分点扣1分，扣完为止 |
产出指标 | 质量指标 | 渡船完好率 | ≥95% | 97% | 50 | 不低于上年得满分，低于上年不得分 |";

fn checked(args: &[&str]) -> Vec<Value> {
    let output = jixiao(["check", "--json"].iter().chain(args));
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn message<'j>(json: &'j Value, id: &str) -> &'j str {
    let found = json["findings"].as_array().unwrap().iter().find(|found| found["id"] == id);
    found.map(|found| found["message"].as_str().unwrap()).unwrap_or_default()
}

#[test]
fn last_years_form_of_the_same_owner_says_what_a_form_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let before = year_of(folder.path(), "2022", "某县交通局", 2022, BEFORE);
    let now = year_of(folder.path(), "2023", "某县交通局", 2023, NOW);
    let (now_text, before_text) = (now.to_str().unwrap(), before.to_str().unwrap());

    // Alone nothing is known, and nothing is guessed.
    let alone = &checked(&[now_text])[0];
    assert_eq!(indicator(alone, "摆渡人次")["state"], "pending");
    assert!(indicator(alone, "摆渡人次")["note"].as_str().unwrap().contains("没有填写上年值"));

    // 51000 ÷ 48600 − 1 is 4.938 %.
    let told = &checked(&[now_text, "--last-year", before_text])[0];
    let grown = indicator(told, "摆渡人次");
    assert_eq!(grown["score"], "49.94");
    let from = message(told, "past-taken");
    assert!(
        from.contains("48600人次") && from.contains("取自单位自评，未经复核") && from.contains("自评表!E5"),
        "{from}"
    );
    assert!(grown["standards"][0]["from"].as_str().unwrap().contains("2022年度"));
    // Another qualifier is another indicator: said, not taken.
    assert_eq!(indicator(told, "渡船完好率")["state"], "pending");
    assert!(message(told, "past-of-other-scope").contains("一类渡船完好率"));

    // A folder of last year's forms, and both years in one folder.
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    fs::copy(&before, archive.join("a.xlsx")).unwrap();
    fs::write(archive.join("broken.xlsx"), "no workbook").unwrap();
    let by_folder = &checked(&[now_text, "--last-year", archive.to_str().unwrap()])[0];
    assert_eq!(indicator(by_folder, "摆渡人次")["score"], "49.94");
    let both = folder.path().join("both");
    fs::create_dir(&both).unwrap();
    fs::copy(&before, both.join("2022.xlsx")).unwrap();
    fs::copy(&now, both.join("2023.xlsx")).unwrap();
    let together = checked(&[both.to_str().unwrap()]);
    let of_now = together.iter().find(|json| json["project"]["year"] == 2023).unwrap();
    assert_eq!(indicator(of_now, "摆渡人次")["score"], "49.94");
}

#[test]
fn anothers_project_of_the_same_name_and_another_year_bring_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let other = year_of(folder.path(), "other", "某县水利局", 2022, BEFORE);
    let old = year_of(folder.path(), "old", "某县交通局", 2020, BEFORE);
    let now = year_of(folder.path(), "2023", "某县交通局", 2023, NOW);
    let json = &checked(&[now.to_str().unwrap(), "--last-year", other.to_str().unwrap()])[0];
    assert_eq!(indicator(json, "摆渡人次")["state"], "pending");
    assert!(message(json, "past-of-another").contains("某县水利局"));
    let json = &checked(&[now.to_str().unwrap(), "--last-year", old.to_str().unwrap()])[0];
    assert_eq!(indicator(json, "摆渡人次")["state"], "pending");
    assert!(message(json, "past-not-taken").contains("2020"));
}

/// The published evaluation says that it used the history standard, and no criterion of it does. Beside a made-up last year a
/// criterion that asks for it is scored, and the claim holds.
#[test]
fn the_published_case_beside_a_made_up_last_year_uses_what_it_claims() {
    const SCORES: &str = "表2 评分表";
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("评分.xlsx");
    fs::copy(crate::support::workbook(crate::support::MODEL), &copy).unwrap();
    let claim = (SCORES, "A29", Content::Text("注：本次评价采用历史标准及计划标准。".to_owned()));
    let claimed = crate::model_case::edited(&copy, &[claim]);
    let json = &checked(&[claimed.to_str().unwrap()])[0];
    assert!(findings(json).contains(&"standard-claimed-not-used".to_owned()), "{:?}", findings(json));
    assert_eq!(json["score"]["total"], "87.5");
    let text = |words: &str| Content::Text(words.to_owned());
    let acts = [
        (SCORES, "G21", text("不低于上年得满分，每降低1个百分点扣0.5分，扣完为止。")),
        (SCORES, "I21", text("96.2%")),
    ];
    let asks = crate::model_case::edited(&claimed, &acts);
    let alone = &checked(&[asks.to_str().unwrap()])[0];
    let name = "服务中心大厅窗口按时办结率";
    assert_eq!(indicator(alone, name)["state"], "pending");
    let before = "
项目支出绩效自评表（2020年度）
项目名称 | 办公大厅运行维护费
主管部门 | 南昌市东湖区政务服务数据管理局
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 时效指标 | 服务中心大厅窗口按时办结率 | 100% | 97.2% | 100 | 97.2
";
    let before = write(&[("自评表", before)], folder.path());
    let told = &checked(&[asks.to_str().unwrap(), "--last-year", before.to_str().unwrap()])[0];
    assert_eq!(indicator(told, name)["score"], "9.5", "one point below last year");
    assert_eq!(told["score"]["total"], "87");
    assert!(message(told, "past-taken").contains("97.2%"), "{}", message(told, "past-taken"));
    assert!(!findings(told).contains(&"standard-claimed-not-used".to_owned()), "{:?}", findings(told));
}
