//! What a file is. Its content says it; its ending is asked only where the content says nothing.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use memchr::memmem;
use serde::{Deserialize, Serialize};

use crate::base::Result;
use crate::package::{Directory, EntryReader, part_key, reading};
use crate::pipeline::kinds;

/// Bytes at the start of a file that are looked at.
const HEAD: u64 = 4096;
/// The first bytes of an OLE compound file.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Bytes of an OLE file in which its directory is looked for.
const MAX_OLE: u64 = 256 * 1024 * 1024;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A workbook, or what claims to be one.
    Workbook,
    /// A table in plain text.
    Plain,
    /// A document of a word processor.
    Word,
    /// Slides.
    Slides,
    /// A page that is printed as it stands: PDF, OFD.
    Page,
    /// A picture.
    Picture,
    /// A document that opens with a password only.
    Locked,
    /// An archive that is unpacked: zip.
    Zip,
    /// An archive that is unpacked: 7z.
    SevenZip,
    /// An archive that is not unpacked: rar.
    Rar,
    /// Another archive.
    OtherArchive,
    /// A page of the web, as some systems export tables.
    Web,
    /// A table as XML of 2003.
    XmlTable,
    /// No byte.
    Empty,
    /// Something else.
    Other,
}

impl Kind {
    /// What a clerk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Workbook => "电子表",
            Self::Plain => "文本表格",
            Self::Word => "Word 文档",
            Self::Slides => "演示文稿",
            Self::Page => "PDF",
            Self::Picture => "图片",
            Self::Locked => "加密文件",
            Self::Zip | Self::SevenZip | Self::Rar | Self::OtherArchive => "压缩包",
            Self::Web => "网页",
            Self::XmlTable => "XML 表格",
            Self::Empty => "空文件",
            Self::Other => "其他文件",
        }
    }

    /// Whether it is read as a form or a ledger.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Workbook | Self::Plain)
    }

    /// Whether it is opened as a workbook, if only to say why it is none.
    pub fn is_opened(self) -> bool {
        self.is_table() || matches!(self, Self::Locked | Self::Web | Self::XmlTable | Self::Empty)
    }

    /// Whether a person has to type what it says, or holds it against the form: it is never read for a score.
    pub fn is_for_eyes(self) -> bool {
        matches!(self, Self::Word | Self::Slides | Self::Page | Self::Picture)
    }

    /// Whether it is unpacked.
    pub fn is_unpacked(self) -> bool {
        matches!(self, Self::Zip | Self::SevenZip)
    }

    /// Whether it is an archive.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Zip | Self::SevenZip | Self::Rar | Self::OtherArchive)
    }
}

/// The kind of a file of this name. Leaves the reader at its start.
pub fn of(reader: &mut (impl Read + Seek), name: &str) -> Result<Kind> {
    reader.rewind().map_err(reading)?;
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head).map_err(reading)?;
    let kind = if head.is_empty() {
        Kind::Empty
    } else if head.starts_with(b"PK") {
        package(reader, name)
    } else if head.starts_with(OLE) {
        compound(reader, name)?
    } else {
        by_head(&head).unwrap_or_else(|| by_ending(name, Kind::Other))
    };
    reader.rewind().map_err(reading)?;
    Ok(kind)
}

