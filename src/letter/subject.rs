//! What a document says of one project.

use serde::{Deserialize, Serialize};

use super::choice::{Drafted, State, chosen};
use super::found::{Point, Wanted, points};
use super::funds::funds;
use super::notes::Beside;
use super::row::is_reviewed;
use super::said_once::{Found, elsewhere, restated};
use super::taken::{Deduction, Doubts as _, Sums, Taken, Undecided, taken};
use super::{Choice, Kind};
use crate::base::{Score, Weight};
use crate::issue::{self, Answered, Item, Seen};
use crate::mapping::title::normalise;
use crate::model::{
    Case, Finding, FindingId, LevelScore, REVIEW_CONCLUSIONS, Reader, ReviewPoint, ScoreForm,
};
use crate::returned::{Filled, Judgement, Judgements, Reply};
use crate::score::Scored;
use crate::words::Class;

/// What a document says of one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Which document.
    pub kind: Kind,
    /// 项目名称.
    pub project: Option<String>,
    /// 主管部门.
    pub agency: Option<String>,
    /// 实施单位, where it is another than the department.
    pub unit: Option<String>,
    /// The year.
    pub year: Option<i16>,
    /// Whether the bureau's evaluators scored it; else the agency did, and that is reviewed.
    #[serde(default)]
    pub evaluated: bool,
    /// The total that the agency gave itself.
    pub stated: Option<Score>,
    /// The total; `None` while something of it is open.
    pub total: Option<Score>,
    /// What can be earned.
    pub full: Option<Weight>,
    /// What the points of the indicators come to, where that is something else.
    #[serde(default)]
    pub weights: Option<Weight>,
    /// What there was to spend, and what was spent, as a sentence.
    #[serde(default)]
    pub funds: Option<String>,
    /// The grade.
    pub grade: Option<String>,
    /// What the points come to.
    #[serde(default)]
    pub sums: Option<Sums>,
    /// Points by level 2.
    pub levels: Vec<Level>,
    /// What came off.
    pub deductions: Vec<Deduction>,
    /// What a person of the review has to decide.
    #[serde(default)]
    pub undecided: Vec<Undecided>,
    /// What is to be mended or explained.
    pub points: Vec<Point>,
    /// What is said beside the document, to who sends it out.
    #[serde(default)]
    pub notes: Vec<String>,
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
    /// The year in which the document is drafted.
    pub drafted_in: i16,
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
    /// What is; `None` while something of it is open.
    pub score: Option<Score>,
}

