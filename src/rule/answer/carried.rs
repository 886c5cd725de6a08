//! How what is left stands to what was left the year before: 有结余，未超过上年结转; 结余16万元，上年结转15万元.

use crate::base::Number;
use crate::notation::Quantity;
use crate::words::list;

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::state::CARRIED_OVER;
use super::Answer;
use super::parts::{AnswerPart, parts};

/// The state that the actual comes to, where the criterion lists these three, or whether anything is left.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    if let Some(found) = left_or_not(rule, facts) {
        return Some(found);
    }
    let listed = CARRIED_OVER.iter().all(|label| rule.states.iter().any(|state| state.label == *label));
    if !listed || rule.states.len() != CARRIED_OVER.len() {
        return None;
    }
    let [none, within, beyond] = CARRIED_OVER;
    let text = plain_words(facts.actual_text);
    let parts = parts(facts.actual_text)?;
    let amounts: Vec<&AnswerPart> = parts.iter().filter(|part| part.amount.is_some()).collect();
    let label = match amounts.as_slice() {
        [] => by_words(&text)?,
        [only] if is_left(only) && only.amount.as_ref().is_some_and(is_nothing) => none,
        [a, b] => {
            let (left, before) = if is_before(b) { (a, b) } else { (b, a) };
            if !is_left(left) || !is_before(before) {
                return None;
            }
            let (left, before) = (plain(left.amount.as_ref()?)?, plain(before.amount.as_ref()?)?);
            match left {
                n if n.is_zero() => none,
                n if n <= before => within,
                _ => beyond,
            }
        }
        _ => return None,
    };
    Some(Answer::word(label))
}

/// 有结转结余18.6万元 where the criterion tells 无结转结余 from 有结转结余.
fn left_or_not(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let [none, ..] = CARRIED_OVER;
    let some =
        |label: &str| label.strip_prefix('有').is_some_and(|thing| ["结余", "结转结余"].contains(&thing));
    let (nothing, something) = match rule.states.as_slice() {
        [a, b] if a.label == none && some(&b.label) => (&a.label, &b.label),
        [a, b] if b.label == none && some(&a.label) => (&b.label, &a.label),
        _ => return None,
    };
    let text = plain_words(facts.actual_text);
    let parts = parts(facts.actual_text)?;
    let is_nothing = match parts.as_slice() {
        [only] => match &only.amount {
            Some(amount) if amount.unit.is_money() || amount.unit.is_bare() => {
                let left = is_left(only) || only.words().is_empty();
                let number =
                    amount.in_base().filter(|n| left && amount.sign.is_none() && !n.is_negative())?;
                // A bare number may be a rate.
                if !number.is_zero() && amount.unit.is_bare() {
                    return None;
                }
                number.is_zero()
            }
            Some(_) => return None,
            None => NOTHING_LEFT.contains(&text.as_str()),
        },
        _ => return None,
    };
    let said = parts.iter().any(|part| part.amount.is_some());
    (is_nothing || said).then(|| Answer::word(if is_nothing { nothing } else { something }))
}

/// Nothing is left.
const NOTHING_LEFT: [&str; 9] = [
    "无结余",
    "没有结余",
    "无结转结余",
    "没有结转结余",
    "未形成结余",
    "无结转和结余",
    "年末无结余",
    "年末无结转结余",
    "零结余",
];

/// What words alone say: nothing left, no more than the year before, more than it.
fn by_words(text: &str) -> Option<&'static str> {
    let [none, within, beyond] = CARRIED_OVER;
    let last = text.contains("上年") || text.contains("去年");
    let denied = list::NO_MORE_CARRIED.within(text);
    let over = list::MORE_CARRIED.within(text);
    let nothing = NOTHING_LEFT.contains(&text);
    match (nothing, last, denied, over && !denied) {
        (true, false, false, false) => Some(none),
        (false, true, true, _) if text.contains("结余") && !text.starts_with("上年") => Some(within),
        (false, true, false, true) if !list::DENIAL_SIGNS.within(text) => Some(beyond),
        _ => None,
    }
}

fn is_left(part: &AnswerPart) -> bool {
    let words = part.words();
    words.contains("结余") && !is_before(part) && !words.contains(['率', '比', '未', '不', '计'])
        || ["年末结转", "本年结转", "当年结转"].contains(&part.before.as_str())
}

fn is_before(part: &AnswerPart) -> bool {
    [
        "上年结转",
        "上年结余",
        "上年结转结余",
        "上年末结转",
        "上年末结余",
        "去年结转",
        "去年结余",
        "上年度结转",
        "上年度结余",
        "上年",
    ]
    .contains(&part.before.trim_end_matches(['为', ':', '是', '数', '额', '资', '金']))
        && part.after.is_empty()
}

fn is_nothing(amount: &Quantity) -> bool {
    plain(amount).is_some_and(Number::is_zero)
}

fn plain(amount: &Quantity) -> Option<Number> {
    let money = amount.unit.is_money() && amount.sign.is_none() && amount.fraction.is_none();
    amount.in_base().filter(|n| money && !n.is_negative())
}
