//! What stands in the workbook at hand and what in another file of the case. A formula and a link never lead into another
//! workbook: it could be moved, renamed or changed unseen. They become values there, with their origin.

use std::collections::BTreeMap;

use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::base::{CellAt, SheetId};
use crate::expr::{Expr, Value};

/// What a sheet is called in the workbook at hand: one of the agency's, or one that we add.
fn here(view: &View, sheet: &SheetId) -> Option<SheetId> {
    let is_here = sheet.file.is_none() || sheet.file.as_deref() == view.file;
    is_here.then(|| SheetId::new(&*sheet.name))
}

/// The cell as the workbook at hand calls it.
pub(super) fn cell(view: &View, at: &CellAt) -> Option<CellAt> {
    here(view, &at.sheet).map(|sheet| CellAt::new(sheet, at.cell))
}

/// The calculation over the cells of the workbook at hand; `None` where it needs another file's.
pub(super) fn expr(view: &View, expr: &Expr) -> Option<Expr> {
    expr.moved(&|sheet| here(view, sheet))
}

/// A sheet as a person says it, with its file where that is another one and the sheet's name does not tell it.
pub(super) fn sheet(view: &View, sheet: &SheetId) -> String {
    short(view, sheet).spoken()
}

/// A cell as a person says it: `自评表G14`, of two sheets that are called so in two files `明细账（明细账.xlsx）B3`. Whose name
/// tells it is said once, by [`files`].
pub(super) fn place(view: &View, at: &CellAt) -> String {
    CellAt::new(short(view, &at.sheet), at.cell).spoken()
}

/// A sheet without its file, where that is the workbook at hand or no other sheet of the case is called so.
fn short(view: &View, sheet: &SheetId) -> SheetId {
    let named = here(view, sheet);
    let alone = || {
        let mut others = view.case.sheets.iter().filter(|other| *other != sheet);
        (!others.any(|other| other.name == sheet.name)).then(|| SheetId::new(&*sheet.name))
    };
    named.or_else(alone).unwrap_or_else(|| sheet.clone())
}

/// Which sheets stand in which other files, where they are said without them: `“申报表”在文件“甲.xlsx”中。`
pub(super) fn files(view: &View) -> Option<String> {
    let elsewhere = |sheet: &&SheetId| {
        here(view, sheet).is_none() && short(view, sheet).file.is_none() && holds_form(view, sheet)
    };
    let mut of: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for sheet in view.case.sheets.iter().filter(elsewhere) {
        of.entry(sheet.file.as_deref().unwrap_or_default()).or_default().push(format!("“{}”", sheet.name));
    }
    let said: Vec<String> =
        of.iter().map(|(file, sheets)| format!("{}在文件“{file}”中", sheets.concat())).collect();
    (!said.is_empty()).then(|| format!("{}。", said.join("；")))
}

fn holds_form(view: &View, sheet: &SheetId) -> bool {
    view.case.forms.iter().any(|form| form.sheet == *sheet)
}

/// A value as the content of a cell that no formula can follow.
pub(super) fn fixed(value: &Value) -> Content {
    match value {
        Value::Number(number) => Content::Number(*number),
        Value::Text(text) => Content::Text(text.clone()),
        Value::Blank | Value::Bool(_) | Value::Error(_) => Content::Blank,
    }
}

/// Makes a sheet that we add one of the workbook at hand.
pub(super) fn make_local(view: &View, sheet: &mut AddedSheet) {
    if view.file.is_none() {
        return;
    }
    for added in sheet.cells.values_mut() {
        match &added.content {
            Content::Formula { expr: over, value } => {
                added.content = match expr(view, over) {
                    Some(expr) => Content::Formula { expr, value: value.clone() },
                    None => fixed(value),
                };
            }
            Content::Link { to, text } => {
                if let Some(here) = cell(view, to) {
                    // Its own file is not named in a workbook.
                    let text = if *text == to.spoken() { here.spoken() } else { text.clone() };
                    added.content = Content::Link { to: here, text };
                } else {
                    added.content = Content::Text(place(view, to));
                    added.look = Look::Centre;
                }
            }
            Content::Blank
            | Content::Text(_)
            | Content::Number(_)
            | Content::Typed { .. }
            | Content::File { .. } => {}
        }
    }
}
