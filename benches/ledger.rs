//! Ledgers of a million rows as the programs of this world write them: the whole command, from file to printed
//! reconciliation, against inflating the parts that it must read, in pairs.
//!
//! `cargo bench --bench ledger [-- ENTRIES | FILE.xlsx…]`: ledgers made here after the programs' habits, or files that
//! those programs wrote themselves. Targets (two cores): at most 2.5 times inflating by the wall clock, 3.5 times
//! by processor time; memory at most 64 MiB, one table of shared strings, and 16 bytes an entry.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a benchmark"
)]
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "times")]
#![allow(missing_docs, reason = "a benchmark")]

#[path = "../tests/it/ledger_gen.rs"]
mod ledger_gen;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ledger_gen::{GenCell, Layout, TITLE_ROWS, cents};

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

/// How a program writes.
struct Habit {
    who: &'static str,
    texts: Texts,
    /// Attributes of a row, behind its number.
    row: &'static str,
    /// The type of a number.
    number: &'static str,
    /// The style of a text.
    text: &'static str,
    /// What stands around a shared string.
    string: (&'static str, &'static str),
    merges: bool,
}

const PLAIN: (&str, &str) = ("<si><t>", "</t></si>");
const HABITS: [Habit; 9] = [
    Habit {
        who: "XlsxWriter, constant memory",
        texts: Texts::Inline,
        row: "",
        number: "",
        text: "",
        string: PLAIN,
        merges: false,
    },
    Habit {
        who: "XlsxWriter",
        texts: Texts::Distinct,
        row: " spans=\"1:8\"",
        number: "",
        text: "",
        string: PLAIN,
        merges: true,
    },
    Habit {
        who: "openpyxl",
        texts: Texts::Distinct,
        row: "",
        number: " t=\"n\"",
        text: "",
        string: PLAIN,
        merges: true,
    },
    Habit {
        who: "openpyxl, write-only",
        texts: Texts::Inline,
        row: "",
        number: " t=\"n\"",
        text: "",
        string: PLAIN,
        merges: false,
    },
    Habit {
        who: "POI SXSSF",
        texts: Texts::Inline,
        row: "",
        number: " t=\"n\"",
        text: " s=\"0\"",
        string: PLAIN,
        merges: false,
    },
    Habit {
        who: "EasyExcel",
        texts: Texts::Inline,
        row: " ht=\"18.0\" customHeight=\"true\"",
        number: " t=\"n\"",
        text: " s=\"0\"",
        string: PLAIN,
        merges: true,
    },
    Habit {
        who: "SheetJS",
        texts: Texts::Distinct,
        row: "",
        number: "",
        text: "",
        string: PLAIN,
        merges: false,
    },
    Habit {
        who: "LibreOffice",
        texts: Texts::Distinct,
        row: " customFormat=\"false\" ht=\"12.8\" hidden=\"false\" customHeight=\"false\" outlineLevel=\"0\" collapsed=\"false\"",
        number: " t=\"n\"",
        text: " s=\"0\"",
        string: ("<si><t xml:space=\"preserve\">", "</t></si>"),
        merges: true,
    },
    Habit {
        who: "WPS",
        texts: Texts::Few,
        row: " spans=\"1:8\"",
        number: "",
        text: " s=\"0\"",
        string: ("<si><t>", "</t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si>"),
        merges: true,
    },
];

/// The shared strings of a workbook.
#[derive(Default)]
struct Shared {
    numbers: HashMap<String, usize>,
    xml: String,
    /// Bytes that a reader needs for them: the texts, and four for where each ends.
    size: u64,
}

impl Shared {
    fn number(&mut self, text: String, (before, behind): (&str, &str)) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(text).or_insert_with_key(|text| {
            write!(self.xml, "{before}{text}{behind}").unwrap();
            self.size += u64::try_from(text.len()).unwrap() + 4;
            next
        })
    }
}

/// What was written.
struct Written {
    spending: String,
    /// Bytes of the shared strings.
    table: u64,
}

/// The titles of the columns.
fn header(layout: &Layout) -> Vec<(u32, GenCell)> {
    let columns = &layout.locators()[0].columns;
    let titles = [
        (columns.date, "日期"),
        (columns.voucher, "凭证字号"),
        (columns.summary, "摘要"),
        (columns.account_code, "科目编码"),
        (columns.account_name, "科目名称"),
        (columns.debit, "借方金额"),
        (columns.credit, "贷方金额"),
        (columns.direction, "方向"),
        (columns.balance, "余额"),
    ];
    titles.into_iter().filter_map(|(col, title)| Some((col?, GenCell::Text(title.to_owned())))).collect()
}

