//! Checklists: ①…；②…。每项0.5分. Marks in any style, or parts whose points add up to the weight.

use crate::base::{Number, Weight};
use crate::rule::{Award, Checklist, ChecklistItem, Refusal, Words, mark};

use crate::criterion::checklist::item_points::{own_points, own_share};
use crate::criterion::checklist::scheme::{Rest, scheme};
use crate::criterion::checklist::statements::{Summary, summaries};
use crate::criterion::checklist::unmarked::unmarked;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::{attempt, is_name, points};
use crate::criterion::grammar::words::{ELSE, NEUTRAL};
use crate::criterion::text::marks::Marked;
use crate::criterion::text::plain::{Plain, Segment, segments};
use crate::criterion::{Context, HINT};
use crate::words::list;

/// A checklist, if the criterion is one.
pub(crate) fn read(
    plain: &Plain,
    parts: &[Segment],
    marked: Option<&Marked>,
    context: &Context,
) -> Result<Option<Checklist>, Refusal> {
    match marked {
        Some((lead, items)) => read_marked(plain, lead, items, context).map(Some),
        None => Ok(unmarked(plain, parts, context).or_else(|| requirements(plain, parts))),
    }
}

fn refuse<T>(words: &str, why: &str) -> Result<T, Refusal> {
    Err(Refusal::new(words, why, HINT))
}

fn read_marked(plain: &Plain, lead: &str, texts: &[&str], context: &Context) -> Result<Checklist, Refusal> {
    let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
    let mut rest: Vec<Summary> = Vec::new();
    let mut all = false;
    for part in segments(lead) {
        let text = part.text.trim_end_matches(':');
        // 同时满足以下条件的，得3分：
        if std::mem::take(&mut all) {
            let mut earned = text;
            let whole = |award: &Award| match award {
                Award::Points(n) => context.weight.is_none_or(|weight| weight.number() == *n),
                other => *other == Award::Full,
            };
            let found = attempt(&mut earned, |i| award(i, true)).filter(whole);
            if let Some(found) = found.filter(|_| earned.is_empty()) {
                rest.push(Summary::Met(count, count, found));
                continue;
            }
        }
        all = is_about_items(text.trim_end_matches('的'), count)
            && ["同时", "满足", "符合", "具备", "达到"].iter().any(|word| text.starts_with(word));
        match read_lead(part.text, count) {
            Some(found) => rest.extend(found),
            None => return refuse(&plain.words(part.text), "看不懂这部分文字的意思"),
        }
    }
    let mut items = Vec::new();
    let last = texts.len().saturating_sub(1);
    for (at, text) in texts.iter().enumerate() {
        let parts = segments(text);
        let mut own = parts.as_slice();
        if at == last {
            let (body, found) = split_summary(&parts, count);
            own = body;
            rest.extend(found);
        }
        let Some((words, points)) = item(plain, own, context.weight) else {
            return refuse(&plain.words(text.trim()), "这一项的文字或分数无法识别");
        };
        items.push(ChecklistItem { label: mark(at), words, points });
    }
    let words = plain.words(plain.as_str());
    let rest = Rest { summaries: rest, context };
    let vetoes = vetoes(&rest.summaries);
    let scheme = scheme(&mut items, &rest).map_err(|why| Refusal::new(&words, why, HINT))?;
    Ok(Checklist { items, scheme, vetoes, words: Words::new(tail_words(plain, texts)) })
}

