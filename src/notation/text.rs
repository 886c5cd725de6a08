//! From a text to its notation: each form is tried in turn, and each must account for the whole text.

use super::amounts::{self, Attempt, is_calendar_year};
use super::answers;
use super::columns::{self, Columns};
use super::context::Context;
use super::date::{YearPart, scan_date};
use super::quantity::{Quantity, scan_quantity, scan_rank};
use super::read::{Hints, Notation, Role, Unread, Why};
use super::scale::{is_scale_name, scale_word};
use super::sign::{Sign, scan_sign};
use super::status::{Status, nothing_found, status_word};
use super::times;
use super::unit::{Dimension, scan_unit};
use super::width::normalise;
use crate::base::limits::MAX_TEXT_CHARS;
use crate::words::list;

/// A blank cell: nothing, unless the value slipped into a neighbour.
pub(super) fn read_blank(hints: &Hints) -> Result<Notation, Unread> {
    if hints.role == Role::Actual || (hints.sign.is_none() && hints.unit.is_none()) {
        return Ok(Notation::Blank);
    }
    read("", hints)
}

/// A number without text: its surroundings give it sign and unit.
pub(super) fn in_context(quantity: Quantity, hints: &Hints) -> Result<Quantity, Unread> {
    context(hints, columns::sort("0", hints)?).complete(quantity)
}

/// Whether a bare number here is a rate.
pub(super) fn expects_ratio(hints: &Hints) -> Result<bool, Unread> {
    Ok(context(hints, columns::sort("0", hints)?).expects_ratio())
}

fn context<'a>(hints: &'a Hints<'a>, columns: Columns) -> Context<'a> {
    Context::new(hints, columns.sign, columns.unit)
}

/// Reads a text.
pub(super) fn read(words: &str, hints: &Hints) -> Result<Notation, Unread> {
    if words.len() > MAX_TEXT_CHARS.saturating_mul(4) {
        return Err(Unread::new(words, Why::TooLong));
    }
    let plain = normalise(words);
    let text = plain.as_str().trim().trim_end_matches(['。', '；', ';', '，', ',', ' ']);
    let text = if is_stroke(text) { "" } else { unquoted(text) };
    let united = unit_in_brackets(text);
    let text = united.as_deref().unwrap_or(text);
    let text = if hints.role == Role::Target { without_year(text) } else { text };
    let columns = columns::sort(text, hints)?;
    let value = columns.value.clone();
    let sign = columns.sign;
    let qualitative = columns.qualitative;
    let context = context(hints, columns);
    if value.is_empty() {
        return Ok(Notation::Blank);
    }
    if is_placeholder(&value) {
        return Err(Unread::new(words, Why::Placeholder));
    }
    match read_value(&value, &context).or_else(|unread| {
        named_target(&value, &context, hints).or_else(|| acted_by(&value, &context, hints)).ok_or(unread)
    }) {
        Ok(Notation::Quantity(mut quantity)) => {
            words.trim().clone_into(&mut quantity.source);
            Ok(Notation::Quantity(quantity))
        }
        Ok(Notation::Range { .. }) if sign.is_some_and(|sign| sign != Sign::Equal) => {
            Err(Unread::new(words, Why::SignsDisagree))
        }
        Ok(Notation::NothingFound) if qualitative && hints.role == Role::Target => Ok(Notation::Text(value)),
        Err(unread) if unread.words.is_empty() => Err(Unread::new(words, unread.why)),
        outcome => outcome,
    }
}

/// 控制价250元/㎡, 合同价860万元: a target by its name.
fn named_target(value: &str, context: &Context, hints: &Hints) -> Option<Notation> {
    let rest = list::TARGET.strip(value).filter(|_| hints.role == Role::Target)?;
    let rest = rest.trim_start_matches([':', '为', ' ']);
    let figure = rest.starts_with(|c: char| c.is_ascii_digit());
    let found = read_value(rest, context).ok().filter(|_| figure)?;
    matches!(found, Notation::Quantity(_)).then_some(found)
}

/// 2023年10月底前全部开工: by when, with what is to be done by then.
fn acted_by(value: &str, context: &Context, hints: &Hints) -> Option<Notation> {
    let (day, act) = value.split_once('前').filter(|_| hints.role == Role::Target)?;
    let act = act.strip_prefix("(含)").unwrap_or(act);
    let short = act.chars().nth(1).is_some() && act.chars().nth(MAX_ACT).is_none();
    let plain = act.chars().all(char::is_alphabetic) && !list::DENIALS.within(act) && short;
    let found = read_value(&format!("{day}前"), context).ok().filter(|_| plain)?;
    matches!(found, Notation::Deadline(_)).then_some(found)
}

/// What is to be done by a day is said shortly.
const MAX_ACT: usize = 8;

/// 2024年≥200件, 当年≥50公里: the sign behind the year says that a number follows, not a day.
fn without_year(text: &str) -> &str {
    let rest = scan_date(text, false)
        .filter(|(when, _)| when.part == YearPart::Year)
        .and_then(|(_, taken)| text.get(taken..))
        .map(|rest| rest.strip_prefix('度').unwrap_or(rest).trim_start_matches([' ', ':']));
    rest.filter(|rest| scan_sign(rest).is_some()).unwrap_or(text)
}

