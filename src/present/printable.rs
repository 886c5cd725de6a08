//! What we write into a workbook quotes foreign text. No character of it reaches a cell or note of ours that turns text
//! round or is a control character in disguise (`_x001B_`).

use super::sheet::{AddedSheet, Content, Look, MARGIN, SheetCell, half_widths};
use crate::base::{SheetId, printable_cell};
use crate::expr::Value;
use crate::xlsx::{self, Cached, PackageEdits};

/// Makes links whose words do not fit into one line plain texts: programs break no line of a link, and print what is cut off
/// as if it were all.
pub(super) fn links(sheet: &mut AddedSheet) {
    let widths = sheet.widths.clone();
    for (at, cell) in &mut sheet.cells {
        let Content::Link { text, .. } = &cell.content else { continue };
        let width = usize::try_from(at.col()).ok().and_then(|column| widths.get(column).copied());
        let room = u32::from(width.unwrap_or_default().saturating_sub(MARGIN));
        if half_widths(text) > room {
            cell.content = Content::Text(text.clone());
            cell.look = Look::Centre;
        }
    }
}

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
