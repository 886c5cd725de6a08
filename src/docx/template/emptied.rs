//! Tables of which all rows were left out: a table has a row at least, so it goes with them.

use super::plan::Item;
use super::render::Edit;
use crate::docx::tree::{Kind, Tree};

/// Takes out the tables that the edits of these items leave without a row.
pub(super) fn tables(tree: &Tree, items: &[Item], edits: &mut Vec<Edit>) {
    let mut seen: Vec<usize> = Vec::new();
    for item in items {
        let Item::Block(block) = item else { continue };
        let around = || tree.around(block.place);
        let holds = |at: &usize| {
            let range = tree.range(*at);
            range.start < block.whole.start && block.whole.end < range.end
        };
        let Some(table) = around().find(holds).filter(|at| tree.kind(*at) == Kind::Table) else { continue };
        if seen.contains(&table) {
            continue;
        }
        seen.push(table);
        let own = |at: &usize| {
            tree.kind(*at) == Kind::Row
                && tree.around(*at).find(|at| tree.kind(*at) == Kind::Table) == Some(table)
        };
        let is_gone = |row: usize| {
            let range = tree.range(row);
            edits.iter().any(|(at, with)| with.is_empty() && at.start <= range.start && range.end <= at.end)
        };
        if tree.inside(table).filter(own).all(is_gone) {
            edits.push((tree.range(table), in_its_place(tree, table)));
        }
    }
}

/// A paragraph, where none follows: a cell must not end without one.
fn in_its_place(tree: &Tree, table: usize) -> Vec<u8> {
    let siblings = tree.parent(table).map(|parent| tree.children(parent));
    let followed = siblings.into_iter().flatten().any(|at| at > table && tree.kind(at) == Kind::Paragraph);
    if followed { Vec::new() } else { format!("<{}p/>", tree.prefix()).into_bytes() }
}
