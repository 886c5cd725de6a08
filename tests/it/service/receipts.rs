//! Every kind of receipt as it is read: what came, what came of it, what to do. `plain_words` looks for internals in them.

use std::fs;

use super::day::archives;
use super::secrets::marked;
use super::{Place, form};
use crate::findings::{LEDGER, SELF};
use crate::intake::batch::{ROLL, roll};
use crate::model_case::edited;
use crate::overrides::text;
use crate::support::workbook;
use crate::workbook_pages;

/// Targets without anything that was done.
const TARGETS: workbook_pages::Page<'_> = (
    "申报表",
    "
项目支出绩效目标申报表
（2023年度）
项目名称 | 渡口维护
主管部门 | 某县交通运输局
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 改造渡口 | ≥6处
 | | 配备救生设备 | 约30套
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90%
",
);

/// Each thing stands once in a receipt: a line that stands twice is said twice.
fn read(place: &Place, file: &str) -> String {
    let said = place.text(file).replace('\r', "");
    let mut before: Vec<&str> = Vec::new();
    for line in said.lines().map(str::trim).filter(|line| line.chars().count() > 12) {
        let told = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        // A way to settle it may be that of several.
        assert!(told.starts_with("怎么办：") || !before.contains(&told), "twice in {file}: {told}");
        before.push(told);
    }
    said
}

#[test]
fn what_is_known_and_what_is_marked_is_said() {
    let place = Place::new();
    let bytes = form("农村公路养护");
    place.drop("甲.xlsx", &bytes);
    assert_eq!(place.once(&[]).status.code(), Some(0));
    place.drop("乙.xlsx", &bytes);
    place.drop("丙.xlsx", &marked("某某阵地维护"));
    assert_eq!(place.once(&[]).status.code(), Some(3));
    insta::assert_snapshot!("receipt_known", read(&place, "out/乙.回执.txt"));
    insta::assert_snapshot!("receipt_marked", read(&place, "out/丙.回执.txt"));
}

/// Of what is settled nothing waits, and of targets alone there are no points to speak of.
#[test]
fn what_is_settled_and_what_has_only_targets_is_said() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let written = |pages: &[workbook_pages::Page<'_>]| {
        fs::read(workbook_pages::write(pages, folder.path())).expect("a workbook")
    };
    let judged = "沿线居民出行条件 | 明显改善 | 达成年度指标";
    let measured = SELF.1.replace(judged, "沿线居民受益率 | ≥80% | 85%");
    assert_ne!(measured, SELF.1);
    place.drop("公路.xlsx", &written(&[(SELF.0, &measured)]));
    place.drop("渡口.xlsx", &written(&[TARGETS]));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    let (settled, targets) = (read(&place, "out/公路.回执.txt"), read(&place, "out/渡口.回执.txt"));
    for open in ["待核定", "待评分", "待确认"] {
        assert!(!settled.contains(open) && !targets.contains(open), "{open}: {settled}{targets}");
    }
    insta::assert_snapshot!("receipt_settled", settled);
    insta::assert_snapshot!("receipt_targets", targets);
}

#[test]
fn what_another_format_loses_is_said_first() {
    let place = Place::new();
    fs::copy(workbook("东湖区-办公大厅运行维护费-2021.xls"), place.at("in/大厅.xls")).expect("a copy");
    assert_eq!(place.once(&[]).status.code(), Some(0));
    let said = read(&place, "out/大厅.xls.回执.txt");
    let case = said.split("结果文件：").nth(1).and_then(|rest| rest.split_once("\n\n")).expect("a case").1;
    assert!(case.starts_with("注意："), "{said}");
    insta::assert_snapshot!("receipt_rebuilt", said);
}

#[test]
fn what_was_changed_since_the_last_return_is_said() {
    let place = Place::new();
    let page = SELF.1.replace("| 50块 |", "| 45块 |");
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = fs::read(workbook_pages::write(&[(SELF.0, &page)], folder.path())).expect("the form");
    place.drop("公路.xlsx", &bytes);
    place.once(&[]);
    let answered = edited(&place.at("out/公路.已评分.xlsx"), &[("自评表", "E9", text("52块"))]);
    fs::copy(answered, place.at("in/公路（已改）.xlsx")).expect("a copy");
    place.once(&[]);
    insta::assert_snapshot!("receipt_changed", read(&place, "out/公路（已改）.回执.txt"));
}

#[test]
fn a_title_that_is_not_known_is_asked_for() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let page = SELF.1.replace("三级指标 | 年度指标值", "三级指标 | 甲乙丙");
    let made = workbook_pages::write(&[(SELF.0, &page), LEDGER], folder.path());
    place.drop("公路.xlsx", &fs::read(made).expect("the form"));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    insta::assert_snapshot!("receipt_asked", read(&place, "out/公路.回执.txt"));
}

#[test]
fn a_folder_says_what_it_held() {
    let place = Place::new();
    fs::create_dir(place.at("in/公路 项目")).expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    for (name, page) in [("自评.xlsx", SELF), ("账.xlsx", LEDGER)] {
        let made = workbook_pages::write(&[page], folder.path());
        fs::copy(made, place.at("in/公路 项目").join(name)).expect("a copy");
    }
    fs::write(place.at("in/公路 项目/照片.jpg"), b"JPEG").expect("a picture");
    assert_eq!(place.once(&[]).status.code(), Some(0));
    insta::assert_snapshot!("receipt_folder", read(&place, "out/公路 项目.回执.txt"));
}

#[test]
fn of_many_projects_the_day_and_each_department_have_theirs() {
    let place = Place::new();
    fs::write(place.at("项目清单.xlsx"), roll(&ROLL)).expect("the roll");
    place.drop("0.zip", &archives(99).remove(0));
    assert_eq!(place.once(&[]).status.code(), Some(3));
    insta::assert_snapshot!("receipt_day", read(&place, "out/0.回执.txt"));
    for (name, department) in [
        ("receipt_department_scored", "某县水利局"),
        ("receipt_department_rivals", "某县交通运输局"),
        ("receipt_department_education", "某县教育局"),
    ] {
        let said = place.text(&format!("out/{department}/回执.txt")).replace('\r', "");
        insta::assert_snapshot!(name, said);
    }
}
