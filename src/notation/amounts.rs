//! Texts that are one number, a fraction or a range, with the words that may stand around them.

use super::beside_numbers::{counted_harm, leads, noun, strip_lead, strip_verb};
use super::context::Context;
use super::quantity::{Quantity, from, scan_amount, spaces};
use super::read::{Notation, Role, Unread, Why};
use super::sign::{Sign, scan_sign, scan_sign_after};
use super::status::{Status, StatusWord};
use super::unit::{Dimension, Unit, for_each, scan_each, scan_measure, scan_unit};
use crate::base::{Number, Ratio};
use crate::words::{Senses, list};

/// How far an attempt came.
pub(super) enum Attempt {
    /// The whole text was read.
    Read(Box<Notation>),
    /// The text is of this form, and refused.
    Refused(Unread),
    /// The text begins like this form, but not from this byte on.
    Stuck(usize),
    /// The text is not of this form.
    Other,
}

/// Reads the whole plain text (trimmed) as a number, fraction or range.
pub(super) fn attempt(text: &str, context: &Context) -> Attempt {
    if let Some(rate) = text.strip_suffix("完成").filter(|rate| rate.ends_with('%')) {
        return attempt(&format!("完成{rate}"), context); // 100%完成
    }
    if let Some(cut) = cut_short(text).filter(|_| context.hints.role == Role::Actual) {
        return more_than(text, attempt(&cut, context));
    }
    let lead = leads(text, context);
    let mut at = lead.at;
    let (before, taken) = match scan_sign(from(text, at)) {
        Some((sign, taken)) => (Some(sign), taken),
        None => (lead.bound, 0),
    };
    at = spaces(text, at.saturating_add(taken));
    if let Some((_, after)) = strip_lead(from(text, at)) {
        at = at.saturating_add(after);
    }
    let verb = before.and_then(|_| strip_verb(from(text, at))); // 至少开展3次
    at = spaces(text, at.saturating_add(verb.unwrap_or(0)));
    let each = scan_each(from(text, at));
    at = spaces(text, at.saturating_add(each.as_ref().map_or(0, |(_, taken)| *taken)));
    let (before, taken) = match scan_sign(from(text, at)).filter(|_| each.is_some() && before.is_none()) {
        Some((sign, taken)) => (Some(sign), taken), // 每季度至少1次
        None => (before, 0),
    };
    at = spaces(text, at.saturating_add(taken));
    let paid = list::YUAN_BEFORE.longest(from(text, at));
    at = at.saturating_add(paid.map_or(0, str::len));
    let bracket = from(text, at).starts_with('(');
    if bracket {
        at = at.saturating_add(1);
    }
    let Some((mut first, taken)) = scan_amount(from(text, at)) else { return Attempt::Other };
    at = at.saturating_add(taken);
    first.sign = before;
    text.clone_into(&mut first.source);
    if paid.is_some() {
        if first.unit.is_bare() {
            first.unit = Unit::yuan();
        } else if !first.unit.is_money() {
            return Attempt::Stuck(at);
        }
    }
    if let Some((below, _)) = each {
        match for_each(first.unit.clone(), below) {
            Some(unit) => first.unit = unit,
            None => return Attempt::Stuck(at),
        }
        return finish(text, at, first, context, None);
    }
    let things = Dimension::is_of_things;
    if (lead.counted || verb.is_some()) && !things(&first.unit.dimension) {
        return Attempt::Stuck(at);
    }
    if let Some((outcome, from_at)) = fraction(text, at, &first, bracket) {
        return match outcome {
            Ok(quantity) => finish(text, from_at, quantity, context, None),
            Err(unread) => Attempt::Refused(unread),
        };
    }
    if bracket {
        return Attempt::Stuck(at);
    }
    if let Some((separator, taken)) = range_separator(text, at)
        && let Some((high, taken_high)) = scan_amount(from(text, separator.saturating_add(taken)))
    {
        let end = separator.saturating_add(taken).saturating_add(taken_high);
        return range(text, end, first, high, context);
    }
    let done = lead.done
        && context.hints.role == Role::Actual
        && first.unit.is_ratio()
        && !context.name().is_of_completion();
    finish(text, at, first, context, done.then_some(StatusWord::Done))
}

/// `3000余人`, `3万多人次`, `十几起`: the text without the word that says that it is somewhat more.
fn cut_short(text: &str) -> Option<String> {
    let (at, word) = list::SOMEWHAT_MORE.find(text)?;
    let (before, after) = (text.get(..at)?, text.get(at.checked_add(word.len())?..)?);
    let numeral = |c: char| matches!(c, '十' | '百' | '千' | '万' | '亿');
    let counted = before.ends_with(|c: char| numeral(c) || (c.is_ascii_digit() && word != "几"));
    let unit = scan_measure(after).is_some();
    (counted && unit && !list::SOMEWHAT_MORE.within(after)).then(|| format!("{before}{after}"))
}

