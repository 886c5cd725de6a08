//! The page, as those meet it who cannot reach the share: signed in, uploaded, read; and as those meet it who should not.

mod api;
mod attacks;
mod browser;
mod documents;
mod http;
mod operator;
mod review;

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::service::form;
use http::Answer;

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(120);
/// The published case.
const CASE: &str = "东湖区-办公大厅运行维护费-2021.xlsx";
const PASSWORD: &str = "a-long-enough-one";

/// The folders of a page and its service.
struct Place {
    base: TempDir,
    keys: TempDir,
}

/// A page that runs; ended at the latest with the test.
struct Page {
    process: Child,
    at: SocketAddr,
}

/// Somebody who is signed in.
struct Visitor {
    at: SocketAddr,
    cookie: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Place {
    fn new() -> Self {
        let fresh = || tempfile::tempdir().expect("a folder");
        let place = Self { base: fresh(), keys: fresh() };
        for folder in ["in", "out"] {
            fs::create_dir(place.at(folder)).expect("a folder");
        }
        fs::write(place.at("jixiao.toml"), "[page]\nagencies = true\n").expect("the settings");
        place
    }

    fn at(&self, inside: &str) -> PathBuf {
        self.base.path().join(inside)
    }

    fn command(&self, listen: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(["serve", "--settle", "0", "--jobs", "2", "--listen", listen]);
        command.arg("--inbox").arg(self.at("in")).arg("--outbox").arg(self.at("out")).args(more);
        command.env("JIXIAO_KEYS", self.keys.path()).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        command
    }

    fn user(&self, name: &str, role: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command
            .args(["user", "add", name, "--role", role, "--password-stdin", "--base"])
            .arg(self.base.path());
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut input = process.stdin.take().expect("its input");
        std::io::Write::write_all(&mut input, PASSWORD.as_bytes()).expect("a password");
        drop(input);
        process.wait_with_output().expect("it ends")
    }

    fn start(&self) -> Page {
        let log = fs::File::options().create(true).append(true).open(self.at("log")).expect("a log");
        let before = self.log().matches("网页：").count();
        let process = self.command("127.0.0.1:0", &[]).stderr(log).spawn().expect("the page runs");
        until("the page listens", || self.log().matches("网页：").count() > before);
        until("its line is whole", || {
            self.log().rsplit("网页：http://").next().is_some_and(|rest| rest.contains('\n'))
        });
        let log = self.log();
        let told =
            log.rsplit("网页：http://").next().and_then(|rest| rest.lines().next()).expect("an address");
        Page { process, at: told.parse().expect("an address") }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.at("log")).unwrap_or_default()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.at(folder)) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Page {
    fn sign_in(&self, name: &str, password: &str) -> Answer {
        let body = format!("name={}&password={password}", encoded(name));
        http::send(
            self.at,
            "POST /login",
            &[("Content-Type", "application/x-www-form-urlencoded")],
            body.as_bytes(),
        )
    }

    fn visitor(&self, name: &str) -> Visitor {
        let answer = self.sign_in(name, PASSWORD);
        assert_eq!(answer.status, 303, "{}", answer.text());
        let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        Visitor { at: self.at, cookie }
    }
}

impl Visitor {
    fn get(&self, path: &str) -> Answer {
        http::send(self.at, &format!("GET {path}"), &[("Cookie", &self.cookie)], b"")
    }

    fn csrf(&self) -> String {
        let page = self.get("/").text();
        let rest = page.split("name=\"csrf\" value=\"").nth(1).expect("a form");
        rest.split('"').next().expect("its value").to_owned()
    }

    fn post(&self, path: &str, kind: &str, body: &[u8]) -> Answer {
        http::send(
            self.at,
            &format!("POST {path}"),
            &[("Cookie", &self.cookie), ("Content-Type", kind)],
            body,
        )
    }

    fn upload(&self, title: &str, files: &[(&str, &[u8])]) -> Answer {
        let (kind, body) = http::form(&[("csrf", &self.csrf()), ("title", title)], files);
        self.post("/upload", &kind, &body)
    }

    /// The first case of the list, once there are so many.
    fn case(&self, count: usize) -> String {
        let link = "href=\"/case/";
        let mut page = String::new();
        until("the case", || {
            page = self.get("/").text();
            page.contains(&format!("已处理的项目（{count} 个）"))
        });
        let rest =
            page.rsplit("已处理的项目").next().and_then(|list| list.split(link).nth(1)).expect("a link");
        format!("/case/{}", rest.split('"').next().expect("an id"))
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "{what} never came");
        std::thread::sleep(Duration::from_millis(30));
    }
}

