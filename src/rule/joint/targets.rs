//! What each of several rules is held against: the target of its own, as far as the form tells one.

use super::bind::{Own, Placed};
use super::likeness::unit_of;
use super::pieces::{Piece, pieces};
use super::told::answer;
use super::{Joint, Part, Together};
use crate::notation::{Hints, Notation, Role, read_text};
use crate::rule::IndicatorFacts;
use crate::rule::measure::same_kind;

/// A target as the part reads it.
fn asked_by(part: &Part, text: &str) -> Option<Notation> {
    let hints = Hints { role: Role::Target, indicator: part.name(), ..Hints::default() };
    read_text(text, &hints).ok()
}

impl Joint {
    /// A part with the figure that it asks for and the one that answers it.
    pub(super) fn own(part: &Part, target: &str, actual: &str) -> Own {
        Own { target: asked_by(part, target), target_text: target.to_owned(), actual_text: actual.to_owned() }
    }

    /// Each part's target, as far as it can be told.
    pub(super) fn targets(&self, facts: &IndicatorFacts) -> Vec<(Option<Notation>, String)> {
        let whole = || (facts.target.cloned(), facts.target_text.to_owned());
        let none = || (None, String::new());
        let own = |part: &Part, text: &str| (asked_by(part, text), text.to_owned());
        let found = pieces(facts.target_text).unwrap_or_default();
        // What takes off for each case asks no target.
        if matches!(self.together, Together::Less | Together::Kinds { .. } | Together::Tiers { .. }) {
            return self.parts.iter().map(|_| none()).collect();
        }
        if self.together == Together::Veto {
            return self
                .parts
                .iter()
                .enumerate()
                .map(|(at, _)| if at == 0 { whole() } else { none() })
                .collect();
        }
        if let [only] = found.as_slice()
            && only.label.is_empty()
        {
            let shared = |part: &Part| {
                let unit = only.amount.as_ref().map(|amount| &amount.unit);
                let fits = unit.zip(unit_of(&part.rule)).is_none_or(|(a, b)| same_kind(a, &b));
                if fits { whole() } else { none() }
            };
            return self.parts.iter().map(shared).collect();
        }
        // 20项，100% for 完成数量 and 按时完成率: as many figures as parts, in their order, each of what its part counts.
        let fits = |(piece, part): (&Piece, &Part)| {
            let unit = piece.amount.as_ref().map(|amount| &amount.unit);
            unit.is_some_and(|unit| unit_of(&part.rule).is_none_or(|own| same_kind(unit, &own)))
        };
        let bare = |piece: &Piece| piece.label.is_empty() && piece.mark.is_none() && !piece.many;
        let in_order = found.len() == self.parts.len()
            && found.iter().all(bare)
            && found.iter().zip(&self.parts).all(fits)
            && self.together == Together::Sum;
        if in_order {
            return found.iter().zip(&self.parts).map(|(piece, part)| own(part, &piece.raw)).collect();
        }
        let mut targets: Vec<(Option<Notation>, String)> = self.parts.iter().map(|_| none()).collect();
        let mut taken = vec![0_u32; self.parts.len()];
        for piece in &found {
            if let Placed::At(places) = self.place(piece, &found) {
                for at in places {
                    if let (Some(part), Some(target), Some(count)) =
                        (self.parts.get(at), targets.get_mut(at), taken.get_mut(at))
                    {
                        *target = own(part, &answer(piece, part));
                        *count = count.saturating_add(1);
                    }
                }
            }
        }
        for (target, count) in targets.iter_mut().zip(&taken) {
            if *count > 1 {
                *target = none();
            }
        }
        targets
    }
}
