//! 待确认栏目: titles that are not known are asked once for all forms of a batch, and the answers count in the next run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jixiao::inner::sheet::Value;

use super::{Place, opens};
use crate::findings::SELF;
use crate::libreoffice::{Cells, cells};
use crate::person::{Act, edit};
use crate::workbook_pages;

const SHEET: &str = "待确认栏目";

/// A self-evaluation form of a project with this title instead of 年度指标值.
fn titled(folder: &Path, project: &str, title: &str) {
    let scratch = tempfile::tempdir().expect("a folder");
    let page = SELF.1.replace("农村公路养护", project).replace("三级指标 | 年度指标值", title);
    let inbox = folder.join("in");
    fs::create_dir_all(&inbox).expect("a folder");
    let made = workbook_pages::write(&[(SELF.0, &page)], scratch.path());
    fs::copy(made, inbox.join(format!("{project}.xlsx"))).expect("a file");
}

fn batch(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("batch")
        .arg(folder.join("in"))
        .arg("--out")
        .arg(folder.join("out"))
        .arg("--summary")
        .arg(folder.join("汇总表.xlsx"))
        .args(["--jobs", "2"])
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .output()
        .expect("the program runs")
}

/// Runs and gives what was said.
fn run(folder: &Path) -> String {
    let output = batch(folder);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn text(all: &Cells, sheet: &str, at: &str) -> String {
    match all.get(&format!("'{sheet}'!{at}")).map(|(value, _)| value) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// A line of the sheet: title, count, what was done, answer, status.
fn line(all: &Cells, row: u32) -> [String; 5] {
    ["C", "D", "F", "H", "I"].map(|col| text(all, SHEET, &format!("{col}{row}")))
}

/// What a person chooses in a summary.
fn choose(summary: &Path, answers: &[(&str, &'static str)]) {
    let folder = tempfile::tempdir().expect("a folder");
    let act =
        |(cell, text): &(&str, &'static str)| Act::Type { sheet: SHEET, cell: (*cell).to_owned(), text };
    let acts: Vec<Act> = answers.iter().map(act).collect();
    let edited = edit(summary, &acts, folder.path());
    fs::copy(edited, summary).expect("the summary");
}

fn summary(folder: &Path, number: u32) -> PathBuf {
    folder.join(if number == 1 { "汇总表.xlsx".to_owned() } else { format!("汇总表({number}).xlsx") })
}

/// The grades in a summary.
fn grades(all: &Cells) -> Vec<String> {
    (4..).map(|row| text(all, "汇总表", &format!("M{row}"))).take_while(|grade| !grade.is_empty()).collect()
}

#[test]
fn a_title_is_asked_once_and_its_answer_closes_all_forms() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    titled(folder, "甲项目", "三级指标 | 甲乙丙");
    titled(folder, "乙项目", "三级指标 | 甲乙丙");
    titled(folder, "丙项目", "三级指标 | 县里承诺的目标值");
    let said = run(folder);
    assert!(said.contains("未定级 3"), "{said}");
    assert!(
        said.contains("待确认栏目     2 种（在汇总表的“待确认栏目”中选择含义、保存，再运行一次）"),
        "{said}"
    );
    let first = cells(&summary(folder, 1));
    assert_eq!(line(&first, 4), ["甲乙丙", "2", "没有采用", "", "待确认"]);
    assert_eq!(line(&first, 5), ["县里承诺的目标值", "1", "推测是“指标值”，已按此计算", "", "待确认"]);
    let question = text(&first, SHEET, "G4");
    assert!(question.starts_with("“甲乙丙”一栏在2份表中出现，请选择含义：指标值／"), "{question}");
    assert!(question.ends_with("／说明文字（不参与评分）"), "{question}");
    assert!(text(&first, SHEET, "G5").contains("请选择含义：是，指标值／"), "{}", text(&first, SHEET, "G5"));
    let sample = text(&first, SHEET, "E4");
    assert_eq!(sample, "乙项目.xlsx '自评表'!D8：≥120公里\n甲项目.xlsx '自评表'!D8：≥120公里");

    choose(&summary(folder, 1), &[("H4", "指标值"), ("H5", "是，指标值")]);
    let said = run(folder);
    let kept = folder.join("映射/self-evaluation.toml");
    assert!(said.contains("已评分         3 个项目（优（暂定） 3）"), "{said}");
    assert!(said.contains("已确认栏目     2 种，按回答评分"), "{said}");
    assert!(said.contains("新的回答写入映射文件：") && said.contains("映射/self-evaluation.toml"), "{said}");
    assert!(!said.contains("待确认栏目") && !said.contains("注意"), "{said}");
    let second = cells(&summary(folder, 2));
    assert_eq!(grades(&second), ["优（暂定）", "优（暂定）", "优（暂定）"]);
    assert_eq!(line(&second, 4), ["甲乙丙", "2", "按回答处理", "指标值", "已确认：指标值"]);
    assert_eq!(line(&second, 5), ["县里承诺的目标值", "1", "按回答处理", "指标值", "已确认：指标值"]);

    // Without any summary the files still hold the answers, and they are mappings for every other command.
    fs::remove_file(summary(folder, 1)).expect("a file");
    fs::remove_file(summary(folder, 2)).expect("a file");
    let said = run(folder);
    assert!(said.contains("（优（暂定） 3）") && !said.contains("写入"), "{said}");
    assert_eq!(line(&cells(&summary(folder, 1)), 4)[4], "已确认：指标值");
    for mapping in [kept.as_path(), &folder.join("映射")] {
        let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .env("JIXIAO_KEYS", crate::support::keys())
            .args(["check", "--json", "--mapping"])
            .arg(mapping)
            .arg(folder.join("in/甲项目.xlsx"))
            .output()
            .expect("the program runs");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report["account"][0]["open"], false, "{report}");
    }
}

#[test]
fn answers_are_changed_taken_back_and_never_guessed() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    titled(folder, "甲项目", "三级指标 | 甲乙丙");
    titled(folder, "乙项目", "三级指标 | '=1+1");
    titled(folder, "丙项目", "三级指标 | *");
    run(folder);
    opens(&summary(folder, 1));
    let first = cells(&summary(folder, 1));
    assert_eq!(line(&first, 4)[..2], ["=1+1", "1"], "a text, no formula");
    assert_eq!(line(&first, 5)[..2], ["甲乙丙", "1"]);
    assert_eq!(line(&first, 6)[0], "", "what no title can answer is not listed");
    assert!(text(&first, SHEET, "A2").contains("另有 1 栏没有标题"), "{}", text(&first, SHEET, "A2"));

    // What is not offered is said; a meaning of money does not fit a table of indicators.
    choose(&summary(folder, 1), &[("H4", "不知道"), ("H5", "年初预算数")]);
    let said = run(folder);
    assert!(said.contains("H4的回答“不知道”不在可选的含义之中，没有采用"), "{said}");
    assert!(said.contains("H5的回答“年初预算数”不在可选的含义之中"), "{said}");
    assert!(said.contains("待确认栏目     2 种"), "{said}");
    assert!(!folder.join("映射").exists());

    // Two summaries, two answers: neither counts.
    choose(&summary(folder, 1), &[("H4", ""), ("H5", "指标值")]);
    choose(&summary(folder, 2), &[("H5", "说明文字（不参与评分）")]);
    let said = run(folder);
    assert!(said.contains("“甲乙丙”一栏的回答互相矛盾，没有采用"), "{said}");
    assert!(said.contains("“汇总表(2).xlsx”的“待确认栏目”H5为“说明文字（不参与评分）”"), "{said}");

    // The one that is made to agree counts.
    choose(&summary(folder, 2), &[("H5", "指标值")]);
    let said = run(folder);
    assert!(said.contains("已确认栏目     1 种") && !said.contains("注意"), "{said}");
    let fourth = cells(&summary(folder, 4));
    assert_eq!(line(&fourth, 5), ["甲乙丙", "1", "按回答处理", "指标值", "已确认：指标值"]);
    let kept = folder.join("映射/self-evaluation.toml");
    let before = fs::read_to_string(&kept).expect("the mapping");

    // Nothing new: nothing is said, nothing is written.
    let said = run(folder);
    assert!(!said.contains("注意") && !said.contains("写入"), "{said}");
    assert_eq!(fs::read_to_string(&kept).expect("the mapping"), before);

    // The newest may change it; what a person wrote into the file is kept aside.
    fs::write(&kept, format!("{before}\n# 我的说明\n")).expect("the mapping");
    choose(&summary(folder, 5), &[("H5", "说明文字（不参与评分）")]);
    let said = run(folder);
    assert!(said.contains("“甲乙丙”一栏由“指标值”改为“说明文字（不参与评分）”"), "{said}");
    let aside = fs::read_to_string(folder.join("映射/self-evaluation.toml.旧1")).expect("kept aside");
    assert!(aside.contains("我的说明"));

    // A title that is gone is said and kept; then the answer is taken back.
    fs::remove_file(folder.join("in/甲项目.xlsx")).expect("a file");
    let said = run(folder);
    assert!(said.contains("已确认的栏目“甲乙丙”在本次材料中没有出现，回答仍然保留"), "{said}");
    let seventh = cells(&summary(folder, 7));
    assert_eq!(line(&seventh, 5)[4], "已确认：说明文字（不参与评分）；本次材料中没有出现");
    choose(&summary(folder, 7), &[("H5", "")]);
    titled(folder, "甲项目", "三级指标 | 甲乙丙");
    let said = run(folder);
    assert!(said.contains("“甲乙丙”一栏的回答已删去，重新待确认"), "{said}");
    assert!(said.contains("待确认栏目     2 种"), "{said}");
    assert!(!kept.exists());
    assert!(!run(folder).contains("注意"), "said once");
}

#[test]
fn a_flood_of_titles_is_bounded_and_counted() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path();
    for number in 0..9 {
        let titles: Vec<String> = (0..61).map(|col| format!("甲乙丙{}丁", number * 100 + col)).collect();
        let rows = |values: &str| values.repeat(61);
        let scratch = tempfile::tempdir().expect("a folder");
        let page = SELF
            .1
            .replace("农村公路养护", &format!("养护{number}"))
            .replace("三级指标 | 年度指标值", &format!("三级指标 | 年度指标值 | {}", titles.join(" | ")))
            .replace("≥120公里 |", &format!("≥120公里 | {}", rows("≥1公里 | ")))
            .replace("≥50块 |", &format!("≥50块 | {}", rows("≥2块 | ")))
            .replace("≥98% |", &format!("≥98% | {}", rows("≥3% | ")));
        fs::create_dir_all(folder.join("in")).expect("a folder");
        let made = workbook_pages::write(&[(SELF.0, &page)], scratch.path());
        fs::copy(made, folder.join(format!("in/{number}.xlsx"))).expect("a file");
    }
    let said = run(folder);
    assert!(said.contains("待确认栏目   540 种"), "{said}");
    let path = summary(folder, 1);
    opens(&path);
    let all = cells(&path);
    let listed = (4..).take_while(|row| !text(&all, SHEET, &format!("C{row}")).is_empty()).count();
    assert_eq!(listed, 500);
    let head = text(&all, SHEET, "A2");
    assert!(head.contains("另有 40 种标题没有列出") && head.contains("另有 9 栏"), "{head}");
}

#[test]
fn a_receipt_says_that_columns_wait_and_a_folder_of_mappings_answers() {
    let place = Place::new();
    let made = tempfile::tempdir().expect("a folder");
    titled(made.path(), "甲项目", "三级指标 | 甲乙丙");
    let bytes = fs::read(made.path().join("in/甲项目.xlsx")).expect("the form");
    place.drop("甲.xlsx", &bytes);
    place.once(&[]);
    let receipt = place.text("out/甲.回执.txt");
    assert!(receipt.contains("有 1 栏待确认，请在返回文件的“处理说明”中选择。"), "{receipt}");
    run(made.path());
    choose(&summary(made.path(), 1), &[("H4", "指标值")]);
    run(made.path());
    place.drop("乙.xlsx", &bytes);
    let folder = made.path().join("映射");
    place.once(&["--mapping", folder.to_str().expect("a path")]);
    let receipt = place.text("out/乙.回执.txt");
    assert!(!receipt.contains("待确认，") && receipt.contains("评价等级：优"), "{receipt}");
}
