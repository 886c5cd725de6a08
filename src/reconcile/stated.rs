//! The amounts that the forms state, each with how exactly it is stated.

use crate::base::{CellAt, Number, Yuan};
use crate::model::{AmountKind, Case, Entry, MoneyUnit};
use crate::notation::money;
use crate::words::{self, Class};

/// A stated amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// What it is.
    pub kind: AmountKind,
    /// Its label.
    pub label: String,
    /// The number in its unit.
    pub number: Number,
    /// Its unit.
    pub unit: MoneyUnit,
    /// Places after the point that are shown.
    pub places: u32,
    /// The amount as it is shown.
    pub shown: String,
    /// Its cell.
    pub at: Option<CellAt>,
}

impl Stated {
    /// The amount in 元; `None` when it leaves the exact range.
    pub fn yuan(&self) -> Option<Yuan> {
        self.number.times(Number::from(self.unit.factor())).map(|n| Yuan::new(n.get()))
    }
}

/// All stated amounts: those the mapping names, and the total row of a self-evaluation form's budget block.
pub fn collect(case: &Case) -> Vec<Stated> {
    let mut all: Vec<Stated> = Vec::new();
    let mut add = |stated: Option<Stated>| {
        let Some(stated) = stated else { return };
        let known = all
            .iter()
            .any(|other| other.kind == stated.kind && other.at == stated.at && other.number == stated.number);
        if !known {
            all.push(stated);
        }
    };
    for amount in &case.amounts {
        add(read(amount.kind, &amount.label, &amount.entry, amount.unit, amount.written.as_deref()));
    }
    let block = case.score_form.as_ref().and_then(|form| form.budget.first());
    // Without a unit an amount cannot be compared; intake has said so.
    if let Some((block, unit)) = block.and_then(|block| Some((block, block.unit?))) {
        for (kind, name, entry) in [
            (AmountKind::Budget, "年初预算数", &block.budget),
            (AmountKind::AdjustedBudget, "全年预算数", &block.adjusted),
            (AmountKind::Spent, "全年执行数", &block.spent),
        ] {
            add(entry.as_ref().and_then(|entry| read(kind, name, entry, unit, None)));
        }
    }
    all
}

fn read(
    kind: AmountKind,
    label: &str,
    entry: &Entry,
    unit: MoneyUnit,
    written: Option<&str>,
) -> Option<Stated> {
    let amount = written.map_or_else(|| money::amount(&entry.cell), money::typed)?;
    let shown = written.map_or_else(|| entry.shown().trim().to_owned(), str::to_owned);
    let (number, places, unit) = (amount.number, amount.places, amount.unit.unwrap_or(unit));
    Some(Stated { kind, label: named(kind, label), number, unit, places, shown, at: entry.at.clone() })
}

/// What the amount is, with the label it stands under where that does not say it: `实际支出（预算执行率）`.
fn named(kind: AmountKind, label: &str) -> String {
    let label = label.trim();
    let (name, words) = match kind {
        AmountKind::Budget => ("预算", words::of(Class::SaysBudget)),
        AmountKind::AdjustedBudget => ("调整后预算", words::of(Class::SaysAdjustedBudget)),
        AmountKind::Received => ("到位资金", words::of(Class::SaysReceived)),
        AmountKind::Spent => ("实际支出", words::of(Class::SaysSpent)),
    };
    let says = words.within(label) && !label.ends_with('率');
    if label.is_empty() {
        name.to_owned()
    } else if says {
        label.to_owned()
    } else {
        format!("{name}（{label}）")
    }
}
