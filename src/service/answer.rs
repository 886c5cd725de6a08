//! What a worker says of a submission: what the receipts and the summary need, and no more.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::across::{self, Marks};
use super::question::{self, Questions};
use super::receipt_case::Told;
use super::reporting::Reporting;
use crate::base::{Date, Error, Score, Weight, Yuan};
use crate::export;
use crate::intake::identity::Identity;
use crate::letter;
use crate::mapping::Answered;
use crate::model::{
    ASKED, Accepted, AmountKind, FindingId, Indicator, IndicatorScore, Reader, Severity, TO_DECIDE, UNSCORED,
};
use crate::output::json::{Indicator as IndicatorLine, ItemLine, Report};
use crate::output::text::{Open, open_for};
use crate::pipeline::{CaseOutcome, Written};
use crate::reconcile::stated;

/// The answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum WorkerAnswer {
    /// The results are written: for each file of the submission what was, if anything.
    Scored { cases: Vec<CaseAnswer>, files: Vec<Option<FileAnswer>> },
    /// What a file says of itself.
    Known(Box<Identity>),
    /// The submission cannot be read.
    Refused(Refusal),
    /// What would come of it with something typed; nothing is written of that.
    Tried(Vec<serde_json::Value>),
    /// The evaluation report is written, or why it is not.
    Reported(Reporting),
    /// It bears a secrecy mark, and was not read.
    Marked(Refusal),
}

/// The result of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FileAnswer {
    /// How its name ends (`xlsx`, `xlsm`).
    pub(super) ending: String,
    /// The return that it is; `None` where it is as it came.
    pub(super) mark: Option<Mark>,
}

/// A return, by its record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) id: String,
    /// The return that it answers; empty where it answers none.
    pub(super) parent: String,
    /// SHA-256 of the file that it was made of.
    pub(super) source: String,
}

/// A result, where the worker left it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) path: PathBuf,
    pub(super) answer: FileAnswer,
}

/// Why a submission is handed back, and what its owner can do; both in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) hint: String,
}

impl Refusal {
    /// In the words of an error.
    pub(super) fn of(error: &Error) -> Self {
        Self { message: error.to_string(), hint: error.hint().to_owned() }
    }
}

/// One case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CaseAnswer {
    /// The JSON object that `jixiao score --json` prints.
    pub(super) report: serde_json::Value,
    /// What its receipt says of it.
    pub(super) receipt: Told,
    /// Its row in a summary.
    pub(super) row: Row,
    /// Which of the submission's files has its scored form.
    pub(super) host: usize,
    /// Which of them take part.
    pub(super) files: Vec<usize>,
    /// What stands in the place of our scores and our grade.
    pub(super) accepted: Vec<Accepted>,
    /// The evaluation report, where it was to have one.
    #[serde(default)]
    pub(super) reporting: Option<Reporting>,
    /// Its rows in tables, where they are wanted.
    #[serde(default)]
    pub(super) tables: Vec<export::Row>,
}

/// One project in a summary.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) project: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) year: Option<i16>,
    /// What tells it from all other projects.
    #[serde(default)]
    pub(super) key: String,
    /// The budget in 元: 全年预算数 where there is one, else 年初预算数.
    pub(super) budget: Option<Yuan>,
    /// What was spent: by the ledger where that bears out what is stated or nothing is, else as stated. In 元.
    pub(super) spent: Option<Yuan>,
    pub(super) total: Option<Score>,
    pub(super) full: Option<Weight>,
    /// The grade as it is shown; `None` where nothing is scored.
    pub(super) grade: Option<String>,
    /// Whether its total stands.
    pub(super) complete: bool,
    /// What the indicators can earn whose scores a person has still to decide.
    #[serde(default)]
    pub(super) to_decide: Option<Weight>,
    /// Whether all that keeps it open is what a person is asked: every indicator has a score.
    #[serde(default)]
    pub(super) only_asked: bool,
    /// Whether all that keeps it open are scores that a person of the review has to decide.
    #[serde(default)]
    pub(super) only_decided: bool,
    /// Who decided the scores.
    pub(super) deciders: String,
    pub(super) faults: Vec<Fault>,
    /// What a person is asked about titles of columns.
    pub(super) questions: Questions,
    /// What the document that goes out says of it, or why there is none.
    #[serde(default)]
    pub(super) drafted: letter::Drafted,
    /// The total that the agency gave itself, where it evaluates itself.
    #[serde(default)]
    pub(super) own_total: Option<Score>,
    /// What the scores that it gave itself come to.
    #[serde(default)]
    pub(super) own_sum: Option<Score>,
    /// Its indicators on which the agency and the review are apart.
    #[serde(default)]
    pub(super) apart: Vec<Apart>,
    /// What is kept of it for other projects.
    #[serde(default)]
    pub(super) marks: Marks,
}

