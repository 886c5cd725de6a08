//! The log of what accounts did (操作记录): lines are only ever added, each with the digest of the one before, so that a line
//! that was changed, taken out or put between shows. A file a month; none is ever removed by this program.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::base::{Error, sha256_of};
use crate::service::clock;

const FOLDER: &str = "audit";
const LOCK: &str = ".lock";
/// Bytes of a line: what a person typed may be as long as a cell.
const MAX_LINE: u64 = 256 * 1024;
/// Bytes at the end of a file in which its last line is looked for.
const MAX_TAIL: u64 = 2 * MAX_LINE;
/// What stands before the first line.
const FIRST: &str = "0";
/// Characters of what is told of an act.
const MAX_DETAIL: usize = 2_000;

/// What an account did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Signed in.
    SignIn,
    /// Tried to, with a wrong password.
    WrongPassword,
    /// Signed out.
    SignOut,
    /// Handed something in.
    Upload,
    /// Typed something into a return.
    Edit,
    /// Took a file with it.
    Download,
    /// Accounts were changed.
    Accounts,
}

impl Act {
    /// As a clerk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "登录",
            Self::WrongPassword => "密码不对",
            Self::SignOut => "退出",
            Self::Upload => "上传",
            Self::Edit => "复核填写",
            Self::Download => "下载",
            Self::Accounts => "用户管理",
        }
    }
}

/// A line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub user: String,
    /// What.
    pub act: Act,
    /// On what: the id of a return, the name of a file; may be empty.
    pub of: String,
    /// In words.
    pub detail: String,
    /// The digest of the line before.
    before: String,
    /// The digest of this one.
    digest: String,
}

impl AuditLine {
    fn digest(&self) -> String {
        let at = self.at.to_string();
        let act = serde_json::to_string(&self.act).unwrap_or_default();
        sha256_of([&self.before, &at, &self.user, &act, &self.of, &self.detail].map(String::as_str))
    }
}

/// The log.
#[derive(Debug, Clone)]
pub struct Audit {
    folder: PathBuf,
}

/// What a look over the whole log gives.
#[derive(Debug, Default)]
pub struct Verified {
    /// Lines that hold.
    pub lines: usize,
    /// The first line that does not follow from the one before it: its file and number, from 1.
    pub broken: Option<(String, usize)>,
    /// The digest of the last line that holds: kept elsewhere, it shows later that the end was not cut off.
    pub last: String,
}

impl Audit {
    /// In the page's own folder.
    pub fn at(page: &Path) -> Self {
        Self { folder: page.join(FOLDER) }
    }

    /// Adds a line; it is on the disk when this returns.
    pub fn add(&self, user: &str, act: Act, of: &str, detail: &str) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let guard = File::options().create(true).truncate(false).write(true).open(self.folder.join(LOCK))?;
        guard.lock()?;
        let before = match self.files().last() {
            Some(file) => last_digest(file)?.unwrap_or_else(|| FIRST.to_owned()),
            None => FIRST.to_owned(),
        };
        let at = Timestamp::now();
        let cut = |text: &str| text.chars().take(MAX_DETAIL).collect::<String>();
        let (user, of, detail) = (user.to_owned(), cut(of), cut(detail));
        let mut line = AuditLine { at, user, act, of, detail, before, digest: String::new() };
        line.digest = line.digest();
        let month: String = clock::shown(at).chars().take(7).collect();
        // Where the clock went back, the file of the last line goes on.
        let own = self.folder.join(format!("{month}.jsonl"));
        let file = self.files().pop().filter(|last| *last > own).unwrap_or(own);
        let mut file = File::options().create(true).append(true).open(file)?;
        let mut text = serde_json::to_string(&line)?;
        text.push('\n');
        file.write_all(text.as_bytes())?;
        file.sync_data()
    }

    /// The same where nothing hangs on it: that it failed goes to the log of the service.
    pub fn note(&self, user: &str, act: Act, of: &str, detail: &str) {
        if let Err(cause) = self.add(user, act, of, detail) {
            tracing::error!(%cause, user, "an act could not be recorded");
        }
    }

    /// The latest lines, the latest first, of those that `wanted` says.
    pub fn latest(&self, most: usize, wanted: impl Fn(&AuditLine) -> bool) -> Vec<AuditLine> {
        let mut found = Vec::new();
        for file in self.files().into_iter().rev() {
            let lines: Vec<AuditLine> = lines(&file).flatten().collect();
            found.extend(lines.into_iter().rev().filter(&wanted));
            if found.len() >= most {
                break;
            }
        }
        found.truncate(most);
        found
    }

    /// Looks whether every line follows from the one before it.
    pub fn verify(&self) -> Verified {
        let mut verified = Verified { last: FIRST.to_owned(), ..Verified::default() };
        for file in self.files() {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for (line, number) in lines(&file).zip(1_usize..) {
                let Some(line) = line else {
                    return Verified { broken: Some((name, number)), ..verified };
                };
                if line.before != verified.last || line.digest != line.digest() {
                    return Verified { broken: Some((name, number)), ..verified };
                }
                verified.lines = verified.lines.saturating_add(1);
                verified.last = line.digest;
            }
        }
        verified
    }

    /// The files, the oldest first.
    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten();
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
            .collect();
        files.sort();
        files
    }
}

/// The lines of a file; `None` for one that is none.
fn lines(file: &Path) -> impl Iterator<Item = Option<AuditLine>> + use<> {
    let mut reader = File::open(file).ok().map(BufReader::new);
    std::iter::from_fn(move || {
        let reader = reader.as_mut()?;
        let mut line = Vec::new();
        match reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => Some(serde_json::from_slice(&line).ok()),
            Err(_) => None,
        }
    })
}

/// The digest of the last line. One that was not written whole, for the power went, was never told to anybody: it goes.
fn last_digest(file: &Path) -> std::io::Result<Option<String>> {
    let mut opened = File::options().read(true).write(true).open(file)?;
    let length = opened.metadata()?.len();
    let from = length.saturating_sub(MAX_TAIL);
    opened.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    (&opened).take(MAX_TAIL).read_to_end(&mut tail)?;
    let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end.saturating_add(1));
    if whole < tail.len() {
        opened.set_len(from.saturating_add(u64::try_from(whole).unwrap_or_default()))?;
    }
    let mut lines = tail.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n').rev();
    let last = lines.find(|line| !line.is_empty());
    // What was altered is its own digest: the line after it does not hold, and that shows.
    let digest = |last: &[u8]| {
        let read: Option<AuditLine> = serde_json::from_slice(last).ok();
        read.map_or_else(|| sha256_of([String::from_utf8_lossy(last).as_ref()]), |line| line.digest)
    };
    Ok(last.map(digest))
}

/// What cannot be done about a log that does not hold.
pub fn broken(file: &str, line: usize) -> Error {
    Error::input(
        format!("操作记录不完整：{file} 第 {line} 行与上一行接不上，该行或其前后的记录被改动、删除或插入。"),
        "请保留现场，与备份核对，并按规定报告。",
    )
}