/// A zip file: a document of some program, or an archive. One that cannot be read is what its ending says.
fn package(reader: &mut (impl Read + Seek), name: &str) -> Kind {
    let Ok(directory) = Directory::of_any(reader) else { return by_ending(name, Kind::Zip) };
    let keys: Vec<String> = directory.entries.iter().map(|entry| part_key(&entry.name)).collect();
    let has = |wanted: &str| keys.iter().any(|key| key == wanted);
    let below = |folder: &str| keys.iter().any(|key| key.starts_with(folder));
    if has("[content_types].xml") {
        let known = [("xl/", Kind::Workbook), ("word/", Kind::Word), ("ppt/", Kind::Slides)];
        let known = known.into_iter().find(|(folder, _)| below(folder));
        return known.map_or_else(|| by_ending(name, Kind::Other), |(_, kind)| kind);
    }
    if has("ofd.xml") {
        return Kind::Page;
    }
    let mimetype = directory.entries.iter().find(|entry| part_key(&entry.name) == "mimetype");
    let mut mime = Vec::new();
    if let Some(entry) = mimetype.filter(|_| has("content.xml"))
        && let Ok(inside) = EntryReader::new(reader, entry)
        && inside.take(100).read_to_end(&mut mime).is_ok()
    {
        let known = [
            (&b"application/vnd.oasis.opendocument.spreadsheet"[..], Kind::Workbook),
            (&b"application/vnd.oasis.opendocument.text"[..], Kind::Word),
            (&b"application/vnd.oasis.opendocument.presentation"[..], Kind::Slides),
        ];
        let known = known.into_iter().find(|(start, _)| mime.starts_with(start));
        return known.map_or(Kind::Other, |(_, kind)| kind);
    }
    Kind::Zip
}

/// An OLE compound file. Its directory names its streams in UTF-16.
fn compound(reader: &mut (impl Read + Seek), name: &str) -> Result<Kind> {
    const STREAMS: [(&str, Kind); 5] = [
        ("EncryptedPackage", Kind::Locked),
        ("Workbook", Kind::Workbook),
        ("Book", Kind::Workbook),
        ("WordDocument", Kind::Word),
        ("PowerPoint Document", Kind::Slides),
    ];
    let wide = |text: &str| -> Vec<u8> {
        // Ended by a zero, and at the start of its record: as a whole name.
        text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
    };
    let names = STREAMS.map(|(stream, kind)| (wide(stream), kind));
    reader.seek(SeekFrom::Start(0)).map_err(reading)?;
    let mut left = MAX_OLE;
    let mut found: Option<Kind> = None;
    let mut block = Vec::new();
    while left > 0 {
        block.clear();
        let read = reader.by_ref().take(1 << 16).read_to_end(&mut block).map_err(reading)?;
        if read == 0 {
            break;
        }
        left = left.saturating_sub(u64::try_from(read).unwrap_or(left));
        for record in block.chunks(128) {
            for (stream, kind) in &names {
                if record.starts_with(stream)
                    && found.is_none_or(|have| *kind == Kind::Locked && have != *kind)
                {
                    found = Some(*kind);
                }
            }
        }
    }
    Ok(found.unwrap_or_else(|| by_ending(name, Kind::Other)))
}

/// What the first bytes say by themselves.
fn by_head(head: &[u8]) -> Option<Kind> {
    const SIGNS: [(&[u8], Kind); 17] = [
        (b"\xFF\xD8\xFF", Kind::Picture),
        (b"\x89PNG\r\n\x1A\n", Kind::Picture),
        (b"GIF87a", Kind::Picture),
        (b"GIF89a", Kind::Picture),
        (b"II*\0", Kind::Picture),
        (b"MM\0*", Kind::Picture),
        (b"{\\rtf", Kind::Word),
        (b"7z\xBC\xAF\x27\x1C", Kind::SevenZip),
        (b"Rar!\x1A\x07", Kind::Rar),
        (b"\x1F\x8B", Kind::OtherArchive),
        (b"BZh", Kind::OtherArchive),
        (b"\xFD7zXZ\0", Kind::OtherArchive),
        (b"\x28\xB5\x2F\xFD", Kind::OtherArchive),
        (b"MSCF\0\0\0\0", Kind::OtherArchive),
        (b"LZIP", Kind::OtherArchive),
        (b"%PDF-", Kind::Page),
        (b"\xEF\xBB\xBF%PDF-", Kind::Page),
    ];
    if let Some((_, kind)) = SIGNS.iter().find(|(sign, _)| head.starts_with(sign)) {
        return Some(*kind);
    }
    let at = |from: usize, sign: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(sign));
    let box_of = |brand: &[u8]| at(4, b"ftyp") && at(8, brand);
    let is_picture = (at(0, b"BM") && at(6, b"\0\0\0\0"))
        || (at(0, b"RIFF") && at(8, b"WEBP"))
        || [&b"heic"[..], b"heix", b"hevc", b"mif1", b"msf1", b"avif"].iter().any(|brand| box_of(brand));
    if is_picture {
        return Some(Kind::Picture);
    }
    if at(257, b"ustar") {
        return Some(Kind::OtherArchive);
    }
    // Printers' drivers put lines of their own before it.
    let start = head.get(..1024).unwrap_or(head);
    if memmem::find(start, b"%PDF-").is_some() {
        return Some(Kind::Page);
    }
    let lower = head.to_ascii_lowercase();
    let says = |what: &[u8]| memmem::find(&lower, what).is_some();
    if says(b"<html") {
        return Some(Kind::Web);
    }
    if says(b"urn:schemas-microsoft-com:office:spreadsheet") && says(b"<?xml") {
        return Some(Kind::XmlTable);
    }
    says(b"<table").then_some(Kind::Web)
}

