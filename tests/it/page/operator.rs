//! The pages of operators: accounts, mappings, the service; and what came in.

use std::fs;
use std::io::{Cursor, Write as _};

use serde_json::Value;

use super::{PASSWORD, Page, Place, Visitor, encoded, until};
use crate::findings::SELF;
use crate::service::form;
use crate::workbook_pages;

const FORM: &str = "application/x-www-form-urlencoded";

fn change(visitor: &Visitor, fields: &str) -> (u16, String) {
    let body = format!("csrf={}&{fields}", visitor.csrf());
    let answer = visitor.post("/users", FORM, body.as_bytes());
    (answer.status, answer.text())
}

fn password(text: &str) -> String {
    let rest = text.split("的密码：").nth(1).unwrap_or_else(|| panic!("a password in {text}"));
    rest.split('（').next().expect("its end").to_owned()
}

fn started(roles: &[(&str, &str)]) -> (Place, Page) {
    let place = Place::new();
    for (name, role) in roles {
        assert!(place.user(name, role).status.success());
    }
    let page = place.start();
    (place, page)
}

#[test]
fn an_operator_adds_renews_blocks_and_admits_accounts() {
    let (place, page) = started(&[("管理", "管理员"), ("甲评", "评价人员")]);
    let (operator, reviewer) = (page.visitor("管理"), page.visitor("甲评"));
    for path in ["/users", "/users/json", "/mappings", "/mappings/json", "/status", "/status/json"] {
        assert_eq!(reviewer.get(path).status, 403, "{path}");
        assert_eq!(operator.get(path).status, 200, "{path}");
    }
    assert_eq!(change(&reviewer, &format!("act=add&name=x&role={}", encoded("管理员"))).0, 403);
    assert_eq!(operator.post("/users", FORM, b"csrf=0&act=block&name=x").status, 403, "another page's form");
    let (status, text) =
        change(&operator, &format!("act=add&name={}&role={}", encoded("乙评"), encoded("评价人员")));
    assert_eq!(status, 200);
    let first = password(&text);
    assert_eq!(page.sign_in("乙评", &encoded(&first)).status, 303);
    let (_, text) = change(&operator, &format!("act=password&name={}", encoded("乙评")));
    let second = password(&text);
    assert!(first != second && page.sign_in("乙评", &encoded(&first)).status == 401);
    assert_eq!(page.sign_in("乙评", &encoded(&second)).status, 303);
    // Who is blocked is out at once, and comes in again as he was.
    assert_eq!(change(&operator, &format!("act=block&name={}", encoded("甲评"))).0, 303);
    assert_eq!(reviewer.get("/").status, 303);
    let refused = page.sign_in("甲评", PASSWORD);
    assert!(refused.status == 403 && refused.text().contains("已停用"), "{}", refused.text());
    assert_eq!(page.sign_in("甲评", "x").status, 401, "a wrong password is told nothing");
    assert_eq!(change(&operator, &format!("act=admit&name={}", encoded("甲评"))).0, 303);
    let reviewer = page.visitor("甲评");
    assert_eq!(
        change(&operator, &format!("act=role&name={}&role={}", encoded("甲评"), encoded("审计人员"))).0,
        303
    );
    assert!(reviewer.get("/").text().contains("甲评（审计人员）"));
    // Nobody shuts himself out.
    let own = encoded("管理");
    for fields in [format!("act=block&name={own}"), format!("act=role&name={own}&role={}", encoded("单位"))]
    {
        assert_eq!(change(&operator, &fields).0, 422, "{fields}");
    }
    assert_eq!(change(&operator, "act=block&name=nobody").0, 422);
    assert_eq!(change(&operator, "act=else&name=x").0, 422);
    let users: Value = serde_json::from_slice(&operator.get("/users/json").body).expect("JSON");
    assert_eq!(users.as_array().expect("users").len(), 3);
    assert!(!operator.get("/users").text().contains("argon2"));
    let record = operator.get("/audit").text();
    for act in ["添加（评价人员）", "更换密码", "停用", "恢复", "角色改为审计人员"] {
        assert!(record.contains(act), "{act}");
    }
    assert!(!record.contains(&first) && !record.contains(&second), "a password stands in no record");
    drop(place);
}

#[test]
fn agencies_come_in_only_where_that_is_set() {
    let (place, page) = started(&[("甲局", "单位")]);
    assert_eq!(page.sign_in("甲局", PASSWORD).status, 303);
    drop(page);
    fs::write(place.at("jixiao.toml"), "[page]\nwrong_passwords = 2\npassword_length = 12\n")
        .expect("settings");
    let page = place.start();
    let refused = page.sign_in("甲局", PASSWORD);
    assert!(refused.status == 403 && refused.text().contains("没有开放"), "{}", refused.text());
    // The other rules are settings, too.
    for status in [401, 401, 429] {
        assert_eq!(page.sign_in("甲局", "x").status, status);
    }
    fs::write(place.at("jixiao.toml"), "[page]\npassword_length = 30\n").expect("settings");
    assert!(!place.user("乙评", "评价人员").status.success(), "too short");
}

