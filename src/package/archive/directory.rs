//! The central directory of a zip file, read with distrust.

use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use super::bytes::{u16_at, u32_at, u64_at};
use crate::base::limits::{MAX_ENTRIES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FREE_BYTES};
use crate::base::{Error, ErrorCode, Result, readable_bytes};
use crate::package::fault::{damaged, excessive, reading};

const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const END64_LOCATOR: u32 = 0x0706_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const LOCAL: u32 = 0x0403_4b50;
const END_LEN: usize = 22;
const CENTRAL_LEN: usize = 46;
const LOCAL_LEN: usize = 30;
/// The central directory of the most entries, with long names; more is no workbook.
const MAX_DIRECTORY_BYTES: u64 = 32 * 1024 * 1024;

/// One file of the archive.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its name; bytes that are no UTF-8 are replaced, so it is for looking up, not for writing.
    pub(crate) name: String,
    /// 0 stored, 8 deflated; others cannot be read but are copied all the same.
    pub(crate) method: u16,
    /// General purpose flags.
    pub(crate) flags: u16,
    /// CRC-32 of the uncompressed bytes, as claimed.
    pub(crate) crc: u32,
    /// Bytes in the archive.
    pub(crate) compressed: u64,
    /// Bytes when uncompressed, as claimed.
    pub(crate) size: u64,
    /// The central directory record as it stands.
    pub(super) central: Vec<u8>,
    /// Where in the record the 64-bit local offset stands, when the 32-bit one is not used.
    pub(super) offset64_at: Option<usize>,
    /// From the local header to the end of the compressed bytes, in the file.
    pub(super) span: Range<u64>,
    /// Where the compressed bytes begin.
    pub(super) data: u64,
}

impl Entry {
    /// The name's raw bytes.
    pub(crate) fn raw_name(&self) -> &[u8] {
        let len = usize::from(u16_at(&self.central, 28).unwrap_or(0));
        self.central.get(CENTRAL_LEN..CENTRAL_LEN.saturating_add(len)).unwrap_or_default()
    }

    /// Whether it needs a password.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.flags & 1 == 1
    }

    /// Whether it is a link, as archives of Unix systems hold them.
    pub(crate) fn is_link(&self) -> bool {
        const KIND: u32 = 0o170_000;
        const LINK: u32 = 0o120_000;
        let mode = u32_at(&self.central, 38).unwrap_or(0).checked_shr(16).unwrap_or(0);
        mode & KIND == LINK
    }

    /// The name as a person reads it: in UTF-8 where the entry or a field beside it says so or its bytes are, else in the
    /// encoding of Chinese systems.
    pub(crate) fn shown_name(&self) -> String {
        self.unicode_name().unwrap_or_else(|| readable_bytes(self.raw_name()))
    }

    /// What the field for names in Unicode (0x7075) says, where it is about this very name.
    fn unicode_name(&self) -> Option<String> {
        const UNICODE_PATH: u16 = 0x7075;
        const HEAD: usize = 5;
        let raw = self.raw_name();
        let len = usize::from(u16_at(&self.central, 30)?);
        let from = CENTRAL_LEN.checked_add(raw.len())?;
        let extra = self.central.get(from..from.checked_add(len)?)?;
        let mut at = 0_usize;
        while let (Some(id), Some(len)) = (u16_at(extra, at), u16_at(extra, at.saturating_add(2))) {
            let value_at = at.saturating_add(4);
            let next = value_at.saturating_add(usize::from(len));
            if id == UNICODE_PATH {
                let value = extra.get(value_at..next)?;
                let about = u32_at(value, 1)? == crc32fast::hash(raw);
                let name = std::str::from_utf8(value.get(HEAD..)?).ok()?;
                return (about && !name.is_empty()).then(|| name.to_owned());
            }
            at = next;
        }
        None
    }

    /// Whether it is a folder, which is no part.
    pub(crate) fn is_folder(&self) -> bool {
        self.name.ends_with(['/', '\\'])
    }

    /// Where the entry lies in the file, for comparing copies.
    pub(crate) fn data_range(&self) -> Range<u64> {
        self.data..self.span.end
    }
}

/// A name as parts are looked up: forward slashes, no leading slash, ASCII case folded (OPC §6.2).
pub(crate) fn part_key(name: &str) -> String {
    let name = name.replace('\\', "/");
    name.trim_start_matches('/').to_ascii_lowercase()
}

/// What the end of the archive says.
struct End {
    entries: u64,
    size: u64,
    offset: u64,
    /// Bytes before the archive proper (self-extracting stubs and the like).
    shift: u64,
    comment: Vec<u8>,
}

/// The archive's table of contents, in its own order.
#[derive(Debug, Clone)]
pub(crate) struct Directory {
    /// Every entry.
    pub(crate) entries: Vec<Entry>,
    /// The archive comment, kept.
    pub(crate) comment: Vec<u8>,
}

