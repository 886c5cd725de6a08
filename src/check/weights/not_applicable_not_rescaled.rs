//! Rows that do not apply were not taken out of the whole.

use crate::base::{Score, Weight};
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::normalise;
use crate::model::{Entry, Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::NotApplicableNotRescaled;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    rescaled(facts).into_iter().collect()
}

fn rescaled(facts: &Facts) -> Option<Finding> {
    let (form, card) = facts.scored()?;
    let rows = facts.own_rows();
    let (out, in_it): (Vec<_>, Vec<_>) = rows.iter().partition(|row| is_out(row));
    let out = Weight::sum(out.iter().filter_map(|row| row.weight()))?;
    let full = card.total.full.number();
    let total = form.total.stated_score.as_ref().or(form.total.score.as_ref())?;
    let stated = total.number()?;
    let execution = facts.execution().and_then(|result| result.stated.or(result.score));
    let typed: Option<Vec<Score>> = in_it.iter().map(|row| row.typed()).collect();
    let sum = Score::sum(typed?.into_iter().chain(execution))?.number();
    let rest = full.minus(out.number())?;
    if out.is_zero() || rest.is_zero() {
        return None;
    }
    let due = sum.times(full)?.over(rest)?.round(2);
    let apart = due.minus(stated)?.abs();
    let slack = facts.limit(ID, 0)?;
    (apart > slack).then(|| {
        let message = format!(
            "不适用的指标共 {out} 分，其余指标得 {sum} 分，折算后总分应为 {due} 分，表中填 {stated} 分。"
        );
        Finding::new(ID, total.at.clone(), message)
    })
}

/// Whether a row says that it does not apply.
fn is_out(row: &Promise<'_>) -> bool {
    let says = |entry: &Option<Entry>| {
        entry.as_ref().is_some_and(|entry| row.words.of(Class::NotApplicable).has(&normalise(&entry.shown())))
    };
    says(&row.indicator.actual) || says(&row.indicator.reason) || says(&row.indicator.stated_score)
}
