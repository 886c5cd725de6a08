//! What is striking about a target or an actual, for the findings of the check room. Each answers one question.

use super::context::{Name, is_amount_name, is_rate_name};
use super::numeral::scan_number;
use super::quantity::{Quantity, scan_quantity};
use super::read::{Notation, Unread, Why};
use super::sign::{Sign, scan_sign};
use super::status::{StatusWord, status_word};
use super::unit::{Dimension, Unit, measure};
use super::width::normalise;
use crate::model::NotMeasurable;
use crate::sheet::{Cell, Value};
use crate::words::list;

/// Whether there is no target (`target-missing`) or no actual (`actual-missing`).
pub fn is_missing(notation: &Notation) -> bool {
    matches!(notation, Notation::Blank)
}

/// Whether a number stands without a unit that the cell, its columns or the name would give (`target-unit-missing`).
/// 企业数, 培训人次, 抽检批次: the name's end says what is counted. Zero of anything is zero.
pub fn is_unit_missing(target: &Notation, indicator: &str) -> bool {
    let bare = match target {
        Notation::Quantity(quantity) => quantity.unit.is_bare() && !quantity.number.is_zero(),
        Notation::Range { high, .. } => high.unit.is_bare(),
        _ => false,
    };
    bare && !names_unit(&Name::read(indicator).words)
}

/// Whether the end of a name says what its number counts.
fn names_unit(name: &str) -> bool {
    let counts = list::COUNT_ENDINGS.ends(name);
    counts && !name.ends_with("数量") && !list::MONEY_NAMES.within(name)
}

/// How an indicator's name contradicts its target (`name-and-target-disagree`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameDisagreement {
    /// The name states another number.
    Number(String),
    /// The name's brackets state a unit of another dimension.
    Unit(String),
    /// The name states the opposite sign.
    Sign(Sign),
}

/// Whether the name of an indicator says something else than its target: `…通过率100%` with `≥98%`, `…(万元)` with
/// `30人`, `…(≥**%)` with `≤5%`.
pub fn name_disagrees(indicator: &str, target: &Notation) -> Option<NameDisagreement> {
    let target = target.quantity()?;
    let unit = Name::read(indicator).unit.map(|measure| measure.unit);
    if let Some(unit) = &unit
        && other_kind(unit, &target.unit)
    {
        return Some(NameDisagreement::Unit(unit.word.clone()));
    }
    let plain = normalise(indicator);
    let (sign, stated) = stated_in(plain.as_str())?;
    match &stated {
        // Another quantity than the target's: 响应率(响应时间≤24小时).
        Some(stated) if !stated.unit.comparable(&target.unit) => return None,
        // The threshold's place is held by stars: its unit must be the target's.
        None if unit.is_none_or(|unit| !unit.comparable(&target.unit)) => return None,
        _ => {}
    }
    let opposite = |a: Sign, b: Sign| (a.is_floor() && b.is_cap()) || (a.is_cap() && b.is_floor());
    if let (Some(name), Some(cell)) = (sign, target.sign)
        && opposite(name, cell)
    {
        return Some(NameDisagreement::Sign(name));
    }
    let stated = stated?;
    (stated.in_base() != target.in_base())
        .then(|| NameDisagreement::Number(format!("{}{}", stated.number, stated.unit)))
}

/// Whether two units measure things of another kind: a rate and a count, money and a length. Two measure words may count
/// the same things, and what is paid may leave out whom (元/人 and 元); a time in brackets says when, not how much.
fn other_kind(name: &Unit, target: &Unit) -> bool {
    let kind = |unit: &Unit| match &unit.dimension {
        Dimension::Count(_) => Some(Dimension::Count(String::new())),
        Dimension::Per(top, _) if **top == Dimension::Money => Some(Dimension::Money),
        Dimension::Bare | Dimension::Per(..) => None,
        other => Some(other.clone()),
    };
    let timed = |unit: &Unit| {
        matches!(unit.dimension, Dimension::Time | Dimension::Workdays | Dimension::Months)
            || list::PLACES_AS_UNITS.has(&unit.word)
    };
    if timed(name) && !timed(target) {
        return false;
    }
    matches!((kind(name), kind(target)), (Some(a), Some(b)) if a != b)
}

/// The quantity that a name states as a target would (`name-holds-target`): behind a sign, or at its end.
pub fn stated_in_name(indicator: &str) -> Option<Quantity> {
    stated_in(normalise(indicator).as_str())?.1
}

/// The sign in a name, and the number behind it; or the number that closes the name (办结率100%, 道路120公里).
fn stated_in(name: &str) -> Option<(Option<Sign>, Option<Quantity>)> {
    if let Some(at) = name.find(['≥', '≤', '>', '<', '=']) {
        let rest = name.get(at..)?;
        let (sign, _) = scan_sign(rest)?;
        return Some((Some(sign), scan_quantity(rest).map(|(quantity, _)| quantity)));
    }
    let name = name.trim_end_matches([' ', ')', '。']);
    let words = name.trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = words.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let at = words.len().checked_sub(digits)?;
    let (quantity, taken) = scan_quantity(name.get(at..)?)?;
    let before = name.get(..at)?;
    let counted = matches!(
        quantity.unit.dimension,
        Dimension::Ratio
            | Dimension::Money
            | Dimension::Length
            | Dimension::Area
            | Dimension::Volume
            | Dimension::Mass
    );
    // 第3批, 2022年, 5-10%: a number that is part of something else.
    let alone = before.ends_with(|c: char| c.is_alphabetic() || c == '(') && !before.ends_with('第');
    (digits > 0 && alone && counted && at.checked_add(taken) == Some(name.len()))
        .then_some((None, Some(quantity)))
}

