//! An item of a list counts as met, and what the evaluators wrote says nothing of it.

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId, Indicator};

/// The rule of items.
const CHECKLIST: &str = "checklist";
/// The marks of items.
const MARKS: std::ops::RangeInclusive<char> = '①'..='⑳';
/// Characters of an item that is quoted.
const LONGEST: usize = 40;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    // What an agency says of itself is proved elsewhere.
    if facts.is_self_evaluation() {
        return Vec::new();
    }
    let findings = facts.indicators().filter_map(|(indicator, result)| {
        let whole = result.score.is_some_and(|score| score.number() == result.weight.number());
        if result.rule != Some(CHECKLIST) || !whole {
            return None;
        }
        let seen = indicator.situation.as_ref().filter(|entry| !entry.is_blank())?;
        let untold = untold(indicator, &normalise(&seen.shown()));
        (!untold.is_empty()).then(|| {
            let message = format!(
                "“{}”得满分，评价情况没有写到{}，请补充依据或者核对认定。",
                indicator.name.replace('“', "‘").replace('”', "’"),
                untold.join("、")
            );
            Finding::new(FindingId::MetItemWithoutFact, seen.at.clone(), message)
        })
    });
    findings.collect()
}

/// The items of which a text says nothing, with their marks.
fn untold(indicator: &Indicator, seen: &str) -> Vec<String> {
    let Some(criterion) = &indicator.criterion else { return Vec::new() };
    let (name, text) = (normalise(&indicator.name), criterion.shown());
    let starts: Vec<usize> =
        text.char_indices().filter(|(_, sign)| MARKS.contains(sign)).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let items = starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to));
    items
        .filter_map(|item| {
            let mark = item.chars().next()?;
            let words = item.get(mark.len_utf8()..)?.split(['；', ';', '。', '，', ',']).next()?.trim();
            let plain = normalise(words);
            let long = words.chars().count() > LONGEST;
            (!long && !plain.is_empty() && !says(seen, &plain, &name)).then(|| format!("{mark}“{words}”"))
        })
        .collect()
}

/// Whether a text speaks of an item: it has two signs of it that stand side by side and are none of the indicator's name, or
/// those that it ends with.
fn says(text: &str, item: &str, name: &str) -> bool {
    let signs: Vec<char> = item.chars().collect();
    let mut pairs = signs.windows(2).map(|pair| pair.iter().collect::<String>()).peekable();
    if pairs.peek().is_none() {
        return true;
    }
    let last = signs.windows(2).last().map(|pair| pair.iter().collect::<String>());
    last.is_some_and(|last| text.contains(&last))
        || pairs.any(|pair| !name.contains(&pair) && text.contains(&pair))
}
