//! Writes a zip file: entries of another archive copied raw, new ones deflated. The same input gives the
//! same bytes: what we write bears the first day of the format's calendar.

use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::{Compress, Compression, FlushCompress, Status};

use super::bytes::{put, u32_at, u64_at};
use super::directory::Entry;
use crate::base::Result;
use crate::package::fault::{excessive, reading, writing};

/// 1980-01-01, the earliest day a zip entry can bear.
const DAY: [u8; 4] = [0, 0, 0x21, 0];
const DESCRIPTOR: u32 = 0x0807_4b50;
/// Flag bit 11: the name is UTF-8.
const UTF8: u16 = 0x0800;
/// Flag bit 3: sizes follow the data.
const HAS_DESCRIPTOR: u16 = 0x0008;
/// Deflate level: what is beyond takes longer than a form does for anything else, for a few bytes in a hundred.
const LEVEL: u32 = 3;
const BUFFER: usize = 64 * 1024;

/// A zip file being written.
pub(crate) struct ArchiveWriter<'w, W> {
    out: &'w mut W,
    at: u64,
    directory: Vec<u8>,
    count: u16,
    /// One compressor for all entries: its tables are large.
    compress: Compress,
    buffer: Vec<u8>,
}

impl<'w, W: Write + Seek> ArchiveWriter<'w, W> {
    /// Begins at the writer's start.
    pub(crate) fn new(out: &'w mut W) -> Result<Self> {
        out.seek(SeekFrom::Start(0)).map_err(writing)?;
        Ok(Self {
            out,
            at: 0,
            directory: Vec::new(),
            count: 0,
            compress: Compress::new(Compression::new(LEVEL), false),
            buffer: Vec::with_capacity(BUFFER),
        })
    }

    /// Copies an entry as it is: local header, compressed bytes, data descriptor, directory record.
    pub(crate) fn copy(&mut self, source: &mut (impl Read + Seek), entry: &Entry) -> Result<()> {
        let offset = self.at;
        source.seek(SeekFrom::Start(entry.span.start)).map_err(reading)?;
        let span = entry.span.end.saturating_sub(entry.span.start);
        let copied = io::copy(&mut source.by_ref().take(span), self.out).map_err(writing)?;
        if copied != span {
            return Err(crate::package::fault::damaged(format_args!("{} 不完整", entry.name)));
        }
        self.at = self.at.saturating_add(span);
        if entry.flags & HAS_DESCRIPTOR != 0 {
            let mut tail = Vec::new();
            source.by_ref().take(24).read_to_end(&mut tail).map_err(reading)?;
            let descriptor = descriptor(&tail, entry);
            self.put(&descriptor)?;
        }
        let mut record = entry.central.clone();
        match entry.offset64_at {
            Some(at) => put(&mut record, at, &offset.to_le_bytes()),
            None => put(&mut record, 42, &narrow(offset)?.to_le_bytes()),
        }
        self.record(&record)
    }

    /// Writes an entry with the bytes that `fill` writes. `raw_name` is written as it is.
    pub(crate) fn add(
        &mut self,
        raw_name: &[u8],
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let offset = self.at;
        let flags = if raw_name.is_ascii() { 0 } else { UTF8 };
        let name_len = u16::try_from(raw_name.len()).map_err(|_| excessive("文件名过长"))?;
        let mut shared = Vec::with_capacity(26);
        shared.extend(20_u16.to_le_bytes());
        shared.extend(flags.to_le_bytes());
        shared.extend(8_u16.to_le_bytes());
        shared.extend(DAY);
        // CRC and sizes are filled in when they are known.
        shared.extend([0; 12]);
        shared.extend(name_len.to_le_bytes());
        shared.extend([0; 2]);
        let mut local = 0x0403_4b50_u32.to_le_bytes().to_vec();
        local.extend(&shared);
        local.extend(raw_name);
        self.put(&local)?;

        let compress = &mut self.compress;
        compress.reset();
        let crc = crc32fast::Hasher::new();
        let mut deflater = Deflater { out: &mut *self.out, compress, buffer: &mut self.buffer, crc };
        fill(&mut deflater).map_err(writing)?;
        deflater.run(&[], FlushCompress::Finish).map_err(writing)?;
        let crc = deflater.crc.finalize();
        let (size, compressed) =
            (narrow(deflater.compress.total_in())?, narrow(deflater.compress.total_out())?);
        self.at = self.at.saturating_add(u64::from(compressed));

        put(&mut shared, 10, &crc.to_le_bytes());
        put(&mut shared, 14, &compressed.to_le_bytes());
        put(&mut shared, 18, &size.to_le_bytes());
        self.out.seek(SeekFrom::Start(offset.saturating_add(4))).map_err(writing)?;
        self.out.write_all(&shared).map_err(writing)?;
        self.out.seek(SeekFrom::Start(self.at)).map_err(writing)?;

        let mut record = 0x0201_4b50_u32.to_le_bytes().to_vec();
        record.extend(20_u16.to_le_bytes());
        record.extend(&shared);
        // No comment, first disk, no attributes.
        record.extend([0; 10]);
        record.extend(narrow(offset)?.to_le_bytes());
        record.extend(raw_name);
        self.record(&record)
    }

