//! A form beside something odd: the form is scored, what is odd is left as it is and said, and what we add hangs on nothing
//! that led nowhere before.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use jixiao::ooxml::{Package, SheetKind};
use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::package_parts::stored;
use crate::support::{MODEL, Scored, jixiao, score, workbook};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "[Content_Types].xml";
const BOOK: &str = "xl/workbook.xml";
const BOOK_RELS: &str = "xl/_rels/workbook.xml.rels";
/// The score sheet of the published case.
const FORM: &str = "xl/worksheets/sheet3.xml";
/// A sheet that is added.
const EXTRA: &str = "xl/worksheets/sheet21.xml";

/// The published case, part by part.
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    fn model() -> Self {
        let mut archive =
            zip::ZipArchive::new(File::open(workbook(MODEL)).expect("the workbook")).expect("a package");
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("an entry");
            let name = entry.name().expect("a name").into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its content");
            parts.push((name, bytes));
        }
        Self(parts)
    }

    /// With a further sheet 附页, of this kind and with this content.
    fn with_sheet(attributes: &str, kind: &str, content: &[u8]) -> Self {
        let mut parts = Self::model();
        let sheet = format!(
            "<sheet xmlns:r=\"{DOCUMENT}\" name=\"附页\" sheetId=\"21\" {attributes} r:id=\"rId21\"/></sheets>"
        );
        parts.edit(BOOK, "</sheets>", &sheet);
        let rel = format!(
            "<Relationship Id=\"rId21\" Type=\"{kind}\" Target=\"worksheets/sheet21.xml\"/></Relationships>"
        );
        parts.edit(BOOK_RELS, "</Relationships>", &rel);
        parts.declare(EXTRA, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
        parts.0.push((EXTRA.to_owned(), content.to_vec()));
        parts
    }

    /// With a further worksheet of these rows and what follows them.
    fn with_rows(rows: &str, tail: &str) -> Self {
        let kind = format!("{DOCUMENT}/worksheet");
        Self::with_sheet("", &kind, worksheet(rows, tail).as_bytes())
    }

    fn edit(&mut self, part: &str, from: &str, to: &str) {
        let part = self.0.iter_mut().find(|(name, _)| name == part).expect("the part");
        let text = String::from_utf8(part.1.clone()).expect("UTF-8");
        assert!(text.contains(from), "{} has no {from}", part.0);
        part.1 = text.replacen(from, to, 1).into_bytes();
    }

    fn declare(&mut self, part: &str, kind: &str) {
        let declared = format!("<Override PartName=\"/{part}\" ContentType=\"{kind}\"/></Types>");
        self.edit(TYPES, "</Types>", &declared);
    }

    fn save(&self, folder: &Path) -> PathBuf {
        let path = folder.join("评分.xlsx");
        let mut out = zip::ZipWriter::new(File::create(&path).expect("a file"));
        for (name, bytes) in &self.0 {
            out.start_file(name.as_str(), SimpleFileOptions::default()).expect("an entry");
            out.write_all(bytes).expect("written");
        }
        out.finish().expect("a package");
        path
    }
}

fn worksheet(rows: &str, tail: &str) -> String {
    format!(
        "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\"><sheetData>{rows}</sheetData>{tail}</worksheet>"
    )
}

/// Id, cell and message of the findings about odd things.
fn said(scored: &Scored) -> Vec<[String; 3]> {
    let ids = ["cell-not-readable", "sheet-left-alone", "sheet-not-readable"];
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = scored.json["findings"].as_array().expect("findings").iter();
    let odd = all.filter(|finding| ids.contains(&finding["id"].as_str().unwrap_or_default()));
    odd.map(|finding| [word(&finding["id"]), word(&finding["cell"]), word(&finding["message"])]).collect()
}

/// Scores it as the published case is, and keeps the extra part byte for byte.
fn scored(parts: &Parts, folder: &tempfile::TempDir) -> Scored {
    let file = parts.save(folder.path());
    let scored = score(&file, &folder.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]["total"]), (0, &"87.5".into()));
    let (before, after) = (stored(&file), stored(&scored.path));
    assert_eq!(before.get(EXTRA), after.get(EXTRA), "the extra sheet is untouched");
    scored
}

