//! `jixiao worker rebuild SOURCE OUT`: rebuilds a workbook of another format as `.xlsx`, in a process of its own whose
//! memory and time are limited. Both sides of that process are here; between them goes one JSON object.

use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::child::{self, Ended, Limits};
use crate::base::limits::MAX_FILE_BYTES;
use crate::base::{Error, Result};
use crate::output::rebuild;
use crate::pipeline::Rebuilt;
use crate::sheet::foreign;

/// What such a process may cost: a dense sheet of the old format fits, one of the new does not.
const LIMITS: Limits = Limits { memory: 2 * 1024 * 1024 * 1024, seconds: 60, size: MAX_FILE_BYTES };
/// How long the parent waits.
const MAX_WAIT: Duration = Duration::from_secs(120);
/// An answer is short.
const MAX_ANSWER: u64 = 64 * 1024;

/// What the process says on standard output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    /// The workbook is written; these could not be carried.
    Rebuilt { lost: Vec<String> },
    /// The input cannot be read.
    Refused { message: String, hint: String },
}

/// Runs in the child: limits itself, reads, writes, answers.
pub fn run(source: &Path, out: &Path) -> u8 {
    let result = child::limit(LIMITS).and_then(|()| convert(source, out));
    let (answer, code) = match result {
        Ok(lost) => (Answer::Rebuilt { lost }, 0),
        Err(error) => {
            let answer = Answer::Refused { message: error.to_string(), hint: error.hint().to_owned() };
            (answer, error.kind().exit_code())
        }
    };
    let said = serde_json::to_string(&answer).unwrap_or_default();
    let _ = writeln!(std::io::stdout(), "{said}");
    code
}

fn convert(source: &Path, out: &Path) -> Result<Vec<String>> {
    let mut file = File::open(source).map_err(|cause| {
        Error::input("文件无法打开。", "请检查路径是否正确、文件是否被其他程序占用。").because(cause)
    })?;
    let workbook = foreign::read(&mut file)?;
    rebuild::rebuild(&workbook, out)?;
    Ok(workbook.losses.described())
}

/// Rebuilds a workbook in this process, which must be limited already.
pub(super) fn here(source: &mut dyn Read) -> Result<Rebuilt> {
    let (copy, workbook) = temporaries(source)?;
    let lost = convert(copy.path(), workbook.path())?;
    Ok(Rebuilt { workbook: reopened(workbook)?, lost })
}

/// Rebuilds a workbook of another format in a child process. Memory exhausted, time run out or a crash there is an
/// input that cannot be read, here.
pub fn rebuild(source: &mut dyn Read) -> Result<Rebuilt> {
    let (copy, workbook) = temporaries(source)?;
    match answer(copy.path(), workbook.path())? {
        Answer::Rebuilt { lost } => Ok(Rebuilt { workbook: reopened(workbook)?, lost }),
        Answer::Refused { message, hint } => Err(Error::input(message, hint)),
    }
}

/// A copy of the source under a name, and a place for the result.
fn temporaries(source: &mut dyn Read) -> Result<(NamedTempFile, NamedTempFile)> {
    let failed = |cause: std::io::Error| {
        Error::output("无法写入临时文件。", "请检查系统临时文件夹的权限和磁盘空间。").because(cause)
    };
    let temporary = |suffix: &str| tempfile::Builder::new().prefix("jixiao-").suffix(suffix).tempfile();
    let mut copy = temporary(".bin").map_err(failed)?;
    std::io::copy(source, copy.as_file_mut()).map_err(failed)?;
    Ok((copy, temporary(".xlsx").map_err(failed)?))
}

/// The file as it is now under its name.
fn reopened(file: NamedTempFile) -> Result<NamedTempFile> {
    let path = file.into_temp_path();
    let opened = File::open(&path).map_err(Error::internal)?;
    Ok(NamedTempFile::from_parts(opened, path))
}

/// Starts the child and waits for its answer.
fn answer(source: &Path, out: &Path) -> Result<Answer> {
    let started = std::env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["worker", "rebuild"])
            .args([source, out])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    let mut child = started.map_err(|cause| Error::internal("无法启动子进程").because(cause))?;
    // Its answer fits into the pipe, so it never waits for us.
    let ended = child::wait(&mut child, MAX_WAIT, &|| false);
    let mut said = String::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(MAX_ANSWER).read_to_string(&mut said);
        if read.is_err() {
            said.clear();
        }
    }
    match ended {
        Ended::With(status) => serde_json::from_str(&said).map_err(|_| {
            Error::input(
                "读取文件时内存或时间用尽，或文件已损坏，已停止读取。",
                "请用 Excel 或 WPS 打开原文件，删去无关内容，另存为 .xlsx 后重新提交。",
            )
            .because(format!("the worker ended with {status}"))
        }),
        Ended::TooLong | Ended::Unwanted => Err(Error::input(
            "读取文件用时过长，已停止读取。",
            "请用 Excel 或 WPS 打开原文件，删去无关内容，另存为 .xlsx 后重新提交。",
        )),
    }
}
