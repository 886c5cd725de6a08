//! Streams the sheets of an .xlsx file: plain worksheet parts over two threads, anything unusual token by token.

use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::{Arc, mpsc};

use super::general::Behind;
use super::inflate::{Delivery, IN_FLIGHT, Sent, Stop, inflate};
use super::piece::{End, Piece};
use super::plain::{Context, PlainRow};
use super::reader::{Shared, Workbook};
use super::stream::{Row, RowSource, Sink};
use crate::base::{Error, Result, SheetId};
use crate::xlsx::XlsxPackage;

/// A file whose sheets can be streamed as often as needed. Check its limits before.
#[derive(Debug)]
pub struct SheetStream<R> {
    reader: R,
    shared: Option<Shared>,
    fell_back: bool,
    behind: Option<Behind>,
}

/// How far the plain reader came.
enum Came {
    /// To the end, or until the sink had enough.
    Through,
    /// To something unusual behind this row; rows up to it were handed over.
    To(Option<u32>),
}

impl<R: Read + Seek + Send> SheetStream<R> {
    /// Streams from the file.
    pub fn new(reader: R) -> Self {
        Self { reader, shared: None, fell_back: false, behind: None }
    }

    /// Streams from a file of which another reader has read what its sheets share.
    pub fn sharing(reader: R, shared: Shared) -> Self {
        Self { shared: Some(shared), ..Self::new(reader) }
    }

    /// What stands behind the rows of the sheet that was streamed last; `None` where it was not streamed to its end, or
    /// where that is not plain.
    pub fn take_behind(&mut self) -> Option<Behind> {
        self.behind.take()
    }

    /// Whether the last sheet had something unusual, so that the slower reader took over.
    pub fn fell_back(&self) -> bool {
        self.fell_back
    }

    fn plain(&mut self, sheet: &str, first_row: u32, sink: &mut Sink<'_>) -> Result<Came> {
        self.reader.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
        // A package that ours does not read is for the other reader to judge; no row has been handed over yet.
        let Ok(mut package) = XlsxPackage::open(&mut self.reader) else { return Ok(Came::To(None)) };
        let Some(entry) = package.sheets().iter().find(|entry| entry.name == sheet) else {
            return Ok(Came::To(None));
        };
        let part = entry.part.clone();
        if self.shared.is_none() {
            self.shared = Context::read(&mut package).ok().map(|context| Shared(Arc::new(context)));
        }
        let Some(Shared(context)) = &self.shared else { return Ok(Came::To(None)) };
        let Ok(Some(part)) = package.parts_mut().open_part(&part) else { return Ok(Came::To(None)) };
        let (send_piece, pieces) = mpsc::sync_channel(IN_FLIGHT);
        let (send_used, used) = mpsc::channel();
        std::thread::scope(|scope| {
            let inflating =
                std::thread::Builder::new().spawn_scoped(scope, move || inflate(part, &send_piece, &used));
            // With no memory left for a thread the slower reader, which needs none, takes over.
            if inflating.is_err() {
                return Ok(Came::To(None));
            }
            // Our ends go when the scan is over, whichever way: that stops the other thread.
            let (pieces, send_used) = (pieces, send_used);
            scan(context, first_row, sink, (&pieces, &send_used), &mut self.behind)
        })
    }

    fn general(&mut self, sheet: &str, first_row: u32, seen: Option<u32>, sink: &mut Sink<'_>) -> Result<()> {
        self.reader.seek(SeekFrom::Start(0)).map_err(Error::internal)?;
        let mut workbook = Workbook::sharing(&mut self.reader, self.shared.clone())?;
        let mut before: Option<u32> = None;
        let mut skipping = seen;
        workbook.rows(&sheet.into(), first_row, &mut |row| {
            // Rows that were handed over come first and rise; what follows them is new.
            let rises = before.is_none_or(|before| before < row.number());
            before = Some(row.number());
            if skipping.is_some_and(|seen| rises && row.number() <= seen) {
                return Ok(ControlFlow::Continue(()));
            }
            skipping = None;
            sink(row)
        })
    }
}

impl<R: Read + Seek + Send> RowSource for SheetStream<R> {
    fn rows(&mut self, sheet: &SheetId, first_row: u32, sink: &mut Sink<'_>) -> Result<()> {
        self.fell_back = false;
        self.behind = None;
        match self.plain(&sheet.name, first_row, sink)? {
            Came::Through => Ok(()),
            Came::To(seen) => {
                self.fell_back = true;
                self.general(&sheet.name, first_row, seen, sink)
            }
        }
    }
}

/// Hands over the rows of the pieces as they come.
fn scan(
    context: &Context,
    first_row: u32,
    sink: &mut Sink<'_>,
    (pieces, used): (&mpsc::Receiver<Delivery>, &mpsc::Sender<Piece>),
    behind: &mut Option<Behind>,
) -> Result<Came> {
    let mut seen: Option<u32> = None;
    let mut ended = false;
    while let Ok(delivery) = pieces.recv() {
        let piece = match delivery {
            Ok(Sent::Piece(piece)) => piece,
            Ok(Sent::Tail(found)) => {
                *behind = found;
                continue;
            }
            Err(Stop::Unusual) => return Ok(Came::To(seen)),
            Err(Stop::Broken(error)) => return Err(error),
        };
        let Some(text) = piece.text() else { return Ok(Came::To(seen)) };
        for (number, cells) in piece.rows() {
            seen = Some(number);
            if number >= first_row && !cells.is_empty() {
                let row = Row::plain(number, PlainRow::new(text, piece.escapes, cells, context));
                if sink(&row)?.is_break() {
                    return Ok(Came::Through);
                }
            }
        }
        match piece.end {
            End::More => {}
            End::Sheet => ended = true,
            End::Unusual => return Ok(Came::To(seen)),
            End::Repeated(number) => return Err(repeated(number)),
        }
        // The other thread may be done already.
        let _ = used.send(piece);
    }
    Ok(if ended { Came::Through } else { Came::To(seen) })
}

/// Excel refuses such a file too; half of the row has been handed over.
fn repeated(row: u32) -> Error {
    Error::input(
        format!("工作表损坏：第{}行出现了两次。", row.saturating_add(1)),
        "请用 Excel 或 WPS 打开该文件，另存为新的 .xlsx 文件后重新提交。",
    )
}
