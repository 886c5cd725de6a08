//! The page under load: a thousand projects are stored, fifty uploads a second come in for half a minute, and meanwhile
//! people read and try. Everything is the program itself, over the wire.
//!
//! `cargo bench --bench page [-- STORED SECONDS]` prints what was served and how long people waited, and fails above its limits
//! (two cores): 99 of 100 pages within 50 ms, of tries within 100 ms, and no upload refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::large_stack_arrays,
    reason = "a benchmark"
)]
#![allow(missing_docs, reason = "a benchmark")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use form::FORM;

mod form;
#[path = "../tests/it/page/http.rs"]
#[allow(dead_code, reason = "tests have it")]
mod http;
#[path = "../tests/it/workbook_pages.rs"]
#[allow(dead_code, reason = "tests have it")]
mod workbook_pages;

/// How long a page, and a try, may take 99 times of a hundred.
const MOST_PAGE: Duration = Duration::from_millis(50);
const MOST_TRY: Duration = Duration::from_millis(100);
/// Uploads a second.
const UPLOADS: u32 = 50;
/// Those who send uploads, and those who read.
const SENDERS: u32 = 10;
const READERS: usize = 3;
/// What a person does between two pages.
const PAUSE: Duration = Duration::from_millis(100);
const PASSWORD: &str = "a-long-enough-one";

