//! What a document says of one project.

use serde::{Deserialize, Serialize};

use super::{Choice, Kind};
use crate::base::{CellAt, Number, Score, Weight};
use crate::issue::{self, Answered, Fate, Item, Seen};
use crate::model::{
    Case, Entry, Finding, FindingId, FormKind, IndicatorScore, Matter, REVIEW_CONCLUSIONS, Reader,
    ReviewPoint, Severity, State, Verdict, Voice,
};
use crate::returned::{Filled, Judgement, Judgements, Reply};
use crate::score::Scored;

/// What a document says of one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Which document.
    pub kind: Kind,
    /// 项目名称.
    pub project: Option<String>,
    /// 主管部门.
    pub agency: Option<String>,
    /// 实施单位.
    pub unit: Option<String>,
    /// The year.
    pub year: Option<i16>,
    /// The total that the agency gave itself.
    pub stated: Option<Score>,
    /// The total; `None` while it waits.
    pub total: Option<Score>,
    /// What can be earned.
    pub full: Option<Weight>,
    /// The grade.
    pub grade: Option<String>,
    /// Indicators that wait for a person's score.
    pub waiting: usize,
    /// Points by level 2.
    pub levels: Vec<Level>,
    /// What came off.
    pub deductions: Vec<Deduction>,
    /// What is to be mended or explained.
    pub points: Vec<Point>,
    /// What a reviewer wrote on 审核表, by the point that it is of.
    pub opinions: Vec<(String, String)>,
    /// What the reviewer came to there.
    pub conclusion: Option<String>,
}

/// What persons wrote, and what became of what was found before.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The findings held against those of the return that is answered.
    pub answered: Option<&'a Answered>,
    /// What was written beside findings.
    pub replies: &'a [Reply],
    /// What was filled in on 审核表.
    pub judgements: Option<&'a Judgements>,
}

/// Points of a level 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Level 1.
    pub level1: String,
    /// Level 2.
    pub level2: String,
    /// What can be earned.
    pub weight: Weight,
    /// What is.
    pub score: Score,
}

/// What came off an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    /// The indicator.
    pub object: String,
    /// What can be earned.
    pub weight: Weight,
    /// What the agency gave itself.
    pub stated: Option<Score>,
    /// What it earns.
    pub score: Score,
    /// What came off; none where only the agency's own score is another.
    pub points: Option<Score>,
    /// Facts and rule.
    pub why: String,
    /// What the agency said of it.
    pub given: Option<String>,
    /// Whether it still has to say why.
    pub asked: bool,
}

/// Something to be mended or explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What it is of.
    pub object: String,
    /// Its cells in the agency's own form.
    pub place: String,
    /// What is wrong.
    pub facts: String,
    /// What to do; nothing is asked for that was given.
    pub remedy: String,
    /// What the agency said of it.
    pub given: Option<String>,
    /// Whether it was said before.
    pub again: bool,
}

/// Between cells.
const BETWEEN: &str = "、";
/// Points that differ by no more than rounding.
const ROUNDING: &str = "0.05";
/// What is said of a score that the agency gave itself and no rule bears out.
const OWN: &str = "没有可据以测算的评分标准，暂按单位自评得分计列";

/// What a document says of a case; `None` where none follows from its stage and state, or none is wanted.
pub fn subject(
    case: &Case,
    scored: Option<&Scored>,
    findings: &[Finding],
    persons: Said<'_>,
    choice: Choice,
) -> Option<Subject> {
    let items = issue::items(case, findings);
    let items: Vec<&Item> = items
        .iter()
        .filter(|item| item.reader == Reader::Agency && item.severity != Severity::Info)
        .collect();
    let kind = match choice {
        Choice::Nothing => return None,
        Choice::This(kind) => Some(kind).filter(|kind| can_say(*kind, case)),
        Choice::Following => following(case, scored, &items),
    }?;
    let with_points = matches!(kind, Kind::Comments | Kind::Result);
    let scored = scored.filter(|_| with_points);
    let unexplained = |object: &str| {
        let missing = |item: &&&Item| item.findings.iter().any(|one| one.id == FindingId::ReasonMissing);
        items.iter().filter(missing).any(|item| item.object == object)
    };
    let deductions = scored.map(|scored| deductions(case, scored, &unexplained)).unwrap_or_default();
    let covered = |item: &&Item| {
        let led = item.findings.first().is_some_and(|first| first.id.cause() == FindingId::TargetNotMet);
        led && deductions.iter().any(|deduction| deduction.object == item.object)
    };
    // A total that is the sum of the agency's own scores is another only because those are.
    let summed = scored.is_some_and(sums_up);
    let follows = |item: &&&Item| {
        let led = item.findings.first().is_some_and(|first| first.id.cause() == FindingId::TotalDiffers);
        led && summed
    };
    let said = items.iter().filter(|item| belongs(kind, item) && !covered(item) && !follows(item));
    let points = by_object(said.map(|item| point(item, persons.answered, persons.replies)));
    let card = scored.map(|scored| &scored.card);
    let total = card.map(|card| &card.total);
    let own = case.score_form.as_ref().is_some_and(|form| form.kind == FormKind::SelfEvaluation);
    // What came in where agencies and reviewers share the way in may be anybody's word.
    let judged = persons.judgements.filter(|_| kind == Kind::Targets && case.overrides.accepts);
    let seen = judged.map(|_| issue::reviewed(case, findings)).unwrap_or_default();
    Some(Subject {
        kind,
        project: case.project.name.clone(),
        agency: case.project.agency.clone(),
        unit: case.project.unit.clone(),
        year: case.project.year,
        stated: total.filter(|_| own).and_then(|total| total.stated),
        total: total.filter(|total| total.complete).map(|total| total.score),
        full: total.map(|total| total.full),
        grade: total.and_then(|total| total.grade.clone()),
        waiting: card.map_or(0, |card| card.indicators.iter().filter(|one| one.score.is_none()).count()),
        levels: card.map(levels).unwrap_or_default(),
        deductions,
        points,
        opinions: judged.map(|judged| opinions(judged, &seen)).unwrap_or_default(),
        conclusion: judged.filter(|judged| Judgement::hold(judged, &seen)).and_then(conclusion),
    })
}

