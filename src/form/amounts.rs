//! Amounts of money that a case states: in fields, in the budget block, in the actuals that a mapping names.

use std::collections::BTreeMap;

use super::fields;
use crate::base::Number;
use crate::mapping::checked::AmountRule;
use crate::mapping::title::normalise;
use crate::mapping::words::Money;
use crate::model::{Amount, AmountKind, Finding, FindingId, Indicator, MoneyUnit};
use crate::sheet::{Cell, Value};

/// The kind as the model has it.
pub(super) fn kind(money: Money) -> AmountKind {
    match money {
        Money::Budget => AmountKind::Budget,
        Money::Adjusted => AmountKind::AdjustedBudget,
        Money::Received => AmountKind::Received,
        Money::Spent => AmountKind::Spent,
    }
}

/// The finding that an amount's unit is stated nowhere.
pub(super) fn unknown_unit(at: Option<crate::base::CellAt>, label: &str) -> Finding {
    let message = format!("“{label}”没有写明金额单位（元、万元），没有用于对账。");
    Finding::new(FindingId::MoneyUnitUnknown, at, message)
}

/// An amount in a text: its digits as written, its value, its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    digits: String,
    value: Number,
    unit: Option<MoneyUnit>,
}

fn written(text: &str) -> Option<Written> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    let value: Number = digits.replace(',', "").parse().ok()?;
    if !unit.is_empty() && fields::unit_word(unit).is_none() {
        return None;
    }
    Some(Written { digits: digits.to_owned(), value, unit: fields::unit_word(unit) })
}

/// The amounts that the actuals of certain indicators state (`59.27/61.2`).
///
/// Their unit is the one they state, the mapping's, or that of an equal amount whose unit is known: a number
/// without any of these is no amount of money.
pub(super) fn of_indicators(
    indicators: &[Indicator],
    rules: &[&AmountRule],
    known: &[Amount],
    findings: &mut Vec<Finding>,
) -> Vec<Amount> {
    let units = known_units(indicators, known);
    let mut found = Vec::new();
    for indicator in indicators {
        let key = normalise(&indicator.name);
        let Some(rule) = rules.iter().find(|rule| rule.indicator.matches(&key)) else { continue };
        let Some(entry) = indicator.actual.as_ref() else { continue };
        let Value::Text(text) = &entry.cell.value else { continue };
        let text = normalise(text);
        let parts: Vec<&str> = text.split(['/', '÷']).collect();
        let kinds: Vec<Money> = std::iter::once(rule.first).chain(rule.second).collect();
        let amounts: Option<Vec<Written>> = parts.iter().map(|part| written(part)).collect();
        let Some(amounts) = amounts.filter(|amounts| amounts.len() == kinds.len()) else { continue };
        let unit = amounts
            .iter()
            .find_map(|amount| amount.unit)
            .or(rule.unit)
            .or_else(|| amounts.iter().find_map(|amount| units.get(&amount.value).copied().flatten()));
        let Some(unit) = unit else {
            findings.push(unknown_unit(entry.at.clone(), &indicator.name));
            continue;
        };
        for (money, amount) in kinds.into_iter().zip(amounts) {
            found.push(Amount {
                kind: kind(money),
                label: indicator.name.clone(),
                entry: entry.clone(),
                unit: amount.unit.unwrap_or(unit),
                written: Some(amount.digits),
            });
        }
    }
    found
}

/// Amounts whose unit is known: the case's own and those that stand with their unit in a target or actual.
/// A number that is known in two units tells nothing (`None`).
fn known_units(indicators: &[Indicator], known: &[Amount]) -> BTreeMap<Number, Option<MoneyUnit>> {
    let mut units: BTreeMap<Number, Option<MoneyUnit>> = BTreeMap::new();
    let mut add = |value: Number, unit: MoneyUnit| {
        let entry = units.entry(value.normalize()).or_insert(Some(unit));
        if *entry != Some(unit) {
            *entry = None;
        }
    };
    for amount in known {
        let value = match &amount.entry.cell.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => written(&normalise(text)).map(|amount| amount.value),
            _ => None,
        };
        if let Some(value) = value {
            add(value, amount.unit);
        }
    }
    let cells = indicators.iter().flat_map(|indicator| [&indicator.target, &indicator.actual]).flatten();
    for entry in cells {
        let Cell { value: Value::Text(text), .. } = &entry.cell else { continue };
        let key = normalise(text);
        let digits = key.trim_start_matches(|c: char| !c.is_ascii_digit());
        if let Some(Written { value, unit: Some(unit), .. }) = written(digits) {
            add(value, unit);
        }
    }
    units
}
