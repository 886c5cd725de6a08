//! The records of an `.xls`: what calamine does not give, which is looks, number formats, defined names, and what else is
//! there that cannot be carried.

use std::collections::{HashMap, HashSet};

use super::biff_look::{self, Gathered, Styles};
use super::biff_page::{self, Sheet, areas};
use super::biff_runs;
use super::dress::{Font, MAX_BLANKS, Page};
use super::{Loss, Losses};
use crate::sheet::margins;

const EOF: u16 = 0x000A;
const FORMULA: u16 = 0x0006;
const PROTECT: u16 = 0x0012;
const HEADER: u16 = 0x0014;
const FOOTER: u16 = 0x0015;
const NAME: u16 = 0x0018;
const NOTE: u16 = 0x001C;
const CONTINUE: u16 = 0x003C;
const OBJ: u16 = 0x005D;
const BOUND_SHEET: u16 = 0x0085;
const FILTER: u16 = 0x009D;
const MUL_RK: u16 = 0x00BD;
const MUL_BLANK: u16 = 0x00BE;
const RSTRING: u16 = 0x00D6;
const SST: u16 = 0x00FC;
const LABEL_SST: u16 = 0x00FD;
const COND_FMT: u16 = 0x01B0;
const HLINK: u16 = 0x01B8;
const DV: u16 = 0x01BE;
const BLANK: u16 = 0x0201;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;
const RK: u16 = 0x027E;
const BOF: u16 = 0x0809;

/// The program's own names.
const PRINT_AREA: u8 = 6;
const PRINT_TITLES: u8 = 7;

/// What the records say of one sheet.
#[derive(Debug, Default)]
pub(super) struct SheetRecords {
    /// Which extended format each cell with a value has.
    cells: HashMap<(u32, u32), u16>,
    /// The same of blank cells.
    pub(super) blanks: Vec<((u32, u32), u16)>,
    /// Headers and footers.
    pub(super) margins: Vec<String>,
    /// Its looks.
    pub(super) looks: Sheet,
}

/// What the records say of the workbook.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// In the order of the tabs, sheets that are no worksheets included.
    pub(super) sheets: Vec<SheetRecords>,
    /// What is there and cannot be carried.
    pub(super) losses: Losses,
    /// What extended formats mean.
    pub(super) styles: Styles,
    /// Print areas (`false`) and repeated titles (`true`) by the tab they are of.
    names: Vec<(usize, bool, Vec<crate::base::RangeRef>)>,
    /// Shared texts in more than one font.
    in_runs: HashSet<u32>,
    blanks: usize,
}

impl Records {
    /// The extended format of a cell with a value.
    pub(super) fn xf(&self, sheet: usize, row: u32, col: u32) -> Option<u16> {
        self.sheets.get(sheet)?.cells.get(&(row, col)).copied()
    }

    /// The font by which widths are counted.
    pub(super) fn base(&self) -> Font {
        self.styles.base.clone().unwrap_or_default()
    }

    /// Puts the print area and the repeated titles of a tab into its page.
    pub(super) fn name_page(&mut self, sheet: usize, page: Option<&mut Page>) {
        let Some(page) = page else { return };
        for (_, is_titles, areas) in self.names.iter().filter(|(tab, ..)| *tab == sheet) {
            if !biff_page::named(page, *is_titles, areas) {
                self.losses.add(Loss::PrintAreas);
            }
        }
    }

    /// Walks through the workbook's stream. A record that is cut off ends its part: calamine has judged the file.
    pub(super) fn read(stream: &[u8]) -> Self {
        let mut records = Self::default();
        let mut gathered = Gathered::default();
        let mut places: Vec<usize> = Vec::new();
        let mut is_biff8 = true;
        let mut texts: Vec<&[u8]> = Vec::new();
        let mut before = 0;
        for (kind, data) in Walk(stream) {
            match kind {
                BOF => is_biff8 = u16_at(data, 0) != Some(0x0500),
                BOUND_SHEET => places.extend(u32_at(data, 0).and_then(|at| usize::try_from(at).ok())),
                NAME => records.name(data, is_biff8),
                SST => texts.push(data),
                CONTINUE if before == SST => texts.push(data),
                EOF => break,
                _ => gathered.take(kind, data, is_biff8),
            }
            if kind != CONTINUE {
                before = kind;
            }
        }
        records.in_runs = biff_runs::of(&texts);
        records.styles = gathered.styles();
        if !is_biff8 {
            records.losses.add(Loss::Looks);
        }
        // No two sheets begin at one place; a forged list must not have one sheet walked again and again.
        let mut walked = HashSet::new();
        for place in places {
            let part = stream.get(place..).filter(|_| walked.insert(place)).unwrap_or_default();
            let sheet = records.sheet(part, is_biff8);
            records.sheets.push(sheet);
        }
        records
    }

