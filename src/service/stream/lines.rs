//! Lines of a foreign program, none longer than is held.

use std::io::{self, BufRead, Read as _};

/// How much is kept of a line that is too long: enough to find its id.
const KEPT: usize = 4096;

/// A line.
pub(super) enum RequestLine {
    /// All of it.
    Whole(Vec<u8>),
    /// The beginning of one that is too long; the rest was passed over.
    Long(Vec<u8>),
}

/// The next line that has anything in it; `None` at the end. The last may lack its line break.
pub(super) fn next(input: &mut impl BufRead, longest: u64) -> io::Result<Option<RequestLine>> {
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(longest.saturating_add(1)).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let is_whole = line.ends_with(b"\n");
        if !is_whole && u64::try_from(line.len()).is_ok_and(|length| length > longest) {
            skip(input)?;
            line.truncate(KEPT);
            line.shrink_to_fit();
            return Ok(Some(RequestLine::Long(line)));
        }
        if !line.trim_ascii().is_empty() {
            return Ok(Some(RequestLine::Whole(line)));
        }
    }
}

/// Passes over the rest of a line.
fn skip(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let piece = input.fill_buf()?;
        if piece.is_empty() {
            return Ok(());
        }
        let end = memchr::memchr(b'\n', piece);
        let passed = end.map_or(piece.len(), |at| at.saturating_add(1));
        input.consume(passed);
        if end.is_some() {
            return Ok(());
        }
    }
}
