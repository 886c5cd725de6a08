//! Points, what was taken off, the score and its rate in one sentence, whatever it is of: `分值5分，扣1分，得4分`,
//! `满分40分，得36分，得分率为90%`.

use super::figures::{Figure, figure_at, figures, linked};
use super::found::Reading;
use super::prose::Spot;
use super::quantities::percent;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let sentences = reading.prose.sentences();
    sentences
        .flat_map(|sentence| [of_sentence(reading, sentence), beyond(reading, sentence)])
        .flatten()
        .collect()
}

/// A score above the full score behind it: `得6分（满分5分）`.
fn beyond(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let (at, word) = words::of(Class::ScoreWords).iter().find_map(|word| {
        text.match_indices(word).find(|(at, word)| {
            let score = linked(text, at.saturating_add(word.len()));
            score.is_some_and(|score| text.get(score.to..).is_some_and(|rest| rest.starts_with("分(")))
        })
    })?;
    let score = linked(text, at.saturating_add(word.len()))?;
    let points = super::stated::in_brackets(text, score.to.saturating_add("分".len()))?;
    (score.value > points.value).then(|| {
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(score.from),
            to: sentence.from.saturating_add(points.to),
        };
        let message = format!("得分{}分高于满分{}分。", score.value, points.value);
        reading.finding(FindingId::ReportContradictsItself, spot, "得分", message)
    })
}

fn of_sentence(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    if words::of(Class::ConditionsOfScores).within(text) {
        return None;
    }
    let points = only(text, Class::PointsWords)?;
    let score = only(text, Class::ScoreWords).filter(|score| score.from > points.from)?;
    let all = figures(text).into_iter().filter(|figure| is_points(text, figure)).count();
    let place = |figure: &Figure| Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(figure.from),
        to: sentence.from.saturating_add(figure.to),
    };
    if let Some(rate) = rate(text, score.to).filter(|_| all == 2) {
        let exact = percent(score.value, points.value)?;
        if rate.tells(exact) {
            return None;
        }
        let message = format!(
            "得分率写的是{}%，按得分{}和分值{}计算为{}%。",
            rate.value,
            score.value,
            points.value,
            exact.round(2)
        );
        return Some(reading.finding(FindingId::ReportArithmeticWrong, place(&rate), "得分率", message));
    }
    // What the paragraph on an indicator says is looked at with its heading.
    let of_indicator =
        reading.stated.iter().any(|one| one.heading.is_some() && one.units.contains(&sentence.unit));
    let lost = only(text, Class::LostWords).filter(|_| all == 3 && !of_indicator)?;
    let left = points.value.minus(lost.value)?;
    (left != score.value).then(|| {
        let message =
            format!("分值{}分，扣{}分，应得{left}分，写的是{}分。", points.value, lost.value, score.value);
        reading.finding(FindingId::ReportContradictsItself, place(&score), "得分", message)
    })
}

/// The one figure of points behind a word of a class; `None` where there are several.
fn only(text: &str, class: Class) -> Option<Figure> {
    let mut found: Option<Figure> = None;
    let mut at = 0_usize;
    while let Some((step, word)) = text.get(at..).and_then(|rest| words::of(class).find(rest)) {
        at = at.saturating_add(step).saturating_add(word.len());
        let Some(figure) = linked(text, at).filter(|figure| is_points(text, figure)) else { continue };
        if found.is_some_and(|other| other.from != figure.from) {
            return None;
        }
        found = Some(figure);
    }
    found
}

/// The rate of a score behind it.
fn rate(text: &str, from: usize) -> Option<Figure> {
    let (at, word) = words::of(Class::RatesOfScores).find(text.get(from..)?)?;
    let rest = text.get(from..)?.get(at.saturating_add(word.len())..)?;
    let rest = words::of(Class::ReportFigureLinks).trim_start(rest);
    let figure = figure_at(text, text.len().saturating_sub(rest.len()))?;
    text.get(figure.to..)?.starts_with('%').then_some(figure)
}

/// Whether 分 ends a part of the sentence behind a figure.
pub(super) fn is_points(text: &str, figure: &Figure) -> bool {
    let behind = text.get(figure.to..).and_then(|rest| rest.strip_prefix('分'));
    behind.is_some_and(|rest| rest.chars().next().is_none_or(|c| "。，;)".contains(c)))
}
