//! What comes back: results, receipts, archived originals.

use std::fs;

use super::{Place, form, sha256};
use crate::findings::{LEDGER, SELF};
use crate::workbook_pages;

#[test]
fn a_dropped_workbook_comes_back_scored() {
    let place = Place::new();
    let bytes = form("农村公路养护");
    place.drop("公路 养护.xlsx", &bytes);
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.names("in"), [] as [String; 0]);
    assert_eq!(place.names("out"), ["公路 养护.回执.txt", "公路 养护.已评分.xlsx", "回执数据"]);
    assert_eq!(fs::read(place.at("archive/2026-01-01/公路 养护.xlsx")).expect("the original"), bytes);
    assert_eq!(place.results_are_whole(), 1);
    place.is_tidy();
    let receipt = place.json("out/回执数据/公路 养护.回执.json");
    assert_eq!(receipt["verdict"], "scored");
    assert_eq!(receipt["sha256"], sha256(&bytes));
    assert_eq!(receipt["cases"][0]["score"]["total"], "99.5");
    assert_eq!(receipt["cases"][0]["output"], "公路 养护.已评分.xlsx");
    let status = place.status();
    assert_eq!(
        (&status["scored"], &status["backlog"], &status["services"]),
        (&1.into(), &0.into(), &0.into())
    );
}

#[test]
fn a_receipt_says_what_was_read_and_what_to_do() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let page = SELF.1.replace("| 50块 |", "| 45块 |");
    let bytes = fs::read(workbook_pages::write(&[(SELF.0, &page)], folder.path())).expect("the form");
    place.drop("公路.xlsx", &bytes);
    place.drop("说明.docx", b"PK\x03\x04 no workbook");
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(3), "the rejected one counts");
    insta::assert_snapshot!("receipt_scored", place.text("out/公路.回执.txt").replace('\r', ""));
    insta::assert_snapshot!("receipt_rejected", place.text("rejected/说明.回执.txt").replace('\r', ""));
    assert_eq!(fs::read(place.at("rejected/说明.docx")).expect("the original"), b"PK\x03\x04 no workbook");
    assert_eq!(place.status()["last_error"]["file"], "说明.docx");
}

/// Where settings say so, the document that follows stands beside the result as text.
#[test]
fn documents_are_written_as_text_where_they_are_wanted() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let page =
        SELF.1.replace("| 50块 | 15 | 15 |", "| 45块 | 15 | 13.5 | 到货少5块").replace("| 99.5 |", "| 98 |");
    let bytes = fs::read(workbook_pages::write(&[(SELF.0, &page)], folder.path())).expect("the form");
    place.drop("公路.xlsx", &bytes);
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert!(!place.names("out").iter().any(|name| name.ends_with(".md")), "nobody wants them");
    let set = folder.path().join("jixiao.toml");
    fs::write(&set, "[letters]\nbureau = \"某县财政局\"\ntext_files = true\n").expect("settings");
    place.drop("公路.xlsx", &bytes);
    let run = place.once(&["--config", set.to_str().expect("a path")]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let names = place.names("out");
    let texts: Vec<&String> = names.iter().filter(|name| name.ends_with(".md")).collect();
    let [name] = texts.as_slice() else { panic!("one document: {names:?}") };
    assert!(name.starts_with("公路.复核意见（征求意见稿）"), "{name}");
    let text = place.text(&format!("out/{name}"));
    assert!(text.contains("某县财政局") && text.contains("（单位说明：到货少5块。）"), "{text}");
    place.is_tidy();
}

#[test]
fn a_receipt_says_what_is_missing_and_what_waits() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let written =
        |pages: &[(&str, &str)]| fs::read(workbook_pages::write(pages, folder.path())).expect("a workbook");
    place.drop("账.xlsx", &written(&[LEDGER]));
    // Nobody has judged what no rule decides.
    let open = SELF.1.replace("| 达成年度指标 | 30 | 30 |", "| 达成年度指标 | 30 | |");
    assert_ne!(open, SELF.1);
    place.drop("公路.xlsx", &written(&[(SELF.0, &open)]));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    let read = |name: &str| place.text(&format!("out/{name}.回执.txt")).replace('\r', "");
    insta::assert_snapshot!("receipt_ledger_alone", read("账"));
    insta::assert_snapshot!("receipt_waiting", read("公路"));
}

#[test]
fn the_same_content_is_scored_once() {
    let place = Place::new();
    let bytes = form("甲项目");
    for number in 0..50 {
        place.drop(&format!("第{number}份.xlsx"), &bytes);
    }
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(place.results_are_whole(), 1);
    assert_eq!(place.originals().get(&sha256(&bytes)), Some(&50));
    assert_eq!(place.names("archive/2026-01-01").len(), 50);
    assert_eq!(place.names("out").len(), 1 + 50 + 1, "a receipt for each");
    assert_eq!(place.names("out/回执数据").len(), 50, "and one for programs");
    place.is_tidy();
    let answer = place
        .names("out")
        .into_iter()
        .find(|name| name.ends_with(".txt") && place.text(&format!("out/{name}")).contains("此前已评分"));
    let answer = place.text(&format!("out/{}", answer.expect("an answer that points back")));
    assert!(answer.contains(".已评分.xlsx"), "{answer}");
}

