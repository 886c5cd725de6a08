//! What is no form: stamped pages, pictures, what is damaged or locked, and archives as chat programs and old tools make
//! them, with names in GBK.

use std::io::{Cursor, Write as _};

use encoding_rs::GBK;
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// A page that was scanned; the number makes it one of its own.
pub(super) fn pdf(number: usize) -> Vec<u8> {
    format!("%PDF-1.4\n1 0 obj<</Type/Catalog/Scan {number}>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
        .into_bytes()
}

/// A photograph.
pub(super) fn jpeg(number: usize) -> Vec<u8> {
    let mut bytes = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x00\x00".to_vec();
    bytes.extend(number.to_le_bytes());
    bytes.extend(b"\xFF\xD9");
    bytes
}

/// A workbook whose copying was broken off.
pub(super) fn cut(workbook: &[u8]) -> Vec<u8> {
    workbook[..workbook.len() * 2 / 3].to_vec()
}

/// A workbook with a password, as Excel saves it.
pub(super) fn locked(number: usize) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, size) in [("EncryptionInfo", 300), ("EncryptedPackage", 9_000)] {
        let mut stream = file.create_stream(name).unwrap();
        let noise: Vec<u8> =
            (0..size).map(|at| u8::try_from((at * 7 + number * 13) % 251).unwrap()).collect();
        stream.write_all(&noise).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// How names are written in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Gbk,
    Utf8,
}

/// An archive of these files; with a password they are noise.
pub(super) fn archive(files: &[(String, &[u8])], names: Names, has_password: bool) -> Vec<u8> {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let raw = match names {
            Names::Gbk => {
                let (raw, _, failed) = GBK.encode(name);
                assert!(!failed, "{name} has no GBK");
                raw.into_owned()
            }
            Names::Utf8 => name.as_bytes().to_vec(),
        };
        let flags = u16::from(has_password) | if names == Names::Utf8 { 0x800 } else { 0 };
        let mut deflated =
            DeflateEncoder::new(if has_password { vec![0x5A; 12] } else { Vec::new() }, Compression::fast());
        deflated.write_all(bytes).unwrap();
        let packed = deflated.finish().unwrap();
        let size = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap().to_le_bytes();
        let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
        let mut about = Vec::new();
        about.extend(20_u16.to_le_bytes());
        about.extend(flags.to_le_bytes());
        about.extend(8_u16.to_le_bytes());
        about.extend([0x00, 0x60, 0x4F, 0x58]);
        about.extend(crc32fast::hash(bytes).to_le_bytes());
        about.extend(size(&packed));
        about.extend(size(bytes));
        about.extend(short(raw.len()));
        about.extend(short(0));
        let at = size(&out);
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(&raw);
        out.extend(&packed);
        central.extend(b"PK\x01\x02\x14\x00");
        central.extend(&about);
        central.extend([0; 10]);
        central.extend(at);
        central.extend(&raw);
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let at = u32::try_from(out.len()).unwrap();
    out.extend(&central);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(u32::try_from(central.len()).unwrap().to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}
