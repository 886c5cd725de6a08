//! Forms without indicators: score summaries and ledgers.

use super::fields::Labelled;
use super::reading::Content;
use super::recognise::FoundForm;
use super::view::View;
use super::{ledger, summary};
use crate::base::CellRef;
use crate::mapping::Mapping;
use crate::model::FormKind;

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
        // Those with indicators, surveys, and those set aside, are read elsewhere.
        _ => None,
    }
}
