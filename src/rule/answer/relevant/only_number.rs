//! The only number of an answer, with words that the form and the criterion use themselves: 人均31次 under 人均巡河次数, 帐篷等17种.

use crate::notation::Notation;
use crate::rule::Measure;
use crate::words::{self, Class, list};

use super::super::gravity::{Sameness, kind};
use super::super::parts::parts;
use super::named::says_otherwise;
use super::{Relevant, Said};

/// Longer words say more than what the number is of.
const MAX_WORDS: usize = 10;

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || said.facts.actual.is_some() || !said.rule.states.is_empty() {
        return None;
    }
    let found = parts(&said.text)?;
    let [only] = found.as_slice() else { return None };
    let amount = only.amount.as_ref().filter(|amount| amount.sign.is_none() && amount.fraction.is_none())?;
    let target = said.facts.target.and_then(Notation::unit)?;
    let same = (target.is_ratio() && amount.unit.is_ratio())
        || (!target.word.is_empty() && target.word == amount.unit.word);
    let words = only.before.trim_end_matches([':', '为', '达']);
    let known = format!("{}{}{}", said.rule.all_words(), said.facts.indicator, said.facts.target_text);
    let listed = words.strip_suffix('等').is_some_and(|list| {
        list.chars().nth(1).is_some() && list.chars().all(|c| c.is_alphabetic() || c == '、')
    });
    let own = words.chars().all(|c| c.is_alphabetic() && known.contains(c))
        && kind(&known, words) == Sameness::Same;
    // 合格率97% under 不合格率 is the opposite.
    let before = |at: usize| known.get(..at).is_some_and(|before| list::ALL_DENIAL_SIGNS.ends(before));
    let turned = known.match_indices(words).any(|(at, _)| before(at));
    let own = own && !turned && (!amount.unit.is_ratio() || known.contains(words));
    let other = says_otherwise(words)
        || list::AGAINST_FIGURES.within(words)
        || words::of(Class::NoActual).within(words.trim_end_matches('等'));
    let plain = only.after.is_empty() && !words.is_empty() && words.chars().count() <= MAX_WORDS;
    (same && plain && !other && !said.is_narrower(words) && (listed || own))
        .then(|| Relevant::quantity(amount.clone()))
}
