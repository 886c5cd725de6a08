//! The day on which all self-evaluations are due: hundreds of files from chat programs, planted from a seed, dropped in
//! three ways, and the register that must come of it, line by line.
//!
//! `JIXIAO_DAY=300` takes as many projects as a county has, without it the day is smaller; `JIXIAO_DAY_SEED` makes another
//! day; `JIXIAO_DAY_FOLDER` keeps what came of it, to be looked at.

mod dice;
mod files;
mod forms;
mod plan;
mod project;
mod received;
mod register;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::base::{Date, Yuan};
use jixiao::inner::service::intake_book::{Adopted, FileLine, RegisterLine, State, build};

use files::{Names, archive};
use plan::{Day, Planted, day};
use project::Fate;

/// Senders, where each has an archive.
const SENDERS: usize = 10;

fn count() -> usize {
    std::env::var("JIXIAO_DAY").map_or(60, |count| count.parse().expect("a number of projects"))
}

/// Another seed makes another day.
fn seed() -> u64 {
    std::env::var("JIXIAO_DAY_SEED").map_or(20, |seed| seed.parse().expect("a number"))
}

/// How a day is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drop {
    /// One archive, names in GBK.
    OneArchive,
    /// An archive a sender, names in GBK or UTF-8.
    TenArchives,
    /// Folders.
    Tree,
}

/// Drops a day into a folder; gives what is handed to the program.
fn drop_day(day: &Day, how: Drop, folder: &Path) -> PathBuf {
    let all: Vec<&Planted> = day.files.iter().chain(&day.rubbish).collect();
    let entries = |files: &[&Planted]| -> Vec<(String, Vec<u8>)> {
        files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect()
    };
    let packed = |files: &[&Planted], names| {
        let entries = entries(files);
        let entries: Vec<(String, &[u8])> =
            entries.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())).collect();
        archive(&entries, names, false)
    };
    let base = folder.join("收件");
    fs::create_dir_all(&base).unwrap();
    match how {
        Drop::OneArchive => {
            let path = folder.join("2023年自评材料.zip");
            fs::write(&path, packed(&all, Names::Gbk)).unwrap();
            path
        }
        Drop::TenArchives => {
            let mut senders: BTreeMap<usize, Vec<&Planted>> = BTreeMap::new();
            for file in all {
                senders.entry(file.sender % SENDERS).or_default().push(file);
            }
            for (sender, files) in senders {
                let names = if sender % 2 == 0 { Names::Gbk } else { Names::Utf8 };
                fs::write(base.join(format!("报送{sender}.zip")), packed(&files, names)).unwrap();
            }
            base
        }
        Drop::Tree => {
            for file in all {
                let path = base.join(&file.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &file.bytes).unwrap();
            }
            base
        }
    }
}

/// The register as it must be, as far as the plan says.
fn ideal(day: &Day) -> Vec<RegisterLine> {
    let state = |name: &str| State::ALL.into_iter().find(|state| state.name() == name).unwrap();
    let file = |file: &plan::Filed| FileLine {
        name: format!("包.zip/{}", file.path),
        digest: file.path.clone(),
        kind: file.kind.to_owned(),
        stage: (!file.stage.is_empty()).then(|| file.stage.to_owned()),
        adopted: match (file.is_choice, file.is_taken) {
            (false, _) => Adopted::NotAsked,
            (true, false) => Adopted::Open,
            (true, true) => Adopted::Taken,
        },
        ..FileLine::default()
    };
    let noted = |file: FileLine, note: Option<&&str>| FileLine {
        note: note.copied().unwrap_or_default().to_owned(),
        ..file
    };
    let yuan = |text: &str| text.parse::<Yuan>().ok();
    let projects = day.expected.iter().map(|line| RegisterLine {
        key: format!("{}{}", line.agency, line.name),
        department: line.department.clone(),
        agency: line.agency.clone(),
        code: line.code.clone(),
        project: line.name.clone(),
        expected: Some(line.is_due),
        state: state(line.state),
        files: (0..).zip(&line.files).map(|(at, of)| noted(file(of), line.notes.get(at))).collect(),
        reminder: line.reminder.to_owned(),
        budget_difference: yuan(&line.budget),
        spent_difference: yuan(&line.spent),
        findings: matches!(line.state, "已评分" | "清单外" | "未报").then_some(1),
        ..RegisterLine::default()
    });
    let loose = day.loose.iter().map(|loose| RegisterLine {
        key: loose.file.path.clone(),
        loose: true,
        state: state(loose.state),
        files: vec![noted(file(&loose.file), Some(&loose.note))],
        ..RegisterLine::default()
    });
    projects.chain(loose).collect()
}

fn written(lines: &[RegisterLine], folder: &Path) -> PathBuf {
    let path = folder.join("收件登记表.xlsx");
    fs::write(&path, build(lines, Date::constant(2026, 1, 1)).unwrap()).unwrap();
    path
}

