//! How a sheet shows what it holds: number formats, hidden rows and columns, protection, and what its charts draw.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};
use std::rc::Rc;

use super::package::XlsxPackage;
use crate::base::{CellRef, Number, Result};
use crate::package::parts::resolve;
use crate::package::xml::{Doc, Id, Scanner, Tag, TokenKind, unescape};

/// A row less high (points) or a column less wide (characters) cannot be read.
const UNSEEN: u32 = 1;
/// Cells whose format is kept at most; a sheet of ours has far fewer.
const MAX_CELLS: usize = 1_000_000;
/// What a cell has that says nothing of its format.
const GENERAL: &str = "General";
/// What stands for the days of East Asian programs, which are built in and written nowhere.
const DAY: &str = "yyyy-mm-dd";

/// What a bar or line of a chart draws.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// The formula of its labels.
    pub labels: String,
    /// The formula of its values.
    pub values: String,
}

/// How a sheet shows what it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looks {
    /// The number formats of the workbook, and which of them the cells have.
    codes: Rc<Vec<String>>,
    formats: BTreeMap<CellRef, usize>,
    /// Its hidden rows, zero-based.
    pub hidden_rows: BTreeSet<u32>,
    /// Its hidden columns: first and last, zero-based.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Whether its cells are protected.
    pub protected: bool,
    /// What its charts draw.
    pub series: Vec<Series>,
}

impl Looks {
    /// The number format of a cell; `None` where the sheet has no such cell.
    pub fn format(&self, cell: CellRef) -> Option<&str> {
        let style = *self.formats.get(&cell)?;
        Some(self.codes.get(style).map_or(GENERAL, String::as_str))
    }

    /// Whether nobody sees the column.
    pub fn hides_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

impl<R: Read + Seek> XlsxPackage<R> {
    /// How these sheets show what they hold; what is no worksheet is left out.
    pub fn looks<'n>(
        &mut self,
        sheets: impl IntoIterator<Item = &'n str>,
    ) -> Result<BTreeMap<String, Looks>> {
        let codes =
            self.related_part("styles").map(|part| self.parts.read_text(&part)).transpose()?.flatten();
        let codes = Rc::new(codes.map(formats_by_style).transpose()?.unwrap_or_default());
        let mut all = BTreeMap::new();
        for sheet in sheets {
            let Some(part) = self.sheet_part(sheet) else { continue };
            let mut looks = Looks { codes: Rc::clone(&codes), ..Looks::default() };
            if let Some(text) = self.parts.open_text(&part)? {
                looks.read(text)?;
            }
            // A chart that cannot be read draws nothing that could be told.
            looks.series = self.series(&part).unwrap_or_default();
            all.insert(sheet.to_owned(), looks);
        }
        Ok(all)
    }

    fn series(&mut self, sheet: &str) -> Result<Vec<Series>> {
        let mut series = Vec::new();
        for drawing in self.related(sheet, "drawing")? {
            for chart in self.related(&drawing, "chart")? {
                if let Some(text) = self.parts.open_text(&chart)? {
                    series.extend(drawn(text)?);
                }
            }
        }
        Ok(series)
    }

    fn related(&mut self, part: &str, kind: &str) -> Result<Vec<String>> {
        let rels = self.parts.rels(part)?;
        Ok(rels.of_kind(kind).map(|rel| resolve(part, &rel.target)).collect())
    }
}

