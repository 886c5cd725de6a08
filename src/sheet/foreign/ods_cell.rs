//! A cell of an `.ods`: its typed value and its text.

use std::io::Read;
use std::rc::Rc;

use super::ods::lost;
use super::ods_formula::excel_formula;
use super::xml::{Element, XmlEvent, XmlEvents};
use super::{ForeignCell, Loss, Losses, damaged};
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{Date, Number, Result};
use crate::sheet::doubles::{exact, text_value};
use crate::sheet::format::number_format;
use crate::sheet::value::{NumberFormat, Value};

/// The paragraphs of a cell.
#[derive(Debug, Default)]
pub(super) struct CellText(String);

impl CellText {
    /// Whether its letters are those of the document's Chinese font.
    pub(super) fn is_asian(&self) -> bool {
        !self.0.is_ascii()
    }

    /// Reads to the end of the cell that was just opened. Notes and drawings in it are no text of the cell.
    pub(super) fn read<R: Read>(pieces: &mut XmlEvents<R>, losses: &mut Losses) -> Result<Self> {
        let mut text = String::new();
        let mut in_runs = false;
        let mut paragraphs = 0_usize;
        let mut in_paragraph = 0_usize;
        let mut open = 1_usize;
        while open > 0 {
            match pieces.next()? {
                Some(XmlEvent::Open(inside)) => {
                    lost(&inside, losses);
                    let name = inside.name.as_str();
                    if name == "office:annotation" || name.starts_with("draw:") || name.starts_with("table:")
                    {
                        pieces.skip(|deeper| lost(deeper, losses))?;
                        continue;
                    }
                    open = open.saturating_add(1);
                    match name {
                        "text:p" => {
                            if paragraphs > 0 {
                                text.push('\n');
                            }
                            paragraphs = paragraphs.saturating_add(1);
                            in_paragraph = in_paragraph.saturating_add(1);
                        }
                        "text:s" => {
                            let spaces = inside.get("text:c").and_then(|c| c.parse().ok()).unwrap_or(1_usize);
                            text.push_str(&" ".repeat(spaces.min(MAX_CELL_CHARS)));
                        }
                        "text:span" => in_runs = true,
                        "text:tab" => text.push('\t'),
                        "text:line-break" => text.push('\n'),
                        _ => {}
                    }
                }
                Some(XmlEvent::Text(found)) if in_paragraph > 0 => push_collapsed(&mut text, &found),
                Some(XmlEvent::Text(_)) => {}
                Some(XmlEvent::Close(name)) => {
                    open = open.saturating_sub(1);
                    if name == "text:p" {
                        in_paragraph = in_paragraph.saturating_sub(1);
                    }
                }
                None => return Err(damaged("content.xml 不完整")),
            }
        }
        if in_runs {
            losses.add(Loss::Runs);
        }
        Ok(Self(text))
    }
}

/// Line breaks and runs of spaces in the file are one space: real ones are elements of their own.
fn push_collapsed(text: &mut String, found: &str) {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let mut after_space = false;
    for c in found.chars() {
        if !is_space(c) {
            text.push(c);
        } else if !after_space {
            text.push(' ');
        }
        after_space = is_space(c);
    }
}

/// What a cell holds, with the number format `code` of its style; `None` when it is blank.
pub(super) fn cell(
    element: &Element,
    text: &CellText,
    code: Option<Rc<str>>,
    losses: &mut Losses,
) -> Option<ForeignCell> {
    let (value, code) = typed(element, &text.0, code);
    let mut cell = ForeignCell { value, format: code, ..ForeignCell::default() };
    if let Some(written) = element.get("table:formula") {
        let is_array = element.get("table:number-matrix-columns-spanned").is_some();
        cell.formula = (!is_array).then(|| excel_formula(written)).flatten();
        if cell.formula.is_none() {
            cell.keep_as_text(written.split_once('=').map_or(written, |(_, formula)| formula));
            losses.add(Loss::Formula);
        }
    }
    (cell.value != Value::Empty || cell.formula.is_some()).then_some(cell)
}

