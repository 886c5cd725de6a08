//! `jixiao worker member`: scores submissions and looks at files, one after the other, in a process of its own, so that no file
//! can stop a service or a batch. What is said between the two sides is here: a line on standard input says how submissions
//! are scored, then a line each says what is to be done; results and answer go into a folder, and a line on standard output
//! says that they are there. `pool` is the other side.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};

use serde::{Deserialize, Serialize};

use super::answer::{self, CaseAnswer, FileAnswer, Made, Refusal, WorkerAnswer};
use super::child::{self, Limits};
use super::older::Known;
use super::setup::{self, Setup};
use super::trying::{self, Trial};
use super::{names, rebuild, receipt_case, reporting};
use crate::base::{Date, Error, ErrorKind, Result, open_patiently, printable, readable_name, unopened};
use crate::export;
use crate::intake::identity;
use crate::letter;
use crate::mapping::{Answered, Checks, Mappings};
use crate::model::Past;
use crate::pipeline::{self, Rebuild, Review, Settings, Source, kinds};
use crate::returned::{Keys, PublicKey, SecretKey};

/// The answer's file in the folder of a submission's results.
pub(super) const ANSWER: &str = "answer.json";
/// The longest line that a worker is told.
const MAX_TOLD: u64 = 64 * 1024 * 1024;
/// A worker serves at most so many submissions: whatever a library may keep for ever stays small.
const MAX_SERVED: u32 = 1_000;
/// A worker that still holds so much memory when a submission is done is replaced.
const MAX_KEPT: u64 = 128 * 1024 * 1024;

/// How submissions are scored, as the worker is told it first.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Way {
    version: String,
    mappings: Vec<(String, String)>,
    checks: Checks,
    /// Mapping, title, word of the column.
    answers: Vec<(Option<String>, String, String)>,
    replace_scores: bool,
    review: Review,
    letters: letter::Settings,
    #[serde(default)]
    templates: Option<PathBuf>,
    tables: bool,
    keys: Told,
    limits: Limits,
}

impl Way {
    /// The way of this setup.
    pub(super) fn of(setup: &Setup) -> Self {
        Self {
            version: env!("JIXIAO_VERSION").to_owned(),
            mappings: setup.mappings.clone(),
            checks: setup.checks.clone(),
            answers: setup.answers.iter().map(setup::told).collect(),
            replace_scores: setup.replace_scores,
            review: setup.review,
            letters: setup.letters.clone(),
            templates: setup.templates.clone(),
            tables: setup.tables,
            keys: Told::from(&setup.keys),
            limits: setup.limits,
        }
    }
}

/// Something to do, as the worker is told it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    /// An empty folder for results and the answer.
    pub(super) out: OsString,
    pub(super) task: Task,
}

/// What is to be done. Names of files need not be UTF-8.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Task {
    /// Score a submission.
    Score { files: Vec<OsString>, known: Known, date: String },
    /// Ask a file what it says of itself.
    Look(OsString),
    /// Do something with workbooks that were returned, each with its name.
    Try { files: Vec<(OsString, String)>, known: Known, trial: Trial, date: String },
}

/// A return of a year before, of the same project of the same owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PastReturn {
    /// The workbook.
    pub(super) workbook: OsString,
    /// What it was called.
    pub(super) name: String,
    /// Whether it came from the reviewers.
    pub(super) reviewed: bool,
}

/// What a worker says when it is done with a submission.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Said {
    /// As the exit code of a process would be.
    pub(super) code: u8,
    /// Whether it is to get no more.
    pub(super) spent: bool,
}

/// The keys as the job has them: the worker gets them by a pipe, which no other process can read.
#[derive(Serialize, Deserialize)]
struct Told {
    own: Option<String>,
    trusted: Vec<String>,
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Told").field("trusted", &self.trusted).finish_non_exhaustive()
    }
}

impl From<&Keys> for Told {
    fn from(keys: &Keys) -> Self {
        let trusted = keys.trusted.iter().map(PublicKey::to_string).collect();
        Self { own: keys.own.as_ref().map(SecretKey::told), trusted }
    }
}

impl Told {
    fn keys(&self) -> Keys {
        Keys {
            own: self.own.as_ref().and_then(|key| key.parse().ok()),
            trusted: self.trusted.iter().filter_map(|key| key.parse().ok()).collect(),
        }
    }
}

/// What came of a submission.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Scored; each file of the submission has its result, if it has one.
    Scored(Vec<CaseAnswer>, Vec<Option<Made>>),
    /// It is the submission's fault.
    Refused(Refusal),
    /// It bears a secrecy mark.
    Marked(Refusal),
    /// It is not its fault: disk full, no process to be had, the program replaced.
    Failed(Error),
    /// It was no longer wanted.
    Unwanted,
}

/// Where the result of the file of this number goes.
pub(super) fn result_path(out: &Path, number: usize) -> PathBuf {
    out.join(format!("{number}.xlsx"))
}