/// An indicator on which the agency's score and that of the review are apart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Apart {
    pub(super) indicator: String,
    pub(super) weight: Weight,
    /// What the agency says was done, where that is another thing than what the review found.
    pub(super) own_value: String,
    pub(super) own_score: Score,
    pub(super) value: String,
    /// None while it waits.
    pub(super) score: Option<Score>,
    /// Why, where the review says.
    pub(super) why: String,
}

impl Apart {
    /// Those of a case.
    fn of(outcome: &CaseOutcome, report: &Report) -> Vec<Self> {
        let both = outcome.case.score_form.as_ref().zip(outcome.scored.as_ref());
        let Some((form, scored)) = both.filter(|(form, _)| form.has_own_scores()) else { return Vec::new() };
        let apart = |(result, line): (&IndicatorScore, &IndicatorLine)| {
            let (own_score, score) = (result.stated?, result.score);
            let indicator = scored.indicator(form, result);
            let value = indicator.map(Indicator::actual_shown).unwrap_or_default();
            let own = indicator.and_then(|indicator| indicator.stated_actual.as_ref());
            (score != Some(own_score)).then(|| Self {
                indicator: indicator.map_or_else(|| result.name.clone(), |one| form.called(one)),
                weight: result.weight,
                own_value: own.map_or_else(|| value.clone(), |entry| entry.shown().trim().to_owned()),
                own_score,
                value,
                score,
                why: match &line.note {
                    Some(note) if line.to_decide => {
                        format!("{}：{note}", if score.is_some() { TO_DECIDE } else { UNSCORED })
                    }
                    _ => reviewed(result, indicator),
                },
            })
        };
        scored.card.indicators.iter().zip(&report.indicators).filter_map(apart).collect()
    }
}

/// Why the review gives another score: the reviewer's words and what the rule says; blank where neither is there.
fn reviewed(result: &IndicatorScore, indicator: Option<&Indicator>) -> String {
    let columns = indicator.map(|one| [&one.situation, &one.remark, &one.reason]).into_iter().flatten();
    let seen = columns.flatten().find(|entry| !entry.is_blank()).map(|entry| entry.shown().trim().to_owned());
    match (&result.reason, seen) {
        (None, None) => String::new(),
        (_, seen) => letter::why(result, seen.as_deref()),
    }
}

/// What was found of one cause.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Fault {
    pub(super) id: String,
    pub(super) severity: Severity,
    pub(super) cell: Option<String>,
    pub(super) message: String,
    pub(super) remedy: String,
    /// What kinds of findings are of this cause.
    #[serde(default)]
    pub(super) kinds: Vec<FaultKind>,
    /// Whether it is the bureau's own matter.
    #[serde(default)]
    pub(super) of_bureau: bool,
    /// Whether it shows only where others are beside it: other submissions, the roll.
    #[serde(default)]
    pub(super) among_others: bool,
}

/// A kind of finding with its severity, and what is to be done about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FaultKind {
    pub(super) id: String,
    pub(super) severity: Severity,
    pub(super) remedy: String,
}

impl Fault {
    /// One that no form shows by itself.
    pub(super) fn of(id: FindingId, cell: Option<String>, message: String) -> Self {
        let (remedy, severity) = (id.remedy().to_owned(), id.severity());
        let kind = FaultKind { id: id.id().to_owned(), severity, remedy: remedy.clone() };
        let of_bureau = id.reader() == Reader::Bureau;
        Self {
            id: id.id().to_owned(),
            severity,
            cell,
            message,
            remedy,
            kinds: vec![kind],
            of_bureau,
            among_others: true,
        }
    }

    fn new(item: &ItemLine) -> Self {
        Self {
            id: item.id.id().to_owned(),
            severity: item.severity,
            cell: item.place.clone(),
            message: item.message.clone(),
            remedy: item.remedy.clone(),
            kinds: item
                .kinds
                .iter()
                .map(|(id, severity, remedy)| FaultKind {
                    id: id.id().to_owned(),
                    severity: *severity,
                    remedy: remedy.clone(),
                })
                .collect(),
            of_bureau: item.reader == Reader::Bureau,
            among_others: false,
        }
    }
}

impl Row {
    /// What it is about: project, agency, year.
    pub(super) fn of(&self) -> (Option<&str>, Option<&str>, Option<i16>) {
        (self.project.as_deref(), self.agency.as_deref(), self.year)
    }

