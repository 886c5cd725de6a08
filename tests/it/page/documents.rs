//! What can be kept of a case beside its workbook, and what became of a project from one return to the next.

use std::io::{Cursor, Read as _};

use serde_json::Value;

use super::{CASE, Place, Visitor, encoded, published, until};
use crate::findings::SELF;
use crate::service::form;
use crate::workbook_pages;

fn offers(visitor: &Visitor, case: &str) -> Vec<Value> {
    let said = visitor.get(&format!("{case}/documents"));
    assert_eq!(said.status, 200);
    serde_json::from_slice(&said.body).expect("JSON")
}

fn offer(offers: &[Value], name: &str) -> Value {
    let found = offers.iter().find(|offer| offer["name"].as_str().is_some_and(|said| said.starts_with(name)));
    found.unwrap_or_else(|| panic!("{name} in {offers:?}")).clone()
}

/// The text of a Word document.
fn words(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("its text");
    let pieces = xml.split("<w:t").skip(1).filter_map(|rest| rest.split('>').nth(1)?.split('<').next());
    pieces.collect()
}

#[test]
fn documents_and_report_are_there_or_it_is_said_why_not() {
    let place = Place::new();
    for (name, role) in [("王评", "评价人员"), ("甲局", "单位")] {
        assert!(place.user(name, role).status.success());
    }
    let page = place.start();
    let (visitor, agency) = (page.visitor("王评"), page.visitor("甲局"));
    assert_eq!(visitor.upload("", &[(CASE, &published())]).status, 303);
    let case = visitor.case(1);
    until("the receipt", || visitor.get(&format!("{case}/receipt")).status == 200);
    let all = offers(&visitor, &case);
    let shown = visitor.get(&case).text();
    for one in &all {
        let name = one["name"].as_str().expect("a name");
        match one["link"].as_str() {
            Some(link) => {
                let kept = visitor.get(link);
                assert_eq!(kept.status, 200, "{name}: {}", kept.text());
                assert!(kept.header("content-disposition").starts_with("attachment; "));
                assert!(shown.contains(&format!("href=\"{link}\"")));
            }
            None => assert!(shown.contains(one["why"].as_str().expect("a reason")), "{name}"),
        }
    }
    let letter = offer(&all, "评价结果反馈及整改通知");
    let letter = visitor.get(letter["link"].as_str().expect("it is there"));
    assert!(words(&letter.body).contains("办公大厅运行维护"), "{}", words(&letter.body));
    let report = visitor.get(offer(&all, "评价报告")["link"].as_str().expect("it is there"));
    let text = words(&report.body);
    assert!(text.contains("办公大厅运行维护") && text.contains("87.5"), "{text}");
    // What is not offered is not there under its address either.
    for path in ["letter/9", "report/9", "letter/x", "report/x"] {
        assert_eq!(visitor.get(&format!("{case}/{path}")).status, 404, "{path}");
    }
    // Where nothing is decided yet, nothing goes out: why.
    let open = workbook_pages::write(&[(SELF.0, &SELF.1.replace("得分", "打分说明"))], place.keys.path());
    assert_eq!(visitor.upload("", &[("没有得分.xlsx", &std::fs::read(open).expect("it"))]).status, 303);
    let other = visitor.case(2);
    let without = offers(&visitor, &other);
    assert!(
        without.iter().all(|one| one["link"].is_string() != one["why"].is_string()),
        "there, or why not: {without:?}"
    );
    // An agency gets what goes out signed, not the drafts.
    assert_eq!(agency.upload("", &[("甲.xlsx", &form("甲局项目"))]).status, 303);
    let own = agency.case(1);
    let names: Vec<Value> = offers(&agency, &own).into_iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["工作簿", "回执"]);
    for path in ["letter/0", "report/0"] {
        assert_eq!(agency.get(&format!("{own}/{path}")).status, 403);
        assert_eq!(agency.get(&format!("{case}/{path}")).status, 404);
    }
}

/// The versions of a project, and what became of what was found.
#[test]
fn a_later_return_says_what_was_settled_and_what_is_open() {
    let place = Place::new();
    assert!(place.user("王评", "评价人员").status.success());
    let page = place.start();
    let visitor = page.visitor("王评");
    assert_eq!(visitor.upload("", &[(CASE, &published())]).status, 303);
    let first = visitor.case(1);
    let data = |case: &str| -> Value {
        serde_json::from_slice::<Value>(&visitor.get(&format!("{case}/json")).body).expect("JSON")[0].clone()
    };
    let all = data(&first)["indicators"].as_array().expect("indicators").clone();
    let at = all.iter().position(|one| one["name"] == "办事指南发布覆盖率").expect("the indicator");
    let body = format!("csrf={}&case=0&score-{at}=12&reason-{at}={}", visitor.csrf(), encoded("补充了清单"));
    let kind = "application/x-www-form-urlencoded";
    assert_eq!(visitor.post(&format!("{first}/edit"), kind, body.as_bytes()).status, 303);
    until("the answer", || visitor.get(&first).text().contains("此后已有新的结果"));
    let second = visitor.case(1);
    let answers = data(&second)["answers"].clone();
    let message = answers["message"].as_str().expect("what became of it");
    let text = visitor.get(&second).text();
    // Beside its own result, and in the list of versions.
    assert!(text.matches(message).count() >= 2 && text.contains(&format!("href=\"{first}\"")), "{text}");
    let findings = data(&second)["findings"].as_array().expect("findings").clone();
    let said = |choice: &str| {
        let page = visitor.get(&format!("{second}?{choice}")).text();
        let rest = page.split("id=\"findings-1\"").nth(1).expect("the findings").to_owned();
        let list = rest.split("</section>").next().expect("their end").to_owned();
        findings
            .iter()
            .filter(|one| list.contains(&super::escaped(one["message"].as_str().expect("a text"))))
            .count()
    };
    let count = |key: &str, word: &str| findings.iter().filter(|one| one[key] == word).count();
    assert_eq!(said(""), findings.len());
    for severity in ["error", "warning", "info"] {
        assert_eq!(said(&format!("severity={severity}")), count("severity", severity), "{severity}");
    }
    for state in ["new", "open"] {
        assert_eq!(said(&format!("state={state}")), count("state", state), "{state}");
    }
    assert!(count("severity", "error") + count("severity", "warning") < findings.len() || findings.len() < 2);
}
