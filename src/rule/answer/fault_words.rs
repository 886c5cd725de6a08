//! What the words around a number are to a count of faults: the criterion's own verb, or all that there is of a thing.

use crate::words::{self, Class};

use super::super::IndicatorFacts;
use super::super::graded::Graded;
use super::parts::AnswerPart;

/// 漏编3项 under 每漏编1项: the very verb by which the criterion counts.
pub(super) fn is_own_word(part: &AnswerPart, rule: &Graded) -> bool {
    let verb = part.before.trim_start_matches(['被', '共', '有']);
    let unit = part.amount.as_ref().map(|amount| amount.unit.word.clone()).unwrap_or_default();
    let words = rule.all_words();
    part.after.is_empty()
        && verb.chars().nth(1).is_some()
        && (["1", "一", ""].iter().any(|one| words.contains(&format!("每{verb}{one}{unit}")))
            || is_listed_fault(verb, &words))
}

/// 重发 of 错发、漏发、重发每出现1例
fn is_listed_fault(verb: &str, words: &str) -> bool {
    let Some((before, behind)) = words.split_once('每') else { return false };
    let list = before.rsplit(['，', ';', '；', '。']).next().unwrap_or_default();
    // 每漏发或迟发1户
    let acts = behind.split(|c: char| c.is_ascii_digit() || c == '一').next().unwrap_or_default();
    let among = |list: &str| {
        let each: Vec<&str> = list.split(['、', '或', '和', '及', '/']).collect();
        each.len() > 1 && each.contains(&verb)
    };
    among(list) || among(acts)
}

/// 完工项目18个 beside 1个验收不合格: all that there is of the thing that the form names, and what of it is at fault.
pub(super) fn is_whole_of(
    whole: &AnswerPart,
    fault: &AnswerPart,
    rule: &Graded,
    facts: &IndicatorFacts,
) -> bool {
    let thing = whole.words();
    let (Some(all), Some(part)) = (&whole.amount, &fault.amount) else { return false };
    let fits =
        all.unit == part.unit && part.number <= all.number && all.sign.is_none() && part.sign.is_none();
    let judged = [
        Class::Faults,
        Class::Negations,
        Class::PartsOfTheYear,
        Class::LastYears,
        Class::Found,
        Class::Mended,
        Class::TakenBack,
    ];
    let plain = judged.iter().all(|class| !words::of(*class).within(&thing));
    // 重发 where 漏发、重发 count is a fault of its own.
    let words = rule.all_words();
    let listed = ["、", "或", "和"]
        .iter()
        .any(|mark| words.contains(&format!("{mark}{thing}")) || words.contains(&format!("{thing}{mark}")))
        || words.contains(&format!("{thing}每"));
    let named = facts.indicator.contains(&thing) || (words.contains(&thing) && !listed);
    fits && plain && named && thing.chars().nth(1).is_some() && !fault.words().is_empty()
}