fn published() -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("workbooks").join(CASE))
        .expect("the published case")
}

#[test]
fn what_is_uploaded_is_scored_the_folders_way_and_every_point_is_explained() {
    let place = Place::new();
    assert!(place.user("王评", "评价人员").status.success());
    let page = place.start();
    let visitor = page.visitor("王评");
    assert_eq!(visitor.upload("", &[(CASE, &published())]).status, 303);
    let case = visitor.case(1);
    let shown = visitor.get(&case);
    assert_eq!(shown.status, 200);
    let text = shown.text();
    assert!(
        text.contains("<span class=\"points\">87.5</span>")
            && text.contains("<span class=\"grade\">良</span>")
    );
    let data: Value = serde_json::from_slice(&visitor.get(&format!("{case}/json")).body).expect("JSON");
    let indicators = data[0]["indicators"].as_array().expect("indicators");
    assert_eq!(text.matches("<details class=\"point").count(), indicators.len());
    for indicator in indicators {
        let said = |key: &str| indicator[key].as_str().map(escaped);
        for key in
            ["name", "weight", "score", "criterion", "reading", "target", "actual", "deduction", "note"]
        {
            assert!(said(key).is_none_or(|said| text.contains(&said)), "{key} of {indicator}");
        }
    }
    let findings = data[0]["findings"].as_array().expect("findings");
    assert!(!findings.is_empty());
    assert!(
        findings.iter().all(|finding| text.contains(&escaped(finding["message"].as_str().expect("a text"))))
    );
    // Cells are named as people say them.
    assert!(text.contains("填在 表2 评分表K7") && !text.contains("&#39;!"));
    // The same as a person finds in the folder.
    let kept = visitor.get(&format!("{case}/workbook"));
    let result =
        fs::read(place.at("out").join("东湖区-办公大厅运行维护费-2021.已评分.xlsx")).expect("the result");
    assert!(kept.body == result, "another workbook than in the folder");
    assert!(kept.header("content-disposition").starts_with("attachment; "));
    assert_eq!(kept.header("x-content-type-options"), "nosniff");
    assert!(place.names("review").is_empty() && place.names("state/page/uploads").len() == 1);
    // The receipts are the last of what is put into the folder.
    until("the receipt", || visitor.get(&format!("{case}/receipt")).status == 200);
    assert!(visitor.get(&format!("{case}/receipt")).text().contains("87.5"));
}

/// As HTML has it.
fn escaped(text: &str) -> String {
    let sign = |c: char| match c {
        '&' => "&#38;".to_owned(),
        '<' => "&#60;".to_owned(),
        '>' => "&#62;".to_owned(),
        '"' => "&#34;".to_owned(),
        '\'' => "&#39;".to_owned(),
        other => other.to_string(),
    };
    text.chars().map(sign).collect()
}

#[test]
fn what_is_dropped_appears_and_several_files_are_one_case() {
    let place = Place::new();
    assert!(place.user("reviewer1", "评价人员").status.success());
    let page = place.start();
    let visitor = page.visitor("reviewer1");
    fs::write(place.at("in").join("甲.xlsx"), form("甲项目")).expect("a drop");
    let case = visitor.case(1);
    assert!(visitor.get(&case).text().contains("甲项目"));
    let (one, other) = (form("乙项目"), b"x,y\n1,2\n".to_vec());
    assert_eq!(visitor.upload("乙材料", &[("乙.xlsx", &one), ("附.csv", &other)]).status, 303);
    let _ = visitor.case(2);
    assert!(place.names("out").contains(&"乙材料.已评分".to_owned()), "{:?}", place.names("out"));
    // Found by words and year.
    let found = visitor.get(&format!("/?words={}", encoded("乙项目"))).text();
    assert!(found.contains("已处理的项目（1 个）") && !found.contains(">甲项目<"));
    assert!(visitor.get("/?year=1999").text().contains("没有符合条件的项目"));
    // What cannot be read is said to whom it came through.
    assert_eq!(visitor.upload("", &[("坏.xlsx", b"no workbook")]).status, 303);
    until("the refusal", || visitor.get("/").text().contains("已退回"));
}

