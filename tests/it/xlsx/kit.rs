//! Small packages made by hand, and what another zip reader says of the results.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use jixiao::inner::base::{CellRef, Number};
use jixiao::inner::xlsx::{
    CellEdit, Content, Graft, NameEdit, NoteEdit, PackageEdits, Refusal, RefusalReason, Report, Rgb,
    StylePatch, ValidationEdit, XlsxPackage,
};
use zip::write::SimpleFileOptions;

pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(super) const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package as its parts, in order.
#[derive(Debug, Clone)]
pub(super) struct Parts(pub(super) Vec<(String, Vec<u8>)>);

impl Parts {
    /// A workbook with one sheet, 表1, whose part is given from its root element on.
    pub(super) fn with_sheet(sheet: &str) -> Self {
        let mut parts = Self(Vec::new());
        parts.set(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
             <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
             <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>",
        );
        parts.set("_rels/.rels", relationships(&[("rId1", "officeDocument", "xl/workbook.xml")]));
        parts.set(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELS}\"><sheets>\
                 <sheet name=\"表1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        );
        parts.set(
            "xl/_rels/workbook.xml.rels",
            relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "styles", "styles.xml"),
            ]),
        );
        parts.set(
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>\
                 <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
                 <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
                 <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
                 <cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
                 <xf numFmtId=\"10\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>"
            ),
        );
        parts.set("xl/worksheets/sheet1.xml", sheet);
        parts
    }

    /// A workbook whose one sheet has these rows and nothing else.
    pub(super) fn with_rows(rows: &str) -> Self {
        Self::with_sheet(&format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"))
    }

    /// Adds or replaces a part.
    pub(super) fn set(&mut self, name: &str, content: impl AsRef<[u8]>) -> &mut Self {
        let content = content.as_ref().to_vec();
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some(part) => part.1 = content,
            None => self.0.push((name.to_owned(), content)),
        }
        self
    }

    /// Replaces text in a part.
    pub(super) fn edit(&mut self, name: &str, from: &str, to: &str) -> &mut Self {
        let part = &mut self.0.iter_mut().find(|(n, _)| n == name).unwrap().1;
        let text = String::from_utf8(part.clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        *part = text.replace(from, to).into_bytes();
        self
    }

    /// Declares a part's type.
    pub(super) fn declare(&mut self, name: &str, kind: &str) -> &mut Self {
        self.edit(
            "[Content_Types].xml",
            "</Types>",
            &format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/></Types>"),
        )
    }

    /// The zip file.
    pub(super) fn zip(&self) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

/// A relationships part: id, kind, target.
pub(super) fn relationships(list: &[(&str, &str, &str)]) -> String {
    let items: String = list
        .iter()
        .map(|(id, kind, target)| {
            format!("<Relationship Id=\"{id}\" Type=\"{RELS}/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{items}</Relationships>"
    )
}

pub(super) fn at(cell: &str) -> CellRef {
    cell.parse().unwrap()
}

/// A number for a cell of 表1.
pub(super) fn number(cell: &str, value: &str) -> CellEdit {
    content(cell, Content::Number(value.parse::<Number>().unwrap()))
}

pub(super) fn content(cell: &str, content: Content) -> CellEdit {
    CellEdit {
        sheet: "表1".to_owned(), cell: at(cell), content: Some(content), style: StylePatch::default()
    }
}

pub(super) fn cells(cells: Vec<CellEdit>) -> PackageEdits {
    PackageEdits { cells, ..PackageEdits::default() }
}

/// Writes the edits and looks at the result with another zip reader.
pub(super) fn write(file: &[u8], edits: &PackageEdits) -> Written {
    let mut out = Cursor::new(Vec::new());
    let report = XlsxPackage::open(Cursor::new(file)).unwrap().write(edits, &mut out).unwrap();
    let written = Written { bytes: out.into_inner(), report };
    written.assert_rest_untouched(file);
    written
}

/// What is refused. What is refused for what stands in the file, the editor says at its door, too.
pub(super) fn refusals(file: &[u8], edits: &PackageEdits) -> Vec<Refusal> {
    let mut package = XlsxPackage::open(Cursor::new(file)).unwrap();
    let refusals = package.check(edits).unwrap();
    let closed = package.closed(edits, []).unwrap();
    let of_cells = closed.of(edits);
    for Refusal { sheet, cell, reason } in &refusals {
        let Some(sheet) = sheet else { continue };
        let said = match (reason, cell) {
            (RefusalReason::TooLong | RefusalReason::StyleLimit | RefusalReason::SheetNameTaken, _) => {
                continue;
            }
            (reason, None) if reason.is_about_notes() => {
                let mut notes = edits.notes.iter().filter(|note| note.sheet == *sheet);
                notes.all(|note| closed.note(sheet, note).as_ref() == Some(reason))
            }
            (reason, Some(cell)) if reason.is_about_notes() => {
                let mut notes = edits.notes.iter().filter(|note| note.sheet == *sheet && note.cell == *cell);
                notes.all(|note| closed.note(sheet, note).as_ref() == Some(reason))
            }
            (reason, cell) => of_cells.iter().any(|(at, of, why)| at == sheet && of == cell && why == reason),
        };
        assert!(said, "{sheet} {cell:?} {reason:?} is not said at the door: {closed:?}");
    }
    refusals
}

/// A result.
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    pub(super) report: Report,
}

/// What makes two zip entries the same: method, CRC and compressed bytes.
type Fingerprint = (String, String, u32, Vec<u8>);

/// The entries of a zip file in order.
pub(super) fn entries(file: &[u8]) -> Vec<Fingerprint> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index_raw(at).unwrap();
            let mut raw = Vec::new();
            entry.read_to_end(&mut raw).unwrap();
            (entry.name().unwrap().into_owned(), format!("{:?}", entry.compression()), entry.crc32(), raw)
        })
        .collect()
}

