//! Passages of ours in a document: content controls whose tag says what they are and what they said. One that says something
//! else now is a person's.

use std::ops::Range;

use super::digest::digest;
use super::open::Story;
use super::tree::Kind;

/// How the tag of a control begins that is a passage of ours.
pub(crate) const PASSAGE: &str = "绩效段:";

/// A passage as it stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// What it is called.
    pub(crate) id: String,
    /// The digest of what was written there; empty in a template.
    pub(crate) written: String,
    /// The digest of what stands there.
    pub(crate) stands: String,
    /// Its `w:tag`.
    pub(crate) tag: Range<u64>,
    /// What stands in it.
    pub(crate) content: Range<u64>,
}

impl Passage {
    /// Whether it is as it was written.
    pub(crate) fn is_ours(&self) -> bool {
        self.written == self.stands
    }
}

/// The passages of a part.
pub(crate) fn passages(story: &Story) -> Vec<Passage> {
    let tree = &story.tree;
    let mut found = Vec::new();
    for node in (0..tree.len()).filter(|at| tree.kind(*at) == Kind::Control) {
        let Some(properties) = tree.child(node, Kind::ControlProperties) else { continue };
        let Some(tag) = tree.named(properties, "tag") else { continue };
        let name = tree.value(tag, "val").unwrap_or_default();
        let (Some(rest), Some(content)) =
            (name.strip_prefix(PASSAGE), tree.child(node, Kind::ControlContent))
        else {
            continue;
        };
        let (id, written) = rest.rsplit_once(':').unwrap_or((rest, ""));
        let content = tree.inner(content);
        found.push(Passage {
            id: id.to_owned(),
            written: written.to_owned(),
            stands: digest(tree.bytes(&content)),
            tag: tree.range(tag),
            content,
        });
    }
    found
}
