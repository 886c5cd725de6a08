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
    pub(crate) fn sort_and_check(&mut self) -> bool {
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

/// Undoes [`apply`] as the result passes by, and sums up the original that comes out.
pub(crate) struct Restorer<'a> {
    splices: std::slice::Iter<'a, Splice>,
    removed: std::slice::Iter<'a, Vec<u8>>,
    /// Original bytes to come before the next splice.
    until: Option<u64>,
    /// What is left of a splice's own bytes.
    put: &'a [u8],
    /// What the splice at hand replaced.
    gone: &'a [u8],
    /// Where the original has come to.
    at: u64,
    end: u64,
    crc: crc32fast::Hasher,
    count: u64,
    sound: bool,
}

impl<'a> Restorer<'a> {
    /// Begins at the first byte of a result.
    pub(crate) fn new(splices: &'a Splices, removed: &'a Removed) -> Self {
        let mut restorer = Self {
            splices: splices.0.iter(),
            removed: removed.iter(),
            until: None,
            put: &[],
            gone: &[],
            at: 0,
            end: 0,
            crc: crc32fast::Hasher::new(),
            count: 0,
            sound: true,
        };
        restorer.next_splice();
        restorer
    }

    /// Takes the next bytes of the result.
    pub(crate) fn feed(&mut self, mut bytes: &[u8]) {
        loop {
            if let Some(until) = self.until {
                let take = usize::try_from(until).unwrap_or(usize::MAX).min(bytes.len());
                let (head, tail) = bytes.split_at_checked(take).unwrap_or((bytes, &[]));
                self.original(head);
                bytes = tail;
                let left = until.saturating_sub(u64::try_from(take).unwrap_or(u64::MAX));
                self.until = Some(left);
                if left > 0 {
                    return;
                }
                let take = self.put.len().min(bytes.len());
                let (head, tail) = bytes.split_at_checked(take).unwrap_or((bytes, &[]));
                let (wanted, rest) = self.put.split_at_checked(take).unwrap_or((self.put, &[]));
                self.sound &= head == wanted;
                (bytes, self.put) = (tail, rest);
                if !self.put.is_empty() {
                    return;
                }
                self.original(self.gone);
                self.at = self.end;
                self.next_splice();
            } else {
                self.original(bytes);
                return;
            }
        }
    }

    /// Whether all splices were found and what came out is the original.
    pub(crate) fn gave_back(mut self, crc: u32, size: u64) -> bool {
        // A splice at the very end waits for no more bytes.
        self.feed(&[]);
        self.sound && self.until.is_none() && self.count == size && self.crc.finalize() == crc
    }

    fn original(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.count = self.count.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }

    fn next_splice(&mut self) {
        self.until = self.splices.next().map(|splice| {
            self.put = &splice.with;
            self.gone = self.removed.next().map(Vec::as_slice).unwrap_or_default();
            self.end = splice.at.end;
            splice.at.start.saturating_sub(self.at)
        });
    }
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
