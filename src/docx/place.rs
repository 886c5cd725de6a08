//! Where in a document something stands, as a person finds it: the part, the number of the paragraph, how it begins.

use std::fmt;

use super::open::{Story, StoryKind};
use crate::base::printable;

/// How much of a paragraph is quoted.
const QUOTED: usize = 24;

/// The place of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The part.
    pub(crate) story: StoryKind,
    /// The paragraph's number in its part, from 1; those in tables and text boxes count.
    pub(crate) number: usize,
    /// How it begins.
    pub(crate) begins: String,
}

impl Place {
    /// That of a paragraph.
    pub(crate) fn of(story: &Story, paragraph: usize) -> Self {
        let number = story.tree.paragraphs().take_while(|at| *at <= paragraph).count();
        let text = story.tree.text(paragraph);
        let text = text.trim();
        let mut begins: String = text.chars().take(QUOTED).collect();
        if text.chars().nth(QUOTED).is_some() {
            begins.push('…');
        }
        Self { story: story.kind, number, begins }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}第{}段", self.story.name(), self.number)?;
        if self.begins.is_empty() { Ok(()) } else { write!(f, "“{}”", printable(&self.begins)) }
    }
}
