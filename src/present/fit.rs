//! How high a row must be for a text in one of its cells to be seen whole: rows grow, letters do not shrink.

use super::sheet::{MARGIN, half_widths};
use crate::base::{CellRef, Number};
use crate::xlsx::{Room, RowEdit, StylePatch};

/// Tenths of a point that a line takes: 1.3 times letters of 11 points; a cell's own are seldom larger.
const LINE_TENTHS: u32 = 143;
/// Excel makes no row higher.
const MAX_POINTS: u32 = 409;

/// The patch that every text of ours has: it wraps.
pub(super) fn wrapped() -> StylePatch {
    StylePatch { wrap: Some(true), ..StylePatch::default() }
}

/// The height of the row that a text needs; `None` where it has room, or the row grows by itself.
pub(super) fn row<S>(sheet: S, at: CellRef, text: &str, room: Option<Room>) -> Option<RowEdit<S>> {
    let points = points(text, room?)?;
    Some(RowEdit { sheet, row: at.row(), points })
}

fn points(text: &str, room: Room) -> Option<u16> {
    let needed = lines(text, room.width)?.times(Number::from(LINE_TENTHS))?.over(Number::from(10))?;
    if needed <= room.height {
        return None;
    }
    let own = needed.minus(room.below)?.min(Number::from(MAX_POINTS));
    // Up to the next whole point.
    own.floor().plus(Number::from(1))?.min(Number::from(MAX_POINTS)).to_string().parse().ok()
}

/// Lines that a text takes.
fn lines(text: &str, width: Number) -> Option<Number> {
    let room = width.minus(Number::from(u32::from(MARGIN)))?.floor();
    let room: u32 = room.to_string().parse().ok().filter(|room| *room > 0)?;
    let count = text.split('\n').map(|line| half_widths(line).div_ceil(room).max(1));
    Some(Number::from(count.fold(0, u32::saturating_add)))
}

#[cfg(test)]
mod tests {
    use super::points;
    use crate::base::Number;
    use crate::xlsx::Room;

    #[test]
    fn a_long_text_makes_its_row_higher_and_a_short_one_leaves_it() {
        let room = Room { width: Number::from(30), height: Number::from(64), below: Number::ZERO };
        assert_eq!(points(&"字".repeat(40), room), None);
        assert_eq!(points(&"字".repeat(100), room), Some(115), "8 lines of 14.3 points");
        assert_eq!(points(&"字".repeat(5000), room), Some(409), "no row is higher");
        let merged = Room { below: Number::from(40), ..room };
        assert_eq!(points(&"字".repeat(100), merged), Some(75), "the rows below have their part");
    }
}
