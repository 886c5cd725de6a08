//! What stands in the way of all work is no fault of a file: none is lost, none is handed back, and all are served once
//! it is out of the way.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::{Place, form};

/// Holds that two files are back, and served by the next run.
fn all_back_then_served(place: &Place) {
    assert_eq!(place.names("in"), ["乙.xlsx", "甲.xlsx"]);
    assert_eq!(place.names("rejected"), [] as [String; 0]);
    assert_eq!(place.names("out"), [] as [String; 0]);
    place.is_tidy();
    assert!(place.status()["last_error"]["message"].as_str().is_some_and(|text| !text.is_empty()));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(place.results_are_whole(), 2);
    place.is_tidy();
}

fn two(place: &Place) {
    place.drop("甲.xlsx", &form("甲"));
    place.drop("乙.xlsx", &form("乙"));
}

/// No disk can be filled without a privilege; a limit on the size of files gives the same error at the same calls: a
/// worker that cannot write its result, and a service whose receipts and plans still fit.
#[test]
fn a_full_disk_loses_nothing() {
    let place = Place::new();
    two(&place);
    let command = place.command(&["--once"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]).arg(command.get_program());
    limited.args(command.get_args()).env("SOURCE_DATE_EPOCH", super::NEW_YEAR);
    let run = limited.output().expect("a limited service");
    assert_eq!(run.status.code(), Some(4), "{}", String::from_utf8_lossy(&run.stderr));
    all_back_then_served(&place);
}

/// A service on a disk that is almost full: files of it have no more than 100 kB, whoever writes them.
fn on_a_small_disk(place: &Place, more: &[&str]) -> Command {
    let command = place.command(&[&["--jobs", "1"], more].concat());
    let mut limited = Command::new("sh");
    // In blocks of 512 bytes.
    limited.args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\""]).arg(command.get_program());
    limited.args(command.get_args());
    limited.env("SOURCE_DATE_EPOCH", super::NEW_YEAR).env("JIXIAO_KEYS", place.keys.path());
    limited
}

/// The oldest has a result that does not fit, those of two others do.
fn one_large_and_two(place: &Place) {
    let folder = tempfile::tempdir().expect("a folder");
    // Words that do not repeat, so that they cannot be packed.
    let mut state = 1_u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{state:x}")
    };
    let rows: String = (0..9_000).map(|_| format!("{} | {}\n", word(), word())).collect();
    let pages = [crate::findings::SELF, ("资料", rows.as_str())];
    place.drop(
        "0大.xlsx",
        &fs::read(crate::workbook_pages::write(&pages, folder.path())).expect("the workbook"),
    );
    let old = fs::File::options().write(true).open(place.at("in/0大.xlsx")).expect("the file");
    old.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(3_600)).expect("a time");
    two(place);
}

/// Holds that the two are served and the one is named.
fn only_the_large_one_waits(place: &Place, log: &str) {
    assert_eq!(place.names("in"), ["0大.xlsx"], "{log}");
    assert_eq!(place.results_are_whole(), 2);
    assert!(log.contains("0大.xlsx"), "{log}");
    assert_eq!(place.status()["last_error"]["file"], "0大.xlsx");
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(place.results_are_whole(), 3);
}

#[test]
fn one_that_does_not_fit_starves_no_other() {
    let place = Place::new();
    one_large_and_two(&place);
    let run = on_a_small_disk(&place, &["--once"]).output().expect("a limited service");
    let log = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(4), "{log}");
    only_the_large_one_waits(&place, &log);
}

#[test]
fn a_service_goes_on_beside_one_that_does_not_fit() {
    goes_on(&["--poll"]);
}

/// The event of its own return, which comes before the service knows what became of it, does not bring it to the front.
#[test]
fn a_service_with_events_goes_on_beside_one_that_does_not_fit() {
    goes_on(&[]);
}

fn goes_on(more: &[&str]) {
    let place = Place::new();
    one_large_and_two(&place);
    let log = fs::File::create(place.at("log")).expect("a log");
    let mut command = on_a_small_disk(&place, more);
    let child = command.stderr(log).stdin(std::process::Stdio::null()).spawn().expect("a service");
    let mut service = super::Running(child);
    place.until("the service", || place.log().contains("service begins"));
    place.until("the others", || place.status()["scored"] == 2);
    let tries = place.log().matches("work is hindered").count();
    assert!(tries <= 3, "the large one came first {tries} times: {}", place.log());
    place.until("a second try", || place.log().matches("work is hindered").count() > 1);
    assert_eq!(service.end(), Some(0), "{}", place.log());
    only_the_large_one_waits(&place, &place.log());
}

