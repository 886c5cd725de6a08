//! An `.xls` (and WPS `.et`): values, formulas and merges as calamine gives them, formats from the records.

use std::io::{BufReader, Cursor, Read, Seek};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::biff::Records;
use super::dress::Font;
use super::{
    Budget, ForeignCell, ForeignSheet, ForeignWorkbook, Loss, Visibility, damaged, encrypted, excessive,
};
use crate::base::limits::MAX_FILE_BYTES;
use crate::base::{CellRef, Error, Number, RangeRef, Result};
use crate::sheet::doubles::{exact, text_value};
use crate::sheet::value::Value;

/// Days between the two calendars of Excel.
pub(super) const DAYS_TO_1904: u32 = 1_462;

pub(super) fn read<R: Read + Seek>(reader: &mut R) -> Result<ForeignWorkbook> {
    let (mut records, has_macros) = records(reader)?;
    reader.rewind().map_err(damaged)?;
    let mut xls = Xls::new(BufReader::new(&mut *reader)).map_err(unreadable)?;
    let base = records.base();
    let mut workbook = ForeignWorkbook { base: records.styles.base.clone(), ..ForeignWorkbook::default() };
    if has_macros {
        workbook.losses.add(Loss::Macro);
    }
    let is_1904 = xls.has_1904_epoch();
    let mut budget = Budget::default();
    for (index, info) in xls.sheets_metadata().to_vec().into_iter().enumerate() {
        if info.typ != SheetType::WorkSheet {
            workbook.losses.add(Loss::OtherSheet);
            continue;
        }
        let mut sheet =
            ForeignSheet { name: info.name, visibility: visible(info.visible), ..ForeignSheet::default() };
        let range = xls.worksheet_range(&sheet.name).map_err(unreadable)?;
        let (first_row, first_col) = range.start().unwrap_or_default();
        for (row, col, data) in range.used_cells() {
            let at = place(first_row, first_col, row, col)?;
            budget.spend(1)?;
            sheet
                .cells
                .insert(at, ForeignCell { value: value(data, is_1904), ..styled(&records, index, at) });
        }
        let formulas = xls.worksheet_formula(&sheet.name).map_err(unreadable)?;
        let (first_row, first_col) = formulas.start().unwrap_or_default();
        for (row, col, formula) in formulas.used_cells() {
            let at = place(first_row, first_col, row, col)?;
            budget.spend(1)?;
            let cell = sheet.cells.entry(at).or_insert_with(|| styled(&records, index, at));
            cell.formula = Some(own_sheet_only(formula));
        }
        for merge in xls.merge_cells_by_sheet_name(&sheet.name).map_err(unreadable)? {
            let corners =
                CellRef::new(merge.start.0, merge.start.1).zip(CellRef::new(merge.end.0, merge.end.1));
            sheet.merges.extend(corners.map(|(first, last)| RangeRef::new(first, last)));
        }
        dress(&mut sheet, &mut records, index, &base);
        workbook.sheets.push(sheet);
    }
    workbook.losses.join(records.losses);
    Ok(workbook)
}

/// A cell without a value yet, with the format and the look that the records give it.
fn styled(records: &Records, sheet: usize, at: CellRef) -> ForeignCell {
    let xf = records.xf(sheet, at.row(), at.col());
    let look = xf.and_then(|xf| records.styles.style(xf)).map(|style| style.look);
    ForeignCell { format: xf.and_then(|xf| records.styles.code(xf)), look, ..ForeignCell::default() }
}

/// Gives a sheet what the records say of its looks, where they can be read.
fn dress(sheet: &mut ForeignSheet, records: &mut Records, index: usize, base: &Font) {
    let Some(found) = records.sheets.get_mut(index) else { return };
    sheet.margins = std::mem::take(&mut found.margins);
    if records.styles.base.is_none() {
        return;
    }
    let (blanks, looks) = (std::mem::take(&mut found.blanks), std::mem::take(&mut found.looks));
    let last_blank = blanks.iter().map(|((_, col), _)| *col).max();
    let last = sheet.cells.keys().map(|at| at.col()).max().max(last_blank).unwrap_or(0);
    let mut dress = looks.dress(&records.styles, last, base);
    for ((row, col), xf) in blanks {
        let at = CellRef::new(row, col).filter(|at| !sheet.cells.contains_key(at));
        dress.blanks.extend(at.zip(records.styles.style(xf)));
    }
    records.name_page(index, dress.page.as_mut());
    sheet.dress = Some(dress);
}

