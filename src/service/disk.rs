//! Files on disk: moved without ever replacing one, copied whole, made durable, recognised by their bytes.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

/// How far a folder is looked through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Folders within folders.
    depth: usize,
    /// Files.
    files: usize,
}

/// A folder that is one submission.
const SUBMISSION: Reach = Reach { depth: 8, files: 1_000 };
/// A tree of many: what a province hands in at a time.
pub(super) const TREE: Reach = Reach { depth: 16, files: 200_000 };

/// Moves a file or folder within a file system; what stands under the new name already is never replaced.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    if from.symlink_metadata()?.is_dir() {
        return rename_unless_there(from, to);
    }
    // The temporary-file library knows how each system renames without replacing; the file is none of its own.
    let mut path = TempPath::try_from_path(from)?;
    path.disable_cleanup(true);
    match path.persist_noclobber(to).map_err(|failed| failed.error) {
        Err(cause)
            if !matches!(
                cause.kind(),
                io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound | io::ErrorKind::CrossesDevices
            ) =>
        {
            // A file system without links and without such a rename.
            rename_unless_there(from, to).map_err(|_| cause)
        }
        result => result,
    }
}

fn rename_unless_there(from: &Path, to: &Path) -> io::Result<()> {
    if to.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// As [`rename_new`], between file systems too, and durable. `tag` names the copy while it is not complete; the same
/// tag after a crash takes up the same name, so that none is left behind.
pub(super) fn place(from: &Path, to: &Path, tag: &str) -> io::Result<()> {
    moved(from, to, tag, rename_new)
}

/// As [`place`], in place of what stands there. Of a file the earlier one stands until the new one does, so that a crash
/// never leaves neither.
pub(super) fn replace(from: &Path, to: &Path, tag: &str) -> io::Result<()> {
    let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|found| found.is_dir());
    if is_folder(from) || is_folder(to) {
        remove(to)?;
        return place(from, to, tag);
    }
    moved(from, to, tag, |from, to| fs::rename(from, to))
}

/// Moves by `rename`; between file systems by a copy under a name of its own, which is then renamed.
fn moved(
    from: &Path,
    to: &Path,
    tag: &str,
    rename: impl Fn(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    match rename(from, to) {
        Err(cause) if cause.kind() == io::ErrorKind::CrossesDevices => {
            let staged = to.with_file_name(format!(".jixiao-{tag}.tmp"));
            remove(&staged)?;
            let moved = copy(from, &staged, 0).and_then(|()| rename(&staged, to));
            if moved.is_err() {
                // What is left of the copy is replaced by the next try at the latest.
                let _ = remove(&staged);
            }
            moved?;
            remove(from)?;
        }
        result => result?,
    }
    sync_parent(to);
    sync_parent(from);
    Ok(())
}

/// Removes a file or folder, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let result = match path.symlink_metadata() {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(cause) => Err(cause),
    };
    match result {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

fn too_deep() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "folders nested too deep")
}

/// Whether a folder has more files or levels than a submission may have.
pub(super) fn is_excess(cause: &io::Error) -> bool {
    // The system's own errors have a number.
    cause.kind() == io::ErrorKind::InvalidInput && cause.raw_os_error().is_none()
}

fn copy(from: &Path, to: &Path, depth: usize) -> io::Result<()> {
    let found = from.symlink_metadata()?;
    if found.is_dir() {
        if depth > SUBMISSION.depth {
            return Err(too_deep());
        }
        fs::create_dir(to)?;
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            copy(&from.join(&name), &to.join(&name), depth.saturating_add(1))?;
        }
        sync_folder(to);
        return Ok(());
    }
    fs::copy(from, to)?;
    File::options().write(true).open(to)?.sync_all()
}

/// Whether every file of the one is in the other with the same bytes: a move that was cut off after the copy.
pub(super) fn same(from: &Path, to: &Path) -> io::Result<bool> {
    let (a, b) = (from.symlink_metadata()?, to.symlink_metadata()?);
    if a.is_dir() && b.is_dir() {
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            if to.join(&name).symlink_metadata().is_err() || !same(&from.join(&name), &to.join(&name))? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    Ok(a.is_file() && b.is_file() && a.len() == b.len() && sha256(from)? == sha256(to)?)
}

/// Whether both names are of one file: a move by linking that was cut off.
#[cfg(unix)]
pub(super) fn is_same_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |path: &Path| path.symlink_metadata().ok().map(|found| (found.dev(), found.ino()));
    id(a).is_some() && id(a) == id(b)
}

/// Elsewhere nothing is moved by linking.
#[cfg(not(unix))]
pub(super) fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

/// The SHA-256 of a file, hexadecimal.
pub(super) fn sha256(path: &Path) -> io::Result<String> {
    crate::base::sha256(&mut File::open(path)?)
}

/// What tells a file or a folder from every other: the SHA-256 of a file, and of a folder that of the names and contents in it.
pub(super) fn digest(path: &Path) -> io::Result<String> {
    if !path.symlink_metadata()?.is_dir() {
        return sha256(path);
    }
    let mut texts = Vec::new();
    for file in files_of(path)? {
        let inside = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
        texts.extend([inside, sha256(&file)?]);
    }
    Ok(crate::base::sha256_of(texts.iter().map(String::as_str)))
}

/// The files of a folder that is dropped, sorted; links are not followed, names to ignore are left out.
pub(super) fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    files_within(folder, SUBMISSION)
}

/// The same of a folder that is looked through so far.
pub(super) fn files_within(folder: &Path, reach: Reach) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    gather(folder, 0, reach, &mut files)?;
    files.sort();
    Ok(files)
}

fn gather(folder: &Path, depth: usize, reach: Reach, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if depth > reach.depth {
        return Err(too_deep());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if super::names::ignored(&entry.file_name().to_string_lossy()) {
            continue;
        }
        if kind.is_dir() {
            gather(&entry.path(), depth.saturating_add(1), reach, files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
        if files.len() > reach.files {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "too many files in a folder"));
        }
    }
    Ok(())
}

/// The bytes of a file of our own, which has no more than so many.
pub(super) fn read_small(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read > limit) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a record of the service is too large"));
    }
    Ok(bytes)
}

/// Writes a file whole and durable, in place of an earlier one of our own. `scratch` is where it grows.
pub(super) fn write_whole(path: &Path, scratch: &Path, bytes: &[u8]) -> io::Result<()> {
    write_new(scratch, bytes)?;
    fs::rename(scratch, path)?;
    sync_parent(path);
    Ok(())
}

/// Writes a file in a folder of our own, durable.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new folder in a folder of ours, under a name that nothing has.
pub(super) fn fresh_folder(folder: &Path, prefix: &str) -> io::Result<PathBuf> {
    Ok(tempfile::Builder::new().prefix(prefix).tempdir_in(folder)?.keep())
}

/// A rename is durable once its folder is. Where a system cannot sync a folder (Windows), there is nothing to do.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(opened) = File::open(folder) {
        let _ = opened.sync_all();
    }
}

fn sync_parent(path: &Path) {
    if let Some(folder) = path.parent() {
        sync_folder(folder);
    }
}
