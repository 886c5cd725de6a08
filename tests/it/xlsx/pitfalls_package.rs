//! What bites in the package (points 19 to 26) and what is foreign in a file.

use std::io::{Cursor, Write};

use jixiao::inner::xlsx::{FileKind, PackageEdits, RefusalReason, XlsxPackage, file_kind};
use zip::write::SimpleFileOptions;

use super::kit::{MAIN, Parts, RELS, cells, entries, graft_of, name, number, refusals, relationships, write};

const ROW: &str = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

fn check(file: &[u8]) -> Result<FileKind, String> {
    file_kind::check(&mut Cursor::new(file)).map_err(|e| format!("{e}|{}", e.hint()))
}

#[test]
fn p19_the_calculation_chain_goes_with_its_link_and_type() {
    let mut parts = Parts::with_rows(ROW);
    parts.set("xl/calcChain.xml", format!("<calcChain xmlns=\"{MAIN}\"><c r=\"A1\" i=\"1\"/></calcChain>"));
    parts.declare(
        "xl/calcChain.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
    );
    parts.edit(
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        &format!(
            "<Relationship Id=\"cc\" Type=\"{RELS}/calcChain\" Target=\"calcChain.xml\"/></Relationships>"
        ),
    );
    let written = write(&parts.zip(), &cells(vec![number("A1", "2")]));
    assert_eq!(written.report.removed, ["xl/calcChain.xml"]);
    assert!(!written.part("xl/_rels/workbook.xml.rels").contains("calcChain"));
    assert!(!written.part("[Content_Types].xml").contains("calcChain"));
}

