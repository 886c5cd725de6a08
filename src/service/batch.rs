//! `jixiao batch`: all workbooks of a folder, each scored in a process of its own, and a summary of them.

use std::fs;
use std::io;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use super::answer::{CaseAnswer, Refusal};
use super::clock::Clock;
use super::pool::Pool;
use super::question::{self, Asked};
use super::register::{Register, entry};
use super::setup::Setup;
use super::stop::Stop;
use super::submission::{self, Gathered, Submission};
use super::summary::{self, Entry, Way};
use super::tally::Tally;
use super::watch::OnSignal;
use super::worker::Outcome;
use super::{confirmed, marked, names, older, place, rebuild, receipt};
use crate::base::{Error, Result};
use crate::output::file::Draft;
use crate::pipeline::{Settings, kinds};

/// Titles without an occurrence that are named.
const MAX_GONE: usize = 10;

/// What a batch is told.
#[derive(Debug)]
pub struct Options {
    /// The folder of the submissions.
    pub folder: PathBuf,
    /// Where results go.
    pub out: PathBuf,
    /// Where the summary goes, if one is wanted.
    pub summary: Option<PathBuf>,
    /// The folder in which a register of what is returned is kept, if one is.
    pub register: Option<PathBuf>,
    /// How long returns are kept; for ever if not said.
    pub keep_days: Option<NonZeroU32>,
    /// Workers at a time.
    pub jobs: NonZeroUsize,
    /// How submissions are scored.
    pub setup: Setup,
    /// The time of day.
    pub clock: Clock,
}

/// Who follows a batch.
pub trait Progress: Sync {
    /// So many submissions will be looked at.
    fn begin(&self, submissions: usize);
    /// One is done.
    fn done(&self, name: &str);
}

fn unwritable(folder: &Path) -> impl FnOnce(io::Error) -> Error + '_ {
    move |cause| {
        let message = format!("结果文件夹“{}”无法写入。", folder.display());
        Error::output(message, "请检查路径、写入权限和磁盘空间。").because(cause)
    }
}

/// Runs a batch. `signals` gets what a signal to end does.
pub fn run(
    options: &Options,
    progress: &dyn Progress,
    signals: impl FnOnce(OnSignal) -> Result<()>,
) -> Result<Tally> {
    let stop = Arc::new(Stop::default());
    let raised = Arc::clone(&stop);
    signals(Box::new(move || raised.raise()))?;
    fs::create_dir_all(&options.out).map_err(unwritable(&options.out))?;
    let out = options.out.canonicalize().map_err(unwritable(&options.out))?;
    let (submissions, skipped) = submissions(&options.folder, &out)?;
    let home = options.summary.as_deref().map_or_else(|| Ok(out.clone()), summary_folder)?;
    // Our own files are read there, however they are named on the command line.
    let given = options.setup.mappings.iter().filter(|(name, text)| !confirmed::is_kept(&home, name, text));
    let given: Vec<(String, String)> = given.cloned().collect();
    let setup = Setup { mappings: given, ..options.setup.clone() };
    let mappings = setup.mappings()?;
    let settings = Settings { rebuild: Some(rebuild::rebuild), ..Settings::default() };
    // Before anything is scored: what a person answered counts for all.
    let mut confirmed = confirmed::gather(&home, options.summary.as_deref(), &mappings, &settings)?;
    let answers = std::mem::take(&mut confirmed.answers);
    let setup = Setup { answers, ..setup };
    let register = options.register.as_deref().map(|folder| opened(options, folder)).transpose()?;
    progress.begin(submissions.len());
    let scratch = tempfile::Builder::new().prefix(".jixiao-").tempdir_in(&out).map_err(unwritable(&out))?;
    let desk = Desk {
        options,
        pool: Pool::new(setup.clone(), scratch.path()),
        settings: setup.hash(),
        register: register.as_ref(),
        out: &out,
        home: &home,
        scratch: &scratch,
        stop: &stop,
        naming: Mutex::new(()),
        done: Mutex::new(Vec::new()),
        stopped: Mutex::new(None),
        next: AtomicUsize::new(0),
    };
    std::thread::scope(|scope| {
        for _ in 0..options.jobs.get().min(submissions.len()) {
            scope.spawn(|| desk.work(&submissions, progress));
        }
    });
    let mut done = desk.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    let entries: Vec<Entry> = done.into_iter().map(|(_, entry)| entry).collect();
    let mut tally = Tally::of(&entries);
    tally.found = submissions.len();
    tally.skipped = skipped;
    tally.left = submissions.len().saturating_sub(entries.len());
    tally.stopped = desk.stopped.into_inner().unwrap_or_else(PoisonError::into_inner);
    drop(scratch);
    place::sync_folder(&out);
    let asked = question::grouped(&entries, &setup.answers, &mappings);
    tally.questions = asked.open();
    tally.answers = setup.answers.len();
    tally.mappings = confirmed.written;
    tally.remarks = confirmed.said;
    tally.remarks.extend(gone(&asked));
    if let Some(path) = &options.summary {
        let bytes = summary::build(&entries, &asked, confirmed.number, options.clock.today())?;
        tally.summary = Some(write_summary(&bytes, path)?);
    }
    Ok(tally)
}

