//! Whether names came or went in a folder since it was looked at before: who lists many files on every request reads only
//! what is new.

use std::path::Path;
use std::time::{Duration, SystemTime};

/// A time of change younger than this may be that of two changes, of which one was not seen.
const SETTLED: Duration = Duration::from_secs(2);

/// What was seen of a folder.
#[derive(Debug, Default)]
pub struct Glance(Option<SystemTime>);

impl Glance {
    /// Whether the folder may be another than at the last look. Asked before its names are read: what comes while they are
    /// read is seen by the next look.
    pub fn is_other(&mut self, folder: &Path) -> bool {
        let changed = folder.metadata().and_then(|found| found.modified()).ok();
        let now = SystemTime::now();
        let settled = changed.filter(|at| now.duration_since(*at).is_ok_and(|age| age > SETTLED));
        let is_same = settled.is_some() && settled == self.0;
        self.0 = settled;
        !is_same
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::Glance;

    #[test]
    fn a_folder_is_read_again_where_it_changed_or_may_have() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut glance = Glance::default();
        assert!(glance.is_other(folder.path()) && glance.is_other(folder.path()), "it is young");
        let old = SystemTime::now().checked_sub(Duration::from_secs(60)).expect("a time");
        File::open(folder.path()).and_then(|opened| opened.set_modified(old)).expect("an old folder");
        assert!(glance.is_other(folder.path()), "not seen so before");
        assert!(!glance.is_other(folder.path()), "nothing came");
        fs::write(folder.path().join("new"), "").expect("a file");
        assert!(glance.is_other(folder.path()) && glance.is_other(folder.path()));
        assert!(Glance::default().is_other(&folder.path().join("nowhere")));
    }
}
