//! Folders for a while: what a run needs until it ends lies in one, and one that nobody holds any more is removed by the next run.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::disk;

/// What a folder for a while is called, and the file in it that is locked as long as its run lives.
const SCRATCH: &str = ".jixiao-";
const LOCK: &str = "lock";

/// A folder for a while in this one, with its lock; those that runs left which were killed are removed.
pub(super) fn made_in(home: &Path) -> io::Result<(TempDir, File)> {
    for entry in fs::read_dir(home)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(SCRATCH) {
            continue;
        }
        let lock = File::options().write(true).open(entry.path().join(LOCK));
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            disk::remove(&entry.path())?;
        }
    }
    let folder = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(home)?;
    // Under another name until it is locked.
    let made = folder.path().join("lock.new");
    let lock = File::create(&made)?;
    lock.lock()?;
    fs::rename(made, folder.path().join(LOCK))?;
    Ok((folder, lock))
}
