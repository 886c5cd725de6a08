//! Files that would harm a reader: handed back, with the service alive and the others served.

use std::fs;
use std::io::{Read as _, Write as _};

use zip::write::SimpleFileOptions;

use super::{Place, form};

/// A package with one part changed or added.
pub(super) fn with_part(bytes: &[u8], part: &str, change: impl Fn(String) -> Vec<u8>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut found = false;
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("its bytes");
        if name == part {
            found = true;
            content = change(String::from_utf8(content).expect("text"));
        }
        out.start_file(name, options).expect("an entry");
        out.write_all(&content).expect("its bytes");
    }
    assert!(found, "{part} is a part");
    out.finish().expect("a package").into_inner()
}

#[test]
fn hostile_files_stop_nothing() {
    let place = Place::new();
    let good = form("甲项目");
    let far = |text: String| {
        let (head, rest) = text.split_once("<sheetData>").expect("rows");
        let (_, tail) = rest.split_once("</sheetData>").expect("rows");
        let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                    <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
        format!("{head}<sheetData>{rows}</sheetData>{tail}").into_bytes()
    };
    let forged = |text: String| {
        let (head, rest) = text.split_once("uniqueCount=\"").expect("a count");
        let (_, tail) = rest.split_once('"').expect("a count");
        format!("{head}uniqueCount=\"4294967295\"{tail}").into_bytes()
    };
    let bomb = |text: String| {
        let (head, tail) = text.split_once("<sheetData>").expect("rows");
        format!("{head}{}<sheetData>{tail}", " ".repeat(48 * 1024 * 1024)).into_bytes()
    };
    let sheet = "xl/worksheets/sheet1.xml";
    let mut password = vec![0_u8; 4096];
    password[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let bad = [
        ("远.xlsx", with_part(&good, sheet, far)),
        ("伪造.xlsx", with_part(&good, "xl/sharedStrings.xml", forged)),
        ("炸弹.xlsx", with_part(&good, sheet, bomb)),
        ("截断.xlsx", good[..good.len() / 2].to_vec()),
        ("文本.xlsx", "这不是工作簿".as_bytes().to_vec()),
        ("坏.xls", password),
    ];
    for (name, bytes) in &bad {
        place.drop(name, bytes);
    }
    place.drop("好.xlsx", &good);
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(place.results_are_whole(), 1);
    place.is_tidy();
    for (name, bytes) in &bad {
        assert_eq!(&fs::read(place.at("rejected").join(name)).expect(name), bytes, "{name} is untouched");
        // The receipt of an old format has its ending, so that it tells whose it is.
        let receipt = name.strip_suffix(".xlsx").unwrap_or(name);
        let text = place.text(&format!("rejected/{receipt}.回执.txt"));
        assert!(text.contains("原    因：") && text.contains("接下来怎么办"), "{text}");
    }
}

#[test]
fn a_file_has_its_limits() {
    let place = Place::new();
    place.drop("大.xlsx", &vec![7_u8; 1024 * 1024 + 1]);
    assert_eq!(place.once(&["--max-size", "1"]).status.code(), Some(3));
    assert!(place.text("rejected/大.回执.txt").contains("文件太大"));
    place.drop("甲.xlsx", &form("甲"));
    // Too little for the program itself: it dies in the worker, and the service goes on.
    if cfg!(target_os = "linux") {
        assert_eq!(place.once(&["--max-memory", "24"]).status.code(), Some(3));
        assert!(place.text("rejected/甲.回执.txt").contains("内存或时间用尽"));
    }
    place.is_tidy();
}
