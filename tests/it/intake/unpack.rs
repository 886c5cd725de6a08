//! Archives: what is in them, by its name, wherever it claims to belong.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use encoding_rs::GBK;
use jixiao::inner::intake::unpack::{Item, Problem, unpack};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip with these names and contents, names in UTF-8.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        out.write_all(bytes).expect("its content");
    }
    out.finish().expect("an archive").into_inner()
}

/// The same as Windows makes it: names in GBK, no flag that says so.
pub(crate) fn gbk_zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in files {
        let (name, _, _) = GBK.encode(name);
        let crc = crc32fast::hash(content);
        let size = u32::try_from(content.len()).expect("a small file");
        let offset = u32::try_from(bytes.len()).expect("a small archive");
        let len = u16::try_from(name.len()).expect("a short name");
        let common = |out: &mut Vec<u8>| {
            // Version, flags, method, time, day.
            out.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            out.extend(crc.to_le_bytes());
            out.extend(size.to_le_bytes());
            out.extend(size.to_le_bytes());
            out.extend(len.to_le_bytes());
            out.extend(0_u16.to_le_bytes());
        };
        bytes.extend(0x0403_4b50_u32.to_le_bytes());
        common(&mut bytes);
        bytes.extend(&*name);
        bytes.extend(*content);
        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend([20, 0]);
        common(&mut directory);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(&*name);
    }
    let (count, start) =
        (u16::try_from(files.len()).expect("few"), u32::try_from(bytes.len()).expect("small"));
    let size = u32::try_from(directory.len()).expect("small");
    bytes.extend(directory);
    bytes.extend(0x0605_4b50_u32.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// A zip whose entries say that they are encrypted.
pub(crate) fn locked(mut zip: Vec<u8>) -> Vec<u8> {
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = memchr::memmem::find_iter(&zip, signature).collect();
        for at in places {
            zip[at + flags] |= 1;
        }
    }
    zip
}

/// A 7z with these names and contents.
pub(crate) fn seven_zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = sevenz_rust2::ArchiveWriter::new(Cursor::new(Vec::new())).expect("an archive");
    for (name, bytes) in files {
        let entry = sevenz_rust2::ArchiveEntry::new_file(name);
        out.push_archive_entry(entry, Some(*bytes)).expect("an entry");
    }
    out.finish().expect("an archive").into_inner()
}

/// A 7z as [`seven_zip`] makes it, which says that it is packed by the method of this id.
fn packed_by(mut archive: Vec<u8>, id: &[u8]) -> Vec<u8> {
    const LZMA2: &[u8] = &[0x21, 0x21, 0x01];
    let offset = u64::from_le_bytes(archive[12..20].try_into().expect("eight bytes"));
    let header = 32 + usize::try_from(offset).expect("an offset");
    let at = header + memchr::memmem::find(&archive[header..], LZMA2).expect("the method");
    let flags = 0x20 | u8::try_from(id.len()).expect("a short id");
    archive.splice(at..at + LZMA2.len(), [&[flags], id, &[1]].concat());
    let size = u64::try_from(archive.len() - header).expect("a size");
    let digest = crc32fast::hash(&archive[header..]);
    archive[20..28].copy_from_slice(&size.to_le_bytes());
    archive[28..32].copy_from_slice(&digest.to_le_bytes());
    let digest = crc32fast::hash(&archive[12..32]);
    archive[8..12].copy_from_slice(&digest.to_le_bytes());
    archive
}

/// A file of an archive: its path, and its content or why there is none.
type Inside = (String, Result<Vec<u8>, Problem>);

fn unpacked(archive: &[u8], name: &str) -> Result<Vec<Inside>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, out) = (folder.path().join("archive"), folder.path().join("out"));
    fs::write(&file, archive).expect("the archive");
    fs::create_dir(&out).expect("a folder");
    let items = unpack(&file, name, &out).map_err(|error| error.to_string())?;
    let inside: Vec<_> = items
        .into_iter()
        .map(|Item { path, at }| {
            let bytes = at.map(|at| {
                assert!(at.canonicalize().expect("a path").starts_with(out.canonicalize().expect("a path")));
                fs::read(at).expect("the file")
            });
            (path, bytes)
        })
        .collect();
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(left.len(), 2, "nothing leaves the folder");
    let stored = walk(&out);
    assert_eq!(stored, inside.iter().filter(|(_, bytes)| bytes.is_ok()).count(), "nothing else is stored");
    Ok(inside)
}

