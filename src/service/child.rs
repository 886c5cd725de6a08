//! Processes of our own program that read foreign files: limited from within, watched from without.

use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

#[cfg(unix)]
use rustix::{
    process::{Resource, Rlimit, getrlimit, setrlimit},
    time::{ClockId, clock_gettime},
};
use serde::{Deserialize, Serialize};

use crate::base::{Error, Result};

/// How often a child is looked at: often at first, for most are done soon.
const SHORTEST_GLANCE: Duration = Duration::from_micros(500);
const LONGEST_GLANCE: Duration = Duration::from_millis(20);

/// What a hostile file may cost.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// Address space in bytes; on Windows what is committed.
    pub memory: u64,
    /// Seconds, of computing and of waiting for it.
    pub seconds: u64,
    /// Bytes of a file, read or written.
    pub size: u64,
}

/// Limits this process; its time counts from now. A crash leaves no memory image of somebody's workbook behind.
pub fn limit(limits: Limits) -> Result<()> {
    #[cfg(unix)]
    for (resource, wanted) in
        [(Resource::As, limits.memory), (Resource::Fsize, limits.size), (Resource::Core, 0)]
    {
        // A limit that is lower already stays.
        let wanted = Some(wanted.min(getrlimit(resource).maximum.unwrap_or(u64::MAX)));
        setrlimit(resource, Rlimit { current: wanted, maximum: wanted }).map_err(failed)?;
    }
    #[cfg(windows)]
    jixiao_windows::limit_memory(limits.memory)
        .map_err(|cause| Error::internal("无法限制子进程").because(cause))?;
    renew(limits)
}

/// Gives this process as much time again from now.
#[cfg(unix)]
pub(super) fn renew(limits: Limits) -> Result<()> {
    let taken = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    let maximum = getrlimit(Resource::Cpu).maximum;
    // What has begun of a second is not counted.
    let wanted = u64::try_from(taken).unwrap_or_default().saturating_add(limits.seconds).saturating_add(1);
    let current = Some(wanted.min(maximum.unwrap_or(u64::MAX)));
    setrlimit(Resource::Cpu, Rlimit { current, maximum }).map_err(failed)
}

/// Elsewhere the parent's clock alone limits.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems can fail")]
pub(super) fn renew(_: Limits) -> Result<()> {
    Ok(())
}

#[cfg(unix)]
fn failed(cause: rustix::io::Errno) -> Error {
    Error::internal("无法限制子进程").because(cause)
}

/// The memory that this process holds now, in bytes, where the system says it in a file (Linux).
pub(super) fn held() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_ascii_whitespace().nth(1)?.parse::<u64>().ok()?.checked_mul(1024)
}

/// The exit code of a child whose parent is gone.
pub(super) const ORPHANED: i32 = 75;

/// Ends this process when its parent ends: the parent holds the other end of standard input, and never closes it while
/// it lives. So a service that is killed leaves no child behind.
pub(super) fn end_with_parent() {
    std::thread::spawn(|| {
        let (mut input, mut rest) = (std::io::stdin(), [0_u8; 64]);
        while matches!(input.read(&mut rest), Ok(read) if read > 0) {}
        std::process::exit(ORPHANED);
    });
}

/// Where the program that runs is.
pub fn this_program() -> Result<PathBuf> {
    std::env::current_exe().map_err(|cause| Error::internal("无法找到程序自身").because(cause))
}

/// Does a task of `jixiao worker` in a child that ends with this process, and waits for it; what it keeps for a while it keeps
/// in `out`. What it says it writes there, too.
pub(super) fn apart(
    program: &Path,
    task: &[&OsStr],
    out: &Path,
    limit: Duration,
    unwanted: &dyn Fn() -> bool,
) -> Result<Ended> {
    let started = Command::new(program)
        .arg("worker")
        .args(task)
        .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, out)))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = started.map_err(|cause| Error::internal("无法启动子进程").because(cause))?;
    let input = child.stdin.take();
    let ended = wait(&mut child, limit, unwanted);
    drop(input);
    Ok(ended)
}

/// How a child ended.
pub(super) enum Ended {
    /// By itself.
    With(ExitStatus),
    /// Its time ran out.
    TooLong,
    /// It was no longer wanted.
    Unwanted,
}

/// Waits for a child; one that takes too long or is no longer wanted is ended.
pub(super) fn wait(child: &mut Child, limit: Duration, unwanted: &dyn Fn() -> bool) -> Ended {
    let begun = Instant::now();
    let why = loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ended::With(status),
            Ok(None) if unwanted() => break Ended::Unwanted,
            Ok(None) if begun.elapsed() > limit => break Ended::TooLong,
            Ok(None) => {
                let glance = begun.elapsed().checked_div(32).unwrap_or_default();
                std::thread::sleep(glance.clamp(SHORTEST_GLANCE, LONGEST_GLANCE));
            }
            Err(_) => break Ended::TooLong,
        }
    };
    let _ = child.kill();
    let _ = child.wait();
    why
}
