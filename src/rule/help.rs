//! What helps whoever reads a refusal: how the criterion was read, and answers that would be scored by it.

use std::collections::BTreeSet;

use crate::notation::{Hints, Notation, Role, read_text};

use super::{IndicatorFacts, Refusal, Rule};

/// Before the examples.
const EXAMPLES: &str = "能自动评分的写法如";
/// Examples shown.
const SHOWN: usize = 2;

/// The refusal with what was understood and, where another answer would be scored, with such answers. Where none would, the
/// answer is not what stands in the way.
pub(super) fn helped(rule: &Rule, facts: &IndicatorFacts, refusal: Refusal) -> Refusal {
    // What a part of the rule would read alone is no answer to the whole.
    let own = refusal.hint.split(EXAMPLES).next().unwrap_or_default().to_owned();
    let refusal = Refusal { hint: own, ..refusal };
    let reading = rule.reading();
    let refusal = refusal.with_understood(&format!("评分标准读作“{}”", reading.trim_end_matches('。')));
    let mut seen = BTreeSet::new();
    let scored: Vec<String> = rule
        .kind()
        .examples(facts)
        .into_iter()
        .filter(|text| seen.insert(text.clone()) && is_scored(rule, facts, text))
        .take(SHOWN)
        .collect();
    if scored.is_empty() {
        return refusal;
    }
    let shown = format!("“{}”", scored.join("”“"));
    let stop = if refusal.hint.ends_with('。') { "" } else { "。" };
    let hint = format!("{}{stop}{EXAMPLES}{shown}。", refusal.hint);
    Refusal { hint, ..refusal }
}

/// Whether this answer would be scored.
fn is_scored(rule: &Rule, facts: &IndicatorFacts, text: &str) -> bool {
    let hints = Hints {
        role: Role::Actual,
        indicator: facts.indicator,
        target: facts.target,
        items: u32::try_from(rule.items().len()).ok().filter(|n| *n > 0),
        ..Hints::default()
    };
    let actual: Option<Notation> = read_text(text, &hints).ok();
    let facts = IndicatorFacts { actual: actual.as_ref(), actual_text: text, ..*facts };
    rule.checked(&facts).is_ok() && rule.kind().apply(&facts).is_ok()
}
