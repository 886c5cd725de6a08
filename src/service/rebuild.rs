//! `jixiao worker rebuild OUT`: rebuilds a workbook of another format as `.xlsx`, in a process of its own whose memory and
//! time are limited. Both sides of that process are here; the workbook goes there by a pipe, for no copy of it may lie on
//! a disk before it is known to bear no secrecy mark, and one JSON object comes back.

use std::fs::File;
use std::io::{Cursor, Read, Seek, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::child::{self, Ended, Limits};
use crate::base::limits::MAX_FILE_BYTES;
use crate::base::{Error, ErrorCode, ErrorKind, Result};
use crate::output::rebuild;
use crate::pipeline::{Rebuild, Rebuilt, Seekable};
use crate::sheet::{foreign, secrecy};

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
    /// The input cannot be read, or must not be.
    Refused { message: String, hint: String, code: ErrorCode },
}

/// Runs in the child: limits itself, reads, writes, answers.
pub fn run(out: &Path) -> u8 {
    let result = child::limit(LIMITS).and_then(|()| {
        let mut bytes = Vec::new();
        let source = std::io::stdin().take(MAX_FILE_BYTES.saturating_add(1)).read_to_end(&mut bytes);
        source.map_err(Error::internal)?;
        let out = File::options().write(true).open(out).map_err(unwritable)?;
        convert(&mut Cursor::new(bytes), &out)
    });
    let (answer, code) = match result {
        Ok(lost) => (Answer::Rebuilt { lost }, 0),
        Err(error) => {
            let (message, hint) = (error.to_string(), error.hint().to_owned());
            let answer = Answer::Refused { message, hint, code: error.code() };
            (answer, error.kind().exit_code())
        }
    };
    let said = serde_json::to_string(&answer).unwrap_or_default();
    let _ = writeln!(std::io::stdout(), "{said}");
    code
}

fn convert(source: &mut (impl Read + Seek), out: &File) -> Result<Vec<String>> {
    let workbook = foreign::read(source)?;
    secrecy::check_foreign(&workbook)?;
    rebuild::rebuild(&workbook, out)?;
    Ok(workbook.losses.described())
}

/// Rebuilds a workbook in this process, which must be limited already.
pub(super) fn here(mut source: &mut dyn Seekable) -> Result<Rebuilt> {
    let workbook = tempfile::tempfile().map_err(unwritable)?;
    let lost = convert(&mut source, &workbook)?;
    Ok(Rebuilt { workbook, lost })
}

/// Rebuilds workbooks of other formats in processes of this program, `jixiao` by whatever name and path it has.
pub fn by(program: PathBuf) -> Rebuild {
    Rebuild::new(move |source| rebuild(&program, source))
}

/// The same in processes of the program that runs.
pub fn by_this_program() -> Rebuild {
    Rebuild::new(|source| rebuild(&child::this_program()?, source))
}

/// Rebuilds a workbook of another format in a child process. Memory exhausted, time run out or a crash there is an
/// input that cannot be read, here.
fn rebuild(program: &Path, source: &mut dyn Seekable) -> Result<Rebuilt> {
    let place = tempfile::Builder::new().prefix("jixiao-").suffix(".xlsx").tempfile().map_err(unwritable)?;
    match answer(program, source, place.path())? {
        // Its name goes with `place`.
        Answer::Rebuilt { lost } => Ok(Rebuilt { workbook: place.reopen().map_err(unwritable)?, lost }),
        Answer::Refused { message, hint, code } => {
            // Whatever went wrong there, it is this input with which it did.
            let of_input = matches!(code.kind(), ErrorKind::Input | ErrorKind::Marked);
            let code = if of_input { code } else { ErrorCode::Input };
            Err(Error::new(code.kind(), message, hint).coded(code))
        }
    }
}

fn unwritable(cause: std::io::Error) -> Error {
    Error::output("无法写入临时文件。", "请检查系统临时文件夹的权限和磁盘空间。").because(cause)
}

/// Starts the child, gives it the workbook and waits for its answer.
fn answer(program: &Path, source: &mut dyn Seekable, out: &Path) -> Result<Answer> {
    let started = Command::new(program)
        .args(["worker", "rebuild"])
        .arg(out)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = started.map_err(|cause| Error::internal("无法启动子进程").because(cause))?;
    // It reads all before anything else.
    let given = child.stdin.take().map_or(Ok(0), |mut input| std::io::copy(source, &mut input));
    // Its answer fits into the pipe, so it never waits for us.
    let ended = child::wait(&mut child, MAX_WAIT, &|| false);
    let mut said = String::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(MAX_ANSWER).read_to_string(&mut said);
        if read.is_err() {
            said.clear();
        }
    }
    // A child that died already says more by how it died.
    if let Err(cause) = given
        && cause.kind() != std::io::ErrorKind::BrokenPipe
    {
        let hint = "请检查文件是否仍在原处、磁盘或网络是否正常，然后重试。";
        return Err(Error::input("文件无法读取。", hint).because(cause));
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
