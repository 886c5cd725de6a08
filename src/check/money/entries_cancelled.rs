//! Entries were taken back by red ones: they count nothing, and how the books are kept is to be seen.

use super::entries::summary_cell;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    cancelled(facts).into_iter().collect()
}

fn cancelled(facts: &Facts) -> Option<Finding> {
    let pairs = &facts.reconciliation.ledger.as_ref()?.cancelled;
    let (ledger, row) = pairs.first()?.entry;
    let message = format!(
        "账上有 {} 笔分录已用红字冲销，没有计入支出；认定会计核算规范的，请核对冲销的原因。",
        pairs.len()
    );
    Some(Finding::new(FindingId::EntriesCancelled, summary_cell(facts, ledger, row), message))
}
