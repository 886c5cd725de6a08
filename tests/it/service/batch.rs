//! `jixiao batch`: a result each, the closing table, and the summary workbook.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use jixiao::inner::base::Number;
use jixiao::inner::sheet::Value;

use super::{form, opens};
use crate::findings::{LEDGER, SELF};
use crate::libreoffice::{Cells, cells, differences};
use crate::{package_parts, workbook_pages};

fn batch(folder: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("batch")
        .arg(folder.join("in"))
        .arg("--out")
        .arg(folder.join("out"))
        .args(["--jobs", "2"])
        .args(more)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .output()
        .expect("the program runs")
}

/// A form of a project with some places changed.
fn changed(from: &[(&str, &str)]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut page = SELF.1.to_owned();
    for (old, new) in from {
        assert!(page.contains(old), "{old} stands in the form");
        page = page.replace(old, new);
    }
    fs::read(workbook_pages::write(&[(SELF.0, &page)], folder.path())).expect("the form")
}

/// Projects of three departments, one pending, one broken, one a folder; and what is no submission.
fn submissions(folder: &Path) {
    let inbox = folder.join("in");
    fs::create_dir_all(inbox.join("丙 项目")).expect("a folder");
    let put = |name: &str, bytes: &[u8]| fs::write(inbox.join(name), bytes).expect("a file");
    put("甲.xlsx", &form("甲项目"));
    put(
        "乙.xlsx",
        &changed(&[("农村公路养护", "乙项目"), ("| 50块 |", "| 40块 |"), ("某县交通运输局", "某县水利局")]),
    );
    put(
        "丁.xlsx",
        &changed(&[
            ("农村公路养护", "丁*项目"),
            ("某县交通运输局", "某县水利局"),
            ("| 达成年度指标 | 30 | 30 |", "| 说不清 | 30 | |"),
        ]),
    );
    put("戊#1.xlsx", &changed(&[("农村公路养护", "戊项目"), ("某县交通运输局", "*")]));
    put("坏.xlsx", b"PK no workbook");
    put("说明.docx", b"nothing to score");
    let scratch = tempfile::tempdir().expect("a folder");
    for (name, page) in [("自评.xlsx", SELF), ("账.xlsx", LEDGER)] {
        fs::copy(workbook_pages::write(&[page], scratch.path()), inbox.join("丙 项目").join(name))
            .expect("a file");
    }
}

fn text(all: &Cells, at: &str) -> String {
    match all.get(at).map(|(value, _)| value) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        other => panic!("{at}: {other:?}"),
    }
}

#[test]
fn a_batch_scores_all_and_says_the_worst() {
    let folder = tempfile::tempdir().expect("a folder");
    submissions(folder.path());
    let run = batch(folder.path(), &[]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(3), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(run.stderr.is_empty(), "no progress bar in a pipe");
    insta::assert_snapshot!("batch_closing_table", said);
    let mut names: Vec<String> = fs::read_dir(folder.path().join("out"))
        .expect("results")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["丁.已评分.xlsx", "丙 项目.已评分", "乙.已评分.xlsx", "戊#1.已评分.xlsx", "甲.已评分.xlsx"]
    );
    opens(&folder.path().join("out/甲.已评分.xlsx"));
    opens(&folder.path().join("out/丙 项目.已评分/自评.已评分.xlsx"));
    // Again: nothing is overwritten.
    assert_eq!(batch(folder.path(), &["--again"]).status.code(), Some(3));
    assert!(folder.path().join("out/甲.已评分(2).xlsx").is_file());
    assert!(folder.path().join("out/丙 项目.已评分(2)").is_dir());
}