/// What a document says of a case, or why there is none.
pub fn subject(
    case: &Case,
    scored: Option<&Scored>,
    findings: &[Finding],
    persons: Said<'_>,
    choice: Choice,
) -> Drafted {
    let all = issue::items(case, findings);
    let items: Vec<&Item> = all.iter().filter(|item| item.reader == Reader::Agency).collect();
    let form = case.score_form.as_ref();
    let points_of = form.zip(scored).filter(|_| !case.is_without_points());
    let doubts = Found { case, items: &items };
    let own = form.is_some_and(|form| is_reviewed(case, form));
    let everything = points_of.map(|(form, scored)| taken((form, own), scored, &doubts)).unwrap_or_default();
    let off_whole = findings.iter().any(|finding| finding.id == FindingId::WeightsNotTotal);
    let state = State { case, scored, items: &items, undecided: &everything.undecided };
    let kind = match chosen(choice, state) {
        Ok(kind) => kind,
        Err(without) => return without,
    };
    let with_points = matches!(kind, Kind::Comments | Kind::Result);
    let scored = scored.filter(|_| with_points);
    let stated = points_of.and_then(|(_, scored)| scored.card.total.stated);
    let restated = |item: &Item, finding: &Finding| restated(kind, &everything, stated, item, finding);
    let mut points =
        points(kind, &items, persons, |item, finding| elsewhere(kind, &everything, item, finding), restated);
    if kind == Kind::Correction && points.is_empty() {
        return Drafted::Unfit(format!("没有代拟{}：没有发现需要补正的事项。", kind.name()));
    }
    if kind == Kind::Correction {
        let of = points.iter().find_map(|point| point.form.clone());
        if let Some(point) = without_place(&everything.placeless, of, doubts.places()) {
            // With the other indicators, before what is of the whole.
            let named = |point: &Point| {
                let is = |name: &String| point.objects.contains(name);
                form.is_some_and(|form| form.indicators.iter().any(|one| is(&form.called(one))))
            };
            let last = points.iter().rposition(named).map_or(0, |at| at.saturating_add(1));
            points.insert(last, point);
        }
    }
    let other = state.beside(kind);
    let taken = if with_points { everything } else { Taken::default() };
    let full = points_of.map(|(_, scored)| scored.card.total.full);
    let beside = Beside { case, kind, items: &all, taken: &taken, own, full, drafted_in: persons.drafted_in };
    let mut notes = beside.notes();
    notes.extend(other);
    if kind == Kind::Result {
        // What is still asked is no result: it is put to the agency before.
        let (asked, certain): (Vec<Point>, Vec<Point>) =
            points.into_iter().partition(|point| point.wanted == Wanted::Answer);
        points = certain;
        notes.extend(asked.iter().map(|point| {
            let facts = point.facts.concat();
            format!("尚待单位说明、核实，没有写入：{}：{facts}", point.objects.join("、"))
        }));
    }
    let card = scored.map(|scored| &scored.card);
    let total = card.map(|card| &card.total);
    let decided = total.filter(|total| total.complete && taken.undecided.is_empty());
    // What came in where agencies and reviewers share the way in may be anybody's word.
    let judged = persons.judgements.filter(|_| kind == Kind::Targets && case.overrides.accepts);
    let seen = judged.map(|_| issue::reviewed(case, findings)).unwrap_or_default();
    Drafted::Of(Box::new(Subject {
        kind,
        project: case.project.name.clone(),
        agency: case.project.agency.clone(),
        unit: other_unit(case),
        year: case.project.year,
        evaluated: form.is_some() && !own,
        stated: total.filter(|_| form.is_some_and(ScoreForm::has_own_scores)).and_then(|total| total.stated),
        total: decided.map(|total| total.score),
        full: total.map(|total| form.and_then(|form| form.full).filter(|_| off_whole).unwrap_or(total.full)),
        weights: total.map(|total| total.full).filter(|_| off_whole),
        funds: with_points.then(|| funds(case, findings)).flatten(),
        grade: decided.and_then(|total| total.grade.clone()),
        levels: scored.map(|scored| levels(scored, &taken)).unwrap_or_default(),
        sums: taken.sums,
        deductions: taken.deductions,
        undecided: taken.undecided,
        points,
        notes,
        opinions: judged.map(|judged| opinions(judged, &seen)).unwrap_or_default(),
        conclusion: judged.filter(|judged| Judgement::hold(judged, &seen)).and_then(conclusion),
    }))
}

/// What goes back because a quality is not filled in by its scale: without it nobody can review it.
fn without_place(objects: &[String], form: Option<String>, places: String) -> Option<Point> {
    (!objects.is_empty()).then(|| Point {
        objects: objects.to_vec(),
        form,
        facts: vec!["完成情况没有按定性指标的档次填写。".to_owned()],
        asks: vec![places],
        wanted: Wanted::Mended,
        given: None,
        again: false,
    })
}

/// 实施单位, where it is not the department by another name (本级, with or without the place before it).
fn other_unit(case: &Case) -> Option<String> {
    let tails = case.words.of(Class::HeadOffices);
    let bare = |name: &String| {
        let plain = normalise(name);
        tails.strip_end(&plain).map_or(plain.clone(), str::to_owned)
    };
    let unit = case.project.unit.as_ref()?;
    let Some(agency) = &case.project.agency else { return Some(unit.clone()) };
    let (one, other) = (bare(unit), bare(agency));
    (!one.ends_with(&other) && !other.ends_with(&one)).then(|| unit.clone())
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

fn levels(scored: &Scored, taken: &Taken) -> Vec<Level> {
    let level = |level: &LevelScore| Level {
        level1: level.level1.clone(),
        level2: level.level2.clone(),
        weight: level.weight,
        score: Some(level.score).filter(|_| taken.is_decided(scored, level)),
    };
    scored.card.levels.iter().map(level).collect()
}
