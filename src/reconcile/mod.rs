//! Reconciling (对账): what the forms state against what the ledgers add up to.

pub mod explain;
pub mod lines;
pub mod rate;
pub mod stated;
pub mod tolerance;

use crate::base::{Ratio, Result};
use crate::ledger;
use crate::model::{Agreement, Basis, Case, Finding, FindingId, LedgerTotals, Reconciliation};
use crate::sheet::RowSource;

/// What a bureau may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The tolerance is at most this share of the stated amount.
    pub max_tolerance: Ratio,
}

impl Default for Settings {
    /// One in a thousand.
    fn default() -> Self {
        let share = Ratio::from(1).number().over(crate::base::Number::from(1000));
        Self { max_tolerance: Ratio::new(share.unwrap_or_default().get()) }
    }
}

/// Reconciles a case. `sources` are its files, as [`crate::model::LedgerLocator::source`] numbers them.
pub fn run(case: &Case, sources: &mut [&mut dyn RowSource], settings: &Settings) -> Result<Reconciliation> {
    run_with(case, None, sources, settings)
}

/// The same, with what its ledgers add up to, where they have been read.
pub fn run_with(
    case: &Case,
    totals: Option<LedgerTotals>,
    sources: &mut [&mut dyn RowSource],
    settings: &Settings,
) -> Result<Reconciliation> {
    let stated = stated::collect(case);
    let mut result = Reconciliation::default();
    if !case.ledgers.is_empty() {
        let totals = totals.map_or_else(|| ledger::of_case(case, sources), Ok)?;
        result.findings.extend(totals.findings.iter().cloned());
        if totals.basis == Basis::Accrual && totals.spending.is_some() {
            let at = case.ledgers.first().map(|locator| locator.at.clone());
            let message = "明细账只有财务会计科目（5字头等），没有预算会计（7字头）科目：反映的是应计费用，可能与实际支付不同";
            result.findings.push(Finding::new(FindingId::LedgerAccrualBasis, at, message));
        }
        result.ledger = Some(totals);
    }
    let spending = result.ledger.as_ref().and_then(|totals| totals.spending);
    if let (Some(spending), Some(totals)) = (spending, &result.ledger) {
        for (amount, mut line) in lines::compare(&stated, spending, settings) {
            if line.status == Agreement::Differs {
                let found = explain::explain(case, amount, line.tolerance, totals, sources)?;
                if found.unit {
                    let at = amount.at.clone();
                    result.findings.push(Finding::new(FindingId::LedgerUnitSuspect, at, found.text.clone()));
                }
                line.explanation = Some(found.text);
                result.findings.push(lines::finding(&line));
            }
            result.lines.push(line);
        }
    }
    let block = case.score_form.as_ref().and_then(|form| form.budget.first());
    let base = block.and_then(|block| block.base.as_ref()).and_then(|base| base.at.as_ref());
    lines::funds(&stated, spending, base, settings, &mut result);
    rate::compare(case, &stated, spending, &mut result);
    Ok(result)
}