/// Writes the ledger as a workbook.
fn write(path: &Path, entries: u64, habit: &Habit) -> Written {
    let layout = Layout::default();
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
    let truth = layout.generate(1, entries, &mut |_, mut cells| {
        row += 1;
        if row == TITLE_ROWS {
            cells = header(&layout);
        }
        write!(xml, "<row r=\"{row}\"{}>", habit.row).unwrap();
        for (col, cell) in cells {
            let at = char::from(b'A' + u8::try_from(col).unwrap());
            match cell {
                GenCell::Text(mut text) if habit.texts != Texts::Inline => {
                    if habit.texts == Texts::Few && col == summary {
                        text.retain(|c| !c.is_ascii_digit());
                    }
                    let number = shared.number(text, habit.string);
                    write!(xml, "<c r=\"{at}{row}\"{} t=\"s\"><v>{number}</v></c>", habit.text)
                }
                GenCell::Text(text) => {
                    write!(xml, "<c r=\"{at}{row}\"{} t=\"inlineStr\"><is><t>{text}</t></is></c>", habit.text)
                }
                GenCell::Number(number) | GenCell::Red(number) => {
                    write!(xml, "<c r=\"{at}{row}\" s=\"2\"{}><v>{number}</v></c>", habit.number)
                }
                GenCell::Date(y, m, d) => {
                    write!(xml, "<c r=\"{at}{row}\" s=\"1\"{}><v>{}</v></c>", habit.number, serial(y, m, d))
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
    zip.write_all(b"</sheetData>").unwrap();
    if habit.merges {
        zip.write_all(b"<mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells>").unwrap();
    }
    zip.write_all(b"</worksheet>").unwrap();
    zip.start_file("xl/sharedStrings.xml", options).unwrap();
    zip.write_all(b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">").unwrap();
    zip.write_all(shared.xml.as_bytes()).unwrap();
    zip.write_all(b"</sst>").unwrap();
    zip.finish().unwrap();
    Written { spending: cents(truth.spending), table: shared.size }
}

/// What a run costs.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    processor: f64,
    /// In MiB.
    peak: u64,
}

/// Inflates the parts that must be read, and gives the bytes.
fn inflate(path: &Path) -> (Cost, u64) {
    let (start, before) = (Instant::now(), processor(11));
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path).unwrap())).unwrap();
    let mut bytes = 0;
    for part in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
        // What writes texts beside the numbers has no shared strings.
        let Ok(mut part) = archive.by_name(part) else { continue };
        bytes += std::io::copy(&mut part, &mut std::io::sink()).unwrap();
    }
    (Cost { wall: start.elapsed().as_secs_f64(), processor: processor(11) - before, peak: 0 }, bytes)
}

/// Runs the program, and holds it to the spending where that is known.
fn reconcile(path: &Path, spending: Option<&str>) -> Cost {
    let (start, before) = (Instant::now(), processor(13));
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    let mut run = command.arg("reconcile").arg(path).stdout(Stdio::piped()).spawn().unwrap();
    let mut peak = 0;
    while run.try_wait().unwrap().is_none() {
        peak = peak.max(held(run.id()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    }
    let wall = start.elapsed().as_secs_f64();
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let total = format!("明细账支出合计：{}", spending.unwrap_or_default());
    assert!(said.contains(&total), "{total}: {said}");
    Cost { wall, processor: processor(13) - before, peak: peak / 1024 }
}

/// Processor time in seconds: of this process (field 11 behind its name), or of those it waited for (13) (Linux). On a
/// busy machine it says more than the wall clock.
fn processor(field: usize) -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(field).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that a process ever held, in KiB (Linux).
fn held(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok()
}

fn median(of: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = of.collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Times a file in pairs and prints the row of the table; `bound` is the memory it may take, where that is known.
fn compare(who: &str, path: &Path, spending: Option<&str>, bound: Option<u64>) {
    const RUNS: usize = 5;
    let pairs: Vec<(Cost, Cost)> = (0..RUNS).map(|_| (inflate(path).0, reconcile(path, spending))).collect();
    let of = |pick: fn(&(Cost, Cost)) -> f64| median(pairs.iter().map(pick));
    println!(
        "{who:28} {:4} MB  {:5.2} {:5.2}  {:5.2} {:5.2}  x{:.2} x{:.2}  {:4} of {}",
        inflate(path).1 / 1_000_000,
        of(|pair| pair.0.wall),
        of(|pair| pair.0.processor),
        of(|pair| pair.1.wall),
        of(|pair| pair.1.processor),
        of(|pair| pair.1.wall / pair.0.wall),
        of(|pair| pair.1.processor / pair.0.processor),
        pairs.iter().map(|pair| pair.1.peak).max().unwrap_or(0),
        bound.map_or_else(|| "?".to_owned(), |bound| bound.to_string()),
    );
}

fn main() {
    const COLUMNS: &str = "wall s, processor s, of inflating and of the command; ratios; MiB of at most";
    let args: Vec<String> = std::env::args().skip(1).collect();
    let files: Vec<&Path> = args.iter().map(Path::new).filter(|arg| arg.is_file()).collect();
    if !files.is_empty() {
        println!("{COLUMNS}");
        for file in files {
            compare(&file.display().to_string(), file, None, None);
        }
        return;
    }
    let given = args.iter().find_map(|arg| arg.parse().ok());
    let sizes: Vec<u64> = given.map_or_else(|| vec![200_000, 1_000_000], |entries| vec![entries]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.xlsx");
    for entries in sizes {
        assert!(u64::from(TITLE_ROWS) < entries);
        println!("{entries} entries: {COLUMNS}");
        for habit in &HABITS {
            let written = write(&path, entries, habit);
            let bound = 64 + (written.table + 16 * entries).div_ceil(1024 * 1024);
            compare(habit.who, &path, Some(&written.spending), Some(bound));
        }
    }
}
