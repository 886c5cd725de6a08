//! Inflates a worksheet part and finds its cells on a thread of its own, and hands it over in pieces that end between
//! two rows.

use std::io::{ErrorKind, Read};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender};

use super::general::{self, Behind};
use super::piece::{End, Piece, Progress};
use super::plain::Context;
use crate::base::Error;

/// Bytes of a chunk; it grows for a longer row.
const CHUNK: usize = 256 * 1024;
/// The longest row that is read this way.
const MAX_CHUNK: usize = 16 * 1024 * 1024;
/// The most that is read of what stands behind the rows; a merged range takes 30 bytes.
const MAX_TAIL: u64 = 16 * 1024 * 1024;
/// Pieces on their way at most.
pub(super) const IN_FLIGHT: usize = 4;

/// What comes of a part, or why no more.
pub(super) type Delivery = std::result::Result<Sent, Stop>;

/// What comes of a part.
#[derive(Debug)]
pub(super) enum Sent {
    /// The next rows.
    Piece(Piece),
    /// What stands behind all rows; `None` where it cannot be told.
    Tail(Option<Behind>),
}

/// Why the stream stopped early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The part is not of the plain form.
    Unusual,
    /// The part cannot be read.
    Broken(Error),
}

/// Reads the part to its end; used pieces come back through `used`. Stops when nobody listens any more.
pub(super) fn inflate(mut part: impl Read, pieces: &SyncSender<Delivery>, used: &Receiver<Piece>) {
    let mut progress = Progress::default();
    let mut tail: Vec<u8> = Vec::new();
    loop {
        let mut spent = used.try_recv().unwrap_or_default();
        let mut chunk = spent.take_bytes();
        let more = match fill(&mut part, &mut tail, &mut chunk) {
            Ok(more) => more,
            Err(stop) => {
                // Nobody may listen any more.
                let _ = pieces.send(Err(stop));
                return;
            }
        };
        if more {
            let Some(end) = memchr::memmem::rfind(&chunk, b"</row>") else {
                // Before the first row everything stays together.
                tail = chunk;
                continue;
            };
            let end = end.saturating_add(b"</row>".len());
            tail.extend_from_slice(chunk.get(end..).unwrap_or_default());
            chunk.truncate(end);
        }
        let piece = spent.read(chunk, &mut progress);
        let end = piece.end;
        let begun = if end == End::Sheet { piece.tail().map(<[u8]>::to_vec) } else { None };
        if pieces.send(Ok(Sent::Piece(piece))).is_err() {
            return;
        }
        match end {
            End::More if more => {}
            End::Sheet => {
                let _ = pieces.send(behind(&mut part, begun.unwrap_or_default()));
                return;
            }
            End::More | End::Unusual | End::Repeated(_) => return,
        }
    }
}

/// Puts the tail of the chunk before and a chunk's worth behind it; `false` at the end of the part. What the chunk had
/// before is written over, not cleared: clearing costs as much as a tenth of the reading.
fn fill(part: &mut impl Read, tail: &mut Vec<u8>, chunk: &mut Vec<u8>) -> std::result::Result<bool, Stop> {
    if tail.len() > MAX_CHUNK {
        return Err(Stop::Unusual);
    }
    let mut filled = tail.len();
    chunk.resize(filled.saturating_add(CHUNK), 0);
    if let Some((before, _)) = chunk.split_at_mut_checked(filled) {
        before.copy_from_slice(tail);
    }
    tail.clear();
    let mut more = false;
    while let Some(free) = chunk.get_mut(filled..).filter(|free| !free.is_empty()) {
        match part.read(free) {
            Ok(0) => break,
            Ok(read) => {
                more = true;
                filled = filled.saturating_add(read);
            }
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(cause) => return Err(Stop::Broken(broken(cause))),
        }
    }
    chunk.truncate(filled);
    Ok(more)
}

/// Reads what stands behind the rows, all of it for its checksum: a broken file shall not pass for a whole one.
fn behind(part: &mut impl Read, mut tail: Vec<u8>) -> Delivery {
    let broken = |cause| Stop::Broken(broken(cause));
    part.take(MAX_TAIL).read_to_end(&mut tail).map_err(broken)?;
    let more = std::io::copy(part, &mut std::io::sink()).map_err(broken)?;
    let rest = tail.strip_prefix(b"</sheetData>").or_else(|| tail.strip_prefix(b"<sheetData/>"));
    // Whose elements these are cannot be told without the root, where they say it themselves.
    let own = |word: &[u8]| memchr::memmem::find(&tail, word).is_some();
    let sure = more == 0 && !own(b"xmlns=") && !own(b":mergeCell");
    let Some(rest) = rest.filter(|_| sure) else { return Ok(Sent::Tail(None)) };
    let whole = b"<worksheet><sheetData/>".chain(rest);
    let behind = general::read(whole, &Context::default(), true, &mut |_| Ok(ControlFlow::Continue(())));
    Ok(Sent::Tail(behind.ok()))
}

fn broken(cause: std::io::Error) -> Error {
    Error::input(
        "工作表内容损坏，无法读取。",
        "请用 Excel 或 WPS 打开该文件，另存为新的 .xlsx 文件后重新提交。",
    )
    .because(cause)
}