/// Whether the actual is a copy of the target, its bound included (`actual-copies-target`): nobody measures `≥40厘米`,
/// and a deadline is no day on which something was done.
pub fn copies_target(target: &Notation, actual: &Notation) -> bool {
    match (target, actual) {
        (Notation::Quantity(promised), Notation::Quantity(done)) => {
            let bound = done.sign.filter(|sign| *sign != Sign::Equal && *sign != Sign::About);
            bound.is_some()
                && bound == promised.sign
                && done.fraction == promised.fraction
                && done.unit.comparable(&promised.unit)
                && done.in_base() == promised.in_base()
        }
        (Notation::Deadline(by), Notation::Deadline(done)) => by == done,
        _ => false,
    }
}

/// Whether the actual is a status word where a number or a date was promised (`actual-is-status-word`). 按时完成 says
/// of a date what is asked.
pub fn is_status_for_number(target: &Notation, actual: &Notation) -> bool {
    let Notation::Status(status) = actual else { return false };
    let timely = matches!(status.word, StatusWord::OnTime | StatusWord::Late);
    match target {
        Notation::Quantity(_) | Notation::Range { .. } => true,
        target => target.is_date() && !timely,
    }
}

/// Whether a text is only a word of status (已完成).
pub fn is_status(text: &str) -> bool {
    status_word(text.trim()).is_some()
}

/// Whether a rate lies where no such rate can (`rate-out-of-range`): `250%` of satisfaction.
pub fn is_rate_out_of_range(outcome: &Result<Notation, Unread>) -> bool {
    outcome.as_ref().is_err_and(|unread| unread.why == Why::RateOutOfRange)
}

/// Whether a cell holds a plain number as text (`number-stored-as-text`), which a sum and a chart ignore. `95%` among
/// texts such as `≥90%` is a text like them.
pub fn is_number_as_text(cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else { return false };
    let plain = normalise(text);
    let text = plain.as_str().trim();
    let Some((_, taken)) = scan_number(text) else { return false };
    let rest = text.get(taken..).unwrap_or_default().trim_start();
    rest.is_empty()
}

/// Whether an amount of money stands as a quantity indicator (`amount-as-quantity-indicator`).
pub fn is_amount_as_quantity(category: &str, indicator: &str, target: &Notation) -> bool {
    let name = Name::read(indicator).words;
    let money = match target {
        Notation::Quantity(quantity) => {
            quantity.unit.is_money() || (quantity.unit.is_bare() && is_amount_name(&name))
        }
        _ => false,
    };
    category.contains("数量") && money
}

/// By how many days the actual misses its deadline at least (`date-late`); `None` in time, or where that is not
/// certain.
pub fn days_late(target: &Notation, actual: &Notation) -> Option<i32> {
    let due = match target {
        Notation::Deadline(by) => *by,
        Notation::Date(days) | Notation::Period(days) => days.last,
        _ => return None,
    };
    let done = match actual {
        Notation::Date(days) => days.first,
        Notation::Period(days) => days.last,
        _ => return None,
    };
    Some(due.until(done).ok()?.get_days()).filter(|days| *days > 0)
}

/// Why a target cannot be measured (`yes-no-indicator-with-rate`, `target-not-measurable`): a percentage as target of a yes/no
/// question, or of something that is no rate. What the form's own unit column counts in percent is one, whatever its name
/// (居民健康素养水平).
pub fn not_measurable(name: &str, unit: Option<&str>, target: &Notation) -> Option<NotMeasurable> {
    if !target.quantity().is_some_and(|quantity| quantity.unit.is_ratio()) {
        return None;
    }
    if name.contains("是否") || name.trim_end_matches(['?', '？']).ends_with("与否") {
        return Some(NotMeasurable::YesNoWithRate);
    }
    let bare = without_brackets(name);
    let bare = bare.strip_suffix("指标").unwrap_or(&bare);
    // By how much something grows or falls is measured in percent; so is, in use, how far a quality is there (及时性).
    let change = [list::CHANGE_NOUNS, list::FALL_NAMES, list::SAVINGS, list::GROWTH_NAMES];
    let counted = unit
        .and_then(|unit| measure(normalise(unit).as_str().trim()))
        .is_some_and(|unit| unit.unit.is_ratio());
    let measured = counted || change.iter().any(|words| words.ends(bare)) || bare.ends_with('性');
    (!is_rate_name(bare) && !measured).then_some(NotMeasurable::RateOfNothing)
}

/// A name without what stands in brackets: `公众服务满意度（%）` is `公众服务满意度`.
pub fn without_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth = depth.saturating_add(1),
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}
