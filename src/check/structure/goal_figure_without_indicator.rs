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
        let open = figures(&text, is_counted).into_iter();
        let open = open.filter(|figure| !rows.iter().any(|row| answers(row, figure))).take(TOLD);
        // What an indicator counts more of may hold it.
        let (held, alone): (Vec<_>, Vec<_>) = open
            .map(|figure| (rows.iter().find(|row| may_hold(row, &figure)), figure))
            .partition(|(row, _)| row.is_some());
        let shown = |figure: &Quantity| format!("{}{}", figure.number, figure.unit);
        let mut said: Vec<String> = held
            .iter()
            .filter_map(|(row, figure)| {
                let (row, figure) = ((*row)?, shown(figure));
                let (name, target) = (row.name(), row.shown());
                Some(format!("“{figure}”没有单独的指标，请核对是否已含在“{name}”的“{target}”中"))
            })
            .collect();
        let alone: Vec<String> = alone.iter().map(|(_, figure)| shown(figure)).collect();
        said.extend((!alone.is_empty()).then(|| format!("“{}”没有对应的指标", alone.join("、"))));
        (!said.is_empty()).then(|| {
            let message = format!("年度总体目标中的{}。", said.join("；"));
            Finding::new(ID, goal.entry.at.clone(), message)
        })
    });
    findings.collect()
}

/// Whether a figure counts or measures things. Money is the budget's, a rate may be of anything; 1个 is hardly a target.
fn is_counted(quantity: &Quantity) -> bool {
    let counted = match &quantity.unit.dimension {
        Dimension::Count(_) => !quantity.unit.is_place(),
        Dimension::Length => true,
        _ => false,
    };
    counted && quantity.number > Number::ONE
}

/// Whether a row promises more of the same things.
fn may_hold(row: &Promise<'_>, figure: &Quantity) -> bool {
    let Some(target) = row.quantity().filter(|target| target.unit.comparable(&figure.unit)) else {
        return false;
    };
    target.in_base().zip(figure.in_base()).is_some_and(|(whole, part)| whole > part)
}

/// The figures of a text that are of this kind, each once.
pub(super) fn figures(text: &str, wanted: impl Fn(&Quantity) -> bool) -> Vec<Quantity> {
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
        // 第3批, A区1号: a number that names something.
        let names =
            before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '第' | '-' | '[' | '〔'));
        let known = found.iter().any(|have| have.in_base() == quantity.in_base());
        if wanted(&quantity) && !names && !known {
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
