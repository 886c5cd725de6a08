//! A ledger of a million rows: raw inflate, calamine's cell reader, and the whole reconciliation, in one run.
//!
//! `cargo bench --bench ledger [-- ENTRIES]`. Targets (two cores): the reconciliation takes at most 2.2 times raw
//! inflate and 0.35 times calamine's cell reader summing one column. Its memory is at most 64 MiB, the table of shared
//! strings where there is one, and 16 bytes an entry; each measurement of it is a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a benchmark"
)]
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "times, and what calamine gives")]
#![allow(missing_docs, reason = "a benchmark")]

#[path = "../tests/it/ledger_gen.rs"]
mod ledger_gen;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use calamine::Reader as _;
use jixiao::model::{Amount, AmountKind, Case, Entry, MoneyUnit, Project};
use jixiao::reconcile::{self, Settings};
use jixiao::sheet::{Cell, RowSource, SheetStream};
use ledger_gen::{GenCell, Layout, TITLE_ROWS, Truth, YEAR, cents};

const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="明细账1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/><xf numFmtId="4" fontId="0"/></cellXfs></styleSheet>"#,
    ),
];

fn serial(year: i16, month: i8, day: i8) -> i64 {
    let (y, m, d) = (i64::from(year), i64::from(month), i64::from(day));
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d - 1 - 693_899
}

/// How the texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Texts {
    Inline,
    /// As shared strings, every 摘要 another one.
    Distinct,
    /// As shared strings, with a few 摘要 over and over.
    Few,
}

/// The shared strings of a workbook.
#[derive(Default)]
struct Shared {
    numbers: HashMap<String, usize>,
    xml: String,
    /// Bytes that a reader needs for them: the texts, and four for where each ends.
    size: u64,
}

impl Shared {
    fn number(&mut self, text: String) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(text).or_insert_with_key(|text| {
            write!(self.xml, "<si><t>{text}</t></si>").unwrap();
            self.size += u64::try_from(text.len()).unwrap() + 4;
            next
        })
    }
}

/// What was written.
struct Written {
    rows: u32,
    truth: Truth,
    /// Bytes of the shared strings.
    table: u64,
}

/// Writes the ledger as a workbook.
fn write(path: &Path, layout: &Layout, entries: u64, texts: Texts) -> Written {
    let mut zip = zip::ZipWriter::new(BufWriter::new(File::create(path).unwrap()));
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    for (name, text) in PARTS {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    zip.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>").unwrap();
    let mut row = 0_u32;
    let summary = layout.locators()[0].columns.summary.unwrap();
    let mut shared = Shared::default();
    let mut xml = String::new();
    let truth = layout.generate(1, entries, &mut |_, cells| {
        row += 1;
        write!(xml, "<row r=\"{row}\">").unwrap();
        for (col, cell) in cells {
            let at = char::from(b'A' + u8::try_from(col).unwrap());
            match cell {
                GenCell::Text(mut text) if texts != Texts::Inline => {
                    if texts == Texts::Few && col == summary {
                        text.retain(|c| !c.is_ascii_digit());
                    }
                    write!(xml, "<c r=\"{at}{row}\" t=\"s\"><v>{}</v></c>", shared.number(text))
                }
                GenCell::Text(text) => {
                    write!(xml, "<c r=\"{at}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                }
                GenCell::Number(number) | GenCell::Red(number) => {
                    write!(xml, "<c r=\"{at}{row}\" s=\"2\"><v>{number}</v></c>")
                }
                GenCell::Date(y, m, d) => {
                    write!(xml, "<c r=\"{at}{row}\" s=\"1\"><v>{}</v></c>", serial(y, m, d))
                }
                GenCell::Formula => write!(xml, "<c r=\"{at}{row}\"><f>1</f></c>"),
            }
            .unwrap();
        }
        xml.push_str("</row>");
        if xml.len() > 1 << 20 {
            zip.write_all(xml.as_bytes()).unwrap();
            xml.clear();
        }
    });
    zip.write_all(xml.as_bytes()).unwrap();
    zip.write_all(b"</sheetData></worksheet>").unwrap();
    zip.start_file("xl/sharedStrings.xml", options).unwrap();
    zip.write_all(b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">").unwrap();
    zip.write_all(shared.xml.as_bytes()).unwrap();
    zip.write_all(b"</sst>").unwrap();
    zip.finish().unwrap();
    Written { rows: row, truth, table: shared.size }
}

/// The best of three runs: time on the wall, processor time of this thread and of the others.
struct Best {
    wall: Duration,
    own: Duration,
    others: Duration,
}

fn best(mut run: impl FnMut()) -> Best {
    let mut best: Option<Best> = None;
    for _ in 0..3 {
        let (start, own, all) = (Instant::now(), processor("thread-self"), processor("self"));
        run();
        let own = processor("thread-self").saturating_sub(own);
        let now = Best {
            wall: start.elapsed(),
            own,
            others: processor("self").saturating_sub(all).saturating_sub(own),
        };
        if best.as_ref().is_none_or(|best| now.own < best.own) {
            best = Some(now);
        }
    }
    best.unwrap()
}

/// Processor time so far (Linux): on a busy machine it says more than the wall clock.
fn processor(whose: &str) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{whose}/stat")).unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(10 * ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>())
}

fn raw_inflate(path: &Path) -> u64 {
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path).unwrap())).unwrap();
    let mut entry = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::copy(&mut entry, &mut std::io::sink()).unwrap()
}