#[test]
fn a_case_is_shown_to_the_account_it_came_through_and_to_reviewers() {
    let place = Place::new();
    for (name, role) in [("甲局", "单位"), ("乙局", "单位"), ("审计", "审计人员")] {
        assert!(place.user(name, role).status.success());
    }
    let page = place.start();
    let (own, other, auditor) = (page.visitor("甲局"), page.visitor("乙局"), page.visitor("审计"));
    assert_eq!(own.upload("", &[("材料.xlsx", &form("甲局项目"))]).status, 303);
    let case = own.case(1);
    assert_eq!(own.get(&case).status, 200);
    for path in ["", "/json", "/workbook"] {
        assert_eq!(other.get(&format!("{case}{path}")).status, 404);
    }
    let list = other.get("/").text();
    assert!(
        list.contains("已处理的项目（0 个）") && !list.contains("甲局项目") && !list.contains("材料.xlsx")
    );
    assert_eq!(auditor.get(&case).status, 200);
    let (kind, body) = http::form(&[("csrf", &auditor.csrf())], &[("a.xlsx", b"x")]);
    assert_eq!(auditor.post("/upload", &kind, &body).status, 403);
}

#[cfg(unix)]
#[test]
fn what_was_taken_in_survives_a_kill() {
    let place = Place::new();
    assert!(place.user("reviewer1", "评价人员").status.success());
    for round in 0..3 {
        let page = place.start();
        let visitor = page.visitor("reviewer1");
        for number in 0..4 {
            let name = format!("{round}-{number}.xlsx");
            assert_eq!(visitor.upload("", &[(&name, &form(&format!("项目{round}{number}")))]).status, 303);
        }
        // Dropped without a word: killed.
        drop(page);
    }
    // One that was whole, and killed before it was moved.
    let uploads = place.at("state/page/uploads");
    let waiting = uploads.join("waiting");
    fs::create_dir_all(waiting.join("input")).expect("a folder");
    let bytes = form("项目等");
    fs::write(waiting.join("input/等.xlsx"), &bytes).expect("an upload");
    let note = serde_json::json!({"id": "waiting", "user": "reviewer1", "at": "2026-01-01T00:00:00Z", "name": "等.xlsx", "sha256": "0"});
    fs::write(waiting.join("upload.json"), note.to_string()).expect("a note");
    let page = place.start();
    let visitor = page.visitor("reviewer1");
    let _ = visitor.case(13);
}

#[test]
fn a_page_is_not_offered_beyond_the_machine_in_the_open_or_without_users() {
    let place = Place::new();
    let said = |more: &[&str], listen: &str| {
        let output = place.command(listen, more).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, text) = said(&[], "0.0.0.0:0");
    assert!(code == Some(2) && text.contains("传输没有加密"), "{text}");
    let (code, text) = said(&["--proxy", "https://jx.example.cn"], "0.0.0.0:0");
    assert!(code == Some(2) && text.contains("还没有用户"), "{text}");
    let (code, text) = said(&["--proxy", "http://jx.example.cn"], "0.0.0.0:0");
    assert!(code == Some(2) && text.contains("不是反向代理的网址"), "{text}");
}

#[test]
fn accounts_are_made_renewed_and_removed() {
    let place = Place::new();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.arg("user").args(args).arg("--base").arg(place.base.path());
        let output = command.stdin(Stdio::null()).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (code, text) = run(&["add", "李四", "--role", "评价人员"]);
    assert_eq!(code, Some(0), "{text}");
    let password =
        text.split("密码：").nth(1).and_then(|rest| rest.split('（').next()).expect("a password").to_owned();
    assert_eq!(run(&["add", "李四", "--role", "评价人员"]).0, Some(2), "twice");
    assert_eq!(run(&["add", "a b", "--role", "评价人员"]).0, Some(2), "no name");
    assert_eq!(
        run(&["add", "王五", "--role", "评价人员", "--password-stdin"]).0,
        Some(2),
        "an empty password"
    );
    let stored = fs::read_to_string(place.at("state/page/users.json")).expect("the file");
    assert!(stored.contains("$argon2id$") && !stored.contains(&password));
    let page = place.start();
    let answer = page.sign_in("李四", &encoded(&password));
    assert_eq!(answer.status, 303);
    let visitor =
        Visitor { at: page.at, cookie: answer.header("set-cookie").split(';').next().expect("one").into() };
    assert_eq!(visitor.get("/").status, 200);
    // Another password ends what was begun with the old one.
    assert_eq!(run(&["password", "李四"]).0, Some(0));
    assert_eq!(visitor.get("/").status, 303);
    assert_eq!(run(&["list"]).1, "李四（评价人员）\n");
    assert_eq!(run(&["remove", "李四"]).0, Some(0));
    assert_eq!(run(&["list"]).1, "");
}
