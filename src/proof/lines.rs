//! Paragraphs that begin with the name of an indicator and come to its score, without a heading or a number:
//! `审批时限（10分）：…自评8.5分，扣1.5分。`, `验收合格率：…该指标8分，得8分。`, `归档及时性，…扣2分，得4分。`

use std::collections::BTreeSet;

use super::earned::is_points;
use super::figures::{Figure, linked};
use super::found::level_name;
use super::outline::{Heading, points};
use super::prose::Spot;
use crate::base::Number;
use crate::words::{self, Class};

/// Characters of the name of an indicator.
const MIN_NAME: usize = 4;
const MAX_NAME: usize = 18;
/// Points of one indicator: more are those of a level or of all.
const MAX_POINTS: u32 = 40;
/// The level of such a heading: below all that have a mark.
const LEVEL: u8 = 6;

/// The heading that such a paragraph begins with; `known` are the names that tables list, `above` is the heading right above it.
pub(super) fn heading(
    (unit, text): (usize, &str),
    known: &BTreeSet<String>,
    above: Option<&Heading>,
) -> Option<Heading> {
    let end = text.find(['(', ':', '，', '。'])?;
    let title = text.get(..end)?;
    let length = title.chars().count();
    let named = title.chars().all(|c| c.is_alphanumeric() || "“”\"、-—/".contains(c));
    // 根据评分标准 leads to a score and names nothing.
    let lead = words::of(Class::ScoreLeadIns).trim_start(title).is_empty();
    let level = lead || words::of(Class::FirstLevels).has(&level_name(title));
    let total = words::of(Class::TotalsOfReport).within(text) || words::of(Class::GradeWords).within(text);
    if !(MIN_NAME..=MAX_NAME).contains(&length) || !named || level || total {
        return None;
    }
    let (points, to) = bracketed(text, end).or_else(|| Some((stated(text, end)?, end)))?;
    // What only begins a sentence is a name where a table has it.
    let set_apart = text.get(to..).is_some_and(|rest| rest.starts_with(':')) || known.contains(title);
    // What has the points of the heading above it is the paragraph on that.
    let own = above
        .is_some_and(|above| !above.in_line && above.points.is_some_and(|other| other.value == points.value));
    let fits = points.value <= Number::from(MAX_POINTS) && !points.value.is_zero() && set_apart && !own;
    let spot = Spot { unit, from: 0, to };
    let title = title.to_owned();
    fits.then_some(Heading {
        unit,
        level: LEVEL,
        number: None,
        title,
        points: Some(points),
        spot,
        in_line: true,
    })
}

/// Points in brackets behind the name, with a stop behind them and a score in the paragraph.
fn bracketed(text: &str, from: usize) -> Option<(Figure, usize)> {
    let inside = text.get(from..)?.strip_prefix('(')?;
    let inside = inside.get(..inside.find(')')?)?;
    let begin = from.saturating_add(1);
    let figure = points(inside)?;
    let to = begin.saturating_add(inside.len()).saturating_add(1);
    let scored = text.get(to..)?.starts_with([':', '，', '。']) && score(text, to).is_some();
    let shift = |at: usize| at.saturating_add(begin);
    scored.then_some((Figure { from: shift(figure.from), to: shift(figure.to), ..figure }, to))
}

/// The points that a paragraph tells before its score: by a word for them, as a full score, or as what was lost and earned.
fn stated(text: &str, from: usize) -> Option<Figure> {
    let (begin, score) = score(text, from)?;
    let before = text.get(from..begin)?;
    if let Some(named) = last(before, Class::PointsWords) {
        let shift = |at: usize| at.saturating_add(from);
        return Some(Figure { from: shift(named.from), to: shift(named.to), ..named });
    }
    if words::of(Class::FullMarksWords).ends(text.get(..score.from)?) {
        return Some(score);
    }
    let lost = last(before, Class::LostWords)?;
    Some(Figure { value: lost.value.plus(score.value)?, places: lost.places.max(score.places), ..score })
}

/// The score that a paragraph ends with, and where the word for it begins.
fn score(text: &str, from: usize) -> Option<(usize, Figure)> {
    let rest = text.get(from..)?;
    let mut found = None;
    let mut at = 0_usize;
    while let Some((step, word)) = rest.get(at..).and_then(|rest| words::of(Class::ScoreWords).find(rest)) {
        let begin = at.saturating_add(step);
        at = begin.saturating_add(word.len());
        let figure = linked(rest, at).filter(|figure| is_points(rest, figure));
        found = figure.map(|figure| (begin, figure)).or(found);
    }
    let (begin, figure) = found?;
    let shift = |at: usize| at.saturating_add(from);
    Some((shift(begin), Figure { from: shift(figure.from), to: shift(figure.to), ..figure }))
}

/// The last points of a text behind a word of a class.
fn last(text: &str, class: Class) -> Option<Figure> {
    let mut found = None;
    let mut at = 0_usize;
    while let Some((step, word)) = text.get(at..).and_then(|rest| words::of(class).find(rest)) {
        at = at.saturating_add(step).saturating_add(word.len());
        found = linked(text, at).filter(|figure| is_points(text, figure)).or(found);
    }
    found
}