#[test]
fn the_day_of_the_issue_is_planted_and_the_same_for_the_same_seed() {
    let planted = day(20, 300);
    let of = |fates: &[Fate]| planted.projects.iter().filter(|project| fates.contains(&project.fate)).count();
    use Fate::{
        Damaged, Locked, LockedArchive, Misnamed, Missing, NamelessDamaged, NamelessPdf, NamelessPicture,
        OffRoll, OnlyPdf, OnlyPicture, ThreeFiles, Twice, TwoStages, Versions, WithPdf, WithPicture,
    };
    assert_eq!(planted.projects.len(), 300);
    assert_eq!(of(&[Misnamed]), 40);
    assert_eq!(of(&[Twice, Versions]), 12);
    assert_eq!(of(&[WithPdf, OnlyPdf, NamelessPdf]), 20);
    assert_eq!(of(&[WithPicture, OnlyPicture, NamelessPicture]), 10);
    assert_eq!(of(&[Damaged, NamelessDamaged]), 3);
    assert_eq!(of(&[Locked, LockedArchive]), 2);
    assert_eq!((of(&[Missing]), of(&[OffRoll])), (5, 4));
    assert_eq!((of(&[ThreeFiles]), of(&[TwoStages])), (6, 15));
    let mut departments: Vec<&str> =
        planted.projects.iter().map(|project| project.department.as_str()).collect();
    departments.sort_unstable();
    departments.dedup();
    assert_eq!(departments.len(), 20);
    let mut paths: Vec<&str> = planted.files.iter().map(|file| file.path.as_str()).collect();
    let all = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), all, "each file has a path of its own");
    let again = day(20, 300);
    assert!(planted.files.iter().zip(&again.files).all(|(a, b)| (&a.path, &a.bytes) == (&b.path, &b.bytes)));
    assert!(day(21, 300).files.iter().zip(&again.files).any(|(a, b)| a.path != b.path));
}

/// What compares registers sees each fault that is put into one.
#[test]
fn a_register_that_is_not_as_it_must_be_is_seen() {
    let planted = day(7, 60);
    let folder = tempfile::tempdir().unwrap();
    let ideal = ideal(&planted);
    let judged = |change: &dyn Fn(&mut Vec<RegisterLine>)| {
        let mut lines = ideal.clone();
        change(&mut lines);
        register::faults(&planted, &written(&lines, folder.path()))
    };
    assert_eq!(judged(&|_| {}), Vec::<String>::new());
    let with = |count: usize| ideal.iter().position(|line| line.files.len() == count).unwrap();
    let (one, two) = (with(1), with(2));
    assert!(!judged(&|lines| drop(lines.remove(one))).is_empty(), "lost");
    assert!(!judged(&|lines| lines.push(lines[two].clone())).is_empty(), "twice");
    assert!(!judged(&|lines| drop(lines[two].files.pop())).is_empty(), "a file lost");
    let merged = |lines: &mut Vec<RegisterLine>| {
        let files = std::mem::take(&mut lines[one].files);
        lines[two].files.extend(files);
    };
    assert!(judged(&merged).len() > 1, "merged");
    assert!(!judged(&|lines| lines[one].state = State::ByHand).is_empty(), "another state");
    assert!(!judged(&|lines| lines[two].files[1].kind = "图片".to_owned()).is_empty(), "another kind");
    assert!(!judged(&|lines| lines[one].budget_difference = "1".parse().ok()).is_empty(), "a difference");
    assert!(!judged(&|lines| lines[one].files[0].note = "多余".to_owned()).is_empty(), "a note");
    assert!(!judged(&|lines| lines[one].reminder = "多余".to_owned()).is_empty(), "a reminder");
    let versions = ideal.iter().position(|line| line.state == State::Duplicate).unwrap();
    assert!(!judged(&|lines| lines[versions].files[0].adopted = Adopted::Taken).is_empty(), "a choice");
    assert!(!judged(&|lines| lines[versions].files[0].note.clear()).is_empty(), "no note");
    let last = ideal.len() - 1;
    assert!(!judged(&|lines| lines[last].files[0].note.clear()).is_empty(), "no note of a loose file");
    assert!(!judged(&|lines| lines[last].reminder = "多余".to_owned()).is_empty(), "a reminder of it");
    assert!(!judged(&|lines| drop(lines.remove(last))).is_empty(), "a loose file lost");
}

/// Names of an archive, as they are written.
fn names(archive: &Path) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(fs::File::open(archive).unwrap()).unwrap();
    (0..archive.len()).map(|at| archive.by_index(at).unwrap().name_raw().to_vec()).collect()
}

/// Whatever way a day is dropped, it is the same files.
#[test]
fn a_day_is_dropped_in_three_ways() {
    let planted = day(3, 60);
    let mut all: Vec<&str> =
        planted.files.iter().chain(&planted.rubbish).map(|file| file.path.as_str()).collect();
    all.sort_unstable();
    let gbk = |name: &[u8]| encoding_rs::GBK.decode_without_bom_handling(name).0.into_owned();
    for how in [Drop::OneArchive, Drop::TenArchives, Drop::Tree] {
        let folder = tempfile::tempdir().unwrap();
        let dropped = drop_day(&planted, how, folder.path());
        let mut there: Vec<String> = match how {
            Drop::OneArchive => names(&dropped).iter().map(|name| gbk(name)).collect(),
            Drop::TenArchives => {
                let archives: Vec<PathBuf> =
                    fs::read_dir(dropped).unwrap().map(|entry| entry.unwrap().path()).collect();
                assert!((4..=SENDERS).contains(&archives.len()), "{archives:?}");
                let names: Vec<Vec<u8>> = archives.iter().flat_map(|archive| names(archive)).collect();
                let utf8 = names.iter().filter(|name| std::str::from_utf8(name).is_ok()).count();
                assert!((1..names.len()).contains(&utf8), "{utf8} names in UTF-8, the others in GBK");
                names
                    .iter()
                    .map(|name| String::from_utf8(name.clone()).unwrap_or_else(|_| gbk(name)))
                    .collect()
            }
            Drop::Tree => received::files_of(&dropped, |_| true),
        };
        there.sort_unstable();
        assert_eq!(there, all, "{how:?}");
    }
}
