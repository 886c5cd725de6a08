//! What comes in by the page: written beside the inbox, then dropped into it by a rename, as a person drops a file. From
//! there it goes the way of everything that is dropped.
//!
//! ```text
//! state/page/uploads/<id>/input/<name>  the submission, as long as it is not in the inbox
//! state/page/uploads/<id>/upload.json   whose it is and what it is called; there before it is moved
//! ```
//!
//! Whoever is killed between the two leaves the note and the submission; the next to begin moves it. What has no note was
//! never whole, and nobody was told that it came.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::clock::Clock;
use super::door::Door;
use super::folders::Folders;
use super::intake_book::Book;
use super::names::{self, Naming};
use super::register::{Register, ReturnId};
use super::submission::Submission;
pub use super::upload_notes::Upload;
use super::upload_notes::{NOTE, Notes, note};
use super::watch::Options;
use super::{disk, marked};
use crate::base::file_name::made_of;
use crate::base::{Error, Result};

/// The page's own folder in the state folder.
const PAGE: &str = "page";
const UPLOADS: &str = "uploads";
const INPUT: &str = "input";
/// Bytes of a receipt.
const MAX_RECEIPT: u64 = 64 * 1024 * 1024;
/// Files of one upload: as many as a folder that is dropped may have.
const MAX_FILES: usize = 1_000;
/// Units of a file's name; what is put before and behind it still has room.
const MAX_NAME: usize = 200;
/// Numbered receipts of a name that are looked at.
const MAX_RECEIPTS: u32 = 100;
/// Names of an inbox that are listed.
const MAX_LISTED: usize = 1_000;

/// Where the page leaves what is uploaded, and where it finds what became of it.
#[derive(Debug, Clone)]
pub struct Uploads {
    folders: Folders,
    register: PathBuf,
    folder: PathBuf,
    clock: Clock,
    size: u64,
    notes: Arc<Mutex<Notes>>,
}

/// Whose an upload is, and by which way it goes.
#[derive(Debug, Clone, Copy)]
pub struct By<'u> {
    /// The account.
    pub user: &'u str,
    /// The way in.
    pub door: Door,
}

/// What became of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It waits, or is being scored.
    UnderWay,
    /// It bears a secrecy mark and stays where it is.
    Marked,
    /// It was handed back: why, and what to do.
    Refused(String, String),
    /// It is done: what its receipt says is with the result.
    Done,
}

/// An upload that is still coming in; what is dropped before it is whole leaves nothing.
#[derive(Debug)]
pub struct Draft<'u> {
    uploads: &'u Uploads,
    folder: PathBuf,
    files: Vec<PathBuf>,
    whole: bool,
}

impl Uploads {
    /// Over the folders of a service.
    pub fn open(options: &Options) -> Result<Self> {
        let reviewers = options.reviewer_inbox.as_deref();
        let folders = Folders::open(&options.inbox, reviewers, &options.outbox, options.base.as_deref())?;
        let folder = folders.state.join(PAGE).join(UPLOADS);
        let uploads = Self {
            register: options.register.clone().unwrap_or_else(|| folders.state.clone()),
            folder,
            clock: options.clock,
            size: options.setup.limits.size,
            notes: Arc::default(),
            folders,
        };
        uploads.resume().map_err(|cause| {
            Error::output("上传的材料无法保存。", "请检查 state 文件夹的权限和磁盘空间。").because(cause)
        })?;
        Ok(uploads)
    }

    /// Bytes that an upload may have.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The register of returns.
    pub fn register(&self) -> Register {
        Register::at(&self.register)
    }

    /// The folder of what only the page needs, below a base folder.
    pub fn page_folder(base: &Path) -> PathBuf {
        base.join("state").join(PAGE)
    }

    /// The base folder.
    pub fn base(&self) -> &Path {
        self.folders.state.parent().unwrap_or(&self.folders.state)
    }

    /// The register of what came in, where there is one.
    pub fn book(&self) -> Option<Book> {
        Book::in_folder(&self.folders.outbox)
    }

    /// The same of this one.
    pub fn own_folder(&self) -> PathBuf {
        self.folders.state.join(PAGE)
    }

    /// Brings what was whole when a service died into the inbox, and removes what was not.
    fn resume(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let _guard = self.folders.lock()?;
        for entry in fs::read_dir(&self.folder)? {
            let folder = entry?.path();
            match note(&folder) {
                Some(upload) => self.hand_in(&folder, upload).map(drop)?,
                // Another page over the same folders may be taking it in at this moment.
                None if is_old(&folder) => disk::remove(&folder)?,
                None => {}
            }
        }
        Ok(())
    }

