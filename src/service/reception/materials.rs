//! What was dropped, file by file: folders walked through, archives unpacked.

use std::collections::BTreeSet;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use crate::base::{Error, Result, open_patiently, readable_name, unopened};
use crate::intake::base_name;
use crate::intake::kind::{self, Kind};
use crate::intake::unpack::Problem;
use crate::service::answer::Refusal;
use crate::service::unpack::{Unpacked, unpack_apart};
use crate::service::{disk, names};
use crate::sheet::secrecy;

/// Names that are tried.
const MAX_NUMBER: u32 = 10_000;

/// A file that was dropped.
#[derive(Debug)]
pub(in crate::service) struct Material {
    /// Its path within what was dropped, names parted by `/`.
    pub(in crate::service) path: String,
    /// What it is.
    pub(in crate::service) kind: Kind,
    /// Where it is, or why it is not to be had.
    pub(in crate::service) at: std::result::Result<PathBuf, Refusal>,
    /// Whether it bears a secrecy mark.
    pub(in crate::service) marked: bool,
}

/// What is needed to unpack.
pub(in crate::service) struct Hands<'h> {
    /// This program.
    pub(in crate::service) program: &'h Path,
    /// A folder of ours.
    pub(in crate::service) scratch: &'h Path,
    /// Whether work is to be given up.
    pub(in crate::service) unwanted: &'h (dyn Fn() -> bool + Sync),
}

fn unreadable(path: &Path) -> impl FnOnce(std::io::Error) -> Error + '_ {
    move |cause| {
        if disk::is_excess(&cause) {
            return Error::input(
                format!("文件夹“{}”中的文件过多，或层数过深。", path.display()),
                "请分成几个文件夹处理，每个只放项目材料。",
            );
        }
        let message = format!("文件夹“{}”无法读取。", path.display());
        Error::input(message, "请检查路径是否正确、是否有读取权限。").because(cause)
    }
}

/// Adds all that lies in a folder, or in an archive; `false` where that is no longer wanted. What is to be left out is none
/// of it.
pub(in crate::service) fn gather(
    found: &mut Vec<Material>,
    dropped: &Path,
    left_out: &[PathBuf],
    hands: &Hands<'_>,
) -> Result<bool> {
    if dropped.is_dir() {
        for file in disk::files_within(dropped, disk::TREE).map_err(unreadable(dropped))? {
            if left_out.iter().any(|path| file.starts_with(path)) {
                continue;
            }
            let inside = file.strip_prefix(dropped).unwrap_or(&file);
            let parts: Vec<String> =
                inside.components().map(|part| readable_name(part.as_os_str())).collect();
            if !add(found, &file, parts.join("/"), hands)? {
                return Ok(false);
            }
        }
    } else {
        let name = readable_name(dropped.file_name().unwrap_or_default());
        return add(found, dropped, name, hands);
    }
    Ok(true)
}

/// Gives an archive or a folder another name, where something of its name came before: `报送.zip` is then `报送(2).zip`.
pub(in crate::service) fn tell_apart<'p>(materials: &mut [Material], earlier: impl Iterator<Item = &'p str>) {
    let outer = |path: &str| path.split_once('/').map(|(outer, _)| outer.to_owned());
    let taken: BTreeSet<String> = earlier.filter_map(outer).collect();
    let Some(own) = materials.first().and_then(|material| outer(&material.path)) else { return };
    let one = materials.iter().all(|material| outer(&material.path).as_ref() == Some(&own));
    if !one || !taken.contains(&own) {
        return;
    }
    let naming = names::Naming::new(&own, false);
    let free = (2..=MAX_NUMBER).map(|number| naming.original(number)).find(|name| !taken.contains(name));
    let Some(free) = free else { return };
    for material in materials {
        if let Some((_, inside)) = material.path.split_once('/') {
            material.path = format!("{free}/{inside}");
        }
    }
}

/// Adds a file, or what is in it. `false` where that is no longer wanted.
fn add(found: &mut Vec<Material>, file: &Path, path: String, hands: &Hands<'_>) -> Result<bool> {
    if let Some(refusal) = mark(&path) {
        found.push(Material { path, kind: Kind::Other, at: Err(refusal), marked: true });
        return Ok(true);
    }
    let kind = match kind_of(file, &path) {
        Ok(kind) => kind,
        Err(error) => {
            let at = Err(Refusal::of(&error));
            found.push(Material { path, kind: Kind::Other, at, marked: false });
            return Ok(true);
        }
    };
    if !kind.is_archive() {
        found.push(Material { path, kind, at: Ok(file.to_owned()), marked: false });
        return Ok(true);
    }
    let refused =
        |refusal: Refusal, marked: bool| Material { path: path.clone(), kind, at: Err(refusal), marked };
    if !kind.is_unpacked() {
        found.push(refused(told(Problem::Archive), false));
        return Ok(true);
    }
    let out = disk::fresh_folder(hands.scratch, "unpacked-").map_err(|cause| {
        Error::output("无法写入临时文件夹。", "请检查磁盘空间和写入权限。").because(cause)
    })?;
    let before = found.len();
    match unpack_apart(hands.program, file, &path, &out, hands.unwanted)? {
        Unpacked::Unwanted => return Ok(false),
        Unpacked::Refused(refusal) => found.push(refused(refusal, false)),
        Unpacked::Marked(refusal) => found.push(refused(refusal, true)),
        Unpacked::Files(items) => {
            for item in items.into_iter().filter(|item| !is_ignored(&item.path)) {
                let marked = item.at == Err(Problem::Marked);
                let (kind, at) = match item.at {
                    Ok(at) => match kind_of(&at, &item.path) {
                        Ok(kind) => (kind, Ok(at)),
                        Err(error) => (Kind::Other, Err(Refusal::of(&error))),
                    },
                    Err(problem) => (problem_kind(problem, &item.path), Err(told(problem))),
                };
                found.push(Material { path: item.path, kind, at, marked });
            }
            if found.len() == before {
                let nothing = Refusal {
                    message: "压缩包中没有文件。".to_owned(),
                    hint: "请把材料放进去重新压缩后提交。".to_owned(),
                };
                found.push(refused(nothing, false));
            }
        }
    }
    Ok(true)
}

/// What a file is of which only the name is known.
fn problem_kind(problem: Problem, path: &str) -> Kind {
    match problem {
        Problem::Archive | Problem::Nested => Kind::OtherArchive,
        // The content is empty: its ending says it, but that it is empty.
        _ => match kind::of(&mut std::io::Cursor::new(b"\0"), base_name(path)) {
            Ok(kind) => kind,
            Err(_) => Kind::Other,
        },
    }
}

fn told(problem: Problem) -> Refusal {
    Refusal::of(&problem.error())
}

fn kind_of(file: &Path, path: &str) -> Result<Kind> {
    let opened = open_patiently(file).map_err(unopened)?;
    kind::of(&mut BufReader::new(opened), base_name(path))
}

/// Whether a name on the way is none of a submission's.
fn is_ignored(path: &str) -> bool {
    path.split('/').any(names::ignored)
}

/// Why a path is not looked at at all.
fn mark(path: &str) -> Option<Refusal> {
    path.split('/').find_map(|name| secrecy::check_name(name).err()).map(|error| Refusal::of(&error))
}
