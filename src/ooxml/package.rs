//! A workbook package: what is in it, read without changing anything.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, Write};

use super::archive::{Directory, EntryReader, part_key};
use super::content_types::ContentTypes;
use super::edits::PackageEdits;
use super::fault::{excessive, reading};
use super::limits::FileKind;
use super::main_part::{self, within};
use super::parts::{rels_of, resolve, source_of};
use super::refusal::Refusal;
use super::rels::{Relationship, Rels};
use super::transcode::AsUtf8;
use super::workbook::{SheetPlace, Workbook};
use super::worksheet::{SheetIndex, Wanted, first_numbers, scan};
use super::xml::Tag;
use crate::base::limits::MAX_PART_BYTES;
use crate::base::{CellRef, Error, Result};

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
    /// The sheet it is local to (its position in [`Package::sheets`]), if any.
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

/// A relationship within the package.
#[derive(Debug)]
pub(super) struct Link {
    /// The key of the part that has it.
    pub(super) rels: String,
    pub(super) is_vml: bool,
    /// The key of the part that it leads to, whether that is there or not.
    pub(super) target: String,
}

/// An .xlsx package that can be read and edited.
#[derive(Debug)]
pub struct Package<R> {
    pub(super) reader: R,
    pub(super) directory: Directory,
    /// Entries by the key of their part.
    pub(super) index: BTreeMap<String, usize>,
    pub(super) types: ContentTypes,
    pub(super) workbook: Workbook,
    sheets: Vec<SheetEntry>,
    links: Option<Vec<Link>>,
    highest_block: Option<u32>,
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package. Run [`super::limits::check`] first for a foreign file.
    pub fn open(mut reader: R) -> Result<Self> {
        let directory = Directory::read(&mut reader)?;
        let index = main_part::index(&directory);
        let main = main_part::find(&mut reader, (&directory, &index))?;
        let main = main.filter(|main| main.kind == FileKind::Xlsx).ok_or_else(not_a_workbook)?;
        let mut part = |name: &str| main_part::read(&mut reader, (&directory, &index), name);
        let bytes = part(&main.name)?.ok_or_else(not_a_workbook)?;
        let rels_name = rels_of(&main.name);
        let rels = Rels::read(part(&rels_name)?).map_err(|error| within(&rels_name, error))?;
        let name = main.name.clone();
        let workbook = Workbook::read(main.name, bytes, rels).map_err(|error| within(&name, error))?;
        let types = main.types;
        let sheets = workbook.sheets.iter().map(|sheet| sheet_entry(&workbook, sheet)).collect();
        let (links, highest_block) = (None, None);
        Ok(Self { reader, directory, index, types, workbook, sheets, links, highest_block })
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
        self.types.of(&self.workbook.part).is_some_and(|kind| kind.contains("macroEnabled"))
    }

    /// Whether the package is digitally signed. A write takes the signature out.
    pub fn is_signed(&mut self) -> Result<bool> {
        Ok(self.rels("")?.list().iter().any(is_signature))
    }

    /// The notes of a sheet.
    pub fn notes(&mut self, sheet: &str) -> Result<Vec<Note>> {
        let Some(part) = self.sheet_part(sheet) else { return Err(no_such_sheet(sheet)) };
        super::notes::read(self, &part)
    }

