//! Points and scores of indicators and levels: against the score sheet, and against what else the report says of them.

use super::found::{Reading, at, level_name, plain_name};
use super::stated::Stated;
use crate::base::Number;
use crate::model::{Finding, FindingId, Scorecard, State};

/// What the score sheet says of a name.
struct Known {
    points: Number,
    score: Option<Number>,
    /// The score that the agency typed, where the rule gives another.
    typed: Option<Number>,
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
        let score = result.score.filter(|_| result.state != State::Pending).map(|score| score.number());
        let typed = result.stated.map(|score| score.number()).filter(|typed| Some(*typed) != score);
        return Some(Known { points: result.weight.number(), score, typed });
    }
    let level = level_name(name);
    let of_second: Vec<_> = card.levels.iter().filter(|one| level_name(&one.level2) == level).collect();
    if let [one] = of_second.as_slice() {
        let score = one.complete.then(|| one.score.number());
        return Some(Known { points: one.weight.number(), score, typed: None });
    }
    let of_first: Vec<_> = card.levels.iter().filter(|one| level_name(&one.level1) == level).collect();
    if of_first.is_empty() || !of_second.is_empty() {
        return None;
    }
    let points = Number::sum(of_first.iter().map(|one| one.weight.number()))?;
    let score = Number::sum(of_first.iter().map(|one| one.score.number()))?;
    let complete = of_first.iter().all(|one| one.complete);
    Some(Known { points, score: complete.then_some(score), typed: None })
}

fn against_sheet(stated: &Stated, known: &Known) -> Vec<Finding> {
    let mut findings = Vec::new();
    let name = &stated.name;
    let id = FindingId::ReportScoreSentenceDiffers;
    let points = [stated.head_points, stated.points].into_iter().flatten();
    // A first level may be told with its satisfaction (效益35分), which only the sums of its headings decide.
    let whole = stated.heading.is_some() || stated.score.is_some();
    if let Some(points) = points.into_iter().find(|points| points.value != known.points).filter(|_| whole) {
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
    let mut same = others.filter(|other| plain_name(&other.name) == name);
    let Some(other) = same.next() else { return Vec::new() };
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
