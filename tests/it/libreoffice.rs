//! The judge: LibreOffice recalculates a workbook, and every cached formula value must be what it finds.
//!
//! LibreOffice keeps cached values on load unless its profile says "always recalculate", so each run makes a
//! profile of its own that does, and a canary with a wrong cached value proves that it did.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jixiao::inner::base::Number;
use jixiao::inner::sheet::{Value, Workbook};

pub(crate) const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
</oor:items>
"#;

/// Every cell of a workbook by `'sheet'!A1`, with whether it is a formula.
pub(crate) type Cells = BTreeMap<String, (Value, bool)>;

/// Reads all cells of a workbook, hidden sheets included.
pub(crate) fn cells(path: &Path) -> Cells {
    let mut workbook =
        Workbook::open(fs::File::open(path).expect("the workbook")).expect("a readable workbook");
    let mut all = Cells::new();
    for info in workbook.sheets().to_vec() {
        let sheet = workbook.read(&info, None).expect("a readable sheet");
        for (at, cell) in sheet.cells() {
            all.insert(sheet.address(at).to_string(), (cell.value.clone(), cell.formula.is_some()));
        }
    }
    all
}

/// Recalculates a workbook hard and gives the path of the recalculated copy in `folder`.
///
/// Fails the test where LibreOffice is missing: a judge that is not there has judged nothing.
pub(crate) fn recalculate(path: &Path, folder: &Path) -> PathBuf {
    recalculate_all(&[path.to_owned()], folder).remove(0)
}

/// The same of several workbooks, each with a name of its own.
pub(crate) fn recalculate_all(paths: &[PathBuf], folder: &Path) -> Vec<PathBuf> {
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).expect("a profile folder");
    fs::write(profile.join("user/registrymodifications.xcu"), PROFILE).expect("the profile");
    let canary = folder.join("canary.xlsx");
    write_canary(&canary);
    let out = folder.join("recalculated");
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .args(paths)
        .arg(&canary)
        .output()
        .expect("LibreOffice (soffice) must be installed: it judges the formulas");
    assert!(status.status.success(), "soffice failed: {}", String::from_utf8_lossy(&status.stderr));
    let canary = cells(&out.join("canary.xlsx"));
    assert_eq!(canary["'Sheet1'!A1"].0, Value::Number(Number::from(3)), "LibreOffice did not recalculate");
    paths.iter().map(|path| out.join(path.file_name().expect("a file name"))).collect()
}

fn write_canary(path: &Path) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let formula = rust_xlsxwriter::Formula::new("=1+2").set_result("999");
    workbook.add_worksheet().write_formula(0, 0, formula).expect("a formula");
    workbook.save(path).expect("the canary");
}

fn agree(cached: &Value, recalculated: &Value) -> bool {
    let serial = |value: &Value| match value {
        Value::Number(number) => Some(*number),
        Value::Date(date) => {
            let days = date.since(jixiao::inner::base::Date::constant(1899, 12, 30)).ok()?.get_days();
            u32::try_from(days).ok().map(Number::from)
        }
        _ => None,
    };
    match (serial(cached), serial(recalculated)) {
        (Some(a), Some(b)) => a.minus(b).is_some_and(|difference| difference.abs().round(9).is_zero()),
        _ => cached == recalculated,
    }
}

/// Recalculates the workbook and lists each formula cell whose cached value is missing, an error, or differs.
pub(crate) fn differences(path: &Path) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let formulas = cells(path).values().any(|(_, is_formula)| *is_formula);
    assert!(formulas, "the workbook has no formulas to judge");
    compared(path, &cells(&recalculate(path, folder.path())))
}

/// The same against a recalculation that was made before.
pub(crate) fn compared(path: &Path, recalculated: &Cells) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, (cached, is_formula)) in cells(path) {
        if !is_formula {
            continue;
        }
        let found = recalculated.get(&at).map_or(Value::Empty, |(value, _)| value.clone());
        // An empty text is how a formula shows nothing.
        let shows_nothing = matches!(cached, Value::Empty) && matches!(found, Value::Empty);
        if matches!(found, Value::Error(_)) || (!agree(&cached, &found) && !shows_nothing) {
            faults.push(format!("{at}: cached {cached:?}, recalculated {found:?}"));
        }
    }
    faults
}
