//! An `.xlsb`, cell by cell as calamine gives it. Its merges and number formats (but for dates) are not read.

use std::io::{BufReader, Read, Seek};
use std::rc::Rc;

use calamine::{DataRef, Reader, SheetType, Xlsb, XlsbError};

use super::{Budget, ForeignCell, ForeignSheet, ForeignWorkbook, Loss, damaged, encrypted};
use crate::base::{CellRef, Error, Number, Result};
use crate::package::read_entries;
use crate::sheet::doubles::{exact, value};
use crate::sheet::value::Value;

pub(super) fn read<R: Read + Seek>(reader: &mut R) -> Result<ForeignWorkbook> {
    let is_sheet =
        |name: &str| name.strip_suffix(".bin").is_some_and(|name| name.starts_with("xl/worksheets/"));
    read_entries(reader, is_sheet, &mut refuse_short_cells)?;
    reader.rewind().map_err(damaged)?;
    let mut xlsb = Xlsb::new(BufReader::new(&mut *reader)).map_err(unreadable)?;
    let mut workbook = ForeignWorkbook::default();
    workbook.losses.add(Loss::Merges);
    workbook.losses.add(Loss::NumberFormats);
    workbook.losses.add(Loss::Looks);
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

/// Refuses a sheet with cells in the short form (`BrtShortBlank` to `BrtShortIsst`), which leave out their column: calamine
/// passes them over.
fn refuse_short_cells(part: &mut dyn Read) -> Result<()> {
    const SHORT: std::ops::RangeInclusive<u32> = 12..=18;
    let mut part = BufReader::new(part);
    while let Some(kind) = number(&mut part, 2)? {
        if SHORT.contains(&kind) {
            return Err(Error::input(
                "文件中有简写的单元格记录，其内容无法读取",
                "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再提交。",
            ));
        }
        let length = u64::from(number(&mut part, 4)?.unwrap_or(0));
        let skipped =
            std::io::copy(&mut part.by_ref().take(length), &mut std::io::sink()).map_err(damaged)?;
        if skipped < length {
            return Ok(());
        }
    }
    Ok(())
}

/// A number of a record's head: seven bits a byte, the lowest first; `None` at the end.
fn number(part: &mut impl Read, most: u32) -> Result<Option<u32>> {
    let mut value = 0_u32;
    for at in 0..most {
        let mut byte = [0_u8];
        if part.read(&mut byte).map_err(damaged)? == 0 {
            return Ok((at > 0).then_some(value));
        }
        let [byte] = byte;
        value |= u32::from(byte & 0x7F).wrapping_shl(at.wrapping_mul(7));
        if byte & 0x80 == 0 {
            break;
        }
    }
    Ok(Some(value))
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
    ForeignCell { value: serial, format: Some(Rc::from(code)), ..ForeignCell::default() }
}

fn unreadable(cause: XlsbError) -> Error {
    match cause {
        XlsbError::Password => encrypted(),
        other => damaged("工作簿内容有误").because(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_in_the_short_form_are_told() {
        // BrtRowHdr of three bytes, BrtCellRk of two, a record with a number of two bytes and none behind it.
        let sound: &[u8] = &[0, 3, 1, 2, 3, 2, 2, 13, 13, 0x81, 0x01, 0];
        assert!(refuse_short_cells(&mut &*sound).is_ok());
        for kind in 12..=18 {
            let short = [sound, &[kind, 1, 0]].concat();
            assert!(refuse_short_cells(&mut short.as_slice()).is_err(), "{kind}");
        }
        assert!(refuse_short_cells(&mut [0_u8, 200].as_slice()).is_ok(), "cut off");
    }
}
