//! `jixiao worker identify OUT FILE…`: what tables say of themselves, in processes of their own. One reads several files,
//! and says of each as soon as it is read: whatever ends it, only the file that it was at is suspected, and tried alone.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::child::{self, Ended, Limits};
use super::rebuild;
use super::setup::{self, Setup};
use crate::base::{Error, ErrorKind, Result, readable_name};
use crate::intake::identity::{self, Identity};
use crate::mapping::{Answered, Checks, Mappings};
use crate::pipeline::{self, Settings, Source};
use crate::returned::Keys;

/// Files that one process reads.
const FILES_AT_ONCE: usize = 16;
/// The answers' file in OUT, a line each.
const ANSWERS: &str = "answers.jsonl";
/// Answers larger than this are none.
const MAX_ANSWERS: u64 = 64 * 1024 * 1024;
/// How much longer than a process may compute the parent waits for it.
const PATIENCE: u32 = 3;
/// The parent is gone.
const ORPHANED: i32 = 75;

/// The job, as the child gets it.
#[derive(Debug, Serialize, Deserialize)]
struct Job {
    version: String,
    mappings: Vec<(String, String)>,
    checks: Checks,
    /// Mapping, title, word of the column.
    answers: Vec<(Option<String>, String, String)>,
    memory: u64,
    seconds: u64,
    size: u64,
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Told {
    /// What it says of itself.
    Known(Identity),
    /// It cannot be read.
    Refused { message: String, hint: String },
    /// It bears a secrecy mark.
    Marked { message: String, hint: String },
}

/// Runs in the child.
pub fn run(out: &Path, files: &[PathBuf]) -> u8 {
    match serve(out, files) {
        Ok(()) => 0,
        Err(error) => error.kind().exit_code(),
    }
}

fn serve(out: &Path, files: &[PathBuf]) -> Result<()> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(Error::internal)?;
    child::end_with_parent(std::io::stdin(), ORPHANED);
    let job: Job = serde_json::from_str(&line).map_err(Error::internal)?;
    if job.version != env!("JIXIAO_VERSION") {
        return Err(Error::usage("程序文件已更换，正在运行的服务仍是旧版本。", "请重新启动服务。"));
    }
    child::limit(Limits { memory: job.memory, seconds: job.seconds, size: job.size })?;
    let mappings = setup::mappings(&job.mappings, &job.checks)?;
    let answers: Vec<Answered> = job.answers.into_iter().filter_map(setup::answered).collect();
    let mappings = mappings.answered(&answers);
    let mut said =
        File::options().create_new(true).write(true).open(out.join(ANSWERS)).map_err(Error::internal)?;
    for file in files {
        let told = told(file, &mappings);
        let line = serde_json::to_string(&told).map_err(Error::internal)? + "\n";
        said.write_all(line.as_bytes()).map_err(Error::internal)?;
    }
    Ok(())
}

fn told(file: &Path, mappings: &Mappings) -> Told {
    let settings = Settings { rebuild: Some(rebuild::here), keys: Keys::default(), ..Settings::default() };
    let looked = File::open(file).map_err(|cause| {
        Error::input("文件无法打开。", "请检查文件是否被其他程序占用、是否有读取权限。").because(cause)
    });
    let name = readable_name(file.file_name().unwrap_or_default());
    let looked = looked.and_then(|reader| pipeline::look(&mut Source { name, reader }, mappings, &settings));
    match looked {
        Ok(looked) => Told::Known(identity::of(&looked)),
        Err(error) => {
            let (message, hint) = (error.to_string(), error.hint().to_owned());
            if error.kind() == ErrorKind::Marked {
                Told::Marked { message, hint }
            } else {
                Told::Refused { message, hint }
            }
        }
    }
}

