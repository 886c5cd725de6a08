//! One pass over a worksheet of any size that remembers only what the edits at hand need.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Range;

use super::order::Section;
use super::site::{CellSite, ColumnSpan, FormulaSite, RowSite, SharedGroup, ValidationSite};
use crate::base::limits::MAX_COLUMNS;
use crate::base::{CellRef, RangeRef, Result};
use crate::ooxml::dialect::Dialect;
use crate::ooxml::fault::{damaged, excessive};
use crate::ooxml::refusal::RefusalReason;
use crate::ooxml::xml::{Scanner, Tag, Token, TokenKind, parse_number, unescape};

/// Children of the root that are remembered one by one.
const MAX_SECTIONS: usize = 10_000;
/// How many rows a note's box reaches over at most.
const NOTE_ROWS: u32 = 60;
/// Shared formulas that are remembered; a sheet with more keeps them all and refuses to rewrite any.
const MAX_GROUPS: usize = 100_000;

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
    while let Some(token) = scanner.next()? {
        pass.token(&token)?;
    }
    if pass.index.root.is_empty() {
        return Err(damaged("工作表没有内容"));
    }
    Ok(pass.index)
}

/// Plain numbers in the first rows of a sheet, at most `limit` of them, and the cell below the last row;
/// the latter only when there are fewer numbers.
pub(crate) fn first_numbers(source: impl Read, limit: usize) -> Result<(Vec<CellRef>, Option<CellRef>)> {
    let wanted = Wanted::default();
    let mut pass = Pass::new(&wanted);
    let mut scanner = Scanner::new(source);
    let mut found = Vec::new();
    let mut plain = false;
    while let Some(token) = scanner.next()? {
        pass.token(&token)?;
        let tag = Tag(token.bytes);
        match (token.kind, token.depth) {
            (TokenKind::Open, 3) if pass.part == Part::Data => {
                plain = matches!(tag.raw(b"t"), None | Some(b"n"));
            }
            (TokenKind::Open | TokenKind::Empty, 4) if tag.local() == b"f" => plain = false,
            (TokenKind::Open, 4) if tag.local() == b"v" && plain && pass.part == Part::Data => {
                found.push(pass.cell);
            }
            (TokenKind::Close, 1) if pass.part == Part::Other && tag.local() == b"sheetData" => break,
            _ => {}
        }
        if found.len() >= limit {
            break;
        }
    }
    Ok((found.into_iter().flatten().collect(), CellRef::new(pass.last_row, 0)))
}

/// The part of the sheet that the pass is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Other,
    Columns,
    Data,
    Merges,
    Validations,
    Alternate,
}

struct Pass<'w> {
    wanted: &'w Wanted,
    rows: BTreeSet<u32>,
    index: SheetIndex,
    part: Part,
    /// The row at hand, zero-based, and whether it is touched.
    row: Option<u32>,
    in_touched_row: bool,
    /// The row below all rows so far.
    last_row: u32,
    /// The next implied row and column.
    next_row: u32,
    next_col: u32,
    cell: Option<CellRef>,
    /// The touched cell at hand.
    site: Option<CellSite>,
    formula: Option<(FormulaSite, bool)>,
    /// The child of a touched cell whose text is being read.
    reading: Option<&'static str>,
    /// The start tag of the cell at hand.
    cell_tag: Vec<u8>,
}

impl<'w> Pass<'w> {
    fn new(wanted: &'w Wanted) -> Self {
        Self {
            wanted,
            rows: wanted.cells.keys().map(|c| c.row()).collect(),
            index: SheetIndex::default(),
            part: Part::Other,
            row: None,
            in_touched_row: false,
            last_row: 0,
            next_row: 0,
            next_col: 0,
            cell: None,
            site: None,
            formula: None,
            reading: None,
            cell_tag: Vec::new(),
        }
    }

