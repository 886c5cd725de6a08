//! Answers to a checklist and tick boxes: `①√②×`, `①符合；②不符合`, `缺2项`, `均符合`, `☑是□否`.

use super::items::{Items, Tick};
use super::numeral::{scan_number, scan_numeral};
use super::quantity::{from, spaces};
use crate::words::{Senses, list};

/// Marks and words that say of an item that it is met or not.
const MARKS: Senses<Tick> = Senses::new(&[
    (list::TICKED, Tick::Met),
    (list::ITEM_MET, Tick::Met),
    (list::CROSSED, Tick::NotMet),
    (list::ITEM_NOT_MET, Tick::NotMet),
]);

/// The whole plain text as an answer to a checklist. With `items` (how many the checklist has) plain numbers answer
/// too. `None` when it is no answer; `Err` when it names an item twice or one that is not there.
pub(super) fn answer(text: &str, items: Option<u32>) -> Option<Result<Items, ()>> {
    let found = all(of_all(text, items), items.is_some())
        .or_else(|| counted(text, items))
        .or_else(|| named(text, items.is_some()))?;
    Some(checked(found, items))
}

fn checked(found: Items, items: Option<u32>) -> Result<Items, ()> {
    match found {
        Items::Named { mut ticks, others } => {
            ticks.sort_by_key(|(item, _)| *item);
            let twice = ticks.iter().zip(ticks.iter().skip(1)).any(|(a, b)| a.0 == b.0);
            let beyond = ticks.last().is_some_and(|(item, _)| *item > items.unwrap_or(Items::MAX));
            if twice || beyond { Err(()) } else { Ok(Items::Named { ticks, others }) }
        }
        Items::CountMet { met, of } => {
            let total = of.or(items);
            let wrong =
                total.is_some_and(|total| met > total) || (of.is_some() && items.is_some() && of != items);
            if wrong { Err(()) } else { Ok(Items::CountMet { met, of }) }
        }
        Items::CountMissing(n) if items.is_some_and(|items| n > items) => Err(()),
        found @ Items::CountMissing(_) => Ok(found),
    }
}

fn mark(text: &str) -> Option<(Tick, usize)> {
    MARKS.longest(text)
}

fn whole_mark(text: &str) -> Option<Tick> {
    mark(text).filter(|(_, taken)| *taken == text.len()).map(|(tick, _)| tick)
}

/// 均符合, 全部不符合, 全部√. Other words (全部完成) speak of a checklist only where there is one.
fn all(text: &str, checklist: bool) -> Option<Items> {
    let rest = list::OF_ALL_ITEMS.iter().filter_map(|word| {
        let rest = text.strip_prefix(word)?.trim_start();
        // 均已符合
        Some(rest.strip_prefix('已').unwrap_or(rest))
    });
    let mut rest = rest.filter(|rest| checklist || list::ITEMS_JUDGED.within(rest));
    rest.find_map(whole_mark).map(Items::all)
}

/// 三项均符合: the text behind the number of items, where it is the number of all.
fn of_all(text: &str, items: Option<u32>) -> &str {
    match some_items(text) {
        Some((n, taken)) if items == Some(n) => from(text, spaces(text, taken)),
        _ => text,
    }
}

/// A small whole number, digits or Chinese.
fn small(text: &str) -> Option<(u32, usize)> {
    let (numeral, taken) = scan_number(text).or_else(|| scan_numeral(text))?;
    let value = u32::try_from(numeral.value.get()).ok()?;
    (numeral.places == 0 && value <= Items::MAX && !text.starts_with(['-', '+'])).then_some((value, taken))
}

/// `N项` or `N条`: the number, and the bytes with the measure word.
fn some_items(text: &str) -> Option<(u32, usize)> {
    let (n, taken) = small(text)?;
    let at = spaces(text, taken);
    let rest = from(text, at);
    let word = list::ITEM_MEASURES.longest(rest)?;
    Some((n, at.checked_add(word.len())?))
}

/// `缺2项`, `符合3项`, `2项不符合`, `4项中3项符合`, `共4项，符合3项`, `3/4`.
fn counted(text: &str, items: Option<u32>) -> Option<Items> {
    if items.is_some()
        && let Some((a, b)) = text.split_once('/')
    {
        let b = b.strip_suffix('项').unwrap_or(b);
        let part = |text: &str| small(text.trim()).filter(|(_, taken)| *taken == text.trim().len());
        let ((met, _), (total, _)) = (part(a)?, part(b)?);
        return Some(Items::CountMet { met, of: Some(total) });
    }
    // 有一项不符合
    let text = text.strip_prefix('有').filter(|rest| some_items(rest).is_some()).unwrap_or(text);
    let mut rest = text;
    let mut of = None;
    let total = list::ITEMS_IN_ALL.strip(text).unwrap_or(text);
    if let Some((n, taken)) = some_items(total)
        && let Some(behind) =
            from(total, taken).strip_prefix(['中', '，', ',']).map(|r| r.trim_start_matches(['，', ' ']))
    {
        of = Some(n);
        rest = list::OF_THEM.strip(behind).unwrap_or(behind);
    }
    let count = |tick: Tick, n: u32| match (tick, of) {
        (Tick::Met, of) => Some(Items::CountMet { met: n, of }),
        (Tick::NotMet, None) => Some(Items::CountMissing(n)),
        (Tick::NotMet, Some(of)) => Some(Items::CountMet { met: of.checked_sub(n)?, of: Some(of) }),
    };
    if let Some((n, taken)) = some_items(rest) {
        let behind = from(rest, taken).trim_start_matches(' ');
        return count(whole_mark(behind)?, n);
    }
    let lack = list::ITEMS_LACKING.strip(rest).map(|after| (Tick::NotMet, after));
    let lead = lack.or_else(|| mark(rest).map(|(tick, taken)| (tick, from(rest, taken))));
    let (tick, after) = lead?;
    let after = after.trim_start_matches(' ');
    let (n, taken) = some_items(after)?;
    if from(after, taken).is_empty() { count(tick, n) } else { None }
}

