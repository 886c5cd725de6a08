//! What a reviewer tries and decides on the page of a case, and what the record says of it.

use std::fs;
use std::process::Command;

use jixiao::inner::sheet::Value as Cell;
use jixiao::inner::xlsx::Content;
use serde_json::Value;

use super::{CASE, Place, Visitor, encoded, published, until};
use crate::findings::SELF;
use crate::libreoffice::cells;
use crate::model_case::edited;
use crate::workbook_pages;

/// Two reviewers never lose each other's word: what one types is bound to the return that he saw.
#[test]
fn of_two_edits_of_one_return_the_second_is_told() {
    let place = Place::new();
    for (name, role) in [("甲评", "评价人员"), ("乙评", "评价人员"), ("审计", "审计人员"), ("甲局", "单位")]
    {
        assert!(place.user(name, role).status.success());
    }
    let page = place.start();
    let (one, other) = (page.visitor("甲评"), page.visitor("乙评"));
    assert_eq!(one.upload("", &[(CASE, &published())]).status, 303);
    let case = one.case(1);
    let kind = "application/x-www-form-urlencoded";
    let typed = |visitor: &Visitor, fields: &str, what: &str| {
        let body = format!("csrf={}&case=0&{fields}", visitor.csrf());
        visitor.post(&format!("{case}/{what}"), kind, body.as_bytes())
    };
    let data: Value = serde_json::from_slice(&one.get(&format!("{case}/json")).body).expect("JSON");
    let all = data[0]["indicators"].as_array().expect("indicators");
    let at = all.iter().position(|one| one["name"] == "办事指南发布覆盖率").expect("the indicator");
    // A try changes nothing.
    let tried = typed(&one, &format!("actual-{at}={}", encoded("全部覆盖")), "try");
    let tried: Value = serde_json::from_slice(&tried.body).expect("JSON");
    assert_eq!((&tried["total"], &tried["grade"]), (&Value::from("95"), &Value::from("优")));
    assert_eq!(one.case(1), case);
    let score = |score: &str, reason: &str| format!("score-{at}={score}&reason-{at}={}", encoded(reason));
    assert_eq!(typed(&one, &score("12", ""), "edit").status, 422, "without a reason");
    assert_eq!(typed(&one, &score("十二", "理由"), "edit").status, 422, "no number");
    for nobody in ["审计", "甲局"] {
        let nobody = page.visitor(nobody);
        let body = "csrf=0&case=0";
        assert_eq!(nobody.post(&format!("{case}/edit"), kind, body.as_bytes()).status, 403);
    }
    assert_eq!(typed(&page.visitor("审计"), &score("12", "理由"), "edit").status, 403);
    assert_eq!(typed(&one, &score("12", "补充了清单"), "edit").status, 303);
    assert_eq!(typed(&other, &score("14", "另有理由"), "edit").status, 409, "at once");
    until("the answer", || one.get(&case).text().contains("此后已有新的结果"));
    assert_eq!(typed(&other, &score("14", "另有理由"), "edit").status, 409, "and later");
    let latest = one.case(1);
    assert_ne!(latest, case);
    let text = one.get(&latest).text();
    assert!(text.contains("<span class=\"points\">92</span>") && text.contains("补充了清单"));
    // A reply stands in the workbook, too.
    let csrf = one.csrf();
    let body = format!("csrf={csrf}&case=0&reply-0={}", encoded("已整改"));
    assert_eq!(one.post(&format!("{latest}/edit"), kind, body.as_bytes()).status, 303);
    until("another answer", || one.get(&latest).text().contains("此后已有新的结果"));
    let third = one.case(1);
    assert!(one.get(&third).text().contains("<span class=\"points\">92</span>"), "the score stays");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("返回.xlsx");
    fs::write(&path, one.get(&format!("{third}/workbook")).body).expect("the workbook");
    let replied = |(at, (value, _)): (&String, &(Cell, bool))| {
        // On the sheet of whom it is a matter of.
        let listed = ["问题清单", "复核事项"].iter().any(|sheet| at.contains(sheet));
        listed && matches!(value, Cell::Text(text) if text == "已整改")
    };
    assert!(cells(&path).iter().any(replied), "the reply stands in the workbook");
    // All of it is on record, and the record shows what was altered.
    let auditor = page.visitor("审计");
    let record = auditor.get("/audit").text();
    assert!(record.contains("核对无误") && record.contains("改定为 12 分，理由：补充了清单"), "{record}");
    assert_eq!(one.get("/audit").status, 403);
    let folder = place.at("state/page/audit");
    let file = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let file = file
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .expect("a file");
    let whole = fs::read_to_string(&file).expect("the record");
    let log = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(["user", "log", "--base"]).arg(place.base.path());
        command.output().expect("it runs").status.code()
    };
    assert_eq!(log(), Some(0));
    let without: Vec<&str> = whole.lines().filter(|line| !line.contains("改定为")).collect();
    for altered in [whole.replace("改定为 12", "改定为 13"), without.join("\n") + "\n"] {
        assert_ne!(altered, whole);
        fs::write(&file, altered).expect("altered");
        assert!(auditor.get("/audit").text().contains("操作记录不完整"));
        assert_ne!(log(), Some(0));
    }
}

