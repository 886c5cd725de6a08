//! What stands around a number and says what it counts: the unit column, the target, the indicator's name.

use std::cell::OnceCell;

use super::columns::is_unread_unit;
use super::money::are_far_apart;
use super::quantity::Quantity;
use super::read::{Hints, Notation, Role, Unread, Why};
use super::sign::Sign;
use super::times::names_day;
use super::unit::{Dimension, Measure, Unit, measure};
use super::width::normalise;
use crate::base::Number;
use crate::words::list;

/// Where a unit that the cell itself does not name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Column,
    Target,
    Name,
}

/// The surroundings of one cell.
pub(super) struct Context<'a> {
    pub(super) hints: &'a Hints<'a>,
    /// The sign column's sign.
    pub(super) sign: Option<Sign>,
    /// The unit column's unit.
    pub(super) column: Option<Measure>,
    /// Read when it is first asked for: most cells name their unit themselves.
    name: OnceCell<Name>,
}

/// What an indicator's name says about its values.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    /// The name in plain form without its brackets and stars.
    pub(super) words: String,
    /// The unit in its brackets: `(≥**元/人·月)`, `(万元)`.
    pub(super) unit: Option<Measure>,
    /// Its last words are those of a rate (…率, 满意度, …比例).
    pub(super) is_rate: bool,
}

impl Name {
    /// Reads a name.
    pub(super) fn read(indicator: &str) -> Self {
        let short = indicator.char_indices().nth(MAX_NAME_CHARS).map_or(indicator.len(), |(at, _)| at);
        let plain = normalise(indicator.get(..short).unwrap_or_default());
        let mut words = String::new();
        let mut unit = None;
        let mut rest = plain.as_str();
        while let Some((before, after)) = rest.split_once('(') {
            words.push_str(before);
            let Some((inside, behind)) = split_bracket(after) else {
                rest = "";
                break;
            };
            unit = unit.or_else(|| bracketed_unit(inside));
            rest = behind;
        }
        words.push_str(rest);
        words.retain(|c| !matches!(c, ' ' | '★' | '*' | '"' | '“' | '”'));
        let is_rate = is_rate_name(&words) || (words.ends_with('%'));
        Self { words, unit, is_rate }
    }
}

impl Name {
    /// Whether the indicator is a rate of completion itself: 完成率, 工程进度.
    pub(super) fn is_of_completion(&self) -> bool {
        (self.is_rate && self.words.contains("完成")) || self.words.ends_with("进度")
    }
}

/// What is read of a name; a longer one is a sentence.
const MAX_NAME_CHARS: usize = 200;

/// The text inside a bracket that was just opened, and what follows it.
fn split_bracket(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some((text.get(..at)?, text.get(at.saturating_add(1)..)?));
        }
    }
    None
}

/// The unit a name's brackets hold, past sign and placeholder; points (`（3 分）`) are weights, not units.
fn bracketed_unit(inside: &str) -> Option<Measure> {
    let unit = inside.trim_start_matches(['≥', '≤', '>', '<', '=', '*', ' ', 'X', 'x', '×']).trim();
    let unit = unit.strip_prefix("单位:").unwrap_or(unit);
    let found = measure(unit)?;
    let known = super::unit::scan_measure(unit).is_some_and(|(_, taken)| taken == unit.len());
    (known && unit != "分").then_some(found)
}

/// Whether a name (without brackets) names an amount of money, whatever its unit.
pub(super) fn is_amount_name(words: &str) -> bool {
    list::AMOUNT_ENDINGS.ends(words)
}

/// Whether a name (without brackets) names a rate.
pub fn is_rate_name(words: &str) -> bool {
    let words = words
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches("调查")
        .trim_end_matches("情况")
        .trim_end_matches("达到");
    list::RATE_ENDINGS.ends(words) && (words.ends_with("有效率") || !list::NOT_RATES.ends(words))
}

impl<'a> Context<'a> {
    /// The surroundings of a cell with these hints, its columns sorted.
    pub(super) fn new(hints: &'a Hints<'a>, sign: Option<Sign>, column: Option<Measure>) -> Self {
        Self { hints, sign, column, name: OnceCell::new() }
    }

    /// What the indicator's name says.
    pub(super) fn name(&self) -> &Name {
        self.name.get_or_init(|| Name::read(self.hints.indicator))
    }

