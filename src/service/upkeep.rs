//! What a service sees to beside its work: that what is old goes where the operator wants it to, and that there is room.

use std::fs;
use std::io;
use std::num::NonZeroU32;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::clock;
use super::folders::Folders;
use super::register::Register;
use super::{disk, space, state};
use crate::base::Date;

/// Hours of a day.
const DAY: i64 = 24;

/// For how many days what is kept; for ever where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keep {
    /// Returns, in the register.
    pub returns: Option<NonZeroU32>,
    /// Originals, in the archive.
    pub archive: Option<NonZeroU32>,
    /// What is known to be scored already.
    pub state: Option<NonZeroU32>,
}

impl Keep {
    /// Whether anything ever goes.
    pub(super) fn is_limited(self) -> bool {
        self != Self::default()
    }

    /// Removes what is older, and says in the log how much.
    pub(super) fn tidy(self, folders: &Folders, register: &Register, now: Timestamp) {
        let said = |what: &str, days: Option<NonZeroU32>, removed: io::Result<usize>| match removed {
            Ok(removed) => {
                tracing::info!(removed, days = days.map(NonZeroU32::get), what, "what is old is removed");
            }
            Err(cause) => tracing::error!(%cause, what, "what is old cannot be removed"),
        };
        if let Some(days) = self.returns {
            said("returns", self.returns, register.keep(days, now));
        }
        if let Some(oldest) = self.archive.and_then(|days| before(now, days)) {
            said("archive", self.archive, archive(&folders.archive, clock::day(oldest)));
        }
        if let Some(oldest) = self.state.and_then(|days| before(now, days)) {
            said("state", self.state, records(&folders.state, oldest));
        }
    }
}

fn before(now: Timestamp, days: NonZeroU32) -> Option<Timestamp> {
    now.checked_sub(SignedDuration::from_hours(i64::from(days.get()).saturating_mul(DAY))).ok()
}

/// Removes the days of the archive before this one; what is not named as a day is a person's, and stays.
fn archive(folder: &Path, oldest: Date) -> io::Result<usize> {
    let mut removed = 0_usize;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let day: Option<Date> = entry.file_name().to_str().and_then(|name| name.parse().ok());
        if day.is_some_and(|day| day < oldest) && entry.file_type()?.is_dir() {
            disk::remove(&entry.path())?;
            removed = removed.saturating_add(1);
        }
    }
    Ok(removed)
}

/// Removes the records of what was scored before; the same content, dropped again, is scored again.
fn records(folder: &Path, oldest: Timestamp) -> io::Result<usize> {
    let mut removed = 0_usize;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if state::is_record(&name) && state::scored_at(&path).is_some_and(|at| at < oldest) {
            disk::remove(&path)?;
            removed = removed.saturating_add(1);
        }
    }
    Ok(removed)
}

/// The folders on whose disks there is less room than this, with how many megabytes are left.
pub(super) fn short_of_room<'p>(
    folders: impl IntoIterator<Item = &'p Path>,
    least: u64,
) -> Vec<(&'p Path, u64)> {
    let left = folders.into_iter().filter_map(|folder| Some((folder, space::free_mb(folder)?)));
    left.filter(|(_, free)| *free < least).collect()
}
