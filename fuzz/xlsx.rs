//! What the fuzz targets do with foreign bytes; shared with the test that replays the seeds on stable.
//!
//! Each writes the standard edit where it can: the editor checks its own result, so a wrong byte shows as an
//! error of kind Output or Internal, and that is what must never come out.

#![allow(dead_code, reason = "each target uses one of these")]

use std::io::{Cursor, Write};

use jixiao::inner::base::ErrorKind;
use jixiao::inner::xlsx::{file_kind, selftest};
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A whole file.
pub fn package(data: &[u8]) {
    if file_kind::check(&mut Cursor::new(data)).is_ok() {
        edit(data);
    }
}

/// A worksheet part.
pub fn sheet(data: &[u8]) {
    edit(&host(data, styles_part().as_bytes(), None));
}

/// A stylesheet.
pub fn styles(data: &[u8]) {
    edit(&host(sheet_part().as_bytes(), data, None));
}

/// A comments part and a drawing, divided by a zero byte.
pub fn notes(data: &[u8]) {
    let split = data.iter().position(|b| *b == 0).unwrap_or(data.len());
    let (comments, drawing) = data.split_at(split);
    edit(&host(
        sheet_part().as_bytes(),
        styles_part().as_bytes(),
        Some((comments, drawing.get(1..).unwrap_or_default())),
    ));
}

fn edit(file: &[u8]) {
    let mut out = Cursor::new(Vec::new());
    match selftest::edit(Cursor::new(file), None, None, &mut out) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::Input, "{error}"),
    }
}

fn sheet_part() -> String {
    format!(
        "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELS}\"><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c></row></sheetData>\
         <legacyDrawing r:id=\"v\"/></worksheet>"
    )
}

fn styles_part() -> String {
    format!("<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"1\"><xf fontId=\"0\"/></cellXfs></styleSheet>")
}

fn host(sheet: &[u8], styles: &[u8], notes: Option<(&[u8], &[u8])>) -> Vec<u8> {
    let rels = |list: &[(&str, &str, &str)]| {
        let items: String = list
            .iter()
            .map(|(id, kind, target)| {
                format!("<Relationship Id=\"{id}\" Type=\"{RELS}/{kind}\" Target=\"{target}\"/>")
            })
            .collect();
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{items}</Relationships>"
        )
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>";
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELS}\"><sheets><sheet name=\"表1\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
    );
    let mut parts: Vec<(&str, Vec<u8>)> = vec![
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", rels(&[("w", "officeDocument", "xl/workbook.xml")]).into()),
        ("xl/workbook.xml", workbook.into()),
        ("xl/_rels/workbook.xml.rels", rels(&[("s", "worksheet", "s.xml"), ("t", "styles", "t.xml")]).into()),
        ("xl/s.xml", sheet.to_vec()),
        ("xl/t.xml", styles.to_vec()),
    ];
    if let Some((comments, drawing)) = notes {
        parts.push((
            "xl/_rels/s.xml.rels",
            rels(&[("v", "vmlDrawing", "v.vml"), ("c", "comments", "c.xml")]).into(),
        ));
        parts.push(("xl/c.xml", comments.to_vec()));
        parts.push(("xl/v.vml", drawing.to_vec()));
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).expect("a zip in memory");
        writer.write_all(&content).expect("a zip in memory");
    }
    writer.finish().expect("a zip in memory").into_inner()
}