/// The number read, as the lower end of what it may be.
fn more_than(text: &str, read: Attempt) -> Attempt {
    let refused = || Attempt::Refused(Unread::new(text, Why::NotUnderstood));
    match read {
        Attempt::Read(notation) => match *notation {
            Notation::Quantity(q) if q.sign.is_none() && q.fraction.is_none() => {
                let (sign, source) = (Some(Sign::MoreThan), text.to_owned());
                Attempt::Read(Box::new(Notation::Quantity(Quantity { sign, source, ..q })))
            }
            _ => refused(),
        },
        other => other,
    }
}

/// `-`, `--`, `~`, 至, 到 between the ends of a range: where it begins, and its bytes.
fn range_separator(text: &str, at: usize) -> Option<(usize, usize)> {
    let at = spaces(text, at);
    let rest = from(text, at);
    let word = list::RANGE_MARKS.longest(rest)?;
    let after = spaces(text, at.checked_add(word.len())?);
    Some((at, after.checked_sub(at)?))
}

fn range(text: &str, end: usize, low: Quantity, high: Quantity, context: &Context) -> Attempt {
    let refuse = |why| Attempt::Refused(Unread::new(text, why));
    if end != text.len() {
        return Attempt::Stuck(end);
    }
    if low.sign.is_some() {
        return refuse(Why::SignsDisagree);
    }
    if is_calendar_year(&low, &high.unit) {
        return refuse(Why::NotUnderstood); // 2022-2023学年
    }
    let mut low = low;
    let mut high = high;
    text.clone_into(&mut low.source);
    text.clone_into(&mut high.source);
    if low.unit.is_bare() && low.multiplier == Number::ONE && !high.unit.is_bare() {
        let Some(number) = low.number.times(high.multiplier) else { return refuse(Why::TooManyDigits) };
        low = Quantity { number, unit: high.unit.clone(), multiplier: high.multiplier, ..low };
    }
    let (low, high) = match (context.complete(low), context.complete(high)) {
        (Ok(low), Ok(high)) => (low, high),
        (Err(unread), _) | (_, Err(unread)) => return Attempt::Refused(unread),
    };
    if !low.unit.comparable(&high.unit) {
        return refuse(Why::UnitsDisagree);
    }
    match (low.in_base(), high.in_base()) {
        (Some(a), Some(b)) if a <= b => Attempt::Read(Box::new(Notation::Range { low, high })),
        (Some(_), Some(_)) => refuse(Why::RangeBackwards),
        _ => refuse(Why::TooManyDigits),
    }
}

/// What stands between the two numbers of a fraction, and whether the first of them is the whole.
const BETWEEN_PARTS: Senses<bool> =
    Senses::new(&[(list::PART_OF_WHOLE, true), (list::DIVISION_SIGNS, false)]);

/// `a/b` or `b人中a人` from the end of the first number on: the ratio, and where it ends.
fn fraction(
    text: &str,
    at: usize,
    first: &Quantity,
    bracket: bool,
) -> Option<(Result<Quantity, Unread>, usize)> {
    let rest = from(text, at);
    let (first_is_whole, skip) = BETWEEN_PARTS.longest(rest)?;
    let second_at = spaces(text, at.checked_add(skip)?);
    let (second, taken) = scan_amount(from(text, second_at))?;
    let mut end = second_at.checked_add(taken)?;
    let (part, whole) = if first_is_whole { (&second, first) } else { (first, &second) };
    let refuse = |why| Some((Err(Unread::new(text, why)), text.len()));
    if first_is_whole && !matches!(first.unit.dimension, Dimension::Count(_)) {
        return None;
    }
    // Two rates have no rate of their own; a denominator in 万 is a rate of another kind (5人/10万人).
    let kinds_differ = part.unit != whole.unit || part.unit.is_ratio() || part.multiplier != whole.multiplier;
    if kinds_differ {
        return refuse(Why::UnitsDisagree);
    }
    let (Some(a), Some(b)) = (part.in_base(), whole.in_base()) else { return refuse(Why::TooManyDigits) };
    if whole.number.is_zero() {
        return refuse(Why::ZeroDenominator);
    }
    if a.is_negative() || b.is_negative() {
        return refuse(Why::NotUnderstood);
    }
    if bracket {
        if !from(text, end).starts_with(')') {
            return refuse(Why::NotUnderstood);
        }
        end = end.checked_add(1)?;
    }
    for times in ["*100%", "×100%", "x100%"] {
        if from(text, spaces(text, end)).starts_with(times) {
            end = spaces(text, end).checked_add(times.len())?;
        }
    }
    if looks_like_month(part, whole, text) {
        return refuse(Why::NotUnderstood);
    }
    let Some(number) = a.over(b) else { return refuse(Why::TooManyDigits) };
    let fraction = Some((part.number, whole.number));
    let (unit, source) = (Unit::ratio(), text.to_owned());
    let quantity = Quantity { sign: first.sign, fraction, places: 0, source, ..Quantity::new(number, unit) };
    if let Some(result) = from(text, spaces(text, end)).strip_prefix('=') {
        let at = spaces(text, text.len().checked_sub(result.len())?);
        let (stated, taken) = scan_amount(from(text, at))?;
        if !agrees(&stated, number) {
            return refuse(Why::RateDisagrees);
        }
        end = at.checked_add(taken)?;
    }
    Some((Ok(quantity), end))
}