/// 860/900(万元): the unit behind it in brackets.
fn unit_in_brackets(text: &str) -> Option<String> {
    let (figures, unit) = text.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    let plain =
        figures.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | ',')) && !figures.is_empty();
    // 172.6(1/10万): the digit above the line is none of the figure's.
    let unit = unit.trim();
    let unit = unit.strip_prefix('1').filter(|rest| rest.starts_with('/')).unwrap_or(unit);
    if unit.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole =
        scan_quantity(&format!("1{unit}")).is_some_and(|(_, taken)| taken == unit.len().saturating_add(1));
    // Of 860/900 both are so many of it.
    let shown = if figures.contains('/') { figures.to_owned() } else { format!("{figures}{unit}") };
    (plain && whole && !unit.is_empty()).then_some(shown)
}

/// The text without quotation marks around the whole of it.
fn unquoted(text: &str) -> &str {
    [('“', '”'), ('"', '"'), ('‘', '’'), ('「', '」')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .map_or(text, str::trim)
}

/// Strokes that stand for nothing.
fn is_stroke(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '/' | '\\' | '_'))
}

/// The form's own placeholders.
fn is_placeholder(text: &str) -> bool {
    ["**", "XX", "xx", "××", "……", "...", "＊"].iter().any(|mark| text.contains(mark))
        || matches!(text, "…" | "*" | "X" | "x")
}

fn read_value(text: &str, context: &Context) -> Result<Notation, Unread> {
    if let Some((place, taken)) = scan_rank(text)
        && taken == text.len()
        && context.column.as_ref().is_none_or(|column| {
            let unit = &column.unit;
            unit.word.is_empty() || unit.is_place() || list::RANK_UNITS.has(&unit.word)
        })
    {
        return Ok(Notation::Quantity(place));
    }
    if let Some(quantity) = plain_quantity(text, context) {
        return context.complete(quantity).map(Notation::Quantity);
    }
    if let Some(found) = answers::answer(text, context.hints.items) {
        return found.map(Notation::Items).map_err(|()| Unread::new(text, Why::ItemsDisagree));
    }
    if let Some(notation) = word(text) {
        return Ok(notation);
    }
    if let Some(option) = answers::boxed(text) {
        return Ok(word(&option).unwrap_or(Notation::Text(option)));
    }
    let mut stuck = None;
    for attempt in [times::attempt, amounts::attempt] {
        match attempt(text, context) {
            Attempt::Read(notation) => return Ok(*notation),
            Attempt::Refused(unread) => return Err(unread),
            Attempt::Stuck(at) => stuck = Some(at),
            Attempt::Other => {}
        }
    }
    if is_wordy(text) && !is_misread_number(text) {
        return Ok(Notation::Text(text.to_owned()));
    }
    let rest = stuck.and_then(|at| text.get(at..)).filter(|rest| !rest.trim().is_empty()).unwrap_or(text);
    Err(Unread::new(rest, Why::NotUnderstood))
}

/// The usual cell: a sign, a number and a unit that is no time, and nothing else. Everything else takes longer.
fn plain_quantity(text: &str, context: &Context) -> Option<Quantity> {
    let first = text.chars().next()?;
    let numeric = first.is_ascii_digit() || matches!(first, '≥' | '≤' | '>' | '<' | '=');
    if !numeric || context.hints.items.is_some() {
        return None;
    }
    let (quantity, taken) = scan_quantity(text)?;
    let timed = matches!(quantity.unit.dimension, Dimension::Time | Dimension::Workdays | Dimension::Months);
    let dated = quantity.unit.is_bare() && context.expects_date();
    let calendar = is_calendar_year(&quantity, &quantity.unit);
    (taken == text.len() && !timed && !dated && !calendar).then_some(quantity)
}

/// Texts that are one word known here.
fn word(text: &str) -> Option<Notation> {
    let found = match text {
        _ if text == "是" || list::TICKED.has(text) => Notation::YesNo(true),
        _ if text == "否" || list::CROSSED.has(text) => Notation::YesNo(false),
        _ if is_scale_name(text) => Notation::ScaleName(text.to_owned()),
        _ => match (status_word(text), scale_word(text)) {
            (Some(word), _) => Notation::Status(Status { word, rate: None }),
            (None, _) if nothing_found(text) => Notation::NothingFound,
            (None, Some(word)) => Notation::Scale(word),
            (None, None) => return None,
        },
    };
    Some(found)
}

/// Words without a number or sign in them (numbers of items aside: `(1)`, `①`).
fn is_wordy(text: &str) -> bool {
    let symbol = |c: char| matches!(c, '%' | '‰' | '≥' | '≤' | '>' | '<' | '=' | '≈' | '≮' | '≯');
    let scored = |c: char| c.is_ascii_digit() || (c.is_numeric() && !is_item_number(c)) || symbol(c);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        if before.contains(scored) {
            return false;
        }
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let item = (1..=2).contains(&digits).then(|| after.get(digits..)).flatten();
        rest = item.and_then(|behind| behind.strip_prefix(')')).unwrap_or(after);
    }
    !rest.contains(scored) && text.contains(char::is_alphabetic)
}

/// `SOO亩`, `IOO人`: letters that look like digits, with a unit behind them.
fn is_misread_number(text: &str) -> bool {
    let rest =
        text.trim_start_matches(['O', 'o', 'Q', 'D', 'l', 'I', 'i', 'S', 's', 'Z', 'z', 'B', 'b', 'g', 'q']);
    let read = text.len().saturating_sub(rest.len());
    read > 1 && scan_unit(rest).is_some_and(|(_, taken)| taken == rest.len())
}

/// Characters that number items.
fn is_item_number(c: char) -> bool {
    matches!(c, '①'..='⑳' | '⑴'..='⒇' | '一'..='鿿' | '〇')
}
