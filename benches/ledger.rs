//! Ledgers of a million rows as the programs of this world write them: the whole command, from file to printed
//! reconciliation, against inflating the parts that it must read, in pairs.
//!
//! `cargo bench --bench ledger [-- ENTRIES | FILE.xlsx…]`: ledgers made here after the programs' habits, or files that
//! those programs wrote themselves (`benches/ledgers-of-programs.sh` has them written). It fails above its limits (two
//! cores): 2.5 times inflating by the wall clock, 3.5 times by processor time; memory of 64 MiB, one table of shared strings,
//! and 16 bytes an entry; and for `check` and `score` of a folder with a form and the ledger 1.3 times `reconcile`, and the
//! copy of the ledger: its marks stand in the sheet, so that `score` inflates and deflates it anew, and inflates what it wrote
//! to check it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a benchmark"
)]
#![allow(clippy::disallowed_types, clippy::float_arithmetic, reason = "times")]
#![allow(missing_docs, reason = "a benchmark")]

mod form;
#[path = "../tests/it/ledger_gen.rs"]
mod ledger_gen;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use form::FORM;
use ledger_gen::{GenCell, Layout, TITLE_ROWS, cents};

#[path = "../tests/it/workbook_pages.rs"]
mod workbook_pages;

/// Times inflating by the wall clock at most.
const MOST_WALL: f64 = 2.5;
/// Times inflating by processor time at most.
const MOST_PROCESSOR: f64 = 3.5;
/// Times reconciling at most, for a command that does more with a folder.
const MOST_OF_FOLDER: f64 = 1.3;
/// MiB at most, beside the strings and the entries.
const MOST_MEMORY: u64 = 64;
/// Bytes of an entry at most.
const BYTES_OF_ENTRY: u64 = 16;
/// How hard a part is deflated; as the program does.
const DEFLATE: i64 = 3;
const STRINGS: &str = "xl/sharedStrings.xml";

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
}

impl Shared {
    fn number(&mut self, text: String, (before, behind): (&str, &str)) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(text).or_insert_with_key(|text| {
            write!(self.xml, "{before}{text}{behind}").unwrap();
            next
        })
    }
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
fn write(path: &Path, entries: u64, habit: &Habit) -> String {
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
    cents(truth.spending)
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
    for part in [STRINGS, "xl/worksheets/sheet1.xml"] {
        // What writes texts beside the numbers has no shared strings.
        let Ok(mut part) = archive.by_name(part) else { continue };
        bytes += std::io::copy(&mut part, &mut std::io::sink()).unwrap();
    }
    (Cost { wall: start.elapsed().as_secs_f64(), processor: processor(11) - before, peak: 0 }, bytes)
}

/// Reconciles a file, and holds that to the spending where it is known.
fn reconcile(path: &Path, spending: Option<&str>) -> (Cost, u64) {
    let (cost, said) = run(&["reconcile".as_ref(), path.as_os_str()]);
    let total = format!("明细账支出合计：{}", spending.unwrap_or_default());
    assert!(said.contains(&total), "{total}: {said}");
    let entries = said.split(" 笔分录").next().and_then(|said| said.rsplit('（').next());
    (cost, entries.and_then(|entries| entries.parse().ok()).unwrap_or(0))
}

/// Runs the program to its end; what it cost, and what it said.
fn run(args: &[&OsStr]) -> (Cost, String) {
    let (start, before) = (Instant::now(), processor(13));
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    let mut run = command.args(args).stdout(Stdio::piped()).spawn().unwrap();
    let mut peak = 0;
    while run.try_wait().unwrap().is_none() {
        peak = peak.max(held(run.id()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    }
    let wall = start.elapsed().as_secs_f64();
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    (Cost { wall, processor: processor(13) - before, peak: peak / 1024 }, said)
}

/// The bytes that a reader needs for the shared strings of a file: their texts, and four for where each ends.
fn strings(path: &Path) -> u64 {
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path).unwrap())).unwrap();
    let mut text = String::new();
    let Ok(mut part) = archive.by_name(STRINGS) else { return 0 };
    part.read_to_string(&mut text).unwrap();
    let bytes: usize =
        text.split('<').map(|piece| piece.split_once('>').map_or(0, |(_, text)| text.len())).sum();
    u64::try_from(bytes + 4 * text.matches("<si>").count()).unwrap()
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

/// Writes a workbook anew with all its parts deflated again, as whatever puts a word into a sheet must, and reads what it wrote.
fn copy_anew(ledger: &Path, copy: &Path) {
    let mut from = zip::ZipArchive::new(BufReader::new(File::open(ledger).unwrap())).unwrap();
    let mut to = zip::ZipWriter::new(BufWriter::new(File::create(copy).unwrap()));
    let options = zip::write::SimpleFileOptions::default().large_file(true).compression_level(Some(DEFLATE));
    for number in 0..from.len() {
        let mut part = from.by_index(number).unwrap();
        to.start_file(part.name().unwrap().into_owned(), options).unwrap();
        std::io::copy(&mut part, &mut to).unwrap();
    }
    to.finish().unwrap();
    inflate(copy);
}

