//! Looks at a foreign file before any other reader sees it (`docs/design.md`, "Foreign files").

use std::io::{Read, Seek, SeekFrom};

use super::main_part;
use crate::base::limits::MAX_FILE_BYTES;
use crate::base::{Error, ErrorCode, Result};
use crate::package::Package;
use crate::package::archive::{Directory, Entry, EntryReader, part_key};
use crate::package::fault::{excessive, reading};
use crate::package::xml::{Scanner, Tag, TokenKind};

/// What a file is by its content, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// An OpenXML workbook (.xlsx, .xlsm, .xltx), which this program edits in place.
    Xlsx,
    /// An Excel 97–2003 workbook.
    Xls,
    /// An OpenXML workbook in binary parts.
    Xlsb,
    /// An `OpenDocument` workbook.
    Ods,
    /// A Word document (.docx), whose tables may be forms.
    Docx,
}

/// The first bytes of an OLE compound file.
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Shared strings that any reader can make room for, whatever the part says.
const FREE_STRINGS: u64 = 1_000_000;
/// The shortest string element, `<si/>`, rounded down: a part cannot hold more strings than this allows.
const SHORTEST_STRING: u64 = 4;

/// Finds out what the file is and refuses what would harm a reader: wrong or cut-off files, bombs,
/// forged counts. Leaves the reader at its start.
pub fn check(reader: &mut (impl Read + Seek)) -> Result<FileKind> {
    let len = reader.seek(SeekFrom::End(0)).map_err(reading)?;
    if len == 0 {
        let hint = "请重新获取原文件，确认能用 Excel 或 WPS 打开后再提交。";
        return Err(Error::input("文件是空的", hint).coded(ErrorCode::InputEmpty));
    }
    if len > MAX_FILE_BYTES {
        return Err(excessive(format_args!("文件有 {len} 字节")));
    }
    reader.rewind().map_err(reading)?;
    let mut head = Vec::new();
    reader.by_ref().take(4096).read_to_end(&mut head).map_err(reading)?;
    let kind = if head.starts_with(&OLE) {
        ole(reader)?
    } else if head.starts_with(b"PK") {
        package(reader)?
    } else {
        return Err(no_workbook(&head));
    };
    reader.rewind().map_err(reading)?;
    Ok(kind)
}

/// A zip file: which kind of workbook, and whether its counts are honest.
fn package(reader: &mut (impl Read + Seek)) -> Result<FileKind> {
    let directory = Directory::read(reader)?;
    let has = |name: &str| directory.entries.iter().any(|e| part_key(&e.name) == name);
    if has("mimetype") && has("content.xml") {
        let mimetype = directory.entries.iter().find(|e| part_key(&e.name) == "mimetype");
        let mut kind = Vec::new();
        if let Some(entry) = mimetype {
            EntryReader::new(reader, entry)?.take(100).read_to_end(&mut kind).map_err(reading)?;
        }
        return if kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            Ok(FileKind::Ods)
        } else {
            Err(no_workbook(b""))
        };
    }
    for entry in directory.entries.iter().filter(|e| part_key(&e.name).ends_with("sharedstrings.xml")) {
        check_strings(reader, entry)?;
    }
    let main = Package::open(reader)?.map(|mut package| main_part::find(&mut package)).transpose()?.flatten();
    main.map(|(_, kind)| kind).ok_or_else(|| no_workbook(b""))
}

/// Readers make room for as many strings as the part claims to hold.
fn check_strings(reader: &mut (impl Read + Seek), entry: &Entry) -> Result<()> {
    let mut scanner = Scanner::new(EntryReader::new(reader, entry)?);
    while let Some(token) = scanner.next()? {
        if !matches!(token.kind, TokenKind::Open | TokenKind::Empty) {
            continue;
        }
        let room = FREE_STRINGS.max(entry.size.checked_div(SHORTEST_STRING).unwrap_or(0));
        for name in ["uniqueCount", "count"] {
            let claimed = Tag(token.bytes).get(name).unwrap_or_default();
            // A reader may take as many digits as it finds; what is no number at all harms nobody.
            let digits = claimed.trim().split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            let forged = match digits.parse::<u64>() {
                Ok(count) => count > room && name == "uniqueCount",
                Err(_) => !digits.is_empty(),
            };
            if forged {
                return Err(excessive(format_args!("共享字符串声称有 {digits} 条")));
            }
        }
        return Ok(());
    }
    Ok(())
}

/// An OLE file: an old workbook, an encrypted package or something else.
fn ole(reader: &mut (impl Read + Seek)) -> Result<FileKind> {
    // Directory entries are 128 bytes long and aligned: name in UTF-16, its length at 64.
    let is = |record: &[u8], name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let len = u16::try_from(wide.len()).unwrap_or(0).saturating_add(2).to_le_bytes();
        record.starts_with(&wide) && record.get(64..66) == Some(len.as_slice())
    };
    reader.rewind().map_err(reading)?;
    let mut found = None;
    let mut block = Vec::new();
    loop {
        block.clear();
        reader.by_ref().take(1 << 16).read_to_end(&mut block).map_err(reading)?;
        if block.is_empty() {
            break;
        }
        for record in block.chunks(128) {
            if is(record, "EncryptedPackage") {
                return Err(Error::input(
                    "文件设有打开密码，无法读取",
                    "请去掉密码后另存为 .xlsx，再重新提交。",
                )
                .coded(ErrorCode::InputEncrypted));
            }
            if is(record, "Workbook") || is(record, "Book") {
                found = Some(FileKind::Xls);
            }
        }
    }
    found.ok_or_else(|| no_workbook(b""))
}

fn no_workbook(head: &[u8]) -> Error {
    let is_picture = [&b"\xFF\xD8\xFF"[..], b"\x89PNG", b"GIF8"].iter().any(|sign| head.starts_with(sign));
    // The record that begins a file of Excel 2.0 to 4.0: its number, and its length.
    let is_early = matches!(head, [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..]);
    let is_wide = [b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| head.starts_with(*mark));
    let has_tabs = head.contains(&b'\t') && head.contains(&b'\n') && (is_wide || !head.contains(&0));
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    // Pages name the same schema for what they hold, and tables have rows in both.
    let what = if head.starts_with("%pdf-") {
        "文件是 PDF，不是 Excel 工作簿"
    } else if is_picture {
        "文件是图片，不是 Excel 工作簿"
    } else if is_early {
        "文件是 Excel 4.0 以前的格式，无法读取"
    } else if head.contains("<office:document") && head.contains("opendocument") {
        "文件是“OpenDocument 单个 XML 文件”格式，不是 Excel 工作簿"
    } else if head.contains("<html") {
        "文件内容是网页，不是 Excel 工作簿"
    } else if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("<?xml") {
        "文件是“XML 表格 2003”格式，不是 .xlsx 工作簿"
    } else if head.contains("<table") {
        "文件内容是网页，不是 Excel 工作簿"
    } else if has_tabs {
        "文件内容是用制表符分隔的文本，不是 Excel 工作簿"
    } else {
        "文件不是 Excel 工作簿，扩展名可能被改过"
    };
    Error::input(
        what,
        "能用 Excel 或 WPS 打开的，请另存为 .xlsx 格式后重新提交；打不开的，请向提供人另要一份。",
    )
    .coded(ErrorCode::InputNotAWorkbook)
}
