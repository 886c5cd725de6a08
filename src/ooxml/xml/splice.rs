//! Edits as splices: ranges of the original bytes and what stands there instead.

use std::io::{self, Read, Write};
use std::ops::Range;

/// One replacement; an empty range inserts.
#[derive(Debug, Clone)]
struct Splice {
    at: Range<u64>,
    with: Vec<u8>,
}

/// The replacements of one part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Splices(Vec<Splice>);

impl Splices {
    /// Puts bytes in the place of a range.
    pub(crate) fn replace(&mut self, at: Range<u64>, with: impl Into<Vec<u8>>) {
        self.0.push(Splice { at, with: with.into() });
    }

    /// Puts bytes before an offset. Several at one offset keep the order in which they were put.
    pub(crate) fn insert(&mut self, at: u64, with: impl Into<Vec<u8>>) {
        self.replace(at..at, with);
    }

    /// Takes over the replacements of another.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether nothing changes.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sorts the replacements; false when two of them overlap.
    pub(crate) fn settle(&mut self) -> bool {
        self.0.sort_by_key(|s| (s.at.start, s.at.end));
        self.0.windows(2).all(|pair| match pair {
            [a, b] => a.at.end <= b.at.start,
            _ => true,
        })
    }
}

/// What was replaced, in order: with it the original can be restored from the result.
pub(crate) type Removed = Vec<Vec<u8>>;

/// Copies a part with its splices made; returns what they replaced.
pub(crate) fn apply(source: &mut impl Read, splices: &Splices, out: &mut dyn Write) -> io::Result<Removed> {
    let mut at = 0_u64;
    let mut removed = Vec::with_capacity(splices.0.len());
    for splice in &splices.0 {
        copy_exactly(source, splice.at.start.saturating_sub(at), out)?;
        let mut gone = Vec::new();
        copy_exactly(source, splice.at.end.saturating_sub(splice.at.start), &mut gone)?;
        removed.push(gone);
        out.write_all(&splice.with)?;
        at = splice.at.end;
    }
    copy_rest(source, out)?;
    Ok(removed)
}

/// Undoes [`apply`]: reads the result and writes the original. An error when a splice's bytes do not
/// stand where they should.
pub(crate) fn restore(
    result: &mut impl Read,
    splices: &Splices,
    removed: &Removed,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut at = 0_u64;
    for (splice, gone) in splices.0.iter().zip(removed) {
        copy_exactly(result, splice.at.start.saturating_sub(at), out)?;
        let mut put = Vec::new();
        copy_exactly(result, u64::try_from(splice.with.len()).unwrap_or(u64::MAX), &mut put)?;
        if put != splice.with {
            return Err(io::Error::other("splice not found"));
        }
        out.write_all(gone)?;
        at = splice.at.end;
    }
    copy_rest(result, out)
}

const BUFFER: usize = 64 * 1024;

fn copy_exactly(source: &mut impl Read, len: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut left = len;
    let size = usize::try_from(len).unwrap_or(BUFFER).min(BUFFER);
    let mut buffer = vec![0; size];
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(BUFFER).min(BUFFER);
        let space = buffer.get_mut(..want).unwrap_or_default();
        let read = source.read(space)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        out.write_all(space.get(..read).unwrap_or_default())?;
        left = left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
    }
    Ok(())
}

fn copy_rest(source: &mut impl Read, out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = source.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        out.write_all(buffer.get(..read).unwrap_or_default())?;
    }
}
