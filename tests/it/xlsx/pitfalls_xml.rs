//! What bites in the XML itself (points 1 to 7): marks, prefixes, self-closing sections, encodings, dialects.

use super::kit::{MAIN, Parts, RELS, cells, note, number, refusals, relationships, styled, write, yellow};
use jixiao::inner::xlsx::{PackageEdits, RefusalReason};

const ROW: &str = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

#[test]
fn p01_a_byte_order_mark_shifts_nothing() {
    let mut parts = Parts::with_rows(ROW);
    for name in ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"] {
        let part = parts.0.iter_mut().find(|p| p.0 == name).unwrap();
        part.1.splice(0..0, *b"\xEF\xBB\xBF");
    }
    let written = write(&parts.zip(), &cells(vec![styled("A1", yellow())]));
    assert!(written.sheet().starts_with("\u{feff}<worksheet"), "{}", written.sheet());
    assert!(written.sheet().contains("<c r=\"A1\" s=\"2\"><v>1</v></c>"), "{}", written.sheet());
}

#[test]
fn p02_new_elements_take_the_prefix_of_the_root() {
    let mut parts = Parts::with_sheet(&format!(
        "<x:worksheet xmlns:x=\"{MAIN}\"><x:sheetData><x:row r=\"2\"><x:c r=\"A2\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    ));
    let styles =
        String::from_utf8(parts.0.iter().find(|p| p.0 == "xl/styles.xml").unwrap().1.clone()).unwrap();
    let prefixed = styles.replace('<', "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=");
    parts.set("xl/styles.xml", prefixed);
    let mut edits = cells(vec![number("A1", "5"), styled("A2", yellow())]);
    edits.notes.push(note("A2", "注"));
    let written = write(&parts.zip(), &edits);
    let sheet = written.sheet();
    assert!(
        sheet.contains("<x:row r=\"1\"><x:c r=\"A1\"><x:v>5</x:v></x:c></x:row><x:row r=\"2\">"),
        "{sheet}"
    );
    assert!(sheet.contains("<x:legacyDrawing "), "{sheet}");
    let styles = written.part("xl/styles.xml");
    assert!(styles.contains("<x:fill><x:patternFill patternType=\"solid\"><x:fgColor"), "{styles}");
}

#[test]
fn p03_the_relationship_prefix_is_declared_where_it_is_used() {
    // The host binds another prefix in the workbook and none at all in the sheet.
    let mut parts = Parts::with_rows(ROW);
    parts.set(
        "xl/workbook.xml",
        format!("<workbook xmlns=\"{MAIN}\" xmlns:q=\"{RELS}\"><sheets><sheet name=\"表1\" sheetId=\"7\" q:id=\"rId1\"/></sheets></workbook>"),
    );
    let mut edits = super::kit::graft_of(&["新表"]);
    edits.notes.push(note("A1", "注"));
    let written = write(&parts.zip(), &edits);
    let declared = format!("xmlns:r=\"{RELS}\"");
    let workbook = written.part("xl/workbook.xml");
    assert!(workbook.contains(&format!("<sheet {declared} name=\"新表\" sheetId=\"8\" r:id=")), "{workbook}");
    assert!(written.sheet().contains(&format!("<legacyDrawing {declared} r:id=")), "{}", written.sheet());
}

#[test]
fn p04_sections_that_close_themselves_are_opened_not_doubled() {
    let mut parts = Parts::with_sheet(&format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetData /><dataValidations count=\"0\"/></worksheet>"
    ));
    parts.set("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\"/>"));
    parts.edit("xl/workbook.xml", "</sheets>", "</sheets><definedNames/>");
    parts.set("xl/worksheets/_rels/sheet1.xml.rels", relationships(&[("c", "comments", "../comments1.xml")]));
    parts.set("xl/comments1.xml", format!("<comments xmlns=\"{MAIN}\"><authors/><commentList/></comments>"));
    parts.declare(
        "xl/comments1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    );
    let mut edits = cells(vec![styled("B2", yellow()), number("A1", "1")]);
    edits.notes.push(note("A1", "注"));
    edits.names.push(super::kit::name("_jixiao_a", "'表1'!$A$1"));
    edits.validations.push(super::kit::validation("A1"));
    let written = write(&parts.zip(), &edits);
    let sheet = written.sheet();
    assert!(sheet.contains("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\">"), "{sheet}");
    assert!(sheet.contains("</row></sheetData><dataValidations count=\"1\"><dataValidation "), "{sheet}");
    let styles = written.part("xl/styles.xml");
    let sections: Vec<_> =
        ["<fills count=\"3\"", "<cellXfs count=\"2\""].iter().map(|s| styles.find(s)).collect();
    assert!(sections.iter().all(Option::is_some) && sections.is_sorted(), "{styles}");
    assert!(written.part("xl/workbook.xml").contains("<definedNames><definedName name=\"_jixiao_a\""));
    assert!(
        written
            .part("xl/comments1.xml")
            .contains("<authors><author>jixiao</author></authors><commentList><comment ")
    );
}

#[test]
fn p05_a_part_in_another_encoding_is_refused_and_others_go_on() {
    let mut parts = Parts::with_rows(ROW);
    let utf16: Vec<u8> =
        format!("\u{feff}<worksheet xmlns=\"{MAIN}\"/>").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet/>".as_bytes().to_vec();
    for foreign in [utf16, latin] {
        parts.set("xl/worksheets/sheet1.xml", foreign);
        let found = refusals(&parts.zip(), &cells(vec![number("A1", "5")]));
        assert!(matches!(found[0].reason, RefusalReason::Unreadable(_)), "{found:?}");
        assert!(found[0].to_string().contains("编码"), "{}", found[0]);
        // Scores can still go to an added sheet.
        write(&parts.zip(), &super::kit::graft_of(&["评分汇总"]));
    }
}

#[test]
fn p06_a_strict_host_gets_strict_additions() {
    let strict = |text: &str| {
        text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/",
            "http://purl.oclc.org/ooxml/spreadsheetml/",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
        )
    };
    let mut parts = Parts::with_rows(ROW);
    for part in &mut parts.0 {
        part.1 = strict(std::str::from_utf8(&part.1).unwrap()).into_bytes();
    }
    let mut edits = super::kit::graft_of(&["新表"]);
    edits.notes.push(note("A1", "注"));
    let written = write(&parts.zip(), &edits);
    for name in &written.report.added {
        if !name.ends_with(".vml") {
            let part = written.part(name);
            assert!(!part.contains("schemas.openxmlformats.org/spreadsheetml"), "{name}: {part}");
            assert!(!part.contains("schemas.openxmlformats.org/officeDocument"), "{name}: {part}");
            assert!(!part.contains("schemas.openxmlformats.org/drawingml"), "{name}: {part}");
        }
    }
    assert!(
        !written.part("xl/_rels/workbook.xml.rels").contains("schemas.openxmlformats.org/officeDocument")
    );
}

