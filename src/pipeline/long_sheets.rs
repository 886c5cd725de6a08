//! Long sheets are recognised by their heads, and each is read to its end once.
//!
//! Merged ranges stand in a file behind all rows. So a long sheet is recognised without them at first; the ledgers found
//! so are added up, which reads the sheets to their ends, and then everything is recognised again with the merged ranges.
//! What was added up holds if the ledgers are still the same ones: for the price of a second look at the heads nothing is
//! read twice. Where a sheet is not plain to its end it is read again whole, and all is as if it had been read so at first.

use std::ops::ControlFlow;

use super::files::{self, Placed};
use super::opened::Opened;
use super::with_rows;
use crate::base::{Result, SheetId};
use crate::ledger;
use crate::mapping::Mappings;
use crate::model::{Case, Finding, LedgerTotals};
use crate::sheet::{self, RowSource, secrecy};

/// What ledgers add up to, and the case of which they were taken to be.
type Read = (Case, LedgerTotals);

/// The cases of the files; with the totals of their ledgers where those were read on the way.
pub(super) fn cases(files: &mut [Opened<'_>], mappings: &Mappings) -> Result<Vec<Placed>> {
    if !files.iter().any(is_open) {
        return files::recognise(files, mappings);
    }
    let before = said(files);
    let mut cases = files::recognise(files, mappings);
    let read = add_up(files, cases.as_deref().unwrap_or_default());
    let after = said(files);
    say(files, before);
    read_to_end(files)?;
    if files.iter().any(|file| file.learned) {
        cases = files::recognise(files, mappings);
    } else {
        say(files, after);
    }
    let mut cases = cases?;
    let mut read = read.into_iter();
    for placed in &mut cases {
        let same = read.by_ref().find(|(case, _)| same_ledgers(case, &placed.case));
        placed.totals = same.map(|(_, totals)| totals);
    }
    Ok(cases)
}

/// Reads the long sheets to their ends, so that they can be recognised.
pub(super) fn read_to_end(files: &mut [Opened<'_>]) -> Result<()> {
    for file in files.iter_mut().filter(|file| is_open(file)) {
        let open = file.sheets.iter().filter(|sheet| sheet.tail_unread);
        let open: Vec<SheetId> = open.map(|sheet| sheet.id.clone()).collect();
        for sheet in &open {
            if !file.tails.contains_key(&sheet.name) {
                // What cannot be read so is read whole, and said then.
                let _ = file.rows().rows(sheet, u32::MAX, &mut |_| Ok(ControlFlow::Continue(())));
            }
        }
        let tails: Option<Vec<_>> =
            open.iter().map(|sheet| file.tails.remove(&sheet.name).flatten()).collect();
        let Some(tails) = tails else {
            file.read_whole()?;
            file.learned = true;
            continue;
        };
        file.learned |= tails.iter().any(|behind| !behind.merges.is_empty());
        let open = file.sheets.iter_mut().enumerate().filter(|(_, sheet)| sheet.tail_unread);
        for ((number, sheet), behind) in open.zip(tails) {
            sheet::complete(sheet, behind);
            secrecy::check_sheet(sheet, number)?;
        }
    }
    Ok(())
}

/// Whether a sheet of the file was only begun.
pub(super) fn is_open(file: &Opened<'_>) -> bool {
    file.sheets.iter().any(|sheet| sheet.tail_unread)
}

/// The cases as far as they can be seen now. Nothing is said of them.
pub(super) fn first_sight(files: &mut [Opened<'_>], mappings: &Mappings) -> Result<Vec<Placed>> {
    let before = said(files);
    let cases = files::recognise(files, mappings);
    say(files, before);
    cases
}

/// What is to be said of the files.
fn said(files: &[Opened<'_>]) -> Vec<Vec<Finding>> {
    files.iter().map(|file| file.findings.clone()).collect()
}

fn say(files: &mut [Opened<'_>], said: Vec<Vec<Finding>>) {
    files.iter_mut().zip(said).for_each(|(file, said)| file.findings = said);
}

/// Adds up the ledgers of long sheets. What cannot be read is tried again when the sheets are whole.
fn add_up(files: &mut [Opened<'_>], cases: &[Placed]) -> Vec<Read> {
    let mut read = Vec::new();
    for Placed { case, .. } in cases {
        let mut sources = case.ledgers.iter().filter_map(|ledger| files.get(ledger.source));
        if sources.any(is_open)
            && let Ok(totals) = with_rows(files, |rows| ledger::of_case(case, rows))
        {
            read.push((case.clone(), totals));
        }
    }
    read
}

/// Whether the same ledgers are added up in the same way.
fn same_ledgers(one: &Case, other: &Case) -> bool {
    one.ledgers == other.ledgers
        && one.project.year == other.project.year
        && one.project.name == other.project.name
}
