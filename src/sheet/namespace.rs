//! Whose element it is: other programs put elements of their own into a worksheet, under names that may be the same.

use memchr::memmem;

use crate::package::Tag;

/// The namespace of a part's root.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    root: Vec<u8>,
}

impl Namespaces {
    /// That of this root.
    pub(super) fn of(root: Tag<'_>) -> Self {
        Self { root: root.0.to_vec() }
    }

    /// Whether the element is of the root's namespace. Of an element around it the same must have been asked.
    pub(super) fn has(&self, tag: Tag<'_>) -> bool {
        let root = Tag(&self.root);
        if tag.prefix() == root.prefix() && memmem::find(tag.0, b"xmlns").is_none() {
            return true;
        }
        let (name, own) = (declaration(tag.prefix()), declaration(root.prefix()));
        tag.raw(&name).or_else(|| root.raw(&name)) == root.raw(&own)
    }
}

/// The attribute that says what a prefix stands for.
fn declaration(prefix: &[u8]) -> Vec<u8> {
    if prefix.is_empty() { b"xmlns".to_vec() } else { [b"xmlns:", prefix].concat() }
}