/// The submissions of a folder in order of their names, and how many other things are there.
fn submissions(folder: &Path, out: &Path) -> Result<(Vec<PathBuf>, usize)> {
    let unreadable = |cause: io::Error| {
        let message = format!("文件夹“{}”无法读取。", folder.display());
        Error::input(message, "请检查路径是否正确、是否有读取权限。").because(cause)
    };
    let folder = folder.canonicalize().map_err(unreadable)?;
    if folder == out {
        return Err(Error::usage("结果不能放在原文件所在的文件夹。", "请把 --out 改为另一个文件夹。"));
    }
    let mut found = Vec::new();
    let mut skipped = 0_usize;
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
        if names::ignored(&entry.file_name().to_string_lossy()) || path == out {
            continue;
        }
        let is_submission = if kind.is_dir() {
            match Submission::at(&path) {
                Ok(submission) => !submission.files.is_empty(),
                // One that is too large is said, not passed over.
                Err(cause) => place::is_excess(&cause),
            }
        } else {
            kind.is_file() && kinds::may_be_workbook(&path)
        };
        if is_submission {
            found.push(path);
        } else {
            skipped = skipped.saturating_add(1);
        }
    }
    found.sort();
    Ok((found, skipped))
}

/// What the workers of a batch share.
struct Desk<'a> {
    options: &'a Options,
    /// Its workers score with what a person answered.
    pool: Pool,
    /// The hash of how they score.
    settings: String,
    register: Option<&'a Register>,
    out: &'a Path,
    /// The summary's folder.
    home: &'a Path,
    scratch: &'a TempDir,
    stop: &'a Stop,
    /// Names are chosen one at a time.
    naming: Mutex<()>,
    done: Mutex<Vec<(usize, Entry)>>,
    stopped: Mutex<Option<Error>>,
    next: AtomicUsize,
}

