//! What bites among cells (points 8 to 12): implied addresses, types, shared formulas, ranges, cached values.

use std::io::Cursor;

use jixiao::inner::xlsx::selftest::{Outcome, edit};
use jixiao::inner::xlsx::{Cached, Content, RefusalReason};

use super::kit::{
    MAIN, Parts, RELS, Written, at, cells, content, number, refusals, relationships, styled, write, yellow,
};

fn formula(text: &str, value: &str) -> Content {
    Content::Formula { text: text.to_owned(), cached: Cached::Number(value.parse().unwrap()) }
}

fn reason(parts: &Parts, cell: &str) -> Option<RefusalReason> {
    refusals(&parts.zip(), &cells(vec![number(cell, "5")])).into_iter().next().map(|r| r.reason)
}

#[test]
fn p08_implied_addresses_are_counted() {
    let parts = Parts::with_rows(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c r=\"D2\"><v>4</v></c><c><v>5</v></c></row>",
    );
    let edits = cells(vec![
        number("B1", "20"),
        number("B2", "30"),
        number("E2", "50"),
        number("C1", "9"),
        number("A4", "7"),
    ]);
    let written = write(&parts.zip(), &edits);
    assert!(
        written.sheet().contains(
            "<row><c><v>1</v></c><c r=\"B1\"><v>20</v></c><c r=\"C1\"><v>9</v></c></row>\
             <row><c><v>3</v></c><c r=\"B2\"><v>30</v></c><c r=\"D2\"><v>4</v></c><c r=\"E2\"><v>50</v></c></row>\
             <row r=\"4\"><c r=\"A4\"><v>7</v></c></row>"
        ),
        "{}",
        written.sheet()
    );
}

#[test]
fn p08_missing_cells_inherit_the_row_then_the_column() {
    let parts = Parts::with_sheet(&format!(
        "<worksheet xmlns=\"{MAIN}\"><dimension ref=\"B2\"/><cols><col min=\"2\" max=\"3\" style=\"1\"/></cols><sheetData>\
         <row r=\"2\" spans=\"2:2\" s=\"0\" customFormat=\"1\"><c r=\"B2\"><v>1</v></c></row><row r=\"3\" s=\"0\"/></sheetData></worksheet>"
    ));
    let written = write(&parts.zip(), &cells(vec![number("C2", "1"), number("C3", "2"), number("C9", "3")]));
    let sheet = written.sheet();
    assert!(sheet.contains("<dimension ref=\"B2:C9\"/>"), "{sheet}");
    assert!(sheet.contains("spans=\"2:3\"") && sheet.contains("<c r=\"C2\"><v>1</v>"), "{sheet}");
    assert!(sheet.contains("<row r=\"3\" s=\"0\"><c r=\"C3\" s=\"1\"><v>2</v></c></row>"), "{sheet}");
    assert!(sheet.contains("<row r=\"9\"><c r=\"C9\" s=\"1\"><v>3</v></c></row>"), "{sheet}");
}

#[test]
fn p09_the_old_type_goes_and_the_style_stays() {
    let parts = Parts::with_rows(
        "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\" cm=\"1\" vm=\"2\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\" s=\"1\"><is><t>a</t></is></c>\
         <c s=\"1\" r='C1' t=\"b\"><v>1</v></c></row>",
    );
    let edits = cells(vec![
        number("A1", "-0.50"),
        content("B1", Content::Blank),
        content(
            "C1",
            Content::Formula { text: "\"a\"&1<2".to_owned(), cached: Cached::Text("a<".to_owned()) },
        ),
        content(
            "D1",
            Content::Formula { text: "1/0".to_owned(), cached: Cached::Error("#DIV/0!".to_owned()) },
        ),
        content("E1", Content::Formula { text: "TRUE".to_owned(), cached: Cached::Bool(true) }),
    ]);
    let sheet = write(&parts.zip(), &edits).sheet();
    assert!(
        sheet.contains(
            "<c r=\"A1\" s=\"1\"><v>-0.5</v></c><c r=\"B1\" s=\"1\"/><c s=\"1\" r='C1' t=\"str\"><f>\"a\"&amp;1&lt;2</f><v>a&lt;</v></c>\
             <c r=\"D1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"E1\" t=\"b\"><f>TRUE</f><v>1</v></c>"
        ),
        "{sheet}"
    );
}

