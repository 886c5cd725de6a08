//! A row as the checks see it: an indicator with its cells as they read, and what scoring gave.

use super::category::{self, Category, Group};
use crate::base::{CellAt, Number, Score, Weight};
use crate::mapping::title::normalise;
use crate::model::{Case, Entry, Finding, FindingId, Indicator, IndicatorScore};
use crate::notation::quantity::Quantity;
use crate::notation::{Notation, Row};
use crate::words::{Class, Words};

/// An indicator of the scored form, or a declared one, with its target and actual as they read.
#[derive(Debug)]
pub(super) struct Promise<'a> {
    /// The row.
    pub(super) indicator: &'a Indicator,
    /// What its cells say.
    pub(super) row: Row,
    /// What scoring gave; `None` for a declared target.
    pub(super) result: Option<&'a IndicatorScore>,
    /// The words that hold for the case.
    pub(super) words: &'a Words,
}

impl<'a> Promise<'a> {
    /// Reads a row.
    pub(super) fn read(case: &'a Case, indicator: &'a Indicator, result: Option<&'a IndicatorScore>) -> Self {
        // The items of a checklist, which its answers name, are known to scoring only.
        Self { indicator, row: Row::read(case, indicator, None, None), result, words: &case.words }
    }
}

impl Promise<'_> {
    /// A finding at the name's cell.
    pub(super) fn at_name(&self, id: FindingId, message: String) -> Finding {
        Finding::new(id, self.indicator.at().cloned(), message)
    }

    /// A finding at the target's cell.
    pub(super) fn at_target(&self, id: FindingId, message: String) -> Finding {
        self.at(self.indicator.target.as_ref(), id, message)
    }

    /// A finding at the actual's cell.
    pub(super) fn at_actual(&self, id: FindingId, message: String) -> Finding {
        self.at(self.indicator.actual.as_ref(), id, message)
    }

    /// A finding at a cell of the row, else at the name's.
    pub(super) fn at(&self, entry: Option<&Entry>, id: FindingId, message: String) -> Finding {
        let at = entry.and_then(|entry| entry.at.clone()).or_else(|| self.indicator.at().cloned());
        Finding::new(id, at, message)
    }

    /// Whether the form or a mapping says how its points are earned.
    pub(super) fn has_criterion(&self) -> bool {
        let indicator = self.indicator;
        indicator.rubric.is_some() || indicator.criterion.as_ref().is_some_and(|entry| !entry.is_blank())
    }

    /// Its name, as messages have it.
    pub(super) fn name(&self) -> &str {
        &self.indicator.name
    }

    /// Its target as a person reads it; of a formula what it comes to.
    pub(super) fn shown(&self) -> String {
        let shown = self.indicator.target_shown();
        if shown.is_empty() { self.quantity().map(ToString::to_string).unwrap_or_default() } else { shown }
    }

    /// Its name for comparing with words.
    pub(super) fn key(&self) -> String {
        normalise(&self.indicator.name)
    }

    /// Whether its name has a word of the class.
    pub(super) fn names(&self, class: Class) -> bool {
        self.words.of(class).within(&self.key())
    }

    /// Its group.
    pub(super) fn group(&self) -> Option<Group> {
        category::group(self.indicator, self.words)
    }

    /// Its category.
    pub(super) fn category(&self) -> Option<Category> {
        category::category(self.indicator, self.words)
    }

    /// The target, where it is one number.
    pub(super) fn quantity(&self) -> Option<&Quantity> {
        self.row.target()?.quantity()
    }

    /// The target in percent, where it is a rate.
    pub(super) fn percent(&self) -> Option<Number> {
        self.quantity()?.ratio()?.number().times(Number::from(100))
    }

    /// The target's words, where nothing in them is a number or a date.
    pub(super) fn target_in_words(&self) -> Option<String> {
        let words = matches!(
            self.row.target()?,
            Notation::Scale(_) | Notation::ScaleName(_) | Notation::YesNo(_) | Notation::Text(_)
        ) || matches!(self.row.target()?, Notation::Status(status) if status.rate.is_none());
        let shown = normalise(&self.indicator.target.as_ref()?.shown());
        (words && !shown.is_empty() && !shown.contains(|c: char| c.is_ascii_digit())).then_some(shown)
    }

    /// Whether two rows promise the same: one number in one unit, under one sign.
    pub(super) fn promises_as(&self, other: &Self) -> bool {
        match (self.quantity(), other.quantity()) {
            (Some(one), Some(two)) => {
                one.unit.comparable(&two.unit) && one.in_base() == two.in_base() && one.sign == two.sign
            }
            _ => self.target_in_words().is_some_and(|words| Some(words) == other.target_in_words()),
        }
    }

    /// Whether the budget system makes rows of this name by itself.
    pub(super) fn is_system_made(&self) -> bool {
        self.words.of(Class::SystemMadeIndicators).within(&self.key())
    }

    /// The score that the agency typed, or that stands in the only column.
    pub(super) fn typed(&self) -> Option<Score> {
        let cell = self.indicator.stated_score.as_ref().or(self.indicator.score.as_ref())?;
        cell.number().map(|number| Score::new(number.get()))
    }

    /// Its points, where it has any.
    pub(super) fn weight(&self) -> Option<Weight> {
        self.indicator.weight.filter(|weight| !weight.is_zero())
    }

    /// Whether the agency gave itself all points.
    pub(super) fn is_full(&self) -> bool {
        self.typed().zip(self.weight()).is_some_and(|(typed, weight)| typed.number() >= weight.number())
    }
}

/// A form with targets: a declaration, a self-evaluation.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// The cell that findings about the form as a whole point to.
    pub(super) at: Option<CellAt>,
    /// Its rows.
    pub(super) rows: Vec<Promise<'a>>,
}
