//! `jixiao worker SOURCE OUT`: rebuilds a workbook of another format as `.xlsx`, in a process of its own whose memory
//! and time are limited. Both sides of that process are here; between them goes one JSON object.

use std::fs::File;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::base::{Error, Result};
use crate::output::rebuild;
use crate::pipeline::Rebuilt;
use crate::sheet::foreign;

/// Address space of the process: a dense sheet of the old format fits, one of the new does not.
#[cfg(unix)]
const MAX_MEMORY: u64 = 2 * 1024 * 1024 * 1024;
/// Seconds of computing.
#[cfg(unix)]
const MAX_CPU_SECONDS: u64 = 60;
/// How long the parent waits.
const MAX_WAIT: Duration = Duration::from_secs(120);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(10);
/// An answer is short.
const MAX_ANSWER: u64 = 64 * 1024;

/// Arguments of `jixiao worker`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 原工作簿
    source: PathBuf,
    /// 重建的 .xlsx
    out: PathBuf,
}

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
pub fn run(args: &Args) -> u8 {
    let result = limit().and_then(|()| convert(&args.source, &args.out));
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

/// What a hostile file may cost this process. A crash leaves no memory image of somebody's workbook behind.
#[cfg(unix)]
fn limit() -> Result<()> {
    use rlimit::Resource;
    let limits = [(Resource::AS, MAX_MEMORY), (Resource::CPU, MAX_CPU_SECONDS), (Resource::CORE, 0)];
    for (resource, wanted) in limits {
        let failed = |cause: std::io::Error| Error::internal("无法限制子进程").because(cause);
        // A limit that is lower already stays.
        let (_, hard) = resource.get().map_err(failed)?;
        let limit = wanted.min(hard);
        resource.set(limit, limit).map_err(failed)?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems can fail")]
fn limit() -> Result<()> {
    Ok(())
}

/// Rebuilds a workbook of another format in a child process. Memory exhausted, time run out or a crash there is an
/// input that cannot be read, here.
pub fn rebuild(source: &mut dyn Read) -> Result<Rebuilt> {
    let failed = |cause: std::io::Error| {
        Error::output("无法写入临时文件。", "请检查系统临时文件夹的权限和磁盘空间。").because(cause)
    };
    let temporary = |suffix: &str| tempfile::Builder::new().prefix("jixiao-").suffix(suffix).tempfile();
    let mut copy = temporary(".bin").map_err(failed)?;
    std::io::copy(source, copy.as_file_mut()).map_err(failed)?;
    let workbook = temporary(".xlsx").map_err(failed)?;
    match answer(copy.path(), workbook.path())? {
        Answer::Rebuilt { lost } => Ok(Rebuilt { workbook: reopened(workbook)?, lost }),
        Answer::Refused { message, hint } => Err(Error::input(message, hint)),
    }
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
            .arg("worker")
            .args([source, out])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    let mut child = started.map_err(|cause| Error::internal("无法启动子进程").because(cause))?;
    let ended = wait(&mut child);
    let mut said = String::new();
    if let Some(stdout) = child.stdout.take() {
        let read = stdout.take(MAX_ANSWER).read_to_string(&mut said);
        if read.is_err() {
            said.clear();
        }
    }
    match ended {
        Some(status) => serde_json::from_str(&said).map_err(|_| {
            Error::input(
                "读取文件时内存或时间用尽，或文件已损坏，已停止读取。",
                "请用 Excel 或 WPS 打开原文件，删去无关内容，另存为 .xlsx 后重新提交。",
            )
            .because(format!("the worker ended with {status}"))
        }),
        None => Err(Error::input(
            "读取文件用时过长，已停止读取。",
            "请用 Excel 或 WPS 打开原文件，删去无关内容，另存为 .xlsx 后重新提交。",
        )),
    }
}

/// Waits for the child to end; one that does not is ended. Its answer fits into the pipe, so it never waits for us.
fn wait(child: &mut Child) -> Option<std::process::ExitStatus> {
    let begun = Instant::now();
    while begun.elapsed() < MAX_WAIT {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => std::thread::sleep(GLANCE),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}
