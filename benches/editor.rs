//! The standard edit on a form of 22 rows and on a sheet of a million rows, against a raw zip copy and
//! against calamine's cell reader, in one run. Prints times, ratios and the peak memory of the large edit.
//!
//! `cargo bench --bench editor`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a bench fails by panicking"
)]

use std::fs::File;
use std::io::{BufReader, BufWriter, Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use jixiao::inner::xlsx::selftest::{Outcome, edit};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

const ROWS: u32 = 1_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).map(String::as_str) == Some("--memory") {
        let result = tempfile::tempfile().unwrap();
        standard_edit(&PathBuf::from(&arguments[2]), result);
        println!("{}", peak_memory_kib().unwrap_or(0));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (small, large) = (folder.path().join("form.xlsx"), folder.path().join("ledger.xlsx"));
    form(&small);
    ledger(&large);
    compare("22 rows", &small, 51);
    compare("1,000,000 rows", &large, 3);
    let output = Command::new(&arguments[0]).arg("--memory").arg(&large).output().unwrap();
    let kib: u64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0);
    println!("peak memory of the edit of 1,000,000 rows: {} MiB", kib / 1024);
}

fn compare(name: &str, file: &Path, runs: usize) {
    let edit = median(runs, || standard_edit(file, Cursor::new(Vec::new())));
    let copy = median(runs, || raw_copy(file));
    let read = median(runs, || read_cells(file));
    let ratio = |base: Duration| {
        let tenths = edit.as_micros() * 10 / base.as_micros().max(1);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    println!(
        "{name}: edit {edit:?}, raw copy {copy:?} (edit = {} x), calamine reads {read:?} (edit = {} x)",
        ratio(copy),
        ratio(read)
    );
}

fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

/// Formula with cached value, fill, note, and a grafted sheet with a chart; self-check included.
fn standard_edit<W: Read + Write + Seek>(file: &Path, mut out: W) {
    let source = BufReader::new(File::open(file).unwrap());
    let outcome = edit(source, None, None, &mut out).unwrap();
    assert!(matches!(outcome, Outcome::Written { .. }));
}

fn raw_copy(file: &Path) {
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(file).unwrap())).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        writer.raw_copy_file(archive.by_index_raw(at).unwrap()).unwrap();
    }
    writer.finish().unwrap();
}

fn read_cells(file: &Path) {
    let mut workbook: Xlsx<_> = calamine::open_workbook(file).unwrap();
    let sheet = workbook.sheet_names()[0].clone();
    let mut cells = workbook.worksheet_cells_reader(&sheet).unwrap();
    let mut count = 0_u64;
    while let Some(cell) = cells.next_cell().unwrap() {
        count += u64::from(cell.get_position().0 < ROWS + 10);
    }
    assert!(count > 0);
}

fn form(path: &Path) {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("评分表").unwrap();
    for row in 0..22 {
        for col in 0..10 {
            sheet.write_string(row, col, format!("指标说明第{row}行第{col}列")).unwrap();
        }
        sheet.write_number(row, 10, row).unwrap();
    }
    workbook.save(path).unwrap();
}

/// Written by hand: eight cells a row, as an accounting package exports them.
fn ledger(path: &Path) {
    let mut template = Workbook::new();
    template.add_worksheet().set_name("明细账").unwrap().write_string(0, 0, "日期").unwrap();
    let template = template.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(template)).unwrap();
    let mut writer = zip::ZipWriter::new(BufWriter::new(File::create(path).unwrap()));
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).unwrap();
        if entry.name().unwrap() != "xl/worksheets/sheet1.xml" {
            writer.raw_copy_file(entry).unwrap();
        }
    }
    writer.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    write!(writer, "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:H{ROWS}\"/><sheetData>").unwrap();
    for row in 1..=ROWS {
        write!(
            writer,
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c><c r=\"B{row}\"><v>{}</v></c>\
             <c r=\"C{row}\" t=\"inlineStr\"><is><t>付办公费</t></is></c><c r=\"D{row}\"><v>{row}.25</v></c>\
             <c r=\"E{row}\"><v>0</v></c><c r=\"F{row}\"><v>{}.5</v></c><c r=\"G{row}\" t=\"s\"><v>0</v></c>\
             <c r=\"H{row}\"><f>F{row}-E{row}</f><v>{}.5</v></c></row>",
            44_000 + row % 365,
            row % 1000,
            row % 1000
        )
        .unwrap();
    }
    write!(writer, "</sheetData></worksheet>").unwrap();
    writer.finish().unwrap().into_inner().unwrap();
}

/// The most memory this process has held, where the system tells.
fn peak_memory_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}
