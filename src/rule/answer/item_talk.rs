//! What is said of the items of a list in words of one's own: 有培训方案，按期报送总结，未开展考核 under 制定培训方案、报送总结、开展考核.
//!
//! Every sign of a clause must stand in the one item that it is of, but for verbs that say no more than that it was done. Whether
//! that is said or denied, and whether the item itself denies something, decides; a demand of the item that the clause passes
//! over leaves it open.

use crate::notation::{Items, Tick, scan_date, scan_quantity};
use crate::words::{self, Class, list};

use super::super::checklist::ChecklistItem;
use super::super::facts::plain_words;
use super::checklist::number;
use super::item_bound;
use super::item_gather::gather;
use super::item_plain;
use super::tick::met;

/// Longer lists and answers are reports.
const MAX_ITEMS: usize = 12;
const MAX_CHARS: usize = 30;

/// Fewer signs may stand in any item.
const MIN_SIGNS: usize = 2;

/// What the items are by the answer; nothing where a clause is of no item, or of none with certainty.
pub(super) fn told(text: &str, items: &[ChecklistItem]) -> Option<Items> {
    if items.len() < 2 || items.len() > MAX_ITEMS || text.contains(|c: char| number(c).is_some()) {
        return None;
    }
    let items: Vec<String> = items.iter().map(|item| plain_words(&item.words)).collect();
    let text = item_plain::plain(text);
    if let Some(found) = all_but_one(&text, &items) {
        return Some(found);
    }
    let found = gather(&text, &items, |rest| of_the_rest(rest, &items), |clause| of_clause(clause, &items))?;
    if found.lists_what_is_missing() { Some(found.named()) } else { found.all_told() }
}

/// 除自评结果外均已公开: all but what is named.
fn all_but_one(text: &str, items: &[String]) -> Option<Items> {
    let (name, rest) = text.strip_prefix('除')?.split_once('外')?;
    let rest = rest.trim_start_matches('，');
    let rest = words::of(Class::TheOthers).strip(rest).unwrap_or(rest);
    let all = of_the_rest(rest, items).filter(|tick| *tick == Tick::Met)?;
    let mut ticks: Vec<(u32, Tick)> = Vec::new();
    let join = |c: char| list::ITEM_JOINS.has_char(c);
    for name in name.split(join) {
        let at = only(name, items)?;
        ticks.push((u32::try_from(at).ok()?.checked_add(1)?, Tick::NotMet));
    }
    ticks.sort_by_key(|(at, _)| *at);
    let twice = ticks.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0));
    let some = !twice && ticks.len() < items.len();
    some.then_some(Items::Named { ticks, others: Some(all) })
}

/// 其余规范, 其余两项均已公开: said of all that are not named.
fn of_the_rest(rest: &str, items: &[String]) -> Option<Tick> {
    let numeral = |c: char| c.is_ascii_digit() || crate::notation::is_numeral(c) || c == '两';
    let rest = rest.trim_start_matches(numeral).trim_start_matches('项');
    let rest = words::of(Class::AllOfThem).strip(rest).unwrap_or(rest).trim_start_matches('已');
    if let Some(tick) = met(rest) {
        return Some(tick);
    }
    let plain = !is_denied(rest) && rest.chars().nth(1).is_some() && rest.chars().count() <= MAX_CHARS;
    let own = items.iter().filter(|item| item.contains(rest)).count() > 1 || list::ITEM_DEEDS.has(rest);
    let denied = items.iter().any(|item| is_denied(item));
    (plain && own && !denied).then_some(Tick::Met)
}

