//! `jixiao worker marks OUT FILE`: reads what a person marked in a register that came by the inbox, in a process of its own,
//! for what comes in so is foreign. Both sides of that process are here.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;

use super::child::{self, Limits};
use super::disk;
use super::intake_book::{self, Marks};
use crate::base::limits::MAX_FILE_BYTES;
use crate::base::{Error, ErrorKind, Result};

/// What such a process may cost.
const LIMITS: Limits = Limits { memory: 2 * 1024 * 1024 * 1024, seconds: 60, size: MAX_FILE_BYTES };
/// How long the parent waits.
const MAX_WAIT: Duration = Duration::from_secs(120);
/// Bytes of a register.
const MAX_BOOK: u64 = 64 * 1024 * 1024;
/// The answer's file in OUT.
const ANSWER: &str = "marks.json";
/// An answer larger than this is none.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;

/// Runs in the child.
pub fn run(out: &Path, file: &Path) -> u8 {
    child::end_with_parent();
    let read = child::limit(LIMITS).and_then(|()| {
        let bytes = disk::read_small(file, MAX_BOOK).map_err(Error::internal)?;
        intake_book::read(&bytes)
    });
    let Ok(marks) = read else { return ErrorKind::Input.exit_code() };
    let bytes = serde_json::to_vec(&marks).unwrap_or_default();
    match disk::write_new(&out.join(ANSWER), &bytes) {
        Ok(()) => 0,
        Err(_) => ErrorKind::Output.exit_code(),
    }
}

/// What a person marked in a register; `None` where it is none. `out` is a folder of ours.
pub(super) fn read_marks_apart(
    program: &Path,
    file: &Path,
    out: &Path,
    unwanted: &dyn Fn() -> bool,
) -> Result<Option<Marks>> {
    let task = [OsStr::new("marks"), out.as_os_str(), file.as_os_str()];
    child::apart(program, &task, out, MAX_WAIT, unwanted)?;
    let answer = disk::read_small(&out.join(ANSWER), MAX_ANSWER).ok();
    Ok(answer.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}