    /// Begins an upload.
    pub fn begin(&self) -> io::Result<Draft<'_>> {
        let folder = disk::fresh_folder(&self.folder, "")?;
        fs::create_dir(folder.join(INPUT))?;
        Ok(Draft { uploads: self, folder, files: Vec::new(), whole: false })
    }

    /// All uploads, the latest first.
    pub fn all(&self) -> Arc<Vec<Upload>> {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.renew(&self.folder);
        Arc::clone(&notes.all)
    }

    /// The upload that has something typed into this return, unless it was handed back.
    pub fn edit_of(&self, id: &ReturnId) -> Option<Upload> {
        let all = self.all();
        let mut edits = all.iter().filter(|upload| upload.edits.as_ref() == Some(id));
        edits.find(|upload| !matches!(self.fate(upload), Fate::Refused(..))).cloned()
    }

    /// What became of an upload, as far as the folders tell it.
    pub fn fate(&self, upload: &Upload) -> Fate {
        let stands = |folder: &Path| folder.join(&upload.name).symlink_metadata().is_ok();
        let inbox = self.folders.inbox_of(upload.door);
        if stands(inbox) {
            let is_marked = marked::is_known(&self.folders.state, inbox, upload.name.as_ref());
            return if is_marked { Fate::Marked } else { Fate::UnderWay };
        }
        if let Some(receipt) = Self::receipt(&self.folders.rejected, upload) {
            let text = |key: &str| receipt.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            return Fate::Refused(text("message"), text("remedy"));
        }
        if Self::receipt(&self.folders.outbox, upload).is_some() { Fate::Done } else { Fate::UnderWay }
    }

    /// The receipt of a submission that was returned, as a clerk reads it.
    pub fn receipt_of(&self, name: &str, sha256: &str) -> Option<PathBuf> {
        let (path, _) = Self::found(&self.folders.outbox, name, sha256)?;
        Some(path).filter(|path| path.symlink_metadata().is_ok_and(|it| it.is_file()))
    }

    /// The receipt of an upload among those in a folder.
    fn receipt(folder: &Path, upload: &Upload) -> Option<Value> {
        Self::found(folder, &upload.name, &upload.sha256).map(|(_, receipt)| receipt)
    }

    /// The receipt of a content that was handed in under a name: where the one for people stands, and what the one for programs
    /// says.
    fn found(folder: &Path, name: &str, sha256: &str) -> Option<(PathBuf, Value)> {
        // Nobody says whether it was a folder.
        let namings = [false, true].map(|is_folder| Naming::new(name, is_folder));
        let mut names =
            namings.iter().flat_map(|naming| (1..MAX_RECEIPTS).map(|number| naming.receipt(number, "json")));
        names.find_map(|name| {
            let path = folder.join(names::FOR_PROGRAMS).join(&name);
            path.symlink_metadata().ok()?;
            let receipt: Value = serde_json::from_slice(&disk::read_small(&path, MAX_RECEIPT).ok()?).ok()?;
            let people = || folder.join(&name).with_extension("txt");
            (receipt.get("sha256")?.as_str()? == sha256).then(|| (people(), receipt))
        })
    }

    /// Names of what waits in the inboxes, and of what is being worked on.
    pub fn waiting(&self) -> Vec<String> {
        let inside = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().take(MAX_LISTED);
            let names =
                entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
            names.filter(|name| !names::ignored(name)).collect::<Vec<_>>()
        };
        let folders = |folder: &Path| {
            let entries = fs::read_dir(folder).into_iter().flatten().take(MAX_LISTED);
            entries.filter_map(|entry| Some(entry.ok()?.path())).collect::<Vec<_>>()
        };
        let claims = folders(&self.folders.processing).into_iter().flat_map(|instance| folders(&instance));
        let mut names: Vec<String> = claims.flat_map(|claim| inside(&claim.join(INPUT))).collect();
        for (_, inbox) in self.folders.entrances() {
            let marked = marked::listed(&self.folders.state, &inbox);
            names.extend(inside(&inbox).into_iter().filter(|name| !marked.contains(name)));
        }
        names.sort();
        names
    }

    /// Drops a whole upload into the inbox, under a name that is free there.
    fn hand_in(&self, folder: &Path, upload: Upload) -> io::Result<Upload> {
        // Under whatever name it was left. Where there is none, it went before.
        let Some(from) = submission_in(&folder.join(INPUT))? else { return Ok(upload) };
        let is_folder = from.symlink_metadata()?.is_dir();
        let inbox = self.folders.inbox_of(upload.door);
        let naming = Naming::new(&upload.name, is_folder);
        let full = || io::Error::other("no free name");
        let number = names::free(|number| vec![inbox.join(naming.original(number))]).ok_or_else(full)?;
        let name = naming.original(number);
        let upload = Upload { name, ..upload };
        let renamed = folder.join(INPUT).join(&upload.name);
        if renamed != from {
            fs::rename(&from, &renamed)?;
        }
        disk::write_whole(
            &folder.join(NOTE),
            &folder.join(".note.tmp"),
            &serde_json::to_vec_pretty(&upload)?,
        )?;
        disk::rename_new(&renamed, &inbox.join(&upload.name))?;
        disk::sync_folder(inbox);
        // It is in: an empty folder that stays is no fault of the upload.
        let _ = disk::remove(&folder.join(INPUT));
        Ok(upload)
    }
}

