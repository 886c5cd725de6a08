//! What the words around a number are to a count of faults: the criterion's own verb, or all that there is of a thing.

use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::graded::Graded;
use super::parts::AnswerPart;

/// 漏编3项 under 每漏编1项: the very verb by which the criterion counts.
pub(super) fn is_own_word(part: &AnswerPart, rule: &Graded, facts: &IndicatorFacts) -> bool {
    let verb = part.before.trim_start_matches(['被', '共', '有']);
    let unit = part.amount.as_ref().map(|amount| amount.unit.word.clone()).unwrap_or_default();
    let words = rule.all_words();
    is_the_fault(part, &unit, &words, facts)
        || part.after.is_empty()
            && verb.chars().nth(1).is_some()
            && (["1", "一", ""].iter().any(|one| words.contains(&format!("每{verb}{one}{unit}")))
                || is_listed_fault(verb, &words))
}

/// 3个项目超期 under 每有1个项目超期, 2条未及时公开 under 每有1条不及时: the fault as the criterion calls it, with or without what it is of.
fn is_the_fault(part: &AnswerPart, unit: &str, words: &str, facts: &IndicatorFacts) -> bool {
    let plain = |text: &str| {
        let text =
            ["没有", "未能", "不", "没"].iter().fold(text.to_owned(), |text, no| text.replace(no, "未"));
        ["的", "了", "已"].iter().fold(text, |text, word| text.replace(word, ""))
    };
    let said = part.words();
    let said = ["全年", "共", "其中", "有", "存在", "发现", "发生", "出现"]
        .iter()
        .fold(said.as_str(), |text, lead| text.strip_prefix(lead).unwrap_or(text));
    let said = plain(said);
    words.split('每').skip(1).filter_map(|step| step.split_once('扣')).any(|(step, _)| {
        let step = list::STEP_FOUND.strip(step).unwrap_or(step);
        let step = list::ONE_OF_IT.strip(step).unwrap_or(step);
        let Some(fault) = step.strip_prefix(unit).filter(|_| !unit.is_empty()) else { return false };
        let fault = plain(fault);
        let wrong = fault.contains('未') || list::HARM.within(&fault) || list::LATE.within(&fault);
        let of = said.strip_prefix(fault.as_str());
        let known = of.is_some_and(|of| of.is_empty() || words.contains(of) || facts.indicator.contains(of));
        // 监理缺位3次 under 每发现1次监理缺位扣0.5分: by the very words.
        let wrong = wrong || (said == fault && fault.chars().nth(2).is_some());
        wrong && fault.chars().nth(1).is_some() && known
    })
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

/// 迟到3人次、早退2人次 where the criterion counts both.
pub(super) fn is_listed(faults: &[&AnswerPart], rule: &Graded) -> bool {
    let words = rule.all_words();
    faults.iter().all(|part| {
        let name = part.words();
        // 应采12项 is of how many the fault may be, 应采未采2项 is one.
        let due = name.starts_with('应') && !name.contains(['未', '不', '漏']);
        name.chars().nth(1).is_some() && words.contains(name.as_str()) && !due
    })
}