fn calamine_sum(path: &Path) -> f64 {
    let mut book = calamine::Xlsx::new(BufReader::new(File::open(path).unwrap())).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut sum = 0.0;
    while let Some(cell) = reader.next_cell().unwrap() {
        if cell.get_position().1 == 5
            && let calamine::DataRef::Float(value) = cell.get_value()
        {
            sum += value;
        }
    }
    sum
}

fn reconciliation(path: &Path, spending: &str, texts: Texts) {
    let layout = Layout::default();
    let stated = Amount {
        kind: AmountKind::Spent,
        label: "实际支出".to_owned(),
        entry: Entry { at: None, cell: Cell::text(spending) },
        unit: MoneyUnit::Yuan,
        written: None,
    };
    let case = Case {
        project: Project { year: Some(YEAR), ..Project::default() },
        amounts: vec![stated],
        ledgers: layout.locators(),
        ..Case::default()
    };
    let mut stream = SheetStream::new(File::open(path).unwrap());
    let mut sources: [&mut dyn RowSource; 1] = [&mut stream];
    let result = reconcile::run(&case, &mut sources, &Settings::default()).unwrap();
    let ledger = result.ledger.unwrap();
    assert_eq!(ledger.spending, Some(spending.parse().unwrap()), "{:?}", ledger.findings);
    // A few texts over and over make duplicates.
    let sound = result.findings.len() == 1 || texts == Texts::Few;
    assert!(sound, "the accrual caveat: {:?}", result.findings);
    assert!(!stream.fell_back());
}

/// The most memory this process ever held, in MiB (Linux).
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

/// The most memory that a process of its own needs for the reconciliation, beside the bound.
fn memory(path: &Path, entries: u64, texts: Texts, written: &Written) -> String {
    const MIB: u64 = 1024 * 1024;
    let name = if texts == Texts::Few { "few" } else { "distinct" };
    let mut run = Command::new(std::env::current_exe().unwrap());
    run.arg("--measure").arg(path).arg(cents(written.truth.spending)).arg(name);
    let output = run.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let peak = String::from_utf8(output.stdout).unwrap();
    let bound = 64 + (written.table + 16 * entries).div_ceil(MIB);
    format!("{texts:?} texts: peak {} MiB of {bound}, string table {} MiB", peak.trim(), written.table / MIB)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [measure, path, spending, texts, ..] = args.as_slice()
        && measure == "--measure"
    {
        let texts = if texts == "few" { Texts::Few } else { Texts::Distinct };
        reconciliation(Path::new(path), spending, texts);
        println!("{}", peak().unwrap_or_default());
        return;
    }
    let given = args.iter().find_map(|arg| arg.parse().ok());
    let sizes: Vec<u64> = given.map_or_else(|| vec![9_000, 90_000, 900_000], |entries| vec![entries]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.xlsx");
    let layout = Layout::default();
    for entries in sizes {
        assert!(u64::from(TITLE_ROWS) < entries);
        let mut lines = Vec::new();
        for texts in [Texts::Distinct, Texts::Few] {
            let written = write(&path, &layout, entries, texts);
            lines.push(memory(&path, entries, texts, &written));
        }
        let written = write(&path, &layout, entries, Texts::Inline);
        lines.push(memory(&path, entries, Texts::Inline, &written));
        let spending = cents(written.truth.spending);
        let ours = best(|| reconciliation(&path, &spending, Texts::Inline));
        let mut bytes = 0;
        let inflate = best(|| bytes = raw_inflate(&path));
        let calamine = best(|| assert!(calamine_sum(&path) > 0.0));
        let seconds = |time: Duration| time.as_secs_f64();
        let each = seconds(ours.wall) / f64::from(written.rows) * 1e9;
        println!("{} rows, {} MB of XML, {each:.0} ns a row", written.rows, bytes / 1_000_000);
        for line in lines {
            println!("  {line}");
        }
        for (name, best) in [("inflate", &inflate), ("calamine", &calamine), ("reconciliation", &ours)] {
            println!(
                "  {name:14} wall {:6.3} s   processor {:6.3} s + {:.3} s on other threads",
                seconds(best.wall),
                seconds(best.own),
                seconds(best.others)
            );
        }
        // On two cores that nobody else uses, the wall clock shows the busier thread.
        let busier = ours.own.max(ours.others);
        println!(
            "  wall: {:.2} x inflate, {:.2} x calamine; busier thread: {:.2} x inflate, {:.2} x calamine",
            seconds(ours.wall) / seconds(inflate.wall),
            seconds(ours.wall) / seconds(calamine.wall),
            seconds(busier) / seconds(inflate.own),
            seconds(busier) / seconds(calamine.own),
        );
    }
}
