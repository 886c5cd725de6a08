//! Submissions that were returned, with later returns of the same chain in the register: who they answer is known only when
//! a worker has read them, so they are scored again with what stood in the latest.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::answer::Mark;
use super::clock;
use super::disk;
use super::pool::Pool;
use super::register::{Register, Return};
use super::submission::Gathered;
use super::worker::Outcome;
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

/// Scores a submission with what the register knows of it; `out` is a folder of ours that is empty.
pub(super) fn score(
    pool: &Pool,
    files: &[PathBuf],
    register: Option<&Register>,
    out: &Path,
    date: Date,
    unwanted: &dyn Fn() -> bool,
) -> io::Result<(Outcome, LatestOf)> {
    let first = pool.score(files, &LatestOf::new(), out, date, unwanted);
    let found = match (&first, register) {
        (Outcome::Scored(_, made), Some(register)) => {
            latest(register, made.iter().flatten().filter_map(|made| made.answer.mark.as_ref()))
        }
        _ => LatestOf::new(),
    };
    if found.is_empty() {
        return Ok((first, found));
    }
    disk::remove(out)?;
    fs::create_dir(out)?;
    Ok((pool.score(files, &found, out, date, unwanted), found))
}
