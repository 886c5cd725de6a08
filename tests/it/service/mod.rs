//! The folder service, as a person and an operator meet it: files into folders, files out of folders.

mod answers;
mod batch;
mod confirm;
mod day;
mod doors;
mod faults;
mod hostile;
mod killed;
mod last_year;
mod names;
mod older;
mod operator;
mod pool;
mod receipts;
mod register;
mod reports;
mod running;
mod secrets;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use jixiao::inner::sheet::Workbook;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::findings::SELF;
use crate::workbook_pages;

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(120);
/// 2026-01-01 08:00 in China.
const NEW_YEAR: &str = "1767225600";

/// The folders of a service.
struct Place {
    base: TempDir,
    keys: TempDir,
}

impl Place {
    fn new() -> Self {
        let fresh = || tempfile::tempdir().expect("a folder");
        let place = Self { base: fresh(), keys: fresh() };
        for folder in ["in", "out"] {
            fs::create_dir(place.at(folder)).expect("a folder");
        }
        place
    }

    fn at(&self, inside: &str) -> PathBuf {
        self.base.path().join(inside)
    }

    /// Drops a file whole, as a move does.
    fn drop(&self, name: &str, bytes: &[u8]) {
        fs::write(self.at("in").join(name), bytes).expect("a file in the inbox");
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.arg("watch").arg("--inbox").arg(self.at("in")).arg("--outbox").arg(self.at("out"));
        if !more.contains(&"--settle") {
            command.args(["--settle", "0"]);
        }
        if !more.contains(&"--jobs") {
            command.args(["--jobs", "2"]);
        }
        command.args(more).env("SOURCE_DATE_EPOCH", NEW_YEAR);
        command.env("JIXIAO_KEYS", self.keys.path());
        command
    }

    /// Serves what is there.
    fn once(&self, more: &[&str]) -> Output {
        self.command(&[&["--once"], more].concat()).output().expect("the service runs")
    }

    /// A service that runs on.
    fn start(&self, more: &[&str]) -> Running {
        let log = fs::File::options().create(true).append(true).open(self.at("log")).expect("a log");
        Running(self.command(more).stderr(log).stdin(Stdio::null()).spawn().expect("the service runs"))
    }

    /// What the service says of itself: nothing while it has not begun.
    fn status(&self) -> Value {
        let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .args(["watch", "--json", "--status"])
            .arg(self.base.path())
            .output()
            .expect("the status");
        if output.stdout.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// The names in a folder, sorted.
    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.at(folder)) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.at(file))
            .unwrap_or_else(|cause| panic!("{file}: {cause}; {:?}", self.names("out")))
    }

    fn json(&self, file: &str) -> Value {
        serde_json::from_str(&self.text(file)).expect("JSON")
    }

    /// Waits until something holds.
    fn until(&self, what: &str, holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < PATIENCE, "{what} never came; log:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.at("log")).unwrap_or_default()
    }

    /// Every original wherever it is: how often each content is there.
    fn originals(&self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for folder in ["in", "review", "archive", "rejected", "processing"] {
            for file in files(&self.at(folder)) {
                let ours = file
                    .components()
                    .any(|part| ["work", "returns"].iter().any(|ours| part.as_os_str() == *ours))
                    || ["lock", "claim.json", "claim.tmp", "plan.json", "plan.tmp", "state.json"]
                        .iter()
                        .any(|name| file.file_name().is_some_and(|found| found == *name))
                    || file.file_name().is_some_and(|name| name.to_string_lossy().ends_with("probe"))
                    || is_receipt(&file);
                if !ours {
                    *found.entry(hash(&file)).or_insert(0) += 1;
                }
            }
        }
        found
    }

    /// Holds that nothing is half done: no claims, no temporary files.
    fn is_tidy(&self) {
        assert_eq!(self.names("processing"), [] as [String; 0]);
        let left: Vec<PathBuf> = ["in", "review", "out", "archive", "rejected"]
            .iter()
            .flat_map(|folder| files(&self.at(folder)))
            .filter(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')))
            .collect();
        assert_eq!(left, [] as [PathBuf; 0]);
    }

    /// Holds that each content was scored once: results in the outbox, all complete, each named by one receipt.
    fn results_are_whole(&self) -> usize {
        let mut results: Vec<String> =
            self.names("out").into_iter().filter(|name| name.contains(".已评分")).collect();
        for result in &results {
            opens(&self.at("out").join(result));
        }
        let mut named: BTreeMap<String, String> = BTreeMap::new();
        for receipt in self.names("out/回执数据") {
            let receipt = self.json(&format!("out/回执数据/{receipt}"));
            let text = |key: &str| receipt[key].as_str().expect("a text").to_owned();
            match text("verdict").as_str() {
                "scored" => {
                    let twice = named.insert(text("sha256"), text("result"));
                    assert_eq!(twice, None, "scored twice: {receipt}");
                }
                other => assert_eq!(other, "known"),
            }
        }
        let mut named: Vec<String> = named.into_values().collect();
        named.sort();
        results.sort();
        assert_eq!(named, results, "each result has its receipt");
        results.len()
    }
}

/// A service that is ended at the latest with the test.
struct Running(Child);

impl Running {
    /// Asks it to end and waits.
    #[cfg(unix)]
    fn end(&mut self) -> Option<i32> {
        let status = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        assert!(status.expect("kill").success());
        self.0.wait().expect("the service ends").code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn is_receipt(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.contains(".回执") || matches!(name.as_ref(), "receipt.txt" | "receipt.json")
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push(path);
        }
    }
    all
}

fn hash(file: &Path) -> String {
    sha256(&fs::read(file).expect("a file"))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a workbook to its last cell.
fn opens(path: &Path) {
    let file = fs::File::open(path).expect("the result");
    let mut workbook = Workbook::open(file).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for info in workbook.sheets().to_vec() {
        workbook.read(&info, None).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// A self-evaluation form without a fault, of this project.
pub(crate) fn form(project: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let page = SELF.1.replace("农村公路养护", project);
    fs::read(workbook_pages::write(&[(SELF.0, &page)], folder.path())).expect("the form")
}
