//! What a person changed in a returned workbook before it was scored again.

use crate::base::{CellAt, Score};

/// A cell that holds something else than the run before found or wrote there, or an indicator that came, went or scores
/// differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The cell, where it is now.
    pub at: CellAt,
    /// The indicator it belongs to, where it belongs to one.
    pub indicator: Option<String>,
    /// What it showed before; empty for a blank cell.
    pub before: String,
    /// What it shows now; empty for a blank cell.
    pub after: String,
    /// The indicator's score before.
    pub score_before: Option<Score>,
    /// The indicator's score now.
    pub score_after: Option<Score>,
}

impl Change {
    /// What became of the indicator's score since the run before: by all its changes together, in points.
    pub fn effect(&self) -> Option<Score> {
        self.score_after?.minus(self.score_before?)
    }
}
