//! The register of earlier runs, where results are: read for what a person marked, then replaced.

use std::io;
use std::path::{Path, PathBuf};

use crate::base::Error;
use crate::service::intake_book::{self, Marks};
use crate::service::{disk, names};

/// Bytes of a register; a larger one is none of ours.
const MAX_BOOK: u64 = 256 * 1024 * 1024;

/// The register of an earlier run.
pub(in crate::service) struct Book {
    pub(in crate::service) path: PathBuf,
    pub(in crate::service) marks: Marks,
    /// Whether it is put aside before it is replaced.
    pub(in crate::service) aside: bool,
    /// What is to be said of it, in Chinese.
    pub(in crate::service) said: Vec<String>,
    /// The SHA-256 of what was read; empty where there was nothing.
    digest: String,
}

impl Book {
    /// Reads the one in a folder of results.
    pub(in crate::service) fn read(out: &Path) -> Self {
        let path = out.join(intake_book::FILE);
        let mut book =
            Self { marks: Marks::default(), aside: false, said: Vec::new(), digest: String::new(), path };
        if book.path.symlink_metadata().is_err() {
            return book;
        }
        let bytes = disk::read_small(&book.path, MAX_BOOK).map_err(|cause| {
            Error::input("文件无法读取。", "请关闭正在打开它的程序后重新运行。").because(cause)
        });
        book.digest = disk::sha256(&book.path).unwrap_or_default();
        match bytes.and_then(|bytes| intake_book::read(&bytes)) {
            Ok(marks) => {
                book.said.extend(marks.refused.iter().cloned());
                book.said.extend(marks.altered.iter().cloned());
                book.aside = !marks.altered.is_empty();
                book.marks = marks;
            }
            Err(error) => {
                book.aside = true;
                let said = format!(
                    "“{}”无法读取（{error}），其中的选择没有采用。{}",
                    intake_book::FILE,
                    error.hint()
                );
                book.said.push(said);
            }
        }
        book
    }

    /// Puts a new one in its place.
    pub(in crate::service) fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(to) = self.kept_as()? {
            disk::rename_new(&self.path, &to)?;
            self.say_kept(&to);
        }
        disk::write_whole(&self.path, &self.path.with_file_name(".jixiao-register.tmp"), bytes)
    }

    /// Where the one that is there is kept, if it is.
    pub(in crate::service) fn kept_as(&self) -> io::Result<Option<PathBuf>> {
        if !self.aside || self.path.symlink_metadata().is_err() {
            return Ok(None);
        }
        let old = |number: u32| {
            let number = if number == 1 { String::new() } else { format!("({number})") };
            self.path.with_file_name(format!("收件登记表.旧{number}.xlsx"))
        };
        let number = names::free(|number| vec![old(number)]);
        Ok(Some(old(number.ok_or_else(|| io::Error::other("no free name"))?)))
    }

    /// Says that it is.
    pub(in crate::service) fn say_kept(&mut self, to: &Path) {
        let name = to.file_name().unwrap_or_default().to_string_lossy();
        self.said.push(format!("原来的“{}”有改动，改名为“{name}”保留。", intake_book::FILE));
    }

    /// Whether it is still what was read.
    pub(in crate::service) fn is_unchanged(&self) -> bool {
        disk::sha256(&self.path).unwrap_or_default() == self.digest
    }
}
