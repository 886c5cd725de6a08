//! What became of an agency's points: what came off and why, what a person has still to decide, and the sums of both.

use serde::{Deserialize, Serialize};

use super::row::{OWN, Row, is_reviewed, seen};
use super::said_once::Found;
use crate::base::{Number, Score, Weight};
use crate::issue::{self, Item};
pub(super) use crate::model::is_rounding;
use crate::model::{
    Case, Entry, Finding, Indicator, IndicatorScore, Reader, ScoreForm, State, TO_DECIDE, UNSCORED, Verdict,
    Voice,
};
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
    /// What it still has to say.
    #[serde(default)]
    pub ask: Option<String>,
    /// What is to be mended.
    #[serde(default)]
    pub mend: Option<String>,
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
    /// What the review comes to for now, counted or not; none of one that has no score yet.
    #[serde(default)]
    pub for_now: Option<Score>,
    /// Why it is not decided.
    pub why: String,
    /// The points among which it is decided where nothing else comes.
    #[serde(default)]
    pub within: Option<String>,
}

impl Undecided {
    /// What it is called: a score that is there is decided, one that is not is given.
    pub fn word(&self) -> &'static str {
        if self.for_now.is_some() { TO_DECIDE } else { UNSCORED }
    }
}

/// Sums of points, where the total is the sum of the indicators'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// What the agency's scores come to, where each indicator has one.
    pub own: Option<Score>,
    /// The same of the indicators of which nothing is open.
    pub own_counted: Option<Score>,
    /// What those can earn.
    pub full: Weight,
    /// What they earn.
    pub score: Score,
    /// What all scores come to for now, those that wait for a decision among them.
    #[serde(default)]
    pub for_now: Score,
    /// By how much the agency's score of an indicator is above what it earns, or below.
    pub apart: Vec<(String, Number)>,
}

/// What became of the points of a form.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) deductions: Vec<Deduction>,
    pub(super) undecided: Vec<Undecided>,
    pub(super) sums: Option<Sums>,
    /// What evaluators wrote of indicators: what they took points off for, and what they gave all points for.
    pub(super) seen: Vec<Seen>,
    /// Indicators from which points came off by a rule that no form states.
    pub(super) by_convention: Vec<String>,
    /// Indicators that the agency scored below what their rules give.
    pub(super) raised: Vec<String>,
    /// Indicators whose figures were found doubtful.
    pub(super) figured: Vec<String>,
    /// Qualities of which it is not said which place of a scale they reached.
    pub(super) placeless: Vec<String>,
    /// Of each indicator whether its points count.
    counted: Vec<bool>,
}

/// What an evaluator wrote of an indicator.
pub(super) struct Seen {
    pub(super) words: String,
    /// Whether points came off.
    pub(super) off: bool,
}

/// What was found about an indicator that its score depends on.
pub(super) trait Doubts {
    /// Whether a reason is still asked for.
    fn unexplained(&self, object: &str) -> bool;
    /// What was found because of which a score that rule and agency agree on is a person's to decide, and what is asked.
    fn doubt(&self, object: &str) -> Option<(String, String)>;
    /// What was found because of which the figures that a score rests on may not hold, and what is asked.
    fn figure(&self, object: &str) -> Option<(String, String)>;
    /// What was found in how the row is filled in, and what is asked.
    fn filled(&self, object: &str) -> Option<(String, String)>;
    /// How late it was done, and what is asked; `given` is whether the agency said why.
    fn late(&self, object: &str, given: bool) -> Option<(String, String)>;
    /// Whether a text is the form's own instruction, and nobody's answer.
    fn is_instruction(&self, text: &str) -> bool;
    /// The places of a scale, and that one of them is to be named.
    fn places(&self) -> String;
    /// What is to be mended where points came off; `given` is the agency's reason, `own` whether it scored itself.
    fn mend(&self, indicator: Option<&Indicator>, given: Option<&str>, own: bool) -> String;
    /// Whether a reason says what is done about it.
    fn says_what_is_done(&self, reason: &str) -> bool;
}

/// What is asked where points came off and nobody said why, or what is done about it.
const WHY: &str = "请说明原因和改进措施。";
/// The same where something else is asked before: of what was not reached, or exceeded.
const WHY_MISSED: &str = "请说明没有达到指标值的原因和改进措施。";
const WHY_ABOVE: &str = "请说明高于指标值的原因和改进措施。";
const MEASURES: &str = "请补充改进措施。";
/// What is said where the form does not say what a target that is exceeded earns.
const BY_CONVENTION: &str = "表中没有写明超出指标值的评分标准，暂按超出的比例计算。";

