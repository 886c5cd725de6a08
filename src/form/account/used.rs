//! The cells that the content of a form points to.

use std::collections::BTreeSet;

use super::{Taken, place};
use crate::base::CellRef;
use crate::form::reading::Content;
use crate::model::{Entry, Indicator};

/// The cells that the content points to.
pub(super) fn used(taken: &Taken<'_>) -> BTreeSet<CellRef> {
    let mut cells: BTreeSet<CellRef> = BTreeSet::new();
    let mut take = |entry: Option<&Entry>| cells.extend(entry.and_then(place));
    let mut indicators: Vec<&Indicator> = Vec::new();
    match taken.content {
        Content::Score(form) => {
            indicators.extend(&form.indicators);
            let total = &form.total;
            for entry in [&total.weight, &total.stated_score, &total.score, &total.deduction, &total.grade] {
                take(entry.as_ref());
            }
            for total in &form.subtotals {
                for entry in [&total.weight, &total.stated_score, &total.score, &total.deduction] {
                    take(entry.as_ref());
                }
            }
            for total in &form.head_totals {
                take(Some(&total.entry));
            }
            for row in &form.budget {
                let entries =
                    [&row.budget, &row.adjusted, &row.base, &row.spent, &row.rate, &row.weight, &row.score];
                for entry in entries {
                    take(entry.as_ref());
                }
            }
            for level in &form.levels {
                take(Some(&level.entry));
            }
        }
        Content::Declaration(targets) => indicators.extend(targets),
        Content::Summary(form) => {
            for row in &form.rows {
                take(Some(&row.weight));
                take(Some(&row.score));
            }
            for entry in [&form.total.weight, &form.total.stated_score, &form.total.score, &form.total.grade]
            {
                take(entry.as_ref());
            }
        }
        _ => {}
    }
    for i in indicators {
        take(Some(&i.name_entry));
        for entry in [
            &i.weight_entry,
            &i.criterion,
            &i.target,
            &i.target_sign,
            &i.unit,
            &i.actual,
            &i.situation,
            &i.stated_score,
            &i.score,
            &i.reason,
            &i.remark,
            &i.stated_rate,
            &i.stated_actual,
            &i.deviation,
            &i.deduction,
            &i.explanation,
        ] {
            take(entry.as_ref());
        }
        take(i.other_target.as_ref().map(|other| &other.entry));
        take(i.standard.as_ref());
        i.standards.iter().for_each(|benchmark| take(Some(&benchmark.entry)));
    }
    for row in taken.from.funds.iter().flatten() {
        for entry in [&row.budget, &row.adjusted, &row.spent] {
            take(entry.as_ref());
        }
    }
    for head in taken.from.heads.iter().filter(|head| !head.name.is_beside()) {
        take(Some(&head.entry));
    }
    cells
}

/// Values beside labels that are known to have no part in scoring.
pub(super) fn beside(taken: &Taken<'_>) -> BTreeSet<CellRef> {
    let others = taken.from.heads.iter().filter(|head| head.name.is_beside());
    others.filter_map(|head| place(&head.entry)).collect()
}
