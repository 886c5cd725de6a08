//! All indicators have full points although the budget was not spent.

use crate::check::promise::Promise;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::AllFullMarks;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(limit), Some(least)) = (facts.limit(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let rows = facts.own_rows();
    let Some(rate) = amounts::rate(facts).filter(|rate| *rate < limit) else { return Vec::new() };
    let scored = rows.iter().filter(|row| row.weight().is_some()).count();
    let full = rows.iter().filter(|row| row.weight().is_some()).all(Promise::is_full);
    if scored < least || !full {
        return Vec::new();
    }
    let message = format!("{scored} 个指标全部填了满分，预算执行率是 {}%。", rate.round(2));
    vec![Finding::new(ID, facts.form_at(crate::model::FormKind::SelfEvaluation), message)]
}