#[test]
fn p20_sheets_are_appended_with_fresh_numbers() {
    let mut parts = Parts::with_rows(ROW);
    parts.edit("xl/workbook.xml", "sheetId=\"1\"", "sheetId=\"41\"");
    parts.edit("xl/workbook.xml", "</sheets>", "</sheets><definedNames><definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">'表1'!$A$1</definedName></definedNames>");
    // The number that comes next is taken by a part that no sheet uses.
    parts.set("xl/worksheets/Sheet2.xml", "<orphan/>");
    let written = write(&parts.zip(), &graft_of(&["甲", "乙"]));
    let workbook = written.part("xl/workbook.xml");
    assert!(
        workbook.contains("name=\"甲\" sheetId=\"42\"") && workbook.contains("name=\"乙\" sheetId=\"43\""),
        "{workbook}"
    );
    assert!(workbook.contains("localSheetId=\"0\""), "{workbook}");
    let sheets: Vec<_> = XlsxPackage::open(Cursor::new(&written.bytes))
        .unwrap()
        .sheets()
        .iter()
        .map(|s| s.part.clone())
        .collect();
    assert_eq!(sheets, ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"]);
    let taken = refusals(&parts.zip(), &graft_of(&["表1"]));
    assert_eq!(taken[0].reason, RefusalReason::SheetNameTaken);
}

#[test]
fn p21_odd_targets_and_names_are_found() {
    let mut parts = Parts::with_rows(ROW);
    for part in &mut parts.0 {
        if part.0.starts_with("xl/") {
            part.0 = part.0.replace("xl/worksheets", "XL\\WorkSheets").replace("xl/styles", "xl\\Styles");
        }
    }
    parts.edit("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "/xl/worksheets/SHEET1.xml");
    parts.edit("xl/_rels/workbook.xml.rels", "Target=\"styles.xml\"", "Target=\"..\\xl\\styles.xml\"");
    let file = parts.zip();
    let before: Vec<_> = entries(&file).into_iter().map(|e| e.0).collect();
    let written = write(&file, &cells(vec![super::kit::styled("A1", super::kit::yellow())]));
    assert_eq!(written.names(), before);
    assert_eq!(written.report.changed.len(), 3, "{:?}", written.report);
}

#[test]
fn p21_the_main_part_may_have_any_name() {
    let mut parts = Parts::with_rows(ROW);
    for part in &mut parts.0 {
        part.0 = part
            .0
            .replace("xl/workbook.xml", "main.xml")
            .replace("xl/_rels/workbook.xml.rels", "_rels/main.xml.rels");
    }
    parts.edit("_rels/.rels", "xl/workbook.xml", "/main.xml");
    parts.edit("[Content_Types].xml", "/xl/workbook.xml", "/main.xml");
    parts.edit("_rels/main.xml.rels", "worksheets/", "xl/worksheets/");
    parts.edit("_rels/main.xml.rels", "styles.xml", "xl/styles.xml");
    let mut edits = graft_of(&["新表"]);
    edits.cells.push(number("A1", "2"));
    let written = write(&parts.zip(), &edits);
    assert!(written.part("_rels/main.xml.rels").contains("Target=\"xl/worksheets/sheet2.xml\""));
}

#[test]
fn p22_duplicate_names_are_refused() {
    let mut parts = Parts::with_rows(ROW);
    parts.set("XL/Workbook.xml", "<x/>");
    let error = check(&parts.zip()).unwrap_err();
    assert!(error.contains("重名"), "{error}");
}

#[test]
fn p23_stored_entries_data_descriptors_and_zip64_are_copied_raw() {
    let parts = Parts::with_rows(ROW);
    let mut writer = zip::ZipWriter::new_stream(Vec::new());
    for (at, (name, content)) in parts.0.iter().enumerate() {
        let method =
            if at % 2 == 0 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).large_file(at % 3 == 0);
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.set_comment("备注").expect("a comment");
    let file = writer.finish().unwrap().into_inner();
    assert_eq!(check(&file), Ok(FileKind::Xlsx));
    let written = write(&file, &cells(vec![number("A1", "2")]));
    assert!(written.sheet().contains("<v>2</v>"));
    assert!(written.bytes.ends_with("备注".as_bytes()));
}

#[test]
fn p24_what_is_no_xlsx_is_told_apart_by_content() {
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(1024, 0);
    let with_stream = |name: &str| {
        let mut file = ole.clone();
        let mut record: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let len = u16::try_from(record.len() + 2).unwrap();
        record.resize(64, 0);
        record.extend(len.to_le_bytes());
        record.resize(128, 0);
        file.extend(record);
        file
    };
    assert_eq!(check(&with_stream("Workbook")), Ok(FileKind::Xls));
    assert!(check(&with_stream("EncryptedPackage")).unwrap_err().contains("去掉密码"));
    assert!(check(&with_stream("WordDocument")).unwrap_err().contains("不是 Excel 工作簿"));
    assert!(check(b"").unwrap_err().contains("空的"));
    assert!(check(b"<html><table>").unwrap_err().contains("网页"));
    assert!(check("文本，不是表格".as_bytes()).unwrap_err().contains("扩展名"));
    let file = Parts::with_rows(ROW).zip();
    assert!(check(&file[..file.len() / 2]).unwrap_err().contains("不完整"));
    let mut other = Parts(Vec::new());
    other.set("word/document.xml", "<x/>");
    assert!(check(&other.zip()).unwrap_err().contains("不是 Excel 工作簿"));
    let mut ods = Parts(Vec::new());
    ods.set("mimetype", "application/vnd.oasis.opendocument.spreadsheet").set("content.xml", "<x/>");
    assert_eq!(check(&ods.zip()), Ok(FileKind::Ods));
    let mut xlsb = Parts::with_rows(ROW);
    xlsb.edit(
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
    );
    assert_eq!(check(&xlsb.zip()), Ok(FileKind::Xlsb));
}

#[test]
fn p25_paths_and_titles_that_grow_stale_are_left_alone() {
    let mut parts = Parts::with_rows(ROW);
    parts.set("docProps/app.xml", "<Properties><TitlesOfParts/></Properties>");
    parts.edit("xl/workbook.xml", "<sheets>", "<mc:AlternateContent xmlns:mc=\"m\"><x15ac:absPath xmlns:x15ac=\"a\" url=\"C:\\\"/></mc:AlternateContent><sheets>");
    let written = write(&parts.zip(), &graft_of(&["新表"]));
    assert!(written.part("xl/workbook.xml").contains("url=\"C:\\\"/></mc:AlternateContent><sheets>"));
    assert!(!written.report.changed.contains(&"docProps/app.xml".to_owned()));
}

#[test]
fn p26_bombs_and_forged_counts_are_stopped_at_the_door() {
    let mut parts = Parts::with_rows(ROW);
    parts.set("xl/media/a.bin", vec![0; 40 * 1024 * 1024]);
    assert!(check(&parts.zip()).unwrap_err().contains("压缩比"));
    let mut parts = Parts::with_rows(ROW);
    parts.set(
        "xl/sharedStrings.xml",
        format!("<sst xmlns=\"{MAIN}\" count=\"1\" uniqueCount=\"4294967295\"/>"),
    );
    assert!(check(&parts.zip()).unwrap_err().contains("4294967295"));
    let mut parts = Parts(Vec::new());
    for at in 0..20_001 {
        parts.0.push((format!("xl/{at}"), Vec::new()));
    }
    assert!(check(&parts.zip()).unwrap_err().contains("20001"));
    // Only two cells, far apart: no dense range is ever built.
    let far = Parts::with_rows(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
    );
    assert_eq!(check(&far.zip()), Ok(FileKind::Xlsx));
    assert!(write(&far.zip(), &cells(vec![number("XFD1048576", "2")])).sheet().contains("<v>2</v>"));
}

#[test]
fn entries_that_overlap_are_refused() {
    let file = Parts::with_rows(ROW).zip();
    // Let the second directory record point to the first entry's bytes.
    let records: Vec<usize> = (0..file.len() - 4).filter(|at| file[*at..*at + 4] == *b"PK\x01\x02").collect();
    let mut forged = file.clone();
    let offset: Vec<u8> = file[records[0] + 42..records[0] + 46].to_vec();
    forged[records[1] + 42..records[1] + 46].copy_from_slice(&offset);
    assert!(check(&forged).unwrap_err().contains("重叠"));
}

#[test]
fn protection_is_respected() {
    let protected = |cell_style: &str| {
        let mut parts = Parts::with_sheet(&format!(
            "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\"><c r=\"A1\"{cell_style}><v>1</v></c></row></sheetData><sheetProtection sheet=\"1\" objects=\"1\"/></worksheet>"
        ));
        parts.edit(
            "xl/styles.xml",
            "<xf numFmtId=\"10\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
            "<xf numFmtId=\"10\" fontId=\"0\" fillId=\"0\" borderId=\"0\"><protection locked=\"0\"/></xf>",
        );
        parts.zip()
    };
    let found = refusals(&protected(""), &cells(vec![number("A1", "2")]));
    assert_eq!(found[0].reason, RefusalReason::ProtectedSheet);
    // A cell the form's author left open stays open; sheets can be added.
    assert!(refusals(&protected(" s=\"1\""), &cells(vec![number("A1", "2")])).is_empty());
    assert!(refusals(&protected(""), &graft_of(&["新表"])).is_empty());
    let mut locked = Parts::with_rows(ROW);
    locked.edit("xl/workbook.xml", "<sheets>", "<workbookProtection lockStructure=\"1\"/><sheets>");
    let found = refusals(&locked.zip(), &graft_of(&["新表"]));
    assert_eq!(found[0].reason, RefusalReason::LockedStructure);
    assert!(refusals(&locked.zip(), &cells(vec![number("A1", "2")])).is_empty());
}

#[test]
fn macros_stay_and_signatures_go() {
    let mut parts = Parts::with_rows(ROW);
    parts.set("xl/vbaProject.bin", "macro");
    parts.set("_xmlsignatures/origin.sigs", "");
    parts.set("_xmlsignatures/sig1.xml", "<x/>");
    let package = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature";
    parts.edit("_rels/.rels", "</Relationships>", &format!("<Relationship Id=\"s\" Type=\"{package}/origin\" Target=\"_xmlsignatures/origin.sigs\"/></Relationships>"));
    parts.set("_xmlsignatures/_rels/origin.sigs.rels", relationships(&[("a", "signature", "sig1.xml")]));
    let written = write(&parts.zip(), &cells(vec![number("A1", "2")]));
    assert!(written.report.signature_removed);
    assert_eq!(written.report.removed.len(), 3, "{:?}", written.report);
    assert!(written.names().contains(&"xl/vbaProject.bin".to_owned()));
    assert!(!written.part("_rels/.rels").contains("signature"));
}

#[test]
fn names_of_people_are_theirs() {
    let mut parts = Parts::with_rows(ROW);
    parts.edit("xl/workbook.xml", "</sheets>", "</sheets><definedNames><definedName name=\"Total\">1</definedName><definedName name=\"_jixiao_a\" hidden=\"1\">2</definedName></definedNames>");
    let edits = |list| PackageEdits { names: list, ..PackageEdits::default() };
    for taken in [name("total", "1"), name("A1", "1"), name("得分", "1"), name("a b", "1")] {
        let found = refusals(&parts.zip(), &edits(vec![taken.clone()]));
        assert_eq!(found.first().map(|r| &r.reason), Some(&RefusalReason::NameTaken), "{taken:?}");
    }
    let written = write(&parts.zip(), &edits(vec![name("_jixiao_a", "'表1'!$A$1")]));
    let workbook = written.part("xl/workbook.xml");
    assert!(workbook.contains("<definedName name=\"Total\">1</definedName><definedName name=\"_jixiao_a\" hidden=\"1\">'表1'!$A$1</definedName>"), "{workbook}");
    let package = XlsxPackage::open(Cursor::new(&written.bytes)).unwrap();
    assert_eq!(package.defined_names()[1].refers_to, "'表1'!$A$1");
}

#[test]
fn unknown_sheets_are_refused_by_name() {
    let mut edit = number("A1", "1");
    edit.sheet = "没有".to_owned();
    let found = refusals(&Parts::with_rows(ROW).zip(), &cells(vec![edit]));
    assert_eq!(found[0].to_string(), "没有：工作簿中没有这张表");
}
