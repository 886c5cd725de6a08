//! Answers about all of several rules at once: 未发生, 均未发生, 未获得表彰.

use crate::notation::Notation;
use crate::rule::answer::gravity::unranked;
use crate::rule::{IndicatorFacts, Rule};
use crate::words::{self, Class};

use super::bind::Own;
use super::likeness::ends_alike;
use super::pieces::Piece;
use super::told::denied;
use super::{Joint, Part, Together};

impl Joint {
    /// What an answer to all parts at once is to each of them.
    pub(super) fn bound_at_once(&self, found: &[Piece], facts: &IndicatorFacts) -> Option<Vec<Option<Own>>> {
        let none = || Own { actual_text: "未发生".to_owned(), ..Own::default() };
        if self.nothing_at_all(found, facts) {
            return Some(vec![None; self.parts.len()]);
        }
        if self.is_none_of_all(found) {
            return Some(vec![Some(none()); self.parts.len()]);
        }
        if let Some(base) = self.is_none_beside_base(found) {
            let base = Own { actual_text: base, ..Own::default() };
            let events = self.parts.iter().skip(1).map(|_| Some(none()));
            return Some(std::iter::once(Some(base)).chain(events).collect());
        }
        self.is_on_no_level(found).then(|| vec![Some(none()); self.parts.len()])
    }

    /// Whether none of what takes points off happened: 未发现, 未发生安全事故.
    fn nothing_at_all(&self, found: &[Piece], facts: &IndicatorFacts) -> bool {
        if !matches!(self.together, Together::Less | Together::Kinds { adds: false }) {
            return false;
        }
        let [only] = found else { return false };
        let denies = |rest: &str| self.parts.iter().all(|part| ends_alike(part.name(), rest));
        let bare = matches!(facts.actual, Some(Notation::NothingFound)) && only.label.chars().count() < 4;
        bare || (only.amount.is_none() && denied(&only.text).is_some_and(denies))
    }

    /// 未发生 alone, where what vetoes and what takes points off are all counted.
    fn is_none_of_all(&self, found: &[Piece]) -> bool {
        let [only] = found else { return false };
        let counts = |part: &Part| part.rule.counts();
        self.together == Together::Veto
            && only.amount.is_none()
            && denied(&only.text).is_some_and(str::is_empty)
            && self.parts.iter().all(counts)
    }

    /// 均未发生 under 发生甲或乙的不得分；均未发生的得满分: the very words of what earns all where nothing vetoes.
    fn is_none_beside_base(&self, found: &[Piece]) -> Option<String> {
        let [only] = found else { return None };
        let text = words::of(Class::AllOfThem).strip(&only.text)?;
        let none = only.amount.is_none() && denied(text).is_some_and(str::is_empty);
        let Rule::Graded(base) = &self.parts.first()?.rule else { return None };
        let own = base.states.iter().any(|state| state.label == only.text);
        (self.together == Together::Veto && none && own).then(|| only.text.clone())
    }

    /// Whether all that is said is that the thing was won on no level: 未获得表彰.
    fn is_on_no_level(&self, found: &[Piece]) -> bool {
        let [only] = found else { return false };
        let Some(rest) = denied(&only.text).filter(|_| only.amount.is_none()) else { return false };
        let rest = words::of(Class::Earned).strip(rest).unwrap_or(rest);
        self.is_one_of_levels() && self.parts.first().is_some_and(|part| unranked(part.name()) == rest)
    }
}
