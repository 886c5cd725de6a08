//! Answers to a checklist in words beside the numbers of its items: ③未得到有效执行，其余符合; ②被通报批评.

use crate::base::Number;
use crate::notation::{Items, Notation, Tick, Unit};

use super::super::IndicatorFacts;
use super::super::checklist::ChecklistItem;
use super::super::facts::plain_words;
use super::counts::{Tells, tells};
use super::item_clauses;
use super::item_marks;
use super::item_talk;
use super::item_words;
use super::items_all::{of_all, of_each};
use super::parts::parts;
use super::tick::{had, met, of};
use super::told_none::is_all_sound;
use crate::words::{self, Class, list};

/// What the items are by the answer; nothing where a word of it is not certain.
pub(in crate::rule) fn items(facts: &IndicatorFacts, items: &[ChecklistItem]) -> Option<Items> {
    let text = plain_words(facts.actual_text);
    by_mark(facts, items)
        .or_else(|| item_clauses::told(&text, items))
        .or_else(|| item_talk::told(&text, items))
}

/// What the items are by their marks, or by what is said of all of them.
fn by_mark(facts: &IndicatorFacts, items: &[ChecklistItem]) -> Option<Items> {
    let text = plain_words(facts.actual_text);
    let text = item_marks::circled(&text, items.len()).unwrap_or(text);
    let text = without_remarks(&text).unwrap_or(text);
    if let Some(all) = of_all(&text, items) {
        return Some(all);
    }
    if let Some(found) = by_number(&text).or_else(|| item_words::told(&text, items)) {
        return Some(found);
    }
    // 仅①符合 says of the others that they do not.
    let only = ["仅", "只有", "仅有"].iter().find_map(|word| text.strip_prefix(word));
    let text = only.map_or(text.as_str(), |rest| rest);
    let mut ticks: Vec<(u32, Tick)> = Vec::new();
    let mut others = None;
    let mut told: Option<Told> = None;
    let mut counted = None;
    for part in text.split(['，', ',', ';', '；', '。']).filter(|part| !part.is_empty()) {
        // 符合4项，⑤与其他项目重复
        if let Some(met) = count_alone(part).filter(|_| counted.is_none()) {
            counted = Some(met);
            continue;
        }
        if let Some(rest) = ["其余", "其他", "其它"].iter().find_map(|word| part.strip_prefix(word)) {
            let rest =
                rest.trim_start_matches(|c: char| "一二三四五六七八九十两".contains(c) || c.is_ascii_digit());
            let rest =
                rest.trim_start_matches(['项', '各']).trim_start_matches("均").trim_start_matches("全部");
            let rest = rest.trim_start_matches('已');
            let told = || of_each(rest, items);
            others = Some(met(rest).or_else(told)?);
            continue;
        }
        // 仅符合①, 不符合②③: what is said stands before the marks.
        if let Some(said) = before_marks(part) {
            ticks.extend(said);
            continue;
        }
        // 制度①②已制定: what the marks are of.
        let part = behind_thing(part, items);
        // 存在④虚列支出
        let marked = part.chars().any(|c| number(c).is_some());
        let found = part
            .strip_prefix("存在")
            .filter(|_| marked && items.iter().all(|item| item.words.starts_with("不存在")));
        let occurs = found.is_some();
        let part = found.unwrap_or(part);
        let words = part.trim_start_matches(|c| number(c).is_some() || matches!(c, '、' | '和'));
        let named: Vec<u32> = part
            .chars()
            .map_while(|c| if c == '、' || c == '和' { Some(0) } else { number(c) })
            .filter(|n| *n > 0)
            .collect();
        let words = words.trim_start_matches("项").trim_start_matches("均");
        // ⑤与其他部门项目重复，不符合
        if named.is_empty()
            && let (Some(said), Some(tick)) = (&mut told, met(words))
        {
            said.close(tick, &mut ticks)?;
            continue;
        }
        // ②不符合，账实不符
        if named.is_empty() && told.as_ref().is_some_and(|told| told.is_explained_by(words, items)) {
            continue;
        }
        if told.take().is_some_and(|told| told.open) {
            return None;
        }
        if named.is_empty() {
            // 未按规定时限公开: the only item in whose words it is.
            let mut hits =
                (1_u32..).zip(items).filter_map(|(at, item)| Some((at, of(words, &item.words, false)?)));
            let (Some(hit), None) = (hits.next(), hits.next()) else { return None };
            ticks.push(hit);
            continue;
        }
        let mut found = Vec::new();
        for at in &named {
            let item = items.get(usize::try_from(*at).ok()?.checked_sub(1)?)?;
            if occurs && (words.is_empty() || plain_words(&item.words).ends_with(words)) {
                found.push(Some((*at, Tick::NotMet)));
                continue;
            }
            let tick = of_marked(words, &item.words);
            found.push(tick.map(|tick| (*at, tick)));
        }
        let said: Option<Vec<(u32, Tick)>> = found.into_iter().collect();
        let verdict = met(words);
        told = Some(Told { open: said.is_none(), verdict, named, ticks: said.clone().unwrap_or_default() });
        ticks.extend(said.unwrap_or_default());
    }
    if told.is_some_and(|told| told.open) {
        return None;
    }
    ticks.sort_by_key(|(at, _)| *at);
    let whole = ticks.len() == items.len();
    if only.is_some() && !(whole && ticks.iter().any(|(_, tick)| *tick == Tick::NotMet)) {
        let mut kinds = ticks.iter().map(|(_, tick)| *tick);
        let first = kinds.next().filter(|_| others.is_none())?;
        let alike = kinds.all(|tick| tick == first);
        others = Some(if first == Tick::Met { Tick::NotMet } else { Tick::Met }).filter(|_| alike);
        others?;
    }
    if let Some(met) = counted {
        others = Some(beside_count(met, &ticks, others, items)?);
    }
    let twice = ticks.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0));
    (!ticks.is_empty() && !twice).then_some(Items::Named { ticks, others })
}

