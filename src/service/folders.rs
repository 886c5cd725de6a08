//! The folders of a service. They are its state: nothing else is remembered.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::door::Door;
use crate::base::{Error, ErrorKind, Result};

/// Where everything stands. `archive`, `rejected`, `processing` and `state` are beside each other on the inbox's file
/// system, so that an original is only ever renamed.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    pub(super) inbox: PathBuf,
    /// The reviewers' own.
    pub(super) reviewer_inbox: Option<PathBuf>,
    pub(super) outbox: PathBuf,
    pub(super) archive: PathBuf,
    pub(super) rejected: PathBuf,
    pub(super) processing: PathBuf,
    pub(super) state: PathBuf,
    /// The operator's templates of reports; it need not be there.
    pub(super) templates: PathBuf,
}

impl Folders {
    /// Makes what is missing and refuses what cannot work.
    pub(super) fn open(
        inbox: &Path,
        reviewers: Option<&Path>,
        outbox: &Path,
        base: Option<&Path>,
    ) -> Result<Self> {
        let inbox = made(inbox)?;
        let reviewer_inbox = reviewers.map(made).transpose()?;
        let outbox = made(outbox)?;
        let base = match base {
            Some(base) => made(base)?,
            None => inbox.parent().map(Path::to_owned).ok_or_else(|| {
                Error::usage("收件文件夹没有上级文件夹。", "请用 --base 指定存放归档等文件夹的位置。")
            })?,
        };
        let of = |name: &str| made(&base.join(name));
        let folders = Self {
            archive: of("archive")?,
            rejected: of("rejected")?,
            processing: of("processing")?,
            state: of("state")?,
            templates: base.join("templates"),
            inbox,
            reviewer_inbox,
            outbox,
        };
        folders.sound()?;
        Ok(folders)
    }

    /// The inboxes, each with its door; what comes first is served first.
    pub(super) fn entrances(&self) -> Vec<(Door, PathBuf)> {
        let reviewers = self.reviewer_inbox.iter().map(|folder| (Door::Reviewer, folder.clone()));
        reviewers.chain([(Door::Inbox, self.inbox.clone())]).collect()
    }

    /// The inbox of a door; what a batch takes never came by one.
    pub(super) fn inbox_of(&self, door: Door) -> &Path {
        match (door, &self.reviewer_inbox) {
            (Door::Reviewer, Some(folder)) => folder,
            _ => &self.inbox,
        }
    }

    fn sound(&self) -> Result<()> {
        let others = [&self.outbox, &self.archive, &self.rejected, &self.processing, &self.state];
        let pairs = others.into_iter().flat_map(|other| {
            let inboxes = std::iter::once(&self.inbox).chain(&self.reviewer_inbox);
            inboxes.map(move |inbox| (inbox, other))
        });
        for (inbox, other) in pairs.chain(self.reviewer_inbox.iter().map(|theirs| (&self.inbox, theirs))) {
            if other.starts_with(inbox) || inbox.starts_with(other) {
                return Err(Error::usage(
                    format!("收件文件夹“{}”与“{}”相互包含。", inbox.display(), other.display()),
                    "请把收件文件夹与结果、归档等文件夹分开。",
                ));
            }
        }
        let ours = [&self.archive, &self.rejected, &self.processing, &self.state];
        if ours.into_iter().any(|folder| self.outbox.starts_with(folder)) {
            return Err(Error::usage("结果文件夹不能放在归档、退回等文件夹里。", "请另选一个结果文件夹。"));
        }
        // A rename tells whether both are on one file system, on every system. One service at a time, and always under
        // the same name, so that one that is killed leaves nothing that the next does not clear.
        let _guard = self.lock().map_err(|cause| unusable(&self.state, cause))?;
        self.entrances().iter().try_for_each(|(_, inbox)| self.probe(inbox))
    }

    fn probe(&self, inbox: &Path) -> Result<()> {
        let probe = inbox.join(".jixiao-probe");
        let landed = self.processing.join(".probe");
        let moved = File::create(&probe).and_then(|_| fs::rename(&probe, &landed));
        let _ = fs::remove_file(&probe);
        let _ = fs::remove_file(&landed);
        moved.map_err(|cause| {
            if cause.kind() == io::ErrorKind::CrossesDevices {
                return Error::usage(
                    format!(
                        "“{}”与收件文件夹“{}”不在同一磁盘上。",
                        self.processing.display(),
                        inbox.display()
                    ),
                    "请用 --base 指定与收件文件夹同一磁盘（同一共享）上的位置。",
                );
            }
            unusable(inbox, cause)
        })
    }

    /// Held while names are chosen and files published, and while services take over from one another: one at a time
    /// on one base, whatever process it is. Freed by the system when its holder dies.
    pub(super) fn lock(&self) -> io::Result<File> {
        let file = File::options().create(true).truncate(false).write(true).open(self.state.join("lock"))?;
        file.lock()?;
        Ok(file)
    }
}

fn unusable(folder: &Path, cause: io::Error) -> Error {
    Error::new(
        ErrorKind::Output,
        format!("文件夹“{}”无法使用。", folder.display()),
        "请检查该文件夹是否存在、运行服务的账户是否有读写权限、磁盘是否已满。",
    )
    .because(cause)
}

/// The folder, made if it is missing, by its one absolute name.
fn made(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).map_err(|cause| unusable(folder, cause))?;
    let folder = dunce::canonicalize(folder).map_err(|cause| unusable(folder, cause))?;
    if folder.to_str().is_none() {
        return Err(Error::usage(
            format!("文件夹“{}”的名称含有无法识别的字符。", folder.display()),
            "请改用 UTF-8 编码的文件夹名称。",
        ));
    }
    Ok(folder)
}