impl Draft<'_> {
    /// Makes a file of this name for what comes next. A name that stands already is numbered.
    pub fn file(&mut self, name: &str) -> io::Result<File> {
        if self.files.len() >= MAX_FILES {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "too many files"));
        }
        // What parts a path is gone from a name of ours: it leads nowhere else.
        let naming = Naming::new(&made_of(name, MAX_NAME), false);
        let input = self.folder.join(INPUT);
        let full = || io::Error::other("no free name");
        let number = names::free(|number| vec![input.join(naming.original(number))]).ok_or_else(full)?;
        let path = input.join(naming.original(number));
        let file = File::options().write(true).create_new(true).open(&path)?;
        self.files.push(path);
        Ok(file)
    }

    /// How many files came so far.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The name of the first of them.
    pub fn first_name(&self) -> Option<String> {
        Some(self.files.first()?.file_name()?.to_string_lossy().into_owned())
    }

    /// A name among them, or what they are called together, that would be ignored where it is dropped.
    pub fn ignored(&self, title: &str) -> Option<String> {
        let files = self.files.iter().filter_map(|file| file.file_name());
        let several = (self.files.len() > 1).then(|| made_of(title, MAX_NAME));
        let mut all = files.map(|name| name.to_string_lossy().into_owned()).chain(several);
        all.find(|name| names::ignored(name))
    }

    /// All of it came: into the inbox with it. `title` is what several files are called together.
    pub fn finish(self, by: By<'_>, title: &str) -> io::Result<Upload> {
        self.drop_in(by, title, None).and_then(|upload| upload.ok_or_else(|| io::Error::other("an edit")))
    }

    /// The same of a return with something typed into it; `None` where somebody else was quicker: what he typed is on its way,
    /// and nobody's word is lost.
    pub fn finish_edit(self, by: By<'_>, title: &str, of: &ReturnId) -> io::Result<Option<Upload>> {
        self.drop_in(by, title, Some(of))
    }

    fn drop_in(mut self, by: By<'_>, title: &str, edits: Option<&ReturnId>) -> io::Result<Option<Upload>> {
        for file in &self.files {
            File::options().write(true).open(file)?.sync_all()?;
        }
        let input = self.folder.join(INPUT);
        let submission = match self.files.as_slice() {
            [only] => only.clone(),
            all => {
                let folder = tempfile::Builder::new().prefix(".case-").tempdir_in(&self.folder)?.keep();
                for file in all {
                    fs::rename(file, folder.join(file.file_name().unwrap_or_default()))?;
                }
                let named = input.join(made_of(title, MAX_NAME));
                disk::sync_folder(&folder);
                fs::rename(&folder, &named)?;
                named
            }
        };
        disk::sync_folder(&input);
        let upload = Upload {
            id: self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            user: by.user.to_owned(),
            at: self.uploads.clock.now(),
            name: submission.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            sha256: Submission::at(&submission)?.sha256()?,
            door: by.door,
            edits: edits.cloned(),
        };
        let _guard = self.uploads.folders.lock()?;
        if edits.is_some_and(|of| self.uploads.edit_of(of).is_some()) {
            return Ok(None);
        }
        let upload = self.uploads.hand_in(&self.folder, upload)?;
        // What failed before is dropped whole, and whoever sent it is told.
        self.whole = true;
        Ok(Some(upload))
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if !self.whole {
            // What stays is removed by the next to begin.
            let _ = disk::remove(&self.folder);
        }
    }
}

/// Whether nobody can be at work on it any more.
fn is_old(folder: &Path) -> bool {
    let age = folder.metadata().and_then(|found| found.modified()).map(|at| at.elapsed());
    matches!(age, Ok(Ok(age)) if age.as_secs() > 3_600)
}

/// What lies in the folder of a submission.
fn submission_in(input: &Path) -> io::Result<Option<PathBuf>> {
    match fs::read_dir(input) {
        Ok(mut entries) => Ok(entries.next().transpose()?.map(|entry| entry.path())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}
