//! Submissions that were returned, with later returns of the same chain in the register: who they answer is known only when
//! a worker has read them, so they are scored again with what stood in the latest.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::answer::{CaseAnswer, Mark};
use super::clock;
use super::disk;
use super::door::{Door, Whose};
use super::pool::Pool;
use super::register::{ProjectKey, Register, Return};
use super::submission::Gathered;
use super::worker::{Outcome, PastReturn};
use crate::base::Date;
use crate::pipeline::{Latest, LatestOf};

/// What is known of the latest returns of the chains of which older ones were handed in.
fn latest<'m>(register: &Register, handed_in: impl Iterator<Item = &'m Mark>) -> LatestOf {
    // A mark without a parent is of what was not returned before: no id.
    let later = |mark: &Mark| Some((mark.parent.clone(), told(&register.later(&mark.parent.parse().ok()?)?)));
    handed_in.filter_map(later).collect()
}

/// The same of a result that is about to be published.
pub(super) fn of(register: &Register, made: &Gathered) -> LatestOf {
    latest(register, made.returned.iter().map(|returned| &returned.mark))
}

fn told(found: &Return) -> Latest {
    let hosted = found.cases.iter().filter(|case| case.hosted);
    Latest {
        at: clock::shown(found.at),
        name: found.file.clone().unwrap_or_else(|| found.result.clone()),
        cases: hosted.map(|case| case.accepted.clone()).collect(),
    }
}

/// The returns of the years before of the same projects of the same owner.
fn past(register: &Register, cases: &[CaseAnswer], whose: Whose) -> Vec<PastReturn> {
    let mut all = Vec::new();
    for row in cases.iter().map(|case| &case.row) {
        for years in 1..=YEARS {
            let year = row.year.and_then(|year| year.checked_sub(years));
            let key = year
                .and_then(|year| ProjectKey::of(row.project.as_deref(), row.agency.as_deref(), Some(year)));
            let found = key.and_then(|key| register.latest(&key));
            let Some(found) = found.filter(|found| register.is_own(found, whose)) else { continue };
            all.push(PastReturn {
                workbook: found.workbook().into_os_string(),
                name: found.file.clone().unwrap_or_else(|| found.result.clone()),
                reviewed: found.door == Door::Reviewer,
            });
        }
    }
    all.dedup();
    all
}

/// Years before that are looked up.
const YEARS: i16 = 2;

/// Scores a submission with what the register knows of it, and of its owner's years before; `out` is a folder of ours that
/// is empty.
pub(super) fn score(
    pool: &Pool,
    files: &[PathBuf],
    (register, whose): (Option<&Register>, Whose),
    out: &Path,
    date: Date,
    unwanted: &dyn Fn() -> bool,
) -> io::Result<(Outcome, LatestOf)> {
    let first = pool.score(files, (&LatestOf::new(), &[]), out, date, unwanted);
    let found = match (&first, register) {
        (Outcome::Scored(_, made), Some(register)) => {
            latest(register, made.iter().flatten().filter_map(|made| made.answer.mark.as_ref()))
        }
        _ => LatestOf::new(),
    };
    let before = match (&first, register) {
        (Outcome::Scored(cases, _), Some(register)) => past(register, cases, whose),
        _ => Vec::new(),
    };
    if found.is_empty() && before.is_empty() {
        return Ok((first, found));
    }
    disk::remove(out)?;
    fs::create_dir(out)?;
    Ok((pool.score(files, (&found, &before), out, date, unwanted), found))
}
