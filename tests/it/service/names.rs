//! Names and folders of every kind: each is answered, and the service goes on.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;

use super::{Place, form};

/// A name as `unzip` leaves it: the bytes of another encoding.
fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn names_of_every_kind_are_answered() {
    let place = Place::new();
    let long = "农村公路养护".repeat(13);
    let names: Vec<Vec<u8>> = vec![
        gbk(&format!("{}.xlsx", long.chars().take(76).collect::<String>())),
        [b"\xff\xfe\x80".repeat(50), b".xlsx".to_vec()].concat(),
        format!("{}.xlsx", "绩".repeat(83)).into_bytes(),
        format!("{}.xlsx", "a".repeat(250)).into_bytes(),
        b"CON".to_vec(),
        b"nul.xlsx".to_vec(),
        "项目.xlsx.".into(),
        "项目.xlsx ".into(),
        "a\u{1b}[31m\n\u{202e}b.xlsx".into(),
        "javascript:alert(1).xlsx".into(),
    ];
    for (number, name) in names.iter().enumerate() {
        let path = place.at("in").join(OsStr::from_bytes(name));
        fs::write(path, form(&format!("第{number}个项目"))).expect("a file in the inbox");
    }
    let before = place.originals();
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.names("in"), [] as [String; 0]);
    assert_eq!(place.results_are_whole(), names.len());
    assert_eq!(place.originals(), before, "each original is kept");
    place.is_tidy();
    let kept = place.names("archive/2026-01-01");
    assert_eq!(kept.len(), names.len());
    for name in &kept {
        assert!(
            name.len() <= 255 && !name.contains(char::is_control) && !name.ends_with(['.', ' ']),
            "{name:?}"
        );
    }
    // A name of another encoding is read, and one that was changed is said.
    let read = format!("{}.xlsx", long.chars().take(76).collect::<String>());
    assert!(kept.contains(&read), "{kept:?}");
    for (receipt, name) in [("_CON", "_CON"), ("_nul", "_nul.xlsx"), ("a_[31m__b", "a_[31m__b.xlsx")] {
        let text = place.text(&format!("out/{receipt}.回执.txt"));
        assert!(text.contains(&format!("保存时改名为“{name}”")), "{text}");
    }
}

#[test]
fn folders_too_big_or_too_deep_are_handed_back() {
    let place = Place::new();
    let (deep, wide) = (place.at("in/深"), place.at("in/大"));
    let bottom = deep.join("a/b/c/d/e/f/g/h/i/j/k");
    fs::create_dir_all(&bottom).expect("folders");
    fs::write(bottom.join("表.xlsx"), form("甲")).expect("a file");
    fs::create_dir(&wide).expect("a folder");
    for number in 0..1_001 {
        fs::write(wide.join(format!("{number}.xlsx")), "").expect("a file");
    }
    place.drop("好.xlsx", &form("乙"));
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.results_are_whole(), 1);
    assert_eq!(place.names("in"), [] as [String; 0]);
    for name in ["深", "大"] {
        assert!(place.at("rejected").join(name).is_dir());
        let text = place.text(&format!("rejected/{name}.回执.txt"));
        assert!(text.contains("文件夹中的文件过多，或层数过深"), "{text}");
    }
    assert_eq!(fs::read_dir(place.at("rejected/大")).expect("the folder").count(), 1_001);
    place.is_tidy();
}

#[test]
fn a_batch_says_folders_that_are_too_big() {
    let place = Place::new();
    fs::create_dir_all(place.at("in/深/a/b/c/d/e/f/g/h/i/j")).expect("folders");
    fs::write(place.at("in/深/表.xlsx"), form("甲")).expect("a file");
    place.drop("好.xlsx", &form("乙"));
    let run = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("batch")
        .arg(place.at("in"))
        .arg("--out")
        .arg(place.at("out"))
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(3), "{said}");
    assert!(said.contains("深：文件夹中的文件过多，或层数过深"), "{said}");
    assert_eq!(place.names("out"), [".jixiao", "好.已评分.xlsx"]);
}

/// Where each link of a sheet leads, its codes resolved.
fn targets(summary: &std::path::Path) -> Vec<String> {
    let file = fs::File::open(summary).expect("the summary");
    let mut archive = zip::ZipArchive::new(file).expect("a package");
    let rels =
        std::io::read_to_string(archive.by_name("xl/worksheets/_rels/sheet1.xml.rels").expect("the links"))
            .expect("text");
    let links = rels.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.map(decoded).collect()
}

/// A link's part as the name that it stands for.
fn decoded(link: &str) -> String {
    // What would be taken for something else than a name is not there.
    assert!(!link.contains([':', '?', '#', '\\', ' ']) && !link.starts_with('/'), "{link}");
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first == b'%' {
            let code = std::str::from_utf8(&tail[..2]).expect("a code");
            bytes.push(u8::from_str_radix(code, 16).expect("a code"));
            rest = &tail[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn links_of_the_summary_lead_to_the_files_beside_it() {
    let place = Place::new();
    let names = [
        "javascript:alert(1)",
        "a#b",
        "a?b",
        "a%20b",
        "a b",
        "a&amp;\"'<b>",
        "\\\\server\\c",
        "..甲",
        "（一）",
        "mailto:a@b.c",
    ];
    for (number, name) in names.iter().enumerate() {
        place.drop(&format!("{name}.xlsx"), &form(&format!("第{number}个项目")));
    }
    let run = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("batch")
        .arg(place.at("in"))
        .arg("--out")
        .arg(place.at("out"))
        .arg("--summary")
        .arg(place.at("汇总 #1/汇总表.xlsx"))
        .output()
        .expect("the program runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stdout));
    let home = place.at("汇总 #1");
    let targets = targets(&home.join("汇总表.xlsx"));
    // A name that begins with a point is no submission.
    assert_eq!(targets.len(), names.len() - 1, "{targets:?}");
    for target in targets {
        assert!(home.join(&target).is_file(), "{target}");
    }
}