/// A page that runs; ended with the benchmark.
struct Page {
    process: Child,
    at: SocketAddr,
    cookie: String,
    csrf: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Page {
    /// The page over these folders, with somebody signed in.
    fn start(base: &Path) -> Self {
        let program = env!("CARGO_BIN_EXE_jixiao");
        for folder in ["in", "out"] {
            fs::create_dir(base.join(folder)).unwrap();
        }
        let mut user = Command::new(program)
            .args(["user", "add", "reviewer1", "--role", "评价人员", "--password-stdin", "--base"])
            .arg(base)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        user.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        assert!(user.wait().unwrap().success());
        let log = base.join("log");
        let process = Command::new(program)
            .args(["serve", "--settle", "0", "--jobs", "2", "--listen", "127.0.0.1:0", "--inbox"])
            .arg(base.join("in"))
            .arg("--outbox")
            .arg(base.join("out"))
            .env("JIXIAO_KEYS", base.join("keys"))
            .stdin(Stdio::null())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let at = loop {
            std::thread::sleep(Duration::from_millis(50));
            let log = fs::read_to_string(&log).unwrap_or_default();
            let told = log.split("网页：http://").nth(1).and_then(|rest| rest.split_once('\n'));
            if let Some((at, _)) = told {
                break at.trim().parse().unwrap();
            }
        };
        let body = format!("name=reviewer1&password={PASSWORD}");
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        let answer = http::send(at, "POST /login", &kind, body.as_bytes());
        assert_eq!(answer.status, 303, "{}", answer.text());
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        let mut page = Self { process, at, cookie, csrf: String::new() };
        let list = page.get("/").text();
        list.split("name=\"csrf\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap()
            .clone_into(&mut page.csrf);
        page
    }

    fn get(&self, path: &str) -> http::Answer {
        http::send(self.at, &format!("GET {path}"), &[("Cookie", &self.cookie)], b"")
    }

    fn post(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> http::Answer {
        let fields: Vec<(&str, &str)> =
            std::iter::once(("csrf", self.csrf.as_str())).chain(fields.iter().copied()).collect();
        let (kind, body) = http::form(&fields, files);
        let headers = [("Cookie", self.cookie.as_str()), ("Content-Type", &kind)];
        http::send(self.at, &format!("POST {path}"), &headers, &body)
    }

    /// Uploads a form; whether it was taken.
    fn upload(&self, number: usize) -> bool {
        let page = FORM.1.replace("农村公路养护", &format!("农村公路养护{number}号"));
        let bytes = workbook_pages::bytes(&[(FORM.0, &page)], 0);
        self.post("/upload", &[], &[(&format!("{number}.xlsx"), &bytes)]).status == 303
    }

    /// The addresses of cases on the first page of the list.
    fn cases(&self) -> Vec<String> {
        let list = self.get("/").text();
        let after = list.rsplit("已处理的项目").next().unwrap_or_default();
        let links = after.split("href=\"/case/").skip(1);
        links.filter_map(|rest| Some(format!("/case/{}", rest.split('"').next()?))).collect()
    }

    /// What is not asked of a form but as a browser asks: values beside each other.
    fn try_out(&self, case: &str, actual: &str) -> http::Answer {
        let mut body = format!("csrf={}&case=0&actual-0=", self.csrf);
        for byte in actual.bytes() {
            write!(body, "%{byte:02X}").unwrap();
        }
        let kind = "application/x-www-form-urlencoded";
        let headers = [("Cookie", self.cookie.as_str()), ("Content-Type", kind)];
        http::send(self.at, &format!("POST {case}/try"), &headers, body.as_bytes())
    }
}

/// How many results lie in the outbox.
fn results(base: &Path) -> usize {
    let entries = fs::read_dir(base.join("out")).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".xlsx")).count()
}

/// The middle one and that which 99 of 100 do not exceed.
fn waits(mut all: Vec<Duration>) -> (Duration, Duration) {
    assert!(!all.is_empty(), "nothing was asked");
    all.sort();
    (all[all.len() / 2], all[all.len() * 99 / 100])
}

fn main() {
    let given: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let (stored, seconds) = (given.first().copied().unwrap_or(1_000), given.get(1).copied().unwrap_or(30));
    let place = tempfile::tempdir().unwrap();
    let base = place.path();
    let page = Page::start(base);
    let begun = Instant::now();
    for number in 0..stored {
        assert!(page.upload(number), "an upload was refused");
    }
    while results(base) < stored {
        assert!(begun.elapsed() < Duration::from_secs(900), "{} of {stored} are scored", results(base));
        std::thread::sleep(Duration::from_millis(200));
    }
    println!("{stored} uploaded and scored in {:.1} s", begun.elapsed().as_secs_f64());
    let cases = page.cases();
    assert!(!cases.is_empty(), "no case is listed");

    let (taken, refused, over) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let length = Duration::from_secs(u64::try_from(seconds).unwrap());
    let (mut pages, mut tries) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for sender in 0..SENDERS {
            let (page, taken, refused) = (&page, &taken, &refused);
            scope.spawn(move || {
                // Each sends at its own times, so that together they send so many a second.
                let each = Duration::from_secs(1) * SENDERS / UPLOADS;
                let mut next = each * sender / SENDERS;
                let mut number = stored + usize::try_from(sender).unwrap();
                while next < length {
                    std::thread::sleep(next.saturating_sub(begun.elapsed()));
                    let counted = if page.upload(number) { taken } else { refused };
                    counted.fetch_add(1, Ordering::Relaxed);
                    number += usize::try_from(SENDERS).unwrap();
                    next += each;
                }
            });
        }
        let readers: Vec<_> = (0..READERS)
            .map(|reader| {
                let (page, cases, over) = (&page, &cases, &over);
                scope.spawn(move || {
                    let (mut pages, mut tries) = (Vec::new(), Vec::new());
                    for round in reader.. {
                        if over.load(Ordering::Relaxed) {
                            break;
                        }
                        let case = &cases[round % cases.len()];
                        for path in ["/", case, "/?words=%E5%85%AC%E8%B7%AF&page=3"] {
                            let asked = Instant::now();
                            let status = page.get(path).status;
                            pages.push(asked.elapsed());
                            assert_eq!(status, 200, "{path}");
                            std::thread::sleep(PAUSE);
                        }
                        let asked = Instant::now();
                        let answer = page.try_out(case, &format!("{}公里", 100 + round % 40));
                        tries.push(asked.elapsed());
                        assert_eq!(answer.status, 200, "{}", answer.text());
                        std::thread::sleep(PAUSE);
                    }
                    (pages, tries)
                })
            })
            .collect();
        std::thread::sleep(length.saturating_sub(begun.elapsed()));
        over.store(true, Ordering::Relaxed);
        for reader in readers {
            let (looked, changed) = reader.join().unwrap();
            pages.extend(looked);
            tries.extend(changed);
        }
    });
    let took = begun.elapsed().as_secs_f64();
    let (taken, refused) = (taken.into_inner(), refused.into_inner());
    let served = results(base).saturating_sub(stored);
    println!("{taken} uploads taken in {took:.1} s, {refused} refused; {served} of them scored by then");
    let counts = (pages.len(), tries.len());
    let ((middle, most), (middle_try, most_try)) = (waits(pages), waits(tries));
    let ms = |time: Duration| time.as_micros() / 1_000;
    println!("{} pages: half within {} ms, 99 of 100 within {} ms", counts.0, ms(middle), ms(most));
    println!("{} tries: half within {} ms, 99 of 100 within {} ms", counts.1, ms(middle_try), ms(most_try));
    assert!(refused == 0 && most < MOST_PAGE && most_try < MOST_TRY, "above the limits");
}