/// `2022/11`: as likely a month as a fraction.
fn looks_like_month(part: &Quantity, whole: &Quantity, text: &str) -> bool {
    let year = Number::from(1949) <= part.number && part.number <= Number::from(2099);
    part.unit.is_bare() && year && whole.number <= Number::from(12) && !text.contains('=')
}

/// Whether a rate is the quotient, rounded to the places it shows.
fn agrees(stated: &Quantity, quotient: Number) -> bool {
    let scaled = quotient.over(stated.unit.factor);
    stated.unit.is_ratio() && scaled.is_some_and(|exact| exact.round(stated.places) == stated.number)
}

/// `2022学年`, `2022届`: the number names a year, it counts nothing.
pub(super) fn is_calendar_year(quantity: &Quantity, unit: &Unit) -> bool {
    list::NAMED_BY_YEAR.has(&unit.word)
        && Number::from(1949) <= quantity.number
        && quantity.number <= Number::from(2099)
}

/// What may stand behind a number; then the number is settled into its surroundings.
fn finish(
    text: &str,
    end: usize,
    mut quantity: Quantity,
    context: &Context,
    status: Option<StatusWord>,
) -> Attempt {
    if is_calendar_year(&quantity, &quantity.unit) {
        return Attempt::Stuck(0);
    }
    let mut at = spaces(text, noun(text, spaces(text, end), &quantity));
    if let Some((after, taken)) = scan_sign_after(from(text, at)) {
        if quantity.sign.is_some_and(|before| before != after) {
            return Attempt::Refused(Unread::new(text, Why::SignsDisagree));
        }
        quantity.sign = Some(after);
        at = spaces(text, at.saturating_add(taken));
    }
    let timed = matches!(quantity.unit.dimension, Dimension::Time | Dimension::Workdays | Dimension::Months);
    if timed && from(text, at).starts_with('内') {
        if quantity.sign.is_some_and(|before| before != Sign::AtMost) {
            return Attempt::Refused(Unread::new(text, Why::SignsDisagree));
        }
        quantity.sign = Some(Sign::AtMost);
        at = at.saturating_add("内".len());
    }
    at = remark(text, at, &mut quantity);
    at = counted_harm(text, at, &quantity);
    if at != text.len() {
        return Attempt::Stuck(at);
    }
    let day = quantity.unit.word == "日" && quantity.sign.is_none();
    let month = quantity.unit.word == "月" && quantity.number <= Number::from(12);
    if (day || month) && !context.expects_time() {
        return Attempt::Refused(Unread::new(text, Why::DayOrDays));
    }
    match (context.complete(quantity), status) {
        (Err(unread), _) => Attempt::Refused(unread),
        (Ok(quantity), Some(_)) if quantity.sign.is_some() => {
            Attempt::Refused(Unread::new(text, Why::NotUnderstood)) // 完成近80%
        }
        (Ok(quantity), Some(_)) => Attempt::Read(Box::new(rated_status(&quantity))),
        (Ok(quantity), None) => Attempt::Read(Box::new(Notation::Quantity(quantity))),
    }
}

/// `(含)` where it agrees with the sign, the unit in brackets, and a fraction in brackets that equals the rate.
fn remark(text: &str, at: usize, quantity: &mut Quantity) -> usize {
    let rest = from(text, at);
    let included = match quantity.sign {
        Some(Sign::LessThan | Sign::AtMost) => Some(Sign::AtMost),
        Some(Sign::MoreThan | Sign::AtLeast) => Some(Sign::AtLeast),
        _ => None,
    };
    if included.is_some() && rest.starts_with("(含)") {
        quantity.sign = included;
        return at.saturating_add("(含)".len());
    }
    if quantity.unit.is_bare()
        && let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && let Some((unit, taken)) = scan_unit(inside)
        && taken == inside.len()
    {
        quantity.unit = unit; // 20(场)
        return text.len();
    }
    if let Some(inside) = rest.strip_prefix('(')
        && let Some((first, taken)) = scan_amount(inside)
        && let Some((Ok(parts), end)) = fraction(inside, taken, &first, false)
        && from(inside, end) == ")"
        && quantity.unit.is_ratio()
        && agrees(quantity, parts.number)
    {
        quantity.fraction = parts.fraction;
        quantity.number = parts.number;
        quantity.unit = Unit::ratio();
        return text.len();
    }
    at
}

/// `已完成100%`: words that say how far something is done, with the rate they name.
fn rated_status(quantity: &Quantity) -> Notation {
    let rate = quantity.ratio();
    let word =
        if rate.is_some_and(|rate| rate >= Ratio::ONE) { StatusWord::Done } else { StatusWord::Partly };
    Notation::Status(Status { word, rate })
}