#[test]
fn the_summary_is_right_to_the_last_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    submissions(folder.path());
    let path = folder.path().join("汇总表.xlsx");
    let run = batch(folder.path(), &["--summary", path.to_str().expect("a path")]);
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(differences(&path), [] as [String; 0], "LibreOffice finds the same");
    let all = cells(&path);
    // 部门、项目、预算、支出、执行率、总分、名次、等级: the first department is `*`, which is no pattern.
    let line = |row: u32| -> Vec<String> {
        ["B", "C", "E", "F", "G", "H", "K", "L", "M"]
            .iter()
            .map(|col| text(&all, &format!("'汇总表'!{col}{row}")))
            .collect()
    };
    assert_eq!(line(4), ["*", "戊项目", "1000000", "950000", "0.95", "99.5", "99.5", "1", "优（暂定）"]);
    assert_eq!(
        line(5),
        ["某县交通运输局", "农村公路养护", "1000000", "950000", "0.95", "99.5", "99.5", "1", "优（暂定）"]
    );
    assert_eq!(line(7), ["某县水利局", "丁*项目", "1000000", "950000", "0.95", "待评分", "—", "—", "未定级"]);
    assert_eq!(line(8)[5..8], ["96.5", "96.5", "4"]);
    let department = |row: u32| -> Vec<String> {
        ["A", "B", "C", "D", "E", "F", "G"]
            .iter()
            .map(|col| text(&all, &format!("'部门汇总'!{col}{row}")))
            .collect()
    };
    assert_eq!(department(4), ["1", "*", "1", "1000000", "950000", "0.95", "99.5"]);
    assert_eq!(department(6), ["3", "某县水利局", "2", "2000000", "1900000", "0.95", "96.5"]);
    assert_eq!((text(&all, "'得分分布'!A5"), text(&all, "'得分分布'!B5")), ("优（暂定）".into(), "4".into()));
    let apart = |sheet: &str, row: u32, columns: &[&str]| -> Vec<String> {
        columns.iter().map(|col| text(&all, &format!("'{sheet}'!{col}{row}"))).collect()
    };
    let columns = ["C", "D", "E", "F", "H", "I", "J"];
    assert_eq!(apart("偏差表", 7, &columns), ["丁*项目", "100", "99.5", "待评分", "—", "—", "0"]);
    assert_eq!(apart("偏差表", 8, &columns), ["乙项目", "100", "99.5", "96.5", "3", "0.03", "1"]);
    assert_eq!((text(&all, "'偏差表'!H9"), text(&all, "'偏差表'!H10")), ("1".to_owned(), "0".to_owned()));
    let columns = ["C", "D", "E", "F", "G", "H", "I", "J"];
    let expected = ["乙项目", "更换标志牌数量", "15", "40块", "15", "40块", "12", "3"];
    assert_eq!(apart("偏差明细", 4, &columns), expected);
    assert_eq!(text(&all, "'未能评分'!B4"), "坏.xlsx");
    let listed = (4..).take_while(|row| all.contains_key(&format!("'问题清单'!I{row}"))).count();
    // Below the kinds, how many items there are of each severity.
    let is_of_items = |row: &u32| text(&all, &format!("'常见问题'!B{row}")) == "事项数";
    let counted: u32 = (4..)
        .take_while(|row| all.contains_key(&format!("'常见问题'!D{row}")))
        .filter(is_of_items)
        .filter_map(|row| all.get(&format!("'常见问题'!D{row}")))
        .map(|(value, _)| match value {
            Value::Number(number) => number.to_string().parse::<u32>().expect("a count"),
            other => panic!("{other:?}"),
        })
        .sum();
    assert_eq!(usize::try_from(counted).expect("a count"), listed);
    assert_eq!(all["'汇总表'!E9"].0, Value::Number(Number::from(5_000_000)), "the sum of all");
    let parts = package_parts::stored(&path);
    assert_eq!(parts.keys().filter(|name| name.starts_with("xl/charts/chart")).count(), 2);
    assert!(parts.contains_key("xl/worksheets/_rels/sheet1.xml.rels"), "links to the results");
    // A person's summary of that name stays.
    assert_eq!(batch(folder.path(), &["--summary", path.to_str().expect("a path")]).status.code(), Some(3));
    assert!(folder.path().join("汇总表(2).xlsx").is_file());
}

#[test]
fn a_batch_without_anything_to_do_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("a folder");
    let path = folder.path().join("out/汇总表.xlsx");
    let run = batch(folder.path(), &["--summary", path.to_str().expect("a path")]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    opens(&path);
    assert!(String::from_utf8_lossy(&run.stdout).contains("共 0 份材料"));
    let same = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("batch")
        .arg(folder.path())
        .arg("--out")
        .arg(folder.path())
        .output()
        .expect("the program runs");
    assert_eq!(same.status.code(), Some(2));
}