/// What a clause says, of one item or of several that it joins.
fn of_clause(clause: &str, items: &[String]) -> Option<Vec<(usize, Tick)>> {
    if clause.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    if let Some(one) = of_one(clause, items) {
        return Some(vec![one]);
    }
    // 已建立管护制度并落实管护人员: each of them for itself, what is denied of the first of the others too.
    for link in list::ITEM_JOINS.iter() {
        let parts: Vec<&str> = clause.split(link).collect();
        if parts.len() < 2 {
            continue;
        }
        let lead = parts.first().and_then(|first| list::DENIED_DEEDS.strip(first).map(|rest| (first, rest)));
        let denial = lead.and_then(|(first, rest)| first.strip_suffix(rest)).unwrap_or_default();
        let last = parts.last().copied().unwrap_or_default();
        let mut found = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            // 立项批复、环评批复未办理: what is said at the end is said of all.
            let end = list::ITEM_DEEDS.longest_end(last).filter(|_| is_denied(last) && !is_denied(part));
            let said = match end {
                Some(end) if at.saturating_add(1) < parts.len() => format!("{part}未{end}"),
                _ if at > 0 && !denial.is_empty() && !is_denied(part) => format!("{denial}{part}"),
                _ => (*part).to_owned(),
            };
            let one = of_one(&said, items)?;
            if found.iter().any(|(earlier, _)| *earlier == one.0) {
                return None;
            }
            found.push(one);
        }
        return Some(found);
    }
    None
}

/// The only item that a clause is of, and what it says of it.
fn of_one(clause: &str, items: &[String]) -> Option<(usize, Tick)> {
    let clause = in_time_at_all(clause, items);
    // 12月8日完工 under 按时完工: whether that was in time is not said.
    if tells_a_day(&clause) {
        return None;
    }
    let mut bounded =
        items.iter().enumerate().filter_map(|(at, item)| Some((at, item_bound::told(&clause, item)?)));
    if let (Some(hit), None) = (bounded.next(), bounded.next()) {
        return Some(hit);
    }
    if let Some(at) = led(&clause, items).or_else(|| repeated(&clause, items)) {
        return Some((at, Tick::Met));
    }
    if let Some(at) = lacking(&clause, items) {
        return Some((at, Tick::NotMet));
    }
    // 自评报告逾期报送 is of the item that asks for 按时报送.
    let late = list::LATE_SIGNS.iter().filter(|word| clause.contains(word)).max_by_key(|word| word.len());
    let at = match late {
        Some(word) => only(&clause.replacen(word, "", 1), items).or_else(|| only(&clause, items))?,
        None => only(&clause, items)?,
    };
    // 新增岗位76个 under 新增岗位≥80个: how many there are decides.
    if items.get(at)?.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((at, verdict(&clause, items.get(at)?, items)?))
}

fn tells_a_day(clause: &str) -> bool {
    clause.char_indices().any(|(at, c)| {
        c.is_ascii_digit() && clause.get(at..).is_some_and(|rest| scan_date(rest, false).is_some())
    })
}

/// 工资按月足额支付 of 按月足额支付: the very words of the only item, behind what they are said of.
fn led(clause: &str, items: &[String]) -> Option<usize> {
    let plain = |lead: &str| {
        lead.chars().count() <= MAX_LEAD && lead.chars().all(char::is_alphabetic) && !is_denied(lead)
    };
    let doubt = words::of(Class::InPart).within(clause) || words::of(Class::Hoped).within(clause);
    let mut hits = items.iter().enumerate().filter(|(_, item)| {
        item.chars().nth(3).is_some()
            && !is_denied(item)
            && clause.strip_suffix(item.as_str()).is_some_and(plain)
    });
    let (at, _) = hits.next().filter(|_| hits.next().is_none() && !doubt)?;
    Some(at)
}

