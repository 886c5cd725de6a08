//! Forms without indicators: score summaries, ledgers and surveys.

use super::fields::Labelled;
use super::reading::Content;
use super::recognise::FoundForm;
use super::view::View;
use super::{ledger, summary, survey};
use crate::base::CellRef;
use crate::mapping::Mapping;
use crate::model::{Finding, FormKind};

/// What was read of one.
pub(super) struct Other {
    pub content: Content,
    /// Rows that were skipped, with the reason.
    pub skipped: Vec<(u32, String)>,
    pub last_row: u32,
}

/// What a form without indicators is about.
pub(super) fn read(
    view: &View<'_>,
    mapping: &Mapping,
    (form, kind): (&FoundForm, FormKind),
    heads: &[Labelled],
    findings: &mut Vec<Finding>,
) -> Option<Other> {
    let header = form.headers.first()?;
    match kind {
        FormKind::ScoreSummary => {
            let (found, skipped) = summary::read(view, mapping, header, form.rows.1);
            Some(Other { content: Content::Summary(Box::new(found)), skipped, last_row: form.rows.1 })
        }
        FormKind::Ledger => {
            let last_row = ledger::last_cell(view, header).map_or(header.bottom, CellRef::row);
            let content = Content::Ledger(Box::new(ledger::locate(view, mapping, form, header, heads)?));
            Some(Other { content, skipped: Vec::new(), last_row })
        }
        FormKind::Survey => {
            let found = survey::read(view, mapping, header, form.rows.1, findings)?;
            let last_row = found.range.last.row();
            Some(Other { content: Content::Survey(found), skipped: Vec::new(), last_row })
        }
        // Those with indicators, and those set aside, are read elsewhere.
        _ => None,
    }
}
