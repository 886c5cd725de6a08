//! A person at a spreadsheet program: opens a workbook in LibreOffice, edits it, saves it.
//!
//! The edits are statements of LibreOffice Basic over `doc`, run as a macro; so rows are inserted, formulas and names
//! follow, and the file is saved the way a real program does it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::libreoffice::PROFILE;

const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Person"/>
</library:library>
"#;

/// One thing a person does.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Inserts an empty row above the row of this number.
    InsertRow { sheet: &'static str, above: u32 },
    /// Deletes the row of this number.
    DeleteRow { sheet: &'static str, row: u32 },
    /// Copies a cell onto another one of the same sheet, with its formula.
    Copy { sheet: &'static str, from: &'static str, to: &'static str },
    /// Gives a sheet another name.
    Rename { from: &'static str, to: &'static str },
    /// Types a text.
    Type { sheet: &'static str, cell: String, text: &'static str },
    /// Sorts the rows of a range by one of its columns (from 0), downwards.
    Sort { sheet: &'static str, range: String, column: u32 },
    /// Types a number.
    Number { sheet: &'static str, cell: String, number: &'static str },
}

impl Act {
    fn basic(&self) -> String {
        let at = |sheet: &str, cell: &str| {
            format!("doc.Sheets.getByName({}).getCellRangeByName({})", quoted(sheet), quoted(cell))
        };
        match self {
            Self::InsertRow { sheet, above } => {
                let sheet = quoted(sheet);
                format!("doc.Sheets.getByName({sheet}).Rows.insertByIndex({}, 1)", above - 1)
            }
            Self::DeleteRow { sheet, row } => {
                format!("doc.Sheets.getByName({}).Rows.removeByIndex({}, 1)", quoted(sheet), row - 1)
            }
            Self::Copy { sheet, from, to } => {
                let (name, from, to) = (quoted(sheet), at(sheet, from), at(sheet, to));
                format!(
                    "doc.Sheets.getByName({name}).copyRange({to}.getCellByPosition(0, 0).CellAddress, {from}.RangeAddress)"
                )
            }
            Self::Rename { from, to } => {
                format!("doc.Sheets.getByName({}).setName({})", quoted(from), quoted(to))
            }
            Self::Type { sheet, cell, text } => format!("{}.setString({})", at(sheet, cell), quoted(text)),
            Self::Sort { sheet, range, column } => format!("Order {}, {column}", at(sheet, range)),
            Self::Number { sheet, cell, number } => format!("{}.setValue({number})", at(sheet, cell)),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Opens the workbook, does the acts in order and saves it as a new file in `folder`.
pub(crate) fn edit(file: &Path, acts: &[Act], folder: &Path) -> PathBuf {
    let work = tempfile::tempdir().expect("a folder");
    let profile = work.path().join("profile");
    fs::create_dir_all(profile.join("user")).expect("a profile folder");
    let trusted = r#"<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;
    let settings = PROFILE.replace("</oor:items>", trusted);
    fs::write(profile.join("user/registrymodifications.xcu"), settings).expect("the profile");
    // A first start fills the profile; a library that is there before is overwritten by it.
    soffice(&profile, &["--terminate_after_init"]);
    let basic = profile.join("user/basic/Standard");
    fs::write(basic.join("script.xlb"), LIBRARY).expect("the library");
    let edited = folder.join("改过.xlsx");
    let steps: Vec<String> = acts.iter().map(Act::basic).collect();
    fs::write(basic.join("Person.xba"), module(file, &steps, &edited)).expect("the macro");
    soffice(&profile, &["macro:///Standard.Person.Edit"]);
    assert!(edited.exists(), "LibreOffice saved nothing: {steps:#?}");
    edited
}

fn module(file: &Path, steps: &[String], out: &Path) -> String {
    let basic = format!(
        "Sub Edit\n\
         Dim hidden(0) As New com.sun.star.beans.PropertyValue\n\
         hidden(0).Name = \"Hidden\"\nhidden(0).Value = True\n\
         doc = StarDesktop.loadComponentFromURL(ConvertToURL({}), \"_blank\", 0, hidden())\n\
         {}\n\
         Dim filter(0) As New com.sun.star.beans.PropertyValue\n\
         filter(0).Name = \"FilterName\"\nfilter(0).Value = \"Calc MS Excel 2007 XML\"\n\
         doc.storeToURL(ConvertToURL({}), filter())\n\
         doc.close(True)\n\
         End Sub\n\
         Sub Order(area, column)\n\
         Dim field(0) As New com.sun.star.table.TableSortField\n\
         field(0).Field = column\nfield(0).IsAscending = False\n\
         Dim how(1) As New com.sun.star.beans.PropertyValue\n\
         how(0).Name = \"SortFields\"\nhow(0).Value = field()\n\
         how(1).Name = \"ContainsHeader\"\nhow(1).Value = False\n\
         area.sort(how())\n\
         End Sub\n",
        quoted(&file.display().to_string()),
        steps.join("\n"),
        quoted(&out.display().to_string()),
    );
    let escaped = basic.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Person" script:language="StarBasic">
{escaped}</script:module>
"#
    )
}

fn soffice(profile: &Path, args: &[&str]) {
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore"])
        .args(args)
        .output()
        .expect("LibreOffice (soffice) must be installed: it is the person's program");
    assert!(output.status.success(), "soffice failed: {}", String::from_utf8_lossy(&output.stderr));
}
