//! Archives, unpacked with distrust: no path of theirs is ever followed, what they claim is held against limits, and what
//! cannot be had out of them is told by its name.
//!
//! ```text
//! OUT/1/自评表.xlsx    each file in a folder of its own, under its own name as far as every system can hold it
//! OUT/2/明细账.xlsx
//! ```

mod problem;

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sevenz_rust2::{ArchiveReader, Error as SevenZipError, Password};

use super::base_name;
use super::kind::{self, Kind};
use crate::base::file_name::made_of;
use crate::base::limits::{MAX_ENTRIES, MAX_FILE_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FREE_BYTES};
use crate::base::{Error, ErrorKind, Result};
use crate::package::{ArchiveEntry, Directory, EntryReader, reading};
use crate::sheet::secrecy;

pub use problem::Problem;

/// Archives within archives.
const MAX_NESTED: usize = 3;
/// Folders of a path that are kept; those nearest to the file.
const MAX_FOLDERS: usize = 12;
/// Characters of a name in a path that is told.
const MAX_NAME: usize = 200;
/// Units of a stored file's name.
const MAX_STORED: usize = 160;

/// Something in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its path within what was dropped, names parted by `/`. For telling, never for opening.
    pub path: String,
    /// Where it is now.
    pub at: std::result::Result<PathBuf, Problem>,
}

