//! What a report states of points and scores: in its paragraphs on indicators, in sentences that name one, in tables.

use std::collections::BTreeSet;

use super::figures::{Figure, figure_at, linked};
use super::found::{level_name, plain_name};
use super::outline::{Heading, Outline};
use super::prose::{Prose, SENTENCE, Spot, pieces};
use super::tables::Grid;
use crate::model::{Passage, Scorecard};
use crate::words::{self, Class};

/// Bytes of a sentence between the points of an indicator and its score.
const MAX_BETWEEN: usize = 180;

/// Names that are looked for in sentences, and their characters.
const MAX_NAMES: usize = 600;
const MAX_NAME: usize = 40;
/// Statements that are compared with each other.
const MAX_STATED: usize = 4_000;

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
    /// Whether its paragraph speaks of no other score.
    pub(super) sure: bool,
    /// Whether it stands in a table.
    pub(super) in_table: bool,
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
pub(super) fn stated(
    prose: &Prose,
    outline: &Outline,
    grids: &[Grid],
    card: Option<&Scorecard>,
) -> Vec<Stated> {
    let mut all = Vec::new();
    for (at, heading) in outline.headings.iter().enumerate() {
        let own = (heading.level >= 2 && outline.below(at).is_empty())
            .then(|| of_indicator(prose, outline, at, heading))
            .flatten();
        all.extend(own.or_else(|| in_heading(prose, heading)));
    }
    for grid in grids {
        rows(grid, &mut all);
    }
    let mut names: BTreeSet<String> = all.iter().map(|stated| plain_name(&stated.name)).collect();
    for level in card.iter().flat_map(|card| &card.levels) {
        names.extend([level_name(&level.level1), level_name(&level.level2)]);
    }
    names.extend(card.iter().flat_map(|card| &card.indicators).map(|result| plain_name(&result.name)));
    if card.is_none() {
        names.extend(words::of(Class::FirstLevels).iter().map(str::to_owned));
    }
    names.retain(|name| (2..=MAX_NAME).contains(&name.chars().count()));
    let names: BTreeSet<String> = names.into_iter().take(MAX_NAMES).collect();
    let results = card.iter().flat_map(|card| &card.indicators);
    let indicators: BTreeSet<String> = results.map(|result| plain_name(&result.name)).collect();
    for sentence in prose.sentences() {
        all.extend(super::this_part::scored_part(prose, outline, sentence));
        named(prose, sentence, (&names, &indicators), &mut all);
        if all.len() >= MAX_STATED {
            break;
        }
    }
    all.truncate(MAX_STATED);
    all
}

/// The scores that a sentence gives to names that it begins its parts with: `决策类指标分值15分，得13分`.
fn named(
    prose: &Prose,
    sentence: Spot,
    (names, indicators): (&BTreeSet<String>, &BTreeSet<String>),
    all: &mut Vec<Stated>,
) {
    let text = prose.at(sentence);
    let told = names.iter().filter(|name| name.chars().count() >= 4 && text.contains(name.as_str()));
    let told: Vec<&String> = told.collect();
    // Names within others are told with them.
    let apart = told
        .iter()
        .filter(|one| !told.iter().any(|other| other.len() > one.len() && other.contains(one.as_str())));
    let only_one = apart.count() == 1 && scores(text) == 1;
    for (from, to) in pieces(text, &['，', '、', ':']) {
        let clause = text.get(from..to).unwrap_or_default();
        let begins = super::outline::mark(clause).map_or(0, |mark| mark.len);
        let body = clause.get(begins..).unwrap_or_default();
        let body = body.strip_prefix("其中").unwrap_or(body);
        let lead = words::of(Class::LevelHeads).strip(body).unwrap_or(body);
        let longest = |text: &str| {
            names.iter().filter(|name| text.starts_with(name.as_str())).max_by_key(|name| name.len()).cloned()
        };
        let Some((name, body)) =
            longest(body).map(|name| (name, body)).or_else(|| Some((longest(lead)?, lead)))
        else {
            continue;
        };
        let start = to.saturating_sub(body.len()).saturating_add(name.len());
        let listed = text.get(to..).is_some_and(|rest| rest.starts_with('、'));
        let own = only_one && !listed && indicators.contains(&name);
        let alone = || {
            // A sentence about one indicator may say its facts before its score.
            let (points, score, _) = phrase(text, from, &name).filter(|_| own)?;
            Some((points, score))
        };
        let Some((points, score)) = scored(text, start).or_else(alone) else { continue };
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(to.saturating_sub(body.len())),
            to: sentence.from.saturating_add(score.to),
        };
        let passage = prose.passage(spot, name.clone());
        let known = |other: &Stated| {
            plain_name(&other.name) == name && other.heading.is_some() && other.units.contains(&sentence.unit)
        };
        if !all.iter().any(known) {
            let units = sentence.unit..sentence.unit.saturating_add(1);
            let (heading, lost, head_points) = (None, None, None);
            all.push(Stated {
                name,
                heading,
                points,
                score: Some(score),
                lost,
                head_points,
                passage,
                units,
                sure: true,
                in_table: false,
            });
        }
    }
}

