//! What each item of a list is, told by clauses that hold nothing but signs of the items: 资产保存完整、配置合理，账实不符;
//! 已制定财务、资产管理制度，未制定合同管理制度.
//!
//! Every sign of a clause must stand in the item, in its order, so that no word that narrows or doubts is passed over; what the
//! clause leaves out of the item must not say how something is done.

use std::cmp::Ordering;

use crate::notation::{Items, Tick};
use crate::words::{self, Class};

use super::super::checklist::ChecklistItem;
use super::super::facts::plain_words;
use super::checklist::number;
use super::item_gather::gather;
use super::polar::MANNERS;
use super::tick::met;

/// Longer lists and clauses are reports.
const MAX_ITEMS: usize = 12;
const MAX_NAMES: usize = 8;
const MAX_SIGNS: usize = 40;
/// What a list of names shares is no longer than that.
const MAX_SHARED: usize = 12;
/// In more pieces than that the signs are those of the item by chance.
const MAX_RUNS: usize = 3;

/// What the items are by the answer; nothing where one clause of it is not certain, or an item is not told.
pub(super) fn told(text: &str, items: &[ChecklistItem]) -> Option<Items> {
    let figures = text.contains(|c: char| c.is_ascii_digit() || number(c).is_some());
    if figures || items.len() < 2 || items.len() > MAX_ITEMS {
        return None;
    }
    let asked = Asked::of(items);
    let plain: Vec<String> = items.iter().map(|item| plain_words(&item.words)).collect();
    let of_rest = |rest: &str| {
        let rest = rest.trim_start_matches('项');
        met(words::of(Class::Wholly).strip(rest).unwrap_or(rest))
    };
    gather(text, &plain, of_rest, |clause| asked.clause(clause))?.all_told()
}

/// The items, as signs.
struct Asked {
    items: Vec<Vec<char>>,
    /// How many signs all of them end with.
    shared: usize,
}

impl Asked {
    fn of(items: &[ChecklistItem]) -> Self {
        let items: Vec<Vec<char>> = items.iter().map(|item| signs(&plain_words(&item.words))).collect();
        let shared = |at: usize| {
            let end = |item: &Vec<char>| item.len().checked_sub(at).and_then(|at| item.get(at)).copied();
            let mut ends = items.iter().map(end);
            let first = ends.next().flatten();
            first.is_some() && ends.all(|end| end == first)
        };
        let shared = (1..=MAX_SHARED).take_while(|at| shared(*at)).count();
        Self { items, shared }
    }

    /// What a clause says, of one item or of several that it lists.
    fn clause(&self, clause: &str) -> Option<Vec<(usize, Tick)>> {
        if clause.chars().nth(MAX_SIGNS).is_some() {
            return None;
        }
        self.listed(clause, &['、']).or_else(|| self.listed(clause, &['、', '和', '及', '与']))
    }

    /// The names of a list share what the first begins with and what the last ends with: 制定财务、资产管理制度.
    fn listed(&self, clause: &str, separators: &[char]) -> Option<Vec<(usize, Tick)>> {
        let names: Vec<Vec<char>> = clause.split(separators).map(signs).collect();
        let (first, last) = (names.first()?, names.last()?);
        if names.len() > MAX_NAMES {
            return None;
        }
        if let Some(found) = self.each(&names, &[], &[]) {
            return Some(found);
        }
        if names.len() < 2 {
            return None;
        }
        let mut found: Option<Vec<(usize, Tick)>> = None;
        for lead in 0..first.len().min(MAX_SHARED) {
            for end in 0..last.len().min(MAX_SHARED) {
                let lead = first.get(..lead)?;
                let end = last.get(last.len().checked_sub(end)?..)?;
                // 未落实 is said of all of them or of none, and is not cut into 未 and 落实.
                let kept = last.len().checked_sub(end.len()).and_then(|at| last.get(..at));
                let cut =
                    kept.is_some_and(|kept| kept.iter().any(|c| words::of(Class::DeniedDeeds).has_char(*c)));
                if cut {
                    continue;
                }
                let Some(one) = self.each(&names, lead, end) else { continue };
                if found.as_ref().is_some_and(|earlier| *earlier != one) {
                    return None;
                }
                found = Some(one);
            }
        }
        found
    }

    /// Each name with what is shared, of an item of its own.
    fn each(&self, names: &[Vec<char>], lead: &[char], end: &[char]) -> Option<Vec<(usize, Tick)>> {
        let mut found: Vec<(usize, Tick)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let mut said = Vec::new();
            if at > 0 {
                said.extend_from_slice(lead);
            }
            said.extend_from_slice(name);
            if at.saturating_add(1) < names.len() {
                said.extend_from_slice(end);
            }
            let one = self.one(&said)?;
            if found.iter().any(|(at, _)| *at == one.0) {
                return None;
            }
            found.push(one);
        }
        Some(found)
    }

    /// The only item that the signs are of, and what they say of it.
    fn one(&self, said: &[char]) -> Option<(usize, Tick)> {
        let same = self.items.iter().position(|item| item == said);
        if let Some(at) = same {
            return Some((at, Tick::Met));
        }
        let mut hits = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| Some((at, verdict(said, item, self.shared)?)));
        let hit = hits.next()?;
        hits.next().is_none().then_some(hit)
    }
}

