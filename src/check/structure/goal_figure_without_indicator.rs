//! A figure of the goal is no indicator's target.

use crate::base::Number;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::notation::quantity::Quantity;
use crate::notation::unit::Dimension;
use crate::notation::{Notation, normalise, scan_quantity};

const ID: FindingId = FindingId::GoalFigureWithoutIndicator;

/// Characters of a goal that are looked at, and figures that are told.
const MOST: usize = 2_000;
const TOLD: usize = 5;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rows: Vec<Promise<'_>> = facts.promises().collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let goals = facts.case.goals.iter().filter(|goal| !goal.result);
    let findings = goals.filter_map(|goal| {
        let text: String = goal.entry.shown().chars().take(MOST).collect();
        let open: Vec<String> = figures(&text)
            .into_iter()
            .filter(|figure| !rows.iter().any(|row| answers(row, figure)))
            .map(|figure| format!("{}{}", figure.number, figure.unit))
            .take(TOLD)
            .collect();
        (!open.is_empty()).then(|| {
            let message = format!("年度总体目标中的“{}”没有对应的指标。", open.join("、"));
            Finding::new(ID, goal.entry.at.clone(), message)
        })
    });
    findings.collect()
}

/// The figures of a text that count or measure things. Money is the budget's, a rate may be of anything.
fn figures(text: &str) -> Vec<Quantity> {
    let text = normalise(text);
    let mut found: Vec<Quantity> = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest.get(..at).unwrap_or_default();
        let Some(here) = rest.get(at..) else { break };
        let digits = here.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let Some((quantity, taken)) = scan_quantity(here) else {
            rest = here.get(digits.max(1)..).unwrap_or_default();
            continue;
        };
        rest = here.get(taken.max(1)..).unwrap_or_default();
        let counted = match &quantity.unit.dimension {
            Dimension::Count(_) => !quantity.unit.is_place(),
            Dimension::Length => true,
            _ => false,
        };
        // 第3批, A区1号: a number that names something; 1个 is hardly a target.
        let names =
            before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '第' | '-' | '[' | '〔'));
        let known = found.iter().any(|have| have.in_base() == quantity.in_base());
        if counted && !names && !known && quantity.number > Number::ONE {
            found.push(quantity);
        }
    }
    found
}

/// Whether a row promises the figure, or names it.
fn answers(row: &Promise<'_>, figure: &Quantity) -> bool {
    let same =
        |quantity: &Quantity| quantity.in_base() == figure.in_base() || quantity.number == figure.number;
    let target = match row.row.target() {
        Some(Notation::Quantity(target)) => same(target),
        Some(Notation::Range { low, high }) => same(low) || same(high),
        _ => false,
    };
    let digits = figure.number.to_string();
    let named =
        |text: String| text.split(|c: char| !c.is_ascii_digit() && c != '.').any(|number| number == digits);
    target || named(row.key()) || named(row.shown())
}