    fn token(&mut self, token: &Token<'_>) -> Result<()> {
        match (token.kind, token.depth) {
            (TokenKind::Open | TokenKind::Empty, 0) => self.root(token),
            (TokenKind::Close, 0) => self.index.root_close = token.start,
            (TokenKind::Open | TokenKind::Empty, 1) => return self.section(token),
            (TokenKind::Close, 1) => self.section_end(token),
            (kind, depth) if self.part == Part::Data => return self.data(kind, depth, token),
            (TokenKind::Open | TokenKind::Empty, 2) if self.part == Part::Columns => {
                self.column(Tag(token.bytes));
            }
            (TokenKind::Open | TokenKind::Empty, 2) if self.part == Part::Merges => {
                self.merge(Tag(token.bytes));
            }
            (_, 2) if self.part == Part::Validations => self.validation(token),
            (TokenKind::Open | TokenKind::Empty, 3) if self.part == Part::Alternate => self.alternate(token),
            _ => {}
        }
        Ok(())
    }

    fn root(&mut self, token: &Token<'_>) {
        self.index.root = token.bytes.to_vec();
        self.index.root_close = token.end;
    }

    fn section(&mut self, token: &Token<'_>) -> Result<()> {
        let tag = Tag(token.bytes);
        let name = String::from_utf8_lossy(tag.local()).into_owned();
        self.part = match name.as_str() {
            "cols" => Part::Columns,
            "sheetData" => Part::Data,
            "mergeCells" => Part::Merges,
            "dataValidations" => Part::Validations,
            "AlternateContent" => Part::Alternate,
            _ => Part::Other,
        };
        if name == "sheetData" && self.index.section("sheetData").is_some() {
            return Err(damaged("工作表数据重复"));
        }
        if token.kind == TokenKind::Empty {
            self.part = Part::Other;
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
        self.part = Part::Other;
        if let Some(section) = self.index.sections.last_mut() {
            section.close_at = token.start;
            section.range.end = token.end;
        }
    }

    /// `mc:AlternateContent` counts as the first thing its choices hold.
    fn alternate(&mut self, token: &Token<'_>) {
        if let Some(section) = self.index.sections.last_mut()
            && section.name == "AlternateContent"
        {
            section.name = String::from_utf8_lossy(Tag(token.bytes).local()).into_owned();
        }
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

    fn data(&mut self, kind: TokenKind, depth: usize, token: &Token<'_>) -> Result<()> {
        match (kind, depth) {
            (TokenKind::Open | TokenKind::Empty, 2) => return self.row(token),
            (TokenKind::Close, 2) => {
                if let Some(site) =
                    self.row.filter(|_| self.in_touched_row).and_then(|r| self.index.rows.get_mut(&r))
                {
                    site.close_at = token.start;
                }
                self.in_touched_row = false;
            }
            (TokenKind::Open | TokenKind::Empty, 3) => self.cell(token),
            (TokenKind::Close, 3) => self.cell_end(token.end),
            (TokenKind::Open | TokenKind::Empty, 4) => self.cell_child(token),
            (TokenKind::Close, 4) => {
                self.reading = None;
                self.formula_end(token.end);
            }
            (TokenKind::Text, _) if depth > 4 => self.text(token),
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, token: &Token<'_>) -> Result<()> {
        let tag = Tag(token.bytes);
        if tag.local() != b"row" {
            return Err(damaged("工作表数据中有不认识的内容"));
        }
        let row = match tag.raw(b"r") {
            Some(r) => parse_number(r).and_then(|n| n.checked_sub(1)),
            None => Some(self.next_row),
        };
        let row = row.filter(|r| CellRef::new(*r, 0).is_some()).ok_or_else(|| damaged("行号有误"))?;
        self.row = Some(row);
        self.last_row = self.last_row.max(row.saturating_add(1));
        self.next_row = row.saturating_add(1);
        self.next_col = 0;
        for missing in self.rows.range(..row) {
            if !self.index.rows.contains_key(missing) && !self.index.row_gaps.contains_key(missing) {
                self.index.row_gaps.insert(*missing, token.start);
            }
        }
        self.in_touched_row = self.rows.contains(&row);
        if let Some(style) = tag.number("s") {
            self.index.max_style = self.index.max_style.max(style);
        }
        let near = row.saturating_sub(NOTE_ROWS)..=row.saturating_add(1);
        if self.wanted.noted_rows.range(near).next().is_some() {
            let stated = tag.raw(b"ht").and_then(whole_number);
            let hidden = tag.flag("hidden") == Some(true);
            if let Some(height) = if hidden { Some(0) } else { stated } {
                self.index.heights.insert(row, height);
            }
        }
        if self.in_touched_row {
            let twice = self.index.rows.contains_key(&row);
            let site = self.index.rows.entry(row).or_default();
            site.ambiguous |= twice;
            site.tag = token.bytes.to_vec();
            site.open = token.start..token.end;
            site.close_at = token.end;
            self.in_touched_row = token.kind == TokenKind::Open;
        }
        Ok(())
    }

    fn cell(&mut self, token: &Token<'_>) {
        let tag = Tag(token.bytes);
        if tag.local() != b"c" {
            return;
        }
        let row = self.row.unwrap_or(0);
        let (stated_row, col) = tag.raw(b"r").and_then(cell_ref).unwrap_or((row, self.next_col));
        self.next_col = col.saturating_add(1);
        self.cell = CellRef::new(stated_row, col);
        self.cell_tag.clear();
        self.cell_tag.extend_from_slice(token.bytes);
        if let Some(style) = tag.number("s") {
            self.index.max_style = self.index.max_style.max(style);
        }
        if stated_row != row {
            self.misplaced(row);
        }
        if !self.in_touched_row {
            return;
        }
        let Some(site) = self.index.rows.get_mut(&row) else { return };
        let columns = CellRef::new(row, 0).zip(CellRef::new(row, col));
        if let Some((first, here)) = columns {
            for missing in self.wanted.cells.range(first..here).map(|(c, _)| c.col()) {
                if !site.cells.contains_key(&missing) {
                    site.gaps.entry(missing).or_insert(token.start);
                }
            }
        }
        if self.cell.is_some_and(|c| self.wanted.cells.contains_key(&c)) {
            site.ambiguous |= site.cells.contains_key(&col);
            let range = token.start..token.end;
            self.site = Some(CellSite {
                tag: token.bytes.to_vec(),
                open: range.clone(),
                range,
                ..CellSite::default()
            });
            if token.kind == TokenKind::Empty {
                self.cell_end(token.end);
            }
        }
    }

    /// A cell whose address names another row than the one it stands in: neither can be edited.
    fn misplaced(&mut self, row: u32) {
        let stated = self.cell.filter(|c| self.wanted.cells.contains_key(c));
        if let Some(cell) = stated {
            self.index.refused.insert(cell, RefusalReason::Ambiguous);
        }
        if let Some(site) = self.index.rows.get_mut(&row) {
            site.ambiguous = true;
        }
    }

    fn cell_end(&mut self, end: u64) {
        let (Some(mut site), Some(cell)) = (self.site.take(), self.cell) else { return };
        site.range.end = end;
        if let Some(row) = self.row.and_then(|r| self.index.rows.get_mut(&r)) {
            row.cells.insert(cell.col(), site);
        }
    }

    fn cell_child(&mut self, token: &Token<'_>) {
        let tag = Tag(token.bytes);
        let open = token.kind == TokenKind::Open;
        match tag.local() {
            b"f" => {
                let touched = self.site.is_some();
                let plain = memchr::memchr(b'=', token.bytes).is_none();
                if touched || !plain {
                    let site = FormulaSite {
                        tag: token.bytes.to_vec(),
                        range: token.start..token.end,
                        text: String::new(),
                    };
                    self.formula = Some((site, touched));
                    if open {
                        self.reading = touched.then_some("f");
                    } else {
                        self.formula_end(token.end);
                    }
                }
            }
            b"v" => {
                if let Some(site) = &mut self.site {
                    site.value = Some(String::new());
                    self.reading = open.then_some("v");
                }
            }
            b"is" => {
                if let Some(site) = &mut self.site {
                    site.inline = Some(String::new());
                    self.reading = open.then_some("is");
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, token: &Token<'_>) {
        let Some(reading) = self.reading else { return };
        let text =
            token.cdata().map_or_else(|| unescape(token.bytes), |c| String::from_utf8_lossy(c).into_owned());
        let place = match (reading, &mut self.site, &mut self.formula) {
            ("f", _, Some((formula, _))) => Some(&mut formula.text),
            ("v", Some(site), _) => site.value.as_mut(),
            ("is", Some(site), _) => site.inline.as_mut(),
            _ => None,
        };
        if let Some(place) = place {
            place.push_str(&text);
        }
    }

    fn formula_end(&mut self, end: u64) {
        let Some((mut formula, touched)) = self.formula.take() else { return };
        formula.range.end = end;
        let tag = Tag(&formula.tag);
        let kind = tag.raw(b"t").map(<[u8]>::to_vec).unwrap_or_default();
        let range = tag.get("ref").and_then(|r| r.parse::<RangeRef>().ok());
        let here = self.cell;
        match kind.as_slice() {
            b"array" | b"dataTable" => {
                let range = range.or(here.map(|c| RangeRef::new(c, c)));
                for cell in range.map(|r| self.wanted_in(r, true)).unwrap_or_default() {
                    let reason = match kind.as_slice() {
                        b"dataTable" => RefusalReason::DataTable,
                        _ if Tag(&self.cell_tag).raw(b"cm").is_some() => RefusalReason::Spill,
                        _ => RefusalReason::ArrayFormula,
                    };
                    self.index.refused.insert(cell, reason);
                }
            }
            b"shared" => {
                if let (Some(si), Some(cell)) = (tag.number("si"), here) {
                    self.shared(si, cell, range.is_some(), &formula);
                }
            }
            _ => {}
        }
        if let Some(site) = self.site.as_mut().filter(|_| touched) {
            site.formula = Some(formula);
        }
    }

    fn shared(&mut self, si: u32, cell: CellRef, is_master: bool, formula: &FormulaSite) {
        if self.index.shared.len() >= MAX_GROUPS && !self.index.shared.contains_key(&si) {
            self.index.shared_overflow = true;
            return;
        }
        let rewritten = self.wanted.cells.get(&cell) == Some(&true);
        let group = self.index.shared.entry(si).or_default();
        if is_master {
            if let Some(old) = group.master {
                let old_rewritten = self.wanted.cells.get(&old) == Some(&true);
                let old_group = std::mem::take(group);
                if old_rewritten {
                    self.index.earlier_shared.push((si, old_group));
                }
            }
            group.master = Some(cell);
        } else if !rewritten {
            if group.heir.is_none() {
                group.heir = Some((cell, formula.clone()));
            }
            let own = RangeRef::new(cell, cell);
            group.extent = Some(group.extent.map_or(own, |e| around(e, own)));
        }
    }

    /// The wanted cells inside a range; with `content`, only those whose content changes.
    fn wanted_in(&self, range: RangeRef, content: bool) -> Vec<CellRef> {
        self.wanted
            .cells
            .range(range.first..=range.last)
            .filter(|(cell, changes)| range.contains(**cell) && (**changes || !content))
            .map(|(cell, _)| *cell)
            .collect()
    }
}

/// The smallest rectangle around two.
pub(super) fn around(a: RangeRef, b: RangeRef) -> RangeRef {
    let corner = |row: u32, col: u32| CellRef::new(row, col).unwrap_or(a.first);
    RangeRef::new(
        corner(a.first.row().min(b.first.row()), a.first.col().min(b.first.col())),
        corner(a.last.row().max(b.last.row()), a.last.col().max(b.last.col())),
    )
}

/// Row and column of `AB12`, zero-based.
fn cell_ref(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let (letters, digits) = text.split_at_checked(letters)?;
    let col = letters.iter().fold(0_u32, |sum, byte| {
        let digit = u32::from(byte.to_ascii_uppercase().saturating_sub(b'A')).saturating_add(1);
        sum.saturating_mul(26).saturating_add(digit)
    });
    let row = parse_number(digits)?;
    Some((row.checked_sub(1)?, col.checked_sub(1)?))
}

/// The whole part of a decimal number.
fn whole_number(text: &[u8]) -> Option<u32> {
    parse_number(text.split(|b| *b == b'.').next()?)
}

/// Extends the range of an element to behind its end tag, the first time only.
fn extend_once(range: &mut Range<u64>, tag: &[u8], end: u64) {
    let open_len = u64::try_from(tag.len()).unwrap_or(0);
    if range.end == range.start.saturating_add(open_len) {
        range.end = end;
    }
}
