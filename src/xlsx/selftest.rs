//! The standard edit that proves the editor on any workbook (`jixiao selftest edit`).

use std::io::{Read, Seek, Write};

use rust_xlsxwriter::{Chart, ChartType, Format, Formula, Workbook, XlsxError};

use super::edits::{Cached, CellEdit, Content, Graft, NoteEdit, PackageEdits, Rgb, StylePatch};
use super::package::{Report, SheetKind, XlsxPackage};
use super::refusal::{Refusal, RefusalReason};
use crate::base::address::quote_sheet;
use crate::base::{CellAt, CellRef, Error, Number, Result};

/// How many numbers of a sheet are tried.
const CANDIDATES: usize = 64;

/// What the standard edit came to.
#[derive(Debug)]
pub enum Outcome {
    /// Written: the cell that was edited, and what the write did.
    Written {
        /// The cell that got the formula.
        cell: CellAt,
        /// Whether it got a note too; a cell with a person's note keeps that.
        noted: bool,
        /// What the write did.
        report: Report,
    },
    /// Nothing was written.
    Refused(Vec<Refusal>),
}

/// Puts a formula with its cached value, a fill and a note on a cell and adds a sheet with a chart.
/// `sheet` and `cell` choose the cell; without them it is the first number that can be edited, or the
/// first cell below the data where there is no number.
pub fn edit<R: Read + Seek, W: Read + Write + Seek>(
    source: R,
    sheet: Option<&str>,
    cell: Option<CellRef>,
    out: &mut W,
) -> Result<Outcome> {
    let mut package = XlsxPackage::open(source)?;
    let target = match choose(&mut package, sheet, cell)? {
        Ok(target) => target,
        Err(refusals) => return Ok(Outcome::Refused(refusals)),
    };
    let mut edits = standard(&package, &target)?;
    let mut noted = true;
    let mut result = package.write_unless_refused(&edits, out)?;
    if result.is_err() {
        // A person's note, or drawings that cannot be read, stand in the way of the note alone.
        noted = false;
        edits.notes.clear();
        result = package.write_unless_refused(&edits, out)?;
    }
    Ok(match result {
        Ok(report) => Outcome::Written { cell: target, noted, report },
        Err(refusals) => Outcome::Refused(refusals),
    })
}

/// The cell to edit.
fn choose<R: Read + Seek>(
    package: &mut XlsxPackage<R>,
    sheet: Option<&str>,
    cell: Option<CellRef>,
) -> Result<Result<CellAt, Vec<Refusal>>> {
    let names: Vec<String> = if let Some(name) = sheet {
        vec![name.to_owned()]
    } else {
        let sheets = package.sheets().iter().filter(|s| s.kind == SheetKind::Worksheet);
        sheets.map(|s| s.name.clone()).collect()
    };
    let mut refusals = Vec::new();
    if names.is_empty() {
        refusals.push(Refusal { sheet: None, cell: None, reason: RefusalReason::NotAWorksheet });
    }
    let mut outside = Vec::new();
    for name in names {
        let candidates = match cell {
            Some(cell) => vec![anchor(package, &name, cell)?],
            None => match package.numbers(&name, CANDIDATES) {
                Ok((numbers, free)) => {
                    outside.push((name.clone(), free));
                    uncovered(package, &name, numbers)?
                }
                Err(error) => {
                    let reason = RefusalReason::Unreadable(error.to_string());
                    refusals.push(Refusal { sheet: Some(name), cell: None, reason });
                    continue;
                }
            },
        };
        match first_editable(package, &name, &candidates)? {
            Ok(Some(cell)) => return Ok(Ok(CellAt::new(name, cell))),
            Ok(None) => {}
            Err(found) => refusals.extend(found),
        }
    }
    for (sheet, cells) in outside {
        // One that a merge covers shows what stands elsewhere: it is not free.
        let free = uncovered(package, &sheet, cells)?;
        match first_editable(package, &sheet, &free)? {
            Ok(Some(cell)) => return Ok(Ok(CellAt::new(sheet, cell))),
            Ok(None) => {
                let reason = RefusalReason::Unreadable("没有可以写入的单元格".to_owned());
                refusals.push(Refusal { sheet: Some(sheet), cell: None, reason });
            }
            Err(found) => refusals.extend(found),
        }
    }
    Ok(Err(refusals))
}

