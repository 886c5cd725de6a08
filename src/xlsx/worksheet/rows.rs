//! The data of a worksheet: rows, cells and their formulas, as far as an edit needs them.

use super::index::around;
use super::pass::{Pass, whole_number};
use super::site::{CellSite, FormulaSite};
use crate::base::{CellRef, RangeRef, Result};
use crate::package::fault::damaged;
use crate::package::xml::{Tag, Token, TokenKind, parse_number, unescape};
use crate::xlsx::refusal::RefusalReason;

/// How many rows a note's box reaches over at most.
const NOTE_ROWS: u32 = 60;
/// Shared formulas that are remembered; a sheet with more keeps them all and refuses to rewrite any.
const MAX_GROUPS: usize = 100_000;

impl Pass<'_> {
    /// Takes a token inside the data.
    pub(super) fn data(&mut self, kind: TokenKind, depth: usize, token: &Token<'_>) -> Result<()> {
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
        self.index.repeated_rows |= self.seen_before(row);
        self.row = Some(row);
        self.last_row = self.last_row.max(row.saturating_add(1));
        self.next_row = row.saturating_add(1);
        self.next_col = 0;
        self.col_floor = 0;
        if self.row_floor < row {
            for missing in self.rows.range(self.row_floor..row) {
                if !self.index.rows.contains_key(missing) {
                    self.index.row_gaps.insert(*missing, token.start);
                }
            }
            self.row_floor = row;
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

    /// Whether there was a row of this number; from now on there is.
    fn seen_before(&mut self, row: u32) -> bool {
        let (at, bit) = (usize::try_from(row >> 6).unwrap_or(usize::MAX), 1_u64 << (row & 63));
        if self.seen_rows.len() <= at {
            self.seen_rows.resize(at.saturating_add(1), 0);
        }
        let Some(rows) = self.seen_rows.get_mut(at) else { return false };
        let before = *rows & bit != 0;
        *rows |= bit;
        before
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
        let columns = CellRef::new(row, self.col_floor).zip(CellRef::new(row, col));
        if let Some((first, here)) = columns.filter(|(first, here)| first < here) {
            self.col_floor = col;
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
