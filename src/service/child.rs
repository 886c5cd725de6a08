//! Processes of our own program that read foreign files: limited from within, watched from without (DESIGN §12).

use std::io::Read;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use crate::base::Result;

/// How often a child is looked at: often at first, for most are done soon.
const SHORTEST_GLANCE: Duration = Duration::from_micros(500);
const LONGEST_GLANCE: Duration = Duration::from_millis(20);

/// What a hostile file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Address space in bytes.
    pub memory: u64,
    /// Seconds, of computing and of waiting for it.
    pub seconds: u64,
    /// Bytes of a file, read or written.
    pub size: u64,
}

/// Limits this process. A crash leaves no memory image of somebody's workbook behind.
#[cfg(unix)]
pub fn limit(limits: Limits) -> Result<()> {
    use rlimit::Resource;
    let wanted = [
        (Resource::AS, limits.memory),
        (Resource::CPU, limits.seconds),
        (Resource::FSIZE, limits.size),
        (Resource::CORE, 0),
    ];
    for (resource, wanted) in wanted {
        let failed = |cause: std::io::Error| crate::base::Error::internal("无法限制子进程").because(cause);
        // A limit that is lower already stays.
        let (_, hard) = resource.get().map_err(failed)?;
        let limit = wanted.min(hard);
        resource.set(limit, limit).map_err(failed)?;
    }
    Ok(())
}

/// Elsewhere the parent's clock alone limits.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems can fail")]
pub fn limit(_: Limits) -> Result<()> {
    Ok(())
}

/// Ends this process when its parent ends: the parent holds the other end of standard input, and never closes it while
/// it lives. So a service that is killed leaves no worker behind.
pub(super) fn end_with_parent(mut input: impl Read + Send + 'static, code: i32) {
    std::thread::spawn(move || {
        let mut rest = [0_u8; 64];
        while matches!(input.read(&mut rest), Ok(read) if read > 0) {}
        std::process::exit(code);
    });
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
