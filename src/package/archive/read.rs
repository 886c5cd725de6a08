//! The uncompressed bytes of one entry, never more than it claims, with its checksum verified.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};

use flate2::bufread::DeflateDecoder;

use super::directory::Entry;
use crate::base::Result;
use crate::package::fault::{damaged, reading};

const BUFFER: usize = 64 * 1024;

enum Source<'a, R: Read> {
    Stored(Take<&'a mut R>),
    Deflated(DeflateDecoder<BufReader<Take<&'a mut R>>>),
}

/// Reads an entry. The end is reached only when size and CRC-32 are as claimed.
pub(crate) struct EntryReader<'a, R: Read> {
    source: Source<'a, R>,
    name: &'a str,
    crc: crc32fast::Hasher,
    claimed_crc: u32,
    left: u64,
    done: bool,
}

impl<'a, R: Read + Seek> EntryReader<'a, R> {
    /// Begins to read the entry.
    pub(crate) fn new(reader: &'a mut R, entry: &'a Entry) -> Result<Self> {
        reader.seek(SeekFrom::Start(entry.data)).map_err(reading)?;
        let raw = reader.take(entry.compressed);
        let buffer = usize::try_from(entry.compressed).unwrap_or(BUFFER).clamp(512, BUFFER);
        let source = match entry.method {
            0 => Source::Stored(raw),
            8 => Source::Deflated(DeflateDecoder::new(BufReader::with_capacity(buffer, raw))),
            other => return Err(damaged(format_args!("{} 的压缩方式 {other} 不受支持", entry.name))),
        };
        Ok(Self {
            source,
            name: &entry.name,
            crc: crc32fast::Hasher::new(),
            claimed_crc: entry.crc,
            left: entry.size,
            done: false,
        })
    }

    /// Reads the rest into memory, refusing more than `limit` bytes.
    pub(crate) fn read_all(mut self, limit: u64) -> Result<Vec<u8>> {
        if self.left > limit {
            return Err(crate::package::fault::excessive(format_args!(
                "{} 有 {} 字节",
                self.name, self.left
            )));
        }
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes).map_err(reading)?;
        Ok(bytes)
    }

    fn fail(&self, what: &str) -> io::Error {
        io::Error::other(damaged(format_args!("{} {what}", self.name)))
    }
}

impl<R: Read + Seek> Read for EntryReader<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.done || buf.is_empty() {
            return Ok(0);
        }
        let read = match &mut self.source {
            Source::Stored(raw) => raw.read(buf)?,
            Source::Deflated(inflate) => match inflate.read(buf) {
                Ok(read) => read,
                Err(_) => return Err(self.fail("解压失败")),
            },
        };
        if read == 0 {
            self.done = true;
            let crc = std::mem::take(&mut self.crc).finalize();
            if self.left != 0 || crc != self.claimed_crc {
                return Err(self.fail("校验不符"));
            }
            return Ok(0);
        }
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(count).ok_or_else(|| self.fail("超出声明的大小"))?;
        self.crc.update(buf.get(..read).unwrap_or_default());
        Ok(read)
    }
}
