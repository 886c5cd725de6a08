//! Which way an indicator counts, and on what grounds (domain rule: the platform's table for self-evaluation).
//!
//! A sign decides. `=` or no sign is a cap where the category or the name speaks of cost, harm or time needed, and a
//! floor elsewhere; where that cannot be said with certainty, a person decides.

use std::fmt;

use super::context::{is_amount_name, is_rate_name};
use super::quantity::Quantity;
use super::read::Notation;
use super::sign::Sign;
use super::unit::{Dimension, Unit};
use super::width::normalise;
use crate::words::{Class, Lexicon, Words};

/// Which way an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 正向: the more the better, met from the target on.
    AtLeast,
    /// 反向: the less the better, met up to the target.
    AtMost,
    /// The target is zero: anything above it loses all points.
    ZeroTolerance,
    /// 定性: words; the points stay with the person who gave them, within the bands of their grade.
    Qualitative,
    /// A date: met when done in time.
    OnTime,
}

/// What the direction was decided by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The target's sign.
    Sign(Sign),
    /// A word in the indicator's name.
    Name(String),
    /// A word in the category (二级指标).
    Category(String),
    /// The target is zero.
    ZeroTarget,
    /// The kind of target (a date, words).
    Kind,
    /// Nothing says otherwise: without a sign, more is better.
    Default,
}

/// A direction and its grounds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Which way.
    pub direction: Direction,
    /// On what grounds.
    pub basis: Basis,
    /// The target's sign is `=`.
    pub equals: bool,
}

impl Decision {
    /// `=` on a cost, read as a cap (finding `equals-on-cost`).
    pub fn is_equals_on_cost(&self) -> bool {
        self.direction == Direction::AtMost && self.equals
    }

    /// No sign, read as a cap by its name or category (finding `direction-inferred`).
    pub fn is_inferred(&self) -> bool {
        !self.equals && matches!(self.basis, Basis::Name(_) | Basis::Category(_))
    }
}

/// Why a person must decide the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Undecided {
    /// There is no target.
    NoTarget,
    /// The target is about (约, 左右), which bounds nothing.
    About,
    /// The target is a range.
    Range,
    /// The target is below zero.
    Negative,
    /// The target is the answer to a checklist, or that nothing was found, without a number.
    NotMeasured,
    /// The name speaks of harm, and of something else besides (事故处置次数, 违法典型案例).
    MixedName,
    /// A rate of doing (执行率) among the costs, with `=` or no sign.
    RateAmongCosts,
    /// An amount of money without a sign: to be spent, saved or earned?
    Money,
    /// A length of time without a sign: to be kept or to be reached?
    Time,
}

impl fmt::Display for Undecided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTarget => "没有指标值，无法判断完成情况",
            Self::About => "指标值是约数，无法判断是否达标，请写明“≥”或“≤”",
            Self::Range => "指标值是区间，没有规定如何计分",
            Self::Negative => "指标值为负数，无法按比例计分",
            Self::NotMeasured => "指标值没有可比较的数",
            Self::MixedName => {
                "指标名称含有负面事项，但无法确定是越少越好还是越多越好，请在指标值前写明“≥”或“≤”"
            }
            Self::RateAmongCosts => "成本类的比率没有写明方向，请在指标值前写明“≥”或“≤”",
            Self::Money => "金额没有写明方向，请在指标值前写明“≥”或“≤”",
            Self::Time => "时长没有写明方向，请在指标值前写明“≥”或“≤”",
        })
    }
}

/// The first word of the list that the text has.
fn found(text: &str, list: &Lexicon) -> Option<String> {
    list.iter().find(|word| text.contains(word)).map(str::to_owned)
}

/// Whether a name alone says that its figure is to stay small: cost, harm or time needed, and nothing else besides;
/// spending, where the figure is money.
pub fn names_cap(indicator: &str, unit: &Unit, words: &Words) -> bool {
    let name = outside_brackets(indicator);
    match by_name(&name, words) {
        Said::Nothing => is_paid(unit) && matches!(by_money(&name, words), Said::Cap(_)),
        said => matches!(said, Said::Cap(_)),
    }
}

/// What a name says of the direction, with the word that says it.
enum Said {
    Cap(String),
    Floor(String),
    Unclear,
    Nothing,
}

/// What a name says by the harm or the time needed that it names.
fn by_name(name: &str, words: &Words) -> Said {
    let is_rate = is_rate_name(name);
    if !is_rate && let Some((word, rest)) = last(name, words.of(Class::Times)) {
        let reduced = found(name, words.of(Class::Reductions)).is_some();
        return if is_neutral(rest, words.of(Class::DirectionNeutral)) && !reduced {
            Said::Cap(word)
        } else {
            Said::Unclear
        };
    }
    let Some((word, rest)) = last(name, words.of(Class::Caps)) else { return Said::Nothing };
    // 不合格 is harm, 合格率 a remedy: what is left of the name without the harm counts.
    let without = name.replacen(&word, "", 1);
    let acted = |text: &str| {
        found(text, words.of(Class::Remedies)).or_else(|| found(text, words.of(Class::Reductions)))
    };
    match (acted(&without), acted(rest)) {
        (None, _) if is_neutral(rest, words.of(Class::DirectionNeutral)) => Said::Cap(word),
        // 投诉处理率; but 录入差错率 is an error of what stands before it, and 处理投诉率 none.
        (_, Some(remedy)) if is_rate => Said::Floor(remedy),
        _ => Said::Unclear,
    }
}

