//! The operator's log, in English. What it quotes may be foreign, so no character of it is obeyed by who looks at it.

use std::io::{self, Write};
use std::path::Path;

use tracing_appender::rolling::{RollingFileAppender, Rotation};

use crate::base::{Error, ErrorKind, Result, printable};

/// Daily log files that are kept.
const MAX_LOGS: usize = 60;

/// Where events go: each comes whole, and leaves as one line in which every character is seen.
struct Printable<W>(W);

impl<W: Write> Write for Printable<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        self.0.write_all(format!("{}\n", printable(line)).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Begins the log: a file a day in a folder, or standard error.
pub(super) fn begin(folder: Option<&Path>) -> Result<()> {
    let Some(folder) = folder else {
        let writer = || Printable(io::stderr());
        tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_target(false).init();
        return Ok(());
    };
    let failed = |cause: Box<dyn std::error::Error + Send + Sync>| {
        Error::new(ErrorKind::Output, "日志无法写入。", "请检查 --log 指定的文件夹及其写入权限。")
            .because(cause)
    };
    std::fs::create_dir_all(folder).map_err(|cause| failed(cause.into()))?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("jixiao")
        .filename_suffix("log")
        .max_log_files(MAX_LOGS)
        .build(folder)
        .map_err(|cause| failed(cause.into()))?;
    tracing_subscriber::fmt()
        .with_writer(std::sync::Mutex::new(Printable(file)))
        .with_ansi(false)
        .with_target(false)
        .init();
    Ok(())
}
