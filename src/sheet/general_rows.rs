//! Tokens of a worksheet's data gathered into rows.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::general::odd;
use super::namespace::Namespaces;
use super::palette::is_on;
use super::plain::{Context, Kind, PlainCell, PlainRow};
use super::strings::{cell_text, escaped};
use super::value::NumberFormat;
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{CellRef, Result};
use crate::package::{Tag, TokenKind, unescape};
use crate::xlsx::shift;

/// Shared formulas whose text is kept for those that share it.
const MAX_SHARED: usize = 100_000;
/// Bytes of one row; the most cells of the longest texts that Excel takes are never in one row of a form.
const MAX_ROW_BYTES: usize = 64 * 1024 * 1024;

/// What a row holds.
pub(super) struct GeneralRow<'r> {
    /// Zero-based.
    pub number: u32,
    /// Its cells, rising.
    pub cells: PlainRow<'r>,
    /// Its formulas: column, format, text.
    pub formulas: &'r [(u32, NumberFormat, String)],
}

/// Takes the rows as they come.
pub(super) type Take<'t> = dyn FnMut(&GeneralRow<'_>) -> Result<ControlFlow<()>> + 't;

/// What of a cell is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Nothing,
    Formula,
    Value,
    Text,
}

/// A cell on its way.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Loose {
    at: (u32, u32),
    style: u32,
    kind: Option<Kind>,
    /// Whether it has `<v>` or `<is>`.
    valued: bool,
    /// Whether its value is given as `<is>`.
    inline: bool,
    /// Whether a part of that is struck out.
    struck: bool,
    formula: bool,
    /// Whether its text, or that of the run at hand, is there already.
    texted: bool,
    /// Whether its content can be read in two ways: there is more than one, or something that is not a sheet's.
    twofold: bool,
    /// The number of its shared formula.
    shared: Option<u32>,
}

/// Gathers tokens into rows.
pub(super) struct Rows<'c> {
    context: &'c Context,
    /// The root's.
    pub(super) space: Namespaces,
    /// The names around the token at hand, from the row on.
    path: Vec<Vec<u8>>,
    reading: Reading,
    preserve: bool,
    /// Row and column that come next where none is stated.
    next: (u32, u32),
    cell: Loose,
    /// Raw text of the element that is being read.
    raw: Vec<u8>,
    value: String,
    formula: String,
    masters: HashMap<u32, (CellRef, String)>,
    /// The row at hand.
    row: u32,
    text: String,
    cells: Vec<PlainCell>,
    formulas: Vec<(u32, NumberFormat, String)>,
}

impl<'c> Rows<'c> {
    /// None yet.
    pub(super) fn new(context: &'c Context) -> Self {
        Self {
            context,
            space: Namespaces::default(),
            path: Vec::new(),
            reading: Reading::Nothing,
            preserve: false,
            next: (0, 0),
            cell: Loose::default(),
            raw: Vec::new(),
            value: String::new(),
            formula: String::new(),
            masters: HashMap::new(),
            row: 0,
            text: String::new(),
            cells: Vec::new(),
            formulas: Vec::new(),
        }
    }

