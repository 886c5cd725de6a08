//! The points of an indicator are not the declared ones.

use super::declared_names::against;
use crate::base::Weight;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let own = facts.own_rows();
    let declared = facts.case.declared.iter().map(|declared| declared.indicator.weight);
    let sum = |weights: Vec<Option<Weight>>| {
        weights.into_iter().collect::<Option<Vec<Weight>>>().and_then(Weight::sum)
    };
    let before = sum(declared.collect());
    let after = sum(own.iter().map(|row| row.indicator.weight).collect());
    let pairs = || {
        facts.declared().filter_map(|(declared, result)| {
            let answer = own.get(result.matched?)?;
            Some((answer, declared.indicator.weight?, answer.indicator.weight?))
        })
    };
    // On another scale (90, 100, 1) no points are the same; where an indicator was dropped or added, most are.
    let same = pairs().filter(|(_, before, now)| before == now).count();
    let most = same.saturating_mul(2) > pairs().count();
    if before.is_none() || before != after && !most {
        return Vec::new();
    }
    let (id, form) = against(facts, FindingId::WeightChangedFromDeclaration);
    let findings = pairs().filter(|(_, before, now)| before != now).map(|(answer, before, now)| {
        let message = format!("“{}”的分值是 {now} 分，{form}是 {before} 分。", answer.name());
        answer.at(answer.indicator.weight_entry.as_ref(), id, message)
    });
    findings.collect()
}
