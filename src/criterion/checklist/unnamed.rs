//! 对照4个评价要点，每符合一个要点得分值的25%: a list of which only the number of its items is said.

use winnow::combinator::opt;
use winnow::prelude::*;

use crate::base::Number;
use crate::rule::{Checklist, ChecklistItem, Words, mark};
use crate::words::list;

use crate::criterion::Context;
use crate::criterion::checklist::scheme::{Rest, scheme};
use crate::criterion::checklist::statements::summaries;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, figure, word};
use crate::criterion::grammar::words::{ITEM, POINTS_OF_REVIEW};
use crate::criterion::text::plain::{Plain, Segment};

/// The list, where the text says how many items it has and how they become points.
pub(crate) fn read(plain: &Plain, parts: &[Segment], context: &Context) -> Option<Checklist> {
    let (first, rest) = parts.split_first()?;
    let (count, tail) = match number_of_items(first.text) {
        Some((count, alone)) => (count, if alone { rest } else { parts }),
        None => (as_many_as_earn_all(first.text, rest, context)?, parts),
    };
    let found = summaries(tail, count)?;
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let mut items: Vec<ChecklistItem> = (0..usize::try_from(count).ok()?)
        .map(|at| {
            let words = format!("要点{}", numerals.get(at).copied().unwrap_or_default());
            ChecklistItem { label: mark(at), words, points: None }
        })
        .collect();
    let words = Words::new(plain.words(plain.as_str()));
    let scheme = scheme(&mut items, &Rest { summaries: found, context }).ok()?;
    Some(Checklist { items, scheme, vetoes: Vec::new(), words })
}

/// 对照4个评价要点, 评价要点共4项, 三个要点均符合: how many there are, and whether nothing else is said.
fn number_of_items(text: &str) -> Option<(u32, bool)> {
    let mut rest = text.trim_end_matches(':');
    attempt(&mut rest, |i| word(&["对照", "根据", "按照", "围绕", "依据", "按"]).parse_next(i));
    attempt(&mut rest, |i| word(&["以下", "下列", "上述", "以上"]).parse_next(i));
    let counted = attempt(&mut rest, |i| {
        if attempt(i, word(POINTS_OF_REVIEW)).is_some() {
            opt(word(&["共有", "共计", "共", "为", "有", ":"])).parse_next(i)?;
            let n = many(i)?;
            word(ITEM).parse_next(i)?;
            return Ok(n);
        }
        opt(word(&["共有", "共"])).parse_next(i)?;
        let n = many(i)?;
        word(ITEM).parse_next(i)?;
        word(POINTS_OF_REVIEW).parse_next(i)?;
        Ok(n)
    })?;
    let count = u32::try_from(counted.get()).ok().filter(|n| (2..=10).contains(n))?;
    let whole = Number::from(count) == counted;
    let alone = rest.is_empty();
    let goes_on = rest.starts_with(['均', '全', '都', '齐']);
    (whole && (alone || goes_on)).then_some((count, alone))
}

/// 同时满足5条得5分 before 满足4条得4分: as many as earn all points.
fn as_many_as_earn_all(text: &str, others: &[Segment], context: &Context) -> Option<u32> {
    // 三项得3分 behind it may be about something else.
    others.first().filter(|next| list::REQUIREMENTS_MET.begins(next.text))?;
    let mut rest = text;
    attempt(&mut rest, word(list::REQUIREMENTS_MET))?;
    let counted = attempt(&mut rest, many)?;
    attempt(&mut rest, word(ITEM))?;
    rest = rest.trim_start_matches(['的', '，']);
    let earned = attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())?;
    let count = u32::try_from(counted.get()).ok().filter(|n| (2..=10).contains(n))?;
    let weight = context.weight?.number();
    let all = earned.fixed_of(weight) == Some(weight);
    (all && Number::from(count) == counted).then_some(count)
}

fn many(input: &mut Input<'_>) -> Outcome<Number> {
    figure(input).map(|(number, _)| number)
}
