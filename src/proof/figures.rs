//! The figures of a text.

use crate::base::Number;
use crate::notation::{scan_number, scan_numeral};

/// A number of a text with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) value: Number,
    /// Digits shown after the point.
    pub(super) places: u32,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Figure {
    /// Whether an exact value is this figure as far as it is written.
    pub(super) fn is(&self, exact: Number) -> bool {
        exact.round(self.places) == self.value
    }

    /// Whether it is the value, rounded or with digits cut off.
    pub(super) fn tells(&self, exact: Number) -> bool {
        self.is(exact) || self.is_cut(exact)
    }

    /// Whether it is the value with digits cut off.
    pub(super) fn is_cut(&self, exact: Number) -> bool {
        let cut = exact.get().trunc_with_scale(self.places);
        Number::new(cut) == self.value
    }
}

/// The figure that begins at a byte of a text.
pub(super) fn figure_at(text: &str, at: usize) -> Option<Figure> {
    let rest = text.get(at..)?;
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (number, len) = scan_number(rest)?;
    Some(Figure { value: number.value, places: number.places, from: at, to: at.saturating_add(len) })
}

/// The same, in Chinese numerals too.
pub(super) fn count_at(text: &str, at: usize) -> Option<Figure> {
    figure_at(text, at).or_else(|| {
        let (number, len) = scan_numeral(text.get(at..)?)?;
        Some(Figure { value: number.value, places: 0, from: at, to: at.saturating_add(len) })
    })
}

/// All figures of a text; digits within a longer word of digits are none of their own.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0_usize;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        at = at.saturating_add(next);
        match figure_at(text, at) {
            Some(figure) => {
                at = figure.to;
                found.push(figure);
            }
            None => {
                let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
                let rest = text.get(at..).unwrap_or_default();
                at = at
                    .saturating_add(rest.len().saturating_sub(rest.trim_start_matches(digits).len()).max(1));
            }
        }
    }
    found
}

/// The figure behind a word as [`linked`] has it, or one in Chinese numerals of more than one character (八十三分).
pub(super) fn linked_count(text: &str, from: usize) -> Option<Figure> {
    use crate::words::{Class, of};
    linked(text, from).or_else(|| {
        let rest = of(Class::ReportFigureLinks).trim_start(text.get(from..)?);
        let figure = count_at(text, text.len().saturating_sub(rest.len()))?;
        let long = text.get(figure.from..figure.to).is_some_and(|numeral| numeral.chars().count() > 1);
        long.then_some(figure)
    })
}

/// The figure behind a word, over words that only link the two (为, 是, 达到): at most so many bytes away.
pub(super) fn linked(text: &str, from: usize) -> Option<Figure> {
    use crate::words::{Class, of};
    let mut at = from;
    for _ in 0..4 {
        let rest = text.get(at..)?;
        if let Some(figure) = figure_at(text, at) {
            return Some(figure);
        }
        let shorter = of(Class::ReportFigureLinks).strip(rest)?;
        at = text.len().saturating_sub(shorter.len());
    }
    figure_at(text, at)
}
