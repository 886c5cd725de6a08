//! A piece of a worksheet part between two rows, with the place of each of its cells.

use super::cursor::{Cursor, Next};
use super::plain::{Formula, PlainCell};
use crate::package::references_are_sound;

/// Text of the part and what was found in it. Pieces are used again, so that a sheet of any size takes a few of them.
#[derive(Debug, Default)]
pub(super) struct Piece {
    bytes: Vec<u8>,
    /// Whether any text in it has to be unescaped.
    pub(super) escapes: bool,
    rows: Vec<Span>,
    cells: Vec<PlainCell>,
    /// The formulas that stand alone in their cells.
    pub(super) formulas: Vec<Formula>,
    /// Whether there are other formulas, too.
    pub(super) odd_formulas: bool,
    pub(super) end: End,
}

/// A row: its number, and where its cells end among all.
#[derive(Debug, Clone, Copy)]
struct Span {
    number: u32,
    end: u32,
}

/// What comes behind the rows of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum End {
    /// The next piece.
    #[default]
    More,
    /// No more rows.
    Sheet,
    /// Something that is not of the plain form.
    Unusual,
    /// The row before, once more.
    Repeated(u32),
}

/// How far the pieces of a part came.
#[derive(Debug, Default)]
pub(super) struct Progress {
    inside: bool,
    last: Option<u32>,
}

impl Piece {
    /// Takes the bytes out, to be filled again.
    pub(super) fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// What stands behind the rows, from the end tag of the sheet's data on.
    pub(super) fn tail(&self) -> Option<&[u8]> {
        // No text of a part has a `<`, and nothing before this is a comment.
        let find = |tag: &[u8]| memchr::memmem::find(&self.bytes, tag);
        let (end, empty) = (find(b"</sheetData>"), find(b"<sheetData/>"));
        self.bytes.get(end.into_iter().chain(empty).min()?..)
    }

    /// The piece of these bytes; what it had before is gone.
    pub(super) fn read(mut self, bytes: Vec<u8>, progress: &mut Progress) -> Self {
        self.rows.clear();
        self.cells.clear();
        self.escapes = memchr::memchr3(b'&', b'\r', b'_', &bytes).is_some();
        let mut cursor = Cursor::new(&bytes);
        self.end = walk(&mut cursor, progress, &mut self.rows, &mut self.cells);
        if self.escapes && !references_are_sound(&bytes) {
            self.end = End::Unusual;
        }
        self.formulas = std::mem::take(&mut cursor.formulas);
        self.odd_formulas = cursor.odd_formulas;
        self.bytes = bytes;
        self
    }

    /// The text that its cells are parts of, checked once for all of them; `None` where it is no UTF-8.
    pub(super) fn text(&self) -> Option<&str> {
        simdutf8::basic::from_utf8(&self.bytes).ok()
    }

    /// The rows, top to bottom: number and cells.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &[PlainCell])> {
        let mut from = 0_usize;
        self.rows.iter().map(move |row| {
            let end = usize::try_from(row.end).unwrap_or(usize::MAX);
            let cells = self.cells.get(from..end).unwrap_or_default();
            from = end;
            (row.number, cells)
        })
    }
}

fn walk(
    cursor: &mut Cursor<'_>,
    progress: &mut Progress,
    rows: &mut Vec<Span>,
    cells: &mut Vec<PlainCell>,
) -> End {
    if !progress.inside {
        if cursor.enter().is_err() {
            return End::Unusual;
        }
        progress.inside = true;
    }
    loop {
        let number = match cursor.next(cells) {
            Ok(Next::Row(number)) => number,
            Ok(Next::ChunkEnd) => return End::More,
            Ok(Next::SheetEnd) => return End::Sheet,
            Err(_) => return End::Unusual,
        };
        if progress.last == Some(number) {
            return End::Repeated(number);
        }
        let Ok(end) = u32::try_from(cells.len()) else { return End::Unusual };
        if progress.last.is_some_and(|last| last > number) {
            return End::Unusual;
        }
        progress.last = Some(number);
        rows.push(Span { number, end });
    }
}
