//! An opened `.xlsx` workbook: its sheets, each read whole. One sheet that is odd is told of and spoils no other.
//!
//! Run `xlsx::file_kind::check` on a file before it comes here.

use std::collections::BTreeSet;
use std::io::{Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::general::{self, Behind};
use super::general_rows;
use super::glance::{self, Glances};
use super::grid::Sheet;
use super::plain::{Context, Valued};
use super::value::{Cell, NumberFormat};
use crate::base::{CellRef, Error, Result};
use crate::xlsx::{SheetEntry, SheetKind, SheetState, XlsxPackage};

/// A sheet's name and whether a person sees its tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// The name.
    pub name: String,
    /// Not hidden.
    pub visible: bool,
}

/// A sheet that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddSheet {
    /// Which.
    pub sheet: SheetInfo,
    /// Why, for a clerk.
    pub why: String,
    /// Whether there may have been cells in it.
    pub had_cells: bool,
    /// Whether it is a chart on a sheet of its own, which everybody knows to have no cells.
    pub is_chart: bool,
    /// The name of its part.
    pub(super) part: String,
}

/// Cells of a form's sheet that are read at most; a larger sheet is cut there and marked `truncated`.
const MAX_FORM_CELLS: usize = 400_000;

/// What the sheets of a workbook share (strings, styles), read once for all readers of the file.
#[derive(Debug, Clone)]
pub struct Shared(pub(super) Arc<Context>);

/// An opened `.xlsx` workbook.
pub struct Workbook<R> {
    pub(super) package: XlsxPackage<R>,
    pub(super) shared: Shared,
    sheets: Vec<SheetInfo>,
    odd: Vec<OddSheet>,
    glances: Glances,
}

impl<R: Read + Seek> Workbook<R> {
    /// Opens a workbook whose limits have been checked.
    pub fn open(reader: R) -> Result<Self> {
        Self::sharing(reader, None)
    }

    /// The same; what another reader of the file has read already is not read again.
    pub fn sharing(reader: R, shared: Option<Shared>) -> Result<Self> {
        let mut package = XlsxPackage::open(reader)?;
        let shared = match shared {
            Some(shared) => shared,
            None => Shared(Arc::new(Context::read(&mut package)?)),
        };
        let glances = glance::all(&mut package);
        let (mut sheets, mut odd) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for entry in package.sheets() {
            let visible = entry.state == SheetState::Visible;
            let sheet = SheetInfo { name: entry.name.clone(), visible };
            match why_not(&package, entry, seen.insert(entry.name.to_lowercase())) {
                None => sheets.push(sheet),
                Some((why, had_cells)) => {
                    let is_chart = entry.kind == SheetKind::Chart;
                    let (why, part) = (why.to_owned(), entry.part.clone());
                    odd.push(OddSheet { sheet, why, had_cells, is_chart, part });
                }
            }
        }
        Ok(Self { package, shared, sheets, odd, glances })
    }

    /// The worksheets in the order of their tabs.
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// Sheets that are no worksheets, or of which nothing can be read.
    pub fn odd(&self) -> &[OddSheet] {
        &self.odd
    }

    /// What its sheets share.
    pub fn shared(&self) -> Shared {
        self.shared.clone()
    }

    /// Whether the workbook asks whoever opens it to compute its formulas.
    pub fn recalculates(&self) -> bool {
        self.shared.0.recalculates
    }

    /// Reads one sheet; of a long one only the first `max_rows` rows (the rest is marked `truncated`).
    pub fn read(&mut self, info: &SheetInfo, max_rows: Option<u32>) -> Result<Sheet> {
        self.read_part(info, max_rows, Tail::Wanted)
    }

    fn read_part(&mut self, info: &SheetInfo, max_rows: Option<u32>, tail: Tail) -> Result<Sheet> {
        let mut sheet = match self.glances.read(info, &self.shared.0, max_rows) {
            Some(sheet) => sheet,
            None => self.read_slowly(info, max_rows, tail)?,
        };
        if let Some(part) = self.part_name(&info.name) {
            sheet.total_rows = self.package.table_totals(&part);
        }
        clip_merges(&mut sheet);
        Ok(sheet)
    }

    /// The first rows of a sheet that is not to be read any further; of a long one nothing that stands behind its rows.
    /// `None` where it cannot be read.
    pub fn head(&mut self, info: &SheetInfo, rows: u32) -> Option<Sheet> {
        if let Some(sheet) = self.glances.read(info, &self.shared.0, Some(rows)) {
            return Some(sheet);
        }
        self.read_slowly(info, Some(rows), self.tail_of(info)).ok()
    }

    /// What stands behind the rows of a short sheet costs nothing to speak of.
    fn tail_of(&self, info: &SheetInfo) -> Tail {
        let size = self.part_name(&info.name).and_then(|name| self.package.parts().part_size(&name));
        if size.is_none_or(|size| size <= glance::MAX_BYTES) { Tail::Wanted } else { Tail::Left }
    }

    /// The same; where the sheet itself is at fault, and not the file, that is an answer.
    pub fn read_or_why(
        &mut self,
        info: &SheetInfo,
        max_rows: Option<u32>,
    ) -> Result<Result<Sheet, OddSheet>> {
        let read = self.read(info, max_rows);
        self.or_why(info, read)
    }

    /// The same, without stepping over the rows that are left out: then `tail_unread` is set.
    pub fn head_or_why(&mut self, info: &SheetInfo, max_rows: u32) -> Result<Result<Sheet, OddSheet>> {
        let read = self.read_part(info, Some(max_rows), self.tail_of(info));
        self.or_why(info, read)
    }

