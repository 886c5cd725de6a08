//! Reads a register that a person may have marked, sorted, filtered, or changed in other ways.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use super::Adopted;
use super::columns::{Column, HEADER};
use super::key::{self, Key};
use super::marks::{Marks, Said};
use crate::base::{CellRef, Error, Result};
use crate::mapping::title::normalise;
use crate::sheet::{Cell, Sheet, Value, Workbook};
use crate::words::{self, Class};
use crate::xlsx::{FileKind, file_kind};

/// Rows that are looked at for the titles.
const MAX_HEAD: u32 = 20;
/// Rows that are read; a register has fewer.
const MAX_ROWS: u32 = 25_000;
/// Pages that are read; a register has fewer.
const MAX_SHEETS: usize = 400;

/// What a page says in one row.
pub(super) struct Spoken {
    pub(super) key: Key,
    /// Where, for a message.
    pub(super) place: String,
    /// What stands in 采用 now: nothing, a tick, or a text that is neither.
    pub(super) adopted: std::result::Result<bool, String>,
    /// What stands in 催报 now.
    pub(super) reminder: String,
}

/// Reads the marks of a register; an error where it is none, or no workbook that can be read.
pub fn read(bytes: &[u8]) -> Result<Marks> {
    let mut source = Cursor::new(bytes);
    if file_kind::check(&mut source)? != FileKind::Xlsx {
        return Err(Error::input(
            "收件登记表不是 .xlsx 格式。",
            "请另存为“Excel 工作簿（.xlsx）”，名称不变。",
        ));
    }
    let mut workbook = Workbook::open(source)?;
    let mut said = Said::default();
    let mut spoken = Vec::new();
    let mut known = false;
    for info in workbook.sheets().to_vec().iter().take(MAX_SHEETS) {
        let sheet = workbook.read(info, Some(MAX_ROWS))?;
        match Titles::find(&sheet) {
            Some(titles) => {
                known = true;
                page(&sheet, &titles, &mut spoken, &mut said);
            }
            None if is_untouched(&sheet) => {}
            None if sheet.cells().next().is_some() => {
                said.altered(format!("工作表“{}”不是登记表的内容，或被改动。", sheet.id.name));
            }
            None => {}
        }
    }
    if !known {
        return Err(Error::input(
            "文件中没有收件登记表。",
            "请放入由本程序生成的收件登记表，勿删改标题行和隐藏的“标识”一栏。",
        ));
    }
    Ok(Marks::of(spoken, said))
}

/// Whether this is the first page as it was written.
fn is_untouched(sheet: &Sheet) -> bool {
    let texts: Vec<(CellRef, String)> = sheet.cells().map(|(at, cell)| (at, plain(cell))).collect();
    let seal = key::front(texts.iter().map(|(at, text)| (*at, text.as_str())));
    texts.iter().any(|(_, text)| *text == seal)
}

/// A cell's text, without a number's format: as it was when digests were made.
fn plain(cell: &Cell) -> String {
    match &cell.value {
        Value::Number(number) => number.to_string(),
        _ => cell.shown(),
    }
}

/// Where the columns are; a person may have moved them.
struct Titles {
    row: u32,
    columns: BTreeMap<Column, u32>,
}

impl Titles {
    /// Only what has the hidden column is a page of ours.
    fn find(sheet: &Sheet) -> Option<Self> {
        let last = sheet.last_row()?;
        (0..=last.min(MAX_HEAD)).find_map(|row| {
            let mut columns = BTreeMap::new();
            for (at, cell) in sheet.row(row) {
                let title = normalise(&cell.shown());
                let found = Column::ALL.into_iter().find(|column| normalise(column.title()) == title);
                if let Some(column) = found {
                    columns.entry(column).or_insert(at.col());
                }
            }
            columns.contains_key(&Column::Key).then_some(Self { row, columns })
        })
    }

    fn text(&self, sheet: &Sheet, row: u32, column: Column) -> String {
        let Some(col) = self.columns.get(&column) else { return String::new() };
        plain(sheet.at(row, *col))
    }
}