    /// The unit of a bare number, and where it comes from.
    fn surrounding(&self) -> Option<(Measure, Origin)> {
        if let Some(column) = &self.column {
            return Some((column.clone(), Origin::Column));
        }
        if self.hints.unit.is_some_and(|unit| is_unread_unit(unit, self.hints.words)) {
            return None;
        }
        if self.hints.role == Role::Actual
            && let Some(unit) = self.hints.target.and_then(Notation::unit)
            && !unit.is_bare()
        {
            let unit = if unit.word.is_empty() { Unit::percent() } else { unit.clone() };
            return Some((Measure { unit, multiplier: Number::ONE }, Origin::Target));
        }
        if let Some(unit) = &self.name().unit {
            return Some((unit.clone(), Origin::Name));
        }
        let percent = || Measure { unit: Unit::percent(), multiplier: Number::ONE };
        self.name().is_rate.then(|| (percent(), Origin::Name))
    }

    /// Whether a bare number here means days or other lengths of time.
    pub(super) fn expects_time(&self) -> bool {
        self.surrounding().is_some_and(|(measure, _)| {
            matches!(measure.unit.dimension, Dimension::Time | Dimension::Workdays | Dimension::Months)
        })
    }

    /// Whether a day is asked for here, by the target or by the name.
    pub(super) fn expects_date(&self) -> bool {
        match self.hints.target {
            Some(target) => target.is_date(),
            None => names_day(&self.name().words),
        }
    }

    /// Whether a number here is a rate.
    pub(super) fn expects_ratio(&self) -> bool {
        self.surrounding().is_some_and(|(measure, _)| measure.unit.is_ratio())
    }

    /// Gives a bare number the unit of its surroundings and refuses what cannot be meant.
    pub(super) fn complete(&self, mut quantity: Quantity) -> Result<Quantity, Unread> {
        quantity.sign = match (quantity.sign, self.sign) {
            (Some(own), Some(column)) if own != column => {
                return Err(Unread::new(&quantity.source, Why::SignsDisagree));
            }
            (own, column) => own.or(column),
        };
        let settled = if quantity.unit.is_bare() && quantity.fraction.is_none() {
            match self.surrounding() {
                Some((measure, origin)) => self.adopt(quantity, &measure, origin)?,
                // 58 where 58万 was promised
                None if quantity.multiplier == Number::ONE && self.target_is_multiplied() => {
                    if self.far_from_target(&quantity) {
                        return Err(Unread::new(&quantity.source, Why::YuanOrTenThousand));
                    }
                    quantity
                }
                None => quantity,
            }
        } else {
            if let Some(column) = &self.column
                && !quantity.unit.comparable(&column.unit)
                && quantity.fraction.is_none()
            {
                return Err(Unread::new(&quantity.source, Why::UnitsDisagree));
            }
            quantity
        };
        if settled.unit.is_bare() && settled.fraction.is_none() && self.expects_date() {
            return Err(Unread::new(&settled.source, Why::NotADate));
        }
        if self.is_ordinal(&settled.unit) {
            return Err(Unread::new(&settled.source, Why::Ordinal));
        }
        if is_point_or_comma(&settled) {
            return Err(Unread::new(&settled.source, Why::PointOrComma));
        }
        if self.is_day_of_work(&settled.unit) {
            return Err(Unread::new(&settled.source, Why::DayOfWork));
        }
        self.plausible(&settled)?;
        Ok(settled)
    }

    fn adopt(&self, quantity: Quantity, measure: &Measure, origin: Origin) -> Result<Quantity, Unread> {
        let refuse = |why| Err(Unread::new(&quantity.source, why));
        let folded = quantity.multiplier != Number::ONE;
        if measure.unit.is_ratio() {
            if folded {
                return refuse(Why::UnitsDisagree);
            }
            if self.could_be_ratio(&quantity, origin) {
                return refuse(Why::PercentOrRatio);
            }
        }
        if measure.unit.is_money() && folded {
            // 61.2万 where money is meant is 61.2万元, whatever unit the column counts in.
            return Ok(Quantity { unit: Unit::yuan(), ..quantity });
        }
        if let Some((multiplier, inferred)) = self.scale_of_target(&quantity, measure)? {
            let Some(number) = quantity.number.times(multiplier) else { return refuse(Why::TooManyDigits) };
            return Ok(Quantity { number, unit: measure.unit.clone(), multiplier, inferred, ..quantity });
        }
        let adopted = if folded || measure.multiplier == Number::ONE {
            Quantity { unit: measure.unit.clone(), ..quantity.clone() }
        } else {
            let Some(number) = quantity.number.times(measure.multiplier) else {
                return refuse(Why::TooManyDigits);
            };
            let Measure { unit, multiplier } = measure.clone();
            Quantity { number, unit, multiplier, ..quantity.clone() }
        };
        let scaled = measure.unit.is_money() || measure.multiplier != Number::ONE;
        // 580 beside 60万元: thousands as likely as tens of thousands.
        let typed = origin != Origin::Column && measure.unit.is_money() && measure.unit.factor > Number::ONE;
        if scaled && !folded && (self.far_from_target(&adopted) || (typed && self.is_many_times(&adopted))) {
            return refuse(Why::YuanOrTenThousand);
        }
        // 18000 beside ≥20公里 are metres as likely as kilometres.
        if origin != Origin::Column
            && !folded
            && measure.unit.dimension.is_measured()
            && self.is_other_unit(&adopted)
        {
            return refuse(Why::UnitUnclear);
        }
        Ok(adopted)
    }

