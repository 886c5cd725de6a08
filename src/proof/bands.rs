//! The bands of grades as a report prints them, in whatever form, and bands that leave a gap or overlap.

use super::figures::{Figure, figures};
use super::found::Reading;
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Bands of one division into grades.
const MIN_BANDS: usize = 3;
const MAX_BANDS: usize = 6;
/// Characters of a paragraph that holds one band and no more.
const MAX_SHORT: usize = 40;

/// A band: from this total on, up to that.
#[derive(Debug, Clone)]
pub(super) struct Band {
    pub(super) grade: String,
    pub(super) from: Number,
    /// `None` where only its lower end is told.
    to: Option<Number>,
    spot: Spot,
}

/// A grade with its place in a text.
struct Named<'t> {
    grade: &'t str,
    from: usize,
    to: usize,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let bands = bands(reading);
    let pairs = bands.windows(2).filter_map(|pair| match pair {
        [above, below] => Some((above, below, below.to?)),
        _ => None,
    });
    let finding = |(above, below, to): (&Band, &Band, Number)| {
        // 89.99 and 89 end where 90 begins.
        let gap = above.from.minus(to)?;
        let message = if gap > Number::ONE {
            format!(
                "“{}”从{}分起，“{}”到{to}分为止，中间的分数没有等级。",
                above.grade, above.from, below.grade
            )
        } else if gap < Number::ZERO {
            format!(
                "“{}”从{}分起，“{}”到{to}分为止，有分数分属两个等级。",
                above.grade, above.from, below.grade
            )
        } else {
            return None;
        };
        Some(reading.finding(FindingId::ReportContradictsItself, below.spot, "等级划分", message))
    };
    pairs.filter_map(finding).collect()
}

/// The grade that a total has by the bands of the report.
pub(super) fn earned(reading: &Reading, total: Number) -> Option<String> {
    let bands = bands(reading);
    let certain = bands.windows(2).all(|pair| match pair {
        [above, below] => {
            below.to.is_none_or(|to| above.from.minus(to).is_some_and(|gap| gap.abs() <= Number::ONE))
        }
        _ => false,
    });
    let band = bands.iter().find(|band| band.from <= total).filter(|_| certain)?;
    // Between 89 and 90 nothing is told.
    let above = bands.iter().rev().find(|above| above.from > total);
    let between = above.is_some_and(|_| band.to.is_some_and(|to| to < total));
    (!between).then(|| band.grade.clone())
}

/// The bands of the first paragraph that divides the totals, or of a run of short ones, from the highest down.
fn bands(reading: &Reading) -> Vec<Band> {
    let texts: Vec<(usize, &str)> = reading.prose.texts().collect();
    let runs = (0..texts.len()).find_map(|at| {
        let short = |(_, text): &&(usize, &str)| text.chars().count() <= MAX_SHORT;
        let single = texts.get(at..=at)?;
        let begins = single.iter().any(|(_, text)| !named(text).is_empty());
        let run = texts.get(at..)?.iter().take_while(short).take(MAX_BANDS).count();
        let run = texts.get(at..at.saturating_add(run)).unwrap_or_default();
        of_texts(single).or_else(|| of_texts(run).filter(|_| begins))
    });
    runs.unwrap_or_default()
}

/// The bands of paragraphs that are read as one.
fn of_texts(texts: &[(usize, &str)]) -> Option<Vec<Band>> {
    let whole = texts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(";");
    let named = named(&whole);
    if named.len() < MIN_BANDS {
        return None;
    }
    let mut bands = [false, true].into_iter().find_map(|behind| read(&whole, &named, behind))?;
    for band in &mut bands {
        let mut begin = 0_usize;
        for (unit, text) in texts {
            let end = begin.saturating_add(text.len());
            if (begin..=end).contains(&band.spot.from) {
                let at = |place: usize| place.saturating_sub(begin).min(text.len());
                band.spot = Spot { unit: *unit, from: at(band.spot.from), to: at(band.spot.to) };
                break;
            }
            begin = end.saturating_add(1);
        }
    }
    Some(bands)
}

