//! Changes to the parts of a package, gathered before a byte is written: splices in parts, parts that come and go, and what
//! content types and relationships must then say.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::archive::part_key;
use super::content_types::{self, ContentTypes};
use super::contents::{Package, is_signature};
use super::parts::{rels_of, resolve};
use super::rels::Rels;
use super::xml::Splices;
use crate::base::{Error, Result};

const RELS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// A part to add.
#[derive(Debug, Clone)]
pub(crate) struct NewPart {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Its content type; `None` for relationships, which every package declares by extension.
    pub(crate) kind: Option<String>,
}

/// What a write does to the entries of a package.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Splices by entry.
    pub(crate) splices: BTreeMap<usize, Splices>,
    /// Parts behind the last entry.
    pub(crate) added: Vec<NewPart>,
    /// Entries that go.
    pub(crate) removed: BTreeSet<usize>,
}

/// Changes on their way.
#[derive(Debug)]
pub(crate) struct PartEdits {
    /// The names that are taken.
    pub(crate) names: PartNames,
    types: ContentTypes,
    /// The relationships that may have changed, by the part that has them.
    rels: BTreeMap<String, Rels>,
    changes: Changes,
}

impl PartEdits {
    /// No changes yet.
    pub(crate) fn new<R: Read + Seek>(package: &Package<R>) -> Self {
        Self {
            names: PartNames::default(),
            types: package.types().clone(),
            rels: BTreeMap::new(),
            changes: Changes::default(),
        }
    }

    /// These entries go; before any part that comes may take a name. The names of what stays are taken, and those that a
    /// declaration or a relationship has for a part that is not there, which would be taken for it; not those that only
    /// `unlinked` leads to.
    pub(crate) fn take_out<R: Read + Seek>(
        &mut self,
        package: &mut Package<R>,
        doomed: &BTreeSet<usize>,
        unlinked: &str,
    ) {
        forget(&mut self.types, package, doomed);
        let kept = package.names().enumerate().filter(|(at, _)| !doomed.contains(at));
        let kept: BTreeSet<String> = kept.map(|(_, name)| part_key(name)).collect();
        self.names.reserve(kept.iter().cloned());
        self.names.reserve(self.types.declared().map(str::to_owned));
        let unlinked = part_key(&rels_of(unlinked));
        let links = package.links().iter();
        let links = links.filter(|link| link.rels != unlinked && kept.contains(&link.rels));
        self.names.reserve(links.map(|link| link.target.clone()));
    }

    /// The relationships of a part as they are to be.
    pub(crate) fn put_rels(&mut self, part: &str, rels: Rels) {
        self.rels.insert(part.to_owned(), rels);
    }

    /// Whether splices in a part are planned.
    pub(crate) fn is_spliced(&self, entry: usize) -> bool {
        self.changes.splices.contains_key(&entry)
    }

    /// The relationships of a part, for changing them.
    pub(crate) fn rels_of<R: Read + Seek>(
        &mut self,
        package: &mut Package<R>,
        part: &str,
    ) -> Result<&mut Rels> {
        if !self.rels.contains_key(part) {
            let rels = package.rels(part)?;
            self.rels.insert(part.to_owned(), rels);
        }
        self.rels.get_mut(part).ok_or_else(|| Error::internal("rels"))
    }

    /// Adds splices to a part; several sources of splices for one part come together.
    pub(crate) fn splice<R: Read + Seek>(
        &mut self,
        package: &Package<R>,
        part: &str,
        splices: Splices,
    ) -> Result<()> {
        if splices.is_empty() {
            return Ok(());
        }
        let entry = package.find(part).ok_or_else(|| Error::internal(format_args!("no part {part}")))?;
        self.changes.splices.entry(entry).or_default().extend(splices);
        Ok(())
    }

    /// Adds a part under a name that [`PartNames`] gave.
    pub(crate) fn add(&mut self, part: NewPart) {
        self.types.add(&part.name, part.kind.as_deref().unwrap_or(RELS_TYPE));
        self.changes.added.push(part);
    }

    /// Takes the signatures of the package out, which would no longer hold: their entries.
    pub(crate) fn drop_signatures<R: Read + Seek>(
        &mut self,
        package: &mut Package<R>,
    ) -> Result<BTreeSet<usize>> {
        let root = self.rels_of(package, "")?;
        let signed = root.list().iter().filter(|rel| is_signature(rel));
        let mut stack: Vec<String> = signed.map(|rel| resolve("", &rel.target)).collect();
        if !stack.is_empty() {
            root.remove(is_signature);
        }
        let mut gone = BTreeSet::new();
        while let Some(part) = stack.pop() {
            if package.find(&part).is_none_or(|at| !gone.insert(at)) {
                continue;
            }
            gone.extend(package.find(&rels_of(&part)));
            let rels = package.rels(&part)?;
            stack.extend(
                rels.list().iter().filter(|rel| !rel.external).map(|rel| resolve(&part, &rel.target)),
            );
        }
        Ok(gone)
    }

    /// All that a write does when these entries go.
    pub(crate) fn finish<R: Read + Seek>(
        mut self,
        package: &Package<R>,
        removed: BTreeSet<usize>,
    ) -> Result<Changes> {
        forget(&mut self.types, package, &removed);
        for (source, rels) in std::mem::take(&mut self.rels) {
            self.finish_rels(package, &source, &rels)?;
        }
        let splices = self.types.splices();
        self.splice(package, content_types::NAME, splices)?;
        for (at, splices) in &mut self.changes.splices {
            if !splices.sort_and_check() {
                return Err(Error::internal(format_args!("overlapping splices in {:?}", package.name(*at))));
            }
        }
        self.changes.removed = removed;
        Ok(self.changes)
    }

    fn finish_rels<R: Read + Seek>(&mut self, package: &Package<R>, source: &str, rels: &Rels) -> Result<()> {
        if !rels.is_changed() {
            return Ok(());
        }
        let name = rels_of(source);
        if package.find(&name).is_some() {
            self.splice(package, &name, rels.splices())
        } else {
            self.add(NewPart { name, bytes: rels.whole(), kind: None });
            Ok(())
        }
    }
}

/// Takes away the content types of entries that go.
fn forget<R: Read + Seek>(types: &mut ContentTypes, package: &Package<R>, gone: &BTreeSet<usize>) {
    for name in gone.iter().filter_map(|at| package.name(*at)) {
        types.remove(name);
    }
}

/// Names of parts, to find free ones.
#[derive(Debug, Clone, Default)]
pub(crate) struct PartNames {
    taken: BTreeSet<String>,
    /// The number that is tried next, by what stands before it.
    next: BTreeMap<String, u32>,
}

impl PartNames {
    /// Makes names taken that parts, or what leads to them, have.
    pub(crate) fn reserve(&mut self, keys: impl IntoIterator<Item = String>) {
        self.taken.extend(keys);
    }

    /// Takes a name; false when it was taken.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(part_key(name))
    }

    /// A free name like `xl/charts/chart7.xml`, for a part called like `example`; it is taken from now on.
    pub(crate) fn free(&mut self, example: &str) -> String {
        let (stem, extension) = example.rsplit_once('.').unwrap_or((example, "xml"));
        let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = self.next.entry(format!("{stem}.{extension}")).or_insert(1);
        loop {
            let name = format!("{stem}{number}.{extension}");
            *number = number.saturating_add(1);
            if self.taken.insert(part_key(&name)) {
                return name;
            }
        }
    }
}