/// What was written beside the points of a review, where the same is to be seen still.
fn opinions(judged: &Judgements, seen: &[Seen]) -> Vec<(String, String)> {
    let opinion = |seen: &Seen| {
        let judged = judged.get(seen.point.name()).filter(|judged| judged.is_of(seen))?;
        let text = judged.opinion()?.text.trim();
        (!text.is_empty()).then(|| (seen.point.name().to_owned(), text.to_owned()))
    };
    seen.iter().filter_map(opinion).collect()
}

/// The conclusion that was chosen; none where something else was typed.
fn conclusion(judged: &Judgements) -> Option<String> {
    let chosen = judged.get(ReviewPoint::CONCLUSION)?.cells.first().map(|cell: &Filled| cell.text.trim())?;
    REVIEW_CONCLUSIONS.iter().find(|known| **known == chosen).map(|known| (*known).to_owned())
}

/// Whether the total that the agency stated is the sum of its scores.
fn sums_up(scored: &Scored) -> bool {
    let stated: Option<Vec<Score>> = scored.card.indicators.iter().map(|result| result.stated).collect();
    let sum = stated.and_then(Score::sum);
    sum.is_some() && sum == scored.card.total.stated
}

/// The document that follows from where a case is.
fn following(case: &Case, scored: Option<&Scored>, items: &[&Item]) -> Option<Kind> {
    if case.is_declaration_alone() {
        return Some(Kind::Targets);
    }
    let (form, scored) = case.score_form.as_ref().zip(scored)?;
    if form.kind != FormKind::SelfEvaluation {
        // The bureau's own: it goes out when it is whole.
        return scored.card.total.complete.then_some(Kind::Result);
    }
    // What keeps a reviewer from reviewing: figures that are wrong in themselves, or without which there is no score.
    let mut faults = items.iter().filter(|item| belongs(Kind::Correction, item));
    let hinders = |item: &&Item| item.severity == Severity::Error || !scored.card.total.complete;
    if faults.any(hinders) {
        return Some(Kind::Correction);
    }
    (!case.is_without_points()).then_some(Kind::Comments)
}

/// Whether a case has what a document says.
fn can_say(kind: Kind, case: &Case) -> bool {
    match kind {
        Kind::Targets => !case.declared.is_empty(),
        Kind::Correction => case.score_form.is_some() || !case.declared.is_empty(),
        Kind::Comments | Kind::Result => case.score_form.is_some() && !case.is_without_points(),
    }
}

/// Whether a document of this kind speaks of such matters.
fn belongs(kind: Kind, item: &Item) -> bool {
    match kind {
        // There are no scores yet.
        Kind::Targets => !matches!(item.matter, Matter::Scores | Matter::Results | Matter::Ledger),
        Kind::Correction => matches!(item.matter, Matter::Materials | Matter::Form | Matter::Weights),
        Kind::Comments | Kind::Result => true,
    }
}

