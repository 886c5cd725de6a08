//! The register: every workbook that is returned is found again, by its id, by what it answers, by its project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jixiao::inner::service::door::Door;
use jixiao::inner::service::register::{ProjectKey, Register, Return, ReturnId};
use serde_json::{Value, json};

use super::{Place, form, sha256};
use crate::findings::{LEDGER, SELF};
use crate::workbook_pages;

const AGENCY: &str = "某县交通运输局";

fn key(project: &str) -> ProjectKey {
    ProjectKey::of(Some(project), Some(AGENCY), Some(2022)).expect("a key")
}

impl Place {
    fn register(&self) -> Register {
        Register::at(&self.at("state"))
    }

    fn latest(&self, project: &str) -> Return {
        self.register()
            .latest(&key(project))
            .unwrap_or_else(|| panic!("no return of {project}: {}", self.log()))
    }

    /// Serves at this day of 2026.
    pub(super) fn serve_on(&self, day: &str, more: &[&str]) {
        let at: jiff::Timestamp = format!("{day}T00:00:00Z").parse().expect("a time");
        let mut command = self.command(&[&["--once"], more].concat());
        let run = command.env("SOURCE_DATE_EPOCH", at.as_second().to_string()).output().expect("it runs");
        // A file with errors makes it 1.
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    }

    fn entries(&self) -> Vec<String> {
        self.names("state/returns").into_iter().filter(|name| !name.starts_with('.')).collect()
    }

    /// Holds that every result is in the register as it is in the outbox, and nothing in it is half.
    pub(super) fn register_is_whole(&self) {
        let register = self.register();
        let mut found: Vec<String> = Vec::new();
        for name in self.entries() {
            let id: ReturnId = name.parse().unwrap_or_else(|_| panic!("{name} is no return"));
            let entry = register.get(&id).unwrap_or_else(|| panic!("{name} is broken"));
            let result = self.at("out").join(&entry.result);
            assert_eq!(
                fs::read(entry.workbook()).expect("its workbook"),
                fs::read(&result).expect("the result")
            );
            let receipt = entry.result.replace(".已评分", ".回执").replace(".xlsx", ".json");
            let receipt = self.json(&format!("out/回执数据/{receipt}"));
            assert_eq!(receipt["cases"], Value::Array(entry.cases_json().expect("its cases")), "{name}");
            assert_eq!(receipt["sha256"], entry.sha256.as_str());
            assert_eq!(receipt["door"], json!(entry.door));
            for case in &entry.cases {
                let latest = register.latest(&case.key().expect("a key")).expect("the latest of its project");
                assert_eq!(latest.cases.first().map(|case| &case.project), Some(&case.project));
            }
            if let Some(parent) = &entry.parent {
                assert!(
                    register.children(parent).iter().any(|child| child.id == id),
                    "{name} answers {parent}"
                );
            }
            found.push(entry.result.clone());
        }
        let results = self.names("out").into_iter().filter(|name| name.contains(".已评分"));
        found.sort();
        assert_eq!(found, results.collect::<Vec<_>>(), "every result once");
        let left: Vec<PathBuf> = super::files(&self.at("state"))
            .into_iter()
            .filter(|file| file.file_name().is_some_and(|name| name.to_string_lossy().contains(".tmp")))
            .collect();
        assert_eq!(left, [] as [PathBuf; 0]);
    }
}

#[test]
fn a_return_is_kept_as_it_was_returned() {
    let place = Place::new();
    let bytes = form("甲项目");
    place.drop("甲.xlsx", &bytes);
    assert_eq!(place.once(&[]).status.code(), Some(0));
    place.register_is_whole();
    let entry = place.latest("甲项目");
    assert_eq!(place.entries(), [entry.id.to_string()]);
    assert_eq!(Some(&entry), place.register().get(&entry.id).as_ref());
    assert_eq!((entry.parent.as_ref(), entry.door, entry.file.as_ref()), (None, Door::Inbox, None));
    assert_eq!((entry.submission.as_str(), entry.result.as_str()), ("甲.xlsx", "甲.已评分.xlsx"));
    assert_eq!((&entry.sha256, &entry.source_sha256), (&sha256(&bytes), &sha256(&bytes)));
    assert_eq!(entry.at.to_string(), "2026-01-01T00:00:00Z");
    let case = &entry.cases[0];
    assert_eq!(
        (case.project.as_deref(), case.agency.as_deref(), case.year),
        (Some("甲项目"), Some(AGENCY), Some(2022))
    );
    assert_eq!(
        (case.total.expect("a total").to_string(), case.grade.as_deref()),
        ("99.5".to_owned(), Some("优（暂定）"))
    );
    assert!(case.hosted && case.complete);
    assert_eq!(place.status()["returns"], 1);
    // What a person writes into the result in place is none of the register's.
    let result = fs::File::options().write(true).open(place.at("out/甲.已评分.xlsx")).expect("the result");
    result.set_len(10).expect("it is cut");
    assert!(fs::metadata(entry.workbook()).expect("the copy").len() > 10);
    // The same again, which is the same return; a content that is known is none.
    place.drop("甲.xlsx", &bytes);
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(place.entries().len(), 1);
    place.drop("甲.xlsx", &bytes);
    assert_eq!(place.once(&["--again"]).status.code(), Some(0));
    assert_eq!(place.entries(), [entry.id.to_string()]);
    assert_eq!(place.latest("甲项目").result, "甲.已评分(3).xlsx", "it is known by where it is now");
}

