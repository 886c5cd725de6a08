//! Claims: a submission taken out of the inbox by a rename, in a folder of its own under `processing/<instance>/`.
//!
//! ```text
//! processing/4711-x7Qa1/lock           held by the service as long as it lives
//! processing/4711-x7Qa1/12/claim.json  where it came from; there before the submission is
//! processing/4711-x7Qa1/12/input/…     the submission
//! processing/4711-x7Qa1/12/work/…      what the worker writes
//! processing/4711-x7Qa1/12/plan.json   where everything goes; there before anything goes
//! ```

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::disk;
use super::door::{Door, Whose};
use super::folders::Folders;
use super::names::{self, Naming};

const LOCK: &str = "lock";
const NOTE: &str = "claim.json";
const INPUT: &str = "input";
/// Where the plan of a claim's publication stands.
pub(super) const PLAN: &str = "plan.json";
/// Bytes of a claim's note: two paths at most, each of 4,096.
const MAX_NOTE: u64 = 64 * 1024;
/// How often a name may be taken from under our hands.
const MAX_TRIES: u32 = 100;

/// This running service's own folder, locked as long as it lives.
#[derive(Debug)]
pub(super) struct Instance {
    folder: PathBuf,
    /// Freed by the system when the process ends, however it ends.
    lock: Option<File>,
    next: AtomicU64,
}

/// What is known of a claim beside its submission.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Note {
    /// What it is called as long as it lives, whoever holds it.
    pub(super) id: String,
    /// Where it was dropped.
    pub(super) inbox: PathBuf,
    /// Where its result goes.
    pub(super) outbox: PathBuf,
    /// The way it came in.
    #[serde(default)]
    pub(super) door: Door,
    /// How often a service has died over it.
    pub(super) deaths: u32,
}

/// A submission that is ours alone.
#[derive(Debug)]
pub(super) struct Claim {
    folder: PathBuf,
    pub(super) note: Note,
}

impl Instance {
    /// Makes the folder and locks it, before any other service can look at it.
    pub(super) fn begin(folders: &Folders) -> io::Result<Self> {
        let _guard = folders.lock()?;
        let prefix = format!("{}-", std::process::id());
        let folder = disk::fresh_folder(&folders.processing, &prefix)?;
        let lock = File::create(folder.join(LOCK))?;
        lock.lock()?;
        Ok(Self { folder, lock: Some(lock), next: AtomicU64::new(1) })
    }

    /// Takes a submission out of the inbox; `None` where it is gone already.
    pub(super) fn take(&self, folders: &Folders, door: Door, name: &OsStr) -> io::Result<Option<Claim>> {
        let folder = self.fresh();
        let note = self.note(folders, &folder, door);
        let claim = Claim { folder, note };
        fs::create_dir_all(claim.folder.join(INPUT))?;
        let taken = claim.write_note().and_then(|()| {
            disk::sync_folder(&claim.folder);
            fs::rename(folders.inbox_of(door).join(name), claim.folder.join(INPUT).join(name))
        });
        match taken {
            Ok(()) => Ok(Some(claim)),
            Err(cause) => {
                claim.close()?;
                if cause.kind() == io::ErrorKind::NotFound { Ok(None) } else { Err(cause) }
            }
        }
    }

    fn fresh(&self) -> PathBuf {
        self.folder.join(self.next.fetch_add(1, Ordering::Relaxed).to_string())
    }

    /// Takes over what dead services left. Theirs are those whose lock is free.
    pub(super) fn take_over(&self, folders: &Folders) -> io::Result<Vec<Claim>> {
        let mut claims = Vec::new();
        let _guard = folders.lock()?;
        for entry in fs::read_dir(&folders.processing)? {
            let folder = entry?.path();
            if folder == self.folder || !folder.is_dir() {
                continue;
            }
            let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
            if lock.try_lock().is_err() {
                continue;
            }
            for entry in fs::read_dir(&folder)? {
                let left = entry?.path();
                if left.is_dir() {
                    claims.extend(self.adopt(folders, &left)?);
                }
            }
            // A system that locks files against removal wants it closed first.
            drop(lock);
            fs::remove_file(folder.join(LOCK))?;
            fs::remove_dir(&folder)?;
        }
        Ok(claims)
    }