fn point(item: &Item, answered: Option<&Answered>, replies: &[Reply]) -> Point {
    let mut places: Vec<String> = Vec::new();
    for at in item.findings.iter().filter_map(|finding| finding.at.as_ref()) {
        let place = CellAt::new(at.sheet.name.clone(), at.cell).spoken();
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let answer = |finding: &Finding| {
        let beside = |reply: &&Reply| {
            reply.ids.iter().any(|id| id == finding.id.id())
                && (reply.says(&finding.message) || reply.object == item.object)
        };
        replies.iter().find(beside).map(|reply| reply.text.trim().to_owned())
    };
    let reply = item.findings.iter().find_map(|finding| answer(finding)).filter(|text| !text.is_empty());
    let given = item.given.clone().or(reply);
    // What was explained is not asked for again; what is wrong in the form is.
    let asked = |remedy: &&str| given.is_none() || !remedy.contains("说明原因");
    let remedies: Vec<&str> = item.remedies().into_iter().filter(asked).collect();
    let again =
        item.findings.iter().any(|finding| answered.and_then(|of| of.fate(finding)) == Some(Fate::Open));
    Point {
        object: item.object.clone(),
        place: places.join(BETWEEN),
        facts: item.said(|finding| finding.message.as_str()).join(""),
        remedy: remedies.join(""),
        given,
        again,
    }
}

/// What is of one object is said in one place.
fn by_object(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut all: Vec<Point> = Vec::new();
    for point in points {
        let Some(have) = all.iter_mut().find(|have| have.object == point.object) else {
            all.push(point);
            continue;
        };
        for place in point.place.split(BETWEEN).filter(|place| !place.is_empty()) {
            if !have.place.split(BETWEEN).any(|there| there == place) {
                have.place = [have.place.as_str(), place].join(BETWEEN);
            }
        }
        have.facts.push_str(&point.facts);
        if !have.remedy.contains(&point.remedy) {
            have.remedy.push_str(&point.remedy);
        }
        have.given = have.given.take().or(point.given);
        have.again |= point.again;
    }
    all
}

fn levels(card: &crate::model::Scorecard) -> Vec<Level> {
    let level = |level: &crate::model::LevelScore| Level {
        level1: level.level1.clone(),
        level2: level.level2.clone(),
        weight: level.weight,
        score: level.score,
    };
    card.levels.iter().map(level).collect()
}

/// What came off, in the order of the form; scores that the agency gave itself and that differ by more than rounding, too.
fn deductions(case: &Case, scored: &Scored, unexplained: &dyn Fn(&str) -> bool) -> Vec<Deduction> {
    let rounding: Option<Number> = ROUNDING.parse().ok();
    let deduction = |result: &IndicatorScore| {
        let score = result.score?;
        let points = result.deduction().filter(|points| !points.is_zero() && !points.is_negative());
        let apart = |stated: Score| {
            let by = stated.number().minus(score.number())?;
            let by = if by.is_negative() { Number::from(0).minus(by)? } else { by };
            Some(rounding.is_some_and(|rounding| by > rounding))
        };
        let differs = result.stated.and_then(apart).unwrap_or(false);
        if points.is_none() && !differs {
            return None;
        }
        let form = case.score_form.as_ref()?;
        let indicator = scored.indicator(form, result);
        let shown = |entry: Option<&Entry>| {
            entry.filter(|entry| !entry.is_blank()).map(|entry| entry.shown().trim().to_owned())
        };
        let own = form.kind == FormKind::SelfEvaluation;
        let object = indicator.map_or_else(|| result.name.clone(), |indicator| form.called(indicator));
        Some(Deduction {
            asked: unexplained(&object),
            object,
            weight: result.weight,
            stated: result.stated.filter(|_| own),
            score,
            points,
            why: why(result, shown(indicator.and_then(|indicator| indicator.situation.as_ref())).as_deref()),
            given: shown(indicator.and_then(|indicator| indicator.reason.as_ref())).filter(|_| own),
        })
    };
    scored.card.indicators.iter().filter_map(deduction).collect()
}

/// What is said of a score: facts, distance, rule and points; of one that a person decided the person's words.
pub fn said_of(result: &IndicatorScore) -> Option<&str> {
    let typed = result.overriding.as_ref().filter(|typed| typed.verdict == Verdict::Stands);
    match (result.state, typed.and_then(|typed| typed.reason.as_deref())) {
        (State::Overridden | State::Judged, Some(reason)) => Some(reason),
        (State::Judged, None) if result.voice == Some(Voice::Agency) => Some(OWN),
        (State::Overridden | State::Judged, None) => None,
        _ => result.reason.as_deref(),
    }
}

/// The same, and behind it what the evaluator saw.
pub fn why(result: &IndicatorScore, seen: Option<&str>) -> String {
    let words = match (said_of(result), seen) {
        (Some(said), Some(seen)) => format!("{}：{seen}", said.trim_end_matches('。')),
        (Some(words), None) | (None, Some(words)) => words.to_owned(),
        (None, None) => "经评审认定".to_owned(),
    };
    format!("{}。", words.trim_end_matches(['。', '；', ';']))
}
