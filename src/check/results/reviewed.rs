//! The rows of a form that has a column for the agency's scores and one for the reviewer's.

use crate::base::Score;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::Entry;

/// A row with what was typed in both columns.
pub(super) struct Reviewed<'a> {
    pub(super) row: Promise<'a>,
    /// The agency's own score.
    pub(super) own: Option<Score>,
    /// The reviewer's.
    pub(super) review: Option<Score>,
    /// The cell of the remark.
    pub(super) remark: Option<Entry>,
}

impl Reviewed<'_> {
    /// The remark's words; empty where there are none.
    pub(super) fn words(&self) -> String {
        self.remark.as_ref().map(|cell| crate::mapping::title::normalise(&cell.shown())).unwrap_or_default()
    }
}

/// The score that was typed in a cell.
pub(super) fn typed(entry: Option<&Entry>) -> Option<Score> {
    Some(Score::new(entry?.number()?.get()))
}

/// The rows; none where the form has not both columns.
pub(super) fn rows<'a>(facts: &Facts<'a>) -> Vec<Reviewed<'a>> {
    let reviewed = facts.case.score_form.as_ref().is_some_and(|form| form.reviewed);
    let rows = facts.scored_rows().filter(|_| reviewed).map(|row| {
        let indicator = row.indicator;
        let remark =
            [&indicator.reason, &indicator.remark, &indicator.situation].into_iter().flatten().next();
        Reviewed {
            own: typed(indicator.stated_score.as_ref()),
            review: typed(indicator.score.as_ref()),
            remark: remark.cloned(),
            row,
        }
    });
    rows.collect()
}
