//! A form that was filled in as a Word document: its tables as sheets, with the words around them as rows, so that nothing of
//! it is lost. A title (项目支出绩效自评表) begins a sheet; what has none goes on with the one before.

use std::io::{Read, Seek};

use super::{Budget, ForeignCell, ForeignSheet, ForeignWorkbook, Loss, damaged};
use crate::base::{CellRef, Number, RangeRef, Result};
use crate::docx::read::{self, Block, Table, TextRegion};
use crate::sheet::value::Value;
use crate::words::{self, Class};

/// Characters of a title.
const MAX_TITLE: usize = 40;
/// Digits of a number that is none of an account or a code.
const MAX_DIGITS: usize = 15;

/// A sheet that is being made.
#[derive(Default)]
struct Page {
    sheet: ForeignSheet,
    row: u32,
    tables: usize,
}

pub(super) fn read<R: Read + Seek>(reader: &mut R) -> Result<ForeignWorkbook> {
    let document = read::read(reader)?;
    let mut budget = Budget::default();
    let mut pages: Vec<Page> = vec![Page::default()];
    let mut margins = Vec::new();
    for piece in document.pieces {
        let fresh =
            matches!(&piece, Block::Paragraph(one) if one.place == TextRegion::Body && is_title(&one.text));
        if fresh && pages.last().is_some_and(|page| page.tables > 0) {
            pages.push(Page::default());
        }
        let Some(page) = pages.last_mut() else { continue };
        match piece {
            Block::Paragraph(one) if one.place == TextRegion::Margin => margins.push(one.text),
            Block::Paragraph(one) => {
                budget.spend(1)?;
                page.put(0, Value::Text(one.text));
                page.row = page.row.saturating_add(1);
            }
            Block::Table(table) => {
                budget.spend(table.rows.iter().map(Vec::len).sum())?;
                page.table(&table);
            }
        }
    }
    if pages.iter().all(|page| page.tables == 0) {
        return Err(damaged("Word 文档中没有表格"));
    }
    let mut workbook = ForeignWorkbook::default();
    for (number, page) in (1_u32..).zip(pages) {
        workbook.sheets.push(ForeignSheet {
            name: format!("表{number}"),
            margins: margins.clone(),
            ..page.sheet
        });
    }
    workbook.losses.add(Loss::Looks);
    Ok(workbook)
}

impl Page {
    fn put(&mut self, col: u32, value: Value) {
        if let Some(at) = CellRef::new(self.row, col) {
            self.sheet.cells.insert(at, ForeignCell { value, ..ForeignCell::default() });
        }
    }

    fn table(&mut self, table: &Table) {
        self.tables = self.tables.saturating_add(1);
        let first = self.row;
        for (row, number) in table.rows.iter().zip(0_usize..) {
            for cell in row {
                if !cell.text.is_empty() && !cell.continued {
                    self.put(cell.col, value(&cell.text));
                }
                if cell.continued {
                    continue;
                }
                // A cell goes down as far as those below only continue it.
                let below = table.rows.iter().skip(number.saturating_add(1));
                let down = below.take_while(|row| {
                    row.iter()
                        .any(|below| below.col == cell.col && below.span == cell.span && below.continued)
                });
                let rows = u32::try_from(down.count()).unwrap_or(0);
                let last_col = cell.col.saturating_add(cell.span).saturating_sub(1);
                let corners = CellRef::new(self.row, cell.col)
                    .zip(CellRef::new(self.row.saturating_add(rows), last_col));
                if let Some((a, b)) = corners.filter(|(a, b)| a != b) {
                    self.sheet.merges.push(RangeRef::new(a, b));
                }
            }
            self.row = self.row.saturating_add(1);
        }
        // A table without rows is none.
        if self.row == first {
            self.tables = self.tables.saturating_sub(1);
        }
    }
}

/// Whether a line is the title of a form.
fn is_title(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.split(['(', '（']).next().unwrap_or_default();
    plain.chars().count() <= MAX_TITLE && words::of(Class::FormTitleEnds).ends(plain)
}

/// What a cell says: a number where it is one and nothing else, as it would be typed into a sheet.
fn value(text: &str) -> Value {
    let plain = text.trim();
    let digits = plain.strip_prefix('-').unwrap_or(plain);
    let whole = digits.split('.').next().unwrap_or_default();
    let is_code = whole.len() > 1 && whole.starts_with('0');
    let is_plain = digits.len() <= MAX_DIGITS
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = Some(plain).filter(|_| is_plain && !is_code).and_then(|plain| plain.parse::<Number>().ok());
    number.map_or_else(|| Value::Text(text.to_owned()), Value::Number)
}
