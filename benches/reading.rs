//! Reading a form against what calamine alone needs for its values, formulas and styles, in one run.
//!
//! `cargo bench --bench reading` prints the times and their ratios, and fails when one is above the limit. Texts are
//! measured as some programs store them, in their cells, and as spreadsheet programs do, once for all cells.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_types,
    reason = "a bench fails by panicking"
)]

use std::io::Cursor;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use jixiao::inner::form::read_case;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::SourceId;
use jixiao::inner::sheet::{Sheet, Value, Workbook};

/// Our time per mille of calamine's.
const LIMIT: u128 = 1_300;
const RUNS: u32 = 60;

fn calamine_alone(bytes: &[u8]) -> usize {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut seen = 0_usize;
    for name in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&name).expect("a sheet");
        while let Some(cell) = cells.next_cell_with_formula().expect("a cell") {
            seen = seen.saturating_add(usize::from(cell.formula.is_some())).saturating_add(1);
        }
        drop(cells);
        let mut styles = workbook.worksheet_cells_reader(&name).expect("a sheet");
        while let Some((_, _, style)) = styles.next_style_id().expect("a style") {
            seen = seen.saturating_add(style);
        }
    }
    seen
}

fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let mut workbook = Workbook::open(Cursor::new(bytes)).expect("a workbook");
    let infos = workbook.sheets().to_vec();
    infos.iter().map(|info| workbook.read(info, Some(2_000)).expect("a sheet")).collect()
}

fn whole(bytes: &[u8], mappings: &Mappings) -> usize {
    read_case(&sheets(bytes), mappings, &SourceId::default()).expect("a case").len()
}

/// The best of many runs: what the machine can do when nothing else disturbs it.
fn best(mut run: impl FnMut() -> usize) -> Duration {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The same sheets as spreadsheet programs save them: every text once, in a part of its own.
fn with_shared_strings(bytes: &[u8]) -> Vec<u8> {
    let mut workbook = Workbook::open(Cursor::new(bytes)).expect("a workbook");
    let mut made = rust_xlsxwriter::Workbook::new();
    for info in workbook.sheets().to_vec() {
        let sheet = workbook.read(&info, None).expect("a sheet");
        let page = made.add_worksheet();
        page.set_name(&info.name).expect("a name");
        for range in sheet.merges.iter().filter(|range| range.first != range.last) {
            let col = |at: jixiao::inner::base::CellRef| u16::try_from(at.col()).expect("a column");
            let format = rust_xlsxwriter::Format::new();
            let (first, last) = (range.first, range.last);
            page.merge_range(first.row(), col(first), last.row(), col(last), "", &format).expect("a merge");
        }
        for (at, cell) in sheet.cells() {
            let col = u16::try_from(at.col()).expect("a column");
            match &cell.value {
                Value::Number(number) => {
                    let number: f64 = number.to_string().parse().expect("a number");
                    page.write_number(at.row(), col, number).expect("written");
                }
                _ => {
                    page.write_string(at.row(), col, cell.shown()).expect("written");
                }
            }
        }
    }
    made.save_to_buffer().expect("a workbook")
}

/// Measures calamine and one of ours on the same bytes; whether the limit is kept.
fn measure(name: &str, bytes: &[u8], ours: impl Fn(&[u8]) -> usize) -> bool {
    let alone = best(|| calamine_alone(bytes));
    let ours = best(|| ours(bytes));
    let ratio = ours.as_nanos().saturating_mul(1_000).checked_div(alone.as_nanos()).unwrap_or(u128::MAX);
    println!("{name}: calamine alone {alone:?}, ours {ours:?}, ratio {ratio} ‰ (limit {LIMIT} ‰)");
    ratio <= LIMIT
}

fn main() -> ExitCode {
    let file = "workbooks/东湖区-办公大厅运行维护费-2021.xlsx";
    let bytes = std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the workbook");
    let mappings = Mappings::shipped();
    let shared = with_shared_strings(&bytes);
    // Recognising a form costs the same however its texts are stored; what they cost is in reading the sheets.
    let kept = [
        measure("texts in their cells, form read", &bytes, |bytes| whole(bytes, &mappings)),
        measure("texts in their cells, sheets read", &bytes, |bytes| sheets(bytes).len()),
        measure("texts shared, sheets read", &shared, |bytes| sheets(bytes).len()),
    ];
    println!("texts shared, form read: {:?}", best(|| whole(&shared, &mappings)));
    ExitCode::from(u8::from(kept.contains(&false)))
}
