//! A workbook of another format written as an `.xlsx`: what it says, as it shows it where the format is read that far,
//! plain and legible otherwise; nothing invented.

mod looks;
mod page;

use std::collections::BTreeMap;
use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{CellRef, Error, RangeRef, Result};
use crate::package::as_on_unix;
use crate::sheet::Value;
use crate::sheet::foreign::dress::digit_width;
use crate::sheet::foreign::{ForeignCell, ForeignSheet, ForeignWorkbook, Visibility};
use looks::Looks;

/// A4.
const PAPER_A4: u8 = 9;
/// Columns are between these many characters wide.
const WIDTHS: std::ops::RangeInclusive<u32> = 8..=48;
/// Blank cells get their borders where the table has at most so many cells.
const MAX_BORDERED: u64 = 100_000;
/// Texts are measured in so many rows: a long ledger says all it has to say in its first ones.
const MEASURED_ROWS: u32 = 2_000;
/// Points a line of text needs, and the most a row can have.
const LINE_POINTS: u32 = 15;
const MAX_ROW_POINTS: u32 = 405;

fn failed(cause: XlsxError) -> Error {
    match cause {
        XlsxError::SheetnameCannotBeBlank(name)
        | XlsxError::SheetnameLengthExceeded(name)
        | XlsxError::SheetnameContainsInvalidCharacter(name)
        | XlsxError::SheetnameStartsOrEndsWithApostrophe(name)
        | XlsxError::SheetnameReused(name) => Error::input(
            format!("工作表名称“{name}”不能用于 .xlsx"),
            "请把工作表改名（不超过 31 个字，不含 \\ / ? * [ ] :，不重名）后重新提交。",
        ),
        other => Error::internal("重建 .xlsx 失败").because(other),
    }
}

/// Writes the workbook.
pub fn rebuild(foreign: &ForeignWorkbook, mut out: impl Write) -> Result<()> {
    let mut workbook = Workbook::new();
    // The same file gives the same bytes: no time of making.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    set_base(&mut workbook, foreign)?;
    let mut looks = Looks::default();
    let first_visible = foreign.sheets.iter().position(|sheet| sheet.visibility == Visibility::Visible);
    for (index, sheet) in foreign.sheets.iter().enumerate() {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name).map_err(failed)?;
        match sheet.visibility {
            // A workbook shows one sheet at least.
            Visibility::Hidden if first_visible.is_some() => {
                page.set_hidden(true);
            }
            Visibility::VeryHidden if first_visible.is_some() => {
                page.set_very_hidden(true);
            }
            _ => {}
        }
        if index == first_visible.unwrap_or(0) {
            page.set_active(true);
            page.set_first_tab(true);
        }
        fill(page, sheet, &mut looks)?;
    }
    let mut bytes = workbook.save_to_buffer().map_err(failed)?;
    as_on_unix(&mut bytes);
    out.write_all(&bytes).map_err(|cause| {
        Error::output("无法写入临时文件。", "请检查系统临时文件夹的权限和磁盘空间。").because(cause)
    })
}

/// The font of all that says no other, by which widths are counted, too.
fn set_base(workbook: &mut Workbook, foreign: &ForeignWorkbook) -> Result<()> {
    let Some(base) = &foreign.base else { return Ok(()) };
    // The library knows the widths of usual sizes only; a column of eight digits, with margins.
    let column = match digit_width(base) {
        ..=6 => 56,
        7 => 64,
        8 => 72,
        _ => 80,
    };
    let heights = foreign.sheets.iter().find_map(|sheet| sheet.dress.as_ref()?.row_twips);
    let row = page::dots(heights.unwrap_or(285)).max(1);
    workbook.set_default_format(&looks::of_font(base), row, column).map_err(failed)?;
    Ok(())
}

fn fill(page: &mut Worksheet, sheet: &ForeignSheet, looks: &mut Looks) -> Result<()> {
    let page_said = sheet.dress.as_ref().and_then(|dress| dress.page.as_ref());
    if page_said.is_none() {
        page.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0);
    }
    for merge in &sheet.merges {
        let (row, col) = position(merge.first);
        let (last_row, last_col) = position(merge.last);
        let blank = sheet.dress.as_ref().and_then(|dress| dress.blanks.get(&merge.first));
        let look = blank.map(|style| &style.look);
        let look = look.or_else(|| sheet.cells.get(&merge.first)?.look.as_ref());
        page.merge_range(row, col, last_row, last_col, "", looks.of(look, None)).map_err(failed)?;
    }
    match &sheet.dress {
        Some(dress) => page::dress(page, dress, looks)?,
        None => border(page, sheet, looks)?,
    }
    for (at, cell) in &sheet.cells {
        write(page, *at, cell, looks.of(cell.look.as_ref(), cell.format.as_ref()))?;
    }
    if sheet.dress.is_some() {
        return Ok(());
    }
    let widths = widths(sheet);
    for (col, width) in &widths {
        page.set_column_width(u16::try_from(*col).unwrap_or(u16::MAX), *width).map_err(failed)?;
    }
    for (row, points) in heights(sheet, &widths) {
        page.set_row_height(row, points).map_err(failed)?;
    }
    Ok(())
}

fn position(at: CellRef) -> (u32, u16) {
    (at.row(), u16::try_from(at.col()).unwrap_or(u16::MAX))
}

/// So many parts of a whole as the library takes them.
#[expect(clippy::disallowed_types, clippy::float_arithmetic, reason = "the library takes sizes as doubles")]
fn double(parts: u32, of: u32) -> f64 {
    f64::from(parts) / f64::from(of.max(1))
}