/// The folder of results is no folder for a while (an unmounted share), with a service that runs on.
#[test]
fn an_outbox_that_is_away_is_waited_for() {
    let place = Place::new();
    let mut service = place.start(&[]);
    place.until("the service", || place.log().contains("service begins"));
    fs::rename(place.at("out"), place.at("away")).expect("the outbox goes");
    two(&place);
    place.until("the service to notice", || place.log().contains("hindered"));
    fs::rename(place.at("away"), place.at("out")).expect("the outbox comes");
    place.until("both results", || place.status()["scored"] == 2);
    assert_eq!(service.end(), Some(0), "{}", place.log());
    assert_eq!(place.results_are_whole(), 2);
    assert_eq!(place.names("rejected"), [] as [String; 0]);
    place.is_tidy();
}

/// A folder nobody may write to. The superuser may, so there the service runs as nobody.
fn forbidden(folder: &str) {
    let place = Place::new();
    assert_eq!(place.once(&[]).status.code(), Some(0), "makes its folders");
    two(&place);
    let mut paths = vec![place.base.path().to_owned()];
    paths.extend(["in", "out", "archive", "rejected", "processing", "state"].map(|name| place.at(name)));
    for path in &paths {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).expect("for all");
    }
    fs::set_permissions(place.keys.path(), fs::Permissions::from_mode(0o777)).expect("for all");
    for file in super::files(&place.at("state")).into_iter().chain(super::files(place.keys.path())) {
        fs::set_permissions(file, fs::Permissions::from_mode(0o666)).expect("for all");
    }
    fs::set_permissions(place.at(folder), fs::Permissions::from_mode(0o555)).expect("for none");
    let mut command = place.command(&["--once"]);
    if fs::write(place.at(folder).join(".superuser"), "").is_ok() {
        use std::os::unix::process::CommandExt as _;
        fs::remove_file(place.at(folder).join(".superuser")).expect("it goes");
        command.uid(65534).gid(65534);
    }
    let run = command.output().expect("the service runs");
    assert_eq!(run.status.code(), Some(4), "{}", String::from_utf8_lossy(&run.stderr));
    fs::set_permissions(place.at(folder), fs::Permissions::from_mode(0o777)).expect("for all");
    all_back_then_served(&place);
}

#[test]
fn a_read_only_outbox_loses_nothing() {
    forbidden("out");
}

#[test]
fn an_archive_without_permission_loses_nothing() {
    let place = Place::new();
    assert_eq!(place.once(&[]).status.code(), Some(0), "makes its folders");
    two(&place);
    // No folder for the day can be made: the results are out already, and the rest follows later.
    fs::write(place.at("archive/2026-01-01"), "in the way").expect("a file in its place");
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(4), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.originals().len(), 2 + 1, "both originals are somewhere");
    fs::remove_file(place.at("archive/2026-01-01")).expect("out of the way");
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(place.results_are_whole(), 2);
    assert_eq!(place.names("archive/2026-01-01").len(), 2);
    place.is_tidy();
}

#[test]
fn a_state_folder_without_permission_is_said_at_the_start() {
    let place = Place::new();
    two(&place);
    fs::write(place.at("state"), "in the way").expect("a file");
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(4));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("怎么办"), "{said}");
    assert_eq!(place.names("in").len(), 2);
}

#[test]
fn a_clock_that_jumps_back_loses_nothing() {
    let place = Place::new();
    for (epoch, project) in [("1767225600", "甲"), ("1704067200", "乙"), ("1767225600", "丙")] {
        place.drop("同名.xlsx", &form(project));
        let run = place.command(&["--once"]).env("SOURCE_DATE_EPOCH", epoch).output().expect("a run");
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    }
    assert_eq!(place.names("archive"), ["2024-01-01", "2026-01-01"]);
    assert_eq!(place.names("archive/2026-01-01"), ["同名(2).xlsx", "同名.xlsx"]);
    assert_eq!(place.results_are_whole(), 3);
    // A file from the future is at rest, too.
    place.drop("未来.xlsx", &form("未来"));
    let file = fs::File::options().write(true).open(place.at("in/未来.xlsx")).expect("the file");
    file.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(86_400)).expect("a time");
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(place.results_are_whole(), 4);
}

#[test]
fn folders_that_cannot_work_are_refused() {
    let place = Place::new();
    let run = |inbox: &str, outbox: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .env("JIXIAO_KEYS", crate::support::keys())
            .args(["watch", "--once", "--inbox"])
            .arg(place.at(inbox))
            .arg("--outbox")
            .arg(place.at(outbox))
            .output()
            .expect("the program runs");
        output.status.code()
    };
    assert_eq!(run("in", "in"), Some(2));
    assert_eq!(run("in", "in/out"), Some(2));
    assert_eq!(run("in", "archive/out"), Some(2));
}
