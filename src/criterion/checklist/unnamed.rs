//! 对照4个评价要点，每符合一个要点得分值的25%: a list of which only the number of its items is said.

use winnow::combinator::opt;
use winnow::prelude::*;

use crate::base::Number;
use crate::rule::{Checklist, ChecklistItem, Words, mark};

use crate::criterion::Context;
use crate::criterion::checklist::scheme::{Rest, scheme};
use crate::criterion::checklist::statements::summaries;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, figure, word};
use crate::criterion::grammar::words::{ITEM, POINTS_OF_REVIEW};
use crate::criterion::text::plain::{Plain, Segment};

/// The list, where the text says how many items it has and how they become points.
pub(crate) fn read(plain: &Plain, parts: &[Segment], context: &Context) -> Option<Checklist> {
    let (first, rest) = parts.split_first()?;
    let (count, alone) = number_of_items(first.text)?;
    let tail = if alone { rest } else { parts };
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

fn many(input: &mut Input<'_>) -> Outcome<Number> {
    figure(input).map(|(number, _)| number)
}