/// 巡查记录缺失2个月 of 巡查记录完整: the same is said not to be whole.
fn lacking(clause: &str, items: &[String]) -> Option<usize> {
    let counted = clause.char_indices().find(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    let bare = match counted.and_then(|at| clause.split_at_checked(at)) {
        Some((bare, rest)) => scan_quantity(rest).filter(|(_, taken)| *taken == rest.len()).map(|_| bare)?,
        None => clause,
    };
    let of = list::IN_LACK.strip_end(bare).filter(|of| of.chars().nth(1).is_some())?;
    let is_of = |item: &String| {
        list::COMPLETE_ENDS.strip_end(item).is_some_and(|own| own.ends_with(of)) && !is_denied(item)
    };
    let mut hits = items.iter().enumerate().filter(|(_, item)| is_of(item)).map(|(at, _)| at);
    let hit = hits.next()?;
    hits.next().is_none().then_some(hit)
}

/// 已按要求开展自评 of 按要求开展自评: the very words of one item.
fn repeated(clause: &str, items: &[String]) -> Option<usize> {
    let bare = list::ALREADY.strip(clause).unwrap_or(clause);
    let at = items.iter().position(|item| item == bare && !is_denied(item))?;
    bare.chars().nth(3).map(|_| at)
}

/// What something is said of is short.
const MAX_LEAD: usize = 4;

/// 按期报送总结 as 报送总结 where no item asks when: it says more than is asked. 未按期报送 is left as it is: it may be late.
fn in_time_at_all(clause: &str, items: &[String]) -> String {
    let asked =
        |word: &str| items.iter().any(|item| item.contains(word) || list::THINGS_OF_TIME.within(item));
    let told = list::TIMELY.iter().find(|word| clause.contains(word));
    match told.filter(|word| !is_denied(clause) && !asked(word)) {
        Some(word) => clause.replacen(word, "", 1),
        None => clause.to_owned(),
    }
}

/// The item in which all signs of the words stand, more of them side by side than in any other.
fn only(said: &str, items: &[String]) -> Option<usize> {
    let core = core(said);
    let lead = items.first().map(String::as_str).unwrap_or_default();
    let like = |item: &String| -> Option<usize> {
        let own: Vec<char> = item.chars().chain(lead.chars().take(MIN_SIGNS)).collect();
        let all = core.iter().all(|c| own.contains(c));
        let pairs = core.windows(2).filter(|pair| item.contains(&pair.iter().collect::<String>())).count();
        (all && core.len() >= MIN_SIGNS && pairs > 0).then_some(pairs)
    };
    let mut likes: Vec<(usize, usize)> =
        items.iter().enumerate().filter_map(|(at, item)| Some((like(item)?, at))).collect();
    likes.sort_unstable_by(|a, b| b.cmp(a));
    match likes.as_slice() {
        [(_, at)] => Some(*at),
        [(first, at), (second, _), ..] if first > second => Some(*at),
        _ => None,
    }
}

/// What a clause says of its item.
pub(super) fn verdict(clause: &str, item: &str, items: &[String]) -> Option<Tick> {
    let late = list::LATE_SIGNS.within(clause);
    if late {
        return (list::THINGS_OF_TIME.within(item) && !is_denied(clause)).then_some(Tick::NotMet);
    }
    // 未发现问题 under 发现问题及时整改: where there was nothing, nothing was to be done.
    let nothing = list::FOUND_NONE.strip(clause);
    if !is_denied(item) && nothing.is_some_and(|thing| list::HARM.within(thing) || list::FAULTS.within(thing))
    {
        return None;
    }
    let denials = denials(clause);
    match (denials, is_denied(item)) {
        (0, true) | (1, false) => Some(Tick::NotMet),
        (1, true) => Some(Tick::Met),
        (0, false) => {
            let shared = |word: &str| items.iter().all(|other| other.contains(word));
            let open = list::DEMANDS.iter().any(|word| {
                item.contains(word)
                    && !clause.contains(word)
                    && word.chars().nth(1).is_some()
                    && !list::ITEM_DEEDS.has(word)
                    && !shared(word)
            });
            // 资料齐全 of 资料齐全并归档: the other half is not said.
            let halves = item
                .split(|c: char| list::HALVES_JOINS.has_char(c))
                .filter(|half| half.chars().nth(1).is_some());
            let half_said = |half: &str| {
                let signs: Vec<char> = core(half);
                let most = |signs: &[char]| {
                    let said = signs.iter().filter(|c| clause.contains(**c)).count();
                    said.saturating_mul(2) >= signs.len()
                };
                // What every item says need not be said of each.
                let shared = |c: &char| items.iter().all(|item| item.contains(*c));
                let own: Vec<char> = signs.iter().copied().filter(|c| !shared(c)).collect();
                most(&signs) || (!own.is_empty() && most(&own))
            };
            let doubt = words::of(Class::InPart).within(clause) || words::of(Class::Hoped).within(clause);
            let whole = halves.into_iter().all(half_said);
            (!open && whole && !doubt).then_some(Tick::Met)
        }
        _ => None,
    }
}

/// The signs of words that say of what they are.
fn core(text: &str) -> Vec<char> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some(c) = rest.chars().next() {
        // 开展培训2次: how often is not asked.
        let counted = c.is_ascii_digit().then(|| scan_quantity(rest)).flatten();
        if let Some((amount, taken)) = counted
            && !amount.unit.is_ratio()
            && !amount.number.is_zero()
        {
            rest = rest.get(taken..).unwrap_or_default();
            continue;
        }
        let skipped = [
            list::AS_LAID_DOWN,
            list::DENIED_DEEDS,
            list::ITEM_FILLERS,
            list::ITEM_DEEDS,
            list::JOINS_PASSED,
            list::BROUGHT_TO_ITS_END,
        ]
        .iter()
        .filter_map(|class| class.strip(rest))
        .min_by_key(|rest| rest.len());
        match skipped {
            Some(short) => rest = short,
            None => {
                found.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    found
}

/// How many denials the words hold.
fn denials(text: &str) -> usize {
    let plain = list::NO_DENIALS.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    let mut rest = plain.as_str();
    let mut count = 0_usize;
    while let Some(c) = rest.chars().next() {
        match list::DENIED_DEEDS.strip(rest).or_else(|| rest.strip_prefix('缺')) {
            Some(short) => {
                count = count.saturating_add(1);
                rest = short;
            }
            None => rest = rest.get(c.len_utf8()..).unwrap_or_default(),
        }
    }
    count
}

pub(super) fn is_denied(text: &str) -> bool {
    denials(text) > 0
}

/// 无 and 有1笔 of an item that denies: there is none of it, or some.
pub(super) fn there_is(words: &str, item: &str) -> Option<Tick> {
    let denied = list::FOUND_NONE.begins(item) || item.starts_with('未');
    if !denied {
        return None;
    }
    if list::ANSWERED_NONE.has(words) || list::FOUND_NONE.has(words) {
        return Some(Tick::Met);
    }
    let rest = list::FOUND_SOME.strip(words)?;
    // 存在挪用3.2万元 of 不存在截留、挪用: by its name.
    let name = rest.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let named = name.chars().nth(1).is_some() && item.contains(name) && !is_denied(name);
    if named
        && (name.len() == rest.len()
            || scan_quantity(rest.get(name.len()..)?)
                .is_some_and(|(_, taken)| name.len().checked_add(taken) == Some(rest.len())))
    {
        return Some(Tick::NotMet);
    }
    let counted = scan_quantity(rest).is_some_and(|(amount, taken)| {
        taken == rest.len() && amount.sign.is_none() && !amount.number.is_zero()
    });
    (rest.is_empty() || counted).then_some(Tick::NotMet)
}

/// 已落实, 未开展 behind the mark of an item: no more than that it was done or not.
pub(super) fn done(words: &str, item: &str) -> Option<Tick> {
    if is_denied(item) {
        return None;
    }
    let all = words::of(Class::AllOfThem).strip(words).unwrap_or(words);
    if let Some(act) = list::ALREADY.strip(all) {
        return (list::ITEM_DEEDS.has(act)).then_some(Tick::Met);
    }
    let act = list::DENIED_DEEDS.strip(all)?;
    list::ITEM_DEEDS.has(act).then_some(Tick::NotMet)
}
