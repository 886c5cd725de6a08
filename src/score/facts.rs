//! The facts of an indicator: what a rule looks at.

use super::read::Read;
use crate::model::{Case, Indicator};
use crate::notation::direction::names_cap;
use crate::notation::{Notation, Unit};
use crate::rule::IndicatorFacts;
use crate::words::Words;

/// The facts of an indicator, with the texts they borrow from.
pub(super) struct OwnedFacts<'a> {
    indicator: &'a Indicator,
    read: &'a Read,
    target_text: String,
    actual_text: String,
    cap: Option<bool>,
}

/// Gathers the facts of an indicator.
pub(super) fn facts_of<'a>(case: &Case, indicator: &'a Indicator, read: &'a Read) -> OwnedFacts<'a> {
    OwnedFacts {
        indicator,
        read,
        target_text: indicator.target_shown(),
        actual_text: read.words.clone().unwrap_or_else(|| indicator.actual_shown()),
        cap: indicator.cap.or_else(|| cap_of_mapping(case, indicator, read)),
    }
}

/// Whether the target is a ceiling, where the mapping's own words say other than the shipped ones.
fn cap_of_mapping(case: &Case, indicator: &Indicator, read: &Read) -> Option<bool> {
    if case.words == *Words::shipped() {
        return None;
    }
    let bare = Unit::bare();
    let unit = read.target.as_ref().and_then(Notation::unit).unwrap_or(&bare);
    let own = names_cap(&indicator.name, unit, &case.words);
    (own != names_cap(&indicator.name, unit, Words::shipped())).then_some(own)
}

impl OwnedFacts<'_> {
    /// Looks at the facts.
    pub(super) fn with<T>(&self, look: impl FnOnce(&IndicatorFacts) -> T) -> T {
        look(&IndicatorFacts {
            indicator: &self.indicator.name,
            weight: self.indicator.weight.unwrap_or_default(),
            target: self.read.target.as_ref(),
            target_text: &self.target_text,
            actual: self.read.actual.as_ref(),
            actual_text: &self.actual_text,
            cap: self.cap,
            standards: &self.read.standards,
        })
    }
}
