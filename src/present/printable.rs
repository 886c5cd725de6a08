//! What we write into a workbook quotes foreign text. No character of it reaches a cell or note of ours that turns text
//! round or is a control character in disguise (`_x001B_`).

use super::sheet::{AddedSheet, Content, Look, SheetCell};
use crate::base::{SheetId, printable_cell};
use crate::expr::Value;
use crate::xlsx::{self, Cached, PackageEdits};

/// Makes the texts of a sheet of ours printable. What a person typed stays in the person's own cell as it is.
pub fn sheet(sheet: &mut AddedSheet) {
    let ours = |cell: &&mut SheetCell| !matches!(cell.look, Look::Input | Look::Tick);
    for cell in sheet.cells.values_mut().filter(ours) {
        match &mut cell.content {
            Content::Text(text) | Content::File { text, .. } | Content::Link { text, .. } => clean(text),
            // Its literals are cleaned where it is printed.
            Content::Formula { value: Value::Text(text), .. } => clean(text),
            Content::Formula { .. } | Content::Typed { .. } | Content::Number(_) | Content::Blank => {}
        }
    }
}

/// Makes the texts that are written into a person's sheets printable.
pub(super) fn edits(edits: &mut PackageEdits<SheetId>) {
    for cell in &mut edits.cells {
        match &mut cell.content {
            Some(xlsx::Content::Text(text)) => clean(text),
            Some(xlsx::Content::Formula { cached: Cached::Text(text), .. }) => clean(text),
            _ => {}
        }
    }
    edits.notes.iter_mut().filter_map(|note| note.text.as_mut()).for_each(clean);
}

fn clean(text: &mut String) {
    if let std::borrow::Cow::Owned(printable) = printable_cell(text) {
        *text = printable;
    }
}
