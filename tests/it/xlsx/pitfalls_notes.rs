//! What bites among notes (points 16 to 18): three kinds of hosts, VML that is no XML, threads.

use std::io::Cursor;

use jixiao::inner::xlsx::{NoteEdit, PackageEdits, RefusalReason, XlsxPackage};

use super::kit::{MAIN, Parts, RELS, note, notes, refusals, relationships, write};

const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";

/// A sheet that points to drawings and comments.
fn host(legacy: &str, links: &[(&str, &str, &str)]) -> Parts {
    let mut parts = Parts::with_sheet(&format!(
        "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELS}\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><pageMargins/>{legacy}</worksheet>"
    ));
    parts.set("xl/worksheets/_rels/sheet1.xml.rels", relationships(links));
    parts.edit("[Content_Types].xml", "<Override", "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/><Override");
    parts
}

fn comments(list: &str) -> String {
    format!(
        "<comments xmlns=\"{MAIN}\"><authors><author>张三</author><author>tc={{1-2}}</author><author> </author></authors><commentList>{list}</commentList></comments>"
    )
}

#[test]
fn p16_a_sheet_without_comments_gets_both_parts() {
    let written = write(&host("", &[]).zip(), &notes(vec![note("A1", "注\u{1}")]));
    assert_eq!(written.report.added, ["xl/drawings/vmlDrawing1.vml", "xl/comments1.xml"]);
    assert!(written.part("xl/comments1.xml").contains("注_x0001_"));
    // Nothing is recalculated for a note.
    assert!(!written.report.changed.contains(&"xl/workbook.xml".to_owned()));
}

#[test]
fn p16_the_drawing_of_form_controls_is_shared() {
    let mut parts =
        host("<legacyDrawing r:id=\"v\"/>", &[("v", "vmlDrawing", "../drawings/vmlDrawing5.vml")]);
    parts.set(
        "xl/drawings/vmlDrawing5.vml",
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shape id=\"_x0000_s2047\" type=\"#_x0000_t201\"/></xml>",
    );
    let written = write(&parts.zip(), &notes(vec![note("A1", "一"), note("B1", "二")]));
    assert_eq!(written.report.added, ["xl/comments1.xml"]);
    let vml = written.part("xl/drawings/vmlDrawing5.vml");
    assert!(vml.contains("_x0000_s2048") && vml.contains("_x0000_s2049"), "{vml}");
    assert!(vml.contains("<v:shapetype ") && vml.contains("id=\"_x0000_t202\""), "{vml}");
    assert_eq!(written.sheet().matches("<legacyDrawing").count(), 1);
    // The control has no end tag; it stays when a note behind it goes.
    let gone = NoteEdit { text: None, was: Some("一".to_owned()), ..note("A1", "") };
    let vml = write(&written.bytes, &notes(vec![gone])).part("xl/drawings/vmlDrawing5.vml");
    assert!(vml.contains("_x0000_s2047\"") && vml.contains("_x0000_s2049\""), "{vml}");
    assert!(!vml.contains("_x0000_s2048\""), "{vml}");
}

#[test]
fn p16_the_drawing_of_headers_is_another() {
    let mut parts =
        host("<legacyDrawingHF r:id=\"h\"/>", &[("h", "vmlDrawing", "../drawings/vmlDrawing1.vml")]);
    parts.set(
        "xl/drawings/vmlDrawing1.vml",
        "<xml xmlns:o=\"o\" xmlns:v=\"v\"><o:idmap v:ext=\"edit\" data=\"3\"/></xml>",
    );
    let written = write(&parts.zip(), &notes(vec![note("A1", "注")]));
    assert_eq!(written.report.added, ["xl/drawings/vmlDrawing2.vml", "xl/comments1.xml"]);
    assert!(written.part("xl/drawings/vmlDrawing2.vml").contains("data=\"4\""));
    let sheet = written.sheet();
    assert!(sheet.find("<legacyDrawing ").unwrap() < sheet.find("<legacyDrawingHF ").unwrap(), "{sheet}");
}

