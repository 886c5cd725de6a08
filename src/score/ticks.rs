//! Checklists whose actual is blank: a person ticks the items on 评分明细, and the score follows the ticks.

use std::collections::BTreeMap;

use super::derivation::{Derivation, Source};
use crate::expr::{Value, Var};
use crate::model::{Case, Indicator};
use crate::notation::{Items, Tick};
use crate::rule::Rule;

/// The ticks of an indicator: those of another of the same name are not its own.
fn of<'c>(case: &'c Case, indicator: &Indicator) -> Option<&'c BTreeMap<u32, bool>> {
    case.ticks.get(&case.score_form.as_ref()?.called(indicator))
}

/// The ticks given in an earlier run, when every item has one.
pub(super) fn given(case: &Case, indicator: &Indicator, rule: Option<&Rule>) -> Option<Items> {
    let ticks = of(case, indicator)?;
    let count = u32::try_from(rule?.items().len()).ok()?;
    let all = (1..=count).map(|item| {
        let met = *ticks.get(&item)?;
        Some((item, if met { Tick::Met } else { Tick::NotMet }))
    });
    let ticks: Option<Vec<(u32, Tick)>> = all.collect();
    Some(Items::Named { ticks: ticks?, others: None })
}

/// Takes the values out of item inputs that nobody has ticked yet, and leaves those that somebody has.
pub(super) fn forget(derivation: &mut Derivation, case: &Case, indicator: &Indicator) {
    let ticks = of(case, indicator);
    for input in &mut derivation.inputs {
        if let (Source::Item(_), Var::Item(position)) = (&input.source, input.var) {
            let item = u32::from(position).saturating_add(1);
            input.value = match ticks.and_then(|ticks| ticks.get(&item)) {
                Some(met) => Value::Number(crate::base::Number::from(u32::from(*met))),
                None => Value::Blank,
            };
        }
    }
}