/// The number of an item: ①, ⑴, (1), （一）; plain numbers only where a checklist is known.
fn item(text: &str, plain: bool) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    let code = u32::from(first);
    let circled = match first {
        '①'..='⑳' => Some(code.checked_sub(u32::from('①'))?.checked_add(1)?),
        '⑴'..='⒇' => Some(code.checked_sub(u32::from('⑴'))?.checked_add(1)?),
        '⒈'..='⒛' => Some(code.checked_sub(u32::from('⒈'))?.checked_add(1)?),
        '㉑'..='㉟' => Some(code.checked_sub(u32::from('㉑'))?.checked_add(21)?),
        '❶'..='❿' => Some(code.checked_sub(u32::from('❶'))?.checked_add(1)?),
        '➀'..='➉' => Some(code.checked_sub(u32::from('➀'))?.checked_add(1)?),
        _ => None,
    };
    if let Some(number) = circled {
        return Some((number, first.len_utf8()));
    }
    if let Some(inside) = text.strip_prefix('(') {
        let (number, taken) = small(inside)?;
        return from(inside, taken).starts_with(')').then_some((number, taken.checked_add(2)?));
    }
    if plain && let Some((numeral, taken)) = scan_numeral(text) {
        // 一是符合: a mark in words
        let number = u32::try_from(numeral.value.get()).ok().filter(|n| (1..=Items::MAX).contains(n))?;
        return from(text, taken).starts_with('是').then_some((number, taken.checked_add("是".len())?));
    }
    if plain && matches!(first.to_ascii_lowercase(), 'a'..='l') {
        let alone = from(text, 1).chars().next().is_none_or(|next| !next.is_ascii_alphanumeric());
        let number = u32::from(first.to_ascii_lowercase()).checked_sub(u32::from('a'))?.checked_add(1)?;
        return alone.then_some((number, 1));
    }
    if !plain || !first.is_ascii_digit() {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = text.get(..digits).filter(|d| d.len() <= 3)?.parse().ok()?;
    let rest = from(text, digits);
    let skip = ["、", ".", "):", ")", ":"].iter().find(|s| rest.starts_with(**s)).map_or(0, |s| s.len());
    // `1.5` is a number, `1.符合` an item.
    let decimal = skip == 1 && from(rest, 1).starts_with(|c: char| c.is_ascii_digit());
    (number > 0 && !decimal).then_some((number, digits.checked_add(skip)?))
}

/// 一, 十二: the number of an item behind 第.
fn numeral(text: &str) -> Option<(u32, usize)> {
    let (numeral, taken) = scan_numeral(text)?;
    let number = u32::try_from(numeral.value.get()).ok().filter(|n| (1..=Items::MAX).contains(n))?;
    Some((number, taken))
}

/// Skips what separates items.
fn separators(text: &str) -> usize {
    let mut at = spaces(text, 0);
    while let Some(word) = list::ITEM_SEPARATORS.longest(from(text, at)) {
        at = spaces(text, at.saturating_add(word.len()));
    }
    at
}