/// Points and score behind a name, where nothing stands between but what leads to them.
pub(super) fn scored(text: &str, from: usize) -> Option<(Option<Figure>, Figure)> {
    let (tails, leads) = (words::of(Class::LevelTails), words::of(Class::ScoreLeadIns));
    let (points_words, score_words) = (words::of(Class::PointsWords), words::of(Class::ScoreWords));
    let mut at = from;
    let mut points = None;
    for _ in 0..12 {
        let rest = text.get(at..)?;
        let behind = |shorter: &str| text.len().saturating_sub(shorter.len());
        if let Some(shorter) = rest.strip_prefix(['，', ':', '(', ')', '、']) {
            at = behind(shorter);
        } else if let Some(figure) =
            figure_at(text, at).filter(|figure| points.is_none() && followed(text, figure))
        {
            let behind = figure.to.saturating_add("分".len());
            // 14.5分（满分15分）: the score stands before its points.
            if let Some(full) = in_brackets(text, behind) {
                return Some((Some(full), figure));
            }
            points = Some(figure);
            at = behind;
        } else if let Some(figure) = points_words
            .strip(rest)
            .and_then(|shorter| linked(text, behind(shorter)))
            .filter(|figure| followed(text, figure))
        {
            points = Some(figure);
            at = figure.to.saturating_add("分".len());
        } else if let Some(score) = score_words
            .strip(rest)
            .and_then(|shorter| linked(text, behind(shorter)))
            .filter(|score| followed(text, score))
        {
            let full = in_brackets(text, score.to.saturating_add("分".len()));
            return Some((points.or(full), score));
        } else if let Some(shorter) = tails.strip(rest).or_else(|| leads.strip(rest)) {
            at = behind(shorter);
        } else {
            return None;
        }
    }
    None
}

/// Points that stand in brackets by themselves: `（满分15分）`.
pub(super) fn in_brackets(text: &str, from: usize) -> Option<Figure> {
    let inside = text.get(from..)?.strip_prefix('(')?;
    let rest = words::of(Class::PointsWords).strip(inside)?;
    let figure =
        linked(text, text.len().saturating_sub(rest.len())).filter(|figure| followed(text, figure))?;
    text.get(figure.to..)?.strip_prefix('分')?.starts_with(')').then_some(figure)
}

/// The score that stands beside the points of a heading: `（二）过程情况（15分，得12分）`.
fn in_heading(prose: &Prose, heading: &Heading) -> Option<Stated> {
    let text = prose.text(heading.unit);
    let points = heading.points?;
    let (_, score) = scored(text, points.to.saturating_add("分".len()))?;
    let spot = Spot { to: score.to, ..heading.spot };
    Some(Stated {
        name: heading.title.clone(),
        heading: None,
        points: heading.points,
        score: Some(score),
        lost: None,
        head_points: heading.points,
        passage: prose.passage(spot, heading.title.clone()),
        units: 0..0,
        sure: true,
        in_table: false,
    })
}

/// What the paragraph of an indicator says: the one score that it comes to.
fn of_indicator(prose: &Prose, outline: &Outline, at: usize, heading: &Heading) -> Option<Stated> {
    let units = outline.extent(at);
    let phrases: Vec<Phrase> = units.clone().flat_map(|unit| phrases(prose, unit, &heading.title)).collect();
    let last = *phrases.last()?;
    // Where a paragraph comes to several scores it is not certain which is meant.
    let agree = phrases.iter().all(|phrase| phrase.score.value == last.score.value);
    // Several paragraphs that come to the same are those of several indicators, unless the heading has their very points.
    let one = phrases.len() == 1
        || heading.points.map(|points| points.value) == last.points.map(|points| points.value);
    if !agree || !one || (last.points.is_none() && heading.points.is_none()) {
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
        sure: units.clone().map(|unit| scores(prose.text(unit))).sum::<usize>() == 1,
        in_table: false,
        units,
    })
}

/// How many scores a text speaks of, whatever is meant by them.
fn scores(text: &str) -> usize {
    let words = words::of(Class::ScoreWords);
    let mut count = 0_usize;
    let mut at = 0_usize;
    while let Some((step, word)) = text.get(at..).and_then(|rest| words.find(rest)) {
        at = at.saturating_add(step).saturating_add(word.len());
        let found = linked(text, at).is_some_and(|score| followed(text, &score));
        count = count.saturating_add(usize::from(found));
    }
    count
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
pub(super) fn phrase(text: &str, from: usize, name: &str) -> Option<Found> {
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
            sure: true,
            in_table: true,
        });
    }
}
