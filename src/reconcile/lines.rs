//! Each stated spending against the ledger, and the spending against the funds.

use super::Settings;
use super::stated::Stated;
use super::tolerance::tolerance;
use crate::base::{CellAt, Yuan};
use crate::model::{
    Agreement, AmountKind, Finding, FindingId, FundsCheck, Reconciliation, ReconciliationLine,
};

/// Every stated spending against the ledger's total.
pub fn compare<'s>(
    stated: &'s [Stated],
    ledger: Yuan,
    settings: &Settings,
) -> Vec<(&'s Stated, ReconciliationLine)> {
    let spent = stated.iter().filter(|amount| amount.kind == AmountKind::Spent);
    spent.filter_map(|amount| Some((amount, line(amount, ledger, settings)?))).collect()
}

fn line(amount: &Stated, ledger: Yuan, settings: &Settings) -> Option<ReconciliationLine> {
    let difference = ledger.minus(amount.yuan()?)?;
    let (tolerance, tolerance_origin) = tolerance(amount, settings)?;
    let agrees = difference.number().abs() <= tolerance.number();
    Some(ReconciliationLine {
        name: amount.label.clone(),
        stated: amount.number,
        unit: amount.unit,
        stated_at: amount.at.clone(),
        ledger,
        difference,
        tolerance,
        tolerance_origin,
        status: if agrees { Agreement::Agrees } else { Agreement::Differs },
        explanation: None,
    })
}

/// The finding of a line that differs.
pub fn finding(line: &ReconciliationLine) -> Finding {
    let mut message = format!(
        "{} {} {}，明细账合计 {} 元，相差 {} 元，超过允许差 {} 元（{}）",
        line.name,
        line.stated,
        line.unit.name(),
        line.ledger.in_cents(),
        line.difference.number().abs().in_cents(),
        line.tolerance.in_cents(),
        line.tolerance_origin
    );
    if let Some(explanation) = &line.explanation {
        message.push('；');
        message.push_str(explanation);
    }
    Finding::new(FindingId::LedgerDiffers, line.stated_at.clone(), message)
}

/// Holds the spending against budget and received funds: it may not exceed them.
///
/// A budget block that contradicts itself is an error of its own, found by a check: `block` is its amount of reference.
pub fn funds(
    stated: &[Stated],
    ledger: Option<Yuan>,
    block: Option<&CellAt>,
    settings: &Settings,
    result: &mut Reconciliation,
) {
    let spent = stated.iter().find(|amount| amount.kind == AmountKind::Spent);
    let adjusted = stated.iter().any(|amount| amount.kind == AmountKind::AdjustedBudget);
    let Some(spending) = ledger.or_else(|| spent.and_then(Stated::yuan)) else { return };
    for amount in stated {
        let name = match amount.kind {
            AmountKind::Budget if adjusted => continue,
            AmountKind::Budget | AmountKind::AdjustedBudget => "支出与预算",
            AmountKind::Received => "支出与到位资金",
            AmountKind::Spent => continue,
        };
        let Some(check) = check(name, amount, spending, settings) else { continue };
        let own = ledger.is_none() && block.is_some() && amount.at.as_ref() == block;
        if check.exceeded && !own {
            let message = format!(
                "支出 {} 元超过{} {} 元，超出 {} 元",
                check.spent.in_cents(),
                amount.label,
                check.limit.in_cents(),
                check.rest.number().abs().in_cents()
            );
            result.findings.push(Finding::new(FindingId::SpendingAboveFunds, amount.at.clone(), message));
        }
        result.funds.push(check);
    }
}

fn check(name: &str, amount: &Stated, spent: Yuan, settings: &Settings) -> Option<FundsCheck> {
    let limit = amount.yuan()?;
    let rest = limit.minus(spent)?;
    let (tolerance, _) = tolerance(amount, settings)?;
    let exceeded = rest.is_negative() && rest.number().abs() > tolerance.number();
    Some(FundsCheck {
        name: name.to_owned(),
        limit,
        limit_at: amount.at.clone(),
        spent,
        rest,
        tolerance,
        exceeded,
    })
}
