//! `jixiao batch`: all workbooks of a folder, each scored in a process of its own, and a summary of them.

mod day;
mod scoring;
mod telling;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::clock::Clock;
use super::pool::Pool;
use super::reception::{Hands, Memory};
use super::register::Register;
use super::setup::Setup;
use super::stop::Stop;
use super::submission::{self, Submission};
use super::tables::{self, Tables};
use super::tally::Tally;
use super::watch::OnSignal;
use super::{confirmed, disk, names, rebuild, scratch};
use crate::base::{Error, Result};
use crate::pipeline::{Settings, kinds};
use day::Plan;
use scoring::{BatchScoring, Content, Over, Task};
use telling::Made;

/// What a batch is told.
#[derive(Debug)]
pub struct Options {
    /// The folder or the archive of the submissions.
    pub folder: PathBuf,
    /// The roll of the projects that are due, if one is named.
    pub roster: Option<PathBuf>,
    /// Where results go.
    pub out: PathBuf,
    /// Where the summary goes, if one is wanted.
    pub summary: Option<PathBuf>,
    /// The folder in which a register of what is returned is kept, if one is.
    pub register: Option<PathBuf>,
    /// Score again what earlier runs have scored.
    pub again: bool,
    /// The folder of tables that what is scored goes into, if one is wanted.
    pub tables: Option<tables::Wanted>,
    /// Where the texts of the documents that go out are written, if they are wanted.
    pub letters: Option<PathBuf>,
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
    let out = dunce::canonicalize(&options.out).map_err(unwritable(&options.out))?;
    let dropped = dropped(&options.folder, &out)?;
    let home = options.summary.as_deref().map_or_else(|| Ok(out.clone()), summary_folder)?;
    // Our own files are read there, however they are named on the command line.
    let given = options.setup.mappings.iter().filter(|(name, text)| !confirmed::is_kept(&home, name, text));
    let given: Vec<(String, String)> = given.cloned().collect();
    let setup = Setup { mappings: given, ..options.setup.clone() };
    let mappings = setup.mappings()?;
    let settings = Settings { rebuild: Some(rebuild::by(setup.program.clone())), ..Settings::default() };
    // Before anything is scored: what a person answered counts for all.
    let mut confirmed = confirmed::gather(&home, options.summary.as_deref(), &mappings, &settings)?;
    let answers = std::mem::take(&mut confirmed.answers);
    let setup = Setup { answers, tables: options.tables.is_some(), ..setup };
    let register = options.register.as_deref().map(|folder| opened(options, folder)).transpose()?;
    let register_folder = options.register.as_deref().and_then(|folder| dunce::canonicalize(folder).ok());
    let (scratch, lock) = scratch::made_in(&out).map_err(unwritable(&out))?;
    let unwanted = || stop.at_once();
    let hands = Hands { program: &setup.program, scratch: scratch.path(), unwanted: &unwanted };
    let told = mappings.answered(&setup.answers);
    let pool = Pool::new(setup.clone(), scratch.path());
    let plan = day::plan(options, (&pool, &told), (&dropped, &out), &hands, progress)?;
    let Some(plan) = plan else { return Ok(Tally { left: 1, ..Tally::default() }) };
    let (tasks, skipped) = match &plan {
        Plan::Plain(contents) => submissions(&dropped, &out, contents)?,
        Plan::Day(planned) => (planned.tasks(), 0),
    };
    progress.begin(tasks.len());
    let hash = setup.hash();
    let tables = options.tables.clone().map(|wanted| Tables::open(wanted, &hash)).transpose()?;
    let memory = Memory::of(out.join(day::MEMORY).join("results"), &out, &hash);
    let files = match &plan {
        Plan::Plain(contents) => contents.values().flat_map(|content| content.sources.clone()).collect(),
        Plan::Day(planned) => planned.files(),
    };
    let scoring = BatchScoring {
        options,
        pool,
        settings: hash,
        register: register.as_ref(),
        register_folder,
        out: &out,
        memory,
        files,
        remembered: Mutex::default(),
        home: &home,
        scratch: &scratch,
        stop: &stop,
        naming: Mutex::new(()),
        tables: tables.as_ref(),
    };
    let (served, over) = scoring.work(&tasks, progress);
    let mut added = 0_usize;
    let stopped = match over {
        None | Some(Over::Unwanted) => None,
        Some(Over::Failed(error)) => Some(error),
        Some(Over::Unwritable(cause)) => Some(unwritable(&out)(cause)),
    };
    if let Some(tables) = &tables {
        added = tables.finish()?;
    }
    disk::sync_folder(&out);
    let made =
        Made { options, out: &out, scoring: &scoring, tasks: &tasks, setup: &setup, mappings: &mappings };
    let mut tally = made.told(plan, served, confirmed)?;
    (tally.skipped, tally.stopped) = (skipped, stopped);
    if let Some(wanted) = &options.tables {
        tally.remarks.push(format!("数据表：本次写入 {added} 份材料，文件夹“{}”。", wanted.folder.display()));
    }
    drop(lock);
    drop(scratch);
    Ok(tally)
}

fn unreadable(folder: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |cause| {
        let message = format!("文件夹“{}”无法读取。", folder.display());
        Error::input(message, "请检查路径是否正确、是否有读取权限。").because(cause)
    }
}

/// What is to be scored, by its one absolute name.
fn dropped(folder: &Path, out: &Path) -> Result<PathBuf> {
    let dropped = dunce::canonicalize(folder).map_err(unreadable(folder))?;
    if dropped == out {
        return Err(Error::usage("结果不能放在原文件所在的文件夹。", "请把 --out 改为另一个文件夹。"));
    }
    Ok(dropped)
}

/// The submissions of a folder in order of their names, and how many other things are there.
fn submissions(
    folder: &Path,
    out: &Path,
    contents: &BTreeMap<String, Content>,
) -> Result<(Vec<Task>, usize)> {
    let unreadable = unreadable(folder);
    let mut found = Vec::new();
    let mut skipped = 0_usize;
    for entry in fs::read_dir(folder).map_err(&unreadable)? {
        let entry = entry.map_err(&unreadable)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(&unreadable)?);
        if names::ignored(&entry.file_name().to_string_lossy()) || path == out {
            continue;
        }
        let is_submission = if kind.is_dir() {
            match Submission::at(&path) {
                Ok(submission) => !submission.files.is_empty(),
                // One that is too large is said, not passed over.
                Err(cause) => disk::is_excess(&cause),
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
    let task = |path: PathBuf| {
        let content = contents.get(&submission::shown(&path)).cloned();
        Task::Dropped(path, content)
    };
    Ok((found.into_iter().map(task).collect(), skipped))
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
    dunce::canonicalize(folder).map_err(unwritable(folder))
}
