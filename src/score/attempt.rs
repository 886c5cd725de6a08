//! The rule of an indicator, applied: the mapping's rubric, the form's own criterion, or the platform's rule.

use super::derivation::{Derivation, Entries};
use super::facts::facts_of;
use super::observe::{band, observe};
use super::rate::{Reached, reached};
use super::read::read;
use super::ticks;
use crate::base::Weight;
use crate::criterion::{self, Context};
use crate::model::{Case, Entry, Indicator, IndicatorScore, Laid, Standard};
use crate::notation::{Items, Notation, Tick};
use crate::rule::{Applied, Refusal, Rule, missing_standard, platform};

/// Scores by the mapping's rubric, by the form's own criterion, or by the platform's rule where there is neither.
pub(super) fn attempt(
    case: &Case,
    indicator: &Indicator,
    weight: Weight,
    result: &mut IndicatorScore,
) -> Result<(Option<Applied>, Derivation), Refusal> {
    let words = &case.words;
    if let Some(column) = indicator.unclear {
        let hint = "请由评审人员打分；同样的表多次用到的，请系统管理员登记是哪一列。";
        return Err(Refusal::new(column, "表头中有几列都像它，不能确定以哪一列为准", hint));
    }
    let written = indicator.criterion.as_ref().map(Entry::shown);
    let text = indicator.rubric.clone().or(written).filter(|text| !text.trim().is_empty());
    let around = read(case, indicator, None);
    let having: Vec<Standard> = around.standards.iter().map(|known| known.standard).collect();
    let context = Context {
        indicator: &indicator.name,
        weight: Some(weight),
        target: around.target.as_ref(),
        partial_step: case.partial_step,
        standards: &having,
    };
    let read_as = |text: String| {
        criterion::read(&text, &context).map_err(|refusal| criterion::advised(refusal, &text, &context))
    };
    let wanted = text.as_ref().and_then(|text| criterion::wanted_standard(text, &context));
    // What is wanting explains a refusal better than the words that were read without it.
    let wanted = wanted.filter(|_| around.actual.as_ref().is_some_and(|actual| actual.quantity().is_some()));
    let explained = |refusal: Refusal| wanted.map_or(refusal, missing_standard);
    let rule = text.map(read_as).transpose().map_err(explained);
    let rule = match rule {
        Ok(rule) => rule,
        Err(refusal) => {
            let read = read(case, indicator, None);
            result.observed =
                facts_of(case, indicator, &read).with(|facts| observe(facts, &indicator.level2, words));
            return Err(refusal);
        }
    };
    let mut read = read(case, indicator, rule.as_ref());
    let ticked = rule.as_ref().is_some_and(|rule| !rule.items().is_empty())
        && indicator.actual.as_ref().is_none_or(Entry::is_blank);
    let ticks = ticked.then(|| ticks::given(case, indicator, rule.as_ref()));
    let all_given = ticks.as_ref().is_some_and(Option::is_some);
    if ticked {
        // Without all ticks the rule is applied as if all were met, for its expression only.
        let items = ticks.clone().flatten().unwrap_or_else(|| Items::all(Tick::Met));
        read.actual = Some(Notation::Items(items));
        read.words = Some("按勾选".to_owned());
    }
    facts_of(case, indicator, &read).with(|facts| {
        result.observed = observe(facts, &indicator.level2, words);
        // How far off is no question of which way is better.
        result.observed.inferred_cap &= !rule.as_ref().is_some_and(Rule::is_of_deviation);
        let applied = match &rule {
            Some(rule) => {
                result.rule = Some(rule.family());
                result.reading = Some(rule.reading());
                rule.fits(weight)?;
                rule.apply(facts)
            }
            None => {
                result.band = band(facts);
                result.rule = Some("platform");
                let note = case.score_form.as_ref().and_then(|form| form.note_rule.as_ref());
                platform::apply_beside(facts, &indicator.level2, words, note).map(|given| {
                    result.reading = Some(given.reading.to_owned());
                    given.applied
                })
            }
        };
        // What could not be read explains a refusal better than the rule that missed it.
        let applied =
            applied.map_err(|refusal| read.refusal.clone().unwrap_or_else(|| explained(refusal)))?;
        let named = applied.compared.as_ref().and_then(|compared| compared.named.as_deref());
        if let (Some(reading), Some(named)) = (&mut result.reading, named) {
            *reading = format!("{reading}（{named}）");
        }
        let items = rule.as_ref().map(Rule::items).unwrap_or_default();
        let entries = Entries {
            weight: indicator.weight_entry.as_ref(),
            target: indicator.target.as_ref(),
            actual: indicator.actual.as_ref(),
            criterion: indicator.criterion.as_ref().filter(|_| rule.is_some()),
            standards: &indicator.standards,
            actual_fixed: read.words.is_some() && indicator.satisfaction.is_some()
                || applied.laid != Laid::AsRead
                || facts.actual.and_then(Notation::quantity).is_some_and(|actual| actual.inferred),
        };
        let mut derivation = Derivation::new(&applied, items, &entries);
        if ticked {
            derivation.ticks = true;
            if !all_given {
                ticks::forget(&mut derivation, case, indicator);
                return Ok((None, derivation));
            }
        }
        let Reached { rate, base } = reached(facts, applied.rate, &indicator.level2, words);
        derivation.rate_base = base;
        Ok((Some(Applied { rate, ..applied }), derivation))
    })
}