#[test]
fn what_is_handed_in_again_answers_what_was_returned() {
    let place = Place::new();
    place.drop("甲.xlsx", &form("甲项目"));
    place.serve_on("2026-01-01", &[]);
    let first = place.latest("甲项目");
    // The clock jumps back: the latest is what was published last.
    fs::rename(place.at("out/甲.已评分.xlsx"), place.at("in/改.xlsx")).expect("it is handed in again");
    place.serve_on("2025-06-01", &[]);
    let second = place.latest("甲项目");
    assert_ne!(first.id, second.id);
    assert_eq!(second.parent, Some(first.id.clone()));
    assert_eq!(place.register().children(&first.id), std::slice::from_ref(&second));
    assert_eq!(place.register().children(&second.id), []);
    // What was returned first is handed in once more: two answer it.
    fs::copy(first.workbook(), place.at("in/旧.xlsx")).expect("the older one");
    place.serve_on("2026-02-01", &["--again"]);
    let third = place.latest("甲项目");
    assert_eq!(third.parent, Some(first.id.clone()));
    assert_eq!(place.register().children(&first.id), [second, third]);
    assert_eq!(place.entries().len(), 3);
    assert_eq!(place.register().latest(&key("乙项目")), None);
}

#[test]
fn every_workbook_of_a_folder_is_a_return() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let case = place.at("in").join("公路 项目");
    fs::create_dir(&case).expect("a folder");
    for (name, page) in [("自评.xlsx", SELF), ("账.xlsx", LEDGER)] {
        fs::rename(workbook_pages::write(&[page], folder.path()), case.join(name)).expect("a file");
    }
    assert_eq!(place.once(&[]).status.code(), Some(0));
    let host = place.latest("农村公路养护");
    assert_eq!((host.result.as_str(), host.file.as_deref()), ("公路 项目.已评分", Some("自评.已评分.xlsx")));
    assert_eq!(
        fs::read(host.workbook()).expect("it"),
        fs::read(place.at("out/公路 项目.已评分/自评.已评分.xlsx")).expect("it")
    );
    let all: Vec<Return> = place
        .entries()
        .iter()
        .map(|id| place.register().get(&id.parse().expect("an id")).expect("whole"))
        .collect();
    for entry in &all {
        assert_eq!(entry.cases[0].hosted, entry.id == host.id);
        assert_eq!(entry.sha256, host.sha256);
    }
    let again = place.at("in").join("再交");
    fs::rename(place.at("out/公路 项目.已评分"), &again).expect("the whole folder again");
    place.serve_on("2026-03-01", &[]);
    assert_eq!(place.latest("农村公路养护").parent, Some(host.id));
}

