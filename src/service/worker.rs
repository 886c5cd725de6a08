//! `jixiao worker score OUT FILE…`: scores one submission in a process of its own, so that no file can stop a service or
//! a batch. Both sides of that process are here: the job comes as a line on standard input, results and answer go into
//! the folder OUT.

use std::fmt;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::answer::{self, Answer, CaseAnswer, FileAnswer, Made, Refusal};
use super::child::{self, Ended, Limits};
use super::setup::{self, Setup};
use super::{names, place, rebuild, receipt};
use crate::base::{Date, Error, ErrorKind, Result, printable, readable_name};
use crate::mapping::{Answered, Checks};
use crate::pipeline::{self, LatestOf, Review, Settings, Source};
use crate::returned::{Keys, PublicKey, SecretKey};

/// The answer's file in OUT.
const ANSWER: &str = "answer.json";
/// What the worker complained of on standard error.
const COMPLAINT: &str = "stderr.txt";
/// An answer larger than this is none.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;
/// How much of a complaint is logged.
const MAX_COMPLAINT: u64 = 2_000;
/// How much longer than a worker may compute the parent waits for it: other work shares the machine.
const PATIENCE: u32 = 3;
/// Windows' name for a process group of its own.
#[cfg(windows)]
const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
/// The worker's parent is gone.
const ORPHANED: i32 = 75;

/// The job, as the worker gets it.
#[derive(Debug, Serialize, Deserialize)]
struct Job {
    version: String,
    mappings: Vec<(String, String)>,
    checks: Checks,
    /// Mapping, title, word of the column.
    answers: Vec<(Option<String>, String, String)>,
    replace_scores: bool,
    review: Review,
    latest: LatestOf,
    keys: Told,
    date: String,
    memory: u64,
    seconds: u64,
    size: u64,
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

fn result_path(out: &Path, number: usize) -> PathBuf {
    out.join(format!("{number}.xlsx"))
}

/// Runs in the child.
pub fn run(out: &Path, files: &[PathBuf]) -> u8 {
    let (answer, code) = match serve(out, files) {
        Ok((cases, files)) => (Answer::Scored { cases, files }, 0),
        Err(error) => {
            complain(&error);
            let refusal = Refusal::of(&error);
            let marked = error.kind() == ErrorKind::Marked;
            let answer = if marked { Answer::Marked(refusal) } else { Answer::Refused(refusal) };
            (answer, error.kind().exit_code())
        }
    };
    let bytes = serde_json::to_vec(&answer).unwrap_or_default();
    match place::write_new(&out.join(ANSWER), &bytes) {
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

fn serve(out: &Path, files: &[PathBuf]) -> Result<(Vec<CaseAnswer>, Vec<Option<FileAnswer>>)> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(Error::internal)?;
    child::end_with_parent(std::io::stdin(), ORPHANED);
    let job: Job = serde_json::from_str(&line).map_err(Error::internal)?;
    if job.version != env!("JIXIAO_VERSION") {
        return Err(Error::usage("程序文件已更换，正在运行的服务仍是旧版本。", "请重新启动服务。"));
    }
    let date: Date = job.date.parse().map_err(Error::internal)?;
    child::limit(Limits { memory: job.memory, seconds: job.seconds, size: job.size })?;
    let mappings = setup::mappings(&job.mappings, &job.checks)?;
    let answers: Vec<Answered> = job.answers.into_iter().filter_map(setup::answered).collect();
    let mappings = mappings.answered(&answers);
    let settings = Settings {
        replace_scores: job.replace_scores,
        rebuild: Some(rebuild::here),
        keys: job.keys.keys(),
        review: job.review,
        latest: job.latest,
    };
    let failed =
        |cause: std::io::Error| Error::output("无法写出结果。", "请检查磁盘空间和写入权限。").because(cause);
    let mut sources = files.iter().map(|file| source(file)).collect::<Result<Vec<_>>>()?;
    let paths: Vec<PathBuf> = (0..files.len()).map(|number| result_path(out, number)).collect();
    let fresh = |path: &PathBuf| File::options().create_new(true).read(true).write(true).open(path);
    let mut results = paths.iter().map(fresh).collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
    let outcome = pipeline::run(&mut sources, &mappings, &settings, date, Some(results.as_mut_slice()))?;
    for ((path, result), written) in paths.iter().zip(results).zip(&outcome.written) {
        if written.is_some() {
            result.sync_all().map_err(failed)?;
        } else {
            drop(result);
            fs::remove_file(path).map_err(failed)?;
        }
    }
    let returned = |file: usize| {
        let written = outcome.written.get(file)?.as_ref()?;
        sources.get(file).map(|source| names::result_of(&source.name, written.ending))
    };
    let answer = |case: &pipeline::CaseOutcome| {
        let report = case.report(returned);
        Ok(CaseAnswer {
            receipt: receipt::of_case(&report),
            row: answer::row(case, &report, &answers),
            report: serde_json::to_value(&report).map_err(Error::internal)?,
            host: case.host,
            files: case.files.clone(),
            accepted: case.accepted(),
        })
    };
    let answers = outcome.written.iter().map(|written| written.as_ref().map(FileAnswer::from)).collect();
    Ok((outcome.cases.iter().map(answer).collect::<Result<_>>()?, answers))
}

fn source(file: &Path) -> Result<Source<File>> {
    let reader = File::open(file).map_err(|cause| {
        Error::input("文件无法打开。", "请检查文件是否被其他程序占用、是否有读取权限。").because(cause)
    })?;
    let name = readable_name(file.file_name().unwrap_or_default());
    Ok(Source { name, reader })
}

/// Scores a submission in a process of its own; `out` is a folder of ours that is empty. `latest` is what is known of returns
/// that are later than those handed in.
pub(super) fn score(
    setup: &Setup,
    files: &[PathBuf],
    latest: &LatestOf,
    out: &Path,
    date: Date,
    unwanted: &dyn Fn() -> bool,
) -> Outcome {
    let ended = match start(setup, files, latest, out, date, unwanted) {
        Ok(ended) => ended,
        Err(cause) => return Outcome::Failed(Error::internal("无法启动评分进程").because(cause)),
    };
    match ended {
        Ended::Unwanted => Outcome::Unwanted,
        Ended::TooLong => Outcome::Refused(Refusal {
            message: format!("评分用时超过 {} 秒，已停止处理。", setup.limits.seconds),
            hint: "请用 Excel 或 WPS 打开原文件，删去与评价无关的内容，另存为 .xlsx 后重新提交。".to_owned(),
        }),
        Ended::With(status) => judge(status, out),
    }
}

fn start(
    setup: &Setup,
    files: &[PathBuf],
    latest: &LatestOf,
    out: &Path,
    date: Date,
    unwanted: &dyn Fn() -> bool,
) -> std::io::Result<Ended> {
    let job = Job {
        version: env!("JIXIAO_VERSION").to_owned(),
        mappings: setup.mappings.clone(),
        checks: setup.checks.clone(),
        answers: setup.answers.iter().map(setup::told).collect(),
        replace_scores: setup.replace_scores,
        review: setup.review,
        latest: latest.clone(),
        keys: Told::from(&setup.keys),
        date: date.to_string(),
        memory: setup.limits.memory,
        seconds: setup.limits.seconds,
        size: setup.limits.size,
    };
    let mut command = Command::new(&setup.program);
    // A Ctrl-C on the terminal is for the parent, which lets its workers finish.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut command, CREATE_NEW_PROCESS_GROUP);
    let mut child = command
        .args(["worker", "score"])
        .arg(out)
        .args(files)
        // What it keeps for a while goes when the folder goes.
        .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, out)))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(File::create(out.join(COMPLAINT))?)
        .spawn()?;
    // Held open until the child has ended: see `child::end_with_parent`.
    let mut input = child.stdin.take();
    if let Some(input) = &mut input {
        let line = serde_json::to_string(&job)? + "\n";
        // A child that died already says more by how it died.
        let _ = input.write_all(line.as_bytes());
    }
    let patience = Duration::from_secs(setup.limits.seconds).saturating_mul(PATIENCE);
    let ended = child::wait(&mut child, patience, unwanted);
    drop(input);
    Ok(ended)
}