fn page(sheet: &Sheet, titles: &Titles, spoken: &mut Vec<Spoken>, said: &mut Said) {
    let missing = Column::ALL.into_iter().filter(|column| !titles.columns.contains_key(column));
    for column in missing {
        said.altered(format!("“{}”缺少“{}”一栏。", sheet.id.name, column.title()));
    }
    let rows: Vec<u32> = (titles.row.saturating_add(1)..=sheet.last_row().unwrap_or_default()).collect();
    let keys: Vec<Option<Key>> =
        rows.iter().map(|row| Key::read(&titles.text(sheet, *row, Column::Key))).collect();
    let by_identity = by_identity(&keys);
    let mut found = 0_usize;
    for (row, beside) in rows.into_iter().zip(&keys) {
        let cell = |column| titles.text(sheet, row, column);
        let is_blank = Column::ALL.into_iter().all(|column| cell(column).trim().is_empty());
        if is_blank {
            continue;
        }
        let place = format!("“{}”第 {} 行", sheet.id.name, row.saturating_add(1));
        let identity = key::identity(cell);
        // The cells may have been sorted without the hidden column: then the row's own words say whose it is.
        let own = beside.as_ref().filter(|key| key.identity == identity);
        let elsewhere = || by_identity.get(identity.as_str()).copied().flatten();
        let adopted = ticked(&cell(Column::Adopted));
        let Some(key) = own.or_else(elsewhere) else {
            let reminder = cell(Column::Reminder);
            let is_old = beside.as_ref().is_some_and(|key| key::of_text(&reminder) == key.reminder);
            let marks =
                [(adopted != Ok(false), "“采用”"), (!is_old && !reminder.trim().is_empty(), "“催报”")];
            said.nobodys(&place, &marks);
            continue;
        };
        found = found.saturating_add(1);
        if key::whole(cell) != key.whole {
            said.altered(format!("{place}除“采用”“催报”以外的内容被改动。"));
        }
        spoken.push(Spoken { key: key.clone(), place, adopted, reminder: cell(Column::Reminder) });
    }
    let had = keys.iter().flatten().map(|key| key.rows).max().unwrap_or_default();
    if found < had {
        said.altered(format!("“{}”少了 {} 行。", sheet.id.name, had.saturating_sub(found)));
    }
    strangers(sheet, titles, said);
}

/// The keys of a page by the words of their rows; `None` where two have the same.
fn by_identity(keys: &[Option<Key>]) -> BTreeMap<&str, Option<&Key>> {
    let mut found: BTreeMap<&str, Option<&Key>> = BTreeMap::new();
    for key in keys.iter().flatten() {
        let entry = found.entry(&key.identity).or_insert(Some(key));
        if entry.is_some_and(|first| first != key) {
            *entry = None;
        }
    }
    found
}

fn ticked(text: &str) -> std::result::Result<bool, String> {
    match text.trim() {
        "" => Ok(false),
        text if words::of(Class::Ticks).has(text) => Ok(true),
        text => Err(text.chars().take(40).collect()),
    }
}

/// What stands beside the table, where we write nothing.
fn strangers(sheet: &Sheet, titles: &Titles, said: &mut Said) {
    let ours: BTreeSet<u32> = titles.columns.values().copied().collect();
    let beside = |at: &CellRef| at.row() >= titles.row && !ours.contains(&at.col());
    // Above the titles stand two lines of ours.
    let above = |at: &CellRef| at.row() < titles.row && (titles.row > HEADER || at.col() > 0);
    let stranger = sheet.cells().map(|(at, _)| at).find(|at| beside(at) || above(at));
    if let Some(at) = stranger {
        said.altered(format!("“{}”{at} 有登记表以外的内容。", sheet.id.name));
    }
}

impl Spoken {
    /// Whether 采用 says something else than we wrote.
    pub(super) fn changed(&self) -> Option<bool> {
        let now = *self.adopted.as_ref().ok()?;
        (now != (self.key.adopted == Adopted::Taken)).then_some(now)
    }

    /// Whether 催报 does.
    pub(super) fn reminds_anew(&self) -> bool {
        key::of_text(&self.reminder) != self.key.reminder
    }
}
