//! Draws a sheet from a picture: a line a row, cells between bars, `<` merged with the left, `^` with above; `⏎` breaks a line.

use jixiao::inner::base::{CellRef, RangeRef};
use jixiao::inner::sheet::Sheet;

use crate::layout::cell;

/// The sheet of a picture.
pub(crate) fn picture(name: &str, text: &str) -> Sheet {
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let mut sheet = Sheet::new(name, true);
    let shown = |row: usize, col: usize| rows.get(row).and_then(|row| row.get(col)).copied().unwrap_or("");
    let at = |row: usize, col: usize| {
        CellRef::new(u32::try_from(row).unwrap(), u32::try_from(col).unwrap()).unwrap()
    };
    for (row, cells) in rows.iter().enumerate() {
        for (col, text) in cells.iter().enumerate() {
            if matches!(*text, "<" | "^") {
                continue;
            }
            sheet.put(at(row, col), cell(&text.replace('⏎', "\n")));
            let width = (col + 1..cells.len()).take_while(|next| shown(row, *next) == "<").count();
            let height = (row + 1..rows.len()).take_while(|next| shown(*next, col) == "^").count();
            if width + height > 0 {
                sheet.merges.push(RangeRef::new(at(row, col), at(row + height, col + width)));
            }
        }
    }
    sheet
}
