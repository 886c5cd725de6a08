//! What bites in the stylesheet (points 13 to 15): dangling indices, renumbering, missing sections, limits.

use jixiao::inner::xlsx::{Horizontal, RefusalReason, Rgb, StylePatch};

use super::kit::{MAIN, Parts, cells, graft_of, number, refusals, styled, write, yellow};

const ROW: &str = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"4\"><v>2</v></c></row>";

#[test]
fn p13_dangling_indices_do_not_come_alive() {
    let mut parts = Parts::with_rows(ROW);
    // A format points to fill 4 of 2, and a cell to format 4 of 2.
    parts.edit(
        "xl/styles.xml",
        "numFmtId=\"10\" fontId=\"0\" fillId=\"0\"",
        "numFmtId=\"10\" fontId=\"0\" fillId=\"4\"",
    );
    let written = write(&parts.zip(), &cells(vec![styled("A1", yellow())]));
    let styles = written.part("xl/styles.xml");
    // Fills 2 to 4 are fillers, the new one is 5; formats 2 to 4 are fillers, the new one is 5.
    assert!(styles.contains("<fills count=\"6\">") && styles.contains("<cellXfs count=\"6\">"), "{styles}");
    assert!(
        styles.ends_with("fillId=\"5\" borderId=\"0\" xfId=\"0\" applyFill=\"1\"/></cellXfs></styleSheet>"),
        "{styles}"
    );
    assert!(written.sheet().contains("<c r=\"A1\" s=\"5\">"), "{}", written.sheet());
}

#[test]
fn p14_grafted_styles_are_renumbered_and_reused() {
    let mut parts = Parts::with_rows(ROW);
    parts.edit(
        "xl/styles.xml",
        "<fonts",
        "<numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"0.000\"/></numFmts><fonts",
    );
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("新表").unwrap();
    let format = |code: &str| rust_xlsxwriter::Format::new().set_num_format(code).set_italic();
    sheet.write_number_with_format(0, 0, 1, &format("0.000")).unwrap();
    sheet.write_number_with_format(1, 0, 1, &format("0.0000")).unwrap();
    sheet.set_column_format(3, &format("0.00")).unwrap();
    sheet.set_row_format(7, &format("0.00")).unwrap();
    let red = rust_xlsxwriter::Format::new().set_font_color("#9C0006");
    let rule = rust_xlsxwriter::ConditionalFormatDuplicate::new().set_format(red);
    sheet.add_conditional_format(0, 0, 9, 0, &rule).unwrap();
    let mut edits = graft_of(&["x"]);
    edits.graft.as_mut().unwrap().workbook = workbook.save_to_buffer().unwrap();
    parts.edit(
        "xl/styles.xml",
        "</styleSheet>",
        "<dxfs count=\"1\"><dxf><font><b/></font></dxf></dxfs></styleSheet>",
    );
    let written = write(&parts.zip(), &edits);
    let styles = written.part("xl/styles.xml");
    assert!(styles.contains("<numFmt numFmtId=\"171\" formatCode=\"0.0000\"/></numFmts>"), "{styles}");
    assert!(
        styles.contains("<xf numFmtId=\"170\" fontId=\"1\"")
            && styles.contains("<xf numFmtId=\"171\" fontId=\"1\""),
        "{styles}"
    );
    assert!(styles.contains("<dxfs count=\"2\">"), "{styles}");
    let xfs = styles.split("<cellXfs").nth(1).unwrap();
    assert!(xfs.matches("xfId=\"0\"").count() >= 5, "{xfs}");
    let sheet = written.part("xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<c r=\"A1\" s=\"2\">") && sheet.contains("<c r=\"A2\" s=\"3\">"), "{sheet}");
    assert!(sheet.contains("style=\"4\"") && sheet.contains("s=\"4\" customFormat=\"1\""), "{sheet}");
    assert!(sheet.contains("dxfId=\"1\""), "{sheet}");
}

#[test]
fn p15_missing_sections_come_in_schema_order() {
    let mut parts = Parts::with_rows(ROW);
    parts.set(
        "xl/styles.xml",
        format!("<styleSheet xmlns=\"{MAIN}\"><cellStyles count=\"0\"/><colors/></styleSheet>"),
    );
    let patch = StylePatch { number_format: Some("0.0".to_owned()), font_half_points: Some(21), ..yellow() };
    let written = write(&parts.zip(), &cells(vec![styled("A1", patch)]));
    let styles = written.part("xl/styles.xml");
    let order = [
        "<numFmts count=\"1\"",
        "<fonts count=\"2\"",
        "<fills count=\"3\"",
        "<cellXfs",
        "<cellStyles",
        "<colors",
    ];
    let places: Vec<_> =
        order.iter().map(|n| styles.find(n).unwrap_or_else(|| panic!("{n} in {styles}"))).collect();
    assert!(places.is_sorted(), "{styles}");
    assert!(styles.contains("<sz val=\"10.5\"/>"), "{styles}");
}

#[test]
fn p15_a_workbook_without_styles_gets_them() {
    let mut parts = Parts::with_rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    parts.0.retain(|p| p.0 != "xl/styles.xml");
    parts.edit(
        "xl/_rels/workbook.xml.rels",
        "<Relationship Id=\"rId2\"",
        "<Relationship TargetMode=\"External\" Id=\"rId2\"",
    );
    let written = write(&parts.zip(), &cells(vec![styled("A1", yellow())]));
    // The name that is declared without a part is not taken.
    assert!(written.report.added.contains(&"xl/styles1.xml".to_owned()), "{:?}", written.report);
    assert!(written.sheet().contains("<c r=\"A1\" s=\"1\">"), "{}", written.sheet());
    // Nothing but numbers needs no styles.
    let written = write(&parts.zip(), &cells(vec![number("A1", "2")]));
    assert!(written.report.added.is_empty());
}

#[test]
fn p15_no_room_for_another_style_is_refused() {
    let mut parts = Parts::with_rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let xf = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>";
    parts.edit(
        "xl/styles.xml",
        "<cellXfs count=\"2\">",
        &format!("<cellXfs count=\"65490\">{}", xf.repeat(65_488)),
    );
    let found = refusals(&parts.zip(), &cells(vec![styled("A1", yellow())]));
    assert_eq!(found[0].reason, RefusalReason::StyleLimit);
    assert!(refusals(&parts.zip(), &cells(vec![number("A1", "2")])).is_empty());
}

#[test]
fn a_flagged_cell_keeps_its_font_border_and_alignment() {
    let mut parts = Parts::with_rows(ROW);
    parts.edit(
        "xl/styles.xml",
        "<xf numFmtId=\"10\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>",
        "<xf numFmtId=\"10\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"center\"/><protection locked=\"0\"/></xf>",
    );
    let patch = StylePatch {
        wrap: Some(true),
        horizontal: Some(Horizontal::Center),
        font_color: Some(Rgb(0x9C, 0, 6)),
        ..yellow()
    };
    let styles = write(&parts.zip(), &cells(vec![styled("A1", patch)])).part("xl/styles.xml");
    assert!(
        styles.contains("<font><sz val=\"11\"/><color rgb=\"FF9C0006\"/><name val=\"宋体\"/></font></fonts>"),
        "{styles}"
    );
    assert!(
        styles.contains(
            "<xf numFmtId=\"10\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\" applyFill=\"1\" applyFont=\"1\">\
             <alignment vertical=\"center\" wrapText=\"1\" horizontal=\"center\"/><protection locked=\"0\"/></xf></cellXfs>"
        ),
        "{styles}"
    );
}