#[test]
fn p10_the_first_cell_of_a_shared_formula_hands_it_on() {
    let parts = Parts::with_rows(
        "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A4\" si=\"3\">B1*$C$1+D$1</f><v>1</v></c></row>\
         <row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"3\"/><v>2</v></c></row>\
         <row r=\"3\"><c r=\"A3\"><f t=\"shared\" si=\"3\"></f><v>3</v></c></row>\
         <row r=\"4\"><c r=\"A4\"><f t=\"shared\" si=\"3\"/><v>4</v></c></row>",
    );
    let sheet = write(&parts.zip(), &cells(vec![number("A1", "9"), number("A2", "8")])).sheet();
    assert!(sheet.contains("<c r=\"A2\"><v>8</v></c>"), "{sheet}");
    assert!(
        sheet.contains("<c r=\"A3\"><f t=\"shared\" si=\"3\" ref=\"A3:A4\">B3*$C$1+D$1</f><v>3</v></c>"),
        "{sheet}"
    );
    assert!(sheet.contains("<c r=\"A4\"><f t=\"shared\" si=\"3\"/><v>4</v></c>"), "{sheet}");
    // A dependent that goes leaves the others alone.
    let sheet = write(&parts.zip(), &cells(vec![number("A3", "9")])).sheet();
    assert!(sheet.contains("ref=\"A1:A4\" si=\"3\">B1*$C$1+D$1</f>"), "{sheet}");
}

#[test]
fn p10_a_shared_formula_that_cannot_be_handed_on_is_refused() {
    let parts = Parts::with_rows(
        "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"0\"/><v>1</v></c></row>\
         <row r=\"2\"><c r=\"A2\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">A1</f><v>1</v></c></row>",
    );
    // Shifted up by one row, A1 would leave the sheet.
    assert_eq!(reason(&parts, "A2"), Some(RefusalReason::SharedFormula));
    assert_eq!(reason(&parts, "A1"), None);
}

#[test]
fn p10_arrays_spills_and_data_tables_are_refused_by_their_range() {
    let parts = Parts::with_rows(
        "<row r=\"1\"><c r=\"A1\"><f t=\"array\" ref=\"A1:B2\">C1:D2</f><v>1</v></c><c r=\"B1\"><v>2</v></c></row>\
         <row r=\"3\"><c r=\"A3\" cm=\"1\"><f t=\"array\" ref=\"A3:A5\">_xlfn.SEQUENCE(3)</f><v>1</v></c></row>\
         <row r=\"6\"><c r=\"A6\"><f t=\"dataTable\" ref=\"A6:B7\" dt2D=\"1\" r1=\"X1\"/><v>1</v></c></row>",
    );
    assert_eq!(reason(&parts, "B2"), Some(RefusalReason::ArrayFormula));
    assert_eq!(reason(&parts, "A5"), Some(RefusalReason::Spill));
    assert_eq!(reason(&parts, "B7"), Some(RefusalReason::DataTable));
    assert_eq!(reason(&parts, "C2"), None);
    // Looks are no content.
    assert!(refusals(&parts.zip(), &cells(vec![styled("B1", yellow())])).is_empty());
}

#[test]
fn p10_tables_and_pivot_tables_are_refused_where_they_calculate() {
    let mut parts = Parts::with_rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    parts.set(
        "xl/worksheets/_rels/sheet1.xml.rels",
        relationships(&[("t", "table", "../tables/table1.xml"), ("p", "pivotTable", "../pivotTables/p.xml")]),
    );
    parts.set(
        "xl/tables/table1.xml",
        format!(
            "<table xmlns=\"{MAIN}\" id=\"1\" name=\"T\" ref=\"A1:B4\" totalsRowCount=\"1\"><tableColumns count=\"2\">\
             <tableColumn id=\"1\" name=\"a\"/><tableColumn id=\"2\" name=\"b\"><calculatedColumnFormula>1</calculatedColumnFormula></tableColumn></tableColumns></table>"
        ),
    );
    parts.set(
        "xl/pivotTables/p.xml",
        format!("<pivotTableDefinition xmlns=\"{MAIN}\"><location ref=\"D1:E9\"/></pivotTableDefinition>"),
    );
    for (cell, expected) in [
        ("A1", Some(RefusalReason::TableHeader)),
        ("A2", None),
        ("B2", Some(RefusalReason::CalculatedColumn)),
        ("A4", Some(RefusalReason::TableTotal)),
        ("D5", Some(RefusalReason::PivotTable)),
        ("A5", None),
    ] {
        assert_eq!(reason(&parts, cell), expected, "{cell}");
    }
}

#[test]
fn p10_a_merged_cell_stands_for_its_anchor_once() {
    let parts = Parts::with_sheet(&format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"/></row></sheetData><mergeCells><mergeCell ref=\"A1:B3\"/></mergeCells></worksheet>"
    ));
    let written = write(&parts.zip(), &cells(vec![number("B3", "5")]));
    assert!(written.sheet().contains("<c r=\"A1\"><v>5</v></c><c r=\"B1\"/>"), "{}", written.sheet());
    assert_eq!(written.report.redirected, [("表1".to_owned(), at("B3"), at("A1"))]);
    let twice = refusals(&parts.zip(), &cells(vec![number("B3", "5"), number("A1", "6")]));
    assert_eq!(twice[0].reason, RefusalReason::Twice);
}