#[test]
fn a_pasted_mapping_is_checked_as_the_command_does() {
    let (place, page) = started(&[("管理", "管理员")]);
    let operator = page.visitor("管理");
    let check = |text: &str| {
        let body = format!("csrf={}&text={}", operator.csrf(), encoded(text));
        operator.post("/mappings", FORM, body.as_bytes()).text()
    };
    let faulty = "name = \"甲\"\n[[form]]\nkindd = 1\n";
    let file = place.at("faulty.toml");
    fs::write(&file, faulty).expect("a mapping");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"));
    let said = command.args(["mapping", "check"]).arg(&file).output().expect("it runs");
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let count =
        said.split('共').nth(1).and_then(|rest| rest.split('处').next()).expect("a count").trim().to_owned();
    let shown = check(faulty);
    assert!(shown.contains(&format!("共 {count} 处错误")), "{shown}");
    assert!(check("name = \"</textarea><script>alert(1)</script>\"").matches("<script").count() == 1);
    let shipped = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/mappings")).expect("the mappings");
    let shipped = shipped.map(|entry| entry.expect("an entry").path());
    let sound = shipped.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let text = fs::read_to_string(sound.expect("a mapping")).expect("its text");
    assert!(check(&text).contains("映射文件没有错误"));
}

/// An archive goes the folder's way: what is in it is entered in the register, which is a page.
#[test]
fn an_archive_is_taken_apart_and_the_register_is_a_page() {
    let (place, page) = started(&[("甲评", "评价人员"), ("甲局", "单位")]);
    let visitor = page.visitor("甲评");
    assert!(visitor.get("/register").text().contains("还没有收件登记表"));
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, project) in [("一.xlsx", "第一个项目"), ("二.xlsx", "第二个项目")] {
        packed.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        packed.write_all(&form(project)).expect("its bytes");
    }
    let bytes = packed.finish().expect("an archive").into_inner();
    assert_eq!(visitor.upload("", &[("各单位材料.zip", &bytes)]).status, 303);
    let _ = visitor.case(2);
    until("the archive is done", || visitor.get("/").text().contains("已处理</td>"));
    let shown = visitor.get("/register").text();
    assert!(
        shown.contains("第一个项目") && shown.contains("第二个项目") && !shown.contains("标识（请勿改动）"),
        "{shown}"
    );
    let found = visitor.get(&format!("/register?words={}", encoded("第二个"))).text();
    assert!(found.contains("第二个项目") && !found.contains("第一个项目"));
    let data: Value = serde_json::from_slice(&visitor.get("/register/json").body).expect("JSON");
    assert_eq!(data["rows"].as_array().expect("rows").len(), 2, "{data}");
    // A damaged one is said, not shown.
    fs::write(place.at("out/收件登记表.xlsx"), b"no workbook").expect("a file");
    assert_eq!(visitor.get("/register").status, 422);
    assert_eq!(page.visitor("甲局").get("/register").status, 403);
}

#[test]
fn what_is_asked_about_titles_is_listed_until_it_is_answered() {
    let (place, page) = started(&[("甲评", "评价人员"), ("甲局", "单位")]);
    let visitor = page.visitor("甲评");
    assert!(visitor.get("/questions").text().contains("没有需要确认的栏目"));
    let pages = SELF.1.replace("三级指标 | 年度指标值", "三级指标 | 县里承诺的目标值");
    let form = workbook_pages::write(&[(SELF.0, &pages)], place.keys.path());
    assert_eq!(visitor.upload("", &[("栏目.xlsx", &fs::read(form).expect("the form"))]).status, 303);
    let case = visitor.case(1);
    let shown = visitor.get("/questions").text();
    assert!(shown.contains("“县里承诺的目标值”") && shown.contains(&format!("href=\"{case}\"")), "{shown}");
    let data: Value = serde_json::from_slice(&visitor.get("/questions/json").body).expect("JSON");
    assert_eq!(data[0]["columns"][0]["title"], "县里承诺的目标值");
    let body = format!("csrf={}&case=0&column-0={}", visitor.csrf(), encoded("指标值"));
    assert_eq!(visitor.post(&format!("{case}/edit"), FORM, body.as_bytes()).status, 303);
    until("the answer", || visitor.get("/questions").text().contains("没有需要确认的栏目"));
    assert_eq!(page.visitor("甲局").get("/questions").status, 403);
}
