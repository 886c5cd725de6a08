//! A form beside something odd: the form is scored, what is odd is left as it is and said.

use serde_json::Value;

use crate::odd_parts::{BOOK, BOOK_RELS, DOCUMENT, EXTRA, FORM, MAIN, Parts, TYPES, result, worksheet};
use crate::support::{Scored, jixiao, score};

/// Id, cell and message of the findings about odd things.
fn said(scored: &Scored) -> Vec<[String; 3]> {
    let ids = ["cell-not-readable", "sheet-left-alone", "sheet-not-readable"];
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = scored.json["findings"].as_array().expect("findings").iter();
    let odd = all.filter(|finding| ids.contains(&finding["id"].as_str().unwrap_or_default()));
    odd.map(|finding| [word(&finding["id"]), word(&finding["cell"]), word(&finding["message"])]).collect()
}

#[test]
fn a_sheet_that_is_no_worksheet_is_left_alone_and_said() {
    let macros = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet";
    let macro_sheet = format!(
        "<xm:macrosheet xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\" xmlns=\"{MAIN}\"><sheetData/></xm:macrosheet>"
    );
    let dialog = format!("<dialogsheet xmlns=\"{MAIN}\"/>");
    for (attributes, kind, content, id, why) in [
        ("state=\"veryHidden\"", macros.to_owned(), macro_sheet.as_str(), "sheet-left-alone", "宏表"),
        ("", format!("{DOCUMENT}/dialogsheet"), dialog.as_str(), "sheet-left-alone", "对话框"),
        ("", "http://example.com/odd".to_owned(), "<odd/>", "sheet-left-alone", "不是工作表"),
        ("", format!("{DOCUMENT}/worksheet"), dialog.as_str(), "sheet-not-readable", "内容不是工作表"),
        ("", format!("{DOCUMENT}/worksheet"), "<worksheet><sheetData>", "sheet-not-readable", "中途结束"),
        ("", format!("{DOCUMENT}/worksheet"), "", "sheet-not-readable", "没有单元格数据"),
    ] {
        let found = said(&result(&Parts::with_sheet(attributes, &kind, content.as_bytes())));
        assert_eq!(found.len(), 1, "{kind}: {found:?}");
        assert_eq!(found[0][0], id, "{found:?}");
        assert!(found[0][2].contains("附页") && found[0][2].contains(why), "{found:?}");
    }
    let chart = format!(
        "<chartsheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"/></sheetViews></chartsheet>"
    );
    let found = said(&result(&Parts::with_sheet("", &format!("{DOCUMENT}/chartsheet"), chart.as_bytes())));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_sheet_without_a_part_is_left_alone_and_said() {
    let mut module = Parts::model();
    let sheet = format!(
        "<sheet xmlns:r=\"{DOCUMENT}\" name=\"Module1\" sheetId=\"21\" state=\"veryHidden\" r:id=\"\"/></sheets>"
    );
    module.edit(BOOK, "</sheets>", &sheet);
    let found = said(&result(&module));
    assert_eq!((found.len(), found[0][0].as_str()), (1, "sheet-left-alone"), "{found:?}");
    let mut dangling = Parts::with_rows("", "");
    dangling.0.retain(|(name, _)| name != EXTRA);
    let found = said(&result(&dangling));
    assert_eq!((found.len(), found[0][0].as_str()), (1, "sheet-not-readable"), "{found:?}");
    let mut twice = Parts::with_rows("", "");
    twice.edit(BOOK, "name=\"附页\"", "name=\"得分一览表\"");
    let found = said(&result(&twice));
    assert!(found.len() == 1 && found[0][2].contains("重名"), "{found:?}");
}

#[test]
fn what_a_sheet_holds_that_others_do_not_know_is_read() {
    let error = |shown: &str| format!("<row r=\"1\"><c r=\"A1\" t=\"e\"><v>{shown}</v></c></row>");
    let merges = |range: &str| format!("<mergeCells count=\"1\"><mergeCell ref=\"{range}\"/></mergeCells>");
    for parts in [
        Parts::with_rows(&error("#SPILL!"), ""),
        Parts::with_rows(&error("#CALC!"), ""),
        Parts::with_rows(&error("#GETTING_DATA"), ""),
        Parts::with_rows(&error("ERROR"), ""),
        Parts::with_rows("", &merges("A:A")),
        Parts::with_rows("", &merges("3:7")),
        Parts::with_rows("<row r=\"1\"><c r=\"A1\" t=\"n\"><v>words</v></c></row>", ""),
        Parts::with_sheet("state=\"show\"", &format!("{DOCUMENT}/worksheet"), worksheet("", "").as_bytes()),
    ] {
        let found = said(&result(&parts));
        assert!(found.is_empty(), "{found:?}");
    }
    let wide = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{}", worksheet("", ""));
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(wide.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let found = said(&result(&Parts::with_sheet("", &format!("{DOCUMENT}/worksheet"), &wide)));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_cell_that_nobody_can_read_is_said() {
    for (cell, why) in [
        ("<c r=\"B2\" t=\"s\"><v>99</v></c>", "共享文字不存在"),
        ("<c r=\"B2\" t=\"odd\"><v>1</v></c>", "类型无法识别"),
        ("<c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c>", "出现了两次"),
    ] {
        let found = said(&result(&Parts::with_rows(&format!("<row r=\"2\">{cell}</row>"), "")));
        assert_eq!(found.len(), 1, "{found:?}");
        // The sheet is no form: it is not marked.
        assert_eq!(found[0][..2], ["cell-not-readable", ""], "{found:?}");
        assert!(
            found[0][2].contains(why) && found[0][2].contains("附页") && found[0][2].contains("B2"),
            "{found:?}"
        );
    }
    // On the form itself the cell is said, too, and nothing is made of it.
    let mut form = Parts::model();
    form.edit(FORM, "<c r=\"F6\" s=\"2\" t=\"n\"><v>", "<c r=\"F6\" s=\"2\" t=\"s\"><v>99");
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&form.save(folder.path()), &folder.path().join("out"));
    let found = said(&scored);
    assert!(
        found.iter().any(|[id, at, _]| id == "cell-not-readable" && at == "'表2 评分表'!F6"),
        "{found:?}"
    );
    assert_eq!(scored.json["score"]["complete"], false);
}

#[test]
fn a_form_that_cannot_be_read_is_refused_with_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut parts = Parts::model();
    parts.edit(FORM, "</sheetData>", "&</sheetData>");
    let output = jixiao([
        "score".as_ref(),
        parts.save(folder.path()).as_os_str(),
        "--out".as_ref(),
        folder.path().as_os_str(),
    ]);
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(3), "{message}");
    assert!(message.contains("表2 评分表") && message.contains("怎么办"), "{message}");
}

#[test]
fn the_type_of_the_main_part_says_what_a_file_is() {
    let mut parts = Parts::model();
    parts.edit(TYPES, "<Default ", "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/><Default ");
    result(&parts);
}

#[test]
fn parts_in_another_encoding_are_refused_by_their_name() {
    for part in [TYPES, BOOK, BOOK_RELS, "_rels/.rels"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut parts = Parts::model();
        let bytes = &mut parts.0.iter_mut().find(|(name, _)| name == part).expect("the part").1;
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        *bytes = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let output = jixiao([
            "score".as_ref(),
            parts.save(folder.path()).as_os_str(),
            "--out".as_ref(),
            folder.path().as_os_str(),
        ]);
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(3), "{message}");
        assert!(message.contains("UTF-16") && message.contains(part), "{message}");
        assert!(!message.chars().any(|c| c.is_control() && c != '\n'), "{message:?}");
    }
}