#[test]
fn what_is_done_is_done_again_only_for_a_reason() {
    let place = Place::new();
    let bytes = form("甲项目");
    let results = || place.names("out").into_iter().filter(|name| name.contains("已评分")).count();
    let again = |more: &[&str]| {
        place.drop("甲.xlsx", &bytes);
        assert_eq!(place.once(more).status.code(), Some(0));
        results()
    };
    assert_eq!(again(&[]), 1);
    assert_eq!(again(&[]), 1, "the same");
    assert_eq!(again(&["--again"]), 2, "wanted");
    assert_eq!(again(&["--replace-scores"]), 3, "read another way");
    let mapping = place.at("own.toml");
    fs::write(&mapping, "schema = 1\nname = \"own\"\nextends = \"self-evaluation\"\n").expect("a mapping");
    let shown = jixiao::inner::mapping::Mappings::with_files(&[(
        "own.toml".into(),
        fs::read_to_string(&mapping).expect("the mapping"),
    )]);
    if shown.is_ok() {
        assert_eq!(again(&["--mapping", mapping.to_str().expect("a path")]), 4, "another mapping");
    }
    for name in place.names("out").iter().filter(|name| name.contains('.')) {
        fs::remove_file(place.at("out").join(name)).expect("a result is fetched");
    }
    assert_eq!(again(&[]), 1, "its result is gone");
    assert!(place.names("archive/2026-01-01").len() >= 5);
}

#[test]
fn a_folder_is_one_case() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let case = place.at("in").join("公路 项目");
    fs::create_dir(&case).expect("a folder");
    for (name, page) in [("自评.xlsx", SELF), ("账.xlsx", LEDGER)] {
        fs::rename(workbook_pages::write(&[page], folder.path()), case.join(name)).expect("a file");
    }
    fs::write(case.join("照片.jpg"), b"JPEG").expect("a picture");
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.names("out"), ["公路 项目.回执.txt", "公路 项目.已评分", "回执数据"]);
    assert_eq!(place.names("out/公路 项目.已评分"), ["自评.已评分.xlsx", "账.已评分.xlsx"]);
    assert_eq!(place.names("archive/2026-01-01/公路 项目"), ["照片.jpg", "自评.xlsx", "账.xlsx"]);
    let receipt = place.json("out/回执数据/公路 项目.回执.json");
    assert_eq!(receipt["cases"].as_array().expect("cases").len(), 1, "{receipt}");
    assert_eq!(receipt["cases"][0]["reconciliation"][0]["status"], "agrees");
    assert!(place.text("out/公路 项目.回执.txt").contains("照片.jpg"), "what was not read is said");
    place.is_tidy();
}

#[test]
fn a_folder_that_is_no_case_is_handed_back_whole() {
    let place = Place::new();
    let nested = place.at("in").join("局/甲");
    fs::create_dir_all(&nested).expect("a folder");
    fs::write(nested.join("甲.xlsx"), form("甲")).expect("a file");
    fs::create_dir(place.at("in").join("空")).expect("a folder that somebody is about to fill");
    fs::create_dir(place.at("in").join("图片")).expect("a folder");
    fs::write(place.at("in").join("图片/a.jpg"), b"JPEG").expect("a picture");
    assert_eq!(place.once(&[]).status.code(), Some(3));
    assert_eq!(place.names("in"), ["空"]);
    let names = place.names("rejected");
    assert_eq!(names, ["回执数据", "图片", "图片.回执.txt", "局", "局.回执.txt"]);
    assert!(place.text("rejected/局.回执.txt").contains("不要再分子文件夹"));
    assert!(place.at("rejected/局/甲/甲.xlsx").is_file());
}

#[test]
fn any_name_is_served_and_what_is_no_submission_is_left_alone() {
    let place = Place::new();
    let long = format!("{}.xlsx", "绩".repeat(83));
    let names = [
        "a b　c.xlsx",
        "评价😀（终稿）.xlsx",
        "A.xlsx",
        "a.xlsx",
        "caf\u{e9}.xlsx",
        "cafe\u{301}.xlsx",
        "没有扩展名",
        "..两点.xlsx.xlsx",
        long.as_str(),
    ];
    for name in names {
        place.drop(name.trim_start_matches('.'), &form(name.trim_start_matches('.')));
    }
    let left = ["~$a.xlsx", ".hidden.xlsx", "b.xlsx.tmp", "c.xlsx.crdownload", "旧.回执.txt"];
    for name in left {
        place.drop(name, b"not for us");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(place.at("out"), place.at("in").join("link.xlsx")).expect("a link");
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.results_are_whole(), names.len());
    assert_eq!(place.names("archive/2026-01-01").len(), names.len());
    let mut kept: Vec<String> = left.iter().map(ToString::to_string).collect();
    if cfg!(unix) {
        kept.push("link.xlsx".to_owned());
    }
    kept.sort();
    assert_eq!(place.names("in"), kept);
    assert_eq!(place.names("rejected"), [] as [String; 0]);
}

