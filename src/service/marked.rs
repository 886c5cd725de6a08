//! Submissions that bear a secrecy mark: they stay in the inbox, are said once, and are not looked at again until they change.
//!
//! `state/marked/<hash of name and looks>.json` remembers each by what it looks like from outside; nothing of its content
//! is kept, not even a digest.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::answer::Refusal;
use super::arrivals::Print;
use super::claim::Claim;
use super::clock::Clock;
use super::disk;
use super::door::Door;
use super::folders::Folders;
use super::names::{self, Naming};
use super::receipt::{Receipt, Verdict};
use super::state::LastError;
use super::submission::{Submission, shown};
use crate::base::{printable_json, readable_name, sha256_of};
use crate::sheet::secrecy;

const FOLDER: &str = "marked";

/// What is remembered of one.
#[derive(Debug, Serialize)]
struct Remembered {
    schema: u8,
    /// Its name.
    file: String,
    /// When it was found.
    at: Timestamp,
}

/// Why a submission is left alone by its name alone, or by a name in it.
pub(super) fn by_name(submission: &Submission) -> Option<Refusal> {
    submission
        .names()
        .iter()
        .find_map(|name| secrecy::check_name(name).err())
        .map(|error| Refusal::of(&error))
}

/// Puts a submission back, says why, and remembers it. Gives its name in the inbox.
pub(super) fn leave(
    folders: &Folders,
    clock: Clock,
    claim: Claim,
    refusal: &Refusal,
) -> io::Result<(Door, OsString, LastError)> {
    let (inbox, outbox) = (claim.note.inbox.clone(), claim.note.outbox.clone());
    let (id, door) = (claim.note.id.clone(), claim.note.door);
    let name = claim.put_back()?;
    let path = inbox.join(&name);
    let said = shown(&path);
    let error = LastError { at: clock.now(), file: Some(said.clone()), message: refusal.message.clone() };
    let _guard = folders.lock()?;
    let Some(record) = record_of(&folders.state, &path)?.filter(|record| !record.exists()) else {
        return Ok((door, name, error));
    };
    let home = folders.state.join(FOLDER);
    fs::create_dir_all(&home)?;
    let receipt = Receipt::new(Verdict::Marked, &said, "", clock.shown(), door).with_refusal(refusal);
    let json = printable_json(serde_json::to_string_pretty(&receipt)?);
    let naming = Naming::new(&said, path.is_dir());
    let number = names::free(|number| naming.receipts(&outbox, number).into());
    let number = number.ok_or_else(|| io::Error::other("no free name"))?;
    if outbox.is_dir() {
        fs::create_dir_all(outbox.join(names::FOR_PROGRAMS))?;
    }
    let texts = [("txt", receipt.text()), ("json", json)];
    for ((ending, text), place) in texts.into_iter().zip(naming.receipts(&outbox, number)) {
        let made = home.join(format!(".{ending}.tmp"));
        disk::write_new(&made, text.as_bytes())?;
        disk::place(&made, &place, &format!("{id}-{ending}"))?;
    }
    let remembered = Remembered { schema: 1, file: said, at: clock.now() };
    disk::write_whole(&record, &home.join(".record.tmp"), &serde_json::to_vec_pretty(&remembered)?)?;
    Ok((door, name, error))
}

/// Whether a submission in an inbox is known to bear a mark, and has not changed since.
pub(super) fn is_known(state: &Path, inbox: &Path, name: &OsStr) -> bool {
    let known = || record_of(state, &inbox.join(name)).ok().flatten().is_some_and(|record| record.exists());
    state.join(FOLDER).is_dir() && known()
}

/// The names of those in an inbox, as a person reads them.
pub(super) fn listed(state: &Path, inbox: &Path) -> Vec<String> {
    // Nearly always nothing was ever marked, and nobody's name has to be held against anything.
    if !state.join(FOLDER).is_dir() {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(inbox) else { return Vec::new() };
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
    let mut names: Vec<String> =
        names.filter(|name| is_known(state, inbox, name)).map(|name| readable_name(&name)).collect();
    names.sort();
    names
}

/// Forgets those that are gone or have changed.
pub(super) fn tidy(folders: &Folders) -> io::Result<()> {
    let home = folders.state.join(FOLDER);
    if !home.is_dir() {
        return Ok(());
    }
    let _guard = folders.lock()?;
    let mut kept = Vec::new();
    for (_, inbox) in folders.entrances() {
        for entry in fs::read_dir(inbox)? {
            kept.extend(record_of(&folders.state, &entry?.path()).ok().flatten());
        }
    }
    for entry in fs::read_dir(&home)? {
        let path = entry?.path();
        if !kept.contains(&path) {
            disk::remove(&path)?;
        }
    }
    Ok(())
}

/// Where a submission is remembered; `None` of what is none.
fn record_of(state: &Path, path: &Path) -> io::Result<Option<PathBuf>> {
    let Some(print) = Print::of(path)? else { return Ok(None) };
    let key = sha256_of([path.to_string_lossy().as_ref(), &print.told()]);
    Ok(Some(state.join(FOLDER).join(format!("{key}.json"))))
}