/// The value by its declared type, with a format that says the type where the style does not.
fn typed(element: &Element, text: &str, code: Option<Rc<str>>) -> (Value, Option<Rc<str>>) {
    let kind = code.as_deref().map_or(NumberFormat::General, number_format);
    let or = |wanted: bool, default: &str| if wanted { code.clone() } else { Some(Rc::from(default)) };
    match element.get("office:value-type") {
        // LibreOffice writes the TRUE of other formats as =TRUE() with the value 1.
        Some("float") if truth(text).is_some() => (truth(text).map_or(Value::Empty, Value::Bool), code),
        Some("float" | "currency") => (number(element.get("office:value"), text), code),
        Some("percentage") => {
            let is_percent = matches!(kind, NumberFormat::Percent(_));
            (number(element.get("office:value"), text), or(is_percent, "0.00%"))
        }
        Some("date") => match element.get("office:date-value").and_then(serial) {
            Some(serial) => (Value::Number(serial), or(kind == NumberFormat::Date, "yyyy-mm-dd")),
            None => (text_value(text), None),
        },
        Some("time") => match element.get("office:time-value").and_then(duration) {
            Some(days) => (Value::Number(days), or(kind == NumberFormat::Date, "[h]:mm:ss")),
            None => (text_value(text), None),
        },
        Some("boolean") => match element.get("office:boolean-value") {
            Some("true") => (Value::Bool(true), code),
            Some("false") => (Value::Bool(false), code),
            _ => (Value::Empty, code),
        },
        Some("string") if element.get("calcext:value-type") == Some("error") => (error(text), code),
        Some("string") => (text_value(element.get("office:string-value").unwrap_or(text)), code),
        _ => (Value::Empty, code),
    }
}

/// A truth value as it is shown.
fn truth(text: &str) -> Option<bool> {
    match text.trim() {
        "TRUE" => Some(true),
        "FALSE" => Some(false),
        _ => None,
    }
}

/// An error value that Excel has too; another one (`Err:502`) is no value at all.
fn error(text: &str) -> Value {
    match text {
        "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!" => {
            Value::Error(text.to_owned())
        }
        _ => Value::Empty,
    }
}

#[expect(clippy::disallowed_types, reason = "the file writes doubles as text; they end here")]
fn number(written: Option<&str>, shown: &str) -> Value {
    let parsed = written.and_then(|text| text.trim().parse::<f64>().ok()).filter(|number| number.is_finite());
    // A number that is none is kept as a person saw it; nothing is guessed.
    parsed.map_or_else(|| text_value(shown), exact)
}

/// The serial number of `2021-01-09` or `2021-01-09T10:30:00`; `None` before Excel's calendar is sound.
fn serial(written: &str) -> Option<Number> {
    let (day, time) = written.split_once('T').unwrap_or((written, ""));
    let day: Date = day.parse().ok()?;
    if day < Date::constant(1900, 3, 1) {
        return None;
    }
    let days = day.since(Date::constant(1899, 12, 30)).ok()?.get_days();
    let days: Number = days.to_string().parse().ok()?;
    if time.is_empty() {
        return Some(days);
    }
    let mut parts = time.trim_end_matches('Z').split(':');
    let mut part = || parts.next().unwrap_or("0").parse::<Number>().ok();
    days.plus(fraction(part()?, part()?, part()?)?)
}

/// The days of `PT10H30M00S`.
fn duration(written: &str) -> Option<Number> {
    let rest = written.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H').unwrap_or(("0", rest));
    let (minutes, rest) = rest.split_once('M').unwrap_or(("0", rest));
    let seconds = rest.strip_suffix('S').unwrap_or("0");
    fraction(hours.parse().ok()?, minutes.parse().ok()?, seconds.parse().ok()?)
}

fn fraction(hours: Number, minutes: Number, seconds: Number) -> Option<Number> {
    let sixty = Number::from(60);
    let seconds = hours.times(sixty)?.plus(minutes)?.times(sixty)?.plus(seconds)?;
    Some(seconds.over(Number::from(86_400))?.round(12))
}