    /// Whether an actual is a thousand times its target or more, or a thousandth or less.
    fn far_from_target(&self, actual: &Quantity) -> bool {
        let target = self.hints.target.and_then(Notation::quantity);
        let target = target.filter(|target| target.unit.comparable(&actual.unit)).and_then(Quantity::in_base);
        target.zip(actual.in_base()).is_some_and(|(target, number)| are_far_apart(target, number))
    }

    /// Whether an actual is five times its target or more.
    fn is_many_times(&self, actual: &Quantity) -> bool {
        let target = self.hints.target.and_then(Notation::quantity);
        let target = target.filter(|target| target.unit.comparable(&actual.unit)).and_then(Quantity::in_base);
        target.zip(actual.in_base()).is_some_and(|(target, number)| {
            !target.is_zero() && target.times(Number::from(5)).is_some_and(|most| number >= most)
        })
    }

    /// Whether an actual is a hundred times its target or more: what a smaller unit would make of it.
    fn is_other_unit(&self, actual: &Quantity) -> bool {
        let target = self.hints.target.and_then(Notation::quantity);
        let target = target.filter(|target| target.unit.comparable(&actual.unit)).and_then(Quantity::in_base);
        target.zip(actual.in_base()).is_some_and(|(target, number)| {
            !target.is_zero() && target.times(Number::from(100)).is_none_or(|most| number >= most)
        })
    }

    /// Whether the target was written with 万 or its like.
    fn target_is_multiplied(&self) -> bool {
        let target = self.hints.target.and_then(Notation::quantity);
        target.is_some_and(|target| target.multiplier != Number::ONE)
    }

    /// Whether a number with this unit names a place on a scale: 二级, 水质三类.
    fn is_ordinal(&self, unit: &Unit) -> bool {
        let graded = || list::GRADED_THINGS.within(&self.name().words);
        unit.word == "级" || (unit.word == "类" && graded())
    }

    /// Whether hours are set against days where a day need not be one of 24 hours: 16小时 of a training of 2天.
    fn is_day_of_work(&self, unit: &Unit) -> bool {
        let Some(target) = self.hints.target.and_then(Notation::quantity) else { return false };
        let timed = unit.dimension == Dimension::Time && target.unit.dimension == Dimension::Time;
        let day = Number::from(86_400);
        if !timed || (unit.factor < day) == (target.unit.factor < day) {
            return false;
        }
        target.sign.is_some_and(Sign::is_floor)
            || (target.sign.is_none_or(|sign| sign == Sign::Equal)
                && list::WORKED_DAYS.within(&self.name().words))
    }

    /// Refuses rates that the indicator cannot have: what remains of a misread `≥50%` is `250%`.
    fn plausible(&self, quantity: &Quantity) -> Result<(), Unread> {
        let Some(ratio) = quantity.ratio() else { return Ok(()) };
        let ratio = ratio.number();
        let fits = (!ratio.is_negative() && ratio <= Number::ONE) || {
            let name = &self.name().words;
            name.is_empty()
                || (ratio.is_negative() && falls(name))
                || grows(name)
                || (may_exceed(name) && !ratio.is_negative() && ratio < Number::from(2))
        };
        if fits { Ok(()) } else { Err(Unread::new(&quantity.source, Why::RateOutOfRange)) }
    }
}

/// `1.200人`: three digits behind the point of something counted may be thousands.
fn is_point_or_comma(quantity: &Quantity) -> bool {
    let counted = matches!(quantity.unit.dimension, Dimension::Count(_)) && quantity.fraction.is_none();
    let written = quantity.places == 3 && quantity.multiplier == Number::ONE;
    counted && (written || quantity.number.get().normalize().scale() == 3)
}

/// Names of changes, which know no upper end.
fn grows(name: &str) -> bool {
    list::RISE_NAMES.within(name) || list::GAINS.within(name) || list::GROWTH_NAMES.within(name)
}

/// Names of rates that may lie below zero.
fn falls(name: &str) -> bool {
    list::BELOW_ZERO.within(name)
}

/// Names of rates that pass 100 % when more is done or spent than planned.
fn may_exceed(name: &str) -> bool {
    !list::BOUNDED_RATES.within(name) && list::OPEN_RATES.within(name)
}
