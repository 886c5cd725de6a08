//! What a report states of points and scores: in its paragraphs on indicators, in sentences that name one, in tables.

use super::figures::{Figure, figure_at, linked};
use super::found::{level_name, plain_name};
use super::outline::{Heading, Outline};
use super::prose::{Prose, SENTENCE, Spot, pieces};
use super::tables::Grid;
use crate::model::Passage;
use crate::words::{self, Class};

/// Bytes of a sentence between the points of an indicator and its score.
const MAX_BETWEEN: usize = 180;

/// Points and score of something, as a report states them.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    /// Of what: an indicator or a level, as it is written.
    pub(super) name: String,
    /// The place of its heading among the headings; `None` where it is no paragraph of an indicator.
    pub(super) heading: Option<usize>,
    pub(super) points: Option<Figure>,
    pub(super) score: Option<Figure>,
    pub(super) lost: Option<Figure>,
    /// The points of the heading, where they are stated apart.
    pub(super) head_points: Option<Figure>,
    pub(super) passage: Passage,
    /// The units of its paragraph.
    pub(super) units: std::ops::Range<usize>,
}

/// A score with what stands beside it.
#[derive(Debug, Clone, Copy)]
struct Phrase {
    points: Option<Figure>,
    score: Figure,
    lost: Option<Figure>,
    spot: Spot,
}

/// All that is stated.
pub(super) fn stated(prose: &Prose, outline: &Outline, grids: &[Grid]) -> Vec<Stated> {
    let mut all = Vec::new();
    for (at, heading) in outline.headings.iter().enumerate() {
        if heading.level < 2 || !outline.below(at).is_empty() {
            continue;
        }
        all.extend(of_indicator(prose, outline, at, heading));
    }
    for grid in grids {
        rows(grid, &mut all);
    }
    all
}

/// What the paragraph of an indicator says: the one score that it comes to.
fn of_indicator(prose: &Prose, outline: &Outline, at: usize, heading: &Heading) -> Option<Stated> {
    let units = outline.extent(at);
    let phrases: Vec<Phrase> = units.clone().flat_map(|unit| phrases(prose, unit, &heading.title)).collect();
    let last = *phrases.last()?;
    // Where a paragraph comes to several scores it is not certain which is meant.
    let agree = phrases.iter().all(|phrase| phrase.score.value == last.score.value);
    if !agree || (last.points.is_none() && heading.points.is_none()) {
        return None;
    }
    Some(Stated {
        name: heading.title.clone(),
        heading: Some(at),
        points: last.points.or(heading.points),
        score: Some(last.score),
        lost: last.lost,
        head_points: heading.points,
        passage: prose.passage(last.spot, heading.title.clone()),
        units,
    })
}

/// The scores that a unit states for good: not those that its criterion promises.
fn phrases(prose: &Prose, unit: usize, name: &str) -> Vec<Phrase> {
    let text = prose.text(unit);
    let sentences = pieces(text, &SENTENCE);
    sentences
        .filter_map(|(from, to)| {
            phrase(text.get(..to)?, from, name).map(|(points, score, lost)| {
                let begin = points.map_or(score.from, |points| points.from.min(score.from));
                Phrase { points, score, lost, spot: Spot { unit, from: begin, to: score.to } }
            })
        })
        .collect()
}

type Found = (Option<Figure>, Figure, Option<Figure>);

/// The score that a sentence states last, with points and deduction beside it; the sentence ends where the text does.
fn phrase(text: &str, from: usize, name: &str) -> Option<Found> {
    let scores = words::of(Class::ScoreWords);
    let mut found = None;
    let mut at = from;
    while let Some((step, word)) = text.get(at..).and_then(|rest| scores.find(rest)) {
        let begin = at.saturating_add(step);
        at = begin.saturating_add(word.len());
        let Some(score) = linked(text, at).filter(|score| followed(text, score)) else { continue };
        if is_final(text.get(from..begin)?, name) {
            found = Some((begin, score));
        }
    }
    let (begin, score) = found?;
    let sentence = text.get(from..begin)?;
    let points = last_of(sentence, Class::PointsWords)
        .filter(|points| begin.saturating_sub(from.saturating_add(points.to)) <= MAX_BETWEEN);
    let shift = |figure: Figure| Figure {
        from: figure.from.saturating_add(from),
        to: figure.to.saturating_add(from),
        ..figure
    };
    Some((points.map(shift), score, lost(text.get(from..)?).map(shift)))
}

