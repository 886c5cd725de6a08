//! Who looks on while a criterion is read. Nothing of the reading depends on it.

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
}

/// Nobody looks on.
pub(crate) struct Nobody;

impl Watch for Nobody {}
