//! The page in a real browser: Debian's Chromium, driven by its own driver over the protocol that browsers share.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::{CASE, PASSWORD, Place, http, until};

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

#[test]
fn a_reviewer_uploads_the_published_case_and_reads_its_grade() {
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
    // On paper every point is open.
    browser.tell("print", &json!({"page": {"width": 21, "height": 29.7}}));
    assert_eq!(browser.run("return document.querySelectorAll('details.point:not([open])').length"), json!(0));
    // The policy let our style and script through, and nothing else was asked for.
    let style = browser.run("return getComputedStyle(document.querySelector('.top')).backgroundColor");
    assert_eq!(style, json!("rgb(18, 53, 91)"));
}
