//! The records of an `.xls`: what calamine does not give, which is each cell's number format, defined names, and what
//! else is there that cannot be carried.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Loss, Losses};
use crate::sheet::margins;

const EOF: u16 = 0x000A;
const FORMULA: u16 = 0x0006;
const NAME: u16 = 0x0018;
const HEADER: u16 = 0x0014;
const FOOTER: u16 = 0x0015;
const NOTE: u16 = 0x001C;
const OBJ: u16 = 0x005D;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00BD;
const RSTRING: u16 = 0x00D6;
const XF: u16 = 0x00E0;
const LABEL_SST: u16 = 0x00FD;
const COND_FMT: u16 = 0x01B0;
const HLINK: u16 = 0x01B8;
const DV: u16 = 0x01BE;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const BOF: u16 = 0x0809;

/// Formats and extended formats that a workbook may have.
const MAX_FORMATS: usize = 65_536;

/// What the records say of one sheet.
#[derive(Debug, Default)]
pub(super) struct SheetRecords {
    /// Which extended format each cell with a value has.
    cells: HashMap<(u32, u32), u16>,
    /// Headers and footers.
    pub(super) margins: Vec<String>,
}

/// What the records say of the workbook.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// In the order of the tabs, sheets that are no worksheets included.
    pub(super) sheets: Vec<SheetRecords>,
    /// What is there and cannot be carried.
    pub(super) losses: Losses,
    codes: Vec<Option<Rc<str>>>,
}

impl Records {
    /// The code of a cell's number format; `None` where it says nothing or is not known.
    pub(super) fn code(&self, sheet: usize, row: u32, col: u32) -> Option<Rc<str>> {
        let xf = self.sheets.get(sheet)?.cells.get(&(row, col))?;
        self.codes.get(usize::from(*xf))?.clone()
    }

    /// Walks through the workbook's stream. A record that is cut off ends its part: calamine has judged the file.
    pub(super) fn read(stream: &[u8]) -> Self {
        let mut records = Self::default();
        let mut formats: HashMap<u16, String> = HashMap::new();
        let mut xfs: Vec<u16> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        let mut is_biff8 = true;
        for (kind, data) in Walk(stream) {
            match kind {
                BOF => is_biff8 = u16_at(data, 0) != Some(0x0500),
                FORMAT if formats.len() < MAX_FORMATS => {
                    formats.extend(u16_at(data, 0).zip(code_text(data, is_biff8)));
                }
                XF if xfs.len() < MAX_FORMATS => xfs.extend(u16_at(data, 2)),
                BOUND_SHEET => places.extend(u32_at(data, 0).and_then(|at| usize::try_from(at).ok())),
                // A name of the program itself (print areas, filters) comes back with what it serves.
                NAME if u16_at(data, 0).is_some_and(|flags| flags & 0x20 == 0) => {
                    records.losses.add(Loss::Name);
                }
                EOF => break,
                _ => {}
            }
        }
        records.codes = xfs
            .into_iter()
            .map(|id| {
                let code = formats.get(&id).map(String::as_str).or_else(|| built_in(id));
                code.filter(|code| !code.is_empty() && !code.eq_ignore_ascii_case("general")).map(Rc::from)
            })
            .collect();
        // No two sheets begin at one place; a forged list must not have one sheet walked again and again.
        let mut walked = std::collections::HashSet::new();
        for place in places {
            let part = stream.get(place..).filter(|_| walked.insert(place)).unwrap_or_default();
            let sheet = records.sheet(part, is_biff8);
            records.sheets.push(sheet);
        }
        records
    }

    fn sheet(&mut self, part: &[u8], is_biff8: bool) -> SheetRecords {
        let mut sheet = SheetRecords::default();
        // Charts inside a sheet are parts of their own, between their BOF and EOF.
        let mut depth = 0_usize;
        for (kind, data) in Walk(part) {
            match kind {
                BOF => {
                    if depth > 0 {
                        self.losses.add(Loss::Chart);
                    }
                    depth = depth.saturating_add(1);
                }
                EOF => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                _ if depth > 1 => {}
                FORMULA | RSTRING | LABEL_SST | NUMBER | LABEL | BOOL_ERR | RK => {
                    let place = u16_at(data, 0).zip(u16_at(data, 2)).zip(u16_at(data, 4));
                    sheet.cells.extend(place.map(|((row, col), xf)| ((u32::from(row), u32::from(col)), xf)));
                }
                MUL_RK => sheet.several(data),
                HEADER | FOOTER => {
                    let text = counted_text(data, 0, is_biff8).unwrap_or_default();
                    sheet.margins.extend(margins::sections(&text));
                }
                NOTE => self.losses.add(Loss::Note),
                COND_FMT => self.losses.add(Loss::Conditional),
                HLINK => self.losses.add(Loss::Link),
                DV => self.losses.add(Loss::Validation),
                OBJ => match u16_at(data, 4) {
                    Some(0x08) => self.losses.add(Loss::Picture),
                    // A chart is counted by its own part, a note by its record; 0x14 is a filter's button.
                    Some(0x05 | 0x14 | 0x19) | None => {}
                    Some(_) => self.losses.add(Loss::Shape),
                },
                _ => {}
            }
        }
        sheet
    }
}

impl SheetRecords {
    /// A row of numbers in one record: row, first column, then format and number of each, last column.
    fn several(&mut self, data: &[u8]) {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (col, number) in (u32::from(first)..).zip(numbers.chunks_exact(6)) {
            self.cells.extend(u16_at(number, 0).map(|xf| ((u32::from(row), col), xf)));
        }
    }
}

/// The records of a stream: type and content.
struct Walk<'a>(&'a [u8]);

impl<'a> Iterator for Walk<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.0, 0)?;
        let end = usize::from(u16_at(self.0, 2)?).saturating_add(4);
        let data = self.0.get(4..end)?;
        self.0 = self.0.get(end..)?;
        Some((kind, data))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.saturating_add(2))?;
    two.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.saturating_add(4))?;
    four.try_into().ok().map(u32::from_le_bytes)
}

/// The text of a FORMAT record. Before BIFF8 it is in a code page: only ASCII means the same in all of them.
fn code_text(data: &[u8], is_biff8: bool) -> Option<String> {
    counted_text(data, 2, is_biff8)
}

/// A text with its length before it.
fn counted_text(data: &[u8], at: usize, is_biff8: bool) -> Option<String> {
    let data = data.get(at..)?;
    if !is_biff8 {
        let len = usize::from(*data.first()?);
        let bytes = data.get(1..len.saturating_add(1))?;
        return Some(bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { ' ' }).collect());
    }
    let len = usize::from(u16_at(data, 0)?);
    let wide = data.get(2)? & 1 == 1;
    let bytes = data.get(3..)?;
    if wide {
        let units: Vec<u16> = bytes.chunks_exact(2).take(len).filter_map(|two| u16_at(two, 0)).collect();
        return String::from_utf16(&units).ok();
    }
    // Compressed text holds the low bytes of UTF-16.
    Some(bytes.iter().take(len).map(|byte| char::from(*byte)).collect())
}

/// Excel's built-in formats, by number. Those that depend on the language of the program are dates in Chinese ones.
fn built_in(id: u16) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 | 41 | 42 => "#,##0",
        4 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        5 | 6 | 37 | 38 => "#,##0;-#,##0",
        7 | 8 | 39 | 40 => "#,##0.00;-#,##0.00",
        14 | 27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 | 34 | 55 => "h:mm",
        21 | 33 | 35 | 56 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}
