//! Workers live for many submissions, and none leaves a trace in the next.
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::hostile::with_part;
use super::{Place, form};

/// MB of memory that no worker stands at the brink without.
const SPARE: u32 = 16;

/// How many workers a run began.
fn workers(log: &[u8]) -> usize {
    String::from_utf8_lossy(log).matches("a worker begins").count()
}

/// A form with a million and a half texts that nobody needs.
fn heavy() -> Vec<u8> {
    with_part(&form("重"), "xl/sharedStrings.xml", |text| {
        let (head, tail) = text.split_once("</sst>").expect("the end of the texts");
        let mut texts = String::new();
        let mut number = 1_u64;
        for _ in 0..1_500_000 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            write!(texts, "<si><t>{number}</t></si>").expect("a text");
        }
        format!("{head}{texts}</sst>{tail}").into_bytes()
    })
}

/// The results of a service that serves these one by one, its log, and its exit code.
fn served(
    keys: &Path,
    files: &[(&str, &[u8])],
    more: &[&str],
) -> (Vec<Option<Vec<u8>>>, Vec<u8>, Option<i32>) {
    let place = Place::new();
    for (name, bytes) in files {
        place.drop(&format!("{name}.xlsx"), bytes);
    }
    let mut command = place.command(&[&["--once", "--jobs", "1"], more].concat());
    let run = command.env("JIXIAO_KEYS", keys).output().expect("the service runs");
    place.is_tidy();
    let result = |name: &str| fs::read(place.at(&format!("out/{name}.已评分.xlsx"))).ok();
    (files.iter().map(|(name, _)| result(name)).collect(), run.stderr, run.status.code())
}

#[test]
fn one_worker_serves_many() {
    let keys = tempfile::tempdir().expect("a folder");
    let forms: Vec<Vec<u8>> = (0..12).map(|number| form(&format!("项目{number}"))).collect();
    let names: Vec<String> = (0..12).map(|number| format!("{number:02}")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().map(String::as_str).zip(forms.iter().map(Vec::as_slice)).collect();
    let (results, log, code) = served(keys.path(), &files, &[]);
    assert_eq!(code, Some(0), "{}", String::from_utf8_lossy(&log));
    assert!(results.iter().all(Option::is_some));
    assert_eq!(workers(&log), 1, "{}", String::from_utf8_lossy(&log));
}

#[test]
fn what_kills_a_worker_leaves_no_trace() {
    let keys = tempfile::tempdir().expect("a folder");
    let keys = keys.path();
    let (first, second, heavy) = (form("甲项目"), form("乙项目"), heavy());
    // A little more memory than a form needs, whatever this build of the program takes for itself.
    let enough = (32..).step_by(8).find(|megabytes: &u32| {
        let limit = megabytes.to_string();
        served(keys, &[("1", &first), ("2", &second)], &["--max-memory", &limit]).2 == Some(0)
    });
    let limit = (enough.expect("a limit") + SPARE).to_string();
    let limit = ["--max-memory", &limit];
    let (alone, log, _) = served(keys, &[("1", &first), ("3", &second)], &limit);
    assert_eq!(workers(&log), 1, "{}", String::from_utf8_lossy(&log));
    let (beside, log, code) = served(keys, &[("1", &first), ("2", &heavy), ("3", &second)], &limit);
    let said = String::from_utf8_lossy(&log);
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(beside[1], None);
    // The one that had served before died of it, then a new one did, which condemns it; the third served the last.
    assert_eq!(workers(&log), 3, "{said}");
    assert!(said.contains("内存或时间用尽"), "{said}");
    for (before, after) in alone.iter().zip([&beside[0], &beside[2]]) {
        assert!(before.is_some() && before == after, "the same bytes, whoever was served before");
    }
}
