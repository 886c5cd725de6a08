//! The workers of a batch: one submission after another, each scored in a process of its own.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::{Options, Progress};
use crate::base::Error;
use crate::service::answer::{CaseAnswer, Refusal};
use crate::service::door::Whose;
use crate::service::pool::Pool;
use crate::service::reception::{Done, Memory, Work};
use crate::service::register::{Register, entry};
use crate::service::stop::Stop;
use crate::service::submission::{self, Gathered, Submission};
use crate::service::summary::{Entry, MAX_WHOLE, Way};
use crate::service::tables::{self, Tables};
use crate::service::worker::Outcome;
use crate::service::{disk, names, older, parallel, receipt};

/// Something to score.
pub(super) enum Task {
    /// A file or a folder, as it was dropped, and what it is remembered by.
    Dropped(PathBuf, Option<Content>),
    /// Files that were put together.
    Work(Box<Work>),
}

/// What a content is remembered by.
#[derive(Debug, Clone)]
pub(super) struct Content {
    /// What tells it from others.
    pub(super) key: String,
    /// The SHA-256 of each of its files.
    pub(super) sources: Vec<String>,
}

impl Task {
    /// What it is called.
    fn name(&self) -> String {
        match self {
            Self::Work(work) => work.submission.name.clone(),
            Self::Dropped(path, _) => submission::shown(path),
        }
    }

    /// The content by which the tables know it; `None` where its files are not to be had any more.
    pub(super) fn in_tables(&self) -> io::Result<Option<String>> {
        match self {
            Self::Work(work) if !work.is_there => Ok(None),
            Self::Work(work) => work.submission.sha256().map(Some),
            Self::Dropped(path, _) => Submission::at(path)?.sha256().map(Some),
        }
    }

    /// What it is remembered by, and the folder of its result.
    fn content(&self) -> Option<(&str, &[String], &Path)> {
        match self {
            Self::Work(work) => Some((&work.content, &work.sources, &work.folder)),
            Self::Dropped(_, content) => content
                .as_ref()
                .map(|content| (content.key.as_str(), content.sources.as_slice(), Path::new(""))),
        }
    }
}

/// What came of a task.
pub(super) enum Served {
    /// This.
    Now(Box<Entry>),
    /// What is remembered of it: of many it is read again when it is asked for, so that memory does not grow with them.
    Remembered,
}

/// What became of what earlier runs had made.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    /// Submissions that were not scored again.
    pub(super) kept: usize,
    /// Those that were, for their results were gone.
    pub(super) gone: usize,
    /// Results that a person has worked on since.
    pub(super) edited: Vec<PathBuf>,
}

/// What the workers of a batch share.
pub(super) struct BatchScoring<'a> {
    pub(super) options: &'a Options,
    /// Its workers score with what a person answered.
    pub(super) pool: Pool,
    /// The hash of how they score.
    pub(super) settings: String,
    pub(super) register: Option<&'a Register>,
    /// Where that is, by its one absolute name.
    pub(super) register_folder: Option<PathBuf>,
    pub(super) out: &'a Path,
    /// What earlier runs made.
    pub(super) memory: Memory,
    /// The SHA-256 of all files that are there.
    pub(super) files: BTreeSet<String>,
    /// What became of what they had made.
    pub(super) remembered: Mutex<Remembered>,
    /// The summary's folder.
    pub(super) home: &'a Path,
    pub(super) scratch: &'a TempDir,
    pub(super) stop: &'a Stop,
    /// Names are chosen one at a time.
    pub(super) naming: Mutex<()>,
    /// The tables that it goes into, if it does.
    pub(super) tables: Option<&'a Tables>,
}

/// Why a batch begins nothing more.
pub(super) enum Over {
    /// It was told to end.
    Unwanted,
    /// Something stands in the way of all work.
    Failed(Error),
    /// The folder of results takes nothing.
    Unwritable(io::Error),
}

impl From<io::Error> for Over {
    fn from(cause: io::Error) -> Self {
        Self::Unwritable(cause)
    }
}

