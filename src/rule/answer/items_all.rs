//! What is said of all items of a list at once: 不缺项, 均已公开, 缺合同、付款凭证.

use crate::notation::{Items, Tick};
use crate::words::{self, Class, list};

use super::super::checklist::ChecklistItem;
use super::super::facts::plain_words;

/// What is said of all items at once: 不缺项, 均不存在, 缺合同、付款凭证.
pub(super) fn of_all(text: &str, items: &[ChecklistItem]) -> Option<Items> {
    let all = |tick| Some(Items::Named { ticks: Vec::new(), others: Some(tick) });
    let nouns = items.iter().all(|item| !item.words.contains(['未', '不', '无', '，']));
    if nouns && (words::of(Class::AllThere).has(text)) {
        return all(Tick::Met);
    }
    if let Some(rest) = words::of(Class::AllOfThem).strip(text) {
        let rest = rest.trim_start_matches('已');
        if of_each(rest, items) == Some(Tick::Met) {
            return all(Tick::Met);
        }
        // 均未公开
        if rest.strip_prefix('未').and_then(|act| of_each(act, items)) == Some(Tick::Met) {
            return all(Tick::NotMet);
        }
    }
    // 2项未公开
    if let Some((amount, taken)) = crate::notation::scan_quantity(text)
        && amount.unit.word == "项"
        && amount.sign.is_none()
        && let Some(act) = text.get(taken..).and_then(|rest| rest.strip_prefix('未'))
        && of_each(act, items) == Some(Tick::Met)
    {
        return u32::try_from(amount.number.get()).ok().map(Items::CountMissing);
    }
    // 预算、决算均已公开: each is named, and one verb says what they are.
    if let Some((at, all_of)) = words::of(Class::AllOfThem).find(text) {
        let (names, said) = (text.get(..at)?, text.get(at.checked_add(all_of.len())?..)?);
        let names: Vec<&str> = names.split(['、', '和', '与', '及']).collect();
        // 实施前、完工后 of 项目实施前公示, 项目完工后公示
        let lead = shared_lead(items);
        let once = |name: &&str| {
            let of = |item: &&ChecklistItem| {
                let item = plain_words(&item.words);
                let own = item.strip_prefix(lead.as_str()).unwrap_or(&item);
                !name.is_empty() && (item.starts_with(*name) || own.starts_with(*name))
            };
            items.iter().filter(of).count() == 1
        };
        // 进行了公示
        let said = list::LIGHT_VERBS.strip(said).unwrap_or(said);
        let each = names.len() == items.len() && names.iter().all(once);
        let denied = said.strip_prefix('未').filter(|bare| of_each(bare, items).is_some());
        match (denied, of_each(said, items)) {
            (Some(_), _) if each && nouns => return all(Tick::NotMet),
            (None, Some(_)) if each => return all(Tick::Met),
            _ => {}
        }
    }
    // What is missing is the whole answer where each of it is an item's very words.
    let missing =
        ["缺少", "缺失", "尚缺", "缺"].iter().find_map(|word| text.strip_prefix(word)).filter(|_| nouns)?;
    let (missing, count) = counted_behind(missing);
    let mut ticks: Vec<(u32, Tick)> = Vec::new();
    for name in missing.split(['、', '和', '及', '，']) {
        let core =
            words::of(Class::ThingsKept).strip_end(name).filter(|core| !core.is_empty()).unwrap_or(name);
        let is_meant = |item: &ChecklistItem| [name, core].contains(&plain_words(&item.words).as_str());
        let at = (1_u32..).zip(items).find(|(_, item)| is_meant(item)).map(|(at, _)| at)?;
        ticks.push((at, Tick::NotMet));
    }
    ticks.sort_by_key(|(at, _)| *at);
    let twice = ticks.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0));
    let whole = count.is_none_or(|count| usize::try_from(count) == Ok(ticks.len()));
    (!twice && whole).then_some(Items::Named { ticks, others: Some(Tick::Met) })
}

/// What all items begin with: 项目 of 项目实施前公示, 项目完工后公示.
fn shared_lead(items: &[ChecklistItem]) -> String {
    let words: Vec<String> = items.iter().map(|item| plain_words(&item.words)).collect();
    let Some(first) = words.first() else { return String::new() };
    let ends = first
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| first.get(..*at).is_some_and(|lead| words.iter().all(|item| item.starts_with(lead))));
    ends.max().and_then(|at| first.get(..at)).unwrap_or_default().to_owned()
}

/// 施工许可、竣工验收2项: the names, and how many they are said to be.
fn counted_behind(text: &str) -> (&str, Option<u32>) {
    let Some(bare) = text.strip_suffix(['项', '份']) else { return (text, None) };
    let names = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let count = bare.get(names.len()..).and_then(|digits| digits.parse().ok());
    if count.is_some() { (names.trim_end_matches(['等', '共']), count) } else { (text, None) }
}

/// What words are that stand in every item: 未超 where each asks 未超预算.
pub(super) fn of_each(words: &str, items: &[ChecklistItem]) -> Option<Tick> {
    let words = words.strip_prefix('已').unwrap_or(words);
    let long = words.chars().nth(1).is_some();
    let says = |item: &ChecklistItem| {
        let item = plain_words(&item.words);
        // 存在 is the opposite of 不存在.
        item.split_once(words).is_some_and(|(before, _)| !list::ALL_DENIAL_SIGNS.ends(before))
    };
    (long && items.len() > 1 && items.iter().all(says)).then_some(Tick::Met)
}
