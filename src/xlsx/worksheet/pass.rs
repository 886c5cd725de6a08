//! The state of one pass over a worksheet, and what stands around the data: columns, merges, validations.

use std::collections::BTreeSet;
use std::ops::Range;

use super::index::{SheetIndex, Wanted};
use super::order::Section;
use super::site::{CellSite, ColumnSpan, FormulaSite, ValidationSite};
use crate::base::limits::MAX_COLUMNS;
use crate::base::{CellRef, RangeRef, Result};
use crate::package::fault::{damaged, excessive};
use crate::package::xml::{Tag, Token, TokenKind, parse_number};

/// Children of the root that are remembered one by one.
const MAX_SECTIONS: usize = 10_000;

/// The part of the sheet that the pass is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SheetSection {
    Other,
    Columns,
    Data,
    Merges,
    Validations,
    Alternate,
}

pub(super) struct Pass<'w> {
    pub(super) wanted: &'w Wanted,
    pub(super) rows: BTreeSet<u32>,
    pub(super) index: SheetIndex,
    pub(super) part: SheetSection,
    /// The row at hand, zero-based, and whether it is touched.
    pub(super) row: Option<u32>,
    pub(super) in_touched_row: bool,
    /// The row below all rows so far.
    pub(super) last_row: u32,
    /// Wanted rows above this one have been placed, and so have wanted cells of the row left of the column.
    pub(super) row_floor: u32,
    pub(super) col_floor: u32,
    /// Which rows there were, 64 to a number.
    pub(super) seen_rows: Vec<u64>,
    /// The next implied row and column.
    pub(super) next_row: u32,
    pub(super) next_col: u32,
    pub(super) cell: Option<CellRef>,
    /// The touched cell at hand.
    pub(super) site: Option<CellSite>,
    pub(super) formula: Option<(FormulaSite, bool)>,
    /// The child of a touched cell whose text is being read.
    pub(super) reading: Option<&'static str>,
    /// The start tag of the cell at hand.
    pub(super) cell_tag: Vec<u8>,
}

impl<'w> Pass<'w> {
    /// A pass that looks for these cells.
    pub(super) fn new(wanted: &'w Wanted) -> Self {
        Self {
            wanted,
            rows: wanted.cells.keys().map(|c| c.row()).collect(),
            index: SheetIndex::default(),
            part: SheetSection::Other,
            row: None,
            in_touched_row: false,
            last_row: 0,
            row_floor: 0,
            col_floor: 0,
            seen_rows: Vec::new(),
            next_row: 0,
            next_col: 0,
            cell: None,
            site: None,
            formula: None,
            reading: None,
            cell_tag: Vec::new(),
        }
    }

