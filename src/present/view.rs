//! Everything that presenting looks at.

use super::ledger_cells::LedgerCells;
use super::names::Names;
use crate::base::{CellAt, Date};
use crate::issue::Answered;
use crate::letter;
use crate::model::{Case, Change, Entry, Finding, Indicator, IndicatorScore, Reconciliation, Voice};
use crate::returned::{Earlier, Judgements, Reply};
use crate::score::Scored;
use crate::xlsx::Geometry;

/// A case with its results.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What the forms say.
    pub case: &'a Case,
    /// What the run calls the workbook with the scored form; `None` where it is the run's only file.
    pub file: Option<&'a str>,
    /// What scoring gave.
    pub scored: &'a Scored,
    /// What reconciling gave.
    pub reconciliation: &'a Reconciliation,
    /// What formulas over the ledgers' sheets give.
    pub ledger_cells: &'a LedgerCells,
    /// What was found.
    pub findings: &'a [Finding],
    /// What a person changed since the run before.
    pub changes: &'a [Change],
    /// The findings held against those of the return that is answered, where one is.
    pub answered: Option<&'a Answered>,
    /// What a person wrote beside what was found before.
    pub replies: &'a [Reply],
    /// What a reviewer filled in on 审核表.
    pub judgements: Option<&'a Judgements>,
    /// What an earlier run left in the workbook.
    pub earlier: &'a Earlier,
    /// The names of the sheets we add for it.
    pub names: &'a Names,
    /// The run.
    pub run: Run<'a>,
    /// How much room the cells of the scored form's sheet have.
    pub geometry: &'a Geometry,
    /// Cells of the form that cannot be edited safely: their content goes to our own sheets.
    pub locked: &'a dyn Locked,
}

/// What is to be said of the run itself.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// This program's version.
    pub version: &'a str,
    /// The day of the run.
    pub date: Date,
    /// Whether typed scores were to be replaced.
    pub replace_scores: bool,
    /// What the document that goes out is to say.
    pub letters: &'a letter::Settings,
}

/// Which cells of the workbook cannot be edited.
pub trait Locked: std::fmt::Debug {
    /// Whether the cell must be left alone.
    fn is_locked(&self, at: &CellAt) -> bool;
}

impl<'a> View<'a> {
    /// The form's indicator behind a result.
    pub(super) fn indicator(&self, result: &IndicatorScore) -> Option<&'a Indicator> {
        match result.index {
            Some(index) => self.case.score_form.as_ref()?.indicators.get(index),
            None => self.scored.execution.as_ref(),
        }
    }

    /// A cell of the indicator behind a result.
    pub(super) fn entry(
        &self,
        result: &IndicatorScore,
        which: impl Fn(&'a Indicator) -> Option<&'a Entry>,
    ) -> Option<&'a Entry> {
        which(self.indicator(result)?)
    }

    /// Whether a part of the form was not read, so that there is no total whatever a person fills in.
    pub(super) fn is_part_unread(&self) -> bool {
        self.case.score_form.as_ref().is_some_and(|form| form.part_unread)
    }

    /// Whether the only column of scores is the agency's own, which nobody fills for it: our scores stand on our sheets.
    pub(super) fn leaves_self_scores(&self) -> bool {
        let form = self.case.score_form.as_ref();
        let own = form.is_some_and(|form| !form.reviewed && form.score_voice == Some(Voice::Agency));
        own && !self.case.overrides.fill_self_scores
    }

    /// The most that the total may be, where the form says so.
    pub(super) fn cap(&self) -> Option<crate::base::Number> {
        self.case.score_form.as_ref()?.cap.map(crate::base::Weight::number)
    }

    /// The line under the titles: project, agency, year.
    pub(super) fn subtitle(&self) -> String {
        let project = &self.case.project;
        let parts = [
            project.name.as_ref().map(|name| format!("项目：{name}")),
            project.agency.as_ref().map(|agency| format!("部门：{agency}")),
            project.year.map(|year| format!("{year}年度")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("    ")
    }
}
