//! A submission with a secrecy mark stays in the inbox: nothing of it is archived, copied or repeated, it is said once, and
//! all others are served.

use std::fs;
use std::path::PathBuf;

use super::{Place, files, form};
use crate::findings::SELF;
use crate::odd_parts::{BOOK_RELS, DOCUMENT, FORM, MAIN, Parts, worksheet};
use crate::workbook_pages;

const SAID: &str = "文件标有密级，未作任何处理。";

pub(super) fn marked(project: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let page = SELF
        .1
        .replace("农村公路养护", project)
        .replace("项目支出绩效自评表", "机密★10年\n项目支出绩效自评表");
    fs::read(workbook_pages::write(&[(SELF.0, &page)], folder.path())).expect("the form")
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
    let receipts = ["丁.回执.txt", "丁.已评分.xlsx", "丙.回执.txt", "回执数据"];
    let more = ["甲.回执.txt", "秘密★乙.回执.txt"];
    assert_eq!(place.names("out"), [receipts.as_slice(), &more].concat());
    let receipt = place.text("out/甲.回执.txt");
    assert!(
        receipt.contains(SAID) && receipt.contains("请按保密规定处置") && !receipt.contains("退回"),
        "{receipt}"
    );
    let json = place.json("out/回执数据/甲.回执.json");
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
    assert_eq!(place.names("out").len(), 6);
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
    // What was made is remembered in a folder of the program's own.
    assert_eq!(place.names("out"), [".jixiao", "乙.已评分.xlsx"]);
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
    assert_eq!(place.json("out/回执数据/甲.回执.json")["door"], "reviewer");
    let status = place.status();
    assert_eq!(
        (&status["marked"], &status["reviewer_backlog"]),
        (&serde_json::json!(["甲.xlsx"]), &0.into())
    );
}

/// The published case with a further sheet of these bytes.
fn beside(content: &[u8]) -> Parts {
    Parts::with_sheet("", &format!("{DOCUMENT}/worksheet"), content)
}

/// A row with this text.
fn line(text: &str) -> String {
    format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>")
}

/// Sheets that cannot be read, or not wholly, with this text on them.
fn broken(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let with = |more: &str| worksheet(&format!("{}{more}", line(text)), "");
    let (whole, row) = (with(""), with("<row r=\"99999999\"><c r=\"A1\"><v>2</v></c></row>"));
    let declared = format!("<?xml version=\"1.0\" encoding=\"GBK\"?>{whole}");
    let values = format!("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲</v><v>{text}</v></c></row>");
    let ampersand = with("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>甲 & 乙</t></is></c></row>");
    let cells = with("<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\" t=\"str\"><v>甲</v></c></row>");
    let cells = cells.replace("甲", text).replacen(text, "乙", 1);
    vec![
        ("行号", row.clone().into_bytes()),
        ("符号", ampersand.into_bytes()),
        ("截断", whole.as_bytes()[..whole.len() - 20].to_vec()),
        ("声明", format!("<!DOCTYPE worksheet>{whole}").into_bytes()),
        ("国标", encoding_rs::GBK.encode(&declared).0.into_owned()),
        ("宽码", [0xFEFF].into_iter().chain(row.encode_utf16()).flat_map(u16::to_le_bytes).collect()),
        ("重格", cells.into_bytes()),
        ("重值", worksheet(&values, "").into_bytes()),
    ]
}

/// Parts in which a mark stands where no sheet that is read shows it.
fn unseen() -> Vec<(&'static str, Parts)> {
    let styles = "xl/styles.xml";
    let mut format = Parts::model();
    let code = "<numFmt numFmtId=\"299\" formatCode=\"&quot;秘密★&quot;0&quot;年&quot;\"/></numFmts>";
    let bytes = &format.0.iter().find(|(name, _)| name == styles).expect("styles").1;
    if String::from_utf8_lossy(bytes).contains("</numFmts>") {
        format.edit(styles, "</numFmts>", code);
    } else {
        format.edit(styles, "<fonts", &format!("<numFmts count=\"1\">{code}<fonts"));
    }
    let mut shared = Parts::model();
    let rel = format!(
        "<Relationship Id=\"rId31\" Type=\"{DOCUMENT}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    );
    shared.edit(BOOK_RELS, "</Relationships>", &format!("{rel}</Relationships>"));
    let strings = "xl/sharedStrings.xml";
    shared.declare(strings, "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml");
    let texts = format!(
        "<sst xmlns=\"{MAIN}\"><si><t>甲</t></si><si><r><t>绝密</t></r><r><t>★长期</t></r></si></sst>"
    );
    shared.0.push((strings.to_owned(), texts.into_bytes()));
    // The form itself, without which the file would be refused.
    let mut refused = Parts::model();
    refused.edit(FORM, "<sheetData>", &format!("<sheetData>{}&", line("秘密★")));
    vec![("格式", format), ("共享", shared), ("自身", refused)]
}

#[test]
fn a_mark_that_no_sheet_shows_stops_it_as_well() {
    let place = Place::new();
    let folder = tempfile::tempdir().expect("a folder");
    let hand_in = |name: &str, parts: &Parts| {
        place.drop(name, &fs::read(parts.save(folder.path())).expect("the file"));
    };
    for (number, text) in ["秘密★10年", "机密"].into_iter().enumerate() {
        for (fault, bytes) in broken(text) {
            hand_in(&format!("{fault}{number}.xlsx"), &beside(&bytes));
        }
    }
    for (fault, parts) in unseen() {
        hand_in(&format!("{fault}.xlsx"), &parts);
    }
    let marked = place.names("in");
    // The same faults without a mark stop nothing.
    for (fault, bytes) in broken("保密费") {
        hand_in(&format!("无{fault}.xlsx"), &beside(&bytes));
    }
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.names("in"), marked);
    assert_eq!(place.names("archive/2026-01-01").len(), broken("").len());
    assert_eq!(place.names("rejected"), [] as [String; 0]);
}