    fn or_why(&mut self, info: &SheetInfo, read: Result<Sheet>) -> Result<Result<Sheet, OddSheet>> {
        let error = match read {
            Ok(sheet) => return Ok(Ok(sheet)),
            Err(error) => error,
        };
        // A file that is cut off or cannot be read at all is no odd sheet.
        if let Some(mut part) = self.part(info)? {
            std::io::copy(&mut part, &mut std::io::sink()).map_err(crate::package::reading)?;
        }
        let (sheet, why) = (info.clone(), error.to_string());
        let part = self.part_name(&info.name).unwrap_or_default();
        Ok(Err(OddSheet { sheet, why, had_cells: true, is_chart: false, part }))
    }

    fn read_slowly(&mut self, info: &SheetInfo, max_rows: Option<u32>, tail: Tail) -> Result<Sheet> {
        let mut sheet = Sheet::new(info.name.clone(), info.visible);
        let mut count = 0_usize;
        let behind = self.general(&info.name, tail == Tail::Wanted, &mut |row| {
            count = count.saturating_add(1);
            if max_rows.is_some_and(|max| row.number >= max) || count > MAX_FORM_CELLS {
                sheet.truncated = true;
                return Ok(ControlFlow::Break(()));
            }
            for cell in row.cells.values() {
                count = count.saturating_add(1);
                put(&mut sheet, row.number, cell);
            }
            for (col, format, formula) in row.formulas {
                put_formula(&mut sheet, (row.number, *col), *format, formula.clone());
            }
            Ok(ControlFlow::Continue(()))
        })?;
        sheet.merges = behind.merges;
        sheet.margins = behind.margins;
        sheet.tail_unread = sheet.truncated && tail == Tail::Left;
        Ok(sheet)
    }

    /// The rows of a sheet of any form.
    pub(super) fn general(
        &mut self,
        sheet: &str,
        wants_rest: bool,
        take: &mut general_rows::Take<'_>,
    ) -> Result<general::Behind> {
        if !self.sheets.iter().any(|info| info.name == sheet) {
            return Err(no_such_sheet(sheet));
        }
        let name = self.part_name(sheet).ok_or_else(|| no_such_sheet(sheet))?;
        let part = self.package.parts_mut().open_text(&name)?.ok_or_else(|| no_such_sheet(sheet))?;
        general::read(part, &self.shared.0, wants_rest, take)
    }

    /// The name of a sheet's part.
    pub(super) fn part_name(&self, sheet: &str) -> Option<String> {
        self.package.sheets().iter().find(|entry| entry.name == sheet).map(|entry| entry.part.clone())
    }

    fn part(&mut self, info: &SheetInfo) -> Result<Option<impl Read + '_>> {
        match self.part_name(&info.name) {
            Some(name) => self.package.parts_mut().open_part(&name),
            None => Ok(None),
        }
    }
}

/// Whether what stands behind the rows of a sheet is read where not all rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    Wanted,
    Left,
}

/// Gives a sheet of which only the head was read what stands behind its rows.
pub fn complete(sheet: &mut Sheet, behind: Behind) {
    sheet.merges = behind.merges;
    sheet.margins = behind.margins;
    sheet.tail_unread = false;
    clip_merges(sheet);
}

fn no_such_sheet(sheet: &str) -> Error {
    Error::input(format!("工作簿中没有工作表“{sheet}”"), "请核对工作表名称。")
}

/// Why a sheet of the workbook cannot be read, and whether it may have cells.
fn why_not<R: Read + Seek>(
    package: &XlsxPackage<R>,
    entry: &SheetEntry,
    first: bool,
) -> Option<(&'static str, bool)> {
    match entry.kind {
        _ if !first => Some(("与前面的工作表重名", true)),
        SheetKind::Worksheet | SheetKind::Missing if package.parts().part_size(&entry.part).is_none() => {
            Some(("在文件中没有内容", true))
        }
        SheetKind::Worksheet => None,
        SheetKind::Chart => Some(("是图表页", false)),
        SheetKind::Dialog => Some(("是对话框表", false)),
        SheetKind::Macro => Some(("是宏表", false)),
        SheetKind::Missing | SheetKind::Unknown => Some(("不是工作表", false)),
    }
}

/// Puts a cell into the sheet.
pub(super) fn put(sheet: &mut Sheet, row: u32, cell: Valued) {
    let Some(at) = CellRef::new(row, cell.col) else { return };
    sheet.unread.extend(cell.unread.map(|why| (at, why)));
    sheet.put(at, Cell { value: cell.value, format: cell.format, formula: None });
}

/// Gives a cell its formula.
pub(super) fn put_formula(sheet: &mut Sheet, (row, col): (u32, u32), format: NumberFormat, formula: String) {
    if let Some(at) = CellRef::new(row, col) {
        sheet.put_formula(at, format, formula);
    }
}

/// Merges of whole columns or rows end where the sheet's content does: nobody may go through their cells one by one.
fn clip_merges(sheet: &mut Sheet) {
    const ENDLESS: u32 = 4_096;
    let (rows, cols) = (sheet.last_row().unwrap_or(0), sheet.last_col().unwrap_or(0));
    for merge in &mut sheet.merges {
        let (first, last) = (merge.first, merge.last);
        let reach = |first: u32, last: u32, used: u32| {
            if last.saturating_sub(first) < ENDLESS { last } else { last.min(used.max(first)) }
        };
        let end = CellRef::new(reach(first.row(), last.row(), rows), reach(first.col(), last.col(), cols));
        merge.last = end.unwrap_or(last);
    }
}
