//! An `.xlsb`, cell by cell as calamine gives it. Its merges and number formats (but for dates) are not read.

use std::io::{BufReader, Read, Seek};
use std::rc::Rc;

use calamine::{DataRef, Reader, SheetType, Xlsb, XlsbError};

use super::{Budget, ForeignCell, ForeignSheet, ForeignWorkbook, Loss, damaged, encrypted};
use crate::base::{CellRef, Error, Number, Result};
use crate::sheet::doubles::{exact, value};
use crate::sheet::value::Value;

pub(super) fn read<R: Read + Seek>(reader: &mut R) -> Result<ForeignWorkbook> {
    let mut xlsb = Xlsb::new(BufReader::new(&mut *reader)).map_err(unreadable)?;
    let mut workbook = ForeignWorkbook::default();
    workbook.losses.add(Loss::Merges);
    workbook.losses.add(Loss::NumberFormats);
    let is_1904 = xlsb.has_1904_epoch();
    let mut budget = Budget::default();
    for info in xlsb.sheets_metadata().to_vec() {
        if info.typ != SheetType::WorkSheet {
            workbook.losses.add(Loss::OtherSheet);
            continue;
        }
        let visibility = super::xls::visible(info.visible);
        let mut sheet = ForeignSheet { name: info.name, visibility, ..ForeignSheet::default() };
        let mut cells = xlsb.worksheet_cells_reader(&sheet.name).map_err(unreadable)?;
        while let Some(cell) = cells.next_cell().map_err(unreadable)? {
            budget.spend(1)?;
            let (row, col) = cell.get_position();
            let Some(at) = CellRef::new(row, col) else {
                return Err(damaged("单元格超出 Excel 的范围"));
            };
            sheet.cells.insert(at, read_cell(cell.get_value(), is_1904));
        }
        drop(cells);
        let mut formulas = xlsb.worksheet_cells_reader(&sheet.name).map_err(unreadable)?;
        while let Some(cell) = formulas.next_formula().map_err(unreadable)? {
            let (row, col) = cell.get_position();
            let Some(at) = CellRef::new(row, col) else {
                return Err(damaged("单元格超出 Excel 的范围"));
            };
            if !cell.get_value().is_empty() {
                budget.spend(1)?;
                sheet.cells.entry(at).or_default().formula = Some(cell.get_value().clone());
            }
        }
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

fn read_cell(data: &DataRef<'_>, is_1904: bool) -> ForeignCell {
    let DataRef::DateTime(stamp) = data else {
        return ForeignCell { value: value(data), ..ForeignCell::default() };
    };
    let (code, shift) = if stamp.is_datetime() { ("yyyy-mm-dd", is_1904) } else { ("[h]:mm:ss", false) };
    let serial = match exact(stamp.as_f64()) {
        Value::Number(serial) if shift => {
            serial.plus(Number::from(super::xls::DAYS_TO_1904)).map_or(Value::Number(serial), Value::Number)
        }
        serial => serial,
    };
    ForeignCell { value: serial, format: Some(Rc::from(code)), formula: None }
}

fn unreadable(cause: XlsbError) -> Error {
    match cause {
        XlsbError::Password => encrypted(),
        other => damaged("工作簿内容有误").because(other),
    }
}