/// Runs in the child: serves as long as the parent lives and wants it to.
pub fn member() -> u8 {
    let lines = lines();
    let Ok(way) = lines.recv() else { return 0 };
    let scoring = Scoring::told(&way);
    let mut served = 0_u32;
    for line in lines {
        let Ok(job) = serde_json::from_str::<Job>(&line) else { return ErrorKind::Internal.exit_code() };
        let code = turn(&scoring, &job);
        served = served.saturating_add(1);
        let spent = served >= MAX_SERVED || child::held().is_some_and(|held| held > MAX_KEPT);
        let said = serde_json::to_string(&Said { code, spent }).unwrap_or_default();
        if writeln!(std::io::stdout(), "{said}").is_err() {
            break;
        }
    }
    0
}

/// The lines that the parent says. When there is no parent any more this process ends, whatever it does: so a service that
/// is killed leaves no worker behind.
fn lines() -> Receiver<String> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut input = BufReader::new(std::io::stdin());
        loop {
            let mut line = String::new();
            let whole = input.by_ref().take(MAX_TOLD).read_line(&mut line).is_ok() && line.ends_with('\n');
            if !whole || tell.send(line).is_err() {
                std::process::exit(child::ORPHANED);
            }
        }
    });
    told
}

/// One job, from its files to the answer.
fn turn(scoring: &Result<Scoring>, job: &Job) -> u8 {
    let answered = match scoring {
        Ok(scoring) => scoring.answer(job),
        Err(error) => Err(Error::new(error.kind(), error.to_string(), error.hint())),
    };
    let (answer, code) = match answered {
        Ok(answer) => (answer, 0),
        Err(error) => {
            complain(&error);
            let refusal = Refusal::of(&error);
            let marked = error.kind() == ErrorKind::Marked;
            let answer = if marked { WorkerAnswer::Marked(refusal) } else { WorkerAnswer::Refused(refusal) };
            (answer, error.kind().exit_code())
        }
    };
    let bytes = serde_json::to_vec(&answer).unwrap_or_default();
    match fs::write(Path::new(&job.out).join(ANSWER), &bytes) {
        Ok(()) => code,
        Err(_) => ErrorKind::Output.exit_code(),
    }
}

/// For the service's log; on a full disk there is none.
fn complain(error: &Error) {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(&format!("; caused by: {inner}"));
        cause = inner.source();
    }
    let _ = writeln!(std::io::stderr(), "{}", printable(&text));
}

/// How this process scores.
struct Scoring {
    mappings: Mappings,
    answers: Vec<Answered>,
    replace_scores: bool,
    review: Review,
    letters: letter::Settings,
    templates: Option<PathBuf>,
    tables: bool,
    keys: Keys,
    limits: Limits,
}

impl Scoring {
    fn told(line: &str) -> Result<Self> {
        let way: Way = serde_json::from_str(line).map_err(Error::internal)?;
        if way.version != env!("JIXIAO_VERSION") {
            return Err(Error::usage("程序文件已更换，正在运行的服务仍是旧版本。", "请重新启动服务。"));
        }
        child::limit(way.limits)?;
        let mappings = setup::mappings(&way.mappings, &way.checks)?;
        let answers: Vec<Answered> = way.answers.into_iter().filter_map(setup::answered).collect();
        let mappings = mappings.answered(&answers);
        let (replace_scores, review) = (way.replace_scores, way.review);
        let (keys, limits, letters) = (way.keys.keys(), way.limits, way.letters);
        let (templates, tables) = (way.templates, way.tables);
        Ok(Self { mappings, answers, replace_scores, review, letters, templates, tables, keys, limits })
    }

    fn answer(&self, job: &Job) -> Result<WorkerAnswer> {
        child::renew(self.limits)?;
        match &job.task {
            Task::Score { files, known, date } => self.score(Path::new(&job.out), files, known, date),
            Task::Try { files, known, trial, date } => {
                let sources = files.iter().map(named).collect::<Result<Vec<_>>>()?;
                let on = trying::On {
                    mappings: &self.mappings,
                    settings: &self.settings(known),
                    templates: self.templates.as_deref(),
                    out: Path::new(&job.out),
                    date,
                };
                on.answer(sources, trial)
            }
            Task::Look(file) => {
                let settings = Settings { rebuild: Some(Rebuild::new(rebuild::here)), ..Settings::default() };
                let looked = pipeline::look(&mut source(file)?, &self.mappings, &settings)?;
                Ok(WorkerAnswer::Known(Box::new(identity::of(&looked))))
            }
        }
    }