/// The cell itself, or the one that shows for it where a merge covers it: that is where an edit arrives.
fn anchor<R: Read + Seek>(package: &mut XlsxPackage<R>, sheet: &str, cell: CellRef) -> Result<CellRef> {
    let covered = covered(package, sheet, &[cell])?;
    Ok(covered.first().map_or(cell, |(_, anchor)| *anchor))
}

/// Those of the cells that no merge covers.
fn uncovered<R: Read + Seek>(
    package: &mut XlsxPackage<R>,
    sheet: &str,
    cells: Vec<CellRef>,
) -> Result<Vec<CellRef>> {
    let covered = covered(package, sheet, &cells)?;
    Ok(cells.into_iter().filter(|cell| !covered.iter().any(|(asked, _)| asked == cell)).collect())
}

/// Those that a merge covers, with the cell that shows for each.
fn covered<R: Read + Seek>(
    package: &mut XlsxPackage<R>,
    sheet: &str,
    cells: &[CellRef],
) -> Result<Vec<(CellRef, CellRef)>> {
    let edits =
        PackageEdits { cells: cells.iter().map(|c| formula(sheet, *c)).collect(), ..PackageEdits::default() };
    let redirected = super::plan::plan(package, &edits)?.report.redirected;
    Ok(redirected.into_iter().map(|(_, asked, anchor)| (asked, anchor)).collect())
}

/// The first of the cells that can be edited; why not, when none can.
fn first_editable<R: Read + Seek>(
    package: &mut XlsxPackage<R>,
    sheet: &str,
    cells: &[CellRef],
) -> Result<Result<Option<CellRef>, Vec<Refusal>>> {
    let edits =
        PackageEdits { cells: cells.iter().map(|c| formula(sheet, *c)).collect(), ..PackageEdits::default() };
    let refusals = package.check(&edits)?;
    let whole_sheet = refusals.iter().any(|r| r.cell.is_none());
    let editable = cells.iter().find(|c| !whole_sheet && !refusals.iter().any(|r| r.cell == Some(**c)));
    match editable {
        Some(cell) => Ok(Ok(Some(*cell))),
        None if refusals.is_empty() => Ok(Ok(None)),
        None => Ok(Err(refusals)),
    }
}

fn formula(sheet: &str, cell: CellRef) -> CellEdit {
    let cached = Cached::Number(Number::from(2));
    CellEdit {
        sheet: sheet.to_owned(),
        cell,
        content: Some(Content::Formula { text: "1+1".to_owned(), cached }),
        style: StylePatch { fill: Some(Rgb(0xFF, 0xEB, 0x9C)), ..StylePatch::default() },
    }
}

fn standard<R: Read + Seek>(package: &XlsxPackage<R>, target: &CellAt) -> Result<PackageEdits> {
    let taken = |name: &str| package.sheets().iter().any(|s| s.name.eq_ignore_ascii_case(name));
    let mut name = "自检".to_owned();
    while taken(&name) {
        name.push('检');
    }
    let workbook = sheet_with_chart(&name, target).map_err(Error::internal)?;
    Ok(PackageEdits {
        cells: vec![formula(&target.sheet.name, target.cell)],
        notes: vec![NoteEdit {
            sheet: target.sheet.name.clone(),
            cell: target.cell,
            text: Some("自检：本单元格由程序写入公式。\n原内容请见原文件。".to_owned()),
            was: None,
        }],
        graft: Some(Graft { workbook, replace: Vec::new() }),
        ..PackageEdits::default()
    })
}

fn sheet_with_chart(name: &str, target: &CellAt) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold().set_background_color("#DDEBF7");
    let sheet = workbook.add_worksheet().set_name(name)?;
    sheet.write_string_with_format(0, 0, "项目", &bold)?;
    sheet.write_string_with_format(0, 1, "数值", &bold)?;
    sheet.write_string(1, 0, "写入的单元格")?;
    sheet.write_formula(1, 1, Formula::new(format!("={target}")).set_result("2"))?;
    sheet.write_string(2, 0, "对照")?;
    sheet.write_number(2, 1, 2)?;
    let link = format!("internal:{}!{}", quote_sheet(&target.sheet.name), target.cell);
    sheet.write_url_with_text(3, 0, link.as_str(), "返回单元格")?;
    let mut chart = Chart::new(ChartType::Column);
    let quoted = quote_sheet(name);
    chart
        .add_series()
        .set_categories(format!("={quoted}!$A$2:$A$3").as_str())
        .set_values(format!("={quoted}!$B$2:$B$3").as_str());
    sheet.insert_chart(5, 0, &chart)?;
    workbook.save_to_buffer()
}