#[test]
fn old_returns_go_but_never_the_latest_of_a_project() {
    let place = Place::new();
    fs::write(place.at("jixiao.toml"), "[register]\nkeep_days = 30\n").expect("the settings");
    let config = place.at("jixiao.toml");
    let keep = ["--config", config.to_str().expect("a path")];
    place.drop("甲.xlsx", &form("甲"));
    place.drop("乙.xlsx", &form("乙"));
    place.serve_on("2026-01-01", &keep);
    let (oldest, other) = (place.latest("甲"), place.latest("乙"));
    fs::rename(place.at("out/甲.已评分.xlsx"), place.at("in/甲.xlsx")).expect("again");
    place.serve_on("2026-01-20", &keep);
    let second = place.latest("甲");
    fs::rename(place.at("out").join(&second.result), place.at("in/甲.xlsx")).expect("again");
    fs::create_dir(place.at("state/returns/.going-0")).expect("what a removal that was cut off left");
    fs::write(place.at("state/returns").join(oldest.id.to_string()).join("x"), "")
        .expect("a file more does no harm");
    place.serve_on("2026-02-10", &keep);
    let third = place.latest("甲");
    let mut left = [other.id.to_string(), second.id.to_string(), third.id.to_string()];
    left.sort();
    assert_eq!(place.entries(), left, "the first is older than 30 days and not the latest");
    assert_eq!(place.register().get(&oldest.id), None);
    assert_eq!(
        place.register().children(&oldest.id),
        std::slice::from_ref(&second),
        "what answers it is still found by it"
    );
    assert!(!place.at("state/returns/.going-0").exists());
    place.serve_on("2027-01-01", &keep);
    let mut left = [other.id.to_string(), third.id.to_string()];
    left.sort();
    assert_eq!(place.entries(), left);
    assert_eq!(place.latest("乙"), other);
    assert_eq!(place.register().children(&oldest.id), [], "no mark leads to what is gone");
    place.serve_on("2036-01-01", &[]);
    assert_eq!(place.entries().len(), 2, "for ever, where nothing is set");
}

#[test]
fn a_broken_entry_is_left_out_and_left_alone() {
    let place = Place::new();
    place.drop("甲.xlsx", &form("甲"));
    place.serve_on("2026-01-01", &[]);
    let good = place.latest("甲");
    fs::rename(place.at("out/甲.已评分.xlsx"), place.at("in/甲.xlsx")).expect("again");
    place.serve_on("2026-01-02", &[]);
    let broken = place.latest("甲");
    let note = place.at("state/returns").join(broken.id.to_string()).join("return.json");
    let whole = fs::read_to_string(&note).expect("the note");
    let large = format!("{whole}{}", " ".repeat(2 * 1024 * 1024));
    let escape = whole.replace("workbook.xlsx", "../../../out/甲.已评分.xlsx");
    let other = whole.replace(&broken.id.to_string(), &good.id.to_string());
    let future = whole.replace("\"schema\": 1", "\"schema\": 9");
    for (what, text) in [
        ("large", &large),
        ("escape", &escape),
        ("other", &other),
        ("future", &future),
        ("cut", &whole[..40].to_owned()),
    ] {
        fs::write(&note, text).expect("an altered note");
        assert_eq!(place.register().get(&broken.id), None, "{what}");
        assert_eq!(place.latest("甲"), good, "{what}: the one before");
        assert_eq!(place.register().children(&good.id), [], "{what}");
    }
    #[cfg(unix)]
    {
        fs::remove_file(&note).expect("it goes");
        std::os::unix::fs::symlink("/dev/zero", &note).expect("a link");
        assert_eq!(place.register().get(&broken.id), None, "a link is none");
    }
    for name in ["..", "../..", "a", "A0000000000000000000000000000000", ""] {
        assert!(name.parse::<ReturnId>().is_err(), "{name} names no return");
    }
    fs::write(place.at("state/returns/README"), "a person's").expect("a file");
    fs::write(place.at("jixiao.toml"), "[register]\nkeep_days = 1\n").expect("the settings");
    let config = place.at("jixiao.toml");
    place.drop("丙.xlsx", &form("丙"));
    let mut service = place.command(&["--once", "--config", config.to_str().expect("a path")]);
    let run = service.env("SOURCE_DATE_EPOCH", "1893456000").output().expect("a service");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8_lossy(&run.stderr).contains("a broken return is left out"));
    assert!(note.parent().expect("a folder").exists(), "what cannot be read is not removed");
    assert_eq!(place.latest("甲"), good, "nor what is now the latest");
    assert_eq!(place.latest("丙").submission, "丙.xlsx");
}

#[test]
fn a_register_may_be_kept_elsewhere() {
    let place = Place::new();
    fs::create_dir(place.at("登记")).expect("a folder");
    fs::write(place.at("jixiao.toml"), "[register]\ndir = \"登记\"\n").expect("the settings");
    place.drop("甲.xlsx", &form("甲"));
    assert_eq!(place.once(&[]).status.code(), Some(0), "the settings beside the inbox");
    assert!(!place.at("state/returns").exists());
    let elsewhere = Register::at(&place.at("登记"));
    assert_eq!(elsewhere.latest(&key("甲")).expect("a return").submission, "甲.xlsx");
    assert_eq!(place.status()["returns"], 1);
    // Its disk is away: nothing is lost, and no other register is begun where it was.
    fs::rename(place.at("登记/returns"), place.at("登记/away")).expect("it goes");
    place.drop("乙.xlsx", &form("乙"));
    fs::rename(place.at("登记"), place.at("没有")).expect("the whole folder goes");
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.names("in"), ["乙.xlsx"]);
}

