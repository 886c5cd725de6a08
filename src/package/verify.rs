//! Reads the result and holds it against the original before anybody else sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek, SeekFrom};

use super::archive::{Directory, Entry, EntryReader, part_key};
use super::content_types::{self, ContentTypes};
use super::contents::Package;
use super::edit::Changes;
use super::fault::{reading, unsound};
use super::parts::{resolve, source_of};
use super::rels::Rels;
use super::xml::{Doc, Removed, Restorer};
use crate::base::Result;
use crate::base::limits::MAX_PART_BYTES;

/// What looks at a changed part as it stands in the result, by its name: whether it says what was meant.
pub(crate) type Reread<'a> = dyn FnMut(&str, &mut dyn Read) -> Result<()> + 'a;

/// Checks that the result is the original with nothing but the planned changes:
/// copied entries are the same bytes, spliced ones give the original back when the splices are undone,
/// relationships lead somewhere, every new part has a type. Whether changed parts say what was meant, `reread` finds out.
pub(super) fn verify<R: Read + Seek, W: Read + Seek>(
    package: &mut Package<R>,
    changes: &Changes,
    replaced: &BTreeMap<usize, Removed>,
    out: &mut W,
    reread: &mut Reread,
) -> Result<()> {
    let result = Directory::read(out)?;
    let kept = package.directory.entries.clone();
    let kept: Vec<_> = kept.iter().enumerate().filter(|(at, _)| !changes.removed.contains(at)).collect();
    if result.entries.len() != kept.len().saturating_add(changes.added.len()) {
        return Err(unsound("部件数目不符"));
    }
    for ((at, original), copy) in kept.iter().zip(&result.entries) {
        if original.raw_name() != copy.raw_name() {
            return Err(unsound(format_args!("{} 次序不符", original.name)));
        }
        match (changes.splices.get(at), replaced.get(at)) {
            (Some(splices), Some(gone)) => {
                let source = EntryReader::new(out, copy)?;
                let mut passing = Passing { source, restorer: Restorer::new(splices, gone) };
                // In the same go: parts may be large.
                reread(&original.name, &mut passing)?;
                io::copy(&mut passing, &mut io::sink()).map_err(reading)?;
                if !passing.restorer.gave_back(original.crc, original.size) {
                    return Err(unsound(format_args!("{} 在改动之外有差异", original.name)));
                }
            }
            _ => same_bytes(&mut package.reader, original, out, copy)?,
        }
    }
    let by_key: BTreeMap<String, &Entry> = result.entries.iter().map(|e| (part_key(&e.name), e)).collect();
    check_links(package, changes, &by_key, out)
}

fn part(by_key: &BTreeMap<String, &Entry>, name: &str, out: &mut (impl Read + Seek)) -> Result<Vec<u8>> {
    let entry = by_key.get(&part_key(name)).ok_or_else(|| unsound(format_args!("缺少 {name}")))?;
    EntryReader::new(out, entry)?.read_all(MAX_PART_BYTES)
}

fn same_bytes(
    source: &mut (impl Read + Seek),
    original: &Entry,
    out: &mut (impl Read + Seek),
    copy: &Entry,
) -> Result<()> {
    let differs = || unsound(format_args!("{} 被改动", original.name));
    let claims = |e: &Entry| (e.method, e.flags, e.crc, e.compressed, e.size);
    if claims(original) != claims(copy) {
        return Err(differs());
    }
    let (from, to) = (original.data_range(), copy.data_range());
    source.seek(SeekFrom::Start(from.start)).map_err(reading)?;
    out.seek(SeekFrom::Start(to.start)).map_err(reading)?;
    let mut left = from.end.saturating_sub(from.start);
    let (mut a, mut b) = (vec![0; BUFFER], vec![0; BUFFER]);
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(BUFFER).min(BUFFER);
        let (a, b) = (a.get_mut(..want).unwrap_or_default(), b.get_mut(..want).unwrap_or_default());
        source.read_exact(a).map_err(reading)?;
        out.read_exact(b).map_err(reading)?;
        if a != b {
            return Err(differs());
        }
        left = left.saturating_sub(u64::try_from(want).unwrap_or(u64::MAX));
    }
    Ok(())
}

const BUFFER: usize = 64 * 1024;

/// Relationships that changed lead to parts that are there; parts that came have a type and are XML where
/// they say so.
fn check_links<R: Read + Seek>(
    package: &Package<R>,
    changes: &Changes,
    by_key: &BTreeMap<String, &Entry>,
    out: &mut (impl Read + Seek),
) -> Result<()> {
    let types = ContentTypes::read(part(by_key, content_types::NAME, out)?)?;
    for added in &changes.added {
        if types.of(&added.name).is_none() {
            return Err(unsound(format_args!("{} 没有内容类型", added.name)));
        }
        if types.of(&added.name).is_some_and(|t| t.ends_with("xml")) {
            Doc::parse(added.bytes.clone()).map_err(|e| unsound(format_args!("{}：{e}", added.name)))?;
        }
    }
    let added: BTreeSet<String> = changes.added.iter().map(|part| part_key(&part.name)).collect();
    let spliced =
        changes.splices.keys().filter_map(|at| package.directory.entries.get(*at)).map(|e| e.name.as_str());
    for name in spliced.chain(changes.added.iter().map(|p| p.name.as_str())) {
        let Some(source) = source_of(name).filter(|_| name.to_ascii_lowercase().ends_with(".rels")) else {
            continue;
        };
        let rels = Rels::read(Some(part(by_key, name, out)?))?;
        for rel in rels.list().iter().filter(|r| !r.external && !r.target.starts_with('#')) {
            let target = resolve(&source, &rel.target);
            // A link that led nowhere before is not ours to mend.
            let was_there = package.find(&target).is_some();
            let is_added = added.contains(&part_key(&target));
            if !by_key.contains_key(&part_key(&target)) && (was_there || is_added) {
                return Err(unsound(format_args!("{name} 指向不存在的 {target}")));
            }
        }
    }
    Ok(())
}

/// A result whose bytes pass a [`Restorer`] as they are read.
struct Passing<'a, R: Read> {
    source: EntryReader<'a, R>,
    restorer: Restorer<'a>,
}

impl<R: Read + Seek> Read for Passing<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buf)?;
        self.restorer.feed(buf.get(..read).unwrap_or_default());
        Ok(read)
    }
}