/// The same where only the findings are looked at.
fn result(parts: &Parts) -> Scored {
    scored(parts, &tempfile::tempdir().expect("a folder"))
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

/// The targets of a part's relationships in a package, by kind.
fn targets(path: &Path, rels: &str) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("the file")).expect("a package");
    let mut text = String::new();
    archive.by_name(rels).expect("relationships").read_to_string(&mut text).expect("UTF-8");
    let value = |element: &str, name: &str| {
        let (_, rest) = element.split_once(&format!("{name}=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let elements = text.split("<Relationship ").skip(1);
    elements
        .map(|e| (value(e, "Type").rsplit('/').next().unwrap_or_default().to_owned(), value(e, "Target")))
        .collect()
}

#[test]
fn nothing_that_leads_nowhere_is_led_to_parts_of_ours() {
    let mut parts = Parts::with_rows("", "<drawing r:id=\"d\"/><legacyDrawing r:id=\"v\"/>");
    let names = [
        "../comments1.xml",
        "../drawings/vmlDrawing1.vml",
        "../drawings/drawing2.xml",
        "../charts/chart1.xml",
    ];
    let kinds = [("c", "comments"), ("v", "vmlDrawing"), ("d", "drawing"), ("h", "chart")];
    let rels: String = kinds
        .iter()
        .zip(names)
        .map(|((id, kind), target)| {
            format!("<Relationship Id=\"{id}\" Type=\"{DOCUMENT}/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rels}</Relationships>"
    );
    parts.0.push(("xl/worksheets/_rels/sheet21.xml.rels".to_owned(), rels.into_bytes()));
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&parts.save(folder.path()), &folder.path().join("out"));
    let there = stored(&scored.path);
    for name in names {
        let part = format!("xl/{}", name.trim_start_matches("../"));
        assert!(!there.contains_key(&part), "{part} is there now");
    }
    // Once more: what was free for our parts before is free for them again.
    let again = score(&scored.path, &folder.path().join("again"));
    let names = |path: &Path| stored(path).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&scored.path), names(&again.path));
}

#[test]
fn notes_of_ours_take_the_place_of_links_that_lead_nowhere_on_the_form_itself() {
    let mut parts = Parts::model();
    parts.0.retain(|(name, _)| !name.starts_with("xl/comments/") && !name.ends_with(".vml"));
    let folder = tempfile::tempdir().expect("a folder");
    let file = parts.save(folder.path());
    let scored = score(&file, &folder.path().join("out"));
    let mut package = Package::open(File::open(&scored.path).expect("the result")).expect("a package");
    assert!(!package.notes("表2 评分表").expect("notes").is_empty());
    let there = stored(&scored.path);
    for (kind, target) in targets(&scored.path, "xl/worksheets/_rels/sheet3.xml.rels") {
        let part = format!("xl/{}", target.trim_start_matches("../").trim_start_matches("/xl/"));
        assert!(there.contains_key(&part), "{kind} leads to {target}");
    }
}

#[test]
fn a_declaration_without_a_part_is_not_doubled() {
    for stale in
        ["xl/worksheets/sheet8.xml", "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/charts/chart1.xml"]
    {
        let mut parts = Parts::model();
        parts.declare(stale, "application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml");
        if stale.ends_with("sheet1.xml") {
            // Declared twice, and there.
            parts.edit(TYPES, "chartsheet+xml", "worksheet+xml");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let scored = scored(&parts, &folder);
        let mut archive =
            zip::ZipArchive::new(File::open(&scored.path).expect("the file")).expect("a package");
        let mut text = String::new();
        archive.by_name(TYPES).expect("types").read_to_string(&mut text).expect("UTF-8");
        let times = text.matches(&format!("PartName=\"/{stale}\"")).count();
        assert_eq!(times, if stale.ends_with("sheet1.xml") { 2 } else { 1 }, "{stale}");
        assert_eq!(archive.by_name(stale).is_ok(), stale.ends_with("sheet1.xml"), "{stale}");
    }
}

#[test]
fn doubled_relationships_and_sheets_are_no_fault_of_ours() {
    let chain = format!("<Relationship Id=\"c\" Type=\"{DOCUMENT}/calcChain\" Target=\"calcChain.xml\"/>");
    let mut parts = Parts::model();
    parts.edit(BOOK_RELS, "</Relationships>", &format!("{chain}{chain}</Relationships>"));
    parts.0.push(("xl/calcChain.xml".to_owned(), format!("<calcChain xmlns=\"{MAIN}\"/>").into_bytes()));
    let folder = tempfile::tempdir().expect("a folder");
    let first = scored(&parts, &folder);
    assert!(targets(&first.path, BOOK_RELS).iter().all(|(kind, _)| kind != "calcChain"));

    // A workbook of ours that lists one of our sheets twice, and one where two of them are the same part.
    let folder = tempfile::tempdir().expect("a folder");
    let ours = score(&Parts::model().save(folder.path()), &folder.path().join("out"));
    for twin in ["name=\"评分明细\"", "name=\"另一张\""] {
        let mut parts = Parts(Vec::new());
        let mut archive = zip::ZipArchive::new(File::open(&ours.path).expect("the file")).expect("a package");
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its content");
            parts.0.push((entry.name().expect("a name").into_owned(), bytes));
        }
        let book = parts.0.iter().find(|(name, _)| name == BOOK).expect("the workbook").1.clone();
        let book = String::from_utf8(book).expect("UTF-8");
        let at = book.find("name=\"评分明细\"").expect("our sheet");
        let start = book[..at].rfind('<').expect("its element");
        let end = at + book[at..].find("/>").expect("its end") + 2;
        let copy = book[start..end].replace("name=\"评分明细\"", twin).replace("sheetId=\"", "sheetId=\"9");
        parts.edit(BOOK, "</sheets>", &format!("{copy}</sheets>"));
        let out = folder.path().join("again");
        fs::create_dir_all(&out).expect("a folder");
        let output = jixiao([
            "score".as_ref(),
            parts.save(folder.path()).as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ]);
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1 | 3)), "{code:?} {}", String::from_utf8_lossy(&output.stderr));
        for entry in fs::read_dir(&out).expect("the folder").flatten() {
            let package = Package::open(File::open(entry.path()).expect("the result")).expect("a package");
            assert!(
                package.sheets().iter().all(|sheet| sheet.kind != SheetKind::Missing),
                "{:?}",
                package.sheets()
            );
        }
    }
}