/// calamine 0.38 misreads references to other sheets in this format (column and sheet are wrong); shared formulas come
/// as an empty text. Neither is carried.
fn own_sheet_only(formula: &str) -> String {
    if formula.contains('!') { format!("!{formula}") } else { formula.to_owned() }
}

fn place(first_row: u32, first_col: u32, row: usize, col: usize) -> Result<CellRef> {
    let at =
        |first: u32, offset: usize| u32::try_from(offset).ok().and_then(|offset| first.checked_add(offset));
    let cell = at(first_row, row).zip(at(first_col, col)).and_then(|(row, col)| CellRef::new(row, col));
    cell.ok_or_else(|| damaged("单元格超出 Excel 的范围"))
}

/// The records of the workbook's stream, and whether the file holds macros.
fn records<R: Read + Seek>(reader: &mut R) -> Result<(Records, bool)> {
    reader.rewind().map_err(damaged)?;
    let mut file = Vec::new();
    reader.by_ref().take(MAX_FILE_BYTES).read_to_end(&mut file).map_err(damaged)?;
    let mut container = cfb::CompoundFile::open(Cursor::new(padded(file))).map_err(damaged)?;
    let has_macros = container.exists("/_VBA_PROJECT_CUR");
    let name = if container.exists("/Workbook") { "/Workbook" } else { "/Book" };
    let stream = container.open_stream(name).map_err(damaged)?;
    if stream.len() > MAX_FILE_BYTES {
        return Err(excessive(format_args!("工作簿有 {} 字节", stream.len())));
    }
    let mut bytes = Vec::new();
    stream.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(damaged)?;
    Ok((Records::read(&bytes), has_macros))
}

/// The file with as many sectors as its table has entries: some programs fill the table's last sector with entries of
/// sectors that are not there, and other readers do not mind.
fn padded(mut file: Vec<u8>) -> Vec<u8> {
    let field = |at: usize, len: usize| {
        let bytes = file.get(at..at.saturating_add(len)).unwrap_or_default();
        bytes.iter().rev().fold(0_usize, |value, byte| value.wrapping_shl(8) | usize::from(*byte))
    };
    // The sector's size as a power of two, and how many sectors the table has.
    let (shift, tables) = (field(30, 2), field(44, 4));
    let sector = match shift {
        9 => 512_usize,
        12 => 4_096,
        _ => return file,
    };
    let in_a_table = sector.wrapping_shr(2);
    let whole = tables.saturating_mul(in_a_table).saturating_add(1).saturating_mul(sector);
    // No more than the last table can say too much.
    if file.len() < whole && whole.saturating_sub(file.len()) < in_a_table.saturating_mul(sector) {
        file.resize(whole, 0);
    }
    file
}

/// Whether the sheet's tab is seen.
pub(super) fn visible(visible: SheetVisible) -> Visibility {
    match visible {
        SheetVisible::Visible => Visibility::Visible,
        SheetVisible::Hidden => Visibility::Hidden,
        SheetVisible::VeryHidden => Visibility::VeryHidden,
    }
}

/// The value; a date is its serial number in the calendar that begins in 1900.
fn value(data: &Data, is_1904: bool) -> Value {
    match data {
        Data::Empty => Value::Empty,
        Data::Int(number) => number.to_string().parse().map_or_else(|_| Value::Empty, Value::Number),
        Data::Float(number) => exact(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text_value(text),
        Data::Bool(flag) => Value::Bool(*flag),
        Data::DateTime(stamp) => match exact(stamp.as_f64()) {
            Value::Number(serial) if is_1904 && stamp.is_datetime() => {
                serial.plus(Number::from(DAYS_TO_1904)).map_or(Value::Number(serial), Value::Number)
            }
            value => value,
        },
        Data::Error(error) => Value::Error(error.to_string()),
    }
}

fn unreadable(cause: XlsError) -> Error {
    match cause {
        XlsError::Password => encrypted(),
        other => damaged("工作簿内容有误").because(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_long_as_its_table_of_sectors() {
        let file = |tables: u8, len: usize| {
            let mut file = vec![0_u8; len];
            file[30] = 9;
            file[44] = tables;
            padded(file).len()
        };
        assert_eq!(file(1, 512 * 8), 512 * 129);
        assert_eq!(file(1, 512 * 200), 512 * 200);
        // A table that says far too much is none.
        assert_eq!(file(9, 512 * 8), 512 * 8);
    }
}
