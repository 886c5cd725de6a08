//! Answers to a checklist in the words of its items: 成立领导小组、制定实施方案，未召开专题会议.

use crate::rule::checklist::ChecklistItem;
use crate::rule::facts::plain_words;
use crate::words::list;

/// What stands between items.
const SEPARATORS: [char; 8] = ['，', ',', '、', '；', ';', '。', '和', '\n'];

/// Which items the text says are met. Every word must be an item's or a denial of it, and each item must be named: that one
/// is not met nobody has said who only names the others. Nothing where any of this fails.
pub(in crate::rule) fn ticks(text: &str, items: &[ChecklistItem]) -> Option<Vec<bool>> {
    let words: Vec<String> = items.iter().map(|item| plain_words(&item.words)).collect();
    let text = plain_words(text);
    let mut rest = text.as_str();
    let mut found: Vec<Option<bool>> = vec![None; items.len()];
    while !rest.is_empty() {
        let denial = list::DENIALS.strip(rest);
        let positive = named(rest, &words).or_else(|| named(rest.strip_prefix('已')?, &words));
        // 未设定目标 may be an item of its own.
        let (at, after, met) = match positive {
            Some((at, after)) => (at, after, true),
            None => named(denial?, &words).map(|(at, after)| (at, after, false))?,
        };
        let place = found.get_mut(at).filter(|place| place.is_none())?;
        *place = Some(met);
        let next = after.trim_start_matches(SEPARATORS);
        if next.len() == after.len() && !after.is_empty() {
            return None;
        }
        rest = next;
    }
    found.into_iter().collect()
}

/// The item whose words the text begins with, and what follows them. Two that it may be are none.
fn named<'t>(text: &'t str, words: &[String]) -> Option<(usize, &'t str)> {
    let mut hits = words.iter().enumerate().filter_map(|(at, words)| {
        let after = text.strip_prefix(words.as_str())?;
        (!words.is_empty() && (after.is_empty() || after.starts_with(SEPARATORS))).then_some((at, after))
    });
    match (hits.next(), hits.next()) {
        (Some(hit), None) => Some(hit),
        _ => None,
    }
}