/// The indicators of a case whose points a person has still to decide, with why: whatever speaks of them asks here.
pub fn undecided(case: &Case, scored: &Scored, findings: &[Finding]) -> Vec<Undecided> {
    let Some(form) = case.score_form.as_ref().filter(|_| !case.is_without_points()) else {
        return Vec::new();
    };
    let all = issue::items(case, findings);
    let items: Vec<&Item> = all.iter().filter(|item| item.reader == Reader::Agency).collect();
    taken((form, is_reviewed(case, form)), scored, &Found { case, items: &items }).undecided
}

/// Holds grade and total open while points count on no paper because of what was found, and calls the grade provisional
/// while points that count wait for a decision; what a person decided stays.
pub fn hold_open(case: &Case, scored: &mut Scored, findings: &[Finding]) {
    let undecided = undecided(case, scored, findings);
    let total = &mut scored.card.total;
    total.provisional = !undecided.is_empty() && total.overriding.is_none();
    let waits: Vec<&Undecided> = undecided.iter().filter(|one| one.counted.is_none()).collect();
    let Some(form) = case.score_form.as_ref().filter(|_| !waits.is_empty()) else { return };
    // Those that have a score wait still when a person fills in what others lack.
    let has_score = |one: &&Undecided| {
        let mut results = scored.card.indicators.iter().filter(|result| result.score.is_some());
        results.any(|result| object(form, scored.indicator(form, result), result) == one.object)
    };
    let held = waits.iter().any(has_score);
    let total = &mut scored.card.total;
    if total.overriding.is_some() {
        return;
    }
    total.open |= held || total.complete;
    total.complete = false;
    total.grade = None;
}

/// What became of the points of a form; `own` says whether what the agency scored itself is reviewed in it.
pub(super) fn taken((form, own): (&ScoreForm, bool), scored: &Scored, doubts: &dyn Doubts) -> Taken {
    let mut all = Taken::default();
    let mut settled = Vec::new();
    for result in &scored.card.indicators {
        let indicator = scored.indicator(form, result);
        let object = object(form, indicator, result);
        let words = seen(indicator, own).filter(|_| !own);
        let off = result.deduction().is_some_and(|points| !points.is_zero());
        all.seen.extend(words.map(|words| Seen { words, off }));
        let row = Row { form, indicator, result, own };
        let placeless = row.lacks_place() && doubts.filled(&object).is_none();
        all.placeless.extend(placeless.then(|| object.clone()));
        let raised = row.raised();
        all.raised.extend(raised.is_some().then(|| object.clone()));
        let open = row
            .open(
                || doubts.filled(&object).or_else(|| doubts.late(&object, row.given().is_some())),
                || doubts.places(),
            )
            .or(raised)
            .or_else(|| row.doubted(doubts.doubt(&object)?));
        let exceeded = own && form.is_by_convention(result);
        let convention = if exceeded { BY_CONVENTION } else { "" };
        let figured = open.is_none().then(|| row.figured(doubts.figure(&object)?, convention)).flatten();
        all.figured.extend(figured.is_some().then(|| object.clone()));
        let unexplained = figured.is_some() && doubts.unexplained(&object);
        all.by_convention.extend((exceeded && (figured.is_some() || open.is_none())).then(|| object.clone()));
        let open = open.or(figured);
        all.counted.push(open.as_ref().is_none_or(|(_, counted)| counted.is_some()));
        settled.push(open.is_none());
        if let Some((why, counted)) = open {
            let stated = if own { result.stated } else { result.score };
            let judged = result.state == State::Judged && doubts.unexplained(&object);
            let less = result.deduction().filter(|less| judged && !less.is_zero());
            let less = less.map(|less| format!("自评扣{less}分，没有说明原因，请说明。")).unwrap_or_default();
            let reason = match unexplained {
                true if exceeded => WHY_ABOVE,
                true => WHY_MISSED,
                false => "",
            };
            let why = tight(&format!("{why}{less}{reason}"));
            let (weight, for_now) = (result.weight, result.score);
            let within = row.kept_within();
            all.undecided.push(Undecided { object, weight, stated, counted, for_now, why, within });
        } else if let Some(deduction) = row.deduction(object) {
            let given = deduction.given.clone().filter(|given| !doubts.is_instruction(given));
            let mend = doubts.mend(indicator, deduction.given.as_deref(), own);
            let ask = match &given {
                Some(given) if doubts.says_what_is_done(given) => None,
                Some(_) if !doubts.unexplained(&deduction.object) => Some(MEASURES),
                // Evaluators say themselves what they saw; the budget's row has no place for a reason.
                _ => Some(WHY).filter(|_| own && result.index.is_some()),
            };
            all.deductions.push(Deduction {
                ask: ask.map(str::to_owned),
                mend: Some(mend),
                why: tight(&format!("{}{convention}", deduction.why)),
                given,
                ..deduction
            });
        }
    }
    all.sums = sums((form, own), scored, &settled);
    all
}

