//! The indicators earned far more than the execution.

use crate::base::{Number, Score, Weight};
use crate::check::promise::Promise;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::ScoreAndExecutionDiverge;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    diverges(facts).into_iter().collect()
}

fn diverges(facts: &Facts) -> Option<Finding> {
    let limit = facts.limit(ID, 0)?;
    let rows = facts.own_rows();
    let typed: Option<Vec<Score>> = rows.iter().map(Promise::typed).collect();
    let earned = Score::sum(typed?)?.number();
    let all = Weight::sum(rows.iter().filter_map(|row| row.indicator.weight))?.number();
    let hundred = Number::from(100);
    let share = earned.times(hundred)?.over(all)?;
    let rate = amounts::rate(facts)?;
    let apart = share.minus(rate)?.times(hundred)?.over(share)?;
    (apart > limit).then(|| {
        let message =
            format!("指标得分率 {}%，预算执行率 {}%，相差超过 {limit}%。", share.round(2), rate.round(2));
        Finding::new(ID, facts.form_at(crate::model::FormKind::SelfEvaluation), message)
    })
}
