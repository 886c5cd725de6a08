//! One section of the stylesheet: what is there, by index, and what is appended.

use std::collections::BTreeMap;

use crate::package::xml::Doc;

/// The children of a section.
#[derive(Debug, Clone)]
pub(super) struct Pool {
    elements: Vec<Vec<u8>>,
    existing: usize,
    places: BTreeMap<Vec<u8>, u32>,
    /// What a missing section must begin with.
    defaults: Vec<Vec<u8>>,
    /// Elements that must exist before anything is appended.
    reserved: usize,
}

/// Indices above this are no honest ones and cannot come alive: so many elements never get appended.
const MAX_RESERVED: u32 = 70_000;

impl Pool {
    /// Reads a section; its children keep their indices.
    pub(super) fn read(doc: &Doc, section: &str, defaults: Vec<Vec<u8>>) -> Self {
        let children = doc.child(doc.root(), section).map(|s| doc.children(s).map(|c| doc.outer(c).to_vec()));
        let elements: Vec<Vec<u8>> = children.into_iter().flatten().collect();
        let mut places = BTreeMap::new();
        for (index, element) in elements.iter().enumerate() {
            places.entry(element.clone()).or_insert(u32::try_from(index).unwrap_or(u32::MAX));
        }
        let reserved = defaults.len();
        Self { existing: elements.len(), elements, places, defaults, reserved }
    }

    /// The elements that were there.
    pub(super) fn existing(&self) -> impl Iterator<Item = &[u8]> {
        self.elements.iter().take(self.existing).map(Vec::as_slice)
    }

    /// The element at an index.
    pub(super) fn get(&self, index: u32) -> Option<&[u8]> {
        self.elements.get(usize::try_from(index).ok()?).map(Vec::as_slice)
    }

    /// Sees to it that `count` elements exist before anything is appended.
    pub(super) fn pad_to(&mut self, count: u32) {
        if count <= MAX_RESERVED {
            self.reserved = self.reserved.max(usize::try_from(count).unwrap_or(0));
        }
    }

    /// The index of an element, appended unless it is there already.
    pub(super) fn add(&mut self, element: Vec<u8>) -> u32 {
        if let Some(index) = self.places.get(&element) {
            return *index;
        }
        while self.elements.len() < self.reserved {
            let own_default = self.defaults.get(self.elements.len());
            let Some(filler) = own_default.or(self.elements.first()).cloned() else { break };
            self.elements.push(filler);
        }
        let index = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        self.places.insert(element.clone(), index);
        self.elements.push(element);
        index
    }

    /// How many elements there are now.
    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether anything was appended.
    pub(super) fn grows(&self) -> bool {
        self.elements.len() > self.existing
    }

    /// The bytes of what was appended.
    pub(super) fn appended(&self) -> Vec<u8> {
        self.elements.iter().skip(self.existing).flatten().copied().collect()
    }
}
