//! `--findings`: all findings of a run as one table.

use std::cell::RefCell;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::base::{Error, ErrorKind, Result};
use crate::output::file::Draft;
use crate::output::findings::{self, Row};
use crate::output::json::Report;

/// The argument.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Table {
    /// 把全部问题另存为一张表：以 .csv 或 .json 结尾的文件名；各行有固定的行号（key），可与以后的结果对照
    #[arg(long, value_name = "文件")]
    findings: Option<PathBuf>,
}

/// The rows of a run.
pub(super) struct Rows(RefCell<Vec<Row>>);

impl Rows {
    /// Adds those of cases.
    pub(super) fn add(&self, reports: &[Report]) {
        self.0.borrow_mut().extend(reports.iter().flat_map(findings::rows));
    }
}

impl Table {
    /// Does a run's work, and writes the table of what it found if one is wanted; gives the exit code.
    pub(super) fn of(&self, work: impl FnOnce(&Rows) -> u8) -> u8 {
        let failed = |error: &Error| {
            super::complain("--findings", error);
            error.kind().exit_code()
        };
        let write = match self.findings.as_deref().map(format).transpose() {
            Ok(write) => write,
            Err(error) => return failed(&error),
        };
        let rows = Rows(RefCell::new(Vec::new()));
        let code = work(&rows);
        let written = match self.findings.as_deref().zip(write) {
            Some((file, write)) => write_to(file, &rows.0.take(), write),
            None => Ok(()),
        };
        written.map_or_else(|error| code.max(failed(&error)), |()| code)
    }
}

/// How rows are written.
type Format = fn(&[Row], &mut dyn std::io::Write) -> std::io::Result<()>;

/// By the ending of the name.
fn format(file: &Path) -> Result<Format> {
    let is = |ending: &str| file.extension().is_some_and(|have| have.eq_ignore_ascii_case(ending));
    match () {
        () if is("csv") => Ok(findings::csv),
        () if is("json") => Ok(findings::json),
        () => {
            Err(Error::usage("问题表的文件名应以 .csv 或 .json 结尾。", "请改正 --findings 后面的文件名。"))
        }
    }
}

fn write_to(file: &Path, rows: &[Row], write: Format) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = Draft::begin(folder)?;
    let unwritable = |cause: std::io::Error| {
        let message = format!("无法写入“{}”。", file.display());
        Error::new(ErrorKind::Output, message, "请检查路径、写入权限和磁盘空间。").because(cause)
    };
    let mut out = BufWriter::new(draft.file());
    write(rows, &mut out).and_then(|()| out.flush()).map_err(unwritable)?;
    drop(out);
    let path = draft.publish(file)?;
    eprintln!("问题表：{}", crate::base::printable(&path.display().to_string()));
    Ok(())
}