#[test]
fn data_inside_a_compatibility_mark_is_read_and_left_alone() {
    let mut parts = Parts::model();
    let open = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"r\"><sheetData>";
    parts.edit(FORM, "<sheetData>", open);
    parts.edit(FORM, "</sheetData>", "</sheetData></mc:Choice></mc:AlternateContent>");
    let folder = tempfile::tempdir().expect("a folder");
    let file = parts.save(folder.path());
    let scored = score(&file, &folder.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]["total"]), (0, &"87.5".into()));
    assert_eq!(stored(&file)[FORM], stored(&scored.path)[FORM]);
    let all = scored.json["findings"].as_array().expect("findings");
    assert!(all.iter().any(|finding| finding["id"] == "cell-not-editable"), "{all:?}");
}

#[test]
fn scores_are_written_into_the_open_cells_of_a_protected_form() {
    let mut parts = Parts::model();
    // The cells of the score column get a style of their own, which is open.
    let styles =
        String::from_utf8(parts.0.iter().find(|(n, _)| n == "xl/styles.xml").expect("styles").1.clone())
            .expect("UTF-8");
    let (_, xfs) = styles.split_once("<cellXfs").expect("formats");
    let (xfs, _) = xfs.split_once("</cellXfs>").expect("formats");
    let open = xfs.matches("<xf ").count();
    parts.edit("xl/styles.xml", "</cellXfs>", "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyProtection=\"1\"><protection locked=\"0\"/></xf></cellXfs>");
    for row in 4..=20 {
        let form = String::from_utf8(parts.0.iter().find(|(n, _)| n == FORM).expect("the form").1.clone())
            .expect("UTF-8");
        let at = form.find(&format!("<c r=\"K{row}\" s=\"")).expect("a score cell");
        let tag = &form[at..at + form[at..].find('>').expect("its end")];
        let (_, style) = tag.split_once(" s=\"").expect("a style");
        let style = style.split('"').next().unwrap_or_default();
        let opened = tag.replace(&format!(" s=\"{style}\""), &format!(" s=\"{open}\""));
        parts.edit(FORM, tag, &opened);
    }
    parts.edit(
        FORM,
        "</sheetData>",
        "</sheetData><sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"/>",
    );
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&parts.save(folder.path()), &folder.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]["total"]), (0, &"87.5".into()));
    let cells = crate::libreoffice::cells(&scored.path);
    assert!(cells["'表2 评分表'!K4"].1 && cells["'表2 评分表'!K20"].1, "open cells have their scores");
    assert!(!cells.contains_key("'表2 评分表'!K21"), "locked ones have none");
    let all = scored.json["findings"].as_array().expect("findings");
    let refused: Vec<_> =
        all.iter().filter(|f| f["id"] == "cell-not-editable").map(|f| f["cell"].clone()).collect();
    // The reasons' column is locked, and so are the last scores.
    assert_eq!(refused, ["'表2 评分表'!L4"]);
}
