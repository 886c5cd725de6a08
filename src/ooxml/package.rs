//! A workbook package: what is in it, read without changing anything.

use std::io::{Read, Seek, Write};

use super::edits::PackageEdits;
use super::refusal::Refusal;
use crate::base::{CellRef, Error, RangeRef, Result};

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
    /// A chart, dialog or macro sheet.
    Other,
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

/// An .xlsx package that can be read and edited.
#[derive(Debug)]
pub struct Package<R> {
    reader: R,
    sheets: Vec<SheetEntry>,
    names: Vec<DefinedName>,
    locked_structure: bool,
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package. Run [`super::limits::check`] first for a foreign file.
    pub fn open(reader: R) -> Result<Self> {
        Ok(Self { reader, sheets: Vec::new(), names: Vec::new(), locked_structure: false })
    }

    /// The sheets in the order of their tabs.
    pub fn sheets(&self) -> &[SheetEntry] {
        &self.sheets
    }

    /// The defined names in the order of the file, built-in ones (`_xlnm.…`) too.
    pub fn defined_names(&self) -> &[DefinedName] {
        &self.names
    }

    /// Whether sheets can neither be added nor removed.
    pub fn locked_structure(&self) -> bool {
        self.locked_structure
    }

    /// Whether the sheet is protected.
    pub fn protected(&mut self, sheet: &str) -> Result<bool> {
        let _ = (sheet, &mut self.reader);
        Err(Error::internal("not yet"))
    }

    /// The merged ranges of a sheet.
    pub fn merges(&mut self, sheet: &str) -> Result<Vec<RangeRef>> {
        let _ = sheet;
        Err(Error::internal("not yet"))
    }

    /// The notes of a sheet.
    pub fn notes(&mut self, sheet: &str) -> Result<Vec<Note>> {
        let _ = sheet;
        Err(Error::internal("not yet"))
    }

    /// The uncompressed bytes of a part, e.g. `xl/workbook.xml`; `None` when there is no such part.
    pub fn read_part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let _ = name;
        Err(Error::internal("not yet"))
    }

    /// What of the edits cannot be made, and why; empty when [`Package::write`] will do it all.
    pub fn check(&mut self, edits: &PackageEdits) -> Result<Vec<Refusal>> {
        let _ = edits;
        Err(Error::internal("not yet"))
    }

    /// Writes the package with the edits made, checks what it wrote, and says what it did. Edits that
    /// [`Package::check`] refuses are an error: nothing is ever half done.
    pub fn write<W: Read + Write + Seek>(&mut self, edits: &PackageEdits, out: &mut W) -> Result<Report> {
        let _ = (edits, out);
        Err(Error::internal("not yet"))
    }
}