/// What is chosen and answered on the page stands in the workbook as if it had been filled in there.
#[test]
fn ticks_and_answers_are_typed_into_the_workbook() {
    let place = Place::new();
    assert!(place.user("甲评", "评价人员").status.success());
    let page = place.start();
    let visitor = page.visitor("甲评");
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join(CASE);
    fs::write(&copy, published()).expect("a copy");
    let blank = edited(&copy, &[("表2 评分表", "I4", Content::Blank)]);
    assert_eq!(visitor.upload("", &[("清单.xlsx", &fs::read(&blank).expect("the form"))]).status, 303);
    let post = |path: &str, fields: &str| {
        let body = format!("csrf={}&case=0&{fields}", visitor.csrf());
        visitor.post(path, "application/x-www-form-urlencoded", body.as_bytes())
    };
    let case = visitor.case(1);
    let ticks = "tick-0-1=1&tick-0-2=1&tick-0-3=0&tick-0-4=1";
    let shown = visitor.get(&case).text();
    assert!(shown.contains("未定级") && shown.contains("name=\"tick-0-4\""));
    let tried: Value = serde_json::from_slice(&post(&format!("{case}/try"), ticks).body).expect("JSON");
    assert_eq!((&tried["total"], &tried["grade"]), (&Value::from("87"), &Value::from("良")));
    assert_eq!(post(&format!("{case}/edit"), ticks).status, 303);
    until("the answer", || visitor.get(&case).text().contains("此后已有新的结果"));
    let latest = visitor.case(1);
    assert!(visitor.get(&latest).text().contains("<span class=\"points\">87</span>"));
    let kept = folder.path().join("返回.xlsx");
    fs::write(&kept, visitor.get(&format!("{latest}/workbook")).body).expect("the workbook");
    let chosen = cells(&kept)
        .iter()
        .filter(|(at, (value, _))| {
            at.starts_with("'取值表'!F") && matches!(value, Cell::Text(word) if word == "是" || word == "否")
        })
        .count();
    assert!(chosen >= 4, "{chosen}");
    // A column whose title nobody knows.
    let pages = SELF.1.replace("三级指标 | 年度指标值", "三级指标 | 县里承诺的目标值");
    let form = workbook_pages::write(&[(SELF.0, &pages)], folder.path());
    assert_eq!(visitor.upload("", &[("栏目.xlsx", &fs::read(form).expect("the form"))]).status, 303);
    let case = visitor.case(2);
    let asked = |case: &str| -> Vec<Value> {
        let data: Value = serde_json::from_slice(&visitor.get(&format!("{case}/json")).body).expect("JSON");
        let columns = data[0]["account"][0]["columns"].as_array().expect("columns").clone();
        columns.into_iter().filter(|column| column["asked"] == true).collect()
    };
    let before = asked(&case);
    assert_eq!(before.len(), 1, "{before:?}");
    assert!(before[0]["choices"].as_array().expect("choices").contains(&Value::from("指标值")), "{before:?}");
    assert!(visitor.get(&case).text().contains("待确认栏目"));
    assert_eq!(post(&format!("{case}/edit"), &format!("column-0={}", encoded("指标值"))).status, 303);
    until("the answer", || visitor.get(&case).text().contains("此后已有新的结果"));
    assert!(asked(&visitor.case(2)).is_empty());
}
