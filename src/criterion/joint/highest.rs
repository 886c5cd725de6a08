//! 同一事项按最高级别计分，不重复计分: where each level has its points, this changes none of them.

use crate::criterion::Context;
use crate::criterion::grammar::scan::denies;
use crate::criterion::text::plain::segments;
use crate::rule::{Award, CountBand, Graded, Joint, Part, Rule, Tier, Together, Words, is_ranked};
use crate::words::{self, Class};

use super::{ONE, Readers, joint, within};

/// The rule without these words, where the others say what each level earns.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let said = words::of(Class::HighestCounts);
    // 就高不就低、不重复计分
    // 同时获得多级表彰的就高计分
    let led = |piece: &str| {
        said.strip_end(piece).is_some_and(|lead| {
            lead.ends_with('的') && lead.chars().all(char::is_alphabetic) && !denies(lead)
        })
    };
    let all = |text: &str| text.split('、').all(|piece| said.has(piece) || led(piece));
    let (dropped, kept): (Vec<_>, Vec<_>) = segments(text).into_iter().partition(|part| all(part.text));
    if dropped.is_empty() || kept.is_empty() {
        return None;
    }
    let mut rest = String::new();
    for part in kept {
        rest.push_str(part.text);
        rest.push(if part.ends { ';' } else { '，' });
    }
    let rule = (readers.one)(rest.trim_end_matches([';', '，']), context).ok()?;
    let Rule::Graded(graded) = &rule else { return None };
    if graded.states.len() < 2 || !graded.bands.is_empty() {
        return None;
    }
    let words = Words::new(text);
    match levels(graded, context, readers) {
        Some(levels) => Some(Rule::Joint(Joint { words, ..levels })),
        None => Some(rule),
    }
}

/// 获国家级表彰得8分，省级得5分: what was won on several levels is told of each, and the best counts.
fn levels(graded: &Graded, context: &Context, readers: Readers) -> Option<Joint> {
    let first = graded.states.first()?;
    let named = |label: &str| words::of(Class::Earned).strip(label).unwrap_or(label).to_owned();
    let (at, level) = words::of(Class::Levels).find(&first.label)?;
    let thing = first.label.get(at.saturating_add(level.len())..)?.to_owned();
    let mut otherwise = graded.otherwise.as_ref().map(|rest| rest.award.clone());
    if thing.chars().nth(1).is_none() || otherwise.as_ref().is_some_and(Award::moves) {
        return None;
    }
    let alone = Context { target: None, ..*context };
    let mut parts = Vec::new();
    let mut tiers = Vec::new();
    for state in &graded.states {
        // 未获得不得分
        if words::of(Class::EventDenied).begins(&state.label) && otherwise.is_none() && !state.award.moves() {
            otherwise = Some(state.award.clone());
            continue;
        }
        let mut name = named(&state.label);
        if words::of(Class::Levels).has(&name) {
            name.push_str(&thing);
        }
        let plain = words::of(Class::Levels).find(&name).is_some_and(|(at, _)| at == 0);
        if !plain || !name.ends_with(&thing) || !is_ranked(&name) || state.award.moves() {
            return None;
        }
        let met = CountBand { at_least: 1, at_most: 1, award: state.award.clone() };
        tiers.push(Tier { of: vec![parts.len()], met });
        let rule = (readers.one)(super::tiers::OCCURRED, &within(&name, Some(ONE), &alone)).ok()?;
        parts.push(Part { names: vec![name], points: Some(ONE), rule });
    }
    joint(parts, Together::Tiers { tiers, otherwise })
}