/// What the ending says of a content that says nothing.
fn by_ending(name: &str, otherwise: Kind) -> Kind {
    const ENDINGS: [(&[&str], Kind); 7] = [
        (&["doc", "docx", "docm", "wps", "wpt", "rtf", "odt"], Kind::Word),
        (&["ppt", "pptx", "dps"], Kind::Slides),
        (&["pdf", "ofd"], Kind::Page),
        (&["jpg", "jpeg", "png", "bmp", "tif", "tiff", "gif", "heic", "webp"], Kind::Picture),
        (&["zip"], Kind::Zip),
        (&["7z"], Kind::SevenZip),
        (&["rar"], Kind::Rar),
    ];
    let path = Path::new(name);
    if kinds::may_be_workbook(path) {
        return Kind::Workbook;
    }
    if kinds::is_plain(path) {
        return Kind::Plain;
    }
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let known = ENDINGS.iter().find(|(endings, _)| endings.contains(&ending.as_str()));
    known.map_or(otherwise, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::{Kind, of};

    fn kind(bytes: &[u8], name: &str) -> Kind {
        of(&mut Cursor::new(bytes), name).expect("a file in memory")
    }

    #[test]
    fn content_goes_before_the_ending() {
        for (bytes, name, wanted) in [
            (&b"%PDF-1.7\n"[..], "自评表.xlsx", Kind::Page),
            (b"\xFF\xD8\xFF\xE0", "扫描件.pdf", Kind::Picture),
            (b"Rar!\x1A\x07\x01\0", "材料.zip", Kind::Rar),
            (b"7z\xBC\xAF\x27\x1C\0\x04", "材料", Kind::SevenZip),
            (b"<HTML><body>", "自评表.xls", Kind::Web),
            (b"", "自评表.xlsx", Kind::Empty),
            (b"PK no workbook", "坏.xlsx", Kind::Workbook),
            (b"PK no archive", "坏.zip", Kind::Zip),
            (b"nothing to score", "说明.docx", Kind::Word),
            ("摘要,金额".as_bytes(), "账.csv", Kind::Plain),
            (b"\0\0\0\x18ftypheic", "IMG_1.HEIC", Kind::Picture),
            (b"MZ\x90", "setup.exe", Kind::Other),
        ] {
            assert_eq!(kind(bytes, name), wanted, "{name}");
        }
    }

    #[test]
    fn a_compound_file_is_what_its_streams_are() {
        let record = |name: &str| {
            let mut record: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            record.resize(128, 0);
            record
        };
        let file = |names: &[&str]| {
            let mut bytes = super::OLE.to_vec();
            bytes.resize(512, 0);
            for name in names {
                bytes.extend(record(name));
            }
            bytes
        };
        assert_eq!(kind(&file(&["Root Entry", "Workbook"]), "a"), Kind::Workbook);
        assert_eq!(kind(&file(&["WordDocument"]), "a.xls"), Kind::Word);
        assert_eq!(kind(&file(&["EncryptionInfo", "EncryptedPackage"]), "a.xlsx"), Kind::Locked);
        assert_eq!(kind(&file(&["Workbooks"]), "a.et"), Kind::Workbook, "by its ending");
        assert_eq!(kind(&file(&["Contents"]), "a.bin"), Kind::Other);
    }
}