/// The items that veto, in order.
fn vetoes(summaries: &[Summary]) -> Vec<u8> {
    let mut found: Vec<u8> = Vec::new();
    for summary in summaries {
        if let Summary::Veto(places) = summary {
            found.extend(places.iter().filter_map(|at| u8::try_from(*at).ok()));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The words that say how items become points: the last sentence.
fn tail_words(plain: &Plain, texts: &[&str]) -> String {
    let last = texts.last().copied().unwrap_or_default();
    let parts = segments(last);
    let from = parts.get(1).map_or(last, |p| p.text);
    let start = crate::criterion::text::plain::offset(last, from);
    plain.words(last.get(start..).unwrap_or(last))
}

/// What stands before the first item: a heading, a weight, or how items become points.
fn read_lead(text: &str, count: u32) -> Option<Vec<Summary>> {
    let plain = text.trim_end_matches(':');
    let plain = plain.split_once(':').filter(|(lead, _)| NEUTRAL.has(lead)).map_or(plain, |(_, rest)| rest);
    if plain.is_empty() || NEUTRAL.has(plain) || is_about_items(plain, count) {
        return Some(Vec::new());
    }
    // 方案要素各占25%
    let named = plain.find(['各', '每']).filter(|at| plain.get(..*at).is_some_and(is_name));
    for from in [Some(0), named].into_iter().flatten() {
        let text = plain.get(from..)?;
        if let Some(found) = summaries(&[Segment { text, ends: true }], count) {
            return Some(found);
        }
    }
    let heading = ["以下", "评价要点", "主要包括", "包括", "内容", "要点", "要求", "条件", "情况", "方面"];
    let is_heading = text.ends_with(':') && (is_name(plain) || heading.iter().any(|h| plain.ends_with(h)));
    let clean = !plain.chars().any(|c| c.is_ascii_digit()) && !plain.contains('扣') && !plain.contains("得");
    (is_heading && clean).then(Vec::new)
}

/// 满足以下条件的, 以上四项: only that items follow.
fn is_about_items(text: &str, count: u32) -> bool {
    let mut rest = text;
    for word in ["同时", "满足", "符合", "具备", "达到"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let Some(after) =
        ["以下", "下列", "以上", "上述", "共有", "共"].iter().find_map(|w| rest.strip_prefix(w))
    else {
        return false;
    };
    let mut rest = after;
    let counted = attempt(&mut rest, |i| crate::criterion::grammar::scan::figure(i).map(|(n, _)| n));
    if counted.is_some_and(|n| n != Number::from(count)) {
        return false;
    }
    ["方面", "要求", "条件", "内容", "要点", "情形", "各", "项", "个", "条", "点", "的"]
        .iter()
        .fold(rest.to_owned(), |text, word| text.replacen(word, "", 1))
        .is_empty()
}

/// The last item and what follows it: the earliest place from which everything is about all items.
fn split_summary<'a, 'p>(parts: &'a [Segment<'p>], count: u32) -> (&'a [Segment<'p>], Vec<Summary>) {
    for at in 1..parts.len().min(MAX_TAIL) {
        if let Some(found) = parts.get(at..).and_then(|tail| summaries(tail, count)) {
            return (parts.get(..at).unwrap_or(parts), found);
        }
    }
    (parts, Vec::new())
}

/// Parts in which the last item and the summary are looked for.
const MAX_TAIL: usize = 24;

/// An item: its words, and its own points where it has any. `None` where something in it is not understood.
pub(super) fn item(
    plain: &Plain,
    parts: &[Segment],
    weight: Option<Weight>,
) -> Option<(String, Option<Number>)> {
    let mut parts = parts.to_vec();
    while parts.len() > 1 && parts.last().is_some_and(|p| denies(p.text)) {
        parts.pop();
    }
    let (first, last) = (parts.first()?, parts.last()?);
    let (own, points) = match own_points(last.text).or_else(|| own_share(last.text, weight)) {
        Some((words, points)) => (words, Some(points)),
        None => (last.text, None),
    };
    let joined = if own.is_empty() {
        // The award stands alone after a comma: …，得1分
        let before = parts.len().checked_sub(2).and_then(|at| parts.get(at))?;
        span(plain, first.text, before.text)?
    } else {
        span(plain, first.text, own)?
    };
    let words: String = plain
        .words(joined)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '；' | ';' | '。') { '，' } else { c })
        .collect();
    let words = words.trim_end_matches(['，', '、', ':', '：', '.', ',']).to_owned();
    let leftover = joined.contains('扣') || has_points(joined);
    if words.is_empty() || leftover || words.chars().count() > MAX_ITEM_CHARS {
        None
    } else {
        Some((words, points))
    }
}

/// Longer items are prose.
const MAX_ITEM_CHARS: usize = 300;

/// The plain text from the beginning of one part to the end of another.
fn span<'p>(plain: &'p Plain, first: &str, last: &str) -> Option<&'p str> {
    let whole = plain.as_str();
    let from = crate::criterion::text::plain::offset(whole, first);
    let to = crate::criterion::text::plain::offset(whole, last).checked_add(last.len())?;
    whole.get(from..to)
}

/// Whether points are mentioned (2分, not 2分钟 or 部分).
fn has_points(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        c.is_ascii_digit() && {
            let mut rest = text.get(at..).unwrap_or_default();
            points(&mut rest).is_ok()
        }
    })
}

/// 否则不得分, 没有的不得分, 没开展0分: nothing but that an item that is not met earns nothing.
fn denies(text: &str) -> bool {
    let after = ELSE.iter().find_map(|w| text.strip_prefix(w));
    let zero =
        |mut rest: &str| attempt(&mut rest, |i| award(i, true)) == Some(Award::ZERO) && rest.is_empty();
    if let Some(rest) = after {
        return zero(rest);
    }
    let no = list::ITEM_DENIED.begins(text);
    no && text.char_indices().skip(1).take(16).any(|(at, _)| {
        zero(text.get(at..).unwrap_or_default()) && is_denied(text.get(..at).unwrap_or_default())
    })
}

fn is_denied(text: &str) -> bool {
    is_name(text) || list::ITEM_DENIED_ALONE.has(text)
}

/// Requirements in sentences of their own, then what every case that fails them costs: …。有一笔未达进度扣0.8分.
fn requirements(plain: &Plain, parts: &[Segment]) -> Option<Checklist> {
    if !plain.as_str().contains(['扣', '减']) {
        return None;
    }
    let sentence = parts.iter().position(|p| p.ends)?.checked_add(1)?;
    for at in sentence..parts.len().min(MAX_TAIL) {
        let (before, tail) = parts.split_at_checked(at)?;
        if !before.last()?.ends {
            continue;
        }
        let Some(found) = summaries(tail, 1) else { continue };
        let mut case = None;
        let mut most = None;
        for summary in found {
            match summary {
                Summary::EachCase(per, unit) if case.is_none() => case = Some((per, unit)),
                Summary::Limit(crate::criterion::grammar::limit::Limit::Take(n)) if most.is_none() => {
                    most = Some(n);
                }
                Summary::Nothing => {}
                _ => return None,
            }
        }
        let (per, unit) = case?;
        let mut items = Vec::new();
        for (at, part) in before.iter().enumerate() {
            let (words, points) = item(plain, std::slice::from_ref(part), None)?;
            let states_points =
                ["得", "不扣", "满分", "计分", "分值", "不予"].iter().any(|w| words.contains(w));
            if points.is_some() || states_points {
                return None;
            }
            items.push(ChecklistItem { label: mark(at), words, points: None });
        }
        // A single demand is no list.
        if items.len() < 2 {
            return None;
        }
        let words = Words::new(plain.words(tail.first()?.text));
        let scheme = crate::rule::Scheme::Cases { per, most, unit };
        return Some(Checklist { items, scheme, vetoes: Vec::new(), words });
    }
    None
}
