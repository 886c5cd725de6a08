//! What the checks look at, and how they say what they found.

use super::bound::Bound;
use super::outline::Outline;
use super::prose::{Prose, Spot};
use super::stated::Stated;
use super::tables::Grid;
use crate::check::Facts;
use crate::model::{Finding, FindingId, Passage, Scorecard};
use crate::words::Words;

/// A report that was read, and what is known of its case.
pub(super) struct Reading<'a> {
    pub(super) prose: Prose,
    pub(super) outline: Outline,
    pub(super) grids: Vec<Grid>,
    /// What it states of points and scores.
    pub(super) stated: Vec<Stated>,
    /// Its quantities, each bound to what it is of.
    pub(super) told: Vec<Bound>,
    /// The year that is evaluated: of the case, else the one that the report names most.
    pub(super) year: Option<i16>,
    /// The case that it is about, where a workbook was given.
    pub(super) facts: Option<&'a Facts<'a>>,
}

impl<'a> Reading<'a> {
    /// The words that hold for the case, else the shipped ones.
    pub(super) fn vocabulary(&self) -> &Words {
        match self.facts {
            Some(facts) => &facts.case.words,
            None => Words::shipped(),
        }
    }

    /// The scores of the case, where all of them are there.
    pub(super) fn card(&self) -> Option<&'a Scorecard> {
        self.facts?.scorecard
    }

    /// Whether the year that is named last before something is another than the one that is evaluated, or somebody else found it.
    pub(super) fn is_of_other_year(&self, before: &str) -> bool {
        let others = crate::words::of(crate::words::Class::FoundByOthers);
        others.within(before) || years(before).last().zip(self.year).is_some_and(|(named, own)| *named != own)
    }

    /// A finding at a place of the text; `of` is what it is of.
    pub(super) fn finding(&self, id: FindingId, spot: Spot, of: &str, message: impl Into<String>) -> Finding {
        Finding::in_document(id, self.prose.passage(spot, of), message)
    }
}

/// The years that a text names (2021年, 2021年度), in order.
pub(super) fn years(text: &str) -> Vec<i16> {
    let year = |(at, _): (usize, &str)| {
        let digits = text.get(..at)?.get(at.checked_sub(4)?..)?;
        digits.parse::<i16>().ok().filter(|year| (2000..2100).contains(year))
    };
    text.match_indices('年').filter_map(year).collect()
}

/// The year of the case, else the one that a report names most.
pub(super) fn year(prose: &Prose, facts: Option<&Facts>) -> Option<i16> {
    let mut counts: std::collections::BTreeMap<i16, usize> = std::collections::BTreeMap::new();
    for (_, text) in prose.texts() {
        for year in years(text) {
            let count = counts.entry(year).or_default();
            *count = count.saturating_add(1);
        }
        // A day is of the evaluation as often as of what is evaluated.
        for (at, sign) in text.match_indices('年') {
            let behind = text.get(at.saturating_add(sign.len())..).unwrap_or_default();
            let plain = !behind.starts_with(|c: char| c.is_ascii_digit());
            let own = text.get(..at.saturating_add(sign.len())).map(years).unwrap_or_default();
            if let Some(count) = own.last().filter(|_| plain).and_then(|year| counts.get_mut(year)) {
                *count = count.saturating_add(1);
            }
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count).map(|(year, _)| year);
    facts.and_then(|facts| facts.case.project.year).or(most)
}

/// A finding at a place that is known as such.
pub(super) fn at(id: FindingId, passage: Passage, message: impl Into<String>) -> Finding {
    Finding::in_document(id, passage, message)
}

/// A name as names are compared: without blanks, brackets, quotes and stops, half-width.
pub(super) fn plain_name(name: &str) -> String {
    let name = crate::notation::normalise(name);
    name.as_str().chars().filter(|c| c.is_alphanumeric() || *c == '%').collect()
}

/// The name of a level, without the words that a report puts around it: 项目产出情况 is 产出, as 产出指标 is.
pub(super) fn level_name(name: &str) -> String {
    use crate::words::{Class, of};
    let mut name = plain_name(name);
    if let Some(rest) = of(Class::LevelHeads).strip(&name).filter(|rest| rest.chars().count() >= 2) {
        name = rest.to_owned();
    }
    while let Some(rest) = of(Class::LevelTails).strip_end(&name).filter(|rest| rest.chars().count() >= 2) {
        name = rest.to_owned();
    }
    name
}
