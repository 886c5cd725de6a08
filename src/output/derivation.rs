//! How the score of an indicator came about, in the JSON object: what `score` keeps of it, told.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::CellAt;
use crate::expr::{Value, Var};
use crate::model::{IndicatorScore, State};
use crate::score::{Input, Scored, Source};

/// How a score came about.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DerivationLine {
    /// What the rule was applied to.
    pub inputs: Vec<InputLine>,
    /// Whether a person ticks what the items of its checklist are.
    pub ticks: bool,
    /// The calculation over them, in Chinese, a step a line; the last one gives the score. None while items wait.
    pub steps: Vec<String>,
}

/// An input of a rule.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InputLine {
    /// What a clerk calls it.
    pub name: String,
    /// The number of the item of a checklist, from 1; absent of what is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// What of it was taken for the calculation; of an item of a checklist whether it is met.
    pub value: String,
    /// What its cell shows.
    pub shown: Option<String>,
    /// Its cell.
    #[schemars(with = "Option<String>")]
    pub cell: Option<CellAt>,
}

/// How the rule's score of a result came about.
pub(super) fn derivation(scored: &Scored, result: &IndicatorScore) -> Option<DerivationLine> {
    let ruled = result.score.is_some() && result.state != State::Judged;
    let position = scored.card.indicators.iter().position(|one| std::ptr::eq(one, result))?;
    let derivation = scored.derivations.get(position).filter(|derivation| ruled || derivation.ticks)?;
    let steps = if ruled { derivation.steps()? } else { Vec::new() };
    let input = |input: &Input| InputLine {
        name: input.name(),
        item: match input.var {
            Var::Item(at) => Some(u32::from(at).saturating_add(1)),
            _ => None,
        },
        value: match (&input.value, &input.source) {
            (value, Source::Item(item)) => {
                let met = match value.as_number() {
                    None => "待选择",
                    Some(number) if number.is_zero() => "不满足",
                    Some(_) => "满足",
                };
                format!("{}：{met}", item.words)
            }
            (Value::Number(number), _) => number.to_string(),
            (Value::Text(text), _) => text.clone(),
            _ => String::new(),
        },
        shown: input.entry.as_ref().map(|entry| entry.shown().trim().to_owned()),
        cell: input.entry.as_ref().and_then(|entry| entry.at.clone()),
    };
    let inputs = derivation.inputs.iter().map(input).collect();
    Some(DerivationLine { inputs, ticks: derivation.ticks, steps })
}