    fn adopt(&self, folders: &Folders, left: &Path) -> io::Result<Option<Claim>> {
        let folder = self.fresh();
        fs::rename(left, &folder)?;
        let note = disk::read_small(&folder.join(NOTE), MAX_NOTE).ok();
        let note = note.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        // Without a note that can be read it is as if it had been dropped here, into the inbox that everybody shares.
        let note = note.unwrap_or_else(|| self.note(folders, &folder, Door::Inbox));
        let mut claim = Claim { folder, note };
        if claim.original()?.is_none() && !claim.has_plan() {
            claim.close()?;
            return Ok(None);
        }
        claim.note.deaths = claim.note.deaths.saturating_add(1);
        claim.write_note()?;
        Ok(Some(claim))
    }

    fn note(&self, folders: &Folders, folder: &Path, door: Door) -> Note {
        let part = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id = format!("{}-{}", part(&self.folder), part(folder));
        let inbox = folders.inbox_of(door).to_owned();
        Note { id, inbox, outbox: folders.outbox.clone(), door, deaths: 0 }
    }
}

impl Drop for Instance {
    /// What is unfinished stays for the next service.
    fn drop(&mut self) {
        drop(self.lock.take());
        let left = fs::read_dir(&self.folder).map_or(0, Iterator::count);
        if left <= 1 {
            let _ = fs::remove_file(self.folder.join(LOCK));
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

impl Claim {
    /// Whose it is, as far as its way says.
    pub(super) fn whose(&self) -> Whose {
        let original = self.original().ok().flatten();
        let door = self.note.door;
        original.map_or(Whose { door, account: None }, |original| Whose::of(door, &original))
    }

    /// Its folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the plan of its publication stands, once there is one.
    pub(super) fn plan_path(&self) -> PathBuf {
        self.folder.join(PLAN)
    }

    fn has_plan(&self) -> bool {
        self.plan_path().exists()
    }

    fn write_note(&self) -> io::Result<()> {
        let bytes = serde_json::to_vec(&self.note)?;
        disk::write_whole(&self.folder.join(NOTE), &self.folder.join("claim.tmp"), &bytes)
    }

    /// The submission, as long as it is here.
    pub(super) fn original(&self) -> io::Result<Option<PathBuf>> {
        let mut names: Vec<OsString> = Vec::new();
        match fs::read_dir(self.folder.join(INPUT)) {
            Ok(entries) => {
                for entry in entries {
                    names.push(entry?.file_name());
                }
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(cause),
        }
        Ok(names.pop().map(|name| self.folder.join(INPUT).join(name)))
    }

    /// Gives the submission back, under a numbered name where its own is taken by now. Gives the name.
    pub(super) fn put_back(self) -> io::Result<OsString> {
        let Some(original) = self.original()? else {
            self.close()?;
            return Ok(OsString::new());
        };
        let mut name = original.file_name().unwrap_or_default().to_owned();
        let naming = Naming::new(&name.to_string_lossy(), original.is_dir());
        let mut tries = 0_u32..;
        while let Err(cause) = disk::rename_new(&original, &self.note.inbox.join(&name)) {
            if cause.kind() != io::ErrorKind::AlreadyExists || tries.next() > Some(MAX_TRIES) {
                return Err(cause);
            }
            let free = names::free(|number| vec![self.note.inbox.join(naming.original(number))]);
            name = naming.original(free.ok_or(cause)?).into();
        }
        self.close()?;
        Ok(name)
    }

    /// Removes the claim's own folder, once the submission is out of it.
    pub(super) fn close(&self) -> io::Result<()> {
        if self.original()?.is_some() {
            return Err(io::Error::other("a claim that still holds its submission is never closed"));
        }
        disk::remove(&self.folder)
    }
}
