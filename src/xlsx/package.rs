//! A workbook package: what is in it, read without changing anything.

use std::collections::BTreeSet;
use std::io::{Read, Seek, Write};

use super::edits::PackageEdits;
use super::file_kind::FileKind;
use super::main_part;
use super::plan::Plan;
use super::refusal::Refusal;
use super::reread::reread;
use super::workbook::{SheetPlace, Workbook};
use super::worksheet::{SheetIndex, Wanted, first_numbers, scan};
use crate::base::{CellRef, Error, ErrorCode, Result};
use crate::package::archive::EntryReader;
use crate::package::parts::{rels_of, resolve};
use crate::package::xml::Tag;
use crate::package::{Package, within, write};

/// Whether a person sees the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SheetState {
    /// A tab like any other.
    Visible,
    /// Hidden; a person can show it again.
    Hidden,
    /// Hidden from the person's list too.
    VeryHidden,
}

/// What kind of sheet it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SheetKind {
    /// Cells.
    Worksheet,
    /// A chart.
    Chart,
    /// A dialog of old.
    Dialog,
    /// Macros of old.
    Macro,
    /// The workbook names it and has nothing of it.
    Missing,
    /// Something that no standard names.
    Unknown,
}

/// A sheet of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetEntry {
    /// The name on its tab.
    pub name: String,
    /// Whether a person sees it.
    pub state: SheetState,
    /// What kind of sheet it is.
    pub kind: SheetKind,
    /// The part that holds it, as the package spells it.
    pub part: String,
}

/// A defined name of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinedName {
    /// The name.
    pub name: String,
    /// What it refers to, without `=`.
    pub refers_to: String,
    /// The sheet it is local to (its position in [`XlsxPackage::sheets`]), if any.
    pub local_sheet: Option<usize>,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// A note as the package has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The cell it hangs on.
    pub cell: CellRef,
    /// Its author's name; programs drop it.
    pub author: String,
    /// Its text without formatting.
    pub text: String,
    /// Whether it is the shadow of a threaded comment.
    pub threaded: bool,
}

/// What a write did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Parts that were changed, in package order.
    pub changed: Vec<String>,
    /// Parts that were added, in package order.
    pub added: Vec<String>,
    /// Parts that were taken out.
    pub removed: Vec<String>,
    /// Edits that went to the anchor of a merged range: sheet, cell asked for, anchor.
    pub redirected: Vec<(String, CellRef, CellRef)>,
    /// Cells whose validation was left alone because the form has its own there.
    pub kept_validations: Vec<(String, CellRef)>,
    /// Whether a digital signature was taken out: the edit would have broken it.
    pub signature_removed: bool,
}

/// An .xlsx package that can be read and edited.
#[derive(Debug)]
pub struct XlsxPackage<R> {
    pub(super) parts: Package<R>,
    pub(super) workbook: Workbook,
    sheets: Vec<SheetEntry>,
    highest_block: Option<u32>,
}

impl<R: Read + Seek> XlsxPackage<R> {
    /// Opens a package. Run [`super::file_kind::check`] first for a foreign file.
    pub fn open(reader: R) -> Result<Self> {
        let mut package = Package::open(reader)?.ok_or_else(not_a_workbook)?;
        let main = main_part::find(&mut package)?.filter(|(_, kind)| *kind == FileKind::Xlsx);
        let (name, _) = main.ok_or_else(not_a_workbook)?;
        let bytes = package.read_part(&name)?.ok_or_else(not_a_workbook)?;
        let rels = package.rels(&name).map_err(|error| within(&rels_of(&name), error))?;
        let workbook = Workbook::read(name.clone(), bytes, rels).map_err(|error| within(&name, error))?;
        let sheets = workbook.sheets.iter().map(|sheet| sheet_entry(&workbook, sheet)).collect();
        Ok(Self { parts: package, workbook, sheets, highest_block: None })
    }

    /// The sheets in the order of their tabs.
    pub fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// The defined names in the order of the file, built-in ones (`_xlnm.…`) too.
    pub fn defined_names(&self) -> &[DefinedName] {
        &self.workbook.names
    }

    /// Whether it is a workbook with macros, which programs open only under the ending `.xlsm`.
    pub fn has_macros(&self) -> bool {
        self.parts.types().of(&self.workbook.part).is_some_and(|kind| kind.contains("macroEnabled"))
    }

    /// Whether the package is digitally signed. A write takes the signature out.
    pub fn is_signed(&mut self) -> Result<bool> {
        self.parts.is_signed()
    }

    /// The notes of a sheet.
    pub fn notes(&mut self, sheet: &str) -> Result<Vec<Note>> {
        let Some(part) = self.sheet_part(sheet) else { return Err(no_such_sheet(sheet)) };
        super::notes::read(self, &part)
    }