    /// Takes the next token.
    pub(super) fn token(&mut self, token: &Token<'_>) -> Result<()> {
        match (token.kind, token.depth) {
            (TokenKind::Open | TokenKind::Empty, 0) => self.root(token),
            (TokenKind::Close, 0) => self.index.root_close = token.start,
            (TokenKind::Open | TokenKind::Empty, 1) => return self.section(token),
            (TokenKind::Close, 1) => self.section_end(token),
            (kind, depth) if self.part == SheetSection::Data => return self.data(kind, depth, token),
            (TokenKind::Open | TokenKind::Empty, 2) if self.part == SheetSection::Columns => {
                self.column(Tag(token.bytes));
            }
            (TokenKind::Open | TokenKind::Empty, 2) if self.part == SheetSection::Merges => {
                self.merge(Tag(token.bytes));
            }
            (_, 2) if self.part == SheetSection::Validations => self.validation(token),
            (TokenKind::Open | TokenKind::Empty, 3) if self.part == SheetSection::Alternate => {
                return self.alternate(token);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether the row that has just begun need not be taken apart.
    pub(super) fn may_skip_row(&self) -> bool {
        self.part == SheetSection::Data && !self.in_touched_row
    }

    fn root(&mut self, token: &Token<'_>) {
        self.index.root = token.bytes.to_vec();
        self.index.root_close = token.end;
    }

    fn section(&mut self, token: &Token<'_>) -> Result<()> {
        let tag = Tag(token.bytes);
        let name = String::from_utf8_lossy(tag.local()).into_owned();
        self.part = match name.as_str() {
            "cols" => SheetSection::Columns,
            "sheetData" => SheetSection::Data,
            "mergeCells" => SheetSection::Merges,
            "dataValidations" => SheetSection::Validations,
            "AlternateContent" => SheetSection::Alternate,
            _ => SheetSection::Other,
        };
        if name == "sheetData" && self.index.section("sheetData").is_some() {
            return Err(damaged("工作表数据重复"));
        }
        if token.kind == TokenKind::Empty {
            self.part = SheetSection::Other;
        }
        match self.index.sections.last_mut() {
            Some(last) if last.name == name && name == "conditionalFormatting" => last.range.end = token.end,
            _ => {
                if self.index.sections.len() >= MAX_SECTIONS {
                    return Err(excessive("工作表结构异常"));
                }
                let range = token.start..token.end;
                let (tag, close_at) = (token.bytes.to_vec(), token.end);
                let section = Section { name, tag, open: range.clone(), range, close_at };
                self.index.sections.push(section);
            }
        }
        Ok(())
    }

    fn section_end(&mut self, token: &Token<'_>) {
        self.part = SheetSection::Other;
        if let Some(section) = self.index.sections.last_mut() {
            section.close_at = token.start;
            section.range.end = token.end;
        }
    }

    /// `mc:AlternateContent` counts as the first thing its choices hold.
    fn alternate(&mut self, token: &Token<'_>) -> Result<()> {
        let name = Tag(token.bytes).local();
        if name == b"sheetData" {
            return Err(damaged("单元格数据放在兼容性标记中"));
        }
        if let Some(section) = self.index.sections.last_mut()
            && section.name == "AlternateContent"
        {
            section.name = String::from_utf8_lossy(name).into_owned();
        }
        Ok(())
    }

    fn column(&mut self, tag: Tag<'_>) {
        let zero_based = |name| tag.number(name).and_then(|n| n.checked_sub(1));
        let (Some(first), Some(last)) = (zero_based("min"), zero_based("max")) else { return };
        let style = tag.number("style").unwrap_or(0);
        self.index.max_style = self.index.max_style.max(style);
        if self.index.columns.len() < usize::try_from(MAX_COLUMNS).unwrap_or(usize::MAX) {
            let width = tag.raw(b"width").and_then(whole_number);
            let hidden = tag.flag("hidden") == Some(true);
            self.index.columns.push(ColumnSpan { first, last, style, width, hidden });
        }
    }

    fn merge(&mut self, tag: Tag<'_>) {
        let Some(range) = tag.get("ref").and_then(|r| r.parse::<RangeRef>().ok()) else { return };
        for cell in self.wanted_in(range, false) {
            if cell != range.first {
                self.index.merged.insert(cell, range.first);
            }
        }
    }

    fn validation(&mut self, token: &Token<'_>) {
        match token.kind {
            TokenKind::Open | TokenKind::Empty => {
                self.index.validation_count = self.index.validation_count.saturating_add(1);
                let sqref = Tag(token.bytes).get("sqref").unwrap_or_default();
                let covers = sqref
                    .split_ascii_whitespace()
                    .filter_map(|r| r.parse::<RangeRef>().ok())
                    .any(|r| self.wanted.validated.iter().any(|cell| r.contains(*cell)));
                if covers {
                    let tag = token.bytes.to_vec();
                    self.index.validations.push(ValidationSite { range: token.start..token.end, tag, sqref });
                }
            }
            TokenKind::Close => {
                // The end tag belongs to the site only when the site is the one still open.
                if let Some(site) = self.index.validations.last_mut().filter(|s| !Tag(&s.tag).is_empty()) {
                    extend_once(&mut site.range, &site.tag, token.end);
                }
            }
            TokenKind::Text | TokenKind::Other => {}
        }
    }

    /// The wanted cells inside a range; with `content`, only those whose content changes.
    pub(super) fn wanted_in(&self, range: RangeRef, content: bool) -> Vec<CellRef> {
        self.wanted
            .cells
            .range(range.first..=range.last)
            .filter(|(cell, changes)| range.contains(**cell) && (**changes || !content))
            .map(|(cell, _)| *cell)
            .collect()
    }
}

/// The whole part of a decimal number.
pub(super) fn whole_number(text: &[u8]) -> Option<u32> {
    parse_number(text.split(|b| *b == b'.').next()?)
}

/// Extends the range of an element to behind its end tag, the first time only.
fn extend_once(range: &mut Range<u64>, tag: &[u8], end: u64) {
    let open_len = u64::try_from(tag.len()).unwrap_or(0);
    if range.end == range.start.saturating_add(open_len) {
        range.end = end;
    }
}
