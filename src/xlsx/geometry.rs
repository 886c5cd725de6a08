//! How wide columns and how high rows are: whether a text that is put into a cell can be seen.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::package::XlsxPackage;
use crate::base::{CellRef, Number, Result};
use crate::package::xml::{Scanner, Tag, TokenKind};

/// Rows whose height is kept at most.
const MAX_ROWS: usize = 20_000;

/// Widths and heights of a sheet, as far as the sheet states them.
#[derive(Debug, Clone, Default)]
pub struct Geometry {
    /// First and last column (zero-based) with the width in characters.
    columns: Vec<(u32, u32, Number)>,
    /// Height in points by zero-based row.
    rows: BTreeMap<u32, Number>,
}

impl Geometry {
    /// Width in characters and height in points of a cell; `None` where the sheet leaves one of them to the program,
    /// which then makes the row as high as its text needs.
    pub fn cell(&self, at: CellRef) -> Option<(Number, Number)> {
        let width = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&at.col()))?.2;
        Some((width, *self.rows.get(&at.row())?))
    }
}

impl<R: Read + Seek> XlsxPackage<R> {
    /// The geometry of a sheet; empty for a sheet too large to be read whole.
    pub fn geometry(&mut self, sheet: &str) -> Result<Geometry> {
        let Some(part) = self.sheet_part(sheet) else { return Ok(Geometry::default()) };
        // A sheet beyond the limit of a part is a ledger, and nothing is fitted into it.
        let Ok(Some(bytes)) = self.read_part(&part) else { return Ok(Geometry::default()) };
        let mut geometry = Geometry::default();
        let mut scanner = Scanner::new(bytes.as_slice());
        let mut next_row = 0_u32;
        while let Some(token) = scanner.next()? {
            if !matches!(token.kind, TokenKind::Open | TokenKind::Empty) {
                continue;
            }
            let tag = Tag(token.bytes);
            match tag.local() {
                b"col" => geometry.columns.extend(column(tag)),
                b"row" => {
                    let row = tag.number("r").map_or(next_row, |r| r.saturating_sub(1));
                    next_row = row.saturating_add(1);
                    let height = tag.get("ht").and_then(|points| points.parse().ok());
                    if let Some(height) = height.filter(|_| geometry.rows.len() < MAX_ROWS) {
                        geometry.rows.insert(row, height);
                    }
                }
                _ => {}
            }
        }
        Ok(geometry)
    }
}

fn column(tag: Tag) -> Option<(u32, u32, Number)> {
    let width = tag.get("width")?.parse().ok()?;
    Some((tag.number("min")?.checked_sub(1)?, tag.number("max")?.checked_sub(1)?, width))
}
