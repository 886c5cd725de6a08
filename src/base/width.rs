//! Full-width signs as Chinese keyboards type them.

/// The half-width sign of a full-width one (`Ａ`, `９`, `（`); any other character is itself.
pub fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        c => c,
    }
}