/// Asks all files what they say, several processes at a time; `None` where that is no longer wanted. `scratch` is a folder
/// of ours.
pub(super) fn all(
    setup: &Setup,
    files: &[PathBuf],
    jobs: usize,
    scratch: &Path,
    unwanted: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn(&Path) + Sync),
) -> Result<Option<Vec<Told>>> {
    let chunks: Vec<&[PathBuf]> = files.chunks(FILES_AT_ONCE).collect();
    let found: Mutex<Vec<Option<Vec<Told>>>> = Mutex::new(vec![None; chunks.len()]);
    let failed: Mutex<Option<Error>> = Mutex::new(None);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(chunks.len()) {
            scope.spawn(|| {
                while let Some((at, chunk)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    chunks.get(at).map(|chunk| (at, *chunk))
                } {
                    if unwanted() || failed.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
                        return;
                    }
                    match several(setup, chunk, &scratch.join(format!("identify-{at}")), unwanted, done) {
                        Ok(told) => {
                            if let Some(slot) =
                                found.lock().unwrap_or_else(PoisonError::into_inner).get_mut(at)
                            {
                                *slot = told;
                            }
                        }
                        Err(error) => {
                            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                            return;
                        }
                    }
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(found.into_iter().collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect()))
}

/// Asks some files, again without the one that a process ended over.
fn several(
    setup: &Setup,
    files: &[PathBuf],
    work: &Path,
    unwanted: &dyn Fn() -> bool,
    done: &dyn Fn(&Path),
) -> Result<Option<Vec<Told>>> {
    let mut told: Vec<Told> = Vec::new();
    let mut alone = false;
    while let Some(rest) = files.get(told.len()..).filter(|rest| !rest.is_empty()) {
        let now = if alone { rest.get(..1).unwrap_or(rest) } else { rest };
        let Some(answers) = once(setup, now, work, unwanted)? else { return Ok(None) };
        let complete = answers.len() == now.len();
        now.iter().take(answers.len()).for_each(|file| done(file));
        told.extend(answers);
        if complete {
            alone = false;
        } else if alone {
            // It had a process of its own, and that ended over it.
            told.push(Told::Refused {
                message: "读取文件时内存或时间用尽，或文件已损坏，已停止读取。".to_owned(),
                hint: "请用 Excel 或 WPS 打开原文件，删去与评价无关的内容，另存为 .xlsx 后重新提交。"
                    .to_owned(),
            });
            alone = false;
        } else {
            alone = true;
        }
    }
    Ok(Some(told))
}

/// One process: what it said before it ended.
fn once(
    setup: &Setup,
    files: &[PathBuf],
    work: &Path,
    unwanted: &dyn Fn() -> bool,
) -> Result<Option<Vec<Told>>> {
    let failed = |cause: std::io::Error| Error::internal("无法启动读取进程").because(cause);
    super::place::remove(work).map_err(failed)?;
    fs::create_dir_all(work).map_err(failed)?;
    let job = Job {
        version: env!("JIXIAO_VERSION").to_owned(),
        mappings: setup.mappings.clone(),
        checks: setup.checks.clone(),
        answers: setup.answers.iter().map(setup::told).collect(),
        memory: setup.limits.memory,
        seconds: setup.limits.seconds,
        size: setup.limits.size,
    };
    let line = serde_json::to_string(&job).map_err(Error::internal)? + "\n";
    let mut child = Command::new(&setup.program)
        .args(["worker", "identify"])
        .arg(work)
        .args(files)
        .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, work)))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    // Held open until the child has ended: see `child::end_with_parent`.
    let mut input = child.stdin.take();
    if let Some(input) = &mut input {
        // A child that died already says more by how it died.
        let _ = input.write_all(line.as_bytes());
    }
    let patience = Duration::from_secs(setup.limits.seconds).saturating_mul(PATIENCE);
    let ended = child::wait(&mut child, patience, unwanted);
    drop(input);
    let code = match ended {
        Ended::Unwanted => return Ok(None),
        Ended::With(status) => status.code(),
        Ended::TooLong => None,
    };
    if code == Some(i32::from(ErrorKind::Usage.exit_code())) {
        return Err(Error::usage("读取进程无法工作。", "请检查映射文件，以及程序是否刚刚升级而服务未重启。"));
    }
    let mut text = String::new();
    if let Ok(said) = File::open(work.join(ANSWERS)) {
        let _ = said.take(MAX_ANSWERS).read_to_string(&mut text);
    }
    // A line that is cut off is of the file over which it ended.
    let told = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let told: Vec<Told> = told.map_while(|line| serde_json::from_str(line).ok()).take(files.len()).collect();
    let _ = super::place::remove(work);
    Ok(Some(told))
}
