//! What the checks look at.

use crate::model::{
    Case, DeclaredResult, DeclaredTarget, Entry, Finding, FindingId, FormKind, Indicator, IndicatorScore,
    Reconciliation, ScoreForm, Scorecard,
};
use crate::notation::Row;

/// An indicator of the scored form, or a declared one, with its target and actual as they read.
#[derive(Debug)]
pub(super) struct Promise<'a> {
    /// The row.
    pub(super) indicator: &'a Indicator,
    /// What its cells say.
    pub(super) row: Row,
    /// What scoring gave; `None` for a declared target.
    pub(super) result: Option<&'a IndicatorScore>,
}

impl Promise<'_> {
    /// A finding at the target's cell.
    pub(super) fn at_target(&self, id: FindingId, message: String) -> Finding {
        Self::at(self.indicator.target.as_ref(), id, message)
    }

    /// A finding at the actual's cell.
    pub(super) fn at_actual(&self, id: FindingId, message: String) -> Finding {
        Self::at(self.indicator.actual.as_ref(), id, message)
    }

    fn at(entry: Option<&Entry>, id: FindingId, message: String) -> Finding {
        Finding::new(id, entry.and_then(|entry| entry.at.clone()), message)
    }

    /// Whether the form or a mapping says how its points are earned.
    pub(super) fn has_criterion(&self) -> bool {
        let indicator = self.indicator;
        indicator.rubric.is_some() || indicator.criterion.as_ref().is_some_and(|entry| !entry.is_blank())
    }
}

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
        self.indicators().map(move |(indicator, result)| {
            // The items of a checklist, which its answers name, are known to scoring only.
            let row = Row::read(case, indicator, None, None);
            Promise { indicator, row, result: Some(result) }
        })
    }

    /// Each indicator of the scored form and each declared target, with their cells as they read.
    pub(super) fn all_rows(&self) -> impl Iterator<Item = Promise<'a>> {
        let case = self.case;
        let declared = case.declared.iter().map(move |declared| {
            let indicator = &declared.indicator;
            Promise { indicator, row: Row::read(case, indicator, None, None), result: None }
        });
        self.scored_rows().chain(declared)
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
