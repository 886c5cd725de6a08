//! `jixiao selftest`: hidden; makes the editor's standard edit on any workbook, to prove that it does no harm.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::base::{CellRef, Error, Result};
use crate::output::file::Draft;
use crate::xlsx::selftest::{self, Outcome};
use crate::xlsx::{FileKind, file_kind};

/// Arguments of `jixiao selftest`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    test: Test,
}

#[derive(Debug, clap::Subcommand)]
enum Test {
    /// Puts a formula, a fill and a note on a cell and adds a sheet with a chart.
    Edit {
        /// The workbook.
        file: PathBuf,
        /// The edited workbook.
        #[arg(long)]
        out: PathBuf,
        /// The sheet to edit, by position from 1.
        #[arg(long, value_name = "个数")]
        sheet: Option<usize>,
        /// The cell to edit.
        #[arg(long, value_name = "A1")]
        cell: Option<CellRef>,
    },
}

/// Runs and gives the exit code: 0 written, 3 refused with the reason.
pub fn run(args: &Args) -> u8 {
    let Test::Edit { file, out, sheet, cell } = &args.test;
    edit(file, out, *sheet, *cell).unwrap_or_else(|error| {
        super::complain(&file.display().to_string(), &error);
        error.kind().exit_code()
    })
}

fn edit(file: &Path, out: &Path, sheet: Option<usize>, cell: Option<CellRef>) -> Result<u8> {
    let mut source = super::open(file)?.reader;
    if file_kind::check(&mut source)? != FileKind::Xlsx {
        return Err(Error::input("不是 .xlsx 工作簿。", "请另存为 .xlsx 后重试。"));
    }
    let name = sheet.map(|number| sheet_name(&mut source, number)).transpose()?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let draft = Draft::begin(folder)?;
    match selftest::edit(&mut source, name.as_deref(), cell, &mut draft.file())? {
        Outcome::Written { cell, noted, .. } => {
            let path = draft.publish(out)?;
            let note = if noted { "with a note" } else { "without a note" };
            let _ = writeln!(std::io::stdout(), "written {cell} {note}: {}", path.display());
            Ok(0)
        }
        Outcome::Refused(refusals) => {
            for refusal in refusals {
                let place = [refusal.sheet, refusal.cell.map(|cell| cell.to_string())];
                let place: Vec<String> = place.into_iter().flatten().collect();
                let _ = writeln!(std::io::stdout(), "refused {}: {}", place.join(" "), refusal.reason);
            }
            Ok(3)
        }
    }
}

fn sheet_name<R: std::io::Read + std::io::Seek>(source: &mut R, number: usize) -> Result<String> {
    let package = crate::xlsx::XlsxPackage::open(source)?;
    let entry = number.checked_sub(1).and_then(|at| package.sheets().get(at));
    entry
        .map(|entry| entry.name.clone())
        .ok_or_else(|| Error::usage(format!("没有第 {number} 张工作表。"), "请从 1 数起，写一个存在的序号。"))
}
