//! A submission with a secrecy mark stays in the inbox: nothing of it is archived, copied or repeated, it is said once, and
//! all others are served.

use std::fs;
use std::path::PathBuf;

use super::{Place, files, form};
use crate::book;
use crate::findings::SELF;

const SAID: &str = "文件标有密级，未作任何处理。";

fn marked(project: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let page = SELF
        .1
        .replace("农村公路养护", project)
        .replace("项目支出绩效自评表", "机密★10年\n项目支出绩效自评表");
    fs::read(book::write(&[(SELF.0, &page)], folder.path())).expect("the form")
}

/// Holds that no file anywhere but in the inbox says this, as text or within a workbook's parts.
fn is_nowhere(place: &Place, word: &str) {
    let outside: Vec<PathBuf> = ["out", "archive", "rejected", "processing", "state"]
        .iter()
        .flat_map(|folder| files(&place.at(folder)))
        .collect();
    for file in outside {
        let bytes = fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains(word), "{word} in {}", file.display());
    }
    assert!(!place.log().contains(word));
}

#[test]
fn it_stays_where_it_is_and_is_said_once() {
    let place = Place::new();
    let secret = marked("某某阵地维护");
    place.drop("甲.xlsx", &secret);
    place.drop("秘密★乙.xlsx", &form("乙"));
    fs::create_dir(place.at("in/丙")).expect("a folder");
    fs::write(place.at("in/丙/表.xlsx"), form("丙")).expect("a file");
    fs::write(place.at("in/丙/机密-附件.docx"), "附件").expect("a file");
    place.drop("丁.xlsx", &form("丁"));
    let run = place.once(&[]);
    let log = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(3), "{log}");
    assert_eq!(place.names("in"), ["丙", "甲.xlsx", "秘密★乙.xlsx"]);
    assert_eq!(fs::read(place.at("in/甲.xlsx")).expect("the file"), secret);
    assert_eq!(place.names("rejected"), [] as [String; 0]);
    assert_eq!(place.names("archive/2026-01-01"), ["丁.xlsx"]);
    assert_eq!(place.names("processing"), [] as [String; 0]);
    let receipts = ["丁.回执.json", "丁.回执.txt", "丁.已评分.xlsx", "丙.回执.json", "丙.回执.txt"];
    let more = ["甲.回执.json", "甲.回执.txt", "秘密★乙.回执.json", "秘密★乙.回执.txt"];
    assert_eq!(place.names("out"), [receipts.as_slice(), &more].concat());
    let receipt = place.text("out/甲.回执.txt");
    assert!(
        receipt.contains(SAID) && receipt.contains("请按保密规定处置") && !receipt.contains("退回"),
        "{receipt}"
    );
    let json = place.json("out/甲.回执.json");
    assert_eq!((&json["verdict"], &json["sha256"]), (&"marked".into(), &"".into()));
    for word in ["某某阵地维护", &super::sha256(&secret)] {
        is_nowhere(&place, word);
        assert!(!log.contains(word), "{log}");
    }
    let status = place.status();
    assert_eq!(status["marked"], serde_json::json!(["丙", "甲.xlsx", "秘密★乙.xlsx"]));
    assert_eq!((&status["backlog"], &status["rejected"]), (&0.into(), &0.into()));
    // Another run looks at none of them again.
    let again = place.once(&[]);
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(place.names("out").len(), 9);
    // One that is changed is served; one that is gone is forgotten.
    place.drop("甲.xlsx", &form("甲"));
    fs::remove_file(place.at("in/秘密★乙.xlsx")).expect("a file");
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert!(place.names("out").contains(&"甲.已评分(2).xlsx".to_owned()), "{:?}", place.names("out"));
    assert_eq!(place.status()["marked"], serde_json::json!(["丙"]));
    place.once(&[]);
    assert_eq!(place.names("state/marked").len(), 1);
}

#[test]
#[cfg(unix)]
fn a_running_service_does_not_come_back_to_it() {
    let place = Place::new();
    let mut service = place.start(&["--poll"]);
    place.until("the service", || place.log().contains("service begins"));
    place.drop("甲.xlsx", &marked("某某阵地维护"));
    place.until("the mark", || place.status()["marked"] == serde_json::json!(["甲.xlsx"]));
    place.drop("乙.xlsx", &form("乙"));
    place.until("the other", || place.status()["scored"] == 1);
    std::thread::sleep(std::time::Duration::from_secs(5));
    assert_eq!(service.end(), Some(0), "{}", place.log());
    assert_eq!(place.log().matches("bears a secrecy mark").count(), 1, "{}", place.log());
    assert_eq!(place.names("in"), ["甲.xlsx"]);
}

#[test]
fn a_batch_names_it_and_goes_on() {
    let place = Place::new();
    place.drop("甲.xlsx", &marked("某某阵地维护"));
    place.drop("乙.xlsx", &form("乙"));
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("batch")
        .arg(place.at("in"))
        .arg("--out")
        .arg(place.at("out"))
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(3), "{said}");
    assert!(said.contains("甲.xlsx：文件标有密级") && !said.contains("某某阵地维护"), "{said}");
    assert_eq!(place.names("out"), ["乙.已评分.xlsx"]);
}

#[test]
fn it_goes_back_to_its_own_inbox() {
    let place = Place::new();
    let reviewers = place.at("复核");
    fs::create_dir(&reviewers).expect("a folder");
    fs::write(reviewers.join("甲.xlsx"), marked("某某阵地维护")).expect("a file");
    let inbox = reviewers.to_str().expect("a path");
    assert_eq!(place.once(&["--reviewer-inbox", inbox]).status.code(), Some(3));
    assert_eq!(place.names("复核"), ["甲.xlsx"]);
    assert_eq!(place.names("in"), [] as [String; 0]);
    assert_eq!(place.json("out/甲.回执.json")["door"], "reviewer");
    let status = place.status();
    assert_eq!(
        (&status["marked"], &status["reviewer_backlog"]),
        (&serde_json::json!(["甲.xlsx"]), &0.into())
    );
}
