//! Word documents for the tests of reports, made and taken apart by another hand than ours.

use std::fs::File;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::support::jixiao;

pub(crate) const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A part beside the text: its name, what the text's relationship to it is called, its content.
pub(crate) type Beside<'a> = (&'a str, &'a str, String);

/// A document with this body, these other parts and these relationships as they are written.
pub(crate) fn document(body: &str, beside: &[Beside<'_>], rels: &str) -> Vec<u8> {
    let mut types = format!(
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{TYPES}.document.main+xml\"/>"
    );
    let mut links = rels.to_owned();
    for (number, (name, kind, _)) in beside.iter().enumerate() {
        types.push_str(&format!("<Override PartName=\"/word/{name}\" ContentType=\"{TYPES}.{kind}+xml\"/>"));
        links.push_str(&format!(
            "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}\"/>",
            number + 1
        ));
    }
    let relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">{types}</Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{relationships}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
                 Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        ("word/document.xml".to_owned(), format!("<w:document {W}><w:body>{body}</w:body></w:document>")),
        (
            "word/_rels/document.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{relationships}\">{links}</Relationships>"),
        ),
    ];
    parts.extend(beside.iter().map(|(name, _, content)| (format!("word/{name}"), content.clone())));
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        out.write_all(content.as_bytes()).expect("its bytes");
    }
    out.finish().expect("a package").into_inner()
}

/// A paragraph of one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A row of cells of a paragraph each.
pub(crate) fn row(cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|text| format!("<w:tc><w:tcPr><w:tcW w:w=\"900\"/></w:tcPr>{}</w:tc>", p(text)))
        .collect();
    format!("<w:tr>{cells}</w:tr>")
}

pub(crate) fn table(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

/// A part of a document.
pub(crate) fn part(path: &Path, name: &str) -> String {
    let mut package = zip::ZipArchive::new(File::open(path).expect("a document")).expect("a package");
    let mut text = String::new();
    package.by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_string(&mut text).expect("its text");
    text
}

/// The parts of a document whose names begin so.
pub(crate) fn parts(path: &Path, begin: &str) -> Vec<String> {
    let package = zip::ZipArchive::new(File::open(path).expect("a document")).expect("a package");
    let mut names: Vec<String> =
        package.file_names().map(|name| name.expect("a name").into_owned()).collect();
    names.retain(|name| name.starts_with(begin));
    names.sort();
    names
}

/// What a part reads, a line a paragraph, cells beside each other by a bar.
pub(crate) fn text(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let end = rest.find('>').expect("a tag's end") + 1;
        let tag = &rest[..end];
        rest = &rest[end..];
        if tag.starts_with("<w:t>") || tag.starts_with("<w:t ") {
            let end = rest.find("</w:t>").expect("a text's end");
            out.push_str(&rest[..end].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        } else if tag == "</w:p>" {
            out.push('\n');
        } else if tag.starts_with("<w:br") {
            out.push('↵');
        }
    }
    out
}

/// What a run of `jixiao report` gave.
pub(crate) struct Made {
    pub(crate) code: Option<i32>,
    pub(crate) said: String,
    pub(crate) path: Option<PathBuf>,
    pub(crate) json: serde_json::Value,
}

/// Writes the report of a workbook.
pub(crate) fn report(file: &Path, folder: &Path, more: &[&std::ffi::OsStr]) -> Made {
    let mut args =
        vec!["report".as_ref(), file.as_os_str(), "--json".as_ref(), "--out".as_ref(), folder.as_os_str()];
    args.extend(more);
    let output = jixiao(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    let json: serde_json::Value =
        serde_json::from_str(line.lines().next().unwrap_or("null")).unwrap_or_default();
    let path = json["output"].as_str().map(PathBuf::from);
    Made { code: output.status.code(), said, path, json }
}

/// The same with a template of these bytes.
pub(crate) fn filled(file: &Path, folder: &Path, template: &[u8]) -> Made {
    let path = folder.join("模板.docx");
    std::fs::write(&path, template).expect("a template");
    report(file, folder, &["--template".as_ref(), path.as_os_str()])
}
