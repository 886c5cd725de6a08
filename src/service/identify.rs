//! What tables say of themselves: asked of the pool of workers, a file at a time.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk;
use super::parallel;
use super::pool::{Looked, Pool};
use crate::base::{Error, Result};

/// Asks all files what they say, several workers at a time; `None` where that is no longer wanted. `scratch` is a folder
/// of ours.
pub(super) fn all(
    pool: &Pool,
    files: &[PathBuf],
    jobs: usize,
    scratch: &Path,
    unwanted: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(&Path) + Sync),
) -> Result<Option<Vec<Looked>>> {
    let (looked, over) = parallel::at_once(jobs, files, |at, file| {
        if unwanted() {
            return Err(None);
        }
        let out = scratch.join(format!("identify-{at}"));
        let failed = |cause: std::io::Error| {
            Some(Error::output("无法写入临时文件。", "请检查磁盘空间和写入权限。").because(cause))
        };
        disk::remove(&out).and_then(|()| fs::create_dir_all(&out)).map_err(failed)?;
        let looked = pool.look(file, &out, unwanted)?;
        let _ = disk::remove(&out);
        done(file);
        Ok(looked)
    });
    match over {
        Some(Some(error)) => Err(error),
        Some(None) => Ok(None),
        None => Ok(looked.into_iter().collect()),
    }
}