/// Items by name, marked or listed.
fn named(text: &str, plain: bool) -> Option<Items> {
    let mut ticks = Vec::new();
    let mut others = None;
    let mut waiting: Vec<u32> = Vec::new();
    let mut marked = false;
    let mut at = 0_usize;
    let mut lead = None;
    // 第一、二项: behind 第 numerals are numbers of items.
    let mut ordinal = false;
    if let Some(rest) = text.strip_prefix('除') {
        at = text.len().checked_sub(rest.len())?;
        lead = Some(Lead::Except);
    } else if let Some(word) = list::ITEMS_LACKING.longest(text) {
        at = word.len();
        lead = Some(Lead::Lacks);
    } else if let Some((tick, taken)) = mark(text) {
        at = taken; // 符合①②④
        lead = Some(Lead::Marked(tick));
    }
    loop {
        let skipped = separators(from(text, at));
        ordinal |= plain && text.get(at..at.checked_add(skipped)?).is_some_and(|words| words.contains('第'));
        at = at.checked_add(skipped)?;
        let rest = from(text, at);
        if rest.is_empty() {
            break;
        }
        if let Some((number, taken)) = item(rest, plain).or_else(|| ordinal.then(|| numeral(rest)).flatten())
        {
            waiting.push(number);
            at = at.checked_add(taken)?;
            if u32::try_from(waiting.len()).ok()? > Items::MAX {
                return None;
            }
            continue;
        }
        if let Some(word) = list::REMAINING_ITEMS.longest(rest) {
            let after = list::EACH_REMAINING.trim_start(from(rest, word.len()));
            let after = list::OF_ALL_ITEMS.strip(after).unwrap_or(after);
            others = Some(whole_mark(after.trim_end_matches(['。', '；', ';']))?);
            at = text.len();
            continue;
        }
        if lead == Some(Lead::Except) {
            let after = rest.strip_prefix('外')?;
            at = text.len();
            let after = from(after, separators(after));
            let after = list::REMAINING_ITEMS.strip(after).unwrap_or(after);
            let after = list::OF_ALL_ITEMS.strip(after).unwrap_or(after);
            others = Some(whole_mark(after)?);
            continue;
        }
        let rest = list::OF_ALL_ITEMS.strip(rest).unwrap_or(rest);
        let (tick, taken) = mark(rest)?;
        if waiting.is_empty() {
            return None;
        }
        match &mut lead {
            // 符合①②，不符合③: each word leads to the items behind it.
            Some(Lead::Marked(before)) => {
                ticks.extend(waiting.drain(..).map(|number| (number, *before)));
                *before = tick;
                at = text.len().checked_sub(rest.len())?.checked_add(taken)?;
                continue;
            }
            Some(_) => return None,
            None => {}
        }
        marked = true;
        ordinal = false;
        ticks.extend(waiting.drain(..).map(|number| (number, tick)));
        at = text.len().checked_sub(rest.len())?.checked_add(taken)?;
    }
    match lead {
        Some(Lead::Except) => {
            let opposite = match others? {
                Tick::Met => Tick::NotMet,
                Tick::NotMet => Tick::Met,
            };
            ticks.extend(waiting.drain(..).map(|number| (number, opposite)));
        }
        Some(Lead::Lacks) => {
            ticks.extend(waiting.drain(..).map(|number| (number, Tick::NotMet)));
            others = others.or(Some(Tick::Met));
        }
        // 符合①②，③不符合: nothing stands behind the last word, so which belong to which is not certain.
        Some(Lead::Marked(_)) if waiting.is_empty() && others.is_none() => return None,
        Some(Lead::Marked(tick)) => ticks.extend(waiting.drain(..).map(|number| (number, tick))),
        None if !marked && others.is_none() => {
            // A bare list names what is met. A single bare number is no list.
            if waiting.len() == 1 && text.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            ticks.extend(waiting.drain(..).map(|number| (number, Tick::Met)));
            others = Some(Tick::NotMet);
        }
        None => {}
    }
    // (5) alone may be five below zero.
    let lone = ticks.len() == 1 && !marked && lead.is_none() && !plain && text.starts_with('(');
    (waiting.is_empty() && !ticks.is_empty() && !lone).then_some(Items::Named { ticks, others })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Except,
    Lacks,
    Marked(Tick),
}

/// The option ticked in a row of boxes (`☑是□否`, `好□较好☑一般□差□`), when exactly one is.
pub(super) fn boxed(text: &str) -> Option<String> {
    let text = text.replace("(√)", "☑").replace("[√]", "☑");
    let text = text.replace("( )", "□").replace("()", "□").replace("[ ]", "□").replace("[]", "□");
    let mut tokens: Vec<Result<bool, String>> = Vec::new();
    for c in text.chars() {
        let token = match c {
            '☑' | '■' | '√' | '✔' | '✓' | '🗹' => Ok(true),
            '□' | '☐' | '◻' | '▢' => Ok(false),
            ' ' => continue,
            c => Err(c),
        };
        match (token, tokens.last_mut()) {
            (Ok(ticked), _) => tokens.push(Ok(ticked)),
            (Err(c), Some(Err(word))) => word.push(c),
            (Err(c), _) => tokens.push(Err(c.to_string())),
        }
        if tokens.len() > MAX_TOKENS {
            return None;
        }
    }
    let ends = (tokens.first()?, tokens.last()?);
    let before = match ends {
        (Ok(_), Err(_)) => true,
        (Err(_), Ok(_)) => false,
        _ => return None,
    };
    let mut ticked = None;
    let (pairs, rest) = tokens.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    for [a, b] in pairs {
        let (mark, word) = if before { (a, b) } else { (b, a) };
        let (Ok(mark), Err(word)) = (mark, word) else { return None };
        if *mark && ticked.replace(word.clone()).is_some() {
            return None;
        }
    }
    ticked
}

/// Boxes and words of one answer.
const MAX_TOKENS: usize = 40;
