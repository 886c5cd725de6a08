//! A bare actual beside a target that counts in 万, 千 or 百: `3.1` beside `≥1.2万人`.
//!
//! The rule, with the target `t` times its scale word `m` and the actual `a`:
//! - `a` counts ones where as tens of thousands (thousands, hundreds) it would be a hundred times the target or more, or
//!   where as ones it is a fifth of the target or more: `9800` beside `≥1.2万人`.
//! - `a` counts as the target does where that is between a tenth of it and ten times it, and ones cannot be meant: it is no
//!   whole number of things counted (nobody counts 3.1 people), or more is better and ones would be less than a hundredth
//!   of the target (`2.8` beside `≥3万亩`). Of what is to stay small, little is what is hoped for, so that `5` beside
//!   `≤1千起` may well be five.
//! - What is weighed or measured has smaller units, too: `14800` beside `1.5万吨` is left to a person.
//! - Everything else is left to a person. A wrong guess would be all points, or none.

use super::context::{Context, Origin};
use super::direction::{Direction, decide};
use super::quantity::Quantity;
use super::read::{Notation, Role, Unread, Why};
use super::sign::Sign;
use super::unit::{Dimension, Measure};
use crate::base::Number;
use crate::words::Words;

/// What a bare number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Ones.
    Ones,
    /// What the target counts in.
    AsTarget,
    /// Either.
    Unclear,
}

/// What a bare actual counts beside a target with a scale word. `floor`: more of it is better, for certain.
fn counts(actual: &Quantity, target: &Quantity, floor: bool) -> Counts {
    read(actual, target, floor).unwrap_or(Counts::Unclear)
}

fn read(actual: &Quantity, target: &Quantity, floor: bool) -> Option<Counts> {
    let a = actual.number.abs();
    let (full, scale) = (target.number.abs(), target.multiplier);
    if a.is_zero() {
        return Some(Counts::Ones);
    }
    let scaled = a.times(scale)?;
    let most = |times: u32| full.times(Number::from(times));
    if full.is_zero() {
        return None;
    }
    let measured = target.unit.dimension.is_measured();
    if (scaled >= most(100)? || a.times(Number::from(5))? >= full) && !measured {
        return Some(Counts::Ones);
    }
    let near = scaled <= most(10)? && scaled.times(Number::from(10))? >= full;
    let whole = a.get().fract().is_zero();
    let no_things = matches!(target.unit.dimension, Dimension::Count(_)) && !whole;
    let too_few = floor && a.times(Number::from(100))? < full;
    Some(if near && (no_things || too_few) { Counts::AsTarget } else { Counts::Unclear })
}

impl Context<'_> {
    /// The scale word of the target (万 of `≥1.2万人`) where a bare actual beside it is meant in it, too, and whether that
    /// is inferred; the name may say it (`受益人口（万人）`).
    pub(super) fn scale_of_target(
        &self,
        actual: &Quantity,
        measure: &Measure,
    ) -> Result<Option<(Number, bool)>, Unread> {
        let target = self.hints.target.and_then(Notation::quantity);
        let bare = actual.multiplier == Number::ONE && measure.multiplier == Number::ONE;
        let Some(target) = target.filter(|target| {
            bare && target.multiplier != Number::ONE
                && target.fraction.is_none()
                && target.unit.comparable(&measure.unit)
                && !target.unit.is_money()
        }) else {
            return Ok(None);
        };
        let named = self.name().unit.as_ref().filter(|named| named.unit.comparable(&target.unit));
        if named.is_some_and(|named| named.multiplier == target.multiplier) {
            return Ok(Some((target.multiplier, false)));
        }
        match counts(actual, target, self.is_floor(target)) {
            Counts::Ones => Ok(None),
            Counts::AsTarget => Ok(Some((target.multiplier, true))),
            Counts::Unclear => Err(Unread::new(&actual.source, Why::ScaleUnclear)),
        }
    }

    /// Whether more is better, for certain.
    fn is_floor(&self, target: &Quantity) -> bool {
        let words = self.hints.words.unwrap_or(Words::shipped());
        let target = Notation::Quantity(target.clone());
        decide(&target, self.hints.indicator, self.hints.category, words)
            .is_ok_and(|decision| decision.direction == Direction::AtLeast)
    }

    /// A bare number up to 1 where a percentage is meant: 0.97 may be 97 % or 0.97 %. A small cap in a row whose
    /// unit column says % is what it says.
    pub(super) fn could_be_ratio(&self, quantity: &Quantity, origin: Origin) -> bool {
        // Beside a promise of 20 % or more, 1.02 is rather 102 % than 1.02 %.
        let fifth = Number::new(rust_decimal::Decimal::new(2, 1));
        let promised = self.hints.target.and_then(Notation::quantity).filter(|target| target.unit.is_ratio());
        let great = self.hints.role == Role::Actual
            && promised.and_then(Quantity::in_base).is_some_and(|target| target >= fifth);
        let most = Number::from(if great { 2 } else { 1 });
        let small = !quantity.number.is_zero() && quantity.number.abs() <= most;
        if !small {
            return false;
        }
        let cap = match self.hints.role {
            Role::Target => quantity.sign.is_some_and(Sign::is_cap),
            Role::Actual => {
                let few = Number::new(rust_decimal::Decimal::new(5, 2));
                let target = self.hints.target.and_then(Notation::quantity).and_then(Quantity::in_base);
                target.is_some_and(|target| target <= few)
            }
        };
        !(cap && origin == Origin::Column)
    }
}