    /// Writes the directory and returns the archive's length.
    pub(crate) fn finish(mut self, comment: &[u8]) -> Result<u64> {
        let start = narrow(self.at)?;
        let directory = std::mem::take(&mut self.directory);
        self.put(&directory)?;
        let mut end = 0x0605_4b50_u32.to_le_bytes().to_vec();
        end.extend([0; 4]);
        end.extend(self.count.to_le_bytes());
        end.extend(self.count.to_le_bytes());
        end.extend(narrow(u64::try_from(directory.len()).unwrap_or(u64::MAX))?.to_le_bytes());
        end.extend(start.to_le_bytes());
        end.extend(u16::try_from(comment.len()).unwrap_or(0).to_le_bytes());
        end.extend(comment);
        self.put(&end)?;
        self.out.flush().map_err(writing)?;
        Ok(self.at)
    }

    fn record(&mut self, record: &[u8]) -> Result<()> {
        self.directory.extend(record);
        self.count = self.count.checked_add(1).ok_or_else(|| excessive("文件过多"))?;
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes).map_err(writing)?;
        self.at = self.at.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(())
    }
}

/// The data descriptor as it stands behind the data, or a plain one when it is not recognised.
fn descriptor(tail: &[u8], entry: &Entry) -> Vec<u8> {
    let signed = u32_at(tail, 0) == Some(DESCRIPTOR);
    let at = if signed { 4_usize } else { 0 };
    let next = |step: usize| at.saturating_add(step);
    let short =
        (u32_at(tail, at), u32_at(tail, next(4)).map(u64::from), u32_at(tail, next(8)).map(u64::from));
    let long = (u32_at(tail, at), u64_at(tail, next(4)), u64_at(tail, next(12)));
    let wanted = (Some(entry.crc), Some(entry.compressed), Some(entry.size));
    let len = if short == wanted {
        next(12)
    } else if long == wanted {
        next(20)
    } else {
        0
    };
    if len > 0 {
        return tail.get(..len).unwrap_or_default().to_vec();
    }
    let low = |value: u64| u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes();
    [DESCRIPTOR.to_le_bytes(), entry.crc.to_le_bytes(), low(entry.compressed), low(entry.size)].concat()
}

/// What we write needs no zip64; a result that would is beyond the limits.
fn narrow(value: u64) -> Result<u32> {
    u32::try_from(value).map_err(|_| excessive("结果文件超过 4 GiB"))
}

/// Compresses what is written to it, and sums it up.
struct Deflater<'a, W> {
    out: &'a mut W,
    compress: &'a mut Compress,
    buffer: &'a mut Vec<u8>,
    crc: crc32fast::Hasher,
}

impl<W: Write> Deflater<'_, W> {
    fn run(&mut self, mut input: &[u8], flush: FlushCompress) -> io::Result<()> {
        loop {
            let before = self.compress.total_in();
            self.buffer.clear();
            let status = self.compress.compress_vec(input, self.buffer, flush).map_err(io::Error::other)?;
            self.out.write_all(self.buffer)?;
            let used = usize::try_from(self.compress.total_in().saturating_sub(before)).unwrap_or(usize::MAX);
            input = input.get(used..).unwrap_or_default();
            let done = match flush {
                FlushCompress::Finish => status == Status::StreamEnd,
                _ => input.is_empty() && self.buffer.len() < self.buffer.capacity(),
            };
            if done {
                return Ok(());
            }
        }
    }
}

impl<W: Write> Write for Deflater<'_, W> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.crc.update(buf);
        self.run(buf, FlushCompress::None)?;
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