/// Why an archive is not unpacked.
enum Stop {
    Problem(Problem),
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Unpacks an archive below `out`, a folder of ours that is empty. `name` is what paths begin with. `Err` is about the
/// archive as a whole.
pub fn unpack(archive: &Path, name: &str, out: &Path) -> Result<Vec<Item>> {
    secrecy::check_name(name)?;
    let mut work =
        Unpacking { out, items: Vec::new(), stored: 0, files: MAX_ENTRIES, bytes: MAX_TOTAL_BYTES };
    match work.archive(archive, name, 0) {
        Ok(()) if is_locked(&work.items) => Err(Problem::Password.error()),
        Ok(()) => Ok(work.items),
        Err(Stop::Problem(problem)) => Err(problem.error()),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// Why an archive of this kind is not unpacked at all.
fn not_unpacked(kind: Kind) -> Stop {
    match kind {
        Kind::Rar | Kind::OtherArchive => Stop::Problem(Problem::Archive),
        _ => {
            let hint = "请确认文件没有改过扩展名，重新压缩为 .zip 后提交。";
            Error::input("文件不是压缩包。", hint).into()
        }
    }
}

fn unwritable(cause: io::Error) -> Error {
    Error::output("解压时无法写入临时文件。", "请检查磁盘空间和写入权限。").because(cause)
}

fn excessive() -> Error {
    Error::input(
        format!("压缩包中的内容过多（超过 {MAX_ENTRIES} 个文件，或解压后过大），没有解压。"),
        "请分成几个压缩包提交，每个只放项目材料。",
    )
}

/// What is under way.
struct Unpacking<'o> {
    out: &'o Path,
    items: Vec<Item>,
    stored: usize,
    /// How many files may still come.
    files: usize,
    /// How many bytes may still come.
    bytes: u64,
}

/// What became of one file.
enum Taken {
    File(PathBuf),
    Not(Problem),
}

impl Unpacking<'_> {
    fn archive(&mut self, archive: &Path, name: &str, depth: usize) -> Result<(), Stop> {
        let mut file = BufReader::new(File::open(archive).map_err(reading)?);
        match kind::of(&mut file, name)? {
            Kind::Zip => self.zip(&mut file, name, depth),
            Kind::SevenZip => self.seven_zip(file, name, depth),
            other => Err(not_unpacked(other)),
        }
    }

    fn zip(&mut self, file: &mut (impl Read + Seek), name: &str, depth: usize) -> Result<(), Stop> {
        let directory = Directory::of_any(file)?;
        for entry in &directory.entries {
            let shown = entry.shown_name();
            let Some(path) = path_of(name, &shown) else { continue };
            if shown.ends_with(['/', '\\']) {
                // A folder, unless somebody hides bytes in it.
                continue;
            }
            self.count()?;
            let taken = self.zipped(file, entry, &path)?;
            self.put(path, taken, depth)?;
        }
        Ok(())
    }

    fn zipped(&mut self, file: &mut (impl Read + Seek), entry: &ArchiveEntry, path: &str) -> Result<Taken> {
        let problem = if is_marked(path) {
            Some(Problem::Marked)
        } else if entry.is_encrypted() {
            Some(Problem::Password)
        } else if entry.is_link() {
            Some(Problem::Link)
        } else if !matches!(entry.method, 0 | 8) {
            Some(Problem::Method)
        } else {
            None
        };
        if let Some(problem) = problem {
            return Ok(Taken::Not(problem));
        }
        match EntryReader::new(file, entry) {
            Ok(mut inside) => self.store(&mut inside, path),
            Err(_) => Ok(Taken::Not(Problem::Damaged)),
        }
    }

    fn seven_zip(&mut self, file: impl Read + Seek, name: &str, depth: usize) -> Result<(), Stop> {
        let mut archive = match ArchiveReader::new(file, Password::empty()) {
            Ok(archive) => archive,
            Err(cause) => return Err(unopened(&cause)),
        };
        archive.set_thread_count(1);
        let packed: u64 = archive.archive().pack_sizes().iter().copied().fold(0, u64::saturating_add);
        let sizes = archive.archive().files.iter().map(sevenz_rust2::ArchiveEntry::size);
        let claimed = sizes.fold(0, u64::saturating_add);
        let plausible = packed.saturating_mul(MAX_RATIO).saturating_add(RATIO_FREE_BYTES);
        if archive.archive().files.len() > MAX_ENTRIES || claimed > plausible || claimed > MAX_TOTAL_BYTES {
            return Err(excessive().into());
        }
        let mut failed: Option<Error> = None;
        let mut taken: Vec<(String, Taken)> = Vec::new();
        let done = archive.for_each_entries(|entry, inside| {
            let Some(path) = path_of(name, entry.name()) else { return Ok(true) };
            if entry.is_directory() || entry.is_anti_item() {
                return Ok(true);
            }
            let stored = self.count().and_then(|()| {
                if !is_marked(&path) {
                    return self.store(inside, &path);
                }
                // What follows in the same block is behind it.
                let passed = io::copy(inside, &mut io::sink());
                Ok(Taken::Not(passed.map_or(Problem::Damaged, |_| Problem::Marked)))
            });
            match stored {
                Ok(one) => {
                    let goes_on = !matches!(one, Taken::Not(Problem::Large | Problem::Damaged));
                    taken.push((path, one));
                    Ok(goes_on)
                }
                Err(error) => {
                    failed = Some(error);
                    Ok(false)
                }
            }
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        let broken = match done {
            Ok(()) => {
                taken.iter().any(|(_, one)| matches!(one, Taken::Not(Problem::Damaged | Problem::Large)))
            }
            Err(cause) if taken.is_empty() => return Err(unopened(&cause)),
            Err(_) => true,
        };
        for (path, one) in taken {
            self.put(path, one, depth)?;
        }
        if broken {
            // Files behind the damage are not even known to be missing.
            self.items.push(Item { path: name.to_owned(), at: Err(Problem::Damaged) });
        }
        Ok(())
    }

    fn count(&mut self) -> Result<()> {
        self.files = self.files.checked_sub(1).ok_or_else(excessive)?;
        Ok(())
    }

    /// Writes a file out of an archive.
    fn store(&mut self, inside: &mut dyn Read, path: &str) -> Result<Taken> {
        self.stored = self.stored.saturating_add(1);
        let folder = self.out.join(self.stored.to_string());
        fs::create_dir_all(&folder).map_err(unwritable)?;
        let at = folder.join(made_of(base_name(path), MAX_STORED));
        let mut file = File::options().create_new(true).write(true).open(&at).map_err(unwritable)?;
        let most = self.bytes.min(MAX_FILE_BYTES);
        let mut buffer = vec![0_u8; 64 * 1024];
        let mut written = 0_u64;
        let problem = loop {
            let read = match inside.read(&mut buffer) {
                Ok(0) => break None,
                Ok(read) => read,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => break Some(Problem::Damaged),
            };
            written = written.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
            if written > most {
                break Some(Problem::Large);
            }
            file.write_all(buffer.get(..read).unwrap_or_default()).map_err(unwritable)?;
        };
        drop(file);
        if problem == Some(Problem::Large) && most < MAX_FILE_BYTES {
            return Err(excessive());
        }
        self.bytes = self.bytes.saturating_sub(written);
        match problem {
            None => Ok(Taken::File(at)),
            Some(problem) => {
                fs::remove_dir_all(&folder).map_err(unwritable)?;
                Ok(Taken::Not(problem))
            }
        }
    }

    /// Tells of a file, or of what is in it, where it is an archive.
    fn put(&mut self, path: String, taken: Taken, depth: usize) -> Result<()> {
        let at = match taken {
            Taken::Not(problem) => return self.tell(path, Err(problem)),
            Taken::File(at) => at,
        };
        let opened = File::open(&at).map_err(reading);
        let kind = opened.and_then(|file| kind::of(&mut BufReader::new(file), base_name(&path)))?;
        if !kind.is_archive() {
            return self.tell(path, Ok(at));
        }
        let problem = if !kind.is_unpacked() {
            Some(Problem::Archive)
        } else if depth.saturating_add(1) >= MAX_NESTED {
            Some(Problem::Nested)
        } else {
            self.nested(&at, &path, depth)?
        };
        if let Some(folder) = at.parent() {
            fs::remove_dir_all(folder).map_err(unwritable)?;
        }
        match problem {
            Some(problem) => self.tell(path, Err(problem)),
            None => Ok(()),
        }
    }

    /// Unpacks an archive that lay in another.
    fn nested(&mut self, at: &Path, path: &str, depth: usize) -> Result<Option<Problem>> {
        let told = self.items.len();
        match self.archive(at, path, depth.saturating_add(1)) {
            Ok(()) => {
                let inside = self.items.get(told..).unwrap_or_default();
                let locked = is_locked(inside);
                if locked {
                    // One line says it for all.
                    self.items.truncate(told);
                }
                Ok(locked.then_some(Problem::Password))
            }
            Err(Stop::Problem(problem)) => Ok(Some(problem)),
            Err(Stop::Error(error)) => {
                let goes_on = error.kind() == ErrorKind::Input && self.files > 0 && self.bytes > 0;
                if goes_on { Ok(Some(Problem::Damaged)) } else { Err(error) }
            }
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "the last step of functions that can fail")]
    fn tell(&mut self, path: String, at: std::result::Result<PathBuf, Problem>) -> Result<()> {
        self.items.push(Item { path, at });
        Ok(())
    }
}

fn is_marked(path: &str) -> bool {
    path.split('/').any(|name| secrecy::check_name(name).is_err())
}

/// Whether nothing came out for want of a password.
fn is_locked(items: &[Item]) -> bool {
    !items.is_empty() && items.iter().all(|item| item.at == Err(Problem::Password))
}

/// Why the reader did not open an archive.
fn unopened(cause: &SevenZipError) -> Stop {
    /// How the reader calls the encryption that it is built without.
    const AES: [&str; 2] = ["AES256_SHA256", "[6, 241, 7, 1]"];
    match cause {
        SevenZipError::PasswordRequired | SevenZipError::MaybeBadPassword(_) => {
            Stop::Problem(Problem::Password)
        }
        SevenZipError::UnsupportedCompressionMethod(method) if AES.contains(&method.as_str()) => {
            Stop::Problem(Problem::Password)
        }
        SevenZipError::UnsupportedCompressionMethod(_)
        | SevenZipError::ExternalUnsupported
        | SevenZipError::Unsupported(_)
        | SevenZipError::UnsupportedVersion { .. } => Stop::Problem(Problem::Method),
        other => Error::input("压缩包已损坏或不完整，没有解压。", Problem::Damaged.hint())
            .because(other.to_string())
            .into(),
    }
}

/// Where something lies, as it is told: names that lead up or to another disk are none, and of many folders the last are
/// kept. `None` where no name is left.
fn path_of(archive: &str, inside: &str) -> Option<String> {
    let plain = inside.replace('\\', "/");
    let names: Vec<String> = plain
        .split('/')
        .map(str::trim)
        .filter(|name| !matches!(*name, "" | "." | ".."))
        .map(|name| name.chars().take(MAX_NAME).collect())
        .collect();
    let first = names.len().saturating_sub(MAX_FOLDERS);
    let kept = names.get(first..).filter(|names| !names.is_empty())?;
    let archive = (!archive.is_empty()).then(|| archive.to_owned());
    Some(archive.into_iter().chain(kept.iter().cloned()).collect::<Vec<_>>().join("/"))
}
