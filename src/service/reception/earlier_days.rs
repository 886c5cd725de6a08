//! What was dropped earlier, so that ten archives one after another give the same register as one: a record for each thing
//! that was dropped, foreign when it is read.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::base::{Error, Result, sha256_of};
use crate::intake::group::{Received, Seen};
use crate::service::disk;

/// The version of a record's form.
const SCHEMA: u8 = 1;
/// Bytes of a record; a larger one is none of ours.
const MAX_RECORD: u64 = 512 * 1024 * 1024;
/// Records that are read, some years of days; of more none is, for a register of a part of them would call what is in the
/// others 未报.
const MAX_RECORDS: usize = 100_000;

/// Something that was dropped.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::service) struct Dropped {
    schema: u8,
    /// Where it was.
    pub(in crate::service) input: PathBuf,
    /// When it was dropped first.
    first: Timestamp,
    /// What tells the way it was read from others.
    settings: String,
    /// Its files.
    pub(in crate::service) received: Vec<Received>,
    /// Where the record is.
    #[serde(skip)]
    path: PathBuf,
}

/// All that was dropped earlier.
#[derive(Debug, Default)]
pub(in crate::service) struct Past {
    folder: PathBuf,
    settings: String,
    pub(in crate::service) dropped: Vec<Dropped>,
    /// What an operator must know, in Chinese.
    pub(in crate::service) said: Vec<String>,
}

/// What was read of files, by their content and name.
pub(in crate::service) type Known = BTreeMap<(String, String), Seen>;

impl Past {
    /// Reads the records of a folder, all of them; where there is no folder nothing came before.
    pub(in crate::service) fn read(folder: PathBuf, settings: &str) -> Result<Self> {
        let mut past = Self { folder, settings: settings.to_owned(), ..Self::default() };
        for path in records(&past.folder)? {
            let bytes = disk::read_small(&path, MAX_RECORD).ok();
            let record: Option<Dropped> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
            match record.filter(|record| record.schema == SCHEMA) {
                Some(record) => past.dropped.push(Dropped { path, ..record }),
                None => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    let said = format!(
                        "以前的收件记录“{name}”无法读取，其中的材料没有登记；请把那次的材料再处理一次。"
                    );
                    past.said.push(said);
                }
            }
        }
        past.dropped.sort_by(|a, b| (a.first, &a.input).cmp(&(b.first, &b.input)));
        Ok(past)
    }

    /// What was read of files in the same way.
    pub(in crate::service) fn known(&self) -> Known {
        let same = self.dropped.iter().filter(|dropped| dropped.settings == self.settings);
        let files = same.flat_map(|dropped| &dropped.received).filter(|file| !file.sha256.is_empty());
        files.map(|file| ((file.sha256.clone(), file.base().to_owned()), file.seen.clone())).collect()
    }

    /// The same, taken out: nothing else is asked of these records.
    pub(in crate::service) fn take_known(&mut self) -> Known {
        let same = self.dropped.iter_mut().filter(|dropped| dropped.settings == self.settings);
        let files = same.flat_map(|dropped| std::mem::take(&mut dropped.received));
        let files = files.filter(|file| !file.sha256.is_empty());
        files.map(|file| ((file.sha256.clone(), file.base().to_owned()), file.seen)).collect()
    }

    /// Remembers what was dropped there.
    pub(in crate::service) fn keep(
        &self,
        input: &Path,
        received: &[Received],
        now: Timestamp,
    ) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let name = sha256_of([input.to_string_lossy().as_ref()]);
        let path = self.path(&name);
        disk::write_whole(&path, &path.with_extension("tmp"), &self.record(input, received, now)?)
    }

    /// Where the record of this name is.
    pub(in crate::service) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    /// A record.
    pub(in crate::service) fn record(
        &self,
        input: &Path,
        received: &[Received],
        now: Timestamp,
    ) -> io::Result<Vec<u8>> {
        let earlier = self.dropped.iter().find(|dropped| dropped.input == input);
        let record = Dropped {
            schema: SCHEMA,
            input: input.to_owned(),
            first: earlier.map_or(now, |earlier| earlier.first),
            settings: self.settings.clone(),
            received: received.to_vec(),
            path: PathBuf::new(),
        };
        Ok(serde_json::to_vec(&record)?)
    }

    /// Forgets what was dropped under this record's name.
    pub(in crate::service) fn forget(&mut self, name: &str) {
        let path = self.path(name);
        self.dropped.retain(|dropped| dropped.path != path);
    }
}

/// The records of a folder, in the order of their names.
fn records(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |cause: io::Error| {
        Error::output(
            format!("以前的收件记录（文件夹“{}”）无法读取，没有登记。", folder.display()),
            "请检查这个文件夹的读取权限、磁盘或网络是否正常，然后重试。",
        )
        .because(cause)
    };
    let entries = match std::fs::read_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            paths.push(path);
        }
        if paths.len() > MAX_RECORDS {
            return Err(Error::output(
                format!("以前的收件记录（文件夹“{}”）超过 {MAX_RECORDS} 份，没有登记。", folder.display()),
                "请换一个新的结果文件夹，从新的一年开始登记。",
            ));
        }
    }
    paths.sort();
    Ok(paths)
}