fn walk(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

fn file(path: &str, bytes: &[u8]) -> Inside {
    (path.to_owned(), Ok(bytes.to_vec()))
}

#[test]
fn names_of_chinese_systems_are_read() {
    let files: &[(&str, &[u8])] = &[("教育局/校舍维修改造.xlsx", b"one"), ("教育局\\操场.xlsx", b"two")];
    let wanted = Ok(vec![
        file("申报.zip/教育局/校舍维修改造.xlsx", b"one"),
        file("申报.zip/教育局/操场.xlsx", b"two"),
    ]);
    assert_eq!(unpacked(&gbk_zip(files), "申报.zip"), wanted);
    assert_eq!(unpacked(&zip(files), "申报.zip"), wanted);
    assert_eq!(unpacked(&seven_zip(files), "申报.zip"), wanted);
}

#[test]
fn a_name_in_unicode_beside_one_that_is_none_counts() {
    // The field stands in the directory; the name's checksum ties it to the name.
    let mut bytes = gbk_zip(&[("??.xlsx", b"one")]);
    let at = memchr::memmem::rfind(&bytes, b"PK\x01\x02").expect("the directory");
    let shown = "养护.xlsx".as_bytes();
    let mut extra = 0x7075_u16.to_le_bytes().to_vec();
    extra.extend(u16::try_from(shown.len() + 5).expect("short").to_le_bytes());
    extra.push(1);
    extra.extend(crc32fast::hash(b"??.xlsx").to_le_bytes());
    extra.extend(shown);
    let len = u16::try_from(extra.len()).expect("short");
    bytes[at + 30..at + 32].copy_from_slice(&len.to_le_bytes());
    let behind = at + 46 + "??.xlsx".len();
    bytes.splice(behind..behind, extra);
    let end = memchr::memmem::rfind(&bytes, b"PK\x05\x06").expect("the end");
    let size = u32::try_from(end - at).expect("small");
    bytes[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    assert_eq!(unpacked(&bytes, "a.zip"), Ok(vec![file("a.zip/养护.xlsx", b"one")]));
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let files: &[(&str, &[u8])] = &[
        ("../../etc/passwd", b"1"),
        ("/tmp/a", b"2"),
        ("C:\\Windows\\b", b"3"),
        ("a/./../c", b"4"),
        ("CON", b"5"),
    ];
    let wanted = vec![
        file("a.zip/etc/passwd", b"1"),
        file("a.zip/tmp/a", b"2"),
        file("a.zip/C:/Windows/b", b"3"),
        file("a.zip/a/c", b"4"),
        file("a.zip/CON", b"5"),
    ];
    assert_eq!(unpacked(&gbk_zip(files), "a.zip"), Ok(wanted));
}

#[test]
fn links_are_not_followed() {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    out.add_symlink("养护.xlsx", "/etc/passwd", SimpleFileOptions::default()).expect("a link");
    let bytes = out.finish().expect("an archive").into_inner();
    assert_eq!(unpacked(&bytes, "a.zip"), Ok(vec![("a.zip/养护.xlsx".to_owned(), Err(Problem::Link))]));
}

#[test]
fn archives_in_archives_are_unpacked_three_deep() {
    let deepest = zip(&[("丁.xlsx", b"4")]);
    let third = zip(&[("丙.xlsx", b"3"), ("四.zip", &deepest)]);
    let second = seven_zip(&[("乙.xlsx", b"2"), ("三.zip", &third)]);
    let first = zip(&[("甲.xlsx", b"1"), ("二.7z", &second), ("旧.rar", b"Rar!\x1A\x07\x01\0")]);
    let wanted = vec![
        file("一.zip/甲.xlsx", b"1"),
        file("一.zip/二.7z/乙.xlsx", b"2"),
        file("一.zip/二.7z/三.zip/丙.xlsx", b"3"),
        ("一.zip/二.7z/三.zip/四.zip".to_owned(), Err(Problem::Nested)),
        ("一.zip/旧.rar".to_owned(), Err(Problem::Archive)),
    ];
    assert_eq!(unpacked(&first, "一.zip"), Ok(wanted));
}

#[test]
fn a_password_is_called_a_password() {
    let inner = locked(zip(&[("乙.xlsx", b"2")]));
    assert_eq!(unpacked(&inner, "a.zip"), Err("压缩包有密码，没有解压。".to_owned()));
    let outer = zip(&[("甲.xlsx", b"1"), ("密.zip", &inner)]);
    let wanted = vec![file("a.zip/甲.xlsx", b"1"), ("a.zip/密.zip".to_owned(), Err(Problem::Password))];
    assert_eq!(unpacked(&outer, "a.zip"), Ok(wanted));
}

/// The reader opens neither what is encrypted nor what is packed in a way of its own; of an archive in another it is said
/// which of these it is.
#[test]
fn why_a_7z_is_not_opened_is_said_also_within_another() {
    for (id, problem) in [(&[0x06, 0xF1, 0x07, 0x01][..], Problem::Password), (&[0x7F][..], Problem::Method)]
    {
        let inner = packed_by(seven_zip(&[("乙.xlsx", b"2")]), id);
        assert_eq!(unpacked(&inner, "a.7z"), Err(format!("{}。", problem.message())));
        let outer = zip(&[("甲.xlsx", b"1"), ("密.7z", &inner)]);
        let wanted = vec![file("a.zip/甲.xlsx", b"1"), ("a.zip/密.7z".to_owned(), Err(problem))];
        assert_eq!(unpacked(&outer, "a.zip"), Ok(wanted));
    }
}

#[test]
fn what_is_damaged_stops_only_itself() {
    let mut bytes = gbk_zip(&[("甲.xlsx", b"first"), ("乙.xlsx", b"second")]);
    let at = memchr::memmem::find(&bytes, b"first").expect("stored");
    bytes[at] = b'F';
    let wanted = vec![("a.zip/甲.xlsx".to_owned(), Err(Problem::Damaged)), file("a.zip/乙.xlsx", b"second")];
    assert_eq!(unpacked(&bytes, "a.zip"), Ok(wanted));
    let cut = zip(&[("甲.xlsx", b"1")]);
    let outer = zip(&[("断.zip", &cut[..cut.len() - 30]), ("乙.xlsx", b"2")]);
    let wanted = vec![("a.zip/断.zip".to_owned(), Err(Problem::Damaged)), file("a.zip/乙.xlsx", b"2")];
    assert_eq!(unpacked(&outer, "a.zip"), Ok(wanted));
    assert!(unpacked(&cut[..cut.len() - 30], "a.zip").is_err());
    let whole = seven_zip(&[("甲.xlsx", &[7; 4000])]);
    assert!(unpacked(&whole[..whole.len() - 9], "a.7z").is_err());
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = zip(&[("甲.xlsx", &vec![0; 64 * 1024 * 1024])]);
    assert!(unpacked(&bomb, "a.zip").is_err_and(|said| said.contains("压缩比过高")));
    let bomb = seven_zip(&[("甲.xlsx", &vec![0; 64 * 1024 * 1024])]);
    assert!(unpacked(&bomb, "a.7z").is_err_and(|said| said.contains("内容过多")));
}

#[test]
fn a_name_with_a_secrecy_mark_is_not_unpacked() {
    let files: &[(&str, &[u8])] = &[("秘密★10年/甲.xlsx", b"1"), ("乙.xlsx", b"2")];
    for archive in [gbk_zip(files), seven_zip(files)] {
        let wanted =
            vec![("a.zip/秘密★10年/甲.xlsx".to_owned(), Err(Problem::Marked)), file("a.zip/乙.xlsx", b"2")];
        assert_eq!(unpacked(&archive, "a.zip"), Ok(wanted));
    }
}