/// What a name says where its figure is money.
fn by_money(name: &str, words: &Words) -> Said {
    match (last(name, words.of(Class::MoneyCaps)), found(name, words.of(Class::MoneyFloors))) {
        (Some((word, rest)), None) if is_neutral(rest, words.of(Class::DirectionNeutral)) => Said::Cap(word),
        (None, Some(word)) => Said::Floor(word),
        (None, None) => Said::Nothing,
        _ => Said::Unclear,
    }
}

/// The word of the list that ends last in the name, and what follows it.
fn last<'n>(name: &'n str, list: &Lexicon) -> Option<(String, &'n str)> {
    let ends = list.iter().filter_map(|word| {
        let at = name.rfind(word)?;
        Some((at.checked_add(word.len())?, word))
    });
    let (end, word) = ends.max_by_key(|(end, word)| (*end, word.len()))?;
    Some((word.to_owned(), name.get(end..)?))
}

/// Whether a text consists of neutral words.
fn is_neutral(mut text: &str, neutral: &Lexicon) -> bool {
    while !text.is_empty() {
        match neutral.strip(text) {
            Some(rest) => text = rest,
            None => return false,
        }
    }
    true
}

/// Whether a unit is money, or money per something.
fn is_paid(unit: &Unit) -> bool {
    match &unit.dimension {
        Dimension::Money => true,
        Dimension::Per(top, _) => **top == Dimension::Money,
        _ => false,
    }
}

/// Decides which way an indicator counts.
pub fn decide(
    target: &Notation,
    indicator: &str,
    category: &str,
    words: &Words,
) -> Result<Decision, Undecided> {
    let kind = |direction| Ok(Decision { direction, basis: Basis::Kind, equals: false });
    match target {
        Notation::Blank => Err(Undecided::NoTarget),
        Notation::Range { .. } => Err(Undecided::Range),
        Notation::Date(_) | Notation::Deadline(_) | Notation::Period(_) => kind(Direction::OnTime),
        Notation::Scale(_)
        | Notation::ScaleName(_)
        | Notation::YesNo(_)
        | Notation::Status(_)
        | Notation::Text(_) => kind(Direction::Qualitative),
        Notation::NothingFound => {
            Ok(Decision { direction: Direction::ZeroTolerance, basis: Basis::ZeroTarget, equals: false })
        }
        Notation::Items(_) => Err(Undecided::NotMeasured),
        Notation::Quantity(quantity) => of_quantity(quantity, indicator, category, words),
    }
}

fn of_quantity(
    target: &Quantity,
    indicator: &str,
    category: &str,
    words: &Words,
) -> Result<Decision, Undecided> {
    let equals = target.sign == Some(Sign::Equal);
    let decision = |direction, basis| Ok(Decision { direction, basis, equals });
    if target.number.is_negative() {
        return Err(Undecided::Negative);
    }
    match target.sign {
        Some(Sign::About) => return Err(Undecided::About),
        Some(sign) if sign.is_floor() => return decision(Direction::AtLeast, Basis::Sign(sign)),
        Some(sign) if sign.is_cap() && !target.number.is_zero() => {
            return decision(Direction::AtMost, Basis::Sign(sign));
        }
        _ if target.number.is_zero() => return decision(Direction::ZeroTolerance, Basis::ZeroTarget),
        _ => {}
    }
    let name = outside_brackets(indicator);
    match by_name(&name, words) {
        Said::Cap(word) => return decision(Direction::AtMost, Basis::Name(word)),
        Said::Floor(word) => return decision(Direction::AtLeast, Basis::Name(word)),
        Said::Unclear => return Err(Undecided::MixedName),
        Said::Nothing => {}
    }
    if let Some(word) = found(&normalise(category).as_str().replace(' ', ""), words.of(Class::CapCategories))
    {
        return if is_rate_name(&name) || target.unit.is_ratio() {
            Err(Undecided::RateAmongCosts)
        } else if found(&name, words.of(Class::Reductions)).is_some() {
            Err(Undecided::MixedName)
        } else {
            decision(Direction::AtMost, Basis::Category(word))
        };
    }
    match &target.unit.dimension {
        Dimension::Bare if is_amount_name(&name) => Err(Undecided::Money),
        Dimension::Money | Dimension::Per(..) if is_paid(&target.unit) => match by_money(&name, words) {
            Said::Cap(word) => decision(Direction::AtMost, Basis::Name(word)),
            // Money a person gets (补助标准 2800元/人) is neither more nor less the better.
            Said::Floor(word) if target.unit.is_money() => decision(Direction::AtLeast, Basis::Name(word)),
            _ => Err(Undecided::Money),
        },
        Dimension::Time | Dimension::Workdays | Dimension::Months => {
            match found(&name, words.of(Class::TimeFloors)) {
                Some(word) => decision(Direction::AtLeast, Basis::Name(word)),
                None => Err(Undecided::Time),
            }
        }
        _ => decision(Direction::AtLeast, if equals { Basis::Sign(Sign::Equal) } else { Basis::Default }),
    }
}

/// The name in plain form, without what stands in brackets (units, placeholders, explanations) and without spaces.
fn outside_brackets(indicator: &str) -> String {
    super::context::Name::read(indicator).words
}
