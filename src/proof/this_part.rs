//! What a sentence says of the part of the analysis that it stands in, by no name but 该部分.

use super::outline::Outline;
use super::prose::{Prose, Spot};
use super::stated::{Stated, scored};
use crate::words::{self, Class};

/// The score of the part of the analysis that a sentence right below its heading speaks of: `该部分自评得32分`.
pub(super) fn scored_part(prose: &Prose, outline: &Outline, sentence: Spot) -> Option<Stated> {
    let text = prose.at(sentence);
    let rest = words::of(Class::ThisPart).strip(text)?;
    let (points, score) = scored(text, text.len().saturating_sub(rest.len()))?;
    let heading = outline.headings.iter().rev().find(|heading| heading.unit < sentence.unit)?;
    let points = heading.points.or(points);
    let to = sentence.from.saturating_add(score.to);
    let passage = prose.passage(Spot { to, ..sentence }, heading.title.clone());
    Some(Stated {
        name: heading.title.clone(),
        heading: None,
        points,
        score: Some(score),
        lost: None,
        head_points: None,
        passage,
        units: sentence.unit..sentence.unit.saturating_add(1),
        sure: true,
        in_table: false,
    })
}