/// ①②已制定 of 制度①②已制定, where each of those items is of it.
fn behind_thing<'p>(part: &'p str, items: &[ChecklistItem]) -> &'p str {
    let Some((thing, marked)) = part.find(|c| number(c).is_some()).and_then(|at| part.split_at_checked(at))
    else {
        return part;
    };
    let mut marks = marked.chars().map_while(|c| if c == '、' || c == '和' { Some(0) } else { number(c) });
    let is_of = |at: u32| {
        let item = usize::try_from(at).ok().and_then(|at| items.get(at.checked_sub(1)?));
        item.is_some_and(|item| plain_words(&item.words).contains(thing))
    };
    // 制度①②已制定, 资料①齐全
    let kind = list::ITEM_THINGS.has(thing);
    let verb = list::FOUND_SOME.has(thing) || met(thing).is_some();
    let plain = thing.chars().nth(1).is_some() && !verb && !words::of(Class::Negations).within(thing);
    if plain && (kind || marks.all(|at| at == 0 || is_of(at))) { marked } else { part }
}

/// What words behind the mark of an item say of it.
fn of_marked(words: &str, item: &str) -> Option<Tick> {
    let own = plain_words(item);
    let late = || list::LATE_SIGNS.within(words).then(|| item_talk::verdict(words, &own, &[])).flatten();
    let yes = |said: &str| list::ANSWERED_YES.has(said) && !item_talk::is_denied(&own);
    let no = |said: &str| list::ANSWERED_NO.has(said) && !item_talk::is_denied(&own);
    let lacks = || list::IN_LACK.has(words) && list::COMPLETE_ENDS.ends(&own) && !item_talk::is_denied(&own);
    met(words)
        .or_else(|| yes(words).then_some(Tick::Met))
        .or_else(|| no(words).then_some(Tick::NotMet))
        .or_else(|| lacks().then_some(Tick::NotMet))
        .or_else(|| had(words, item))
        .or_else(|| of(words, item, true))
        .or_else(|| item_words::denied(words, item))
        .or_else(|| item_talk::there_is(words, &own))
        .or_else(|| item_talk::done(words, &own))
        .or_else(late)
}

/// ②账实不符(盘亏电脑2台): a remark in brackets says why, and nothing of another item.
fn without_remarks(text: &str) -> Option<String> {
    let marked = text.contains(|c| number(c).is_some());
    let mut rest = text.to_owned();
    while let Some((before, after)) = rest.split_once('(') {
        let (inside, behind) = after.split_once(')')?;
        let other = inside.contains(|c: char| number(c).is_some() || c == '(') || met(inside).is_some();
        if other || before.is_empty() || !marked {
            return None;
        }
        rest = format!("{before}{behind}");
    }
    (rest != text).then_some(rest)
}

/// What a clause said of the items that it names.
struct Told {
    /// Whether its words did not decide it, so that the next clause must.
    open: bool,
    /// 符合 or 不符合, where nothing else was said.
    verdict: Option<Tick>,
    named: Vec<u32>,
    ticks: Vec<(u32, Tick)>,
}

impl Told {
    /// Whether words say why the items are not met, and nothing of another item.
    fn is_explained_by(&self, words: &str, items: &[ChecklistItem]) -> bool {
        let wrong = words::of(Class::Negations).within(words) || words::of(Class::Faults).within(words);
        let other = (1_u32..)
            .zip(items)
            .any(|(at, item)| !self.named.contains(&at) && of(words, &item.words, false).is_some());
        self.verdict == Some(Tick::NotMet) && wrong && !other
    }