    /// The uncompressed bytes of a part, e.g. `xl/workbook.xml`; `None` when there is no such part.
    pub fn read_part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(entry) = self.find(name).and_then(|at| self.directory.entries.get(at)) else {
            return Ok(None);
        };
        EntryReader::new(&mut self.reader, entry)?.read_all(MAX_PART_BYTES).map(Some)
    }

    /// How many bytes a part claims to have uncompressed.
    pub(crate) fn part_size(&self, name: &str) -> Option<usize> {
        let entry = self.find(name).and_then(|at| self.directory.entries.get(at))?;
        usize::try_from(entry.size).ok()
    }

    /// The uncompressed bytes of a part as a stream, for parts too large to hold.
    pub(crate) fn open_part(&mut self, name: &str) -> Result<Option<EntryReader<'_, R>>> {
        let Some(entry) = self.find(name).and_then(|at| self.directory.entries.get(at)) else {
            return Ok(None);
        };
        EntryReader::new(&mut self.reader, entry).map(Some)
    }

    /// The same for a part that is only read, which may be in UTF-16.
    pub(crate) fn open_text(&mut self, name: &str) -> Result<Option<AsUtf8<EntryReader<'_, R>>>> {
        Ok(self.open_part(name)?.map(AsUtf8::new))
    }

    /// The bytes of such a part.
    pub(crate) fn read_text(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let size = self.part_size(name).and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
        if size > MAX_PART_BYTES {
            return Err(within(name, excessive(format_args!("{size} 字节"))));
        }
        let Some(mut part) = self.open_text(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(reading)?;
        Ok(Some(bytes))
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

    /// What of the edits cannot be made, and why; empty when [`Package::write`] will do it all.
    pub fn check(&mut self, edits: &PackageEdits) -> Result<Vec<Refusal>> {
        Ok(super::plan::plan(self, edits)?.refusals)
    }

    /// Writes the package with the edits made, checks what it wrote, and says what it did. Edits that
    /// [`Package::check`] refuses are an error: nothing is ever half done.
    pub fn write<W: Read + Write + Seek>(&mut self, edits: &PackageEdits, out: &mut W) -> Result<Report> {
        self.write_unless_refused(edits, out)?.map_err(|refusals| {
            let first = refusals.first().map(ToString::to_string).unwrap_or_default();
            Error::input(
                format!("结果无法写入（共 {} 处），首处为：{first}。", refusals.len()),
                "原文件未被改动，也没有写出结果。请按提示调整原工作簿后重新提交。",
            )
        })
    }

    /// Like [`Package::write`], but refusals are an answer; nothing has been written then.
    pub fn write_unless_refused<W: Read + Write + Seek>(
        &mut self,
        edits: &PackageEdits,
        out: &mut W,
    ) -> Result<Result<Report, Vec<Refusal>>> {
        let plan = super::plan::plan(self, edits)?;
        if !plan.refusals.is_empty() {
            return Ok(Err(plan.refusals));
        }
        super::write::write(self, &plan, out).map(Ok)
    }

    /// The first plain numbers of a sheet, and cells outside all its data.
    pub(super) fn numbers(&mut self, sheet: &str, limit: usize) -> Result<(Vec<CellRef>, Vec<CellRef>)> {
        let part = self.sheet_part(sheet).ok_or_else(|| no_such_sheet(sheet))?;
        let entry = self.find(&part).and_then(|at| self.directory.entries.get(at));
        let entry = entry.ok_or_else(|| no_such_sheet(sheet))?;
        first_numbers(EntryReader::new(&mut self.reader, entry)?, limit)
    }

    /// The entry of a part.
    pub(super) fn find(&self, part: &str) -> Option<usize> {
        self.index.get(&part_key(part)).copied()
    }

    /// The relationships of a part.
    pub(super) fn rels(&mut self, part: &str) -> Result<Rels> {
        Rels::read(self.read_part(&rels_of(part))?)
    }

    /// Every relationship within the package.
    pub(super) fn links(&mut self) -> &[Link] {
        if self.links.is_none() {
            let names: Vec<String> =
                self.directory.entries.iter().map(|entry| part_key(&entry.name)).collect();
            let mut links = Vec::new();
            for name in names {
                let Some(source) = source_of(&name) else { continue };
                // Relationships that cannot be read lead nowhere.
                let Ok(rels) = self.rels(&source) else { continue };
                let inside = rels.list().iter().filter(|rel| !rel.external);
                links.extend(inside.map(|rel| Link {
                    rels: name.clone(),
                    is_vml: rel.kind == "vmlDrawing",
                    target: part_key(&resolve(&source, &rel.target)),
                }));
            }
            self.links = Some(links);
        }
        self.links.as_deref().unwrap_or_default()
    }

    /// The highest block of shape ids that a drawing of the package uses.
    pub(super) fn highest_block(&mut self) -> u32 {
        if let Some(highest) = self.highest_block {
            return highest;
        }
        let links = self.links().iter().filter(|link| link.is_vml);
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
        self.find(&entry.part).map(|_| entry.part.clone())
    }

    /// One pass over a worksheet.
    pub(super) fn scan_sheet(&mut self, sheet: &str, wanted: &Wanted) -> Result<SheetIndex> {
        let part = self.sheet_part(sheet).ok_or_else(|| no_such_sheet(sheet))?;
        let entry = self.find(&part).and_then(|at| self.directory.entries.get(at));
        let entry = entry.ok_or_else(|| no_such_sheet(sheet))?;
        scan(EntryReader::new(&mut self.reader, entry)?, wanted)
    }
}

/// Whether a relationship of the package leads to its signatures.
pub(super) fn is_signature(rel: &Relationship) -> bool {
    rel.full_kind.contains("/digital-signature/")
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
}

fn no_such_sheet(sheet: &str) -> Error {
    Error::input(format!("工作簿中没有工作表“{sheet}”"), "请核对工作表名称。")
}
