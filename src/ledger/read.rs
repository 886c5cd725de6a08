//! Drives rows through reader and tally, over every ledger of a case.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

use super::line::{Kind, LedgerLine, LineReader};
use super::project::{Own, ProjectsSeen};
use super::scope::exclusion;
use super::tally::Tally;
use super::totals::totals;
use crate::base::Result;
use crate::model::{AccountRole, Case, LedgerLocator, LedgerTotals};
use crate::sheet::RowSource;

/// Streams the lines of one ledger.
pub fn stream(
    locator: &LedgerLocator,
    source: &mut dyn RowSource,
    take: &mut dyn FnMut(&LedgerLine<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let mut reader = LineReader::new(locator);
    source.rows(&locator.sheet, locator.first_row, &mut |row| {
        let below = locator.last_row.is_some_and(|last| row.number() > last);
        Ok(if below { ControlFlow::Break(()) } else { take(&reader.read(row)) })
    })
}

/// Reads and adds up the ledgers of a case.
pub fn of_case(case: &Case, sources: &mut [&mut dyn RowSource]) -> Result<LedgerTotals> {
    read(&case.ledgers, sources, case.project.year, case.project.name.as_deref())
}

/// Reads and adds up all ledgers. `sources` are the files of the case, as [`LedgerLocator::source`] numbers them.
/// `year` is the one that is evaluated; without it, the ledgers' own. `project` is the evaluated one's name, for
/// ledgers that hold several.
pub fn read(
    locators: &[LedgerLocator],
    sources: &mut [&mut dyn RowSource],
    year: Option<i16>,
    project: Option<&str>,
) -> Result<LedgerTotals> {
    // Most ledgers are of one project: they are added up while it is seen whose entries there are.
    let mut seen = ProjectsSeen::new(project);
    let all = add_up(locators, sources, year, (Own::All, &mut seen))?;
    let tally = match seen.own() {
        Own::All => all,
        other => {
            drop(all);
            add_up(locators, sources, year, (other, &mut ProjectsSeen::new(None)))?
        }
    };
    Ok(totals(tally, locators))
}

/// Adds up all ledgers of those whose entries count, and hears whose there are.
fn add_up(
    locators: &[LedgerLocator],
    sources: &mut [&mut dyn RowSource],
    year: Option<i16>,
    (own, seen): (Own, &mut ProjectsSeen<'_>),
) -> Result<Tally> {
    let years: BTreeSet<i16> = locators.iter().filter_map(|locator| locator.year).collect();
    let unclear_year = year.is_none() && years.len() > 1;
    let year = evaluated_year(locators, year);
    let (projects, unclear) = match own {
        Own::All => (None, None),
        Own::These(projects) => (Some(projects), None),
        Own::Unclear(reason) => (None, Some(reason)),
    };
    let mut tally = Tally::new(year, projects, locators.len() > 1);
    if unclear_year {
        let at = locators.first().map(|locator| locator.at.clone());
        tally.refuse(at, "各账页的年度不同，又没有填报表说明评价哪一年");
    }
    if let Some(reason) = unclear {
        tally.refuse(locators.first().map(|locator| locator.at.clone()), &reason);
    }
    for (number, locator) in locators.iter().enumerate() {
        let Some(source) = sources.get_mut(locator.source) else { continue };
        tally.begin(number, locator);
        seen.begin(locator);
        stream(locator, *source, &mut |line| {
            seen.take(line);
            tally.take(line);
            ControlFlow::Continue(())
        })?;
    }
    Ok(tally)
}

fn evaluated_year(locators: &[LedgerLocator], year: Option<i16>) -> Option<i16> {
    year.or_else(|| locators.iter().find_map(|locator| locator.year))
}

/// Streams once more the entries that were added to the spending (deposits apart), with their ledger's number.
pub fn counted(
    locators: &[LedgerLocator],
    sources: &mut [&mut dyn RowSource],
    year: Option<i16>,
    totals: &LedgerTotals,
    take: &mut dyn FnMut(usize, &LedgerLine<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let year = evaluated_year(locators, year);
    let spending: HashSet<(&str, &str)> = totals
        .by_account
        .iter()
        .filter(|account| account.role == AccountRole::Spending)
        .map(|account| (account.code.as_str(), account.name.as_str()))
        .collect();
    for (number, locator) in locators.iter().enumerate() {
        let Some(source) = sources.get_mut(locator.source) else { continue };
        stream(locator, *source, &mut |line| {
            let counts = matches!(line.kind, Kind::Entry | Kind::Reversal)
                && exclusion(line, locator, year, totals.projects.as_ref()).is_none()
                && spending.contains(&(line.code, line.name));
            if counts { take(number, line) } else { ControlFlow::Continue(()) }
        })?;
    }
    Ok(())
}
