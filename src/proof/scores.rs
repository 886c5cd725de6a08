//! Points and scores of indicators and levels: against the score sheet, and against what else the report says of them.

use super::found::{Reading, at, level_name, plain_name};
use super::stated::Stated;
use crate::base::{Number, Score};
use crate::model::{Finding, FindingId, IndicatorScore, LevelScore, Scorecard, State};
use crate::words::{self, Class};

/// What the score sheet says of a name.
struct Known {
    points: Number,
    score: Option<Number>,
    /// The score that the agency typed, where the rule gives another.
    typed: Option<Number>,
    /// Whether it is a level of several indicators.
    several: bool,
    /// What a level comes to together with the satisfaction, which may be told as a part of it.
    with_satisfaction: Option<(Number, Number)>,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stated in &reading.stated {
        let known = reading.card().and_then(|card| known(card, &stated.name));
        match &known {
            Some(known) => findings.extend(against_sheet(stated, known)),
            None => findings.extend(against_others(reading, stated)),
        }
        findings.extend(in_itself(stated));
    }
    findings
}

/// What the score sheet says of an indicator, or a level, of this name; `None` where it has none, or several.
fn known(card: &Scorecard, name: &str) -> Option<Known> {
    let plain = plain_name(name);
    let mut indicators = card.indicators.iter().filter(|result| plain_name(&result.name) == plain);
    if let Some(result) = indicators.next() {
        if indicators.next().is_some() {
            return None;
        }
        let score = result.score.filter(|_| result.state != State::Pending).map(Score::number);
        let typed = result.stated.map(Score::number).filter(|typed| Some(*typed) != score);
        let (several, with_satisfaction) = (false, None);
        return Some(Known { points: result.weight.number(), score, typed, several, with_satisfaction });
    }
    let level = level_name(name);
    let of_second: Vec<&LevelScore> =
        card.levels.iter().filter(|one| level_name(&one.level2) == level).collect();
    let of_first: Vec<&LevelScore> =
        card.levels.iter().filter(|one| level_name(&one.level1) == level).collect();
    let own = match (of_second.as_slice(), of_first.as_slice()) {
        ([_], _) => of_second,
        ([], [_, ..]) => of_first,
        _ => return None,
    };
    let sum = |levels: &[&LevelScore]| {
        let points = Number::sum(levels.iter().map(|one| one.weight.number()))?;
        Some((points, Number::sum(levels.iter().map(|one| one.score.number()))?))
    };
    let (points, score) = sum(&own)?;
    let satisfied = |one: &&LevelScore| words::of(Class::Satisfaction).within(&one.level1);
    let both: Vec<&LevelScore> = own.iter().copied().chain(card.levels.iter().filter(satisfied)).collect();
    let with_satisfaction = if own.iter().any(satisfied) { None } else { sum(&both) };
    let complete = own.iter().all(|one| one.complete);
    let inside = |one: &&IndicatorScore| {
        own.iter().any(|level| level.level1 == one.level1 && level.level2 == one.level2)
    };
    let several = card.indicators.iter().filter(inside).count() > 1;
    Some(Known { points, score: complete.then_some(score), typed: None, several, with_satisfaction })
}

fn against_sheet(stated: &Stated, known: &Known) -> Vec<Finding> {
    let mut findings = Vec::new();
    let name = &stated.name;
    let id = FindingId::ReportScoreSentenceDiffers;
    // A paragraph on a level may tell of one of its indicators.
    if known.several && stated.heading.is_some() && (stated.head_points.is_none() || !stated.sure) {
        return findings;
    }
    if let Some((points, score)) = known.with_satisfaction
        && stated.points.is_some_and(|own| own.value == points)
        && stated.score.is_none_or(|own| own.value == score)
    {
        return findings;
    }
    let points = [stated.head_points, stated.points].into_iter().flatten();
    if let Some(points) = points.into_iter().find(|points| points.value != known.points) {
        let message = format!("“{name}”写的分值是{}分，评分表为{}分。", points.value, known.points);
        findings.push(at(id, stated.passage.clone(), message));
    }
    if let Some((score, sheet)) = stated.score.zip(known.score).filter(|(score, sheet)| score.value != *sheet)
    {
        let mut message = format!("“{name}”写的得分是{}分，评分结果为{sheet}分", score.value);
        if known.typed == Some(score.value) {
            message.push_str("（与表中填报的得分相同，与测算结果不同）");
        }
        message.push('。');
        findings.push(at(id, stated.passage.clone(), message));
    }
    findings
}

/// What the report says of the same name elsewhere: only later statements are held against earlier ones.
fn against_others(reading: &Reading, stated: &Stated) -> Vec<Finding> {
    let name = plain_name(&stated.name);
    let others = reading.stated.iter().take_while(|other| !std::ptr::eq(*other, stated));
    let same: Vec<&Stated> = others.filter(|other| plain_name(&other.name) == name).collect();
    // A name that stands for two things, a level and an indicator of it, has said these points before.
    let points = |one: &Stated| one.points.map(|points| points.value);
    if same.len() > 1 && same.iter().any(|other| points(other) == points(stated)) {
        return Vec::new();
    }
    let headings = reading.outline.headings.iter().filter(|heading| plain_name(&heading.title) == name);
    let known: std::collections::BTreeSet<_> =
        headings.filter_map(|heading| heading.points).map(|points| points.value).collect();
    if known.len() > 1 && points(stated).is_some_and(|points| known.contains(&points)) {
        return Vec::new();
    }
    let Some(other) = same.first() else { return Vec::new() };
    let differ = |what: fn(&Stated) -> Option<super::figures::Figure>| {
        let (own, before) = (what(stated)?, what(other)?);
        (own.value != before.value).then_some((own.value, before.value))
    };
    let message = match (differ(|one| one.points), differ(|one| one.score)) {
        (Some((own, before)), _) => {
            format!("“{}”的分值此处为{own}分，{}为{before}分。", stated.name, other.passage.place)
        }
        (None, Some((own, before))) => {
            format!("“{}”的得分此处为{own}分，{}为{before}分。", stated.name, other.passage.place)
        }
        (None, None) => return Vec::new(),
    };
    vec![at(FindingId::ReportContradictsItself, stated.passage.clone(), message)]
}

/// What cannot be of one sentence: more earned than there are points, a deduction that does not add up, other points than the
/// heading has.
fn in_itself(stated: &Stated) -> Option<Finding> {
    let (points, score) = stated.points.zip(stated.score)?;
    let id = FindingId::ReportContradictsItself;
    let name = &stated.name;
    let message = if let Some(head) = stated.head_points.filter(|head| head.value != points.value) {
        if !stated.sure {
            return None;
        }
        format!("“{name}”标题写的分值是{}分，文中为{}分。", head.value, points.value)
    } else if score.value > points.value {
        format!("“{name}”的得分{}分高于分值{}分。", score.value, points.value)
    } else {
        let lost = stated.lost?;
        let left = points.value.minus(lost.value)?;
        if left == score.value {
            return None;
        }
        format!("“{name}”分值{}分，扣{}分，应得{left}分，写的是{}分。", points.value, lost.value, score.value)
    };
    Some(at(id, stated.passage.clone(), message))
}
