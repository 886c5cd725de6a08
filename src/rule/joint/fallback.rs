//! What a piece of an answer may be about where no part is called so: what is missing, by its mark, a kind that is not listed.

use super::likeness::bigrams;
use super::pieces::Piece;
use super::{Joint, Part, Together};
use crate::rule::Rule;
use crate::rule::answer::gravity::{Sameness, kind};
use crate::rule::measure::Measure;
use crate::rule::words::mark;
use crate::words::list;

impl Joint {
    /// 缺2项指标 where one part counts what is missing, and no other.
    pub(super) fn only_lacking(&self, piece: &Piece) -> Option<usize> {
        let missing =
            |part: &Part| matches!(&part.rule, Rule::Graded(rule) if rule.measure == Measure::Missing);
        let mut hits = (0..).zip(&self.parts).filter(|(_, part)| missing(part));
        let (at, _) = hits.next().filter(|_| hits.next().is_none())?;
        let lacks = list::LACKING.begins(&piece.text) && piece.amount.is_some();
        (self.together == Together::Sum && lacks).then_some(at)
    }

    /// Whether the criterion itself numbers its parts, so that ① says which.
    pub(super) fn is_numbered(&self) -> bool {
        let numbered = |(at, part): (usize, &Part)| part.names.contains(&mark(at));
        self.together == Together::Sum && self.parts.iter().enumerate().all(numbered)
    }

    /// Whether it is of none of the kinds that are listed: 县级 under 国家级 and 省级.
    pub(super) fn is_of_another_kind(&self, piece: &Piece) -> bool {
        matches!(self.together, Together::Kinds { .. })
            && self.parts.iter().all(|part| kind(part.name(), &piece.label) == Sameness::Other)
            && self.parts.iter().any(|part| bigrams(part.name(), &piece.label) > 0)
    }
}