/// Whose fault a child's end was.
fn judge(status: ExitStatus, out: &Path) -> Outcome {
    let answer: Option<Answer> =
        read(&out.join(ANSWER), MAX_ANSWER).and_then(|a| serde_json::from_slice(&a).ok());
    let hindered = || {
        let complaint = read(&out.join(COMPLAINT), MAX_COMPLAINT).unwrap_or_default();
        Error::output("评分进程无法工作。", "请检查磁盘空间、文件夹权限，以及程序是否刚刚升级而服务未重启。")
            .because(format!("{status}: {}", String::from_utf8_lossy(&complaint).trim()))
    };
    if was_told_to_end(status) {
        return Outcome::Unwanted;
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    if code == Some(ErrorKind::Usage.exit_code()) {
        return Outcome::Failed(hindered());
    }
    match answer {
        Some(Answer::Scored { cases, files }) if code == Some(0) => {
            let made = |(number, answer): (usize, Option<FileAnswer>)| {
                answer.map(|answer| Made { path: result_path(out, number), answer })
            };
            Outcome::Scored(cases, files.into_iter().enumerate().map(made).collect())
        }
        Some(Answer::Refused(refusal)) if code == Some(ErrorKind::Input.exit_code()) => {
            Outcome::Refused(refusal)
        }
        Some(Answer::Marked(refusal)) if code == Some(ErrorKind::Marked.exit_code()) => {
            Outcome::Marked(refusal)
        }
        // Whatever else: if the disk takes no data, it is the disk's fault.
        _ if !disk_is_well(out) => Outcome::Failed(hindered()),
        answer => {
            let complaint = read(&out.join(COMPLAINT), MAX_COMPLAINT).unwrap_or_default();
            tracing::error!(%status, complaint = %String::from_utf8_lossy(&complaint).trim(), "a worker failed");
            Outcome::Refused(match answer {
                Some(Answer::Refused(refusal)) => refusal,
                _ => Refusal {
                    message: "读取文件时内存或时间用尽，或文件已损坏，已停止读取。".to_owned(),
                    hint: "请用 Excel 或 WPS 打开原文件，删去与评价无关的内容，另存为 .xlsx 后重新提交。"
                        .to_owned(),
                },
            })
        }
    }
}

/// Whether somebody ended the worker from outside: a service manager that ends all processes of a service at once.
#[cfg(unix)]
fn was_told_to_end(status: ExitStatus) -> bool {
    const HANGUP: i32 = 1;
    const INTERRUPT: i32 = 2;
    const TERMINATE: i32 = 15;
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    matches!(signal, Some(HANGUP | INTERRUPT | TERMINATE))
}

#[cfg(not(unix))]
fn was_told_to_end(_: ExitStatus) -> bool {
    false
}

fn read(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(limit).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Whether a folder takes data.
fn disk_is_well(folder: &Path) -> bool {
    let probe = folder.join("probe");
    let well = place::write_new(&probe, &vec![0_u8; 1024 * 1024]).is_ok();
    let _ = fs::remove_file(&probe);
    well
}
