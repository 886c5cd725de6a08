//! What became of an agency's points: what came off and why, what a person has still to decide, and the sums of both.

use serde::{Deserialize, Serialize};

use crate::base::{Number, Score, Weight};
use crate::model::{Entry, Indicator, IndicatorScore, ScoreForm, State, Verdict, Voice};
use crate::score::Scored;

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

/// An indicator whose points a person of the review has to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undecided {
    /// The indicator.
    pub object: String,
    /// What can be earned.
    pub weight: Weight,
    /// What the agency gave itself.
    pub stated: Option<Score>,
    /// What is counted until then, if anything.
    pub counted: Option<Score>,
    /// Why it is not decided.
    pub why: String,
}

/// Sums of points, where the total is the sum of the indicators'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// What the agency's scores come to, where each indicator has one.
    pub own: Option<Score>,
    /// The same of the indicators that count.
    pub own_counted: Option<Score>,
    /// What those that count can earn.
    pub full: Weight,
    /// What they earn.
    pub score: Score,
    /// By how much the agency's score of an indicator is above what it earns, or below.
    pub apart: Vec<(String, Number)>,
}

/// What became of the points of a form.
pub(super) struct Taken {
    pub(super) deductions: Vec<Deduction>,
    pub(super) undecided: Vec<Undecided>,
    pub(super) sums: Option<Sums>,
}

/// Points that differ by no more than rounding.
pub(super) const ROUNDING: &str = "0.05";
/// What is said of a score that the agency gave itself and no rule bears out.
const OWN: &str = "没有可据以测算的评分标准，暂按单位自评得分计列";

/// What became of the points of a form; `unexplained` says of which indicator a reason is still asked for.
pub(super) fn taken(form: &ScoreForm, scored: &Scored, unexplained: &dyn Fn(&str) -> bool) -> Taken {
    let own = form.has_own_scores();
    let (mut deductions, mut undecided) = (Vec::new(), Vec::new());
    for result in &scored.card.indicators {
        let indicator = scored.indicator(form, result);
        let object = object(form, indicator, result);
        if let Some((why, counted)) = open(result) {
            let stated = if own { result.stated } else { result.score };
            undecided.push(Undecided { object, weight: result.weight, stated, counted, why });
        } else if let Some(deduction) = deduction(own, indicator, result, object) {
            deductions.push(Deduction { asked: unexplained(&deduction.object), ..deduction });
        }
    }
    Taken { deductions, undecided, sums: sums(form, scored) }
}

fn object(form: &ScoreForm, indicator: Option<&Indicator>, result: &IndicatorScore) -> String {
    indicator.map_or_else(|| result.name.clone(), |indicator| form.called(indicator))
}

fn shown(entry: Option<&Entry>) -> Option<String> {
    entry.filter(|entry| !entry.is_blank()).map(|entry| entry.shown().trim().to_owned())
}

/// What came off; scores that the agency gave itself and that differ by more than rounding, too.
fn deduction(
    own: bool,
    indicator: Option<&Indicator>,
    result: &IndicatorScore,
    object: String,
) -> Option<Deduction> {
    let score = result.score?;
    let points = result.deduction().filter(|points| !points.is_zero() && !points.is_negative());
    let differs = result.stated.and_then(|stated| stated.number().minus(score.number()));
    if points.is_none() && differs.is_none_or(is_rounding) {
        return None;
    }
    Some(Deduction {
        object,
        weight: result.weight,
        stated: result.stated.filter(|_| own),
        score,
        points,
        why: why(result, shown(indicator.and_then(|indicator| indicator.situation.as_ref())).as_deref()),
        given: shown(indicator.and_then(|indicator| indicator.reason.as_ref())).filter(|_| own),
        asked: false,
    })
}

/// Whether scores differ by no more than rounding.
pub(super) fn is_rounding(by: Number) -> bool {
    ROUNDING.parse().is_ok_and(|rounding: Number| by.abs() <= rounding)
}

/// Why a score is a person's to decide, and what counts until then; `None` where it is decided.
pub(super) fn open(result: &IndicatorScore) -> Option<(String, Option<Score>)> {
    let Some(score) = result.score else {
        let why = if result.waits_for_survey {
            "满意度调查结果尚待确认，未评定得分。"
        } else {
            "评分所需的数据或者依据尚待核实，未评定得分。"
        };
        return Some((why.to_owned(), None));
    };
    if !matches!(result.state, State::Judged | State::Overridden) || decided(result).is_some() {
        return None;
    }
    if let Some(band) = result.band.as_ref().filter(|band| !band.contains(score)) {
        let interval = band.interval().replace(' ', "");
        let why =
            format!("所选档次为“{}”，对应{interval}分，填报的{score}分不在区间内，不予确认。", band.grade);
        return Some((why, None));
    }
    let own = result.state == State::Judged && result.voice == Some(Voice::Agency);
    own.then(|| match &result.band {
        Some(band) => {
            let why = format!("定性指标，自评档次为“{}”，得分在对应的区间内，暂按自评得分计列。", band.grade);
            (why, Some(score))
        }
        None => (format!("{OWN}。"), Some(score)),
    })
}

/// What a person said of a score of his that counts for good.
fn decided(result: &IndicatorScore) -> Option<&str> {
    let typed = result.overriding.as_ref().filter(|typed| typed.verdict == Verdict::Stands);
    typed.and_then(|typed| typed.reason.as_deref())
}

/// The sums; none where the total is not that of the indicators.
fn sums(form: &ScoreForm, scored: &Scored) -> Option<Sums> {
    let card = &scored.card;
    let all = || card.indicators.iter();
    if Score::sum(all().filter_map(|result| result.score)) != Some(card.total.score) {
        return None;
    }
    let counted = |result: &&IndicatorScore| open(result).is_none_or(|(_, counted)| counted.is_some());
    let stated = |results: &mut dyn Iterator<Item = &IndicatorScore>| {
        let stated: Option<Vec<Score>> = results.map(|result| result.stated).collect();
        stated.filter(|_| form.has_own_scores()).and_then(Score::sum)
    };
    let apart = |result: &IndicatorScore| {
        let by = result.stated?.number().minus(result.score?.number())?;
        (!by.is_zero()).then(|| (object(form, scored.indicator(form, result), result), by))
    };
    Some(Sums {
        own: stated(&mut all()),
        own_counted: stated(&mut all().filter(counted)),
        full: Weight::sum(
            all().filter(counted).filter(|result| result.extra.is_none()).map(|result| result.weight),
        )?,
        score: Score::sum(all().filter(counted).filter_map(|result| result.score))?,
        apart: all().filter(counted).filter_map(apart).collect(),
    })
}

/// What is said of a score: facts, distance, rule and points; of one that a person decided the person's words.
pub fn said_of(result: &IndicatorScore) -> Option<&str> {
    match (result.state, decided(result)) {
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

/// Whether the form's indicators count of this level all have points that are decided.
pub(super) fn is_decided(scored: &Scored, level: &crate::model::LevelScore) -> bool {
    let of_level = |result: &&IndicatorScore| result.level1 == level.level1 && result.level2 == level.level2;
    let mut inside = scored.card.indicators.iter().filter(of_level);
    level.complete && inside.all(|result| open(result).is_none_or(|(_, counted)| counted.is_some()))
}
