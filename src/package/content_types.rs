//! `[Content_Types].xml`: what each part is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::archive::part_key;
use super::rels::{append, prefix_of};
use super::xml::{Doc, Splices, escape_attr};
use crate::base::Result;

/// The name of the part.
pub(crate) const NAME: &str = "[Content_Types].xml";

/// Types by part and by extension, and changes to them.
#[derive(Debug, Clone)]
pub(crate) struct ContentTypes {
    doc: Doc,
    /// A part may be declared more than once: the last counts, all of them go with it.
    overrides: BTreeMap<String, (String, Vec<Range<u64>>)>,
    defaults: BTreeMap<String, String>,
    added: String,
    gone: Vec<Range<u64>>,
}

impl ContentTypes {
    /// Reads the part.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self> {
        let doc = Doc::parse(bytes)?;
        let (mut overrides, mut defaults) = (BTreeMap::new(), BTreeMap::new());
        for id in doc.children(doc.root()) {
            let tag = doc.tag(id);
            let kind = tag.get("ContentType").unwrap_or_default();
            match tag.local() {
                b"Override" => {
                    let name = part_key(&tag.get("PartName").unwrap_or_default());
                    let entry: &mut (String, Vec<Range<u64>>) = overrides.entry(name).or_default();
                    entry.0 = kind;
                    entry.1.push(doc.range(id));
                }
                b"Default" => {
                    let extension = tag.get("Extension").unwrap_or_default().to_ascii_lowercase();
                    defaults.insert(extension, kind);
                }
                _ => {}
            }
        }
        Ok(Self { doc, overrides, defaults, added: String::new(), gone: Vec::new() })
    }

    /// The type of a part, if it is declared.
    pub(crate) fn of(&self, part: &str) -> Option<&str> {
        let key = part_key(part);
        if let Some((kind, _)) = self.overrides.get(&key) {
            return Some(kind);
        }
        let extension = key.rsplit('/').next()?.rsplit_once('.')?.1;
        self.defaults.get(extension).map(String::as_str)
    }

    /// The keys of the parts that are declared one by one, whether they are there or not.
    pub(crate) fn declared(&self) -> impl Iterator<Item = &str> {
        self.overrides.keys().map(String::as_str)
    }

    /// Declares a part that is added.
    pub(crate) fn add(&mut self, part: &str, kind: &str) {
        if self.of(part) == Some(kind) {
            return;
        }
        let prefix = prefix_of(&self.doc);
        let (part, kind) = (escape_attr(part), escape_attr(kind));
        _ = write!(self.added, "<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>");
    }

    /// Takes away the declaration of a part that is taken out.
    pub(crate) fn remove(&mut self, part: &str) {
        if let Some((_, places)) = self.overrides.remove(&part_key(part)) {
            self.gone.extend(places);
        }
    }

    /// The changes.
    pub(crate) fn splices(&self) -> Splices {
        let mut splices = Splices::default();
        for place in &self.gone {
            splices.replace(place.clone(), "");
        }
        if !self.added.is_empty() {
            append(&self.doc, self.doc.root(), self.added.as_bytes(), &mut splices);
        }
        splices
    }
}
