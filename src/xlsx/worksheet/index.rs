//! One pass over a worksheet of any size that remembers only what the edits at hand need.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use memchr::memmem::Finder;

use super::order::Section;
use super::pass::{Pass, SheetSection, whole_number};
use super::site::{ColumnSpan, RowSite, SharedGroup, ValidationSite};
use crate::base::{CellRef, RangeRef, Result};
use crate::package::dialect::Dialect;
use crate::package::fault::damaged;
use crate::package::xml::{Inside, Scanner, Tag, TokenKind, parse_number};
use crate::xlsx::refusal::RefusalReason;

/// The cells an edit is about.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// Cells to edit, and whether their content changes.
    pub(crate) cells: BTreeMap<CellRef, bool>,
    /// Rows of cells that get a note.
    pub(crate) noted_rows: BTreeSet<u32>,
    /// Cells whose validation is to be set.
    pub(crate) validated: BTreeSet<CellRef>,
}

/// What a pass found.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetIndex {
    /// The root's start tag.
    pub(crate) root: Vec<u8>,
    /// Where the root's end tag begins.
    pub(crate) root_close: u64,
    /// The root's children.
    pub(crate) sections: Vec<Section>,
    /// Column styles.
    pub(crate) columns: Vec<ColumnSpan>,
    /// Touched rows that are there, zero-based.
    pub(crate) rows: BTreeMap<u32, RowSite>,
    /// Where touched rows that are missing belong; at the end of the data when not listed.
    pub(crate) row_gaps: BTreeMap<u32, u64>,
    /// Cells that cannot be edited for what stands in the sheet itself.
    pub(crate) refused: BTreeMap<CellRef, RefusalReason>,
    /// Merged cells that were asked for and are no anchors: cell and anchor.
    pub(crate) merged: BTreeMap<CellRef, CellRef>,
    /// Shared formulas by their index.
    pub(crate) shared: BTreeMap<u32, SharedGroup>,
    /// Groups whose index was used again further down.
    pub(crate) earlier_shared: Vec<(u32, SharedGroup)>,
    /// Whether a row stands in the file more than once.
    pub(crate) repeated_rows: bool,
    /// Whether there were too many shared formulas to remember.
    pub(crate) shared_overflow: bool,
    /// Validations that cover a cell asked about.
    pub(crate) validations: Vec<ValidationSite>,
    /// How many validations there are.
    pub(crate) validation_count: u32,
    /// Heights in whole points of rows at and below cells that get a note; 0 when hidden.
    pub(crate) heights: BTreeMap<u32, u32>,
    /// The highest style index of a cell or row.
    pub(crate) max_style: u32,
}

impl SheetIndex {
    /// The root's prefix with its colon, as text.
    pub(crate) fn prefix(&self) -> String {
        let prefix = String::from_utf8_lossy(Tag(&self.root).prefix()).into_owned();
        if prefix.is_empty() { prefix } else { format!("{prefix}:") }
    }

    /// The dialect of the part.
    pub(crate) fn dialect(&self) -> Dialect {
        let prefix = self.prefix();
        let name = match prefix.strip_suffix(':') {
            Some(prefix) => format!("xmlns:{prefix}"),
            None => "xmlns".to_owned(),
        };
        let namespace = Tag(&self.root).get(&name).unwrap_or_default();
        Dialect::of_namespace(&namespace).unwrap_or(Dialect::Transitional)
    }

    /// The width of a column in pixels, about.
    pub(crate) fn column_pixels(&self, col: u32) -> u32 {
        const DEFAULT: u32 = 64;
        let span = self.columns.iter().find(|c| (c.first..=c.last).contains(&col));
        match span {
            Some(span) if span.hidden => 0,
            Some(span) => span.width.map_or(DEFAULT, |w| w.saturating_mul(7).saturating_add(5)),
            None => DEFAULT,
        }
    }

    /// The height of a row in pixels, about; known for the rows beside notes.
    pub(crate) fn row_pixels(&self, row: u32) -> u32 {
        let points = self.heights.get(&row).copied().or_else(|| {
            let format = self.section("sheetFormatPr")?;
            Tag(&format.tag).raw(b"defaultRowHeight").and_then(whole_number)
        });
        points.unwrap_or(15).saturating_mul(4).div_ceil(3)
    }

    /// The first section of this name.
    pub(crate) fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.name == name)
    }
}

