//! Checklists whose actual is blank: a person ticks the items on 评分明细, and the score follows the ticks.

use std::collections::BTreeMap;

use super::derivation::{Derivation, Source};
use crate::expr::{Value, Var};
use crate::model::{Case, Indicator};
use crate::notation::{Items, Tick};
use crate::rule::Rule;

/// Characters of what was typed in the place of a tick that are repeated.
const MAX_TYPED: usize = 20;

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

/// What is asked of a person where items have no tick, and what stands there that is none.
pub(super) fn asked(case: &Case, indicator: &Indicator) -> String {
    let called = case.score_form.as_ref().map(|form| form.called(indicator));
    let others = called.and_then(|called| case.other_ticks.get(&called)).into_iter().flatten();
    let said = |(item, typed): (&u32, &String)| {
        let typed: String = typed.chars().take(MAX_TYPED).collect();
        format!("第{item}项填的是“{typed}”")
    };
    let others: Vec<String> = others.map(said).collect();
    if others.is_empty() {
        return "实际完成值为空。请在“取值表”中逐项选择“是”或“否”，得分随即算出。".to_owned();
    }
    format!("“取值表”中{}，不是“是”或“否”，没有采用。请逐项选择“是”或“否”，得分随即算出。", others.join("、"))
}