#[test]
fn p07_children_stand_in_schema_order_around_alternate_content() {
    let mut parts = Parts::with_sheet(&format!(
        "<worksheet xmlns=\"{MAIN}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><sheetData>{ROW}</sheetData>\
         <conditionalFormatting sqref=\"A1\"/><conditionalFormatting sqref=\"A2\"/><pageMargins/><drawing/>\
         <mc:AlternateContent><mc:Choice Requires=\"x14\"><controls/></mc:Choice></mc:AlternateContent><extLst/></worksheet>"
    ));
    parts.edit(
        "xl/workbook.xml",
        "</sheets>",
        "</sheets><mc:AlternateContent xmlns:mc=\"m\"/><oleSize ref=\"A1\"/>",
    );
    let mut edits = cells(vec![number("A1", "5")]);
    edits.notes.push(note("A1", "注"));
    edits.names.push(super::kit::name("_jixiao_a", "'表1'!$A$1"));
    edits.validations.push(super::kit::validation("A1"));
    let written = write(&parts.zip(), &edits);
    let order = |text: &str, names: &[&str]| {
        let places: Vec<_> =
            names.iter().map(|n| text.find(n).unwrap_or_else(|| panic!("{n} in {text}"))).collect();
        assert!(places.is_sorted(), "{text}");
    };
    order(
        &written.sheet(),
        &[
            "sqref=\"A2\"",
            "<dataValidations",
            "<pageMargins",
            "<drawing",
            "<legacyDrawing",
            "<mc:Alt",
            "<extLst",
        ],
    );
    order(&written.part("xl/workbook.xml"), &["</sheets>", "<definedNames", "<calcPr", "<oleSize"]);
}

#[test]
fn a_document_type_is_refused() {
    let parts = Parts::with_sheet("<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>");
    let found = refusals(&parts.zip(), &cells(vec![number("A1", "5")]));
    assert!(found[0].to_string().contains("DTD"), "{}", found[0]);
}

#[test]
fn nothing_is_planned_for_nothing() {
    assert!(refusals(&Parts::with_rows(ROW).zip(), &PackageEdits::default()).is_empty());
}
