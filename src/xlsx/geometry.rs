//! How wide columns and how high rows are: whether a text that is put into a cell can be seen.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::package::XlsxPackage;
use crate::base::{CellRef, Number, RangeRef, Result};
use crate::package::xml::{Scanner, Tag, TokenKind};

/// Rows whose height is kept at most.
const MAX_ROWS: usize = 20_000;
/// Merged ranges that are kept at most.
const MAX_MERGES: usize = 20_000;
/// Rows over which a merged range is measured at most.
const MAX_HIGH: usize = 1_000;
/// Width and height of what the sheet says nothing of: characters and points.
const DEFAULT_WIDTH: u32 = 9;
const DEFAULT_HEIGHT: u32 = 15;

/// Widths and heights of a sheet, as far as the sheet states them.
#[derive(Debug, Clone, Default)]
pub struct Geometry {
    /// First and last column (zero-based) with the width in characters.
    columns: Vec<(u32, u32, Number)>,
    /// Height in points by zero-based row.
    rows: BTreeMap<u32, Number>,
    /// The height of rows that state none, where no program may change it.
    fixed: Option<Number>,
    merges: Vec<RangeRef>,
}

/// The room of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Its width in characters.
    pub width: Number,
    /// Its height in points.
    pub height: Number,
    /// How much of the height is that of the rows below its first.
    pub below: Number,
}

impl Geometry {
    /// The room of a cell, that of its merged range where it is the first of one; `None` where the program makes the row
    /// as high as its text needs. No program does so for a merged range.
    pub fn room(&self, at: CellRef) -> Option<Room> {
        let merge = self.merges.iter().find(|range| range.first == at);
        let last = merge.map_or(at, |range| range.last);
        let own = self.rows.get(&at.row()).copied().or(self.fixed);
        let own = own.or_else(|| merge.map(|_| Number::from(DEFAULT_HEIGHT)))?;
        let height = |row: u32| self.rows.get(&row).copied().or(self.fixed);
        let below = (at.row().saturating_add(1)..=last.row()).take(MAX_HIGH);
        let below = below.map(|row| height(row).unwrap_or(Number::from(DEFAULT_HEIGHT)));
        let below = below.fold(Number::ZERO, |sum, more| sum.plus(more).unwrap_or(sum));
        let widths = (at.col()..=last.col()).map(|column| self.width(column));
        let width = widths.fold(Number::ZERO, |sum, more| sum.plus(more).unwrap_or(sum));
        Some(Room { width, height: own.plus(below)?, below })
    }

    fn width(&self, column: u32) -> Number {
        let stated = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        stated.map_or(Number::from(DEFAULT_WIDTH), |(_, _, width)| *width)
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
                b"sheetFormatPr" if tag.flag("customHeight") == Some(true) => {
                    geometry.fixed = tag.get("defaultRowHeight").and_then(|points| points.parse().ok());
                }
                b"mergeCell" if geometry.merges.len() < MAX_MERGES => {
                    geometry.merges.extend(tag.get("ref").and_then(|range| range.parse::<RangeRef>().ok()));
                }
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
