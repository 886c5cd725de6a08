//! Workbooks that are no `.xlsx`: what can be read of them, and what cannot be carried into an `.xlsx`.
//!
//! calamine builds dense rectangles for some of these formats, so this room is entered only in a child process under
//! memory and time limits (`docs/design.md`, "Foreign files").

mod biff;
mod biff_look;
mod biff_page;
mod biff_runs;
mod docx;
pub mod dress;
mod formula;
mod loss;
mod ods;
mod ods_cell;
mod ods_data_style;
mod ods_formula;
mod ods_look;
mod ods_page;
mod ods_style;
mod ods_table;
mod xls;
mod xlsb;
mod xml;

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::rc::Rc;

pub use loss::{Loss, Losses};

use super::value::Value;
use crate::base::{CellRef, Error, RangeRef, Result};
use crate::xlsx::{FileKind, file_kind};

/// Cells that all sheets together may hold; a larger workbook is refused.
const MAX_CELLS: usize = 1_000_000;
/// Cells that all merges of a sheet together may cover.
const MAX_MERGED_CELLS: u64 = 1_000_000;

/// A cell as the other format had it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignCell {
    /// The value; a date is its serial number, with a date's format.
    pub value: Value,
    /// Excel's code of the number format, where it is known and says something.
    pub format: Option<Rc<str>>,
    /// The formula as Excel writes it, without `=`.
    pub formula: Option<String>,
    /// What it looks like, where the format is read that far.
    pub look: Option<Rc<dress::Look>>,
}

impl ForeignCell {
    /// A formula that is not carried and has no value either must not become a blank cell: what was written stays,
    /// as text.
    fn keep_as_text(&mut self, formula: &str) {
        if self.value == Value::Empty && !formula.is_empty() {
            self.value = Value::Text(format!("={formula}"));
        }
    }
}

/// Whether a sheet's tab is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Visibility {
    /// It is.
    #[default]
    Visible,
    /// A person can show it.
    Hidden,
    /// Only a program can show it.
    VeryHidden,
}

/// A sheet of another format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignSheet {
    /// The name of its tab.
    pub name: String,
    /// Whether its tab is seen.
    pub visibility: Visibility,
    /// The cells that hold something.
    pub cells: BTreeMap<CellRef, ForeignCell>,
    /// Merged ranges of more than one cell; no two meet.
    pub merges: Vec<RangeRef>,
    /// What is printed above and below it, where the format is read that far.
    pub margins: Vec<String>,
    /// How it looks, where the format is read that far.
    pub dress: Option<dress::Dress>,
}

/// A workbook of another format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignWorkbook {
    /// Its worksheets in the order of their tabs.
    pub sheets: Vec<ForeignSheet>,
    /// The font of all that says no other, where it is known.
    pub base: Option<dress::Font>,
    /// What is in the file and not here.
    pub losses: Losses,
}

/// Reads a workbook of any format but `.xlsx`.
pub fn read<R: Read + Seek>(reader: &mut R) -> Result<ForeignWorkbook> {
    let kind = file_kind::check(reader)?;
    let mut workbook = match kind {
        FileKind::Xls => xls::read(reader)?,
        FileKind::Xlsb => xlsb::read(reader)?,
        FileKind::Ods => ods::read(reader)?,
        FileKind::Docx => docx::read(reader)?,
        FileKind::Xlsx => return Err(Error::internal("an .xlsx is edited, not rebuilt")),
    };
    if workbook.sheets.is_empty() {
        return Err(damaged("没有工作表"));
    }
    let names: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    let losses = &mut workbook.losses;
    for sheet in &mut workbook.sheets {
        check_merges(sheet)?;
        for cell in sheet.cells.values_mut() {
            let Some(text) = cell.formula.take() else { continue };
            if formula::is_portable(&text, &names) && has_a_result_type(&cell.value) {
                cell.formula = Some(text);
            } else {
                cell.keep_as_text(&text);
                losses.add(Loss::Formula);
            }
        }
        sheet.cells.retain(|_, cell| cell.value != Value::Empty || cell.formula.is_some());
    }
    Ok(workbook)
}

/// A formula whose result is a text that looks like something else would come back with another type.
fn has_a_result_type(value: &Value) -> bool {
    match value {
        Value::Text(text) => !looks_typed(text),
        Value::Unrepresentable(_) => false,
        _ => true,
    }
}

#[expect(
    clippy::disallowed_types,
    reason = "asks what the writer asks: would this text be cached as a number?"
)]
fn looks_typed(text: &str) -> bool {
    text.parse::<f64>().is_ok() || matches!(text, "TRUE" | "FALSE") || text.starts_with('#')
}

/// Keeps the first of merges that meet (a spreadsheet program takes none of it) and bounds what they cover.
fn check_merges(sheet: &mut ForeignSheet) -> Result<()> {
    let area = |range: &RangeRef| {
        let rows = u64::from(range.last.row().saturating_sub(range.first.row())).saturating_add(1);
        let cols = u64::from(range.last.col().saturating_sub(range.first.col())).saturating_add(1);
        rows.saturating_mul(cols)
    };
    let covered = sheet.merges.iter().map(area).fold(0, u64::saturating_add);
    if covered > MAX_MERGED_CELLS {
        return Err(excessive(format_args!("工作表“{}”的合并单元格过大", sheet.name)));
    }
    let mut taken = std::collections::HashSet::new();
    sheet.merges.retain(|range| {
        let cells = || {
            let cols = range.first.col()..=range.last.col();
            (range.first.row()..=range.last.row())
                .flat_map(move |row| cols.clone().map(move |col| (row, col)))
        };
        let free = area(range) > 1 && !cells().any(|cell| taken.contains(&cell));
        if free {
            taken.extend(cells());
        }
        free
    });
    Ok(())
}

/// Counts cells over all sheets and refuses what no form or ledger has.
#[derive(Debug, Default)]
struct Budget(usize);

impl Budget {
    fn spend(&mut self, cells: usize) -> Result<()> {
        self.0 = self.0.saturating_add(cells);
        if self.0 > MAX_CELLS {
            Err(excessive(format_args!("单元格超过 {MAX_CELLS} 个")))
        } else {
            Ok(())
        }
    }
}

fn damaged(detail: impl std::fmt::Display) -> Error {
    Error::input(
        format!("文件已损坏，无法可靠读取（{detail}）"),
        "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再提交。",
    )
}

fn excessive(detail: impl std::fmt::Display) -> Error {
    Error::input(
        format!("文件内容异常庞大，已停止读取（{detail}）"),
        "请用 Excel 或 WPS 打开原文件，删去无关内容后另存为 .xlsx 再提交。",
    )
}

fn encrypted() -> Error {
    Error::input("文件设有打开密码，无法读取", "请去掉密码后另存为 .xlsx，再重新提交。")
}
