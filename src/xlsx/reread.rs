//! Reads edited sheets back from the result: each cell must hold what was meant.

use std::collections::BTreeMap;
use std::io::Read;

use super::plan::Expected;
use super::worksheet::{Rendered, SheetIndex, scan};
use crate::base::{CellRef, Result};
use crate::package::archive::part_key;
use crate::package::fault::unsound;
use crate::package::xml::Tag;

/// Looks at a changed part of the result, where it is a sheet of which something is expected.
pub(super) fn reread(expected: &[Expected]) -> impl FnMut(&str, &mut dyn Read) -> Result<()> {
    let mut by_part: BTreeMap<String, Vec<&Expected>> = BTreeMap::new();
    for sheet in expected {
        by_part.entry(part_key(&sheet.part)).or_default().push(sheet);
    }
    move |part, bytes| {
        let mut sheets = by_part.get(&part_key(part)).into_iter().flatten();
        sheets.try_for_each(|sheet| check_cells(sheet, &mut *bytes))
    }
}

/// Reads the touched rows back.
fn check_cells(expected: &Expected, source: impl Read) -> Result<()> {
    let index = scan(source, &expected.wanted)?;
    for (cell, rendered) in &expected.cells {
        if read_back(&index, *cell).as_ref() != Some(rendered) {
            return Err(unsound(format_args!("{cell} 读回的内容不符")));
        }
    }
    Ok(())
}

fn read_back(index: &SheetIndex, cell: CellRef) -> Option<Rendered> {
    let row = index.rows.get(&cell.row()).filter(|r| !r.ambiguous)?;
    let site = row.cells.get(&cell.col())?;
    Some(Rendered {
        style: Tag(&site.tag).number("s").unwrap_or(0),
        formula: site.formula.as_ref().map(|f| f.text.clone()),
        value: site.value.clone(),
        inline: site.inline.clone(),
    })
}
