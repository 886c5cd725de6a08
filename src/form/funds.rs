//! The sources of funds that labelled cells state: 年度资金总额 | 100 over 其中：财政拨款 | 80 and 其他资金 | 20, or all of them in
//! one row.

use super::fields::Labelled;
use super::view::{Item, View};
use super::{names, pairs};
use crate::base::CellRef;
use crate::mapping::Mapping;
use crate::mapping::title::{any_matches, normalise, unnumbered};
use crate::model::{BudgetBlock, Entry};
use crate::sheet::Value;

/// Each total with its sources, the total first. A list with a row that cannot be told is none.
pub(super) fn read(view: &View<'_>, mapping: &Mapping, heads: &[Labelled]) -> Vec<Vec<BudgetBlock>> {
    let reader = Reader { view, mapping };
    let totals = heads.iter().filter(|head| {
        let key = normalise(&head.label);
        head.label.contains("总额") && any_matches(&mapping.budget.total, &key) && is_amount(&head.entry)
    });
    let stated = pairs::rate(view, mapping, heads).map(|row| vec![row]);
    totals.filter_map(|head| reader.list(head)).chain(stated).collect()
}

struct Reader<'r, 'a> {
    view: &'r View<'a>,
    mapping: &'r Mapping,
}

/// Whether a cell holds an amount, or a stroke or nothing in its place.
fn is_amount_or_blank(entry: &Entry) -> bool {
    entry.is_blank() || is_amount(entry) || names::is_dots(&normalise(&entry.shown()))
}

fn is_amount(entry: &Entry) -> bool {
    match &entry.cell.value {
        Value::Number(_) => true,
        Value::Text(text) => normalise(text).starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

impl Reader<'_, '_> {
    fn list(&self, head: &Labelled) -> Option<Vec<BudgetBlock>> {
        let value = head.entry.at.as_ref()?.cell;
        // A label with its value in one cell says nothing of where the others stand.
        if value == head.label_at || value.row() != head.label_at.row() {
            return None;
        }
        let below = self.below(head.label_at, value)?;
        let parts = if below.is_empty() { self.beside(value)? } else { below };
        let total = row(&head.label, head.entry.clone());
        (!parts.is_empty()).then(|| std::iter::once(total).chain(parts).collect())
    }

    fn is_source(&self, item: &Item<'_>) -> bool {
        let key = item.key.trim_end_matches(':');
        let labels = &self.mapping.budget.labels;
        item.text().is_some()
            && (any_matches(labels, key) || unnumbered(key).is_some_and(|key| any_matches(labels, key)))
    }

    fn is_total(&self, item: &Item<'_>) -> bool {
        any_matches(&self.mapping.budget.total, item.key.trim_end_matches(':'))
    }

    /// The rows below with a label and an amount in the same columns. `None` where one of them cannot be told.
    fn below(&self, label: CellRef, value: CellRef) -> Option<Vec<BudgetBlock>> {
        let mut found = Vec::new();
        for row_number in label.row().saturating_add(1)..=self.view.last_row() {
            let Some(item) = self.view.shown(row_number, label.col()).filter(|i| i.at.row() == row_number)
            else {
                break;
            };
            let Some(entry) = self.view.entry(row_number, value.col()) else { break };
            let same = entry.at.as_ref().map(|at| at.cell) == Some(item.at);
            if same || !is_amount_or_blank(&entry) || self.is_total(item) {
                break;
            }
            if !self.is_source(item) {
                // Another amount under the total: a source by a name that is not known, or something else.
                if is_amount(&entry) && item.text().is_some() {
                    return None;
                }
                break;
            }
            found.push(row(&item.cell.shown(), entry));
        }
        Some(found)
    }

    /// Labels and amounts in turn at the right of the total.
    fn beside(&self, value: CellRef) -> Option<Vec<BudgetBlock>> {
        let mut found = Vec::new();
        let mut right = self.view.right_of(self.view.range(value));
        while let Some(item) = right.and_then(|at| self.view.item(at)) {
            if self.is_total(item) || !self.is_source(item) {
                break;
            }
            let at = self.view.right_of(self.view.range(item.at))?;
            let entry = self.view.entry_at(at);
            if !is_amount_or_blank(&entry) {
                return None;
            }
            found.push(row(&item.cell.shown(), entry));
            right = self.view.right_of(self.view.range(at));
        }
        Some(found)
    }
}

fn row(label: &str, amount: Entry) -> BudgetBlock {
    let label: String = label.split_whitespace().collect();
    let dots = names::is_dots(&normalise(&amount.shown()));
    BudgetBlock {
        label: label.trim_end_matches([':', '：']).to_owned(),
        budget: Some(amount).filter(|_| !dots),
        ..BudgetBlock::default()
    }
}