#[test]
fn the_standard_edit_names_the_cell_that_it_writes() {
    for (range, asked, arrives) in [("A:B", "B2", "A1"), ("2:3", "C3", "A2"), ("A1:B3", "D4", "D4")] {
        let parts = Parts::with_sheet(&format!(
            "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"{range}\"/></mergeCells></worksheet>"
        ));
        let mut out = Cursor::new(Vec::new());
        let outcome = edit(Cursor::new(parts.zip()), Some("表1"), Some(at(asked)), &mut out).unwrap();
        let Outcome::Written { cell, report, .. } = outcome else { panic!("{range}: {outcome:?}") };
        assert_eq!(cell.cell, at(arrives), "{range}");
        let written = Written { bytes: out.into_inner(), report };
        assert!(written.sheet().contains(&format!("<c r=\"{arrives}\"")), "{range}: {}", written.sheet());
    }
    // A cell that is free by itself is chosen outside a merge that covers what lies below the data.
    let parts = Parts::with_sheet(&format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>words</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells></worksheet>"
    ));
    let mut out = Cursor::new(Vec::new());
    let outcome = edit(Cursor::new(parts.zip()), None, None, &mut out).unwrap();
    let Outcome::Written { report, .. } = outcome else { panic!("{outcome:?}") };
    let written = Written { bytes: out.into_inner(), report };
    assert!(written.sheet().contains("<c r=\"A1\" t=\"str\"><v>words</v></c>"), "{}", written.sheet());
}

#[test]
fn p11_formulas_have_a_cached_value_and_are_recalculated_on_load() {
    let mut parts = Parts::with_rows("<row r=\"1\"/>");
    parts.edit("xl/workbook.xml", "</sheets>", "</sheets><calcPr calcId=\"1\" calcMode=\"manual\"/>");
    let written = write(&parts.zip(), &cells(vec![content("A1", formula("1+1", "2"))]));
    assert!(
        written.sheet().contains("<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c></row>"),
        "{}",
        written.sheet()
    );
    assert!(
        written
            .part("xl/workbook.xml")
            .contains("<calcPr calcId=\"1\" calcMode=\"manual\" fullCalcOnLoad=\"1\"/>")
    );
}

#[test]
fn p12_shared_strings_are_never_rewritten() {
    let mut parts = Parts::with_rows(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>",
    );
    parts.set(
        "xl/sharedStrings.xml",
        format!("<sst xmlns=\"{MAIN}\" count=\"2\" uniqueCount=\"1\"><si><t>绩效</t><rPh sb=\"0\" eb=\"2\"><t>jixiao</t></rPh></si></sst>"),
    );
    parts.declare(
        "xl/sharedStrings.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
    );
    parts.edit("xl/_rels/workbook.xml.rels", "</Relationships>", &format!("<Relationship Id=\"s\" Type=\"{RELS}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"));
    let written = write(&parts.zip(), &cells(vec![content("A1", Content::Text("=1+1\u{7}".to_owned()))]));
    assert!(
        written.sheet().contains("<c r=\"A1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1_x0007_</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c>"),
        "{}",
        written.sheet()
    );
    assert!(!written.report.changed.contains(&"xl/sharedStrings.xml".to_owned()));
}

#[test]
fn what_is_too_long_or_stands_twice_is_refused() {
    let parts = Parts::with_rows(
        "<row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row><row r=\"3\"><c r=\"C7\"/></row><row r=\"2\"/><row r=\"2\"/>",
    );
    // Whoever repairs a sheet with a row twice may drop what was written into another row.
    for cell in ["A1", "A2", "B3", "A9"] {
        assert_eq!(reason(&parts, cell), Some(RefusalReason::Ambiguous), "{cell}");
    }
    let parts =
        Parts::with_rows("<row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row><row r=\"3\"><c r=\"C7\"/></row>");
    for cell in ["A1", "B3"] {
        assert_eq!(reason(&parts, cell), Some(RefusalReason::Ambiguous), "{cell}");
    }
    let long = cells(vec![content("A9", Content::Text("长".repeat(32_768)))]);
    assert_eq!(refusals(&parts.zip(), &long)[0].reason, RefusalReason::TooLong);
    let text = cells(vec![content("A9", Content::Text("长".repeat(32_767)))]);
    assert!(refusals(&parts.zip(), &text).is_empty());
}