#[test]
fn a_persons_file_is_never_overwritten() {
    let place = Place::new();
    for name in ["甲.已评分.xlsx", "乙.回执.txt"] {
        fs::write(place.at("out").join(name), "a person's").expect("a file");
    }
    place.drop("甲.xlsx", &form("甲"));
    place.drop("乙.xlsx", &form("乙"));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    for name in ["甲.已评分.xlsx", "乙.回执.txt"] {
        assert_eq!(place.text(&format!("out/{name}")), "a person's");
    }
    let names = place.names("out");
    for name in ["甲.已评分(2).xlsx", "甲.回执(2).txt", "乙.已评分(2).xlsx", "乙.回执(2).txt"] {
        assert!(names.contains(&name.to_owned()), "{name} in {names:?}");
    }
    assert!(place.at("out/回执数据/乙.回执(2).json").is_file(), "both receipts have one number");
    assert!(place.text("out/甲.回执(2).txt").contains("甲.已评分(2).xlsx"));
}

#[test]
fn an_empty_file_waits_ten_minutes() {
    let place = Place::new();
    place.drop("刚建.xlsx", b"");
    place.drop("旧的.xlsx", b"");
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(601);
    let file = fs::File::options().write(true).open(place.at("in/旧的.xlsx")).expect("the file");
    file.set_modified(old).expect("an older time");
    assert_eq!(place.once(&[]).status.code(), Some(3));
    assert_eq!(place.names("in"), ["刚建.xlsx"]);
    assert!(place.text("rejected/旧的.回执.txt").contains("空的"));
}

/// Records of the state folder that nobody of ours wrote: what they name is not believed, and a huge one is not held.
#[test]
fn forged_records_are_not_believed() {
    let place = Place::new();
    let bytes = form("甲");
    place.drop("甲.xlsx", &bytes);
    assert_eq!(place.once(&[]).status.code(), Some(0));
    let record = place.names("state").into_iter().find(|name| name.starts_with(&super::sha256(&bytes)));
    let record = format!("state/{}", record.expect("the record"));
    let honest = place.text(&record);
    fs::write(place.at("out/passwd"), "root").expect("a file");
    fs::write(place.at("别处.已评分.xlsx"), "x").expect("a file");
    let result = place.json(&record)["result"].as_str().expect("a path").to_owned();
    for (number, forged) in (2..).zip([
        "../../passwd".to_owned(),
        place.at("out/passwd").display().to_string(),
        place.at("别处.已评分.xlsx").display().to_string(),
        place.at("out/../别处.已评分.xlsx").display().to_string(),
        place.at("out/sub/../甲.已评分.xlsx").display().to_string(),
    ]) {
        let told = honest.replace(
            &serde_json::to_string(&result).expect("JSON"),
            &serde_json::to_string(&forged).expect("JSON"),
        );
        assert_ne!(told, honest);
        fs::write(place.at(&record), told).expect("a record");
        place.drop("甲.xlsx", &bytes);
        assert_eq!(place.once(&[]).status.code(), Some(0));
        let receipt = place.json(&format!("out/回执数据/甲.回执({number}).json"));
        assert_eq!(receipt["verdict"], "scored", "{forged}: {receipt}");
    }
    // 300 MB of a record, without a byte on the disk.
    let huge = fs::File::options().write(true).open(place.at(&record)).expect("the record");
    huge.set_len(300 * 1024 * 1024).expect("a hole");
    place.drop("甲.xlsx", &bytes);
    let command = place.command(&["--once"]);
    let mut limited = std::process::Command::new("sh");
    limited
        .args(["-c", "ulimit -v 600000; exec \"$0\" \"$@\""])
        .arg(command.get_program())
        .args(command.get_args());
    limited.env("SOURCE_DATE_EPOCH", super::NEW_YEAR).env("JIXIAO_KEYS", place.keys.path());
    assert_eq!(limited.output().expect("a service").status.code(), Some(0));
    assert_eq!(place.json("out/回执数据/甲.回执(7).json")["verdict"], "scored");
}

/// What a service left that was killed while it noted an error goes at the next start, whether there is another error or not.
#[test]
fn a_note_that_was_cut_off_is_cleared_away() {
    let place = Place::new();
    assert_eq!(place.once(&[]).status.code(), Some(0), "makes its folders");
    fs::write(place.at("state/.last-error.json.tmp"), "{").expect("a file");
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert!(!place.names("state").contains(&".last-error.json.tmp".to_owned()));
}