impl Directory {
    /// Reads the directory and refuses what no honest workbook has: overlapping or duplicate entries,
    /// encryption, claims beyond the limits.
    pub(crate) fn read(reader: &mut (impl Read + Seek)) -> Result<Self> {
        let directory = Self::of_any(reader)?;
        directory.refuse_encryption()?;
        directory.refuse_duplicates()?;
        Ok(directory)
    }

    /// Reads the directory of an archive that need be no workbook: names may occur twice, entries may be encrypted.
    pub(crate) fn of_any(reader: &mut (impl Read + Seek)) -> Result<Self> {
        let len = reader.seek(SeekFrom::End(0)).map_err(reading)?;
        let end = find_end(reader, len)?;
        if end.entries > u64::try_from(MAX_ENTRIES).unwrap_or(u64::MAX) {
            return Err(excessive(format_args!("压缩包内有 {} 个文件", end.entries)));
        }
        if end.size > MAX_DIRECTORY_BYTES {
            return Err(excessive("压缩包目录过大"));
        }
        let start = end.offset.saturating_add(end.shift);
        if start.saturating_add(end.size) > len {
            return Err(truncated());
        }
        let directory = read_at(reader, start, end.size)?;
        let mut entries = Vec::new();
        let mut at = 0_usize;
        for _ in 0..end.entries {
            let entry = central_entry(&directory, &mut at, end.shift)?;
            entries.push(entry);
        }
        for entry in &mut entries {
            locate(reader, entry, start)?;
        }
        let directory = Self { entries, comment: end.comment };
        directory.refuse_overlaps()?;
        directory.refuse_claims()?;
        Ok(directory)
    }

    fn refuse_overlaps(&self) -> Result<()> {
        let mut spans: Vec<_> = self.entries.iter().map(|e| e.span.clone()).collect();
        spans.sort_by_key(|s| s.start);
        let overlap = spans.windows(2).any(|pair| match pair {
            [a, b] => a.end > b.start,
            _ => false,
        });
        if overlap { Err(damaged("压缩包内的文件相互重叠")) } else { Ok(()) }
    }

    fn refuse_claims(&self) -> Result<()> {
        let mut total = 0_u64;
        for entry in &self.entries {
            total = total.saturating_add(entry.size);
            let plausible = entry.compressed.saturating_mul(MAX_RATIO).saturating_add(RATIO_FREE_BYTES);
            if entry.size > plausible {
                return Err(excessive(format_args!("{} 的压缩比过高", entry.name)));
            }
        }
        if total > MAX_TOTAL_BYTES {
            Err(excessive(format_args!("解压后共 {total} 字节")))
        } else {
            Ok(())
        }
    }

    fn refuse_encryption(&self) -> Result<()> {
        if self.entries.iter().any(Entry::is_encrypted) {
            return Err(Error::input(
                "文件已加密，无法读取",
                "请用 Excel 或 WPS 打开，去掉密码后另存为 .xlsx 再提交。",
            )
            .coded(ErrorCode::InputEncrypted));
        }
        Ok(())
    }

    fn refuse_duplicates(&self) -> Result<()> {
        let mut keys: Vec<_> = self.entries.iter().map(|e| part_key(&e.name)).collect();
        keys.sort_unstable();
        let twice = keys.windows(2).find_map(|pair| match pair {
            [a, b] if a == b => Some(a.clone()),
            _ => None,
        });
        twice.map_or(Ok(()), |name| Err(damaged(format_args!("压缩包内文件重名：{name}"))))
    }
}

fn truncated() -> Error {
    Error::input("文件不完整，可能没有下载或复制完", "请重新获取原文件，确认能用 Excel 或 WPS 打开后再提交。")
        .coded(ErrorCode::InputDamaged)
}

fn read_at(reader: &mut (impl Read + Seek), at: u64, len: u64) -> Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(at)).map_err(reading)?;
    let mut bytes = Vec::new();
    reader.take(len).read_to_end(&mut bytes).map_err(reading)?;
    if u64::try_from(bytes.len()).ok() == Some(len) { Ok(bytes) } else { Err(truncated()) }
}

fn find_end(reader: &mut (impl Read + Seek), len: u64) -> Result<End> {
    let tail_len = len.min(u64::from(u16::MAX).saturating_add(22));
    let tail_start = len.saturating_sub(tail_len);
    let tail = read_at(reader, tail_start, tail_len)?;
    let signature = END.to_le_bytes();
    for at in memchr::memmem::rfind_iter(&tail, &signature) {
        let Some(record) = tail.get(at..).filter(|r| r.len() >= END_LEN) else { continue };
        let comment_len = usize::from(u16_at(record, 20).unwrap_or(0));
        let Some(comment) = record.get(END_LEN..END_LEN.saturating_add(comment_len)) else { continue };
        let end_at = tail_start.saturating_add(u64::try_from(at).unwrap_or(u64::MAX));
        let entries = u64::from(u16_at(record, 10).unwrap_or(0));
        let size = u64::from(u32_at(record, 12).unwrap_or(0));
        let offset = u64::from(u32_at(record, 16).unwrap_or(0));
        let comment = comment.to_vec();
        if let Some((entries, size, offset, end64_at)) = find_end64(reader, end_at)? {
            let shift = end64_at.checked_sub(offset.saturating_add(size)).ok_or_else(truncated)?;
            return Ok(End { entries, size, offset, shift, comment });
        }
        let shift = end_at.checked_sub(offset.saturating_add(size)).ok_or_else(truncated)?;
        return Ok(End { entries, size, offset, shift, comment });
    }
    Err(truncated())
}

