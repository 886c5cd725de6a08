//! Tables and pivot tables of a sheet: cells that cannot be edited one by one.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use crate::base::{CellRef, RangeRef, Result};
use crate::package::parts::resolve;
use crate::package::xml::Doc;
use crate::xlsx::package::XlsxPackage;
use crate::xlsx::refusal::RefusalReason;

/// Tables of a sheet whose totals are known; a sheet with more is no ledger.
const MOST_TABLES: usize = 100;

/// A table (Excel's 表格).
#[derive(Debug)]
struct Table {
    range: RangeRef,
    header_rows: u32,
    total_rows: u32,
    /// Columns that calculate themselves, counted from the table's first.
    calculated: Vec<u32>,
}

/// The regions of a sheet.
#[derive(Debug, Default)]
pub(super) struct Regions {
    tables: Vec<Table>,
    pivots: Vec<RangeRef>,
}

impl Regions {
    /// Reads the parts that the sheet points to.
    pub(super) fn read<R: Read + Seek>(package: &mut XlsxPackage<R>, sheet_part: &str) -> Result<Self> {
        let rels = package.parts.rels(sheet_part)?;
        let mut regions = Self::default();
        for rel in rels.list().iter().filter(|r| !r.external) {
            if !matches!(rel.kind.as_str(), "table" | "pivotTable") {
                continue;
            }
            let Some(bytes) = package.read_part(&resolve(sheet_part, &rel.target))? else { continue };
            let doc = Doc::parse(bytes)?;
            if rel.kind == "table" {
                regions.tables.extend(table(&doc));
            } else {
                let location = doc.child(doc.root(), "location").and_then(|l| doc.tag(l).get("ref"));
                regions.pivots.extend(location.and_then(|r| r.parse::<RangeRef>().ok()));
            }
        }
        Ok(regions)
    }

    /// The rows in which tables show their totals, as `totalsRowCount` says.
    pub(super) fn totals(&self) -> BTreeSet<u32> {
        let rows = |table: &Table| {
            let last = table.range.last.row();
            let height = last.saturating_sub(table.range.first.row());
            // A table has one such row; what says more says nothing.
            let first = if table.total_rows == 1 && height > 0 { last } else { last.saturating_add(1) };
            first..=last
        };
        self.tables.iter().filter(|table| table.total_rows > 0).take(MOST_TABLES).flat_map(rows).collect()
    }

    /// Why the content of a cell cannot change.
    pub(super) fn why_not(&self, cell: CellRef) -> Option<RefusalReason> {
        if self.pivots.iter().any(|p| p.contains(cell)) {
            return Some(RefusalReason::PivotTable);
        }
        let table = self.tables.iter().find(|t| t.range.contains(cell))?;
        let from_top = cell.row().saturating_sub(table.range.first.row());
        let from_bottom = table.range.last.row().saturating_sub(cell.row());
        let column = cell.col().saturating_sub(table.range.first.col());
        if from_top < table.header_rows {
            Some(RefusalReason::TableHeader)
        } else if from_bottom < table.total_rows {
            Some(RefusalReason::TableTotal)
        } else if table.calculated.contains(&column) {
            Some(RefusalReason::CalculatedColumn)
        } else {
            None
        }
    }
}

fn table(doc: &Doc) -> Option<Table> {
    let root = doc.root();
    let tag = doc.tag(root);
    let range = tag.get("ref")?.parse().ok()?;
    let columns = doc.child(root, "tableColumns").into_iter().flat_map(|c| doc.all(c, "tableColumn"));
    let calculated = (0_u32..)
        .zip(columns)
        .filter(|(_, column)| doc.child(*column, "calculatedColumnFormula").is_some())
        .map(|(at, _)| at)
        .collect();
    Some(Table {
        range,
        header_rows: tag.number("headerRowCount").unwrap_or(1),
        total_rows: tag.number("totalsRowCount").unwrap_or(0),
        calculated,
    })
}
