//! The page in a real browser: Debian's Chromium, driven by its own driver over the protocol that browsers share.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::{CASE, PASSWORD, Place, http, until};
use crate::support::{indicator, score_with_keys};

/// Why another score is put in the place of the computed one.
const REASON: &str = "已补充提供办事指南发布清单";

/// The name under which the protocol hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser; ended at the latest with the test.
struct Browser {
    driver: Child,
    at: SocketAddr,
    session: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = http::send(self.at, &format!("DELETE /session/{}", self.session), &[], b"");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    fn open() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver, which ./test installs");
        let output = BufReader::new(driver.stdout.take().expect("its output"));
        let told = output.lines().map_while(Result::ok).find_map(|line| {
            let port = line.split("successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let at = SocketAddr::from(([127, 0, 0, 1], told.expect("a port")));
        let mut browser = Self { driver, at, session: String::new() };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--window-size=1366,768",
        ];
        let options = json!({"goog:chromeOptions": {"args": arguments}});
        let made = browser.say("POST", "/session", &json!({"capabilities": {"alwaysMatch": options}}));
        browser.session = made["sessionId"].as_str().expect("a session").to_owned();
        browser
    }

    fn say(&self, method: &str, path: &str, what: &Value) -> Value {
        let body = if method == "POST" { what.to_string() } else { String::new() };
        let headers = [("Content-Type", "application/json")];
        let answer = http::send(self.at, &format!("{method} {path}"), &headers, body.as_bytes());
        let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        assert_eq!(answer.status, 200, "{method} {path}: {said}");
        said["value"].clone()
    }

    fn tell(&self, what: &str, with: &Value) -> Value {
        self.say("POST", &format!("/session/{}/{what}", self.session), with)
    }

    fn go(&self, to: &str) {
        self.tell("url", &json!({"url": to}));
    }

    fn element(&self, css: &str) -> String {
        let found = self.tell("element", &json!({"using": "css selector", "value": css}));
        found[ELEMENT].as_str().expect("an element").to_owned()
    }

    fn write(&self, css: &str, text: &str) {
        self.tell(&format!("element/{}/value", self.element(css)), &json!({"text": text}));
    }

    fn click(&self, css: &str) {
        self.tell(&format!("element/{}/click", self.element(css)), &json!({}));
    }

    fn run(&self, script: &str) -> Value {
        self.tell("execute/sync", &json!({"script": script, "args": []}))
    }

    fn text(&self) -> String {
        self.run("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }
}

/// A picture of the window for a person to look at, where one is wanted (`PICTURES=folder`).
fn picture(browser: &Browser, name: &str) {
    if let Ok(folder) = std::env::var("PICTURES") {
        let taken = browser.say("GET", &format!("/session/{}/screenshot", browser.session), &json!({}));
        let path = PathBuf::from(folder).join(format!("{name}.base64"));
        std::fs::write(path, taken.as_str().expect("a picture")).expect("it is written");
    }
}

#[test]
fn a_reviewer_uploads_the_published_case_tries_decides_and_downloads_what_he_decided() {
    let place = Place::new();
    assert!(place.user("王评", "评价人员").status.success());
    let page = place.start();
    let browser = Browser::open();
    browser.go(&format!("http://{}/", page.at));
    browser.write("#name", "王评");
    browser.write("#password", PASSWORD);
    browser.click(".login button");
    assert!(browser.text().contains("上传材料"), "{}", browser.text());
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("workbooks").join(CASE);
    browser.write("#files", &file.display().to_string());
    browser.click("#upload button");
    until("the case in the list", || browser.text().contains("已处理的项目（1 个）"));
    browser.click(".cases a");
    picture(&browser, "first");
    let text = browser.text();
    assert!(text.contains("87.5／100 分") && text.contains('良'), "{text}");
    // Every bar is drawn, and nothing of the page lies beyond its window.
    let bars = browser.run("return document.querySelectorAll('svg.bar').length");
    assert!(bars.as_u64().is_some_and(|bars| bars > 3), "{bars}");
    let wide = browser.run("return document.documentElement.scrollWidth <= window.innerWidth");
    assert_eq!(wide, json!(true), "the page is wider than its window");
    // What a point came from is there at a click.
    let closed = browser.run("return document.querySelectorAll('details.point:not([open])').length");
    assert!(closed.as_u64().is_some_and(|closed| closed > 0));
    browser.click("details.point:not([open]) summary");
    assert!(browser.text().contains("评分标准"));
    // Another actual is tried: total, level and grade follow, nothing is saved.
    let name = "办事指南发布覆盖率";
    let at = browser.run(&format!(
        "var all = document.querySelectorAll('.point .name'); for (var i = 0; i < all.length; i++) {{ if (all[i].textContent === '{name}') {{ return i; }} }} return -1;"
    ));
    let at = at.as_u64().expect("the indicator");
    let actual = format!("#actual-0-{at}");
    browser.tell(&format!("element/{}/clear", browser.element(&actual)), &json!({}));
    browser.write(&actual, "全部覆盖");
    until("the try is told", || {
        browser.run("return document.querySelector('.points').textContent") == json!("95")
    });
    let grade = browser.run("return document.querySelector('.total .grade').textContent");
    assert_eq!(grade, json!("优"));
    browser.tell(&format!("element/{}/clear", browser.element(&actual)), &json!({}));
    browser.write(&actual, "部分覆盖");
    until("it is taken back", || {
        browser.run("return document.querySelector('.points').textContent") == json!("87.5")
    });
    // Another score with a reason: typed into the workbook, scored by the folder, another return.
    browser.write(&format!("#score-0-{at}"), "12");
    browser.write(&format!("#reason-0-{at}"), REASON);
    browser.click(&format!("#score-0-{at} ~ button"));
    until("the answer", || browser.text().contains("此后已有新的结果"));
    browser.click(".notice a");
    let text = browser.text();
    assert!(text.contains("92／100 分") && text.contains(REASON), "{text}");
    let id = browser.run("return location.pathname");
    let id = id.as_str().expect("a path");
    let kept = page.visitor("王评").get(&format!("{id}/workbook"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("下载.xlsx");
    std::fs::write(&path, &kept.body).expect("the download");
    let scored = score_with_keys(&path, &folder.path().join("结果"), place.keys.path());
    assert_eq!(scored.json["score"]["total"], "92");
    let one = indicator(&scored.json, name);
    assert_eq!((&one["override"]["reason"], &one["override"]["by"]), (&json!(REASON), &json!("王评")));
    // Somebody else sees only his own.
    assert!(place.user("乙局", "单位").status.success());
    let other = page.visitor("乙局");
    assert_eq!(other.get(id).status, 404);
    assert!(other.get("/").text().contains("已处理的项目（0 个）"));
    picture(&browser, "case");
    // On paper every point is open.
    browser.tell("print", &json!({"page": {"width": 21, "height": 29.7}}));
    assert_eq!(browser.run("return document.querySelectorAll('details.point:not([open])').length"), json!(0));
    // The policy let our style and script through, and nothing else was asked for.
    let style = browser.run("return getComputedStyle(document.querySelector('.top')).backgroundColor");
    assert_eq!(style, json!("rgb(18, 53, 91)"));
}
