//! Secrecy marks (密级标志): a file that bears one is not read any further, whatever else it holds.
//!
//! Looked at are names, headers and footers, and the cells that are read to recognise a sheet: of a long one its first
//! [`MAX_ROWS`] rows. Hidden sheets count. What could not be read is searched as it stands, and so is what sheets share.

mod raw;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::foreign::ForeignWorkbook;
use super::grid::Sheet;
use super::reader::Workbook;
use super::value::Value;
use crate::base::{CellRef, Error, ErrorKind, Result};
use words::Place;

/// Rows of a sheet that are looked at.
pub const MAX_ROWS: u32 = 2_000;
/// Rows with content that are the head of a sheet.
const HEAD_ROWS: usize = 5;

/// Refuses a name of a file or folder that bears a mark.
pub fn check_name(name: &str) -> Result<()> {
    if words::is_marked_name(name) { Err(marked("文件或文件夹的名称")) } else { Ok(()) }
}

/// Refuses a document that bears a mark; of each of its texts whether it stands in its head or margin.
pub fn check_texts<'t>(mut texts: impl Iterator<Item = (&'t str, bool)>) -> Result<()> {
    let marked_text =
        texts.any(|(text, head)| words::is_mark(text, if head { Place::Head } else { Place::Body }));
    if marked_text { Err(marked("正文")) } else { Ok(()) }
}

/// Refuses a sheet that bears a mark; `number` is its place among the tabs, from 0.
pub fn check_sheet(sheet: &Sheet, number: usize) -> Result<()> {
    let cells = sheet.cells().map(|(at, cell)| (at, text(&cell.value)));
    check(number, &sheet.id.name, &sheet.margins, cells)
}

/// Refuses a workbook that bears a mark where no sheet that is read shows it: on sheets that are left alone, or with a star
/// among the texts and number formats that sheets share.
pub fn check_workbook<R: Read + Seek>(workbook: &mut Workbook<R>) -> Result<()> {
    if workbook.shared.0.strings.holding(words::SIGN).any(words::is_starred) {
        return Err(marked("单元格文字"));
    }
    let styles = workbook.package.related_part("styles");
    let styles = styles.map(|name| workbook.package.parts_mut().read_text(&name)).transpose()?.flatten();
    if styles.is_some_and(|bytes| raw::has_marked_format(&bytes)) {
        return Err(marked("单元格的数字格式"));
    }
    for odd in workbook.odd().to_vec() {
        if words::is_marked_name(&odd.sheet.name) {
            return Err(marked("一张未读取的工作表的名称"));
        }
        check_part(workbook, &odd.part, "一张未读取的工作表")?;
    }
    Ok(())
}

/// Refuses a sheet of which something could not be read, and whose part bears a mark as it stands.
pub fn check_unread<R: Read + Seek>(workbook: &mut Workbook<R>, sheet: &str, number: usize) -> Result<()> {
    let place = numbered(number);
    if words::is_marked_name(sheet) {
        return Err(marked(&format!("{place}的名称")));
    }
    let Some(part) = workbook.part_name(sheet) else { return Ok(()) };
    check_part(workbook, &part, &place)
}

fn check_part<R: Read + Seek>(workbook: &mut Workbook<R>, part: &str, place: &str) -> Result<()> {
    let Some(part) = workbook.package.parts_mut().open_part(part)? else { return Ok(()) };
    let mut bytes = Vec::new();
    // What can be unpacked is searched, also where an error ends it.
    let _ = part.take(raw::MAX_BYTES).read_to_end(&mut bytes);
    if raw::is_marked(&bytes) { Err(marked(place)) } else { Ok(()) }
}

/// Refuses a workbook of another format that bears a mark.
pub fn check_foreign(workbook: &ForeignWorkbook) -> Result<()> {
    for (number, sheet) in workbook.sheets.iter().enumerate() {
        let cells = sheet.cells.iter().map(|(at, cell)| (*at, text(&cell.value)));
        check(number, &sheet.name, &sheet.margins, cells)?;
    }
    Ok(())
}

/// What a cell shows as text, where that may be a mark.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if words::may_be(text) => Some(text.clone()),
        _ => None,
    }
}

/// What is said instead of reading: where the mark stands, and nothing of what stands there.
fn marked(place: &str) -> Error {
    Error::new(
        ErrorKind::Marked,
        format!("文件标有密级，未作任何处理。（密级标在{place}）"),
        "涉密项目不得在本系统处理，请按保密规定处置。",
    )
}

fn numbered(number: usize) -> String {
    format!("第{}张工作表", number.saturating_add(1))
}

fn check(
    number: usize,
    name: &str,
    margins: &[String],
    cells: impl Iterator<Item = (CellRef, Option<String>)>,
) -> Result<()> {
    let sheet = numbered(number);
    if words::is_marked_name(name) {
        return Err(marked(&format!("{sheet}的名称")));
    }
    if margins.iter().any(|text| words::is_mark(text, Place::Head)) {
        return Err(marked(&format!("{sheet}的页眉或页脚")));
    }
    match marked_cell(cells) {
        Some(at) => Err(marked(&format!("{sheet}的 {at} 单元格"))),
        None => Ok(()),
    }
}

/// The first cell with a mark; of each cell what it shows, where that may be one.
fn marked_cell(cells: impl Iterator<Item = (CellRef, Option<String>)>) -> Option<CellRef> {
    // What may be one, and how many cells each row has, in rising order.
    let mut suspects: BTreeMap<CellRef, String> = BTreeMap::new();
    let mut rows: Vec<(u32, usize)> = Vec::new();
    for (at, text) in cells.take_while(|(at, _)| at.row() < MAX_ROWS) {
        match rows.last_mut().filter(|(row, _)| *row == at.row()) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => rows.push((at.row(), 1)),
        }
        suspects.extend(text.map(|text| (at, text)));
    }
    let heads = rows.get(HEAD_ROWS).map_or(u32::MAX, |(row, _)| *row);
    let alone = |row: u32| {
        rows.binary_search_by_key(&row, |(row, _)| *row)
            .is_ok_and(|at| rows.get(at).is_some_and(|(_, n)| *n == 1))
    };
    let place = |at: CellRef| if at.row() < heads || alone(at.row()) { Place::Head } else { Place::Body };
    suspects
        .iter()
        .find(|(at, text)| words::is_mark(text, place(**at)) && !is_listed(&suspects, **at))
        .map(|(at, _)| *at)
}

/// Whether a level is one of a list of all three, in a column or a row: what can be chosen, not what was.
fn is_listed(suspects: &BTreeMap<CellRef, String>, at: CellRef) -> bool {
    let level = |row: Option<u32>, col: Option<u32>| {
        let text = suspects.get(&CellRef::new(row?, col?)?)?;
        words::plain_level(text)
    };
    let along = |down: bool| {
        (0..3_u32).any(|before| {
            let three = (0..3_u32).filter_map(|step| {
                let shift = |from: u32| from.checked_add(step)?.checked_sub(before);
                if down {
                    level(shift(at.row()), Some(at.col()))
                } else {
                    level(Some(at.row()), shift(at.col()))
                }
            });
            three.collect::<BTreeSet<_>>().len() == 3
        })
    };
    along(true) || along(false)
}
