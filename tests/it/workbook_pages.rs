//! A workbook described as a person sees it: a line a row, `|` between cells.
//!
//! `^` joins a cell with the one above, `<` with the one to its left. A plain number is a numeric cell, `95%` a number in
//! a percent cell, `900000{0"元"}` a number of that format, `2022-03-01` a date, `=…` a formula (`=B1+1 -> 3` with its stored value), `'12` a text; anything else
//! is a text.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// A sheet: its name and its rows.
pub(crate) type Page<'a> = (&'a str, &'a str);

/// Writes a workbook of these sheets into a folder.
pub(crate) fn write(pages: &[Page<'_>], folder: &Path) -> PathBuf {
    let path = folder.join("样例.xlsx");
    std::fs::write(&path, bytes(pages, 0)).expect("a workbook");
    path
}

/// A workbook of these sheets. With another number `saved` it is another file that says the same.
pub(crate) fn bytes(pages: &[Page<'_>], saved: usize) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let day = ExcelDateTime::from_ymd(2023, 12, 31).expect("a day");
    let properties = rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day);
    workbook.set_properties(&properties.set_author(format!("单位{saved}")));
    for (name, rows) in pages {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a sheet's name");
        fill(sheet, &grid(rows));
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn grid(rows: &str) -> Vec<Vec<String>> {
    let lines = rows.trim_matches('\n').lines();
    lines.map(|line| line.split('|').map(|cell| cell.trim().replace("\\n", "\n")).collect()).collect()
}

fn fill(sheet: &mut Worksheet, grid: &[Vec<String>]) {
    let at =
        |row: usize, col: usize| grid.get(row).and_then(|cells| cells.get(col)).map_or("", String::as_str);
    for (row, cells) in grid.iter().enumerate() {
        for (col, cell) in cells.iter().enumerate() {
            if matches!(cell.as_str(), "" | "^" | "<") {
                continue;
            }
            let down = (row + 1..10_000).take_while(|next| at(*next, col) == "^").count();
            let right = (col + 1..10_000).take_while(|next| at(row, *next) == "<").count();
            let place = (u32::try_from(row).unwrap(), u16::try_from(col).unwrap());
            if down + right > 0 {
                let last = (u32::try_from(row + down).unwrap(), u16::try_from(col + right).unwrap());
                sheet.merge_range(place.0, place.1, last.0, last.1, "", &Format::new()).expect("a merge");
            }
            put(sheet, place, cell);
        }
    }
}

fn put(sheet: &mut Worksheet, (row, col): (u32, u16), cell: &str) {
    let plain = |text: &str| text.parse::<rust_decimal::Decimal>().ok();
    if let Some(formula) = cell.strip_prefix('=').filter(|rest| rest.starts_with(|c: char| c.is_ascii())) {
        let (text, value) = formula.split_once(" -> ").unwrap_or((formula, ""));
        sheet.write_formula(row, col, Formula::new(text)).expect("a formula");
        sheet.set_formula_result(row, col, value);
    } else if let Some(text) = cell.strip_prefix('\'') {
        sheet.write_string(row, col, text).expect("a text");
    } else if let Some(number) = cell.strip_suffix('%').and_then(plain) {
        let format = Format::new().set_num_format(if number.scale() == 0 { "0%" } else { "0.00%" });
        let share = number / rust_decimal::Decimal::from(100);
        sheet.write_with_format(row, col, share, &format).expect("a percentage");
    } else if let Some((number, code)) = cell.strip_suffix('}').and_then(|cell| cell.split_once('{'))
        && let Some(number) = plain(number)
    {
        let format = Format::new().set_num_format(code);
        sheet.write_with_format(row, col, number, &format).expect("a number of a format");
    } else if let Some(number) = plain(cell) {
        sheet.write(row, col, number).expect("a number");
    } else if let Some(date) = date(cell) {
        let format = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_datetime_with_format(row, col, &date, &format).expect("a date");
    } else {
        sheet.write_string(row, col, cell).expect("a text");
    }
}

/// `2022-03-01`, and nothing that only looks a little like it (`记-1`).
fn date(cell: &str) -> Option<ExcelDateTime> {
    let shaped = cell.len() == 10
        && cell.char_indices().all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() });
    shaped.then(|| ExcelDateTime::parse_from_str(cell).expect("a date"))
}