/// The grades of a text that stand for themselves.
fn named(text: &str) -> Vec<Named<'_>> {
    let grades = words::of(Class::GradesOfReport);
    let (leads, tails) = (words::of(Class::GradeEdgesBefore), words::of(Class::GradeEdgesBehind));
    let mut found = Vec::new();
    let mut at = 0_usize;
    while let Some((step, word)) = text.get(at..).and_then(|rest| grades.find(rest)) {
        let from = at.saturating_add(step);
        let to = from.saturating_add(word.len());
        at = to;
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let (Some(head), Some(rest), Some(grade)) = (text.get(..from), text.get(to..), text.get(from..to))
        else {
            continue;
        };
        let begins = edge(head.chars().next_back()) || leads.ends(head);
        if begins && (edge(rest.chars().next()) || tails.begins(rest)) {
            found.push(Named { grade, from, to });
        }
    }
    found
}

/// The bands whose figures stand before their grades, or behind them.
fn read(text: &str, named: &[Named], behind: bool) -> Option<Vec<Band>> {
    let mut bands: Vec<Band> = Vec::new();
    for (at, one) in named.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| named.get(at)).map_or(0, |other| other.to);
        let next = named.get(at.saturating_add(1)).map_or(text.len(), |other| other.from);
        let (from, to) = if behind { (one.to, next) } else { (before, one.from) };
        let segment = text.get(from..to)?;
        // What else is told in front of the division is of other things.
        let segment =
            if behind { segment.split('。').next() } else { segment.rsplit(['。', ':', ';']).next() };
        let segment = segment?;
        let Some((low, high)) = ends(segment) else {
            // What is told of a grade before or behind the division is not of it.
            if bands.len() >= MIN_BANDS && bands.last().is_some_and(|band| band.from.is_zero()) {
                break;
            }
            bands.clear();
            continue;
        };
        // Only what goes down from the last band goes on.
        if bands.last().is_some_and(|last| low >= last.from)
            || bands.iter().any(|band| band.grade == one.grade)
        {
            bands.clear();
        }
        let spot = Spot { unit: 0, from: one.from, to: one.to };
        bands.push(Band { grade: one.grade.to_owned(), from: low, to: high, spot });
        if low.is_zero() {
            break;
        }
    }
    let whole = (MIN_BANDS..=MAX_BANDS).contains(&bands.len())
        && bands.last().is_some_and(|last| last.from.is_zero())
        && bands.first().is_some_and(|first| {
            let top = words::of(Class::TopGrades).has(&first.grade);
            top && first.to.is_none_or(|to| to == Number::from(100)) && first.from >= Number::from(75)
        });
    whole.then_some(bands)
}

/// The lower and the upper end that a piece of text tells.
fn ends(segment: &str) -> Option<(Number, Option<Number>)> {
    let plain: String = segment.chars().map(|c| if matches!(c, ',' | '[') { ' ' } else { c }).collect();
    let included = words::of(Class::EndsIncluded);
    let all: Vec<Figure> = figures(&plain)
        .into_iter()
        .filter(|figure| figure.value <= Number::from(100))
        .filter(|figure| !included.ends(plain.get(..figure.from).unwrap_or_default()))
        .collect();
    let open = words::of(Class::EndsOpenBelow);
    match all.as_slice() {
        [only] => {
            let head = plain.get(..only.from)?;
            let rest = plain.get(only.to..)?.trim_start_matches('分');
            let below = open.begins(rest) || open.ends(head);
            Some(if below { (Number::ZERO, Some(only.value)) } else { (only.value, None) })
        }
        [one, other] => {
            let (low, high) = if one.value <= other.value { (one, other) } else { (other, one) };
            Some((low.value, Some(high.value)))
        }
        _ => None,
    }
}