/// The zip64 end record: entries, directory size and offset, and where the record itself stands.
fn find_end64(reader: &mut (impl Read + Seek), end_at: u64) -> Result<Option<(u64, u64, u64, u64)>> {
    let Some(locator_at) = end_at.checked_sub(20) else { return Ok(None) };
    let locator = read_at(reader, locator_at, 20)?;
    if u32_at(&locator, 0) != Some(END64_LOCATOR) {
        return Ok(None);
    }
    let claimed = u64_at(&locator, 8).unwrap_or(0);
    // The record stands right before its locator unless it is extended; try the claim first.
    for at in [claimed, locator_at.saturating_sub(56)] {
        if at.saturating_add(56) > locator_at {
            continue;
        }
        let record = read_at(reader, at, 56)?;
        if u32_at(&record, 0) == Some(END64) {
            let field = |at| u64_at(&record, at).unwrap_or(0);
            return Ok(Some((field(32), field(40), field(48), at)));
        }
    }
    Err(damaged("zip64 目录找不到"))
}

fn central_entry(directory: &[u8], at: &mut usize, shift: u64) -> Result<Entry> {
    let bad = || damaged("压缩包目录有误");
    let record = directory.get(*at..).ok_or_else(bad)?;
    if u32_at(record, 0) != Some(CENTRAL) {
        return Err(bad());
    }
    let field16 = |at| u16_at(record, at).ok_or_else(bad);
    let field32 = |at| u32_at(record, at).ok_or_else(bad);
    let name_len = usize::from(field16(28)?);
    let extra_len = usize::from(field16(30)?);
    let comment_len = usize::from(field16(32)?);
    let extra_at = CENTRAL_LEN.saturating_add(name_len);
    let len = extra_at.saturating_add(extra_len).saturating_add(comment_len);
    let central = record.get(..len).ok_or_else(bad)?.to_vec();
    let name = central.get(CENTRAL_LEN..extra_at).ok_or_else(bad)?;
    let mut entry = Entry {
        name: String::from_utf8_lossy(name).into_owned(),
        flags: field16(8)?,
        method: field16(10)?,
        crc: field32(16)?,
        compressed: u64::from(field32(20)?),
        size: u64::from(field32(24)?),
        offset64_at: None,
        span: u64::from(field32(42)?)..0,
        data: 0,
        central: Vec::new(),
    };
    let extra = central.get(extra_at..extra_at.saturating_add(extra_len)).ok_or_else(bad)?;
    widen(&mut entry, extra, extra_at);
    entry.span.start = entry.span.start.saturating_add(shift);
    entry.central = central;
    *at = at.saturating_add(len);
    Ok(entry)
}

/// Takes the 64-bit values of a zip64 extra field for those that are full in 32 bits.
fn widen(entry: &mut Entry, extra: &[u8], extra_at: usize) {
    const FULL: u64 = 0xFFFF_FFFF;
    let mut at = 0_usize;
    while let (Some(id), Some(len)) = (u16_at(extra, at), u16_at(extra, at.saturating_add(2))) {
        let mut value_at = at.saturating_add(4);
        let next = value_at.saturating_add(usize::from(len));
        if id == 1 {
            for place in [&mut entry.size, &mut entry.compressed] {
                if *place == FULL && value_at.saturating_add(8) <= next {
                    *place = u64_at(extra, value_at).unwrap_or(FULL);
                    value_at = value_at.saturating_add(8);
                }
            }
            if entry.span.start == FULL && value_at.saturating_add(8) <= next {
                entry.span.start = u64_at(extra, value_at).unwrap_or(FULL);
                entry.offset64_at = Some(extra_at.saturating_add(value_at));
            }
            return;
        }
        at = next;
    }
}

/// Finds where the entry's bytes are; `limit` is where the directory begins.
fn locate(reader: &mut (impl Read + Seek), entry: &mut Entry, limit: u64) -> Result<()> {
    let header = read_at(reader, entry.span.start, u64::try_from(LOCAL_LEN).unwrap_or(30))?;
    if u32_at(&header, 0) != Some(LOCAL) {
        return Err(damaged(format_args!("压缩包内找不到 {}", entry.name)));
    }
    let name_len = u64::from(u16_at(&header, 26).unwrap_or(0));
    let extra_len = u64::from(u16_at(&header, 28).unwrap_or(0));
    entry.data = entry.span.start.saturating_add(30).saturating_add(name_len).saturating_add(extra_len);
    entry.span.end = entry.data.saturating_add(entry.compressed);
    if entry.span.end > limit { Err(truncated()) } else { Ok(()) }
}
