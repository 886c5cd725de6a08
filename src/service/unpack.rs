//! `jixiao worker unpack OUT ARCHIVE NAME`: unpacks an archive in a process of its own, limited as all that reads foreign
//! files. Both sides of that process are here.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::answer::Refusal;
use super::child::{self, Ended, Limits};
use super::disk;
use crate::base::limits::MAX_FILE_BYTES;
use crate::base::{Error, ErrorKind, Result};
use crate::intake::unpack::{Item, unpack};

/// What such a process may cost.
const LIMITS: Limits = Limits { memory: 2 * 1024 * 1024 * 1024, seconds: 600, size: MAX_FILE_BYTES };
/// How long the parent waits.
const MAX_WAIT: Duration = Duration::from_secs(1_200);
/// The answer's file in OUT.
const ANSWER: &str = "answer.json";
/// The folder of what was unpacked in OUT.
const FILES: &str = "files";
/// An answer larger than this is none.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Unpacked(Vec<Item>),
    Refused { refusal: Refusal, marked: bool },
    Failed(Refusal),
}

/// What came of an archive.
#[derive(Debug)]
pub(super) enum Unpacked {
    /// What is in it.
    Files(Vec<Item>),
    /// It cannot be unpacked.
    Refused(Refusal),
    /// Its name bears a secrecy mark.
    Marked(Refusal),
    /// It was no longer wanted.
    Unwanted,
}

/// Runs in the child.
pub fn run(out: &Path, archive: &Path, name: &str) -> u8 {
    child::end_with_parent();
    let files = out.join(FILES);
    let done = child::limit(LIMITS).and_then(|()| {
        fs::create_dir(&files).map_err(Error::internal)?;
        unpack(archive, name, &files)
    });
    let (answer, code) = match done {
        Ok(items) => (Answer::Unpacked(items), 0),
        Err(error) => {
            let refusal = Refusal::of(&error);
            let answer = match error.kind() {
                ErrorKind::Input => Answer::Refused { refusal, marked: false },
                ErrorKind::Marked => Answer::Refused { refusal, marked: true },
                _ => Answer::Failed(refusal),
            };
            (answer, error.kind().exit_code())
        }
    };
    let bytes = serde_json::to_vec(&answer).unwrap_or_default();
    match disk::write_new(&out.join(ANSWER), &bytes) {
        Ok(()) => code,
        Err(_) => ErrorKind::Output.exit_code(),
    }
}

/// Unpacks an archive in a process of its own below `out`, a folder of ours that is empty.
pub(super) fn unpack_apart(
    program: &Path,
    archive: &Path,
    name: &str,
    out: &Path,
    unwanted: &dyn Fn() -> bool,
) -> Result<Unpacked> {
    let task = [OsStr::new("unpack"), out.as_os_str(), archive.as_os_str(), OsStr::new(name)];
    let ended = child::apart(program, &task, out, MAX_WAIT, unwanted)?;
    let broken = || {
        Unpacked::Refused(Refusal {
            message: "解压时内存或时间用尽，或压缩包已损坏，没有解压。".to_owned(),
            hint: "请在电脑上解压确认无误，重新压缩为 .zip 后提交。".to_owned(),
        })
    };
    if matches!(ended, Ended::Unwanted) {
        return Ok(Unpacked::Unwanted);
    }
    let answer = disk::read_small(&out.join(ANSWER), MAX_ANSWER).ok();
    match answer.and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
        Some(Answer::Unpacked(items)) => {
            // What comes from the other process is as foreign as what went in.
            let sound = items
                .iter()
                .all(|item| item.at.as_ref().is_ok_and(|at| is_below(at, out)) || item.at.is_err());
            Ok(if sound { Unpacked::Files(items) } else { broken() })
        }
        Some(Answer::Refused { refusal, marked: false }) => Ok(Unpacked::Refused(refusal)),
        Some(Answer::Refused { refusal, marked: true }) => Ok(Unpacked::Marked(refusal)),
        Some(Answer::Failed(refusal)) => Err(Error::output(refusal.message, refusal.hint)),
        None => Ok(broken()),
    }
}

fn is_below(path: &Path, folder: &Path) -> bool {
    let inside = path.strip_prefix(folder).ok();
    let plain = |part: std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
    inside.is_some_and(|inside| inside.components().all(plain)) && File::open(path).is_ok()
}
