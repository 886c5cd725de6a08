//! The usual way: a form is scored, annotated, gets sheets, and all of it once more.

use std::io::Cursor;

use jixiao::inner::xlsx::{
    Cached, CellEdit, Content, Graft, NameEdit, NoteEdit, PackageEdits, Rgb, RowEdit, SheetState, StylePatch,
    ValidationEdit, XlsxPackage,
};
use rust_xlsxwriter::{Chart, ChartType, Format, Formula, Workbook};

use super::kit::{MAIN, Parts, RELS, at, relationships, write};

/// A form with a person's note, a picture-less drawing, a print area and conditional formats.
fn form() -> Vec<u8> {
    let mut parts = Parts::with_sheet(&format!(
        "<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:C3\"/><cols><col min=\"3\" max=\"3\" width=\"9\" style=\"1\"/></cols>\
         <sheetData><row r=\"1\" spans=\"1:3\"><c r=\"A1\" t=\"inlineStr\"><is><t>指标</t></is></c><c r=\"B1\"><v>10</v></c></row>\
         <row r=\"3\" spans=\"1:3\" ht=\"40\" customHeight=\"1\"><c r=\"A3\" s=\"1\"><v>0.5</v></c></row></sheetData>\
         <mergeCells count=\"1\"><mergeCell ref=\"A3:B4\"/></mergeCells><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.7\" bottom=\"0.7\" header=\"0.3\" footer=\"0.3\"/>\
         <legacyDrawing xmlns:r=\"{RELS}\" r:id=\"vml\"/></worksheet>"
    ));
    parts.set(
        "xl/worksheets/_rels/sheet1.xml.rels",
        relationships(&[
            ("vml", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("c", "comments", "/xl/comments1.xml"),
        ]),
    );
    parts.set(
        "xl/comments1.xml",
        format!(
            "<comments xmlns=\"{MAIN}\"><authors><author>财政局</author></authors><commentList>\
             <comment ref=\"A1\" authorId=\"0\"><text><t>请附原件</t></text></comment></commentList></comments>"
        ),
    );
    parts.declare(
        "xl/comments1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    );
    parts.set(
        "xl/drawings/vmlDrawing1.vml",
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\
         <o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\"/>\
         <v:shape id=\"_x0000_s1025\" type=\"#_x0000_t202\"><br><x:ClientData ObjectType=\"Note\"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>",
    );
    parts.declare("xl/drawings/vmlDrawing1.vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
    parts.zip()
}

fn added_sheets() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let money = Format::new().set_num_format("#,##0.00 \"元\"").set_bold();
    let flag = Format::new().set_background_color("#FFC7CE");
    let sheet = workbook.add_worksheet().set_name("评分汇总").unwrap();
    sheet.write_string(0, 0, "总分").unwrap();
    sheet.write_formula_with_format(0, 1, Formula::new("='表1'!C1").set_result("7.5"), &money).unwrap();
    sheet.write_url_with_text(1, 0, "internal:'表1'!C1", "得分").unwrap();
    sheet.write_url(2, 0, "https://example.org/").unwrap();
    let rule = rust_xlsxwriter::ConditionalFormatCell::new()
        .set_rule(rust_xlsxwriter::ConditionalFormatCellRule::LessThan(60))
        .set_format(flag);
    sheet.add_conditional_format(0, 1, 0, 1, &rule).unwrap();
    let choice = rust_xlsxwriter::DataValidation::new().allow_list_strings(&["是", "否"]).unwrap();
    sheet.add_data_validation(3, 0, 3, 0, &choice).unwrap();
    sheet.set_repeat_rows(0, 0).unwrap();
    sheet.set_print_area(0, 0, 9, 3).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("='评分汇总'!$B$1:$B$1");
    sheet.insert_chart(4, 0, &chart).unwrap();
    let record = workbook.add_worksheet().set_name("_jixiao").unwrap();
    record.write_string(0, 0, "记录").unwrap();
    record.set_very_hidden(true);
    workbook.define_name("_jixiao_total", "='评分汇总'!$B$1").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn row_edit(row: u32, points: u16) -> RowEdit {
    RowEdit { sheet: "表1".to_owned(), row, points }
}

fn edits(score: &str) -> PackageEdits {
    let cell = |cell: &str, content: Option<Content>, style: StylePatch| CellEdit {
        sheet: "表1".to_owned(),
        cell: at(cell),
        content,
        style,
    };
    let fill = StylePatch { fill: Some(Rgb(0xFF, 0xC7, 0xCE)), ..StylePatch::default() };
    PackageEdits {
        cells: vec![
            cell(
                "C1",
                Some(Content::Formula {
                    text: "ROUND(B1*A3,2)".to_owned(),
                    cached: Cached::Number(score.parse().unwrap()),
                }),
                StylePatch { number_format: Some("0.0\"分\"".to_owned()), ..StylePatch::default() },
            ),
            cell("D3", Some(Content::Text("=不是公式 <&> _x0041_".to_owned())), StylePatch::default()),
            cell("B3", None, fill),
        ],
        notes: vec![NoteEdit {
            sheet: "表1".to_owned(),
            cell: at("C1"),
            text: Some(format!("得{score}分")),
            was: None,
        }],
        names: vec![NameEdit {
            name: "_jixiao_s_1".to_owned(),
            refers_to: Some("'表1'!$C$1".to_owned()),
            hidden: true,
        }],
        validations: vec![ValidationEdit {
            sheet: "表1".to_owned(),
            cell: at("C3"),
            min: "0".parse().unwrap(),
            max: "10".parse().unwrap(),
            message: "得分应在 0 到 10 之间".to_owned(),
        }],
        graft: Some(Graft {
            workbook: added_sheets(),
            replace: vec!["评分汇总".to_owned(), "_jixiao".to_owned()],
        }),
        remove_sheets: Vec::new(),
        // Row 3 is 40 points high.
        rows: [(0, 45), (2, 55), (2, 30)].map(|(row, points)| row_edit(row, points)).to_vec(),
    }
}

#[test]
fn a_form_is_edited_in_place() {
    let form = form();
    let written = write(&form, &edits("7.5"));
    let sheet = written.sheet();
    // A new cell takes its column's style as the base, keeps order, gets a cached value.
    assert!(sheet.contains("<c r=\"B1\"><v>10</v></c><c r=\"C1\" s=\""), "{sheet}");
    assert!(sheet.contains("<f>ROUND(B1*A3,2)</f><v>7.5</v></c></row>"), "{sheet}");
    assert!(
        sheet.contains("<is><t xml:space=\"preserve\">=不是公式 &lt;&amp;&gt; _x005F_x0041_</t></is>"),
        "{sheet}"
    );
    assert!(sheet.contains("<dimension ref=\"A1:D3\"/>"), "{sheet}");
    assert!(sheet.contains("<row r=\"3\" spans=\"1:4\" ht=\"55\" customHeight=\"1\">"), "it grows: {sheet}");
    assert!(
        sheet.contains(" ht=\"45\" customHeight=\"1\"><c r=\"A1\""),
        "one without a height gets one: {sheet}"
    );
    // B3 lies in a merged range: its anchor is flagged and keeps its value.
    assert_eq!(written.report.redirected, [("表1".to_owned(), at("B3"), at("A3"))]);
    assert!(sheet.contains("<v>0.5</v>") && !sheet.contains("<c r=\"A3\" s=\"1\">"), "{sheet}");
    assert!(sheet.contains("</mergeCells><dataValidations count=\"1\">"), "{sheet}");
    let styles = written.part("xl/styles.xml");
    assert!(styles.contains("formatCode=\"0.0&quot;分&quot;\"") && styles.contains("FFFFC7CE"), "{styles}");
    let workbook = written.part("xl/workbook.xml");
    assert!(workbook.contains("<calcPr fullCalcOnLoad=\"1\"/></workbook>"), "{workbook}");
    assert!(
        workbook.contains("<definedName name=\"_jixiao_s_1\" hidden=\"1\">'表1'!$C$1</definedName>"),
        "{workbook}"
    );
    assert!(workbook.contains("name=\"_xlnm.Print_Area\" localSheetId=\"1\""), "{workbook}");
    assert!(workbook.contains("state=\"veryHidden\""), "{workbook}");
}

#[test]
fn notes_join_those_of_a_person() {
    let written = write(&form(), &edits("7.5"));
    let notes = XlsxPackage::open(Cursor::new(&written.bytes)).unwrap().notes("表1").unwrap();
    let list: Vec<_> =
        notes.iter().map(|n| (n.cell.to_string(), n.author.as_str(), n.text.as_str())).collect();
    assert_eq!(list, [("A1".to_owned(), "财政局", "请附原件"), ("C1".to_owned(), "jixiao", "得7.5分")]);
    let vml = written.part("xl/drawings/vmlDrawing1.vml");
    assert!(vml.contains("id=\"_x0000_s1026\"") && vml.ends_with("</v:shape></xml>"), "{vml}");
    assert_eq!(vml.matches("<v:shapetype").count(), 1);
}

#[test]
fn grafted_sheets_bring_everything_along() {
    let written = write(&form(), &edits("7.5"));
    let package = XlsxPackage::open(Cursor::new(&written.bytes)).unwrap();
    let sheets: Vec<_> = package.sheets().iter().map(|s| (s.name.as_str(), s.state)).collect();
    let visible = SheetState::Visible;
    assert_eq!(sheets, [("表1", visible), ("评分汇总", visible), ("_jixiao", SheetState::VeryHidden)]);
    let sheet = written.part("xl/worksheets/sheet2.xml");
    assert!(sheet.contains("t=\"inlineStr\"><is><t>总分</t></is></c>"), "{sheet}");
    assert!(sheet.contains("location=\"'表1'!C1\""), "{sheet}");
    assert!(!sheet.contains("tabSelected"), "{sheet}");
    assert!(
        sheet.contains("dxfId=\"0\"") && written.part("xl/styles.xml").contains("<dxfs count=\"1\"><dxf>")
    );
    let rels = written.part("xl/worksheets/_rels/sheet2.xml.rels");
    assert!(rels.contains("Target=\"../drawings/drawing1.xml\""), "{rels}");
    assert!(rels.contains("Target=\"https://example.org/\" TargetMode=\"External\""), "{rels}");
    assert!(written.part("xl/charts/chart1.xml").contains("评分汇总"));
    let types = written.part("[Content_Types].xml");
    assert!(
        types.contains("/xl/charts/chart1.xml") && types.contains("/xl/worksheets/sheet3.xml"),
        "{types}"
    );
}

#[test]
fn once_more_replaces_ours_and_doubles_nothing() {
    let first = write(&form(), &edits("7.5"));
    let mut after = edits("8");
    after.notes[0].was = Some("得7.5分".to_owned());
    let second = write(&first.bytes, &after);
    assert_eq!(first.names().len(), second.names().len());
    let workbook = second.part("xl/workbook.xml");
    for once in
        ["评分汇总\" sheetId", "_jixiao_s_1\"", "_jixiao_total\"", "_xlnm.Print_Titles", "_xlnm.Print_Area"]
    {
        assert_eq!(workbook.matches(once).count(), 1, "{once} in {workbook}");
    }
    let notes = XlsxPackage::open(Cursor::new(&second.bytes)).unwrap().notes("表1").unwrap();
    assert_eq!(notes.len(), 2);
    assert_eq!(notes[1].text, "得8分");
    assert_eq!(second.part("xl/drawings/vmlDrawing1.vml").matches("<v:shape ").count(), 2);
    assert_eq!(second.sheet().matches("<dataValidation ").count(), 1);
    // Styles are reused: the third run makes the same stylesheet as the second.
    let third = write(&second.bytes, &edits("8"));
    assert_eq!(second.part("xl/styles.xml"), third.part("xl/styles.xml"));
    assert_eq!(second.names(), third.names());
    for name in second.names() {
        assert_eq!(second.part(&name).len(), third.part(&name).len(), "{name}");
    }
}

#[test]
fn the_same_edits_give_the_same_bytes() {
    assert_eq!(write(&form(), &edits("7.5")).bytes, write(&form(), &edits("7.5")).bytes);
}

#[test]
fn nothing_to_do_changes_nothing() {
    let written = write(&form(), &PackageEdits::default());
    assert_eq!(written.report, jixiao::inner::xlsx::Report::default());
}

#[test]
fn sheets_of_ours_can_be_taken_out() {
    let form = form();
    let first = write(&form, &edits("7.5"));
    let edits = PackageEdits {
        remove_sheets: vec!["评分汇总".to_owned(), "_jixiao".to_owned()],
        names: vec![NameEdit { name: "_jixiao_total".to_owned(), refers_to: None, hidden: true }],
        ..PackageEdits::default()
    };
    let second = write(&first.bytes, &edits);
    assert_eq!(second.names(), super::kit::entries(&form).into_iter().map(|e| e.0).collect::<Vec<_>>());
    let workbook = second.part("xl/workbook.xml");
    assert!(!workbook.contains("评分汇总") && !workbook.contains("_xlnm"), "{workbook}");
}
