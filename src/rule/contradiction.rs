//! What the form says against itself, or leaves open, whatever the rule would make of it: other points in the name than in the
//! weight, 否 to what is itself denied, the very day that two clauses name, a report a year before it is due.

use crate::base::Number;
use crate::notation::{Notation, Quantity, scan_quantity};

use super::facts::plain_words;
use super::{Checklist, Graded, IndicatorFacts, Measure, Refusal};
use crate::words::list;

/// 培训覆盖率（8分） with a weight of 6: which of the two it is worth only a person knows.
pub(super) fn checked_points(facts: &IndicatorFacts) -> Result<(), Refusal> {
    let name = plain_words(facts.indicator);
    let bracket = name.strip_suffix(')').and_then(|name| name.rsplit_once('(')).map(|(_, inside)| inside);
    let stated = bracket.and_then(scan_quantity).filter(|(points, taken)| {
        points.sign.is_none() && points.unit.word == "分" && bracket.is_some_and(|text| text.len() == *taken)
    });
    match stated {
        Some((points, _)) if points.number != facts.weight.number() => {
            let why = format!("指标名称中写的是{}分，分值是{}分，两者不一致", points.number, facts.weight);
            Err(Refusal::new(facts.indicator, why, "请核对指标名称和分值。"))
        }
        _ => Ok(()),
    }
}

/// ①否 of 不存在超标准接待: it may deny the item, or what the item denies.
pub(super) fn checked_denials(rule: &Checklist, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let text = plain_words(facts.actual_text);
    for (at, item) in rule.items.iter().enumerate() {
        let words = plain_words(&item.words);
        let mark = super::mark(at);
        let said = text.split_once(mark.as_str()).map(|(_, behind)| behind.trim_start_matches([':', '：']));
        let said = said.filter(|said| {
            let rest = said.strip_prefix('否').unwrap_or("否");
            rest.chars().next().is_none_or(|c| !c.is_alphabetic() && !matches!(c, '、'))
        });
        if said.is_some() && list::ALL_DENIAL_SIGNS.iter().any(|no| words.starts_with(no)) {
            let why = format!("“{mark}”本身是否定的说法，回答“否”是符合还是不符合，无法确定");
            return Err(Refusal::new(facts.actual_text, why, "请写明“符合”或“不符合”。"));
        }
    }
    Ok(())
}

/// 无制度 of one item beside 制度执行到位 of another: what is not there was carried out.
pub(super) fn checked_things(rule: &Checklist, met: &[bool], facts: &IndicatorFacts) -> Result<(), Refusal> {
    let text = plain_words(facts.actual_text);
    let words: Vec<String> = rule.items.iter().map(|item| plain_words(&item.words)).collect();
    for (item, _) in words.iter().zip(met).filter(|(_, met)| !**met) {
        let thing = list::ALREADY.strip(item).unwrap_or(item);
        let Some(thing) = list::ITEM_DEEDS.strip(thing).filter(|thing| thing.chars().nth(1).is_some()) else {
            continue;
        };
        // 无制度, 未建立制度
        let denied = text.match_indices(thing).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let before = list::ITEM_DEEDS.strip_end(before).unwrap_or(before);
            list::DENIED_DEEDS.ends(before)
        });
        let other =
            words.iter().zip(met).find(|(other, met)| **met && other.contains(thing) && *other != item);
        if let Some((other, _)) = other.filter(|_| denied) {
            let why = format!("写明没有“{thing}”，又写“{other}”做到了，两者互相矛盾");
            return Err(Refusal::new(facts.actual_text, why, "请核对每一项是否符合。"));
        }
    }
    Ok(())
}

/// 9月1日前完成得4分，9月1日后完成不得分 on that very day, and 次年3月31日前 a year too early.
pub(super) fn checked_day(rule: &Graded, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let Measure::Lateness(own) = rule.measure else { return Ok(()) };
    let Some(Notation::Date(done)) = facts.actual else { return Ok(()) };
    let due = super::days::deadline(own, facts)?.last;
    let words = rule.all_words();
    if list::IN_THE_NEXT_YEAR.within(&words) && done.last.year() < due.year() {
        let why = "评分标准要求次年完成，写明的日期早于那一年，可能写错了年份";
        return Err(Refusal::new(facts.actual_text, why, "请核对完成日期的年份。"));
    }
    let behind = rule.bands.iter().map(|band| band.words.as_str());
    let behind = behind.chain(rule.otherwise.iter().map(|rest| rest.words.as_str()));
    let after = |text: &str| {
        let named = list::AFTER_A_DAY.within(text) || list::THEN_AFTER.begins(text);
        named && !list::AS_OF_A_DAY.within(text)
    };
    if done.first == done.last && done.last == due && behind.into_iter().any(after) {
        let why = "正好在评分标准写明的那一天完成，那一天算在“前”还是“后”，评分标准没有写明";
        return Err(Refusal::new(facts.actual_text, why, "请由评审人员打分，或在评分标准中写明“含当日”。"));
    }
    Ok(())
}

/// 年初预算800万元，调整预算880万元，预算调整率6%: a rate that no two of the amounts beside it come to.
pub(super) fn checked_rate(
    amounts: &[&Quantity],
    rate: &Quantity,
    facts: &IndicatorFacts,
) -> Result<(), Refusal> {
    let alike = |a: &Quantity, b: &Quantity| a.unit.comparable(&b.unit) && !a.unit.is_ratio();
    let pairs = || amounts.iter().flat_map(|a| amounts.iter().map(move |b| (*a, *b)));
    let mut pairs = pairs().filter(|(a, b)| !std::ptr::eq(*a, *b) && alike(a, b)).peekable();
    if pairs.peek().is_none() {
        return Ok(());
    }
    let comes_to = |(a, b): (&Quantity, &Quantity)| {
        let quotient = a.in_base()?.over(b.in_base()?)?;
        let apart = quotient.minus(Number::ONE)?;
        let shown = |n: Number| n.over(rate.unit.factor).map(|n| n.round(rate.places));
        Some([quotient, apart, apart.abs()].into_iter().any(|n| shown(n) == Some(rate.number)))
    };
    if pairs.any(|pair| comes_to(pair).unwrap_or(true)) {
        return Ok(());
    }
    let why = format!("写明的比率{}{}与所列的数算出的不相等", rate.number, rate.unit);
    Err(Refusal::new(facts.actual_text, why, "请核对实际完成值，只保留正确的数。"))
}