fn median(of: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = of.collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Times a file in pairs and prints the row of the table; says what is above its limit.
fn compare(who: &str, path: &Path, spending: Option<&str>) -> Vec<String> {
    const RUNS: usize = 5;
    let pairs: Vec<(Cost, (Cost, u64))> =
        (0..RUNS).map(|_| (inflate(path).0, reconcile(path, spending))).collect();
    let of = |pick: fn(&(Cost, (Cost, u64))) -> f64| median(pairs.iter().map(pick));
    let (wall, processor) =
        (of(|pair| pair.1.0.wall / pair.0.wall), of(|pair| pair.1.0.processor / pair.0.processor));
    let peak = pairs.iter().map(|pair| pair.1.0.peak).max().unwrap_or(0);
    let entries = pairs.iter().map(|pair| pair.1.1).max().unwrap_or(0);
    let bound = MOST_MEMORY + (strings(path) + BYTES_OF_ENTRY * entries).div_ceil(1024 * 1024);
    println!(
        "{who:28} {:4} MB  {:5.2} {:5.2}  {:5.2} {:5.2}  x{wall:.2} x{processor:.2}  {peak:4} of {bound}",
        inflate(path).1 / 1_000_000,
        of(|pair| pair.0.wall),
        of(|pair| pair.0.processor),
        of(|pair| pair.1.0.wall),
        of(|pair| pair.1.0.processor),
    );
    let above = |what: &str, is: f64, most: f64| {
        (is > most).then(|| format!("{who}: {what} {is:.2}, at most {most:.2}"))
    };
    let memory = (peak > bound).then(|| format!("{who}: {peak} MiB, at most {bound}"));
    [above("wall", wall, MOST_WALL), above("processor", processor, MOST_PROCESSOR), memory]
        .into_iter()
        .flatten()
        .collect()
}

/// The same for a folder that holds a form and the ledger: what `check` and `score` take beside `reconcile` of the folder.
fn folder(who: &str, ledger: &Path) -> Vec<String> {
    const RUNS: usize = 5;
    let place = tempfile::tempdir().unwrap();
    let (inbox, out, copy) =
        (place.path().join("材料"), place.path().join("结果"), place.path().join("副本"));
    std::fs::create_dir(&inbox).unwrap();
    workbook_pages::write(&[FORM], &inbox);
    std::fs::copy(ledger, inbox.join("明细账.xlsx")).unwrap();
    let mut failures = Vec::new();
    for command in ["check", "score"] {
        let mut args = vec![command.as_ref(), inbox.as_os_str()];
        if command == "score" {
            args.extend(["--out".as_ref(), out.as_os_str()]);
        }
        let mut ratios = Vec::new();
        for _ in 0..RUNS {
            let (plain, said) = run(&["reconcile".as_ref(), inbox.as_os_str()]);
            assert!(said.contains("明细账支出合计"), "{said}");
            let start = Instant::now();
            match command {
                "score" => copy_anew(ledger, &copy),
                _ => drop(std::fs::copy(ledger, &copy).unwrap()),
            }
            let copied = start.elapsed().as_secs_f64();
            let (cost, _) = run(&args);
            ratios.push((cost.wall - copied) / plain.wall);
        }
        let ratio = median(ratios.into_iter());
        println!("{who:28} {command} of a folder x{ratio:.2}");
        if ratio > MOST_OF_FOLDER {
            failures.push(format!("{who}: {command} of a folder {ratio:.2}, at most {MOST_OF_FOLDER:.2}"));
        }
    }
    failures
}

fn main() {
    const COLUMNS: &str = "wall s, processor s, of inflating and of the command; ratios; MiB of at most";
    let args: Vec<String> = std::env::args().skip(1).collect();
    let files: Vec<&Path> = args.iter().map(Path::new).filter(|arg| arg.is_file()).collect();
    let mut failures = Vec::new();
    if !files.is_empty() {
        println!("{COLUMNS}");
    }
    for file in &files {
        let who = file.file_stem().unwrap_or_default().to_string_lossy();
        failures.extend(compare(&who, file, None));
    }
    let given = args.iter().find_map(|arg| arg.parse().ok());
    let sizes: Vec<u64> = given.map_or_else(|| vec![200_000, 1_000_000], |entries| vec![entries]);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("ledger.xlsx");
    for entries in sizes.into_iter().filter(|_| files.is_empty()) {
        assert!(u64::from(TITLE_ROWS) < entries);
        println!("{entries} entries: {COLUMNS}");
        for (number, habit) in HABITS.iter().enumerate() {
            let spending = write(&path, entries, habit);
            failures.extend(compare(habit.who, &path, Some(&spending)));
            if number == 0 {
                failures.extend(folder(habit.who, &path));
            }
        }
    }
    assert!(failures.is_empty(), "above the limits:\n{}", failures.join("\n"));
}
