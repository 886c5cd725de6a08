//! The published case taken apart, to be made odd part by part.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;

use crate::package_parts::stored;
use crate::support::{MODEL, Scored, score, workbook};

pub(crate) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(crate) const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(crate) const TYPES: &str = "[Content_Types].xml";
pub(crate) const BOOK: &str = "xl/workbook.xml";
pub(crate) const BOOK_RELS: &str = "xl/_rels/workbook.xml.rels";
/// The score sheet of the published case.
pub(crate) const FORM: &str = "xl/worksheets/sheet3.xml";
/// A sheet that is added.
pub(crate) const EXTRA: &str = "xl/worksheets/sheet91.xml";

/// The published case, part by part.
pub(crate) struct Parts(pub(crate) Vec<(String, Vec<u8>)>);

impl Parts {
    pub(crate) fn model() -> Self {
        Self::of(&workbook(MODEL))
    }

    /// Those of a workbook.
    pub(crate) fn of(path: &Path) -> Self {
        let mut archive = zip::ZipArchive::new(File::open(path).expect("the workbook")).expect("a package");
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
    pub(crate) fn with_sheet(attributes: &str, kind: &str, content: &[u8]) -> Self {
        let mut parts = Self::model();
        let sheet = format!(
            "<sheet xmlns:r=\"{DOCUMENT}\" name=\"附页\" sheetId=\"21\" {attributes} r:id=\"rId21\"/></sheets>"
        );
        parts.edit(BOOK, "</sheets>", &sheet);
        let rel = format!(
            "<Relationship Id=\"rId21\" Type=\"{kind}\" Target=\"worksheets/sheet91.xml\"/></Relationships>"
        );
        parts.edit(BOOK_RELS, "</Relationships>", &rel);
        parts.declare(EXTRA, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
        parts.0.push((EXTRA.to_owned(), content.to_vec()));
        parts
    }

    /// With a further worksheet of these rows and what follows them.
    pub(crate) fn with_rows(rows: &str, tail: &str) -> Self {
        let kind = format!("{DOCUMENT}/worksheet");
        Self::with_sheet("", &kind, worksheet(rows, tail).as_bytes())
    }

    pub(crate) fn edit(&mut self, part: &str, from: &str, to: &str) {
        let part = self.0.iter_mut().find(|(name, _)| name == part).expect("the part");
        let text = String::from_utf8(part.1.clone()).expect("UTF-8");
        assert!(text.contains(from), "{} has no {from}", part.0);
        part.1 = text.replacen(from, to, 1).into_bytes();
    }

    pub(crate) fn declare(&mut self, part: &str, kind: &str) {
        let declared = format!("<Override PartName=\"/{part}\" ContentType=\"{kind}\"/></Types>");
        self.edit(TYPES, "</Types>", &declared);
    }

    pub(crate) fn save(&self, folder: &Path) -> PathBuf {
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

pub(crate) fn worksheet(rows: &str, tail: &str) -> String {
    format!(
        "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{DOCUMENT}\"><sheetData>{rows}</sheetData>{tail}</worksheet>"
    )
}

/// Scores it as the published case is, and keeps the extra part byte for byte.
pub(crate) fn scored(parts: &Parts, folder: &tempfile::TempDir) -> Scored {
    let file = parts.save(folder.path());
    let scored = score(&file, &folder.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]["total"]), (0, &"87.5".into()));
    let (before, after) = (stored(&file), stored(&scored.path));
    assert_eq!(before.get(EXTRA), after.get(EXTRA), "the extra sheet is untouched");
    scored
}

/// The same where only the findings are looked at.
pub(crate) fn result(parts: &Parts) -> Scored {
    scored(parts, &tempfile::tempdir().expect("a folder"))
}