    /// 不符合 behind what was said of these items: it decides what is open, and must agree with what is not.
    fn close(&mut self, tick: Tick, ticks: &mut Vec<(u32, Tick)>) -> Option<()> {
        if self.open {
            ticks.extend(self.named.iter().map(|at| (*at, tick)));
            self.open = false;
            self.ticks = self.named.iter().map(|at| (*at, tick)).collect();
        }
        self.ticks.iter().all(|(_, said)| *said == tick).then_some(())
    }
}

/// 符合4项，⑤不符合: what those are that are not named, where the numbers add up.
fn beside_count(
    met: u32,
    ticks: &[(u32, Tick)],
    others: Option<Tick>,
    items: &[ChecklistItem],
) -> Option<Tick> {
    let missing = ticks.iter().all(|(_, tick)| *tick == Tick::NotMet);
    let sum = usize::try_from(met).ok()?.checked_add(ticks.len())?;
    (missing && sum == items.len() && others.is_none()).then_some(Tick::Met)
}

/// 符合4项
fn count_alone(part: &str) -> Option<u32> {
    let rest = ["符合", "满足", "达到"].iter().find_map(|word| part.strip_prefix(word))?;
    let (amount, taken) = crate::notation::scan_quantity(rest)?;
    let whole = taken == rest.len() && amount.sign.is_none() && amount.unit.word == "项";
    u32::try_from(amount.number.get()).ok().filter(|_| whole)
}

/// 符合2项，不符合1项: how many of each.
fn by_number(text: &str) -> Option<Items> {
    let counts = |part: &str| -> Option<(Tick, u32)> {
        let (amount, taken, rest) = part.char_indices().find_map(|(at, _)| {
            let (amount, taken) = crate::notation::scan_quantity(part.get(at..)?)?;
            Some((amount, at.checked_add(taken)?, part.get(..at)?))
        })?;
        let word = if taken == part.len() { rest } else { part.get(taken..).filter(|_| rest.is_empty())? };
        let whole = amount.sign.is_none() && amount.unit.word == "项";
        Some((met(word).filter(|_| whole)?, u32::try_from(amount.number.get()).ok()?))
    };
    let found: Option<Vec<(Tick, u32)>> = text.split(['，', '、', ';']).map(counts).collect();
    match found?.as_slice() {
        [(Tick::Met, met), (Tick::NotMet, missing)] | [(Tick::NotMet, missing), (Tick::Met, met)] => {
            Some(Items::CountMet { met: *met, of: Some(met.checked_add(*missing)?) })
        }
        _ => None,
    }
}

/// 符合①③, ①③符合: one word for a list of what is met, which says of the others that they are not.
pub(in crate::rule) fn lists_what_is_met(facts: &IndicatorFacts, items: usize) -> bool {
    let text = plain_words(facts.actual_text);
    let text = item_marks::circled(&text, items).unwrap_or(text);
    let marks = |text: &str| text.chars().all(|c| number(c).is_some() || matches!(c, '、' | '和' | '项'));
    let words = ["符合要求", "符合", "满足", "达标", "具备"];
    words.iter().any(|word| {
        let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word));
        rest.is_some_and(|rest| !rest.is_empty() && marks(rest))
    })
}

/// 不符合②③: the items behind what is said of them.
fn before_marks(part: &str) -> Option<Vec<(u32, Tick)>> {
    let (words, marks) = part.split_at_checked(part.find(|c| number(c).is_some())?)?;
    let tick = met(words)?;
    let each = marks.chars().filter(|c| !matches!(c, '、' | '和' | '项'));
    each.map(|c| Some((number(c)?, tick))).collect()
}

/// The number of ①.
pub(super) fn number(c: char) -> Option<u32> {
    ('①'..='⑳').contains(&c).then(|| u32::from(c).saturating_sub(u32::from('①')).saturating_add(1))
}

/// How many cases an answer states: 出现2例不符合要求, 以上情况均符合要求.
pub(in crate::rule) fn cases(facts: &IndicatorFacts) -> Option<(Number, Unit)> {
    let text = plain_words(facts.actual_text);
    if is_all_sound(&text) {
        return Some((Number::ZERO, Unit::bare()));
    }
    let found = parts(&text)?;
    let [only] = found.as_slice() else { return None };
    let amount =
        only.amount.as_ref().filter(|amount| amount.sign.is_none() && tells(only, "") == Tells::Fault)?;
    Some((amount.number, amount.unit.clone()))
}

/// How many items an answer to cases says are not met.
pub(in crate::rule) fn failed(actual: Option<&Notation>, count: u32) -> Option<u32> {
    match actual {
        Some(Notation::Items(items)) => count.checked_sub(items.met(count)?),
        _ => None,
    }
}
