//! Whether a text can be seen whole in a cell, and at what size.

use crate::base::Number;
use crate::xlsx::StylePatch;

/// Sizes that are tried, in half points: 10.5 (the usual one of forms), 9, 8, 7, 6 and 5 points.
const SIZES: [u16; 6] = [21, 18, 16, 14, 12, 10];
/// A column's width is counted in characters of the default font, of 11 points: half points of two of them, the
/// space of one Chinese character.
const DEFAULT_HALF_POINTS: u32 = 22;

/// The patch that every text of ours has: it wraps.
pub(super) fn wrapped() -> StylePatch {
    StylePatch { wrap: Some(true), ..StylePatch::default() }
}

/// The size, in half points, at which a text fits a cell of this width (characters) and height (points); `None` where
/// the cell's own size does, or the row grows with its text.
pub(super) fn font(text: &str, room: Option<(Number, Number)>) -> Option<u16> {
    let (width, height) = room?;
    let fits = |size: u16| {
        lines(text, width, size).and_then(|l| l.times(line_height(size)?)).is_some_and(|h| h <= height)
    };
    match SIZES.into_iter().find(|size| fits(*size)) {
        Some(21) => None,
        Some(size) => Some(size),
        None => SIZES.last().copied(),
    }
}

/// Lines that a text takes.
fn lines(text: &str, width: Number, half_points: u16) -> Option<Number> {
    // Half characters that fit a line: narrower letters, more of them; one character of margin.
    let room = width.minus(Number::from(2))?.times(Number::from(DEFAULT_HALF_POINTS))?;
    let room = room.over(Number::from(u32::from(half_points)))?.floor();
    let room: u32 = room.to_string().parse().ok().filter(|room| *room > 0)?;
    let wide = |c: char| if c.is_ascii() { 1_u32 } else { 2 };
    let count = text
        .split('\n')
        .map(|line| line.chars().map(wide).fold(0, u32::saturating_add).div_ceil(room).max(1));
    Some(Number::from(count.fold(0, u32::saturating_add)))
}

/// Points that a line of this size takes: 1.3 times the letters.
fn line_height(half_points: u16) -> Option<Number> {
    Number::from(u32::from(half_points)).times(Number::from(13))?.over(Number::from(20))
}

#[cfg(test)]
mod tests {
    use super::font;
    use crate::base::Number;

    #[test]
    fn a_long_text_gets_a_smaller_size_and_a_short_one_keeps_its_own() {
        let room = Some((Number::from(30), Number::from(64)));
        assert_eq!(font(&"字".repeat(40), room), None);
        let long = font(&"字".repeat(100), room).unwrap();
        assert!((10..21).contains(&long), "{long}");
        assert_eq!(font(&"字".repeat(5000), room), Some(10), "the smallest, however long");
        assert_eq!(font(&"字".repeat(5000), None), None, "a row without a height grows");
    }
}
