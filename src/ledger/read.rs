//! Drives rows through reader and tally, over every ledger of a case.

use std::ops::ControlFlow;

use super::line::{Line, LineReader};
use super::tally::Tally;
use super::totals::totals;
use crate::base::Result;
use crate::model::{LedgerLocator, LedgerTotals};
use crate::sheet::RowSource;

/// Streams the lines of one ledger.
pub fn stream(
    locator: &LedgerLocator,
    source: &mut dyn RowSource,
    take: &mut dyn FnMut(&Line<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let mut reader = LineReader::new(locator);
    source.rows(&locator.sheet, locator.first_row, &mut |row| Ok(take(&reader.read(row))))
}

/// Reads and adds up all ledgers. `sources` are the files of the case, as [`LedgerLocator::source`] numbers them.
/// `year` is the one that is evaluated; without it, the ledgers' own.
pub fn read(
    locators: &[LedgerLocator],
    sources: &mut [&mut dyn RowSource],
    year: Option<i16>,
) -> Result<LedgerTotals> {
    let year = year.or_else(|| locators.iter().find_map(|locator| locator.year));
    let mut tally = Tally::new(year);
    for (number, locator) in locators.iter().enumerate() {
        let Some(source) = sources.get_mut(locator.source) else { continue };
        tally.begin(number, locator);
        stream(locator, *source, &mut |line| {
            tally.take(line);
            ControlFlow::Continue(())
        })?;
    }
    Ok(totals(tally, locators))
}
