//! What a row says, read before a rule is applied.

use super::satisfaction;
use super::standards::standards;
use crate::model::{Case, Indicator};
use crate::notation::{self, Notation, Quantity, Row};
use crate::rule::{Known, Refusal, Rule, told_last_year};

/// What was read of an indicator before a rule is applied.
pub(super) struct Read {
    pub(super) target: Option<Notation>,
    pub(super) actual: Option<Notation>,
    /// What else the actual can be held against.
    pub(super) standards: Vec<Known>,
    /// The actual's text where it does not come from its cell: from the survey, or from ticks.
    pub(super) words: Option<String>,
    /// Why one of them could not be read.
    pub(super) refusal: Option<Refusal>,
}

/// Reads target and actual as far as the rule needs them.
pub(super) fn read(case: &Case, indicator: &Indicator, rule: Option<&Rule>) -> Read {
    let items = rule.and_then(|rule| u32::try_from(rule.items().len()).ok()).filter(|n| *n > 0);
    let survey = satisfaction::share(indicator);
    let Row { target, actual } = Row::read(case, indicator, items, survey.as_deref());
    let mut refusal = None;
    let mut note = |title: &str, unread: notation::Unread| {
        let why = format!("{title}{}", unread.why.message());
        refusal.get_or_insert(Refusal::new(&unread.words, why, "请更正后重新提交，或人工打分。"));
    };
    let target = target.and_then(|read| read.map_err(|unread| note("指标值", unread)).ok());
    let actual = actual.and_then(|read| read.map_err(|unread| note("实际完成值", unread)).ok());
    // What a survey comes to is the very rate that is asked for, whatever the criterion calls it.
    let actual = match actual {
        Some(Notation::Quantity(actual)) if survey.is_some() => {
            Some(Notation::Quantity(Quantity { inferred: true, ..actual }))
        }
        actual => actual,
    };
    let mut standards = standards(case, indicator, target.as_ref(), actual.as_ref());
    let told = told_last_year(&indicator.actual_shown());
    standards.extend(told.filter(|told| standards.iter().all(|known| known.standard != told.standard)));
    Read { target, actual, standards, words: survey, refusal }
}
