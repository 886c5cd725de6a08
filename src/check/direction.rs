//! Targets whose direction is not what their sign says: `=` on a cost, or no sign at all.

use super::Facts;
use super::promise::Promise;
use crate::model::{Finding, FindingId, Indicator, Observed};
use crate::notation::direction::{Direction, decide};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let scored = facts.indicators().map(|(indicator, result)| (indicator, &result.observed));
    let declared = facts.declared().map(|(declared, result)| (&declared.indicator, &result.observed));
    let mut findings: Vec<Finding> =
        scored.chain(declared).filter_map(|(indicator, observed)| finding(indicator, observed)).collect();
    // Targets under review have no score yet that would have told.
    if facts.scorecard.is_none() {
        findings
            .extend(facts.promises().filter_map(|promise| finding(promise.indicator, &promised(&promise)?)));
    }
    findings
}

/// What a target says of its direction before anything was done.
fn promised(promise: &Promise<'_>) -> Option<Observed> {
    let level2 = &promise.indicator.level2;
    let decision = decide(promise.row.target()?, promise.name(), level2, promise.words).ok()?;
    Some(Observed {
        equals_on_cost: decision.is_equals_on_cost(),
        inferred_cap: decision.is_inferred() && decision.direction == Direction::AtMost,
        ..Observed::default()
    })
}

fn finding(indicator: &Indicator, observed: &Observed) -> Option<Finding> {
    let target = indicator.target.as_ref()?;
    let shown = indicator.target_shown();
    let (id, message) = if observed.equals_on_cost {
        let message = format!("“{}”是控制类指标，指标值“{shown}”应为“≤”，按不超过该值掌握。", indicator.name);
        (FindingId::EqualsOnCost, message)
    } else if observed.inferred_cap {
        let message = format!("“{}”的指标值“{shown}”没有符号，按指标名称推断为越低越好。", indicator.name);
        (FindingId::DirectionInferred, message)
    } else {
        return None;
    };
    Some(Finding::new(id, target.at.clone(), message))
}
