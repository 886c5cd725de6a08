//! A day through `batch` and through the folder service: the register is as planned, line by line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::dice::Dice;
use super::plan::{Day, Filed, day};
use super::project::Fate;
use super::{Drop, count, drop_day, files, forms, register, seed};
use crate::person::{Act, edit};
use crate::support::{jixiao, keys};

/// Runs a batch over what was dropped; gives what it said and the register.
fn received(day: &Day, how: Drop, folder: &Path) -> (String, PathBuf) {
    let dropped = drop_day(day, how, folder);
    let roll = folder.join("清单.xlsx");
    fs::write(&roll, &day.roll).unwrap();
    batch(&dropped, &roll, &folder.join("结果"), how)
}

/// Runs a batch.
fn batch(dropped: &Path, roll: &Path, out: &Path, how: Drop) -> (String, PathBuf) {
    let args = [
        "batch".as_ref(),
        dropped.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
        "--roster".as_ref(),
        roll.as_os_str(),
    ];
    let begun = Instant::now();
    let output = jixiao(args);
    let said = format!(
        "{how:?}: {:?}\n{}{}",
        begun.elapsed(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let register = out.join("收件登记表.xlsx");
    assert!(register.exists(), "no register: {said}");
    (said, register)
}

/// Where what comes of a day is put: to be looked at afterwards, if one is told where.
fn kept(place: &Path, name: &str) -> PathBuf {
    let folder = std::env::var_os("JIXIAO_DAY_FOLDER")
        .map_or_else(|| place.to_owned(), |kept| PathBuf::from(kept).join(name));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Nothing lost, nothing merged, nothing chosen; each link leads somewhere.
fn is_as_planned(planted: &Day, register: &Path, said: &str) {
    assert!(register.exists(), "no register: {said}");
    let faults = register::faults(planted, register);
    assert!(
        faults.is_empty(),
        "{said}\n{} of {}:\n{}",
        faults.len(),
        planted.projects.len(),
        faults.join("\n")
    );
    let links = register::links(register);
    let scored = planted.expected.iter().filter(|line| matches!(line.state, "已评分" | "清单外")).count();
    assert!(links.len() >= 2 * scored, "{} links for {scored} projects on two pages", links.len());
    for link in links {
        assert!(register.with_file_name(&link).exists(), "{link} leads nowhere");
    }
}

fn is_received(how: Drop) {
    let planted = day(seed(), count());
    let place = tempfile::tempdir().unwrap();
    let (said, register) = received(&planted, how, &kept(place.path(), &format!("{how:?}")));
    eprintln!("{said}");
    is_as_planned(&planted, &register, &said);
}

#[test]
fn a_day_in_one_archive_is_received() {
    is_received(Drop::OneArchive);
}

#[test]
fn a_day_in_ten_archives_is_received() {
    is_received(Drop::TenArchives);
}

#[test]
fn a_day_in_folders_is_received() {
    is_received(Drop::Tree);
}

/// A clerk chooses among versions and notes reminders; the next run scores what was chosen and keeps what was noted.
#[test]
fn a_choice_in_the_register_counts_in_the_next_run() {
    let mut planted = day(11, 60);
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let (_, register) = received(&planted, Drop::OneArchive, folder);
    let of = |fate: Fate| planted.projects.iter().position(|project| project.fate == fate).unwrap();
    let (versions, missing) = (of(Fate::Versions), of(Fate::Missing));
    let chosen = planted.expected[versions].files[1].clone();
    let row = register::row_of(&register, &chosen);
    let noted = register::row_of_project(&register, &planted.expected[missing].code);
    let type_ = |cell: String, text| Act::Type { sheet: "全部", cell, text };
    let sort = Act::Sort {
        sheet: "全部",
        range: format!("A4:R{}", register::rows(&register, "全部").len() + 3),
        column: 7,
    };
    let acts = [type_(format!("L{row}"), "√"), type_(format!("P{noted}"), "已电话催报"), sort];
    fs::copy(edit(&register, &acts, folder), &register).unwrap();

    let (archive, roll) = (folder.join("2023年自评材料.zip"), folder.join("清单.xlsx"));
    let (said, register) = batch(&archive, &roll, &folder.join("结果"), Drop::OneArchive);
    planted.expected[missing].reminder = "已电话催报";
    let line = &mut planted.expected[versions];
    line.state = "已评分";
    line.files[1].is_taken = true;
    line.notes = vec!["没有采用：已选定另一份"];
    let project = &planted.projects[versions];
    let shown = |difference: i64| if difference == 0 { String::new() } else { difference.to_string() };
    (line.budget, line.spent) = (shown(project.budget_difference()), shown(project.spent_difference()));
    is_as_planned(&planted, &register, &said);

    // Nobody has chosen against a version that comes later.
    let late = folder.join("补报.zip");
    let path = format!("补报/{}自评表定稿.xlsx", project.name);
    let third = forms::evaluation(project, 44, 0);
    fs::write(&late, files::archive(&[(path.clone(), third.as_slice())], files::Names::Gbk, false)).unwrap();
    let (said, register) = batch(&late, &roll, &folder.join("结果"), Drop::OneArchive);
    let line = &mut planted.expected[versions];
    line.state = "重复待选";
    (line.budget, line.spent) = (String::new(), String::new());
    line.files[1].is_taken = false;
    line.files.push(Filed { path, ..chosen });
    line.notes = vec!["请选定一份"; 3];
    is_as_planned(&planted, &register, &said);
}

/// Ten archives that come one after the other give the same register as all at once.
#[test]
fn archives_that_come_one_by_one_are_received() {
    let planted = day(seed(), count());
    let place = tempfile::tempdir().unwrap();
    let dropped = drop_day(&planted, Drop::TenArchives, place.path());
    let (roll, out) = (place.path().join("清单.xlsx"), place.path().join("结果"));
    fs::write(&roll, &planted.roll).unwrap();
    let mut archives: Vec<PathBuf> =
        fs::read_dir(dropped).unwrap().map(|entry| entry.unwrap().path()).collect();
    archives.sort();
    let mut last = None;
    for archive in &archives {
        last = Some(batch(archive, &roll, &out, Drop::TenArchives));
    }
    let (said, register) = last.unwrap();
    is_as_planned(&planted, &register, &said);
}

/// A batch that is killed at any moment is done whole by the next.
#[test]
fn a_batch_that_is_killed_is_done_by_the_next() {
    let planted = day(seed(), count());
    let place = tempfile::tempdir().unwrap();
    let dropped = drop_day(&planted, Drop::OneArchive, place.path());
    let (roll, out) = (place.path().join("清单.xlsx"), place.path().join("结果"));
    fs::write(&roll, &planted.roll).unwrap();
    let mut dice = Dice::new(20);
    for _ in 0..8 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .arg("batch")
            .arg(&dropped)
            .arg("--out")
            .arg(&out)
            .arg("--roster")
            .arg(&roll)
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .env("JIXIAO_KEYS", keys())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(u64::try_from(dice.below(3_000)).unwrap()));
        let _ = child.kill();
        child.wait().unwrap();
    }
    let (said, register) = batch(&dropped, &roll, &out, Drop::OneArchive);
    is_as_planned(&planted, &register, &said);
    let results = seen(&out);
    // The same as of a run that nobody disturbed.
    let other = place.path().join("另");
    batch(&dropped, &roll, &other, Drop::OneArchive);
    assert_eq!(results, seen(&other));
}

/// The files below a folder that a person sees, by their paths.
fn seen(folder: &Path) -> Vec<String> {
    files_of(folder, |name| !name.starts_with('.'))
}

/// The files below a folder, by their paths.
pub(super) fn files_of(folder: &Path, counts: fn(&str) -> bool) -> Vec<String> {
    fn gather(folder: &Path, base: &Path, counts: fn(&str) -> bool, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(base).unwrap().to_str().unwrap().to_owned();
            if !counts(&name) {
                continue;
            }
            if path.is_dir() { gather(&path, base, counts, found) } else { found.push(name) }
        }
    }
    let mut found = Vec::new();
    gather(folder, folder, counts, &mut found);
    found.sort();
    found
}