/// The signs of words that say something: 已 and 均 say no more than the verb behind them.
pub(super) fn signs(text: &str) -> Vec<char> {
    text.chars().filter(|c| !matches!(c, '已' | '均' | '都' | '的' | '了' | ':')).collect()
}

fn negates(text: &str) -> bool {
    let plain = words::of(Class::NoDenials).iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    words::of(Class::Negations).within(&plain)
}

/// What the signs say of an item; nothing where they are not of it, or it is not certain.
fn verdict(said: &[char], item: &[char], shared: usize) -> Option<Tick> {
    let (text, asked): (String, String) = (said.iter().collect(), item.iter().collect());
    // 经可行性研究或集体决策: the one of them decides nothing where the other may be so.
    if asked.contains('或') && !text.contains('或') {
        return None;
    }
    if stands(&asked).is_some() {
        return compared(&text, &asked);
    }
    match (negates(&text), negates(&asked)) {
        (true, false) => {
            let (at, no) = words::of(Class::DeniedDeeds).find(&text)?;
            let rest = format!("{}{}", text.get(..at)?, text.get(at.checked_add(no.len())?..)?);
            let fits = !negates(&rest) && Fit::of(&signs(&rest), item, shared).is_some();
            fits.then_some(Tick::NotMet)
        }
        (false, true) => None,
        (false, false) | (true, true) => {
            let fit = Fit::of(said, item, shared)?;
            let open = |left: &String| {
                let led = asked.starts_with(left.as_str());
                // 会计信息和基础数据真实: what it is of may be joined.
                let joins = |manner: &str| led && matches!(manner, "和" | "及" | "、");
                asks(left)
                    || MANNERS.iter().any(|manner| left.contains(manner) && !joins(manner))
                    || words::of(Class::Negations).within(left)
            };
            (!fit.left_out().iter().any(open)).then_some(Tick::Met)
        }
    }
}

/// Whether words say how something is done. 有 and 均 alone say no more than what they stand before.
pub(super) fn asks(left: &str) -> bool {
    let says = |word: &str| {
        left.contains(word)
            && !(word.chars().nth(1).is_none() && matches!(word, "有" | "已" | "为" | "均" | "都"))
    };
    words::of(Class::Demands).iter().any(says)
}

/// 公务接待费低于上年 of 公务接待费不高于上年: how one stands to another.
fn compared(said: &str, asked: &str) -> Option<Tick> {
    let (thing, wanted, other) = stands(asked)?;
    let (of, orders, beside) = stands(said)?;
    let same = other == beside && of.chars().nth(1).is_some() && thing.ends_with(of);
    if !same {
        return None;
    }
    if orders.iter().all(|order| wanted.contains(order)) {
        return Some(Tick::Met);
    }
    (!orders.iter().any(|order| wanted.contains(order))).then_some(Tick::NotMet)
}

/// What stands how to what: 接待费, at most, 上年.
fn stands(text: &str) -> Option<(&str, Vec<Ordering>, &str)> {
    let ways = [
        (Class::BoundAtMost, vec![Ordering::Less, Ordering::Equal]),
        (Class::BoundAtLeast, vec![Ordering::Greater, Ordering::Equal]),
        (Class::BoundAbove, vec![Ordering::Greater]),
        (Class::BoundBelow, vec![Ordering::Less]),
    ];
    // 与上年持平
    if let Some(rest) = text.strip_suffix("持平")
        && let Some((thing, other)) = rest.split_once('与')
    {
        return Some((thing, vec![Ordering::Equal], other));
    }
    let found = ways.into_iter().find_map(|(class, orders)| {
        let (at, word) = words::of(class).find(text)?;
        Some((text.get(..at)?, orders, text.get(at.checked_add(word.len())?..)?))
    });
    found.filter(|(thing, _, other)| !thing.is_empty() && words::of(Class::LastYears).has(other))
}

/// How signs stand in an item.
pub(super) struct Fit {
    /// What of the item they leave out.
    left_out: Vec<String>,
}

impl Fit {
    /// What of the item the signs leave out, a stretch each.
    pub(super) fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The signs in the item, in their order; what is left out at its end, every item ends with.
    pub(super) fn of(said: &[char], item: &[char], shared: usize) -> Option<Self> {
        said.get(1)?;
        let mut left_out = Vec::new();
        let mut left = String::new();
        let (mut runs, mut within) = (0_usize, false);
        let mut rest = said.iter().rev().peekable();
        for c in item.iter().rev() {
            if rest.peek() == Some(&c) {
                rest.next();
                if !left.is_empty() {
                    // What all items end with may be left to the others.
                    if runs == 0 && left.chars().count() > shared {
                        return None;
                    }
                    left_out.push(left.chars().rev().collect());
                    left.clear();
                }
                if !within {
                    runs = runs.saturating_add(1);
                }
                within = true;
            } else {
                left.push(*c);
                within = false;
            }
        }
        if !left.is_empty() {
            left_out.push(left.chars().rev().collect());
        }
        (rest.peek().is_none() && runs <= MAX_RUNS).then_some(Self { left_out })
    }
}
