//! Puts a result under its final name: complete, or not at all.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::base::{Error, Result};

/// Numbered names that are tried before giving up on a folder full of results of the same name.
const MAX_NUMBERED: u32 = 10_000;

/// A file being written in the folder where it will stand; dropped without [`Draft::publish`] it is gone.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
}

fn unwritable(path: &Path, cause: io::Error) -> Error {
    Error::output(
        format!("无法写入“{}”。", path.display()),
        "请检查该文件夹是否存在、是否有写入权限、磁盘是否已满，或用 --out 指定另一个文件夹。",
    )
    .because(cause)
}

impl Draft {
    /// Begins a file in the folder.
    pub fn begin(folder: &Path) -> Result<Self> {
        let mut draft = tempfile::Builder::new();
        draft.prefix(".jixiao-").suffix(".tmp");
        // A temporary file is its owner's alone, a result is everybody's whom the system's umask lets read it.
        #[cfg(unix)]
        draft.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = draft.tempfile_in(folder).map_err(|cause| unwritable(folder, cause))?;
        Ok(Self { file })
    }

    /// Where to write and read back.
    pub fn file(&self) -> &File {
        self.file.as_file()
    }

    /// Gives the file its final name and makes both durable. A file that is there already is never overwritten: the
    /// result then gets a numbered name. Gives the name it got.
    pub fn publish(self, wanted: &Path) -> Result<PathBuf> {
        self.file.as_file().sync_all().map_err(|cause| unwritable(wanted, cause))?;
        let mut file = self.file;
        for number in 1..MAX_NUMBERED {
            let path = numbered(wanted, number);
            match file.persist_noclobber(&path) {
                Ok(_) => {
                    sync_folder(&path);
                    return Ok(path);
                }
                Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => file = failed.file,
                Err(failed) => return Err(unwritable(&path, failed.error)),
            }
        }
        Err(Error::output(
            format!("“{}”已存在，编号也已用完。", wanted.display()),
            "请清理结果文件夹后重试。",
        ))
    }
}

/// `a.xlsx`, then `a(2).xlsx`, `a(3).xlsx` …
pub(crate) fn numbered(wanted: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return wanted.to_owned();
    }
    let stem = wanted.file_stem().unwrap_or_default().to_string_lossy();
    let extension = wanted.extension().unwrap_or_default().to_string_lossy();
    wanted.with_file_name(format!("{stem}({number}).{extension}"))
}

/// The rename is durable once the folder is. Where a system cannot sync a folder (Windows), there is nothing to do.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(opened) = File::open(folder) {
            let _ = opened.sync_all();
        }
    }
}
