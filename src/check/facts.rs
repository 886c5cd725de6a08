//! What the checks look at.

use crate::model::{
    Case, DeclaredResult, DeclaredTarget, Indicator, IndicatorScore, Reconciliation, ScoreForm, Scorecard,
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
