//! Who looks on while a criterion is read. Nothing of the reading depends on it.

use std::cell::RefCell;

use crate::rule::Checklist;

use super::grammar::clause::Clauses;
use super::meaning::draft::Draft;
use super::meaning::passes::Pass;
use super::text::plain::Segment;

/// Who looks on.
pub(crate) trait Watch {
    /// A way of reading the text begins: what it takes it for, the plain text and its segments.
    fn attempt(&mut self, _how: &'static str, _text: &str, _segments: &[Segment]) {}
    /// The clauses that were read.
    fn clauses(&mut self, _clauses: &Clauses) {}
    /// What the clauses say, before anything is settled.
    fn collected(&mut self, _draft: &Draft) {}
    /// The draft as a pass leaves it.
    fn passed(&mut self, _pass: &Pass, _draft: &Draft) {}
    /// The pass at which the criterion was refused.
    fn refused(&mut self, _pass: &Pass) {}
    /// The list of items that was read.
    fn listed(&mut self, _list: &Checklist) {}
    /// The text is said in plainer words and read once more.
    fn reworded(&mut self, _text: &str, _plainer: &str) {}
    /// A way of taking the text apart is tried, or a part of it is read by itself: what it is, of which name, and the text.
    fn opened(&mut self, _how: &'static str, _of: &str, _text: &str) {}
    /// What came of what was opened last.
    fn closed(&mut self, _came: Came) {}
}

/// What came of a way of taking a text apart, or of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// It is a rule.
    Rule,
    /// It holds something that is not certain.
    Refusal,
    /// The text is none of this way.
    Nothing,
}

impl Came {
    /// What came of something that was read.
    pub(crate) fn of<T, E>(found: Option<&Result<T, E>>) -> Self {
        match found {
            Some(Ok(_)) => Self::Rule,
            Some(Err(_)) => Self::Refusal,
            None => Self::Nothing,
        }
    }
}

/// The one who looks on, for those who read one part after the other.
pub(crate) struct Shared<'w>(RefCell<&'w mut dyn Watch>);

impl<'w> Shared<'w> {
    pub(crate) fn new(watch: &'w mut dyn Watch) -> Self {
        Self(RefCell::new(watch))
    }

    /// Does something under the eyes of the one who looks on.
    pub(crate) fn with<T>(&self, read: impl FnOnce(&mut dyn Watch) -> T) -> T {
        match self.0.try_borrow_mut() {
            Ok(mut watch) => read(&mut **watch),
            Err(_) => read(&mut Nobody),
        }
    }
}

/// Nobody looks on.
pub(crate) struct Nobody;

impl Watch for Nobody {}
