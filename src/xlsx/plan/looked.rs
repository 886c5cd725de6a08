//! A sheet that has been looked at for edits: where things are in it, and what of it cannot be edited.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::regions::Regions;
use crate::base::{CellRef, Result};
use crate::xlsx::package::{SheetKind, XlsxPackage, is_protected};
use crate::xlsx::refusal::RefusalReason;
use crate::xlsx::styles::Styles;
use crate::xlsx::worksheet::{SheetIndex, Wanted, check_cell, effective_style};

/// A sheet, as far as the cells wanted of it need.
#[derive(Debug)]
pub(crate) struct Looked {
    /// The part that holds it.
    pub(crate) part: String,
    pub(crate) index: SheetIndex,
    /// What was wanted, by the anchors of merged ranges.
    pub(super) wanted: Wanted,
    regions: Regions,
}

impl Looked {
    /// Looks at the sheet; the reason where none of it can be edited.
    pub(crate) fn at<R: Read + Seek>(
        package: &mut XlsxPackage<R>,
        sheet: &str,
        mut wanted: Wanted,
    ) -> Result<std::result::Result<Self, RefusalReason>> {
        let part = match part(package, sheet) {
            Ok(part) => part,
            Err(reason) => return Ok(Err(reason)),
        };
        let mut index = package.scan_sheet(sheet, &wanted)?;
        if index.repeated_rows {
            // Programs repair such a sheet each in its own way, and what was written may go.
            return Ok(Err(RefusalReason::Ambiguous));
        }
        if !index.merged.is_empty() {
            // Write to the anchors: look again at what stands there.
            let merged = index.merged.clone();
            let mut cells = BTreeMap::new();
            for (cell, content) in wanted.cells {
                *cells.entry(merged.get(&cell).copied().unwrap_or(cell)).or_default() |= content;
            }
            wanted.cells = cells;
            index = package.scan_sheet(sheet, &wanted)?;
            index.merged = merged;
        }
        let regions = Regions::read(package, &part)?;
        Ok(Ok(Self { part, index, wanted, regions }))
    }

    /// The cell in whose place the editor writes.
    pub(crate) fn anchor(&self, cell: CellRef) -> CellRef {
        self.index.merged.get(&cell).copied().unwrap_or(cell)
    }

    /// Whether the sheet's protection takes in the cell.
    pub(super) fn is_locked(&self, styles: Option<&Styles>, cell: CellRef) -> bool {
        let locked = |style| styles.is_none_or(|styles| styles.is_locked(style));
        is_protected(&self.index) && locked(effective_style(&self.index, cell))
    }

    /// Why the cell, an anchor, cannot be edited, or with `content` its content cannot change.
    pub(crate) fn why_not(
        &self,
        styles: Option<&Styles>,
        cell: CellRef,
        content: bool,
    ) -> Option<RefusalReason> {
        if self.is_locked(styles, cell) {
            return Some(RefusalReason::ProtectedSheet);
        }
        let of_content = || self.regions.why_not(cell).filter(|_| content);
        check_cell(&self.index, cell, content).or_else(of_content)
    }
}

/// The part of a sheet that has cells.
fn part<R: Read + Seek>(package: &XlsxPackage<R>, sheet: &str) -> std::result::Result<String, RefusalReason> {
    let entry = package.sheets().iter().find(|s| s.name == sheet).ok_or(RefusalReason::NoSuchSheet)?;
    if entry.kind != SheetKind::Worksheet {
        return Err(RefusalReason::NotAWorksheet);
    }
    let part = package.sheet_part(sheet);
    part.ok_or_else(|| RefusalReason::Unreadable("文件中没有这张表的内容".to_owned()))
}
