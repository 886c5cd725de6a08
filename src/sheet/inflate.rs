//! Inflates a worksheet part and finds its cells on a thread of its own, and hands it over in pieces that end between
//! two rows.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender};

use super::piece::{End, Piece, Progress};
use crate::base::Error;

/// Bytes of a chunk; it grows for a longer row.
const CHUNK: usize = 256 * 1024;
/// The longest row that is read this way.
const MAX_CHUNK: usize = 16 * 1024 * 1024;
/// Pieces on their way at most.
pub(super) const IN_FLIGHT: usize = 4;

/// A piece, or why there is none.
pub(super) type Delivery = std::result::Result<Piece, Stop>;

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
        chunk.clear();
        chunk.append(&mut tail);
        let more = match fill(&mut part, &mut chunk) {
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
        if pieces.send(Ok(piece)).is_err() || !more {
            return;
        }
        match end {
            End::More => {}
            // The rest is read for its checksum: a broken file shall not pass for a whole one.
            End::Sheet => {
                if let Err(cause) = std::io::copy(&mut part, &mut std::io::sink()) {
                    let _ = pieces.send(Err(Stop::Broken(broken(cause))));
                }
                return;
            }
            End::Unusual | End::Repeated(_) => return,
        }
    }
}

/// Reads a chunk's worth behind what is there; `false` at the end of the part.
fn fill(part: &mut impl Read, chunk: &mut Vec<u8>) -> std::result::Result<bool, Stop> {
    if chunk.len() > MAX_CHUNK {
        return Err(Stop::Unusual);
    }
    let wanted = u64::try_from(CHUNK).unwrap_or(u64::MAX);
    chunk.reserve(CHUNK);
    match part.by_ref().take(wanted).read_to_end(chunk) {
        Ok(read) => Ok(read > 0),
        Err(cause) => Err(Stop::Broken(broken(cause))),
    }
}

fn broken(cause: std::io::Error) -> Error {
    Error::input(
        "工作表内容损坏，无法读取。",
        "请用 Excel 或 WPS 打开该文件，另存为新的 .xlsx 文件后重新提交。",
    )
    .because(cause)
}