    /// A defined name. One of the program itself comes back with what it serves.
    fn name(&mut self, data: &[u8], is_biff8: bool) {
        let Some(flags) = u16_at(data, 0) else { return };
        if flags & 0x20 == 0 {
            let name = data.get(3).map(|len| usize::from(*len)).zip(data.get(14..)).filter(|_| is_biff8);
            let name = name.and_then(|(len, name)| letters(len, name)).unwrap_or_default();
            // Some programs write the program's own names a second time, spelled out.
            if !name.starts_with("Excel_BuiltIn_") && !name.starts_with("_xlnm") {
                self.losses.add(Loss::Name);
            }
            return;
        }
        let (Some(which), true) = (data.get(15).copied(), is_biff8) else { return };
        if !matches!(which, PRINT_AREA | PRINT_TITLES) {
            return;
        }
        // Tabs are counted from 1; the tokens stand behind the name of one letter.
        let tab = u16_at(data, 8).and_then(|tab| tab.checked_sub(1)).map(usize::from);
        let len = u16_at(data, 4).map_or(0, usize::from);
        let tokens = data.get(16..).and_then(|rest| rest.get(..len));
        match tab.zip(tokens.and_then(areas)) {
            Some((tab, areas)) => self.names.push((tab, which == PRINT_TITLES, areas)),
            None => self.losses.add(Loss::PrintAreas),
        }
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
                    sheet.cells.extend(cell(data));
                    let is_in_runs =
                        kind == LABEL_SST && u32_at(data, 6).is_some_and(|n| self.in_runs.contains(&n));
                    if is_in_runs || kind == RSTRING {
                        self.losses.add(Loss::Runs);
                    }
                }
                MUL_RK => sheet.cells.extend(several(data, 6)),
                BLANK => self.blank(&mut sheet, cell(data)),
                MUL_BLANK => self.blank(&mut sheet, several(data, 2)),
                NOTE => self.losses.add(Loss::Note),
                COND_FMT => self.losses.add(Loss::Conditional),
                HLINK => self.losses.add(Loss::Link),
                DV => self.losses.add(Loss::Validation),
                FILTER => self.losses.add(Loss::Filter),
                PROTECT if u16_at(data, 0) == Some(1) => self.losses.add(Loss::Protection),
                OBJ => match u16_at(data, 4) {
                    Some(0x08) => self.losses.add(Loss::Picture),
                    // A chart is counted by its own part, a note by its record; 0x14 is a filter's button.
                    Some(0x05 | 0x14 | 0x19) | None => {}
                    Some(_) => self.losses.add(Loss::Shape),
                },
                _ => {
                    if matches!(kind, HEADER | FOOTER) {
                        let text = counted_text(data, 0, is_biff8).unwrap_or_default();
                        sheet.margins.extend(margins::sections(&text));
                    }
                    sheet.looks.take(kind, data, is_biff8);
                }
            }
        }
        sheet
    }

    /// Blank cells, as many as a workbook keeps.
    fn blank(&mut self, sheet: &mut SheetRecords, cells: impl IntoIterator<Item = ((u32, u32), u16)>) {
        for cell in cells.into_iter().filter(|(_, xf)| *xf != biff_look::DEFAULT_XF) {
            self.blanks = self.blanks.saturating_add(1);
            if self.blanks > MAX_BLANKS {
                return self.losses.once(Loss::Blanks);
            }
            sheet.blanks.push(cell);
        }
    }
}

/// The place and the extended format of a cell.
fn cell(data: &[u8]) -> Option<((u32, u32), u16)> {
    let ((row, col), xf) = u16_at(data, 0).zip(u16_at(data, 2)).zip(u16_at(data, 4))?;
    Some(((u32::from(row), u32::from(col)), xf))
}

/// A row of cells in one record: row, first column, then so many bytes of each, its format first; last column.
fn several(data: &[u8], each: usize) -> impl Iterator<Item = ((u32, u32), u16)> {
    let place = u16_at(data, 0).zip(u16_at(data, 2));
    let (row, first) = place.map_or((0, 0), |(row, first)| (u32::from(row), u32::from(first)));
    let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
    (first..)
        .zip(cells.chunks_exact(each))
        .filter_map(move |(col, cell)| u16_at(cell, 0).map(|xf| ((row, col), xf)))
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

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.saturating_add(2))?;
    two.try_into().ok().map(u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.saturating_add(4))?;
    four.try_into().ok().map(u32::from_le_bytes)
}

/// The text of a FORMAT record. Before BIFF8 it is in a code page: only ASCII means the same in all of them.
pub(super) fn code_text(data: &[u8], is_biff8: bool) -> Option<String> {
    counted_text(data, 2, is_biff8)
}

/// A text with its length before it.
pub(super) fn counted_text(data: &[u8], at: usize, is_biff8: bool) -> Option<String> {
    let data = data.get(at..)?;
    if !is_biff8 {
        let len = usize::from(*data.first()?);
        let bytes = data.get(1..len.saturating_add(1))?;
        return Some(bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { ' ' }).collect());
    }
    letters(usize::from(u16_at(data, 0)?), data.get(2..)?)
}

/// A text of BIFF8 with its length in one byte before it.
pub(super) fn short_text(data: &[u8], at: usize) -> Option<String> {
    letters(usize::from(*data.get(at)?), data.get(at.saturating_add(1)..)?)
}

/// So many letters behind the byte that says how they are written.
fn letters(len: usize, data: &[u8]) -> Option<String> {
    let wide = data.first()? & 1 == 1;
    let bytes = data.get(1..)?;
    if wide {
        let units: Vec<u16> = bytes.chunks_exact(2).take(len).filter_map(|two| u16_at(two, 0)).collect();
        return String::from_utf16(&units).ok();
    }
    // Compressed text holds the low bytes of UTF-16.
    Some(bytes.iter().take(len).map(|byte| char::from(*byte)).collect())
}