    /// What the returns of the years before say. One that cannot be read says nothing.
    fn past(&self, returns: &[PastReturn]) -> Vec<Past> {
        let settings = Settings { keys: self.keys.clone(), ..Settings::default() };
        let mut all = Vec::new();
        for one in returns {
            let read = source(&one.workbook)
                .and_then(|mut source| pipeline::past(&mut source, &self.mappings, &settings));
            match read {
                Ok(found) => all.extend(found.into_iter().map(|past| Past {
                    file: one.name.clone(),
                    reviewed: past.reviewed || one.reviewed,
                    ..past
                })),
                Err(error) => complain(&error),
            }
        }
        all
    }

    /// What a run is told, with what the register knows.
    fn settings(&self, known: &Known) -> Settings {
        Settings {
            replace_scores: self.replace_scores,
            rebuild: Some(Rebuild::new(rebuild::here)),
            keys: self.keys.clone(),
            review: self.review,
            letters: self.letters.clone(),
            latest: known.latest.clone(),
            priors: known.priors.clone(),
            past: self.past(&known.past),
        }
    }

    /// Scores a submission: what is said of its cases, and of the result of each of its files.
    fn score(&self, out: &Path, files: &[OsString], known: &Known, date: &str) -> Result<WorkerAnswer> {
        let date: Date = date.parse().map_err(Error::internal)?;
        let settings = self.settings(known);
        let (reports, tables): (Vec<&OsString>, Vec<&OsString>) =
            files.iter().partition(|file| kinds::may_be_report(Path::new(file)));
        let mut sources = tables.iter().map(|file| source(file)).collect::<Result<Vec<_>>>()?;
        let paths: Vec<PathBuf> = (0..sources.len()).map(|number| result_path(out, number)).collect();
        let mut results = paths.iter().map(fresh).collect::<std::io::Result<Vec<_>>>().map_err(unwritten)?;
        let outs = Some(results.as_mut_slice());
        let outcome = pipeline::run(&mut sources, &self.mappings, &settings, date, outs)?;
        for ((path, result), written) in paths.iter().zip(results).zip(&outcome.written) {
            if written.is_some() {
                result.sync_all().map_err(unwritten)?;
            } else {
                drop(result);
                fs::remove_file(path).map_err(unwritten)?;
            }
        }
        let returned = |file: usize| {
            let written = outcome.written.get(file)?.as_ref()?;
            sources.get(file).map(|source| names::result_of(&source.name, written.ending))
        };
        let mut proofs =
            reports.into_iter().map(|file| proofread(file, &outcome.cases)).collect::<Result<Vec<_>>>()?;
        let mut answer = |(number, case): (usize, &pipeline::CaseOutcome)| {
            let report = case.report(returned);
            let about = case.about(self.letters.bureau.as_deref());
            let reporting = about.zip(self.templates.as_deref()).and_then(|(about, templates)| {
                reporting::make(&about, templates, &reporting::report_path(out, number))
            });
            let tables = self.tables.then(|| export::of_case(date, number, case, &report));
            Ok(CaseAnswer {
                reporting,
                tables: tables.unwrap_or_default(),
                // What is said of reports is said once.
                receipt: receipt_case::of_case(&report).with_reports(&std::mem::take(&mut proofs)),
                row: answer::row(case, &report, &self.answers, (self.letters.choice, date)),
                report: serde_json::to_value(&report).map_err(Error::internal)?,
                host: case.host,
                files: case.files.clone(),
                accepted: case.accepted(),
            })
        };
        let files = outcome.written.iter().map(|written| written.as_ref().map(FileAnswer::from)).collect();
        let cases = outcome.cases.iter().enumerate().map(&mut answer).collect::<Result<_>>()?;
        Ok(WorkerAnswer::Scored { cases, files })
    }
}

/// What a receipt says of a report. One that cannot be read spoils no score, but a secrecy mark stops all.
fn proofread(file: &OsStr, cases: &[pipeline::CaseOutcome]) -> Result<String> {
    let mut source = source(file)?;
    match pipeline::proof(&mut source, cases) {
        Ok(proof) if proof.is_report => Ok(receipt_case::of_report(&proof.report(), &proof.remarks)),
        Ok(_) => Ok(receipt_case::of_other_document(&source.name)),
        Err(error) if error.kind() == ErrorKind::Marked => Err(error),
        Err(error) => Ok(receipt_case::of_unread_report(&source.name, &error)),
    }
}

pub(super) fn unwritten(cause: std::io::Error) -> Error {
    Error::output("无法写出结果。", "请检查磁盘空间和写入权限。").because(cause)
}

/// A file for a result, which is not there yet.
pub(super) fn fresh(path: &PathBuf) -> std::io::Result<File> {
    File::options().create_new(true).read(true).write(true).open(path)
}

/// A file under the name that it was returned by.
fn named((file, name): &(OsString, String)) -> Result<Source<File>> {
    Ok(Source { name: name.clone(), ..source(file)? })
}

fn source(file: &OsStr) -> Result<Source<File>> {
    let reader = open_patiently(file.as_ref()).map_err(unopened)?;
    let name = readable_name(Path::new(file).file_name().unwrap_or_default());
    Ok(Source { name, reader })
}
