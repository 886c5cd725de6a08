//! How long after something it was done: 批复后第23日公开, 收到资金后第42日下达; and how long it was done: 公示5天 under 公示.

use crate::notation::{Dimension, Quantity, Unit, scan_quantity};
use crate::rule::{Award, Measure, Point, Subject};
use crate::words::list;

use super::days_between::is_spread;
use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value {
        return None;
    }
    since(said).or_else(|| lasted(said)).map(Relevant::quantity)
}

/// 批复后第23日公开 under 批复后20日内公开: the criterion counts from the same event.
fn since(said: &Said) -> Option<Quantity> {
    // 第42天下达: from whatever the criterion counts from.
    if let Some(rest) = said.text.strip_prefix('第') {
        let (time, taken) = scan_quantity(rest)?;
        let (act, words) = (rest.get(taken..)?, said.rule.all_words());
        let own = act.chars().nth(1).is_some()
            && words.split_once('后').is_some_and(|(_, then)| then.contains(act));
        return (own
            && time.sign.is_none()
            && is_asked(said, &time.unit)
            && time.unit.dimension == Dimension::Time)
            .then_some(time);
    }
    let (event, rest) = said.text.split_once("后第")?;
    let (time, taken) = scan_quantity(rest)?;
    let act = rest.get(taken..)?;
    let plain = event.chars().nth(1).is_some() && !event.contains(['未', '不', '，']);
    let words = format!("{}{}", said.rule.all_words(), said.facts.target_text);
    // 预算批复后 of 批复后, where the budget is what is published.
    let tail = |at: usize| {
        let (lead, rest) = event.split_at_checked(at).unwrap_or((event, ""));
        rest.chars().nth(1).is_some()
            && words.contains(&format!("{rest}后"))
            && said.names().any(|name| name.contains(lead))
    };
    let tail = event.char_indices().skip(1).any(|(at, _)| tail(at));
    // 收到后 of 收到上级资金.
    let known = tail
        || is_begun_by(event, &words)
        || words.contains(&format!("{event}后"))
        || (words.contains(event) && said.names().any(|name| name.starts_with(event)));
    let done = act.chars().all(char::is_alphabetic) && !list::DENIAL_SIGNS.within(act);
    let fits = plain && known && done && time.sign.is_none() && is_asked(said, &time.unit);
    // The fifth month may have just begun: bounds in whole months ask for no more.
    let whole = time.unit.dimension != Dimension::Months
        || !said.rule.all_awards().any(|award| matches!(award, Award::Steps(_) | Award::Rate(_)));
    (fits && whole).then_some(time)
}

/// 批复 of 自批复之日起, 收到资金 of 收到上级资金30日内: the criterion counts from it, in these words or with more between them.
fn is_begun_by(event: &str, words: &str) -> bool {
    let verb: String = event.chars().take(2).collect();
    let Some(at) = words.find(&verb) else { return false };
    let lead = words.get(at..).unwrap_or_default();
    let lead =
        lead.split(|c: char| c.is_ascii_digit() || list::CLAUSE_SIGNS.has_char(c)).next().unwrap_or(lead);
    let lead = list::COUNTED_FROM.strip_end(lead).unwrap_or(lead);
    let more = lead.chars().count().saturating_sub(event.chars().count());
    is_spread(event, lead) && more <= MOST_BETWEEN && !list::DENIAL_SIGNS.within(lead)
}

/// More words between say more than what was done.
const MOST_BETWEEN: usize = 4;

/// 公示5天 where the criterion says 公示7天及以上: the number behind the criterion's own word.
fn lasted(said: &Said) -> Option<Quantity> {
    let Subject::Named(name) = &said.rule.subject else { return None };
    let act = said.text.strip_prefix("已").unwrap_or(&said.text);
    let rest = act.strip_prefix(name.as_str())?.trim_start_matches(['了', ':', '为', '满']);
    let (time, taken) = scan_quantity(rest)?;
    let own = said.rule.states.iter().all(|state| state.label != said.text);
    let fits = own && taken == rest.len() && time.sign.is_none() && is_asked(said, &time.unit);
    fits.then_some(time)
}

/// Whether the criterion counts such a time.
fn is_asked(said: &Said, unit: &Unit) -> bool {
    let timed = matches!(unit.dimension, Dimension::Time | Dimension::Months | Dimension::Workdays);
    let own = |at: &Point| matches!(at, Point::Value(amount) if amount.unit.dimension == unit.dimension);
    timed && said.rule.points().any(own)
}