fn object(form: &ScoreForm, indicator: Option<&Indicator>, result: &IndicatorScore) -> String {
    indicator.map_or_else(|| result.name.clone(), |indicator| form.called(indicator))
}

pub(super) fn shown(entry: Option<&Entry>) -> Option<String> {
    entry.filter(|entry| !entry.is_blank()).map(|entry| entry.shown().trim().to_owned())
}

/// What a person said of a score of his that counts for good.
pub(super) fn decided(result: &IndicatorScore) -> Option<&str> {
    let typed = result.overriding.as_ref().filter(|typed| typed.verdict == Verdict::Stands);
    typed.and_then(|typed| typed.reason.as_deref())
}

/// The sums; none where the total is not that of the indicators.
fn sums((form, own): (&ScoreForm, bool), scored: &Scored, settled: &[bool]) -> Option<Sums> {
    let card = &scored.card;
    let all = || card.indicators.iter();
    if Score::sum(all().filter_map(|result| result.score)) != Some(card.total.score) {
        return None;
    }
    let counting = || all().zip(settled).filter(|(_, settled)| **settled).map(|(result, _)| result);
    let stated = |results: &mut dyn Iterator<Item = &IndicatorScore>| {
        let stated: Option<Vec<Score>> = results.map(|result| result.stated).collect();
        stated.filter(|_| own).and_then(Score::sum)
    };
    let apart = |result: &IndicatorScore| {
        let by = result.stated?.number().minus(result.score?.number())?;
        (!by.is_zero()).then(|| (object(form, scored.indicator(form, result), result), by))
    };
    Some(Sums {
        own: stated(&mut all()),
        own_counted: stated(&mut counting()),
        full: Weight::sum(counting().filter(|result| result.extra.is_none()).map(|result| result.weight))?,
        score: Score::sum(counting().filter_map(|result| result.score))?,
        for_now: card.total.score,
        apart: counting().filter_map(apart).collect(),
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
        // What was seen comes before what it is held against.
        (Some(said), Some(seen)) => {
            format!("{}。对照评分标准：{said}", seen.trim_end_matches(['。', '；', ';']))
        }
        (Some(words), None) | (None, Some(words)) => words.to_owned(),
        (None, None) if result.state == State::Computed => "达到指标值，得满分".to_owned(),
        (None, None) => "经评审认定".to_owned(),
    };
    format!("{}。", words.trim_end_matches(['。', '；', ';']))
}

impl Taken {
    /// Whether the indicators of a level all have points that count.
    pub(super) fn is_decided(&self, scored: &Scored, level: &crate::model::LevelScore) -> bool {
        let of_level =
            |result: &IndicatorScore| result.level1 == level.level1 && result.level2 == level.level2;
        let mut inside =
            scored.card.indicators.iter().zip(&self.counted).filter(|(result, _)| of_level(result));
        level.complete && inside.all(|(_, counted)| *counted)
    }
}

/// A sentence without the blanks that set off its figures: `扣 2 分` is `扣2分` in a document.
pub(super) fn tight(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let wide = |sign: Option<&char>| sign.is_some_and(|sign| !sign.is_ascii() && !sign.is_whitespace());
    let figure = |sign: Option<&char>| sign.is_some_and(|sign| sign.is_ascii_digit() || *sign == '%');
    let kept = |(at, sign): &(usize, &char)| {
        let before = at.checked_sub(1).and_then(|before| signs.get(before));
        let after = at.checked_add(1).and_then(|after| signs.get(after));
        **sign != ' ' || !(wide(before) && figure(after) || figure(before) && wide(after))
    };
    signs.iter().enumerate().filter(kept).map(|(_, sign)| *sign).collect()
}
