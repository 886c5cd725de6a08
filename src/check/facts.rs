//! What the checks look at.

use super::promise::{Promise, Table};
use crate::base::{CellAt, Number};
use crate::mapping::Column;
use crate::model::{
    Case, DeclaredResult, DeclaredTarget, FindingId, FormKind, Indicator, IndicatorScore, LocatedForm,
    Reconciliation, ScoreForm, Scorecard,
};

/// Everything that is known of a case before it is presented.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What the forms say.
    pub case: &'a Case,
    /// What scoring gave; `None` where no form with indicators was found.
    pub scorecard: Option<&'a Scorecard>,
    /// What reconciling gave.
    pub reconciliation: &'a Reconciliation,
}

impl<'a> Facts<'a> {
    /// The scored form with its scorecard.
    pub(super) fn scored(&self) -> Option<(&'a ScoreForm, &'a Scorecard)> {
        self.case.score_form.as_ref().zip(self.scorecard)
    }

    /// Each indicator of the scored form with its result.
    pub(super) fn indicators(&self) -> impl Iterator<Item = (&'a Indicator, &'a IndicatorScore)> {
        self.scored().into_iter().flat_map(|(form, card)| {
            card.indicators.iter().filter_map(|result| Some((form.indicators.get(result.index?)?, result)))
        })
    }

    /// Each indicator of the scored form with its cells as they read.
    pub(super) fn scored_rows(&self) -> impl Iterator<Item = Promise<'a>> {
        let case = self.case;
        self.indicators().map(move |(indicator, result)| Promise::read(case, indicator, Some(result)))
    }

    /// Each indicator of the scored form and each declared target, with their cells as they read.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = Promise<'a>> {
        let case = self.case;
        let declared =
            case.declared.iter().map(move |declared| Promise::read(case, &declared.indicator, None));
        self.scored_rows().chain(declared)
    }

    /// The forms in which an agency promises something: its declaration, its self-evaluation.
    pub(super) fn tables(&self) -> Vec<Table<'a>> {
        let case = self.case;
        let declared: Vec<_> =
            case.declared.iter().map(|declared| Promise::read(case, &declared.indicator, None)).collect();
        let own = if self.is_self_evaluation() { self.scored_rows().collect() } else { Vec::new() };
        [(FormKind::Declaration, declared), (FormKind::SelfEvaluation, own)]
            .into_iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(kind, rows)| Table { at: self.form_at(kind), rows })
            .collect()
    }

    /// The rows of these forms.
    pub(super) fn promises(&self) -> impl Iterator<Item = Promise<'a>> {
        self.tables().into_iter().flat_map(|table| table.rows)
    }

    /// The rows of an agency's evaluation of itself.
    pub(super) fn own_rows(&self) -> Vec<Promise<'a>> {
        if self.is_self_evaluation() { self.scored_rows().collect() } else { Vec::new() }
    }

    /// The cell of a column in an indicator's row, blank or not, where its form has the column.
    pub(super) fn cell_beside(&self, indicator: &Indicator, column: Column) -> Option<CellAt> {
        let at = indicator.target.as_ref()?.at.as_ref()?;
        let inside = |form: &&LocatedForm| form.sheet == at.sheet && form.range.contains(at.cell);
        let form = self.case.forms.iter().find(inside)?;
        let (_, _, col) = form.columns.iter().find(|(_, word, _)| word == column.word())?;
        Some(CellAt { sheet: at.sheet.clone(), cell: at.cell.with_col(*col)? })
    }

    /// Whether all that may be an indicator was read: else nothing can be missing for certain.
    pub(super) fn is_read_whole(&self) -> bool {
        let case = self.case;
        let unread = case.score_form.as_ref().is_some_and(|form| form.part_unread || form.points_unread);
        let open = case.forms.iter().filter(|form| form.kind != FormKind::Ledger);
        let unclear = case.findings.iter().any(|finding| finding.id == FindingId::HeaderAmbiguous);
        !unread && !unclear && !open.into_iter().any(|form| form.account.is_open())
    }

    /// The first cell of the first form of a kind.
    pub(super) fn form_at(&self, kind: FormKind) -> Option<CellAt> {
        let form = self.case.forms.iter().find(|form| form.kind == kind)?;
        Some(CellAt { sheet: form.sheet.clone(), cell: form.range.first })
    }

    /// A limit of a check, counted from 0.
    pub(super) fn limit(&self, id: FindingId, at: usize) -> Option<Number> {
        self.case.checks.limit(id, at)
    }

    /// A limit that counts something.
    pub(super) fn least(&self, id: FindingId, at: usize) -> Option<usize> {
        usize::try_from(self.limit(id, at)?.floor().get()).ok()
    }

    /// Whether an agency evaluates itself here. An evaluator's score sheet answers for itself: its criteria say what
    /// is asked of target and actual.
    pub(super) fn is_self_evaluation(&self) -> bool {
        self.case.score_form.as_ref().is_some_and(|form| form.kind == FormKind::SelfEvaluation)
    }

    /// The result of the budget block's total row.
    pub(super) fn execution(&self) -> Option<&'a IndicatorScore> {
        self.scorecard?.indicators.iter().find(|result| result.index.is_none())
    }

    /// Each declared target with its answer.
    pub(super) fn declared(&self) -> impl Iterator<Item = (&'a DeclaredTarget, &'a DeclaredResult)> {
        let case = self.case;
        let results = self.scorecard.map(|card| card.declared.as_slice()).unwrap_or_default();
        results.iter().filter_map(|result| Some((case.declared.get(result.index)?, result)))
    }
}
