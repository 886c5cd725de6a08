//! A score or an amount shows too many decimals.

use crate::base::Number;
use crate::check::Facts;
use crate::model::{Entry, Finding, FindingId};
use crate::notation::money;

const ID: FindingId = FindingId::TooManyDecimals;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(of_score), Some(of_money)) = (facts.least(ID, 0), facts.least(ID, 1)) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for row in facts.own_rows() {
        let indicator = row.indicator;
        for entry in [&indicator.stated_score, &indicator.score].into_iter().flatten() {
            if entry.number().is_some() && places(&entry.shown()) > of_score {
                let message =
                    format!("“{}”的得分 {} 超过 {of_score} 位小数。", row.name(), entry.shown().trim());
                findings.push(Finding::new(ID, entry.at.clone(), message));
            }
        }
    }
    let rows = facts.case.score_form.iter().flat_map(|form| &form.budget);
    for row in rows {
        for entry in [&row.budget, &row.adjusted, &row.spent].into_iter().flatten() {
            if is_amount(entry) && places(&entry.shown()) > of_money {
                let message = format!("“{}”的金额 {} 小数位过多。", row.label, entry.shown().trim());
                findings.push(Finding::new(ID, entry.at.clone(), message));
            }
        }
    }
    findings
}

fn is_amount(entry: &Entry) -> bool {
    money::amount(&entry.cell).is_some_and(|shown| shown.number != Number::ZERO)
}

/// Digits behind the point.
fn places(shown: &str) -> usize {
    let behind = shown.trim().split_once('.').map(|(_, behind)| behind);
    behind.map_or(0, |behind| behind.chars().take_while(char::is_ascii_digit).count())
}