impl Written {
    /// The text of a part.
    pub(super) fn part(&self, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut text).unwrap();
        text
    }

    /// The text of 表1's part.
    pub(super) fn sheet(&self) -> String {
        self.part("xl/worksheets/sheet1.xml")
    }

    pub(super) fn names(&self) -> Vec<String> {
        entries(&self.bytes).into_iter().map(|e| e.0).collect()
    }

    /// Every entry that the report does not name is the same, and all stand in the same order.
    pub(super) fn assert_rest_untouched(&self, original: &[u8]) {
        let (before, after) = (entries(original), entries(&self.bytes));
        let kept: Vec<_> = before.iter().filter(|e| !self.report.removed.contains(&e.0)).collect();
        let now: BTreeMap<_, _> = after.iter().map(|e| (&e.0, e)).collect();
        for entry in &kept {
            let copy = now[&entry.0];
            if !self.report.changed.contains(&entry.0) {
                assert_eq!(entry, &copy, "{} was changed", entry.0);
            }
        }
        let order: Vec<_> = after.iter().map(|e| &e.0).collect();
        let expected: Vec<_> = kept.iter().map(|e| &e.0).chain(&self.report.added).collect();
        assert_eq!(order, expected);
    }
}

pub(super) fn styled(cell: &str, style: StylePatch) -> CellEdit {
    CellEdit { sheet: "表1".to_owned(), cell: at(cell), content: None, style }
}

pub(super) fn yellow() -> StylePatch {
    StylePatch { fill: Some(Rgb(0xFF, 0xEB, 0x9C)), ..StylePatch::default() }
}

pub(super) fn note(cell: &str, text: &str) -> NoteEdit {
    NoteEdit { sheet: "表1".to_owned(), cell: at(cell), text: Some(text.to_owned()), was: None }
}

pub(super) fn notes(notes: Vec<NoteEdit>) -> PackageEdits {
    PackageEdits { notes, ..PackageEdits::default() }
}

pub(super) fn name(name: &str, refers_to: &str) -> NameEdit {
    NameEdit { name: name.to_owned(), refers_to: Some(refers_to.to_owned()), hidden: true }
}

pub(super) fn validation(cell: &str) -> ValidationEdit {
    ValidationEdit {
        sheet: "表1".to_owned(),
        cell: at(cell),
        min: "0".parse().unwrap(),
        max: "7.5".parse().unwrap(),
        message: "得分应在 0 到 7.5 之间".to_owned(),
    }
}

/// A graft of sheets with a chart each.
pub(super) fn graft_of(names: &[&str]) -> PackageEdits {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for name in names {
        let bold = rust_xlsxwriter::Format::new().set_bold();
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        sheet.write_string_with_format(0, 0, "合计", &bold).unwrap();
        sheet.write_number(0, 1, 1).unwrap();
        let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Pie);
        chart.add_series().set_values(format!("='{name}'!$B$1:$B$1").as_str());
        sheet.insert_chart(2, 0, &chart).unwrap();
    }
    let graft = Graft { workbook: workbook.save_to_buffer().unwrap(), replace: Vec::new() };
    PackageEdits { graft: Some(graft), ..PackageEdits::default() }
}
