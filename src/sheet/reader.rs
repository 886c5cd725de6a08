//! The adapter to calamine: the only place where its doubles become exact numbers.
//!
//! `.xlsx` is read through cell readers, never `worksheet_range`, which would build a dense rectangle
//! (DESIGN §12). Run `ooxml::limits::check` on a file before it comes here.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};

use super::format::number_format;
use super::glance::{self, Glances};
use super::grid::Sheet;
use super::value::{Cell, NumberFormat, Value};
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{CellRef, Date, Error, Number, RangeRef, Result};

/// A sheet's name and whether a person sees its tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// The name.
    pub name: String,
    /// Not hidden.
    pub visible: bool,
}

/// Cells of a form's sheet that are read at most; a larger sheet is cut there and marked `truncated`.
const MAX_FORM_CELLS: usize = 400_000;

/// An opened `.xlsx` workbook.
pub struct Workbook<R> {
    pub(super) xlsx: Xlsx<BufReader<R>>,
    sheets: Vec<SheetInfo>,
    glances: Glances,
}

pub(super) fn unreadable(cause: XlsxError) -> Error {
    Error::input(
        "工作簿内容损坏，无法读取。",
        "请用 Excel 或 WPS 打开该文件，另存为新的 .xlsx 文件后重新提交。",
    )
    .because(cause)
}

impl<R: Read + Seek> Workbook<R> {
    /// Opens a workbook whose limits have been checked.
    pub fn open(mut reader: R) -> Result<Self> {
        let glances = glance::all(&mut reader);
        reader.rewind().map_err(|cause| unreadable(XlsxError::Io(cause)))?;
        let xlsx = Xlsx::new(BufReader::new(reader)).map_err(unreadable)?;
        let sheets = xlsx
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
            .map(|sheet| SheetInfo {
                name: sheet.name.clone(),
                visible: sheet.visible == SheetVisible::Visible,
            })
            .collect();
        Ok(Self { xlsx, sheets, glances })
    }

    /// The worksheets in the order of their tabs.
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// Reads one sheet; of a long one only the first `max_rows` rows (the rest is marked `truncated`).
    pub fn read(&mut self, info: &SheetInfo, max_rows: Option<u32>) -> Result<Sheet> {
        if let Some(sheet) = self.glances.read(info, max_rows) {
            return Ok(sheet);
        }
        let mut sheet = Sheet::new(info.name.clone(), info.visible);
        let formats = self.formats(&info.name, max_rows)?;
        let mut reader = self.xlsx.worksheet_cells_reader(&info.name).map_err(unreadable)?;
        let mut count = 0_usize;
        while let Some(read) = reader.next_cell_with_formula().map_err(unreadable)? {
            let Some(at) = CellRef::new(read.pos.0, read.pos.1) else { continue };
            count = count.saturating_add(1);
            if max_rows.is_some_and(|max| at.row() >= max) || count > MAX_FORM_CELLS {
                sheet.truncated = true;
                break;
            }
            let format = formats.get(&read.pos).copied().unwrap_or_default();
            let formula = read.formula.filter(|text| !text.is_empty() && text.len() <= MAX_CELL_CHARS);
            sheet.put(at, Cell { value: value(&read.value), format, formula });
        }
        drop(reader);
        if let Some(merges) = self.glances.merges(&info.name) {
            sheet.merges = merges.to_vec();
            return Ok(sheet);
        }
        for merge in self.xlsx.merge_cells_by_sheet_name(&info.name).map_err(unreadable)? {
            let corners =
                CellRef::new(merge.start.0, merge.start.1).zip(CellRef::new(merge.end.0, merge.end.1));
            if let Some((first, last)) = corners {
                sheet.merges.push(RangeRef::new(first, last));
            }
        }
        Ok(sheet)
    }

    fn formats(&mut self, name: &str, max_rows: Option<u32>) -> Result<HashMap<(u32, u32), NumberFormat>> {
        let mut reader = self.xlsx.worksheet_cells_reader(name).map_err(unreadable)?;
        let palette = palette(reader.styles());
        let mut formats = HashMap::new();
        while let Some((row, col, style)) = reader.next_style_id().map_err(unreadable)? {
            if max_rows.is_some_and(|max| row >= max) || formats.len() >= MAX_FORM_CELLS {
                break;
            }
            if let Some(format) = palette.get(style).filter(|format| **format != NumberFormat::General) {
                formats.insert((row, col), *format);
            }
        }
        Ok(formats)
    }
}

/// The number formats of the workbook's styles.
fn palette(styles: &[calamine::Style]) -> Vec<NumberFormat> {
    let format = |style: &calamine::Style| {
        style.number_format.as_ref().map_or(NumberFormat::General, |f| number_format(&f.format_code))
    };
    styles.iter().map(format).collect()
}

/// The exact value of what calamine read.
pub fn value(data: &DataRef<'_>) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => number.to_string().parse().map_or_else(|_| Value::Empty, Value::Number),
        DataRef::Float(number) => exact(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(flag) => Value::Bool(*flag),
        DataRef::DateTime(stamp) => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            let day_of_calendar = i16::try_from(year)
                .ok()
                .zip(i8::try_from(month).ok())
                .zip(i8::try_from(day).ok())
                .and_then(|((year, month), day)| Date::new(year, month, day).ok());
            // A duration ([h]:mm) or a serial before 1900 is no day: it stays the number that it is.
            day_of_calendar.filter(|_| stamp.is_datetime()).map_or_else(|| exact(stamp.as_f64()), Value::Date)
        }
        DataRef::DateTimeIso(text) => {
            text.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| text_value(text), Value::Date)
        }
        DataRef::Error(error) => Value::Error(error.to_string()),
    }
}

pub(super) fn text_value(text: &str) -> Value {
    if text.trim().is_empty() {
        Value::Empty
    } else {
        Value::Text(text.chars().take(MAX_CELL_CHARS).collect())
    }
}

/// A double at 15 significant digits, as Excel shows it.
#[expect(clippy::disallowed_types, reason = "the adapter to calamine: doubles end here")]
pub(super) fn exact(number: f64) -> Value {
    let shown = format!("{number:.14e}");
    shown
        .parse::<Number>()
        .map_or_else(|_| Value::Unrepresentable(shown), |number| Value::Number(number.normalize()))
}