/// The blank cells of the table, where scores and reasons will be filled in, are framed like the others.
fn border(page: &mut Worksheet, sheet: &ForeignSheet, looks: &mut Looks) -> Result<()> {
    let last_row = sheet.cells.keys().next_back().map_or(0, |at| at.row());
    let last_col = sheet.cells.keys().map(|at| at.col()).max().unwrap_or(0);
    let area = u64::from(last_row).saturating_add(1).saturating_mul(u64::from(last_col).saturating_add(1));
    if sheet.cells.is_empty() || area > MAX_BORDERED {
        return Ok(());
    }
    for row in 0..=last_row {
        for col in 0..=last_col {
            let blank = CellRef::new(row, col).filter(|at| !sheet.cells.contains_key(at));
            if let Some(at) = blank {
                let (row, col) = position(at);
                page.write_blank(row, col, looks.of(None, None)).map_err(failed)?;
            }
        }
    }
    Ok(())
}

fn write(page: &mut Worksheet, at: CellRef, cell: &ForeignCell, format: &Format) -> Result<()> {
    let (row, col) = position(at);
    if let Some(formula) = &cell.formula {
        page.write_formula_with_format(row, col, Formula::new(formula), format).map_err(failed)?;
        // Without a value of its own the library would cache 0, a figure nobody computed.
        page.set_formula_result(row, col, cached(&cell.value));
        return Ok(());
    }
    match &cell.value {
        Value::Empty => page.write_blank(row, col, format),
        Value::Text(text) => page.write_string_with_format(row, col, clean(text), format),
        Value::Number(number) => page.write_with_format(row, col, number.get(), format),
        Value::Date(date) => page.write_string_with_format(row, col, date.to_string(), format),
        Value::Bool(flag) => page.write_boolean_with_format(row, col, *flag, format),
        Value::Unrepresentable(shown) => return write_double(page, at, shown, format),
        // A constant error value: the library writes errors only as the result of a formula.
        Value::Error(text) if is_error(text) => {
            page.write_formula_with_format(row, col, Formula::new(text), format).map_err(failed)?;
            page.set_formula_result(row, col, text);
            return Ok(());
        }
        Value::Error(text) => page.write_string_with_format(row, col, text, format),
    }
    .map(|_| ())
    .map_err(failed)
}

#[expect(clippy::disallowed_types, reason = "a double that no exact decimal holds goes through as it came")]
fn write_double(page: &mut Worksheet, at: CellRef, shown: &str, format: &Format) -> Result<()> {
    let (row, col) = position(at);
    match shown.parse::<f64>().ok().filter(|number| number.is_finite()) {
        Some(number) => page.write_number_with_format(row, col, number, format),
        None => page.write_string_with_format(row, col, shown, format),
    }
    .map(|_| ())
    .map_err(failed)
}

fn is_error(text: &str) -> bool {
    matches!(text, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!")
}

fn cached(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::Error(text) | Value::Unrepresentable(text) => clean(text),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
    }
}

/// No more than a cell can hold.
pub(super) fn clean(text: &str) -> String {
    text.chars().take(MAX_CELL_CHARS).collect()
}

/// Columns of a Latin letter that a text needs: a Chinese character is two wide.
fn columns(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).fold(0, u32::saturating_add)
}

fn shown(cell: &ForeignCell) -> String {
    match &cell.value {
        Value::Text(text) => text.clone(),
        // Room for what a format adds: separators, places, a sign.
        Value::Number(number) => format!("{number}0000"),
        _ => String::new(),
    }
}

/// The width of each column by the texts in it; a merged text belongs to no single column.
fn widths(sheet: &ForeignSheet) -> BTreeMap<u32, u32> {
    let merged: BTreeMap<CellRef, RangeRef> = wide(sheet);
    let mut widths = BTreeMap::new();
    for (at, cell) in sheet.cells.iter().take_while(|(at, _)| at.row() < MEASURED_ROWS) {
        let needed = if merged.contains_key(at) {
            0
        } else {
            shown(cell).lines().map(columns).max().unwrap_or(0).saturating_add(2)
        };
        let width = widths.entry(at.col()).or_insert(*WIDTHS.start());
        *width = needed.clamp(*width, *WIDTHS.end());
    }
    widths
}

/// Merges over several columns, by their first cell.
fn wide(sheet: &ForeignSheet) -> BTreeMap<CellRef, RangeRef> {
    let over_columns = sheet.merges.iter().filter(|range| range.first.col() != range.last.col());
    over_columns.map(|range| (range.first, *range)).collect()
}

/// The height of each row whose texts need more than a line.
fn heights(sheet: &ForeignSheet, widths: &BTreeMap<u32, u32>) -> BTreeMap<u32, u32> {
    let merges: BTreeMap<CellRef, RangeRef> =
        sheet.merges.iter().map(|range| (range.first, *range)).collect();
    let mut heights = BTreeMap::new();
    for (at, cell) in sheet.cells.iter().take_while(|(at, _)| at.row() < MEASURED_ROWS) {
        let range = merges.get(at).copied().unwrap_or_else(|| RangeRef::new(*at, *at));
        let over = u32::from(range.first.row() != range.last.row());
        let width = |col: u32| widths.get(&col).copied().unwrap_or(*WIDTHS.start());
        let cols = range.first.col()..=range.last.col().min(range.first.col().saturating_add(255));
        let width = cols.map(width).fold(0, u32::saturating_add).saturating_sub(2).max(1);
        let text = shown(cell);
        let lines =
            text.split('\n').map(|line| columns(line).div_ceil(width).max(1)).fold(0, u32::saturating_add);
        // A text over several rows has their height together.
        if lines > 1 && over == 0 {
            let points = lines.saturating_mul(LINE_POINTS).saturating_add(5).min(MAX_ROW_POINTS);
            let height = heights.entry(at.row()).or_insert(points);
            *height = (*height).max(points);
        }
    }
    heights
}
