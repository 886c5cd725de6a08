//! Where pages of a sheet end that holds several tables: one that does not fit goes on below titles of its own.

use super::heights::{self, PrintedPage};
use super::sheet::AddedSheet;

/// Points of what closes a table: its sum, or where more stands.
const CLOSING: u32 = 20;

/// Where the page begins that is being filled.
#[derive(Default)]
pub(super) struct Pages {
    begun: u32,
    /// How many of the first rows are printed again on each page.
    again: u32,
}

impl Pages {
    /// The pages of a sheet whose first rows, so many of them, are printed again on each.
    pub(super) fn with_head(rows: u32) -> Self {
        Self { begun: 0, again: rows }
    }

    /// A page begins at this row, whatever fits.
    pub(super) fn begin(&mut self, sheet: &mut AddedSheet, row: u32) {
        self.begun = row;
        sheet.new_pages.push(row);
    }

    /// Begins a page at `head` where the rows from there to `row` do not fit on the one before it any more.
    pub(super) fn keep(&mut self, sheet: &mut AddedSheet, head: u32, row: u32) {
        if head > self.begun && self.is_over(sheet, row) {
            self.begin(sheet, head);
        }
    }

    /// Whether a row of a table, which begins at `head` and has its titles above its row `first`, is one too many for the page.
    /// The first of a table takes its heading with it to the next page; any other is cleared, and stands there below titles.
    pub(super) fn ends(&mut self, sheet: &mut AddedSheet, (head, first): (u32, u32), row: u32) -> bool {
        if !self.is_over(sheet, row) {
            return false;
        }
        let is_first = row == first;
        let next = if is_first { head } else { row };
        if next <= self.begun {
            return false;
        }
        self.begin(sheet, next);
        if !is_first {
            sheet.cells.retain(|at, _| at.row() != row);
            sheet.merges.retain(|merged| merged.first.row() != row);
        }
        !is_first
    }

    /// Whether the page that is being filled has no room for this row.
    pub(super) fn is_over(&self, sheet: &AddedSheet, row: u32) -> bool {
        let Some(page) = PrintedPage::of(sheet) else { return false };
        let again = if self.begun == 0 { 0 } else { self.again };
        let rows = (0..again).chain(self.begun..=row).map(|row| heights::of_row(sheet, row));
        !page.takes(rows.fold(CLOSING, u32::saturating_add))
    }
}
