//! From a text to its notation: each form is tried in turn, and each must account for the whole text.

use super::quantity::{Quantity, scan_quantity};
use super::read::{Hints, Notation, Unread, Why};
use super::scale::{is_scale_name, scale_word};
use super::status::{Status, nothing_found, status_word};
use super::width::normalise;
use crate::base::limits::MAX_TEXT_CHARS;

pub(super) fn read_blank(_hints: &Hints) -> Result<Notation, Unread> {
    Ok(Notation::Blank)
}

pub(super) fn settle(quantity: Quantity, _hints: &Hints) -> Result<Quantity, Unread> {
    Ok(quantity)
}

pub(super) fn read(words: &str, hints: &Hints) -> Result<Notation, Unread> {
    if words.len() > MAX_TEXT_CHARS.saturating_mul(4) {
        return Err(Unread::new(words, Why::TooLong));
    }
    let plain = normalise(words);
    let text = plain.as_str().trim();
    if matches!(text, "" | "-" | "--" | "/") {
        return read_blank(hints);
    }
    if is_scale_name(text) {
        return Ok(Notation::ScaleName(text.to_owned()));
    }
    if let Some(word) = status_word(text) {
        return Ok(Notation::Status(Status { word, rate: None }));
    }
    if nothing_found(text) {
        return Ok(Notation::NothingFound);
    }
    if let Some(word) = scale_word(text) {
        return Ok(Notation::Scale(word));
    }
    if let Some((quantity, taken)) = scan_quantity(text)
        && taken == text.len()
    {
        return settle(quantity, hints).map(Notation::Quantity);
    }
    if text.bytes().any(|b| b.is_ascii_digit()) {
        return Err(Unread::new(words, Why::NotUnderstood));
    }
    Ok(Notation::Text(text.to_owned()))
}