#[test]
fn p17_vml_that_is_no_xml_is_spliced_before_its_end() {
    let mut parts = host(
        "<legacyDrawing r:id=\"v\"/>",
        &[("v", "vmlDrawing", "../drawings/vmlDrawing1.vml"), ("c", "comments", "../comments1.xml")],
    );
    let drawing = "<xml><a:shapelayout xmlns:a=\"urn:schemas-microsoft-com:office:office\"><a:idmap data='1'/></a:shapelayout>\
         <b:shape xmlns:b=\"urn:schemas-microsoft-com:vml\" id=\"_x0000_s2047\"><br>&nbsp;<font color=#000 face=\"a>b\">x</font>\
         <c:ClientData ObjectType=\"Note\"><c:Row>0</c:Row><c:Column>1</c:Column></c:ClientData></b:shape></xml>\n";
    parts.set("xl/drawings/vmlDrawing1.vml", drawing);
    parts.set(
        "xl/comments1.xml",
        comments("<comment ref=\"B1\" authorId=\"0\"><text><t>人</t></text></comment>"),
    );
    let written = write(&parts.zip(), &notes(vec![note("A1", "注")]));
    let vml = written.part("xl/drawings/vmlDrawing1.vml");
    let (head, tail) = drawing.split_once("</xml>").unwrap();
    assert!(vml.starts_with(&head.replace("data='1'", "data='1,2'")), "{vml}");
    assert!(vml.ends_with(&format!("</v:shape></xml>{tail}")), "{vml}");
    assert!(vml.contains("id=\"_x0000_s2048\""), "{vml}");
    // Ours goes again, and only ours.
    let gone = NoteEdit { text: None, was: Some("注".to_owned()), ..note("A1", "") };
    let person = NoteEdit { text: None, ..note("B1", "") };
    let again = write(&written.bytes, &notes(vec![gone, person]));
    let vml = again.part("xl/drawings/vmlDrawing1.vml");
    assert!(vml.contains("_x0000_s2047") && !vml.contains("_x0000_s2048"), "{vml}");
    let left = XlsxPackage::open(Cursor::new(&again.bytes)).unwrap().notes("表1").unwrap();
    assert_eq!(left.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(), ["人"]);
}

#[test]
fn p18_people_and_threads_keep_their_cells() {
    let mut parts = host("", &[("c", "comments", "../comments1.xml")]);
    parts.set(
        "xl/comments1.xml",
        comments(
            "<comment ref=\"A1\" authorId=\"0\"><text><r><t>人的</t></r></text></comment>\
             <comment ref=\"B1\" authorId=\"1\"><text><t>会话</t></text></comment>\
             <comment ref=\"C1\" authorId=\"2\"><text><t>我们上次写的</t></text></comment>",
        ),
    );
    parts.declare("xl/comments1.xml", COMMENTS);
    let was = NoteEdit { was: Some("我们上次写的".to_owned()), ..note("C1", "这次") };
    let found = refusals(&parts.zip(), &notes(vec![note("A1", "x"), note("B1", "x"), was.clone()]));
    let reasons: Vec<_> = found.into_iter().map(|r| r.reason).collect();
    assert_eq!(reasons, [RefusalReason::PersonsNote, RefusalReason::ThreadedComment]);
    // A program between us dropped the author; the text tells that the note is ours.
    let written = write(&parts.zip(), &notes(vec![was]));
    let list = XlsxPackage::open(Cursor::new(&written.bytes)).unwrap().notes("表1").unwrap();
    let texts: Vec<_> = list.iter().map(|n| (n.text.as_str(), n.threaded)).collect();
    assert_eq!(texts, [("人的", false), ("会话", true), ("这次", false)]);
}

#[test]
fn a_note_longer_than_excel_takes_is_refused() {
    let file = host("", &[]).zip();
    let found = refusals(&file, &notes(vec![note("A1", &"长".repeat(32_768))]));
    assert_eq!(found[0].reason, RefusalReason::TooLong);
}

#[test]
fn a_box_is_as_high_as_its_text_over_the_rows_it_covers() {
    let mut parts = host("", &[]);
    parts.edit("xl/worksheets/sheet1.xml", "<row r=\"1\">", "<row r=\"1\" ht=\"60\">");
    let anchor = |text: &str| {
        let vml = write(&parts.zip(), &notes(vec![note("A1", text)])).part("xl/drawings/vmlDrawing1.vml");
        let start = vml.find("<x:Anchor>").unwrap() + 10;
        vml[start..].split('<').next().unwrap().to_owned()
    };
    // 46 pixels fit into the first row of 80; 15 lines of 16 pixels reach the eleventh.
    assert_eq!(anchor("短"), "1, 12, 0, 12, 5, 6, 0, 58");
    assert!(anchor(&"行\n".repeat(15)).ends_with(", 10, 6"), "{}", anchor(&"行\n".repeat(15)));
}

#[test]
fn comments_that_cannot_be_read_are_refused() {
    let mut parts = host("", &[("c", "comments", "../comments1.xml")]);
    parts.set("xl/comments1.xml", "<comments><commentList></comments>");
    let edits: PackageEdits = notes(vec![note("A1", "x")]);
    assert!(matches!(refusals(&parts.zip(), &edits)[0].reason, RefusalReason::NotesUnreadable(_)));
}
