//! Workbooks that do not let themselves be edited everywhere: what cannot be written is said with its reason, and the
//! scores go to the added sheets; where that is impossible, too, nothing is written.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use jixiao::inner::xlsx::XlsxPackage;
use serde_json::Value as Json;
use zip::write::SimpleFileOptions;

use crate::libreoffice::{cells, differences};
use crate::package_parts::stored;
use crate::support::{MODEL, jixiao, score, workbook};

/// The score sheet of the published case.
const SHEET: &str = "xl/worksheets/sheet3.xml";
/// Its notes.
const COMMENTS: &str = "xl/comments/comment1.xml";

/// The published case with some of its parts changed; a part that is not there is added.
fn altered(name: &str, changes: &[(&str, &dyn Fn(String) -> String)], folder: &Path) -> PathBuf {
    let mut archive =
        zip::ZipArchive::new(File::open(workbook(MODEL)).expect("the workbook")).expect("a package");
    let path = folder.join(name);
    let mut out = zip::ZipWriter::new(File::create(&path).expect("a file"));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let part = entry.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its content");
        if let Some((_, change)) = changes.iter().find(|(changed, _)| *changed == part) {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let new = change(text.clone());
            assert_ne!(new, text, "{part} is not changed");
            bytes = new.into_bytes();
        }
        out.start_file(part, SimpleFileOptions::default()).expect("an entry");
        out.write_all(&bytes).expect("written");
    }
    out.finish().expect("a package");
    path
}

#[test]
fn a_persons_note_on_a_score_stays_and_the_score_is_written_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let moved = |comments: String| comments.replace("ref=\"J7\"", "ref=\"K7\"");
    let file = altered("noted.xlsx", &[(COMMENTS, &moved)], folder.path());
    let scored = score(&file, &folder.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]["total"]), (0, &"87.5".into()));
    assert!(cells(&scored.path)["'表2 评分表'!K7"].1, "the score is a formula");
    let mut package = XlsxPackage::open(File::open(&scored.path).expect("the result")).expect("a package");
    let notes = package.notes("表2 评分表").expect("notes");
    let at: Vec<_> = notes.iter().filter(|note| note.cell.to_string() == "K7").collect();
    assert_eq!(at.len(), 1, "{at:?}");
    assert!(at[0].text.contains("请附指标申报表原件"), "{at:?}");
}

/// The findings of this id: cell and message.
fn of_id(json: &Json, id: &str) -> Vec<(String, String)> {
    let all = json["findings"].as_array().cloned().unwrap_or_default();
    let word = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    all.iter().filter(|f| f["id"] == id).map(|f| (word(&f["cell"]), word(&f["message"]))).collect()
}

#[test]
fn scores_of_a_protected_sheet_go_to_the_added_sheets() {
    let folder = tempfile::tempdir().expect("a folder");
    let protect = |sheet: String| {
        sheet.replace("</sheetData>", "</sheetData><sheetProtection sheet=\"1\" objects=\"1\"/>")
    };
    let file = altered("protected.xlsx", &[(SHEET, &protect)], folder.path());
    let scored = score(&file, &folder.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]["total"]), (0, &"87.5".into()));
    let found = of_id(&scored.json, "cell-not-editable");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "'表2 评分表'!K4");
    assert!(found[0].1.contains("工作表受保护"), "{found:?}");
    let (before, after) = (stored(&file), stored(&scored.path));
    for part in [SHEET, COMMENTS] {
        assert_eq!(before[part], after[part], "{part} of the protected sheet is untouched");
    }
    let after = cells(&scored.path);
    assert!(after["'评分明细'!K4"].1, "the score is a formula on our own sheet");
    let listed = after.iter().any(|(at, (value, _))| {
        at.starts_with("'复核事项'!G") && format!("{value:?}").contains("工作表受保护")
    });
    assert!(listed, "复核事项 says why");
    let faults = differences(&scored.path);
    // The agency's own sum came without a value and is left as it came.
    assert!(faults.iter().all(|fault| fault.starts_with("'表2 评分表'!F26:")), "{faults:?}");
}

#[test]
fn an_array_formula_over_score_cells_keeps_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let array = |sheet: String| {
        sheet.replace(
            "<c r=\"K6\" s=\"2\" t=\"n\"></c>",
            "<c r=\"K6\" s=\"2\"><f t=\"array\" ref=\"K6:K8\">F6:F8</f><v>2</v></c>",
        )
    };
    let file = altered("array.xlsx", &[(SHEET, &array)], folder.path());
    let scored = score(&file, &folder.path().join("out"));
    let found = of_id(&scored.json, "cell-not-editable");
    assert_eq!(found.iter().map(|(cell, _)| cell.as_str()).collect::<Vec<_>>(), ["'表2 评分表'!K7"]);
    assert!(found[0].1.contains("数组公式"), "{found:?}");
    assert_eq!(scored.json["score"]["total"], "87.5");
    let after = cells(&scored.path);
    assert!(!after.contains_key("'表2 评分表'!K7") && after["'评分明细'!K7"].1);
}

#[test]
fn a_workbook_that_takes_no_sheet_is_refused_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let lock =
        |book: String| book.replace("<workbookProtection/>", "<workbookProtection lockStructure=\"1\"/>");
    let file = altered("locked.xlsx", &[("xl/workbook.xml", &lock)], folder.path());
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("a folder");
    let output = jixiao(["score".as_ref(), file.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(3), "{message}");
    assert!(message.contains("工作簿结构受保护") && message.contains("撤销工作簿保护"), "{message}");
    assert_eq!(fs::read_dir(&out).expect("the folder").count(), 0);
}

#[test]
fn a_part_in_another_encoding_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let declare = |sheet: String| format!("<?xml version=\"1.0\" encoding=\"GB18030\"?>{sheet}");
    let file = altered("encoded.xlsx", &[(SHEET, &declare)], folder.path());
    let output = jixiao(["score".as_ref(), file.as_os_str(), "--out".as_ref(), folder.path().as_os_str()]);
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.code() == Some(3) && message.contains("怎么办"), "{message}");
}

#[test]
fn a_signature_is_taken_out_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let sign = |rels: String| {
        rels.replace(
            "</Relationships>",
            "<Relationship Id=\"rIdSig\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" Target=\"_xmlsignatures/origin.sigs\"/></Relationships>",
        )
    };
    let file = altered("signed.xlsx", &[("_rels/.rels", &sign)], folder.path());
    let scored = score(&file, &folder.path().join("out"));
    assert_eq!(of_id(&scored.json, "signature-removed").len(), 1);
    let clean = score(&workbook(MODEL), &folder.path().join("out"));
    assert_eq!(of_id(&clean.json, "signature-removed"), []);
    assert_eq!(of_id(&clean.json, "cell-not-editable"), []);
}

#[test]
fn a_workbook_with_macros_comes_back_with_its_ending() {
    let folder = tempfile::tempdir().expect("a folder");
    let macros = |types: String| {
        types.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
    };
    let file = altered("宏.xlsm", &[("[Content_Types].xml", &macros)], folder.path());
    let scored = score(&file, folder.path());
    assert_eq!(scored.path.file_name().and_then(|name| name.to_str()), Some("宏.已评分.xlsm"));
    let again = score(&scored.path, &folder.path().join("再次"));
    assert_eq!(again.path.file_name().and_then(|name| name.to_str()), Some("宏.已评分.xlsm"));
}
