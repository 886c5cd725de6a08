//! Where pages of 评分结果单 end: a table goes on below titles of its own.

use super::HEAD_END;
use crate::present::heights::{self, PrintedPage};
use crate::present::sheet::AddedSheet;

/// Points of what closes a table: its sum, or where more stands.
const CLOSING: u32 = 20;

/// Where the page begins that is being filled: a table that does not fit goes on below its titles on the next.
#[derive(Default)]
pub(super) struct Pages {
    begun: u32,
}

impl Pages {
    /// Whether a row of a table, which begins at `head`, is one too many for the page. The first of a table takes its heading
    /// with it to the next page; any other is cleared, and stands there below titles.
    pub(super) fn ends(&mut self, sheet: &mut AddedSheet, head: u32, row: u32) -> bool {
        let Some(page) = PrintedPage::of(sheet) else { return false };
        let again = if self.begun == 0 { 0..0 } else { 0..HEAD_END.saturating_add(1) };
        let rows = again.chain(self.begun..=row).map(|row| heights::of_row(sheet, row));
        if page.takes(rows.fold(CLOSING, u32::saturating_add)) {
            return false;
        }
        let is_first = row == head.saturating_add(2);
        let next = if is_first { head } else { row };
        if next <= self.begun {
            return false;
        }
        self.begun = next;
        sheet.new_pages.push(next);
        if !is_first {
            sheet.cells.retain(|at, _| at.row() != row);
            sheet.merges.retain(|merged| merged.first.row() != row);
        }
        !is_first
    }
}