    /// The uncompressed bytes of a part, e.g. `xl/workbook.xml`; `None` when there is no such part.
    pub fn read_part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        self.parts.read_part(name)
    }

    /// Its parts.
    pub(crate) fn parts(&self) -> &Package<R> {
        &self.parts
    }

    /// Its parts, to read them.
    pub(crate) fn parts_mut(&mut self) -> &mut Package<R> {
        &mut self.parts
    }

    /// The workbook's own part.
    pub(crate) fn workbook_part(&self) -> &str {
        &self.workbook.part
    }

    /// The part that the workbook names for this kind of relationship (`styles`, `sharedStrings`).
    pub(crate) fn related_part(&self, kind: &str) -> Option<String> {
        let rel = self.workbook.rels.of_kind(kind).find(|rel| !rel.external)?;
        Some(resolve(&self.workbook.part, &rel.target))
    }

    /// The rows of a sheet's part in which tables show their totals.
    pub(crate) fn table_totals(&mut self, sheet_part: &str) -> BTreeSet<u32> {
        super::plan::table_totals(self, sheet_part)
    }

    /// What of the edits cannot be made, and why; empty when [`XlsxPackage::write`] will do it all.
    pub fn check(&mut self, edits: &PackageEdits) -> Result<Vec<Refusal>> {
        Ok(super::plan::plan(self, edits)?.refusals)
    }

    /// Writes the package with the edits made, checks what it wrote, and says what it did. Edits that
    /// [`XlsxPackage::check`] refuses are an error: nothing is ever half done.
    pub fn write<W: Read + Write + Seek>(&mut self, edits: &PackageEdits, out: &mut W) -> Result<Report> {
        self.write_unless_refused(edits, out)?.map_err(|refusals| {
            let first = refusals.first().map(ToString::to_string).unwrap_or_default();
            Error::input(
                format!("结果无法写入（共 {} 处），首处为：{first}。", refusals.len()),
                "原文件未被改动，也没有写出结果。请按提示调整原工作簿后重新提交。",
            )
        })
    }

    /// Like [`XlsxPackage::write`], but refusals are an answer; nothing has been written then.
    pub fn write_unless_refused<W: Read + Write + Seek>(
        &mut self,
        edits: &PackageEdits,
        out: &mut W,
    ) -> Result<Result<Report, Vec<Refusal>>> {
        let plan = super::plan::plan(self, edits)?;
        if !plan.refusals.is_empty() {
            return Ok(Err(plan.refusals));
        }
        let Plan { changes, expected, mut report, .. } = plan;
        let written = write(&mut self.parts, &changes, out, &mut reread(&expected))?;
        report.changed.extend(written.changed);
        report.added.extend(written.added);
        report.removed.extend(written.removed);
        Ok(Ok(report))
    }

    /// The first plain numbers of a sheet, and cells outside all its data.
    pub(super) fn numbers(&mut self, sheet: &str, limit: usize) -> Result<(Vec<CellRef>, Vec<CellRef>)> {
        let part = self.sheet_part(sheet).ok_or_else(|| no_such_sheet(sheet))?;
        first_numbers(self.open_sheet(&part, sheet)?, limit)
    }

    /// The highest block of shape ids that a drawing of the package uses.
    pub(super) fn highest_block(&mut self) -> u32 {
        if let Some(highest) = self.highest_block {
            return highest;
        }
        let links = self.parts.links().iter().filter(|link| link.kind == "vmlDrawing");
        let drawings: BTreeSet<String> = links.map(|link| link.target.clone()).collect();
        let mut highest = 0;
        for drawing in drawings {
            if let Ok(Some(bytes)) = self.read_part(&drawing) {
                highest = highest.max(super::notes::highest_block(&bytes));
            }
        }
        self.highest_block = Some(highest);
        highest
    }

    /// The part of a worksheet that can be edited.
    pub(super) fn sheet_part(&self, sheet: &str) -> Option<String> {
        let entry = self.sheets.iter().find(|s| s.name == sheet && s.kind == SheetKind::Worksheet)?;
        self.parts.find(&entry.part).map(|_| entry.part.clone())
    }

    /// One pass over a worksheet.
    pub(super) fn scan_sheet(&mut self, sheet: &str, wanted: &Wanted) -> Result<SheetIndex> {
        let part = self.sheet_part(sheet).ok_or_else(|| no_such_sheet(sheet))?;
        scan(self.open_sheet(&part, sheet)?, wanted)
    }

    fn open_sheet(&mut self, part: &str, sheet: &str) -> Result<EntryReader<'_, R>> {
        self.parts.open_part(part)?.ok_or_else(|| no_such_sheet(sheet))
    }
}

/// Whether the sheet's cells are protected.
pub(super) fn is_protected(index: &SheetIndex) -> bool {
    index.section("sheetProtection").is_some_and(|s| Tag(&s.tag).flag("sheet") == Some(true))
}

fn sheet_entry(workbook: &Workbook, sheet: &SheetPlace) -> SheetEntry {
    let rel = workbook.rels.by_id(&sheet.rel).filter(|r| !r.external);
    let kind = match rel.map(|rel| rel.kind.as_str()) {
        None => SheetKind::Missing,
        Some("worksheet") => SheetKind::Worksheet,
        Some("chartsheet") => SheetKind::Chart,
        Some("dialogsheet") => SheetKind::Dialog,
        Some("xlMacrosheet" | "xlIntlMacrosheet") => SheetKind::Macro,
        Some(_) => SheetKind::Unknown,
    };
    SheetEntry {
        name: sheet.name.clone(),
        state: sheet.state,
        kind,
        part: rel.map(|r| resolve(&workbook.part, &r.target)).unwrap_or_default(),
    }
}

fn not_a_workbook() -> Error {
    Error::input("这不是 Excel 工作簿", "请提交 .xlsx 格式的工作簿（可用 Excel 或 WPS 另存为 .xlsx）。")
        .coded(ErrorCode::InputNotAWorkbook)
}

fn no_such_sheet(sheet: &str) -> Error {
    Error::input(format!("工作簿中没有工作表“{sheet}”"), "请核对工作表名称。")
}
