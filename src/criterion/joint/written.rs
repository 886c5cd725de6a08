//! A criterion of several measures as it is written: its clauses, each a condition with its award, whatever way they are listed.

use std::cmp::Ordering;

use crate::base::Number;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::grammar::scan::{attempt, is_name, points};
use crate::criterion::grammar::words::ITEM;
use crate::criterion::text::marks::marked;
use crate::criterion::text::plain::segments;
use crate::notation::is_numeral;
use crate::rule::of_kinds;
use crate::words::{self, Class};

use super::names::leading_date;

/// A piece of the criterion between separators, a condition with its award put together.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) text: String,
    /// Whether a mark stands before it.
    pub(super) marked: bool,
    /// What is earned at its end, where that are points.
    pub(super) points: Option<Number>,
    /// Whether a sentence ends behind it.
    pub(super) ends: bool,
}

/// The pieces, each with the points at its end.
pub(super) fn clauses(text: &str) -> Option<Vec<Clause>> {
    let mut found = Vec::new();
    match marked(text) {
        Some((lead, items)) => {
            let heading = lead.trim_end_matches(':');
            if heading.contains(|c: char| c.is_ascii_digit()) || heading.contains(['扣', '得']) {
                return None;
            }
            for item in items {
                for (nth, part) in of(item).into_iter().enumerate() {
                    found.push(Clause { marked: nth == 0, ..part });
                }
            }
        }
        None => found = of(text),
    }
    (found.len() > 1).then_some(found)
}

fn of(text: &str) -> Vec<Clause> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for part in segments(text) {
        let alone = |words: &str| {
            words::of(Class::EachWorth).has(words)
                || words.trim_end_matches(['各', '均', '分', '别']).is_empty()
        };
        let award_alone = own_points(part.text).is_some_and(|(words, _)| alone(words));
        match pieces.last_mut() {
            // 举办培训班12期，得4分
            Some((last, false))
                if award_alone
                    && own_points(last).is_none()
                    && (last.contains("分别")
                        || own_points(part.text).is_some_and(|(words, _)| words.is_empty())) =>
            {
                last.push_str(part.text);
            }
            _ => pieces.extend(listed(part.text).into_iter().map(|text| (text, false))),
        }
        if let Some((_, ends)) = pieces.last_mut() {
            *ends = part.ends;
        }
    }
    let pieces = worth_each(apportioned(pieces))
        .into_iter()
        .flat_map(|(text, ends)| spread(&text).into_iter().map(move |text| (text, ends)));
    pieces
        .map(|(text, ends)| {
            let text = headed(&text).map_or(text.clone(), |(name, points, rest)| match rest {
                "" => format!("{name}({points}分)"),
                rest => format!("{name}({points}分):{rest}"),
            });
            let points = headed(&text).map(|(_, n, _)| n).or_else(|| own_points(&text).map(|(_, n)| n));
            Clause { text, marked: false, points, ends }
        })
        .collect()
}

/// 建成数量占5分，按完成比例计分: what it is worth stands before what earns it, like a heading.
fn apportioned(pieces: Vec<(String, bool)>) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = Vec::new();
    let mut headed: Option<String> = None;
    for (text, ends) in pieces {
        let share = own_points(&text).and_then(|(words, points)| Some((words.strip_suffix('占')?, points)));
        match (headed.take(), share) {
            (None, Some((name, points))) if !ends && is_name(name) => {
                headed = Some(format!("{name}({points}分)"));
            }
            (Some(heading), None) => found.push((format!("{heading}:{text}"), ends)),
            (heading, _) => {
                found.extend(heading.map(|heading| (heading, false)));
                found.push((text, ends));
            }
        }
    }
    found.extend(headed.map(|heading| (heading, false)));
    found
}

/// 新建步道3公里、维修桥梁2座，每项3分: what each is worth is said of all.
fn worth_each(pieces: Vec<(String, bool)>) -> Vec<(String, bool)> {
    let each =
        |text: &str| own_points(text).filter(|(words, _)| is_each_worth(words)).map(|(_, points)| points);
    let Some((at, points)) = pieces.iter().enumerate().find_map(|(at, (text, _))| Some((at, each(text)?)))
    else {
        return pieces;
    };
    let mut found = Vec::new();
    for (nth, (text, ends)) in pieces.iter().enumerate() {
        match nth.cmp(&at) {
            Ordering::Less if own_points(text).is_some() => return pieces,
            Ordering::Less => {
                let parts = text.split('、').map(|part| (format!("{part}得{points}分"), *ends));
                found.extend(parts);
            }
            Ordering::Equal => {}
            Ordering::Greater => found.push((text.clone(), *ends)),
        }
    }
    found
}

