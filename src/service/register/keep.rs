//! How long returns are kept.

use std::io;
use std::num::NonZeroU32;

use jiff::{SignedDuration, Timestamp};

use super::super::disk;
use super::{CaseLine, Register, Return, ReturnId};

/// Hours of a day.
const DAY: i64 = 24;
/// How an entry is named while it is removed.
const GOING: &str = ".going-";

impl Register {
    /// Removes what is older than so many days; never the latest of a project, and never what cannot be read. How many.
    pub(in super::super) fn keep(&self, days: NonZeroU32, now: Timestamp) -> io::Result<usize> {
        self.sweep()?;
        let age = SignedDuration::from_hours(i64::from(days.get()).saturating_mul(DAY));
        let Ok(oldest) = now.checked_sub(age) else { return Ok(0) };
        let mut removed = 0_usize;
        for id in self.ids().collect::<Vec<_>>() {
            if self.get(&id).is_some_and(|found| found.at < oldest) && self.remove(&id, oldest)? {
                removed = removed.saturating_add(1);
            }
        }
        Ok(removed)
    }

    /// Removes one, looked at again while nobody publishes.
    fn remove(&self, id: &ReturnId, oldest: Timestamp) -> io::Result<bool> {
        let _guard = self.lock()?;
        let Some(found) = self.get(id).filter(|found| found.at < oldest && !self.is_latest(found)) else {
            return Ok(false);
        };
        // Under another name at once: half an entry is none.
        let going = self.folder.join(format!("{GOING}{id}"));
        std::fs::rename(self.entry(id), &going)?;
        for key in found.cases.iter().filter_map(CaseLine::key) {
            for (number, _) in self.of_project(&key).into_iter().filter(|(_, have)| have == id) {
                disk::remove(&self.project_mark(&key, number, id))?;
            }
        }
        if let Some(parent) = &found.parent {
            disk::remove(&self.child_mark(parent, id))?;
        }
        disk::remove(&going)?;
        Ok(true)
    }

    /// Whether it is the latest of one of its projects, or belongs to the submission that is.
    fn is_latest(&self, found: &Return) -> bool {
        found.cases.iter().filter_map(CaseLine::key).any(|key| {
            let marks = self.of_project(&key);
            let last = marks.iter().find(|(_, id)| self.get(id).is_some()).map(|(number, _)| *number);
            marks.iter().any(|(number, id)| Some(*number) == last && *id == found.id)
        })
    }

    /// Removes what a removal that was cut off left.
    fn sweep(&self) -> io::Result<()> {
        let _guard = self.lock()?;
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(GOING) {
                disk::remove(&entry.path())?;
            }
        }
        Ok(())
    }
}
