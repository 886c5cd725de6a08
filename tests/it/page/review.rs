//! What a reviewer tries and decides on the page of a case, and what the record says of it.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::{CASE, Place, Visitor, encoded, published, until};

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
