//! Actuals that tell two things where the criterion asks for one: which of them it is nobody can say.

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::measure::{HINT_ACTUAL, Measure, Subject};
use super::super::{IndicatorFacts, Refusal};
use super::{from_to, joined_rates, relevant};
use crate::words::{self, Class, list};

/// Refuses them.
pub(super) fn checked(rule: &Graded, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let text = plain_words(facts.actual_text);
    let refuse = |why: &str| Err(Refusal::new(facts.actual_text, why, HINT_ACTUAL));
    // 床位由300张增加到380张 under 新增床位: what was added is neither, and what is told so is no rise.
    let added = list::ADDED_NAMES.begins(facts.indicator.trim()) && from_to::tells_from_to(&text);
    if added && relevant::added(&text, facts).is_none() {
        return refuse("写明的是由多少变为多少，指标要的是新增的数");
    }
    // 非常满意60%，满意32% under 非常满意和满意的占比: one of them is not told.
    let joined = match &rule.subject {
        Subject::Named(name) => list::ITEM_JOINS.within(name),
        Subject::Unnamed => false,
    };
    if joined && text.matches('%').count() > 1 && joined_rates::sum(rule, facts).is_none() {
        return refuse("评分标准说的是几项合起来的比率，实际完成值只分别写了各项");
    }
    // 培训220人 under 培训女性人数: how many of them are is not said.
    let label = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let some = |name: &str| list::WHO_COUNTS.iter().any(|who| name.contains(who) && !label.contains(who));
    let counted = text.get(label.len()..).is_some_and(|rest| {
        crate::notation::scan_quantity(rest)
            .is_some_and(|(q, taken)| taken == rest.len() && !q.unit.is_ratio())
    });
    let said = list::BEFORE_FIGURES.trim_end(words::of(Class::Performed).strip(label).unwrap_or(label));
    if rule.measure == Measure::Value
        && rule.states.is_empty()
        && counted
        && said.chars().nth(1).is_some()
        && some(facts.indicator)
    {
        return refuse("没有写明其中有多少是指标所问的人");
    }
    // 依法可不招标，未招标 where 应招标未招标 earns something else.
    let labels: Vec<String> = rule.states.iter().map(|state| plain_words(&state.label)).collect();
    let ends = |c: char| list::CLAUSE_SIGNS.begins(c.encode_utf8(&mut [0; 4]));
    let clauses = || text.split(ends).filter(|clause| !clause.is_empty());
    let one = clauses().find(|clause| labels.iter().any(|label| label == clause));
    let part = |clause: &&str| {
        let of = |label: &&String| label.ends_with(*clause) && label.as_str() != *clause;
        labels.iter().any(|label| of(&label))
    };
    if one.is_some_and(|one| clauses().any(|clause| clause != one && part(&clause))) {
        return refuse("同时写了评分标准中的两种情形");
    }
    Ok(())
}