impl BatchScoring<'_> {
    /// Who runs a batch has all that is in its register.
    fn whose(&self) -> Whose {
        Whose { door: self.pool.setup().door, account: None }
    }

    /// Serves all, several at a time: what came of each that was served, and why no more was begun.
    pub(super) fn work(
        &self,
        tasks: &[Task],
        progress: &dyn Progress,
    ) -> (Vec<Option<Served>>, Option<Over>) {
        let many = tasks.len() > MAX_WHOLE;
        parallel::at_once(self.options.jobs.get(), tasks, |at, task| {
            if self.stop.wanted() {
                return Err(Over::Unwanted);
            }
            let work = self.scratch.path().join(at.to_string());
            let served = match fs::create_dir(&work) {
                Ok(()) => self.serve(task, &work),
                Err(cause) => Err(cause.into()),
            };
            let _ = disk::remove(&work);
            let entry = served?;
            progress.done(&entry.name);
            Ok(if many && self.recalled(task).is_some() {
                Served::Remembered
            } else {
                Served::Now(Box::new(entry))
            })
        })
    }

    /// What is remembered of a task that this run has served.
    pub(super) fn recalled(&self, task: &Task) -> Option<Entry> {
        let (key, _, folder) = task.content()?;
        let done = self.memory.find(key, folder).filter(|done| done.holds(&self.files, None))?;
        Some(self.entry(task.name(), done))
    }

    fn entry(&self, name: String, done: Done) -> Entry {
        let Done { result, rows, receipts, .. } = done;
        let result = result.map(|result| Way::new(self.home, &self.out.join(result)));
        Entry { name, outcome: Ok(rows), result, receipts }
    }

    fn serve(&self, task: &Task, work: &Path) -> Result<Entry, Over> {
        let submission = match task {
            Task::Work(work) => work.submission.clone(),
            Task::Dropped(path, _) => match Submission::at(path) {
                Err(cause) if disk::is_excess(&cause) => {
                    let name = Submission::unread(path).name;
                    return Ok(Entry::refused(name, submission::excess()));
                }
                submission => submission?,
            },
        };
        let kept = self.kept(task, &submission);
        // What is not in the tables yet is scored again for them.
        let content = self.tables.map(|_| submission.sha256()).transpose()?;
        let is_in = |content: &String| self.tables.is_none_or(|tables| tables.has(content));
        let kept = match kept {
            Some(entry) if content.as_ref().is_none_or(is_in) => return Ok(entry),
            kept => kept,
        };
        let outcome = match Self::unread(task, &submission) {
            Some(outcome) => outcome,
            None => self.scored(&submission, work)?,
        };
        if let (Some(tables), Some(content)) = (self.tables, &content) {
            let rows = tables::rows_of(&submission, &outcome);
            if !rows.is_empty() {
                tables.add(content, rows).map_err(Over::Failed)?;
            }
        }
        match (outcome, kept) {
            // Its rows alone were wanted: the result is there.
            (Outcome::Scored(..), Some(entry)) => Ok(entry),
            (Outcome::Scored(cases, results), None) => {
                let made = submission.gathered(results, work)?;
                let result = match &made {
                    Some(made) => Some(self.publish(made, work, (task, &submission), &cases)?),
                    None => {
                        self.remember(task, &submission, None, &cases)?;
                        None
                    }
                };
                let receipts = cases.iter().map(|case| case.receipt.clone()).collect();
                let rows = cases.into_iter().map(|case| case.row).collect();
                Ok(Entry { name: submission.name, outcome: Ok(rows), result, receipts })
            }
            (Outcome::Refused(refusal) | Outcome::Marked(refusal), _) => {
                Ok(Entry::refused(submission.name, refusal))
            }
            (Outcome::Failed(error), _) => Err(Over::Failed(error)),
            (Outcome::Unwanted, _) => Err(Over::Unwanted),
        }
    }

    /// What becomes of a submission that is not read.
    fn unread(task: &Task, submission: &Submission) -> Option<Outcome> {
        if matches!(task, Task::Work(work) if !work.is_there) {
            return Some(Outcome::Refused(Refusal {
                message: "以前收到的材料已不在原处，无法评分。".to_owned(),
                hint: "请把那次的文件夹或压缩包放回原处，或重新提交。".to_owned(),
            }));
        }
        submission.unread_outcome()
    }

    fn scored(&self, submission: &Submission, work: &Path) -> io::Result<Outcome> {
        let today = self.options.clock.today();
        let known = (self.register, self.whose());
        let unwanted = || self.stop.at_once();
        Ok(older::score(&self.pool, &submission.files, known, work, today, &unwanted)?.0)
    }

    /// Gives a result its name, numbered where it is taken; gives the way there from the summary.
    fn publish(
        &self,
        made: &Gathered,
        work: &Path,
        (task, submission): (&Task, &Submission),
        cases: &[CaseAnswer],
    ) -> io::Result<Way> {
        let _guard = self.naming.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = match task {
            Task::Work(work) => self.out.join(&work.folder),
            Task::Dropped(..) => self.out.to_owned(),
        };
        fs::create_dir_all(&folder)?;
        let named = |number: u32| folder.join(submission.naming.result(number, &made.ending));
        loop {
            let number =
                names::free(|number| vec![named(number)]).ok_or_else(|| io::Error::other("no free name"))?;
            // First: what is out is in the register.
            self.register(&named(number), made, work, submission, cases)?;
            self.remember(task, submission, Some((&named(number), &work.join(&made.path))), cases)?;
            // The scratch folder is on the same file system; the names are made durable together at the end.
            match disk::rename_new(&work.join(&made.path), &named(number)) {
                Ok(()) => return Ok(Way::new(self.home, &named(number))),
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                Err(cause) => return Err(cause),
            }
        }
    }

    /// What an earlier run made of the same content, where it is still there. A result on which a person has worked since stays
    /// as it is, and is said.
    fn kept(&self, task: &Task, submission: &Submission) -> Option<Entry> {
        let (key, _, folder) = task.content()?;
        let is_there = !matches!(task, Task::Work(work) if !work.is_there);
        // Of what is gone only what was made earlier can be told.
        if self.options.again && is_there {
            return None;
        }
        let done = self.memory.read(key, folder)?;
        if is_there && !done.holds(&self.files, self.register_folder.as_deref()) {
            return None;
        }
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.memory.is_there(&done) {
            remembered.gone = remembered.gone.saturating_add(1);
            return None;
        }
        remembered.kept = remembered.kept.saturating_add(1);
        drop(remembered);
        if let Some(result) = done.result.as_ref().filter(|_| done.is_edited(self.out)) {
            let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
            remembered.edited.push(result.clone());
        }
        Some(self.entry(submission.name.clone(), done))
    }

    /// Remembers what is about to be put there, by its name and where it is now.
    fn remember(
        &self,
        task: &Task,
        submission: &Submission,
        to: Option<(&Path, &Path)>,
        cases: &[CaseAnswer],
    ) -> io::Result<()> {
        let Some((key, sources, _)) = task.content() else { return Ok(()) };
        // What was changed while it was read is another content by now, and is looked at by the next run.
        let mut now: BTreeSet<String> = BTreeSet::new();
        for file in submission.files.iter().chain(&submission.others) {
            now.insert(disk::sha256(file)?);
        }
        if now != sources.iter().cloned().collect() {
            return Ok(());
        }
        let digest = to.map(|(_, made)| disk::digest(made)).transpose()?;
        let result = to.and_then(|(to, _)| to.strip_prefix(self.out).ok()).map(Path::to_owned);
        let rows = cases.iter().map(|case| case.row.clone()).collect();
        let receipts = cases.iter().map(|case| case.receipt.clone()).collect();
        let register = self.register_folder.as_deref();
        self.memory.keep(key, &Done::new(result, rows, receipts).made(sources.to_vec(), digest, register))
    }

    /// Puts a result that is about to get this name into the register.
    fn register(
        &self,
        to: &Path,
        made: &Gathered,
        work: &Path,
        submission: &Submission,
        cases: &[CaseAnswer],
    ) -> io::Result<()> {
        let Some(register) = self.register else { return Ok(()) };
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        let mut reports: Vec<_> = cases.iter().map(|case| case.report.clone()).collect();
        if !submission.is_folder() {
            receipt::named(&mut reports, &name);
        }
        let result = entry::Result {
            submission: &submission.name,
            sha256: &submission.sha256()?,
            settings: &self.settings,
            whose: self.whose(),
            at: self.options.clock.now(),
            name: &name,
            is_folder: submission.is_folder(),
            cases,
            reports: &reports,
        };
        register.publish(&result, &made.returned, work).map_err(|cause| {
            let folder = self.options.register.as_deref().unwrap_or(self.out).display();
            io::Error::new(cause.kind(), format!("{folder}: {cause}"))
        })
    }
}