/// Reads the whole part.
pub(crate) fn scan(source: impl Read, wanted: &Wanted) -> Result<SheetIndex> {
    let mut pass = Pass::new(wanted);
    let mut scanner = Scanner::new(source);
    let mut closing = None;
    let mut astray = false;
    while let Some(token) = scanner.next()? {
        let row_opens = token.kind == TokenKind::Open && token.depth == 2;
        pass.token(&token)?;
        if row_opens && !astray && pass.may_skip_row() {
            // Most rows hold nothing an edit must know of: they are looked over, not taken apart.
            let closing = closing.get_or_insert_with(|| Closing::new(&pass.index.prefix()));
            let look = |row: &[u8]| closing.look(row, &mut pass.index.max_style);
            astray = scanner.skip_element(&closing.end, look)? == Inside::Astray;
        }
    }
    if pass.index.root.is_empty() {
        return Err(damaged("工作表没有内容"));
    }
    Ok(pass.index)
}

/// How a row ends, and what in it must be looked at closely.
struct Closing {
    end: Finder<'static>,
    row: Finder<'static>,
    formula: Finder<'static>,
    style: Finder<'static>,
}

impl Closing {
    fn new(prefix: &str) -> Self {
        let finder = |text: String| Finder::new(text.as_bytes()).into_owned();
        Self {
            end: finder(format!("</{prefix}row>")),
            row: finder(format!("<{prefix}row")),
            formula: finder(format!("<{prefix}f")),
            style: finder(" s=\"".to_owned()),
        }
    }

    /// Whether the inside of a row holds only cells without shared or array formulas; notes their styles.
    fn look(&self, row: &[u8], max_style: &mut u32) -> Inside {
        // The longest tag before a style, and the longest number, that are worth looking for.
        const NEAR: usize = 128;
        const DIGITS: usize = 8;
        if self.row.find(row).is_some() {
            return Inside::Astray;
        }
        let markup = memchr::memchr2_iter(b'!', b'?', row);
        let odd = markup.filter_map(|at| row.get(at.checked_sub(1)?)).any(|before| *before == b'<');
        let with_attributes = self.formula.find_iter(row).any(|at| {
            row.get(at.saturating_add(self.formula.needle().len())).is_some_and(u8::is_ascii_whitespace)
        });
        if odd || with_attributes {
            return Inside::Intricate;
        }
        for at in self.style.find_iter(row) {
            let digits = row.get(at.saturating_add(4)..).unwrap_or_default();
            let end = digits.iter().take(DIGITS).position(|b| *b == b'"').unwrap_or(0);
            let digits = digits.get(..end).unwrap_or_default();
            let before = row.get(at.saturating_sub(NEAR)..at).unwrap_or_default();
            let in_tag = memchr::memrchr2(b'<', b'>', before).and_then(|at| before.get(at)) == Some(&b'<');
            if let Some(style) = parse_number(digits).filter(|_| in_tag) {
                *max_style = (*max_style).max(style);
            }
        }
        Inside::Plain
    }
}

/// Plain numbers in the first rows of a sheet, at most `limit` of them, and cells outside its data: below the last row,
/// right of the last column; the latter only when there are fewer numbers.
pub(crate) fn first_numbers(source: impl Read, limit: usize) -> Result<(Vec<CellRef>, Vec<CellRef>)> {
    let wanted = Wanted::default();
    let mut pass = Pass::new(&wanted);
    let mut scanner = Scanner::new(source);
    let mut found = Vec::new();
    let mut plain = false;
    let mut last_col = 0;
    while let Some(token) = scanner.next()? {
        pass.token(&token)?;
        let tag = Tag(token.bytes);
        match (token.kind, token.depth) {
            (TokenKind::Open, 3) if pass.part == SheetSection::Data => {
                plain = matches!(tag.raw(b"t"), None | Some(b"n"));
                last_col = last_col.max(pass.next_col);
            }
            (TokenKind::Open | TokenKind::Empty, 4) if tag.local() == b"f" => plain = false,
            (TokenKind::Open, 4) if tag.local() == b"v" && plain && pass.part == SheetSection::Data => {
                found.push(pass.cell);
            }
            (TokenKind::Close, 1) if pass.part == SheetSection::Other && tag.local() == b"sheetData" => break,
            _ => {}
        }
        if found.len() >= limit {
            break;
        }
    }
    // The last stands far off: a merge may reach over the others.
    let far = (pass.last_row.saturating_add(64), last_col.saturating_add(64));
    let outside = [(pass.last_row, 0), (0, last_col), (pass.last_row, last_col), far];
    let mut free: Vec<CellRef> =
        outside.into_iter().filter_map(|(row, col)| CellRef::new(row, col)).collect();
    free.dedup();
    Ok((found.into_iter().flatten().collect(), free))
}

/// The smallest rectangle around two.
pub(super) fn around(a: RangeRef, b: RangeRef) -> RangeRef {
    let corner = |row: u32, col: u32| CellRef::new(row, col).unwrap_or(a.first);
    RangeRef::new(
        corner(a.first.row().min(b.first.row()), a.first.col().min(b.first.col())),
        corner(a.last.row().max(b.last.row()), a.last.col().max(b.last.col())),
    )
}
