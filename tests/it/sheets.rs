//! Sheets for tests: read from a workbook, and changed as agencies change them.

use std::fs::File;
use std::path::Path;

use jixiao::inner::base::{CellRef, RangeRef};
use jixiao::inner::sheet::{NumberFormat, Sheet, Value, Workbook};

/// All sheets of a workbook; long ones cut as forms are read.
pub(crate) fn sheets(path: &Path) -> Vec<Sheet> {
    let mut book = Workbook::open(File::open(path).unwrap()).unwrap();
    let infos = book.sheets().to_vec();
    infos.iter().map(|info| book.read(info, Some(2_000)).unwrap()).collect()
}

fn moved(sheet: &Sheet, place: impl Fn(CellRef) -> CellRef) -> Sheet {
    let mut new = Sheet::new(sheet.id.name.clone(), sheet.visible);
    for (at, cell) in sheet.cells() {
        new.put(place(at), cell.clone());
    }
    new.merges =
        sheet.merges.iter().map(|range| RangeRef::new(place(range.first), place(range.last))).collect();
    new
}

/// A blank row before the row (zero-based); merges over it grow.
pub(crate) fn insert_row(sheet: &Sheet, row: u32) -> Sheet {
    moved(sheet, |at| if at.row() >= row { at.with_row(at.row() + 1).unwrap() } else { at })
}

/// A blank column before the column; merges over it grow.
pub(crate) fn insert_column(sheet: &Sheet, col: u32) -> Sheet {
    moved(sheet, |at| if at.col() >= col { at.with_col(at.col() + 1).unwrap() } else { at })
}

/// The same under another name.
pub(crate) fn renamed(sheet: &Sheet, name: &str) -> Sheet {
    let mut new = sheet.clone();
    name.clone_into(&mut new.id.name);
    new
}

/// Two columns change places in the rows; the rows' merges must not reach over several columns.
pub(crate) fn swap_columns(sheet: &Sheet, a: u32, b: u32, rows: std::ops::RangeInclusive<u32>) -> Sheet {
    moved(sheet, |at| match at.col() {
        _ if !rows.contains(&at.row()) => at,
        col if col == a => at.with_col(b).unwrap(),
        col if col == b => at.with_col(a).unwrap(),
        _ => at,
    })
}

/// All merges undone: the content stays in the first cell.
pub(crate) fn unmerged(sheet: &Sheet) -> Sheet {
    let mut new = sheet.clone();
    new.merges.clear();
    new
}

/// Writes a workbook of these sheets into a folder.
pub(crate) fn written(sheets: &[Sheet], folder: &Path) -> std::path::PathBuf {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.id.name).expect("a sheet's name");
        for merge in &sheet.merges {
            let (first, last) = (place(merge.first), place(merge.last));
            let format = rust_xlsxwriter::Format::new();
            // A picture may have merges that no program writes: they overlap, or are of one cell.
            let _ = page.merge_range(first.0, first.1, last.0, last.1, "", &format);
        }
        for (at, cell) in sheet.cells() {
            let (row, col) = place(at);
            let format = match cell.format {
                NumberFormat::Percent(0) => "0%",
                NumberFormat::Percent(_) => "0.00%",
                NumberFormat::Date => "yyyy-mm-dd",
                _ => "General",
            };
            let format = rust_xlsxwriter::Format::new().set_num_format(format);
            match &cell.value {
                Value::Number(number) => {
                    page.write_with_format(row, col, number.get(), &format).expect("a number");
                }
                Value::Empty => {}
                _ => drop(page.write_string(row, col, cell.shown()).expect("a text")),
            }
        }
    }
    let path = folder.join("样例.xlsx");
    workbook.save(&path).expect("a workbook");
    path
}

fn place(at: CellRef) -> (u32, u16) {
    (at.row(), u16::try_from(at.col()).expect("a column"))
}