fn batch(folder: &Path, more: &[&str]) {
    let run = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .env("SOURCE_DATE_EPOCH", super::NEW_YEAR)
        .args(["batch", "in", "--jobs", "2", "--out"])
        .arg(folder.join("out"))
        .args(more)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_batch_keeps_a_register_where_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("in")).expect("a folder");
    for project in ["甲", "乙", "丙"] {
        fs::write(at("in").join(format!("{project}.xlsx")), form(project)).expect("a form");
    }
    batch(folder.path(), &[]);
    assert!(!at("state").exists());
    batch(folder.path(), &["--state", "state"]);
    let register = Register::at(&at("state"));
    assert_eq!(register.count(), 3);
    let entry = register.latest(&key("乙")).expect("a return");
    assert_eq!((entry.door, entry.result.as_str()), (Door::Batch, "乙.已评分(2).xlsx"));
    assert_eq!(fs::read(entry.workbook()).expect("it"), fs::read(at("out/乙.已评分(2).xlsx")).expect("it"));
    assert_eq!(entry.cases_json().expect("cases")[0]["output"], "乙.已评分(2).xlsx");
    batch(folder.path(), &["--state", "state"]);
    assert_eq!(register.count(), 3, "the same returns");
    fs::create_dir(at("另")).expect("a folder");
    fs::write(at("jixiao.toml"), "[register]\ndir = \"另\"\nkeep_days = 3\n").expect("the settings");
    batch(folder.path(), &[]);
    assert_eq!(Register::at(&at("另")).count(), 3);
}

/// Killed as soon as each step of a publication is seen: the next service finishes it, and nothing is half. Each time what
/// was returned last is handed in again, so that every kind of mark is made.
#[test]
fn killed_at_every_step_of_publishing_the_register_is_whole() {
    let place = Place::new();
    place.drop("0.xlsx", &form("甲项目"));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    // What is seen of a step: how many files are there whose path has this in it.
    let steps = [
        ("processing", "returns"),
        ("processing", "plan.json"),
        ("out", ".已评分"),
        ("state/returns", "return.json"),
        ("state/returns/.children", ""),
        ("state/returns/.projects", ""),
        ("state", "-"),
        ("out/回执数据", ".回执.json"),
        ("archive", ".xlsx"),
    ];
    let mut stopped = 0;
    for (number, (folder, part)) in (1_u32..).zip(steps.iter().cycle().take(2 * steps.len())) {
        let before = place.latest("甲项目");
        let seen = || {
            let all = file_names(&place.at(folder));
            all.iter().filter(|file| file.contains(part)).count()
        };
        let count = seen();
        place.drop(&format!("{number}.xlsx"), &fs::read(before.workbook()).expect("the workbook"));
        let log = fs::File::options().create(true).append(true).open(place.at("log")).expect("a log");
        let mut service = super::Running(place.command(&[]).stderr(log).spawn().expect("it runs"));
        place.until("the step", || {
            while seen() == count && place.names("archive/2026-01-01").len() <= number as usize {
                std::thread::yield_now();
            }
            true
        });
        service.0.kill().expect("SIGKILL");
        service.0.wait().expect("it is gone");
        stopped +=
            usize::from(!place.names("processing").iter().all(|name| {
                place.names(&format!("processing/{name}")).iter().all(|inside| inside == "lock")
            }));
        let run = place.once(&[]);
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        place.is_tidy();
        place.register_is_whole();
        let after = place.latest("甲项目");
        assert_eq!(after.parent, Some(before.id), "killed at {folder} {part}");
    }
    assert!(stopped > 2, "{stopped} of the kills were in the middle");
    assert_eq!(place.entries().len(), 1 + 2 * steps.len());
}

/// The paths of all files below a folder, some of which may be going just now.
fn file_names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let inside = |path: PathBuf| {
        if path.is_dir() { file_names(&path) } else { vec![path.to_string_lossy().into_owned()] }
    };
    entries.flat_map(|entry| inside(entry.path())).collect()
}