impl Looks {
    fn read(&mut self, text: impl Read) -> Result<()> {
        let mut scanner = Scanner::new(text);
        let (mut row, mut column) = (0_u32, 0_u32);
        while let Some(token) = scanner.next()? {
            if !matches!(token.kind, TokenKind::Open | TokenKind::Empty) {
                continue;
            }
            let tag = Tag(token.bytes);
            match tag.local() {
                b"row" => {
                    row = tag.number("r").map_or(row, |r| r.saturating_sub(1));
                    column = 0;
                    if is_unseen(tag, "ht") {
                        self.hidden_rows.insert(row);
                    }
                    row = row.saturating_add(1);
                }
                b"c" => {
                    let here = CellRef::new(row.saturating_sub(1), column);
                    let Some(at) = tag.get("r").and_then(|r| r.parse().ok()).or(here) else { continue };
                    column = at.col().saturating_add(1);
                    let style = tag.number("s").and_then(|s| usize::try_from(s).ok()).unwrap_or(0);
                    if self.formats.len() < MAX_CELLS {
                        self.formats.insert(at, style);
                    }
                }
                b"col" if is_unseen(tag, "width") => {
                    let place = |name| tag.number(name).and_then(|n| n.checked_sub(1));
                    self.hidden_columns.extend(place("min").zip(place("max")));
                }
                b"sheetProtection" => self.protected = tag.flag("sheet") == Some(true),
                _ => {}
            }
        }
        Ok(())
    }
}

fn is_unseen(tag: Tag, size: &str) -> bool {
    let size: Option<Number> = tag.get(size).and_then(|size| size.parse().ok());
    tag.flag("hidden") == Some(true) || size.is_some_and(|size| size < Number::from(UNSEEN))
}

/// The number format of each style of cells.
fn formats_by_style(bytes: Vec<u8>) -> Result<Vec<String>> {
    let doc = Doc::parse(bytes)?;
    let inside = |section: &str, child| {
        let section = doc.child(doc.root(), section);
        section.into_iter().flat_map(|section| doc.all(section, child)).collect::<Vec<Id>>()
    };
    let custom = inside("numFmts", "numFmt").into_iter().filter_map(|id| {
        let tag = doc.tag(id);
        Some((tag.number("numFmtId")?, tag.get("formatCode")?))
    });
    let custom: BTreeMap<u32, String> = custom.collect();
    let code = |id: Id| {
        let number = doc.tag(id).number("numFmtId").unwrap_or(0);
        let built_in = || match number {
            27..=36 | 50..=58 => DAY,
            number => built_in_format(number).unwrap_or(GENERAL),
        };
        custom.get(&number).cloned().unwrap_or_else(|| built_in().to_owned())
    };
    Ok(inside("cellXfs", "xf").into_iter().map(code).collect())
}

/// What each series of a chart draws.
fn drawn(text: impl Read) -> Result<Vec<Series>> {
    let mut all: Vec<Series> = Vec::new();
    let mut scanner = Scanner::new(text);
    let (mut part, mut leaf) = (Vec::new(), Vec::new());
    while let Some(token) = scanner.next()? {
        let name = Tag(token.bytes).local();
        match (token.kind, name) {
            (TokenKind::Open, b"ser") => all.push(Series::default()),
            (TokenKind::Open, b"tx" | b"cat" | b"val") => part = name.to_vec(),
            (TokenKind::Close, b"tx" | b"cat" | b"val") => part.clear(),
            (TokenKind::Open, _) => leaf = name.to_vec(),
            (TokenKind::Close, _) => leaf.clear(),
            (TokenKind::Text, _) => {
                let Some(series) = all.last_mut() else { continue };
                let place = match (part.as_slice(), leaf.as_slice()) {
                    (b"tx", b"v") => &mut series.name,
                    (b"cat", b"f") => &mut series.labels,
                    (b"val", b"f") => &mut series.values,
                    _ => continue,
                };
                place.push_str(&unescape(token.bytes));
            }
            _ => {}
        }
    }
    Ok(all)
}

/// The number format of a built-in id (ECMA-376 part 1, 18.8.30); those of East Asian dates are left to the program.
pub(crate) fn built_in_format(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "mm-dd-yy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "m/d/yy h:mm",
        37 => "#,##0 ;(#,##0)",
        38 => "#,##0 ;[Red](#,##0)",
        39 => "#,##0.00;(#,##0.00)",
        40 => "#,##0.00;[Red](#,##0.00)",
        41 | 42 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        43 | 44 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}
