//! The operator's log, in English, by the clock of China as all that people read. What it quotes may be foreign, so no
//! character of it is obeyed by who looks at it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

use crate::base::{Date, Error, ErrorKind, Result, printable};
use crate::service::clock;

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

/// The time of an event, as receipts have it.
struct InChina;

impl FormatTime for InChina {
    fn format_time(&self, to: &mut Writer<'_>) -> std::fmt::Result {
        to.write_str(&clock::shown(Timestamp::now()))
    }
}

/// A file a day.
struct Daily {
    folder: PathBuf,
    open: Option<(Date, File)>,
}

impl Daily {
    fn file(&mut self) -> io::Result<&mut File> {
        let today = clock::day(Timestamp::now());
        let file = match self.open.take() {
            Some((day, file)) if day == today => file,
            _ => {
                let file = File::options()
                    .create(true)
                    .append(true)
                    .open(self.folder.join(format!("jixiao.{today}.log")))?;
                self.prune();
                file
            }
        };
        Ok(&mut self.open.insert((today, file)).1)
    }

    /// Removes the oldest beyond those that are kept. What cannot be removed now is tried on another day.
    fn prune(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut logs: Vec<(Date, PathBuf)> = entries
            .filter_map(|entry| {
                let name = entry.file_name();
                let day = name.to_str()?.strip_prefix("jixiao.")?.strip_suffix(".log")?.parse().ok()?;
                Some((day, entry.path()))
            })
            .collect();
        logs.sort();
        let old = logs.len().saturating_sub(MAX_LOGS);
        for (_, path) in logs.into_iter().take(old) {
            let _ = fs::remove_file(path);
        }
    }
}

impl Write for Daily {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }
}

/// Begins the log: a file a day in a folder, or standard error.
pub(super) fn begin(folder: Option<&Path>) -> Result<()> {
    let Some(folder) = folder else {
        let writer = || Printable(io::stderr());
        tracing_subscriber::fmt()
            .with_timer(InChina)
            .with_writer(writer)
            .with_ansi(false)
            .with_target(false)
            .init();
        return Ok(());
    };
    let failed = |cause: io::Error| {
        Error::new(ErrorKind::Output, "日志无法写入。", "请检查 --log 指定的文件夹及其写入权限。")
            .because(cause)
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut daily = Daily { folder: folder.to_owned(), open: None };
    daily.file().map_err(failed)?;
    tracing_subscriber::fmt()
        .with_timer(InChina)
        .with_writer(std::sync::Mutex::new(Printable(daily)))
        .with_ansi(false)
        .with_target(false)
        .init();
    Ok(())
}