/// Whether 分 follows a figure, and nothing that makes another thing of it (分钟, 分以上).
fn followed(text: &str, figure: &Figure) -> bool {
    let behind = text.get(figure.to..).and_then(|rest| rest.strip_prefix('分'));
    behind.is_some_and(|rest| !rest.starts_with(['钟', '公', '值', '以', '/', '之', '为', '至', '-', '~']))
}

/// Whether what stands before a score in its sentence leads to it, and sets no condition.
fn is_final(before: &str, name: &str) -> bool {
    let clause = before.rsplit(['，', ':', ',', '、', '(']).next().unwrap_or(before);
    let mut rest = clause;
    let leads = words::of(Class::ScoreLeadIns);
    loop {
        if rest.is_empty() {
            return true;
        }
        let named = rest.strip_prefix(name).filter(|_| !name.is_empty());
        let number = || {
            // 扣0.5分后得, 分值2分得: the figure is read elsewhere.
            let lost = rest.strip_prefix('扣').or_else(|| words::of(Class::PointsWords).strip(rest))?;
            let lost = lost.trim_start_matches(['为', '是', '除']);
            let figure = figure_at(lost, 0)?;
            lost.get(figure.to..)?.strip_prefix('分').map(|rest| rest.trim_start_matches('后'))
        };
        match named.or_else(|| leads.strip(rest)).or_else(number) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
}

/// The last figure of a text behind a word of a class, with 分 behind it.
fn last_of(text: &str, class: Class) -> Option<Figure> {
    let words = words::of(class);
    let mut found = None;
    let mut at = 0_usize;
    while let Some((step, word)) = text.get(at..).and_then(|rest| words.find(rest)) {
        at = at.saturating_add(step).saturating_add(word.len());
        found = linked(text, at).filter(|figure| followed(text, figure)).or(found);
    }
    found
}

/// What a sentence says was taken off, where it says that once: 扣2分.
fn lost(sentence: &str) -> Option<Figure> {
    let places: Vec<usize> =
        sentence.match_indices('扣').map(|(at, sign)| at.saturating_add(sign.len())).collect();
    let read = |at: &usize| {
        let rest = sentence.get(*at..)?;
        let skipped = rest
            .len()
            .saturating_sub(rest.trim_start_matches(['除', '减', '掉', '分', '了', ':', '为']).len());
        figure_at(sentence, at.saturating_add(skipped)).filter(|figure| followed(sentence, figure))
    };
    match places.as_slice() {
        [only] => {
            let before = sentence.get(..*only)?;
            let conditional = before.rsplit(['，', '、']).next().is_some_and(|clause| clause.contains('每'));
            if conditional { None } else { read(only) }
        }
        _ => None,
    }
}

/// The rows of a table that has points or scores, by the name before them.
fn rows(grid: &Grid, all: &mut Vec<Stated>) {
    let (points, score) = (grid.column(Class::ColumnsOfPoints), grid.column(Class::ColumnsOfScores));
    let Some(first) = points.into_iter().chain(score).min() else { return };
    for row in grid.rows.iter().filter(|row| !row.is_sum() && !row.is_part_sum()) {
        let Some((_, name)) = row.name_before(first) else { continue };
        let read = |col: Option<u32>| col.and_then(|col| row.number(col));
        let (points, score) = (read(points), read(score));
        if name.is_empty() || (points.is_none() && score.is_none()) {
            continue;
        }
        all.push(Stated {
            name: name.to_owned(),
            heading: None,
            points,
            score,
            lost: None,
            head_points: None,
            passage: row.passage(name),
            units: 0..0,
        });
    }
}

/// Whether two names are of the same level or indicator.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let (one_plain, other_plain) = (plain_name(one), plain_name(other));
    one_plain == other_plain || level_name(one) == level_name(other)
}
