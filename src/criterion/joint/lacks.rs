//! 未签订合同扣2分，合同要素不全扣1分，合同未归档扣1分: what is not as it should be costs once, each its own. It is a list of what should be.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::scan::{attempt, denies, is_name, points, word};
use crate::criterion::grammar::words::TAKE;
use crate::criterion::text::plain::segments;
use crate::rule::{Checklist, Rule, Words, mark};
use crate::words::{self, Class, list};

use super::Readers;

/// The list as a checklist of the opposites.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Rule> {
    let weight = context.weight.map(Weight::number)?;
    let mut found: Vec<(String, Number)> = Vec::new();
    let mut open = String::new();
    for part in segments(text) {
        open.push_str(part.text);
        let mut rest = open.as_str();
        if attempt(&mut rest, until_gone).is_some() && rest.is_empty() {
            open.clear();
            continue;
        }
        // 合同未归档的，扣1分
        if open.ends_with('的') && !part.ends {
            continue;
        }
        let (lack, points) = cost(&std::mem::take(&mut open))?;
        found.push((as_it_should_be(&lack)?, points));
    }
    let (first, others) = found.split_first().filter(|(_, others)| !others.is_empty() && open.is_empty())?;
    let even = others.iter().all(|(_, points)| *points == first.1);
    let sum = Number::sum(found.iter().map(|(_, points)| *points));
    let mut list = String::new();
    for (at, (item, points)) in found.iter().enumerate() {
        list.push_str(&mark(at));
        list.push_str(item);
        if sum == Some(weight) {
            list.push_str(&format!("，得{points}分"));
        }
        list.push(';');
    }
    let rest = match sum {
        Some(sum) if sum == weight => String::new(),
        Some(sum) if sum < weight && even => format!("每有一项不符合扣{}分，扣完为止", first.1),
        _ => return None,
    };
    match (readers.one)(&format!("{}。{rest}", list.trim_end_matches(';')), context).ok()? {
        Rule::Checklist(list) => Some(Rule::Checklist(Checklist { words: Words::new(text), ..list })),
        _ => None,
    }
}

/// 合同未归档扣1分: what is lacking, and what that costs.
fn cost(text: &str) -> Option<(String, Number)> {
    text.char_indices().find_map(|(at, _)| {
        let mut rest = text.get(at..)?;
        attempt(&mut rest, word(TAKE))?;
        let points = attempt(&mut rest, points).filter(|n| rest.is_empty() && !n.is_zero())?;
        Some((text.get(..at)?.trim_end_matches(['的', '，']).to_owned(), points))
    })
}

/// 签订合同 of 未签订合同, 要素齐全 of 要素不全: nothing where it is no plain denial of one thing.
fn as_it_should_be(lack: &str) -> Option<String> {
    let (at, not) = list::DENIALS.find(lack)?;
    let (thing, state) = (lack.get(..at)?, lack.get(at.checked_add(not.len())?..)?);
    let state = if state == "全" { "齐全" } else { state };
    let state = if state == "符" { "相符" } else { state };
    let whole = format!("{thing}{state}");
    let plain = is_name(&whole) && !denies(&whole) && state.chars().nth(1).is_some();
    let several = words::of(Class::Either).within(&whole) || whole.contains('、');
    let one = !several && !whole.contains('每') && !whole.contains('一') && whole.chars().nth(2).is_some();
    (plain && one && whole.chars().nth(MAX_ITEM).is_none()).then_some(whole)
}

/// Things that are lacking are named shortly.
const MAX_ITEM: usize = 16;
