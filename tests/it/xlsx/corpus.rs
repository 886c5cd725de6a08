//! The standard edit on whole workbooks: the shipped ones, and those of other projects where they are at hand.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jixiao::inner::base::ErrorKind;
use jixiao::inner::xlsx::selftest::{Outcome, edit};
use jixiao::inner::xlsx::{XlsxPackage, file_kind};

use super::kit::Written;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "xlsx" || e == "xlsm"));
    files.sort();
    files
}

/// Whether the file was written; every way out but a written file or a reason is a fault.
fn written(path: &Path) -> bool {
    let file = fs::read(path).unwrap();
    if let Err(error) = file_kind::check(&mut Cursor::new(&file)) {
        assert_eq!(error.kind(), ErrorKind::Input, "{}: {error}", path.display());
        return false;
    }
    let mut out = Cursor::new(Vec::new());
    match edit(Cursor::new(&file), None, None, &mut out) {
        Ok(Outcome::Written { cell, report, noted }) => {
            let written = Written { bytes: out.into_inner(), report };
            written.assert_rest_untouched(&file);
            let mut package = XlsxPackage::open(Cursor::new(&written.bytes)).unwrap();
            let notes = package.notes(&cell.sheet.name).unwrap();
            assert_eq!(notes.iter().any(|n| n.author == "jixiao"), noted, "{}", path.display());
            // What was written is a workbook to others too.
            let names: Vec<_> = package.sheets().iter().map(|s| s.name.clone()).collect();
            let read = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(Cursor::new(&written.bytes));
            if let Ok(read) = read {
                assert_eq!(calamine::Reader::sheet_names(&read), names, "{}", path.display());
            }
            true
        }
        Ok(Outcome::Refused(refusals)) => {
            assert!(!refusals.is_empty(), "{}", path.display());
            assert!(out.into_inner().is_empty(), "{} refused, and written", path.display());
            false
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Input, "{}: {error}", path.display());
            false
        }
    }
}

#[test]
fn shipped_workbooks_are_edited() {
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("workbooks")) {
        assert!(written(&file), "{}", file.display());
    }
}

#[test]
fn workbooks_of_other_projects_are_edited_or_refused_with_a_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/xlsx");
    if !folder.is_dir() {
        eprintln!("skipped: no corpus at {}", folder.display());
        return;
    }
    let files = files(&folder);
    let start = Instant::now();
    let count = files.iter().filter(|f| written(f)).count();
    assert!(start.elapsed() < Duration::from_secs(300), "{:?}", start.elapsed());
    assert!(count * 100 >= files.len() * 90, "only {count} of {} written", files.len());
}