impl Desk<'_> {
    /// Takes one submission after another.
    fn work(&self, submissions: &[PathBuf], progress: &dyn Progress) {
        while !self.stop.wanted() {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = submissions.get(at) else { return };
            let work = self.scratch.path().join(at.to_string());
            let served = fs::create_dir(&work).and_then(|()| self.serve(path, &work));
            let _ = place::remove(&work);
            match served {
                Ok(Some(entry)) => {
                    progress.done(&entry.name);
                    self.done.lock().unwrap_or_else(PoisonError::into_inner).push((at, entry));
                }
                Ok(None) => return,
                Err(cause) => return self.give_up(unwritable(self.out)(cause)),
            }
        }
    }

    /// Nothing more is begun.
    fn give_up(&self, error: Error) {
        self.stop.raise();
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }

    /// `None` where the batch ends.
    fn serve(&self, path: &Path, work: &Path) -> io::Result<Option<Entry>> {
        let submission = match Submission::at(path) {
            Err(cause) if place::is_excess(&cause) => {
                let name = Submission::unread(path).name;
                return Ok(Some(Entry { name, outcome: Err(submission::excess()), result: None }));
            }
            submission => submission?,
        };
        let refused = |refusal: Refusal| {
            Ok(Some(Entry { name: submission.name.clone(), outcome: Err(refusal), result: None }))
        };
        if let Some(refusal) = marked::by_name(&submission).or_else(|| submission.refusal()) {
            return refused(refusal);
        }
        let today = self.options.clock.today();
        let unwanted = || self.stop.at_once();
        let (outcome, _) =
            older::score(&self.pool, &submission.files, self.register, work, today, &unwanted)?;
        match outcome {
            Outcome::Scored(cases, results) => {
                let result = submission.gathered(results, work)?;
                let result = result.map(|made| self.publish(&made, work, &submission, &cases)).transpose()?;
                let rows = cases.into_iter().map(|case| case.row).collect();
                Ok(Some(Entry { name: submission.name, outcome: Ok(rows), result }))
            }
            Outcome::Refused(refusal) | Outcome::Marked(refusal) => refused(refusal),
            Outcome::Failed(error) => {
                self.give_up(error);
                Ok(None)
            }
            Outcome::Unwanted => Ok(None),
        }
    }

    /// Gives a result its name, numbered where it is taken; gives the way there from the summary.
    fn publish(
        &self,
        made: &Gathered,
        work: &Path,
        submission: &Submission,
        cases: &[CaseAnswer],
    ) -> io::Result<Way> {
        let _guard = self.naming.lock().unwrap_or_else(PoisonError::into_inner);
        let named = |number: u32| self.out.join(submission.naming.result(number, &made.ending));
        loop {
            let number =
                names::free(|number| vec![named(number)]).ok_or_else(|| io::Error::other("no free name"))?;
            // First: what is out is in the register.
            self.register(&named(number), made, work, submission, cases)?;
            // The scratch folder is on the same file system; the names are made durable together at the end.
            match place::rename_new(&work.join(&made.path), &named(number)) {
                Ok(()) => return Ok(Way::new(self.home, &named(number))),
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                Err(cause) => return Err(cause),
            }
        }
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
            door: self.pool.setup().door,
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

/// The register, without what is too old.
fn opened(options: &Options, folder: &Path) -> Result<Register> {
    let unwritable = |cause: io::Error| {
        let message = format!("登记文件夹“{}”无法写入。", folder.display());
        Error::output(message, "请检查路径、写入权限和磁盘空间。").because(cause)
    };
    let register = Register::open(folder).map_err(unwritable)?;
    if let Some(days) = options.keep_days {
        register.keep(days, options.clock.now()).map_err(unwritable)?;
    }
    Ok(register)
}

fn summary_folder(path: &Path) -> Result<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(unwritable(folder))?;
    folder.canonicalize().map_err(unwritable(folder))
}

/// Answers about titles that do not occur: they are kept, and said.
fn gone(asked: &Asked) -> Option<String> {
    let titles: Vec<String> = asked.gone().take(MAX_GONE).map(|line| format!("“{}”", line.title)).collect();
    let all = asked.gone().count();
    let more = if all > titles.len() { format!("等 {all} 种") } else { String::new() };
    (all > 0).then(|| format!("已确认的栏目{}{more}在本次材料中没有出现，回答仍然保留。", titles.join("、")))
}

fn write_summary(bytes: &[u8], path: &Path) -> Result<PathBuf> {
    use std::io::Write as _;
    let draft = Draft::begin(&summary_folder(path)?)?;
    draft.file().write_all(bytes).map_err(unwritable(path))?;
    draft.publish(path)
}
