//! What the page asks of workers beside the folders: what would come of a return if something were typed into it, the
//! workbook with it typed, and the evaluation report. Nothing is published, and nothing is kept.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tempfile::TempDir;

use super::answer::WorkerAnswer;
use super::clock::Clock;
use super::disk;
use super::door::{Door, Whose};
use super::older::{self, Known};
use super::pool::{Pool, out_of_turn};
use super::register::{CaseLine, Register, Return};
use super::reporting::report_path;
use super::setup::Setup;
use super::trying::Trial;
use super::watch::Options;
use crate::base::{Error, Result};
use crate::letter;
use crate::pipeline::Typing;

/// Workers for it, which stay from one question to the next.
pub struct Trials {
    pool: Mutex<Arc<Pool>>,
    scratch: TempDir,
    register: Register,
    clock: Clock,
}

/// Workbooks with something typed into them; gone when this is dropped.
pub struct Typed {
    /// The workbooks, in the order in which they were asked for.
    pub files: Vec<PathBuf>,
    _folder: Folder,
}

/// An evaluation report.
pub struct Reported {
    /// What it is called, without its ending.
    pub title: String,
    /// The Word document.
    pub bytes: Vec<u8>,
}

/// A folder of ours that goes with its holder.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays goes with the folder that it is in.
        let _ = disk::remove(&self.0);
    }
}

fn hindered(cause: std::io::Error) -> Error {
    Error::output("临时文件无法写入。", "请检查磁盘空间和写入权限。").because(cause)
}

impl Trials {
    /// For a service that is told this. What reviewers type counts here, as by their own inbox.
    pub fn open(options: &Options, register: Register) -> Result<Self> {
        let scratch = tempfile::Builder::new().prefix("jixiao-page-").tempdir().map_err(hindered)?;
        let pool = Pool::new(options.setup.through(Door::Reviewer), scratch.path());
        Ok(Self { pool: Mutex::new(Arc::new(pool)), scratch, register, clock: options.clock })
    }

    /// Scores in another way from now on.
    pub fn change(&self, setup: &Setup) {
        let pool = Pool::new(setup.through(Door::Reviewer), self.scratch.path());
        *self.pool.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(pool);
    }

    /// The names of the operator's mapping files.
    pub fn mappings(&self) -> Vec<String> {
        self.pool().setup().mappings.iter().map(|(name, _)| name.clone()).collect()
    }

    /// What the documents that go out are to say.
    pub fn letters(&self) -> letter::Settings {
        self.pool().setup().letters.clone()
    }

    /// The evaluation report of a scored case of this name: of several the one of this number.
    pub fn report(&self, files: &[&Return], number: usize, project: Option<&str>) -> Result<Reported> {
        let folder = self.folder()?;
        let trial = Trial::Report(number, project.map(str::to_owned));
        let WorkerAnswer::Reported(reporting) = self.ask(files, trial, self.known(files), &folder)? else {
            return Err(out_of_turn());
        };
        if let Some(why) = reporting.failed {
            return Err(Error::output("没有写出评价报告。", why));
        }
        let bytes = std::fs::read(report_path(&folder.0, 0)).map_err(hindered)?;
        Ok(Reported { title: reporting.title, bytes })
    }

    fn pool(&self) -> Arc<Pool> {
        Arc::clone(&self.pool.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the register knows of the years before.
    fn known(&self, files: &[&Return]) -> Known {
        let whose = Whose { door: Door::Reviewer, account: None };
        let lines = files.iter().flat_map(|found| &found.cases);
        let projects = lines
            .map(|CaseLine { project, agency, year, .. }| (project.as_deref(), agency.as_deref(), *year));
        Known { past: older::past(&self.register, projects, whose), ..Known::default() }
    }

    /// The cases of a return as they would be, with this typed; each is the object of a receipt.
    pub fn tried(&self, files: &[&Return], typing: &Typing) -> Result<Vec<Value>> {
        let folder = self.folder()?;
        match self.ask(files, Trial::Say(typing.clone()), self.known(files), &folder)? {
            WorkerAnswer::Tried(cases) => Ok(cases),
            _ => Err(out_of_turn()),
        }
    }

    /// The workbooks of a return with this typed.
    pub fn typed(&self, files: &[&Return], typing: &Typing) -> Result<Typed> {
        let folder = self.folder()?;
        self.ask(files, Trial::Keep(typing.clone()), Known::default(), &folder)?;
        let files = (0..files.len()).map(|number| super::worker::result_path(&folder.0, number)).collect();
        Ok(Typed { files, _folder: folder })
    }

    fn ask(&self, files: &[&Return], trial: Trial, known: Known, folder: &Folder) -> Result<WorkerAnswer> {
        let named = |found: &&Return| {
            let name = found.file.clone().unwrap_or_else(|| found.result.clone());
            (found.workbook().into_os_string(), name)
        };
        let files = files.iter().map(named).collect();
        self.pool().attempt(files, known, trial, &folder.0, self.clock.today())
    }

    fn folder(&self) -> Result<Folder> {
        let folder = disk::fresh_folder(self.scratch.path(), "").map_err(hindered)?;
        Ok(Folder(folder))
    }
}
