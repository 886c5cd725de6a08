//! Which state a level is of: Ⅱ类 under 达到Ⅲ类及以上, 省级表彰1次 under 国家级或省级表彰.

use crate::rule::levels::{Levels, levels};
use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::Answer;

/// The state, where every state is a level of one thing, or none.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let labels: Vec<String> = rule.states.iter().map(|state| plain_words(&state.label)).collect();
    let found: Vec<Option<Levels>> = labels.iter().map(|label| levels(label)).collect();
    if !found.iter().flatten().any(Levels::is_several) {
        return None;
    }
    let thing = found.iter().flatten().map(Levels::thing).max_by_key(|thing| thing.len())?;
    let text = plain_words(facts.actual_text);
    if words::of(Class::Negations).within(&text) {
        return none_of_them(&text, thing, &labels, rule);
    }
    let mut best: Option<(usize, Levels)> = None;
    for piece in text.split(['，', ';', '、']).filter(|piece| !piece.is_empty()) {
        let said = levels(&counted(piece)).filter(|said| is_of(said.thing(), thing, facts))?;
        let place = said.only()?;
        let better = match &best {
            None => true,
            Some((earlier, _)) if said.is_of_areas() => place < *earlier,
            Some((earlier, _)) => {
                if place != *earlier {
                    return None;
                }
                false
            }
        };
        if better {
            best = Some((place, said));
        }
    }
    let (place, said) = best?;
    let mut hits = rule
        .states
        .iter()
        .zip(&found)
        .filter(|(_, levels)| levels.as_ref().is_some_and(|levels| levels.holds(&said, place)));
    match (hits.next(), hits.next()) {
        (Some((state, _)), None) => Some(Answer::word(&state.label)),
        _ => None,
    }
}

/// A piece without how many there are: 市级表彰2次.
fn counted(piece: &str) -> String {
    let plain = words::of(Class::ClauseLinks).strip(piece).unwrap_or(piece);
    let plain = words::of(Class::Only).strip(plain).unwrap_or(plain).trim_start_matches('已');
    let plain = plain.trim_end_matches(['次', '项', '个', '篇', '家', '件', '人']);
    plain.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['共', '计']).to_owned()
}

/// Whether words beside a level are of the thing, or of nothing else: 水质, 二等奖 under 奖项.
fn is_of(said: &str, thing: &str, facts: &IndicatorFacts) -> bool {
    let doubt = [Class::Hoped, Class::AskedFor, Class::LastYears, Class::NoActual, Class::TakenBack];
    let clear = !doubt.iter().any(|class| words::of(*class).within(said));
    let named = said.is_empty() || thing.ends_with(said) || facts.indicator.contains(said);
    let ends = || {
        // 发文推广 under 推广
        let at = thing.char_indices().rev().nth(1).map(|(at, _)| at)?;
        let lead = said.strip_suffix(thing.get(at..)?)?;
        words::of(Class::LevelManners).has(lead).then_some(())
    };
    // 二等奖 under 奖项
    let core = thing.strip_suffix('项').filter(|core| core.chars().nth(1).is_none() && !core.is_empty());
    let placed = core.and_then(|core| said.strip_suffix(core));
    let placed = placed.is_some_and(|lead| words::of(Class::LevelManners).has(lead));
    clear && (named || ends().is_some() || placed)
}

/// 未获得表彰, 无: the state that says so.
fn none_of_them(text: &str, thing: &str, labels: &[String], rule: &Graded) -> Option<Answer> {
    let denied = |text: &str| -> Option<String> {
        let rest = list::DENIALS.strip(text)?;
        let rest = list::LEVEL_REACHED.strip(rest).unwrap_or(rest);
        let of = rest.is_empty() || thing.ends_with(rest) || rest.chars().all(|c| thing.contains(c));
        (of && !list::DENIALS.within(rest) && levels(rest).is_none()).then(|| rest.to_owned())
    };
    denied(text)?;
    let mut hits = rule.states.iter().zip(labels).filter(|(_, label)| denied(label).is_some());
    match (hits.next(), hits.next()) {
        (Some((state, _)), None) => Some(Answer::word(&state.label)),
        _ => None,
    }
}