/// 每项, 三项各, 每达到一项得: what stands before the points of each.
fn is_each_worth(words: &str) -> bool {
    let each = words::of(Class::EachWorth);
    let counted = ITEM.strip(words.trim_start_matches(is_numeral)).unwrap_or_default();
    each.has(words) || each.has(counted) || is_each_reached(words)
}

/// 每达到一项得, 每有一项达标得: each that is reached.
fn is_each_reached(words: &str) -> bool {
    let Some(rest) = words.strip_prefix('每') else { return false };
    let rest = rest.strip_prefix('有').unwrap_or(rest);
    let reached = words::of(Class::ReachedAlone);
    let before = reached.strip(rest);
    let behind = before.unwrap_or(rest).strip_prefix(['一', '1']).and_then(|rest| ITEM.strip(rest));
    behind.is_some_and(|behind| match before {
        Some(_) => behind.trim_start_matches('的').is_empty(),
        None => reached.has(behind),
    })
}

/// 新建公厕10座（3分）、改建公厕20座（3分）
fn listed(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split('、').collect();
    let each = parts.len() > 1 && parts.iter().all(|part| own_points(part).is_some());
    if each { parts.into_iter().map(str::to_owned).collect() } else { vec![text.to_owned()] }
}

/// 6月底、9月底、12月底支出进度分别达到50%、75%、95%的，各得2分: one clause each.
fn spread(text: &str) -> Vec<String> {
    let whole = || vec![text.to_owned()];
    let Some((before, after)) = text.split_once("分别") else { return whole() };
    let Some((conditions, earned)) = own_points(after) else { return whole() };
    let conditions =
        conditions.trim_end_matches(['的', '，', '各', '得', '均', '计']).trim_end_matches(['的', '，']);
    let each = words::of(Class::EachWorth).strip_end(conditions);
    let conditions = each.unwrap_or(conditions).trim_end_matches(['的', '，']);
    let kinds = of_kinds(before);
    let heads: Vec<&str> = match &kinds {
        Some(kinds) => kinds.iter().map(String::as_str).collect(),
        None => before.split('、').collect(),
    };
    let Some(last) = heads.last() else { return whole() };
    let date = leading_date(last);
    let thing = match date {
        _ if kinds.is_some() => "",
        0 => shared(&heads).unwrap_or_default(),
        _ => last.get(date..).unwrap_or_default(),
    };
    let verb_end = conditions.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
    let (verb, figures) = conditions.split_at_checked(verb_end).unwrap_or(("", conditions));
    let figures: Vec<&str> = figures.split('、').collect();
    let same_points = text.contains('各') || text.contains("均得") || each.is_some();
    if heads.len() < 2 || heads.len() != figures.len() || !same_points {
        return whole();
    }
    heads
        .iter()
        .zip(figures)
        .map(|(head, figure)| {
            let thing = if head == last { "" } else { thing };
            format!("{head}{thing}{verb}{figure}得{earned}分")
        })
        .collect()
}

/// 支出进度 of 一季度、二季度支出进度: what follows where the first of them ends.
fn shared<'t>(heads: &[&'t str]) -> Option<&'t str> {
    let (first, last) = (heads.first()?, heads.last()?);
    let at = first.char_indices().rev().nth(1).map(|(at, _)| at)?;
    let end = first.get(at..)?;
    last.split_once(end).map(|(_, thing)| thing)
}

/// 资金到位率（3分）：到位率100%得3分: its name, its points, the rest.
pub(super) fn headed(text: &str) -> Option<(&str, Number, &str)> {
    let (name, rest) = text.split_once('(')?;
    let (inside, rest) = rest.split_once(')')?;
    let inside =
        ["分值", "满分", "权重", "占"].iter().find_map(|word| inside.strip_prefix(word)).unwrap_or(inside);
    let mut inside = inside.trim_start_matches(':');
    let own = attempt(&mut inside, points).filter(|_| inside.is_empty())?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    (!name.is_empty()).then_some((name, own, rest))
}

/// 半年进度:进度率≥45%得2分: its name and the rest.
pub(super) fn heading(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = match headed(text) {
        Some((name, _, rest)) => (name, rest),
        None => text.split_once(':')?,
    };
    (!name.contains(|c: char| c.is_ascii_digit()) && name.chars().nth(1).is_some() && !rest.is_empty())
        .then_some((name, rest))
}