    /// How many findings are this grave.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.faults.iter().filter(|fault| fault.severity == severity).count()
    }

    /// What was found of it where it lies beside others, as rows of tables; it is this one of its submission's cases.
    pub(super) fn beside(&self, case: usize) -> Vec<export::Row> {
        let mut counts: BTreeMap<FindingId, usize> = BTreeMap::new();
        let found = self.faults.iter().filter(|fault| fault.among_others);
        let row = |fault: &Fault| {
            let id = FindingId::named(&fault.id)?;
            let count = counts.entry(id).or_default();
            let found = (id, *count, fault.cell.as_deref());
            *count = count.saturating_add(1);
            let of = (self.year, self.agency.as_deref(), self.project.as_deref());
            Some(export::among_others(&export::FoundBeside { case, of, key: &self.key, found }))
        };
        found.filter_map(row).collect()
    }

    /// Whether an indicator waits for a person's score.
    pub(super) fn waits(&self) -> bool {
        self.is_open() && !self.only_asked && !self.only_decided
    }

    /// Whether it has a total that does not stand yet.
    pub(super) fn is_open(&self) -> bool {
        self.total.is_some() && !self.complete
    }

    /// What stands in the place of a total that does not stand yet.
    pub(super) fn open_word(&self) -> &'static str {
        match (self.only_asked, self.only_decided) {
            (true, _) => ASKED,
            (false, true) => TO_DECIDE,
            (false, false) => UNSCORED,
        }
    }

    /// Whether it has all scores, and a person is asked what else counts.
    pub(super) fn asks(&self) -> bool {
        self.total.is_some() && self.only_asked
    }

    /// Why there is no document of the kind that was asked for.
    pub(super) fn without_letter(&self) -> Option<String> {
        let why = self.drafted.unfit()?;
        let of = self.project.as_ref().map(|name| format!("“{name}”")).unwrap_or_default();
        Some(format!("{of}{why}"))
    }
}

impl From<&Written> for FileAnswer {
    fn from(written: &Written) -> Self {
        let mark = written.returned.as_ref().map(|returned| Mark {
            id: returned.id.clone(),
            parent: returned.about.parent.clone(),
            source: returned.about.source.clone(),
        });
        Self { ending: written.ending.to_owned(), mark }
    }
}

/// The total that the agency gave itself.
fn own_total(outcome: &CaseOutcome) -> Option<Score> {
    let form = outcome.case.score_form.as_ref()?;
    outcome.scored.as_ref().filter(|_| form.has_own_scores())?.card.total.stated
}

/// What the scores that the agency gave itself come to, where each indicator has one.
fn own_sum(outcome: &CaseOutcome) -> Option<Score> {
    let form = outcome.case.score_form.as_ref()?;
    let scored = outcome.scored.as_ref().filter(|_| form.has_own_scores())?;
    let stated: Option<Vec<Score>> = scored.card.indicators.iter().map(|result| result.stated).collect();
    Score::sum(stated?)
}

/// The row of a case.
pub(super) fn row(
    outcome: &CaseOutcome,
    report: &Report,
    answers: &[Answered],
    (choice, day): (letter::Choice, Date),
) -> Row {
    let amounts = stated::collect(&outcome.case);
    let amount = |kind: AmountKind| amounts.iter().find(|stated| stated.kind == kind)?.yuan();
    let score = report.score.as_ref();
    let open = score.filter(|score| !score.complete).map(|_| open_for(report));
    Row {
        key: export::project_key(&export::Named::of(&outcome.case.project)),
        project: report.project.name.clone(),
        agency: report.project.agency.clone(),
        year: report.project.year,
        budget: amount(AmountKind::AdjustedBudget).or_else(|| amount(AmountKind::Budget)),
        spent: outcome.reconciliation.borne_out().or_else(|| amount(AmountKind::Spent)),
        total: score.map(|score| score.total),
        full: score.map(|score| score.full),
        grade: score.map(|score| score.grade_shown.clone()),
        complete: score.is_some_and(|score| score.complete),
        to_decide: score.map(|_| report.to_decide().1).filter(|points| !points.is_zero()),
        only_asked: open.is_some_and(|open| matches!(open, Open::Answers | Open::Overriding)),
        only_decided: open == Some(Open::Decisions),
        deciders: score.map(|_| report.deciders()).unwrap_or_default(),
        faults: report.items.iter().map(Fault::new).collect(),
        questions: question::of_case(&outcome.case, answers),
        drafted: outcome.letter(choice, day),
        own_total: own_total(outcome),
        own_sum: own_sum(outcome),
        apart: Apart::of(outcome, report),
        marks: across::of_case(outcome, report),
    }
}