    /// Takes the next token; `Break` where `take` has enough.
    pub(super) fn token(
        &mut self,
        kind: TokenKind,
        bytes: &[u8],
        cdata: Option<&[u8]>,
        take: &mut Take<'_>,
    ) -> Result<ControlFlow<()>> {
        match kind {
            TokenKind::Open | TokenKind::Empty => {
                let tag = Tag(bytes);
                self.begin(tag)?;
                if kind == TokenKind::Empty {
                    return self.end(tag.local(), take);
                }
                self.path.push(tag.local().to_vec());
            }
            TokenKind::Close => {
                let name = self.path.pop().unwrap_or_default();
                return self.end(&name, take);
            }
            TokenKind::Text if self.reading != Reading::Nothing => match cdata {
                Some(text) => self.raw.extend_from_slice(escaped(text).as_bytes()),
                None => self.raw.extend_from_slice(bytes),
            },
            TokenKind::Text | TokenKind::Other => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    fn begin(&mut self, tag: Tag<'_>) -> Result<()> {
        if self.path.len() >= 2 {
            if self.path.get(1).is_some_and(|name| name == b"c") {
                self.content(tag);
            }
            return Ok(());
        }
        match (self.path.len(), tag.local()) {
            _ if !self.space.has(tag) => return Err(odd("数据中有不认识的内容")),
            (0, b"row") => {
                let stated = match tag.raw(b"r") {
                    Some(stated) => digits(stated).and_then(|number| number.checked_sub(1)),
                    None => Some(self.next.0),
                };
                let row = stated.filter(|row| CellRef::new(*row, 0).is_some());
                self.next = (row.ok_or_else(|| odd("行号有误"))?, 0);
            }
            (1, b"c") => {
                let stated = tag.get("r").map(|stated| stated.parse::<CellRef>());
                let at = match stated {
                    Some(stated) => stated.ok(),
                    None => CellRef::new(self.next.0, self.next.1),
                };
                let at = at.ok_or_else(|| odd("单元格位置有误"))?;
                self.cell = Loose {
                    at: (at.row(), at.col()),
                    style: tag.number("s").unwrap_or(0),
                    kind: kind_of(tag.raw(b"t")),
                    ..Loose::default()
                };
                self.value.clear();
                self.formula.clear();
            }
            // What we do not know may hold cells.
            (_, name) if name != b"extLst" => return Err(odd("数据中有不认识的内容")),
            _ => {}
        }
        Ok(())
    }

    /// An element inside a cell.
    fn content(&mut self, tag: Tag<'_>) {
        let extended = self.path.get(2).is_some_and(|name| name == b"extLst");
        if extended || self.path.len() == 2 && tag.local() == b"extLst" {
            return;
        }
        let in_text = self.reading != Reading::Nothing;
        match (self.path.len(), tag.local()) {
            _ if in_text || !self.space.has(tag) => self.cell.twofold = true,
            (2, b"f") => {
                self.cell.twofold |= std::mem::replace(&mut self.cell.formula, true);
                self.cell.shared = tag.number("si").filter(|_| tag.raw(b"t") == Some(b"shared"));
                self.read(Reading::Formula);
            }
            (2, b"v") => {
                self.cell.twofold |= std::mem::replace(&mut self.cell.valued, true);
                self.read(Reading::Value);
            }
            (2, b"is") => {
                self.cell.twofold |= std::mem::replace(&mut self.cell.valued, true);
                self.cell.inline = true;
            }
            (2, _) => self.cell.twofold = true,
            (3, b"r") => self.cell.texted = false,
            (_, b"strike") if self.cell.inline => self.cell.struck |= is_on(tag),
            (_, b"t") if self.cell.inline && !self.path.iter().any(|name| name == b"rPh") => {
                self.cell.twofold |= std::mem::replace(&mut self.cell.texted, true);
                self.preserve = tag.raw(b"xml:space") == Some(b"preserve");
                self.read(Reading::Text);
            }
            _ => {}
        }
    }

    fn read(&mut self, what: Reading) {
        self.reading = what;
        self.raw.clear();
    }

    fn end(&mut self, name: &[u8], take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        match (self.path.len(), name) {
            (0, b"row") => self.next = (self.next.0.saturating_add(1), 0),
            (1, b"c") => return self.put(take),
            (_, b"f" | b"v" | b"t") => {
                match self.reading {
                    Reading::Formula => self.formula = unescape(&self.raw),
                    Reading::Value => self.value.push_str(&String::from_utf8_lossy(&self.raw)),
                    Reading::Text => self.value.push_str(&cell_text(&self.raw, self.preserve)),
                    Reading::Nothing => {}
                }
                self.reading = Reading::Nothing;
            }
            _ => {}
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The cell is whole.
    fn put(&mut self, take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        let (row, col) = self.cell.at;
        self.next.1 = col.saturating_add(1);
        let mut flow = ControlFlow::Continue(());
        if row != self.row {
            flow = self.flush(take)?;
            self.row = row;
        }
        let look = self.context.look(self.cell.style);
        if let Some(formula) = self.formula_text() {
            self.formulas.push((col, look.format, formula));
        }
        let kind = match self.cell.kind {
            _ if self.cell.twofold => Kind::Twofold,
            _ if self.cell.struck => Kind::Struck,
            _ if self.cell.inline => Kind::Decoded,
            kind => kind.unwrap_or(Kind::Unknown),
        };
        let start = self.text.len();
        if self.value.is_empty() && kind != Kind::Twofold {
            if !self.cell.formula || matches!(kind, Kind::Formula | Kind::Decoded) && self.cell.valued {
                return Ok(flow);
            }
            self.insert(PlainCell { col, style: self.cell.style, start: 0, end: 0, kind: Kind::Unvalued });
            return Ok(flow);
        }
        let exact = matches!(kind, Kind::Formula | Kind::Decoded);
        self.text.push_str(if exact { &self.value } else { self.value.trim() });
        if self.text.len() > MAX_ROW_BYTES {
            return Err(odd("一行的内容过多"));
        }
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (place(start), place(self.text.len()));
        self.insert(PlainCell { col, style: self.cell.style, start, end, kind });
        Ok(flow)
    }

    /// A file may have its cells in any order; a row has them rising.
    fn insert(&mut self, cell: PlainCell) {
        let at = self.cells.partition_point(|before| before.col < cell.col);
        match self.cells.get_mut(at).filter(|there| there.col == cell.col) {
            Some(there) => there.kind = Kind::Twice,
            None => self.cells.insert(at, cell),
        }
    }

    /// The formula of the cell at hand, where it is known.
    fn formula_text(&mut self) -> Option<String> {
        let here = CellRef::new(self.cell.at.0, self.cell.at.1)?;
        let own = std::mem::take(&mut self.formula);
        let text = match self.cell.shared {
            Some(number) if own.is_empty() => {
                let (master, text) = self.masters.get(&number)?;
                shift(text, *master, here)?
            }
            Some(number) => {
                if self.masters.len() < MAX_SHARED {
                    self.masters.insert(number, (here, own.clone()));
                }
                own
            }
            None => own,
        };
        (!text.is_empty() && text.len() <= MAX_CELL_CHARS).then_some(text)
    }

    /// Hands the row over.
    pub(super) fn flush(&mut self, take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        if self.cells.is_empty() && self.formulas.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let flow = take(&GeneralRow {
            number: self.row,
            cells: PlainRow::new(&self.text, true, &self.cells, self.context),
            formulas: &self.formulas,
        })?;
        self.text.clear();
        self.cells.clear();
        self.formulas.clear();
        Ok(flow)
    }
}

fn kind_of(kind: Option<&[u8]>) -> Option<Kind> {
    Some(match kind {
        None | Some(b"n" | b"") => Kind::Number,
        Some(b"s") => Kind::Shared,
        Some(b"str") => Kind::Formula,
        Some(b"inlineStr") => Kind::Decoded,
        Some(b"b") => Kind::Bool,
        Some(b"e") => Kind::Error,
        Some(b"d") => Kind::IsoDate,
        Some(_) => return None,
    })
}

fn digits(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}