/// A service whose folders are in this one, with the roll beside them.
fn service(base: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.arg("watch").arg("--inbox").arg(base.join("in")).arg("--outbox").arg(base.join("out"));
    command.args(["--settle", "0", "--jobs", "2", "--once"]);
    command.env("SOURCE_DATE_EPOCH", "1767225600").env("JIXIAO_KEYS", keys());
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Drops a day into the inbox of a service that is killed so many times, and then serves all.
fn is_served(how: Drop, kills: usize) {
    let planted = day(seed(), count());
    let place = tempfile::tempdir().unwrap();
    let base = kept(place.path(), &format!("watch-{how:?}-{kills}"));
    for folder in ["in", "out", "made"] {
        fs::create_dir_all(base.join(folder)).unwrap();
    }
    fs::write(base.join("项目清单.xlsx"), &planted.roll).unwrap();
    let dropped = drop_day(&planted, how, &base.join("made"));
    let into = |path: &Path| fs::rename(path, base.join("in").join(path.file_name().unwrap())).unwrap();
    match how {
        Drop::TenArchives => fs::read_dir(dropped).unwrap().for_each(|entry| into(&entry.unwrap().path())),
        Drop::OneArchive | Drop::Tree => into(&dropped),
    }
    let mut dice = Dice::new(seed());
    for _ in 0..kills {
        let mut child = service(&base).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(u64::try_from(dice.below(4_000)).unwrap()));
        let _ = child.kill();
        child.wait().unwrap();
    }
    let begun = Instant::now();
    let output = service(&base).output().unwrap();
    let said = format!("{how:?}: {:?}\n{}", begun.elapsed(), String::from_utf8_lossy(&output.stderr));
    eprintln!("{said}");
    assert_eq!(fs::read_dir(base.join("in")).unwrap().count(), 0, "something is left: {said}");
    is_as_planned(&planted, &base.join("out/收件登记表.xlsx"), &said);
}

#[test]
fn a_day_in_one_archive_is_served() {
    is_served(Drop::OneArchive, 0);
}

#[test]
fn a_day_in_ten_archives_is_served() {
    is_served(Drop::TenArchives, 0);
}

#[test]
fn a_day_in_folders_is_served() {
    is_served(Drop::Tree, 0);
}

#[test]
fn a_service_that_is_killed_serves_the_day_whole() {
    is_served(Drop::TenArchives, 8);
}
