//! Reports in formats that only other programs read: `.doc` by LibreOffice, `.pdf` by pdftotext, where they are installed. Only
//! the command line does so, for whoever runs it: no file that somebody dropped is given to them.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::base::{Error, Result, readable_name};
use crate::pipeline::Source;

/// How long a program may take.
const MAX_WAIT: Duration = Duration::from_secs(180);
/// How often it is looked after.
const GLANCE: Duration = Duration::from_millis(50);

/// The report as a file that this program reads; itself where it is one. The folder holds what was made of it.
pub(super) fn readable(report: &Path) -> Result<(Source<File>, Option<tempfile::TempDir>)> {
    let ending = report.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let made: fn(&Path, &Path) -> Result<PathBuf> = match ending.as_deref() {
        Some("doc" | "wps") => by_office,
        Some("pdf") => by_pdftotext,
        _ => return Ok((super::open(report)?, None)),
    };
    // A marked name is refused before any program sees the file.
    let name = super::open(report)?.name;
    let folder = tempfile::tempdir().map_err(|cause| {
        Error::output("无法建立临时文件夹。", "请检查系统临时文件夹的权限和磁盘空间。").because(cause)
    })?;
    // No name is taken for an option.
    let whole = dunce::canonicalize(report).map_err(crate::base::unopened)?;
    let path = made(&whole, folder.path())?;
    let made = super::open(&path).map_err(|error| unmade(&name).because(error))?;
    let ending = path.extension().map(readable_name).unwrap_or_default();
    // It is told of under its own name, and read as what was made of it.
    Ok((Source { name: format!("{name}.{ending}"), reader: made.reader }, Some(folder)))
}

/// LibreOffice with a profile of its own and without a network: a document may lead elsewhere.
fn by_office(report: &Path, folder: &Path) -> Result<PathBuf> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    if !installed("soffice") || !installed("unshare") {
        return Err(missing("LibreOffice"));
    }
    let mut args: Vec<OsString> =
        ["--map-root-user", "--net", "--kill-child", "soffice", "--headless", "--norestore"]
            .map(OsString::from)
            .into();
    args.push(profile.into());
    args.extend(["--convert-to", "docx", "--outdir"].map(OsString::from));
    args.extend([folder.into(), report.into()]);
    run("unshare", &args, "LibreOffice")?;
    let made = folder.join(report.file_stem().unwrap_or_default()).with_extension("docx");
    if made.is_file() { Ok(made) } else { Err(unmade("LibreOffice")) }
}

fn by_pdftotext(report: &Path, folder: &Path) -> Result<PathBuf> {
    let made = folder.join("report.txt");
    let mut args: Vec<OsString> = ["-enc", "UTF-8", "-nopgbrk"].map(OsString::from).into();
    args.extend([report.into(), made.clone().into()]);
    run("pdftotext", &args, "pdftotext")?;
    Ok(made)
}

/// Whether a program is found by its name.
fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// Runs a program to its end.
fn run(program: &str, args: &[OsString], name: &str) -> Result<()> {
    let started = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = started.map_err(|cause| missing(name).because(cause))?;
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => return Err(unmade(name)),
            Ok(None) if begun.elapsed() < MAX_WAIT => std::thread::sleep(GLANCE),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(unmade(name));
            }
        }
    }
}

fn missing(name: &str) -> Error {
    let message = format!("本机没有安装 {name}，不能读取这种格式的报告。");
    Error::input(message, "请用 Word 或 WPS 把报告另存为 .docx 后再校对。")
}

fn unmade(name: &str) -> Error {
    let message = format!("{name} 没有能够转换这份报告。");
    Error::input(message, "请用 Word 或 WPS 把报告另存为 .docx 后再校对。")
}
