//! The points at the end of an item of a checklist: …，得1分, …（2分）, …，占40%.

use crate::base::{Number, Ratio, Weight};
use crate::rule::Award;
use crate::words::list;

use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::{attempt, decimal_share};

/// Points at the end of an item: `…，得1分`, `…（2分）`, `…:1分`, `…1分`.
pub(crate) fn own_points(text: &str) -> Option<(&str, Number)> {
    if let Some(inside) = text.strip_suffix(')')
        && let Some((words, inside)) = inside.rsplit_once('(')
    {
        let mut rest = inside;
        if let Some(Award::Points(n)) = attempt(&mut rest, |i| award(i, true))
            && rest.is_empty()
        {
            return Some((words, n));
        }
    }
    if !text.ends_with(['分', '0']) {
        return None;
    }
    // The award is short: only the end of the text can be one.
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let from = starts.len().saturating_sub(MAX_AWARD);
    for at in starts.get(from..)? {
        let mut rest = text.get(*at..)?;
        if let Some(Award::Points(n)) = attempt(&mut rest, |i| award(i, true))
            && rest.is_empty()
        {
            let words = text.get(..*at)?;
            // 签订及时1分: 时 is part of the word, not 的时候.
            let timely = list::TIMELY_BEGINS.ends(words);
            if timely && text.get(*at..).is_some_and(|behind| behind.starts_with('时')) {
                continue;
            }
            // 0-2分 leaves the points to a person.
            return if words
                .ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '~' | '至' | '到'))
            {
                None
            } else {
                Some((words, n))
            };
        }
    }
    None
}

/// A share of the weight at the end of an item, as the points it is: `…，占40%`.
pub(crate) fn own_share(text: &str, weight: Option<Weight>) -> Option<(&str, Number)> {
    if let Some(found) = shared_out(text, weight) {
        return Some(found);
    }
    let (words, mut rest) = text.rsplit_once('占')?;
    let share = attempt(&mut rest, decimal_share).filter(|share| rest.is_empty() && *share <= Ratio::ONE)?;
    let points = weight?.number().times(share.number())?;
    let words = ["权重", "分值", "分数"].iter().find_map(|w| words.strip_suffix(w)).unwrap_or(words);
    // 支出占40% measures something; only a share of its own, behind a comma or a bracket, is the item's.
    (words.is_empty() && points.round(2) == points).then_some((words, points))
}

/// …，得50%分值: so much of the weight, alone behind a comma.
fn shared_out(text: &str, weight: Option<Weight>) -> Option<(&str, Number)> {
    let mut rest = text;
    let earned = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
    let Award::Share(share) = earned else { return None };
    let points = weight?.number().times(share.number())?;
    (points.round(2) == points).then(|| (text.get(..0).unwrap_or_default(), points))
}

/// Characters of an item's own award.
const MAX_AWARD: usize = 12;
