//! Validations: a cell that takes only a number within bounds.

use super::cells::section_place;
use super::index::SheetIndex;
use crate::base::{CellRef, RangeRef};
use crate::package::xml::{Splices, Tag, escape_attr, escape_text};
use crate::xlsx::edits::ValidationEdit;

/// The title of the message box, by which our validations are known again.
const TITLE: &str = "绩效评分";
/// The longest message Excel takes.
const MAX_MESSAGE_CHARS: usize = 225;

/// Makes the splices; returns the cells that were left alone because a person's validation covers them.
pub(crate) fn render_validations(
    index: &SheetIndex,
    edits: &[&ValidationEdit],
    splices: &mut Splices,
) -> Vec<CellRef> {
    let mut kept = Vec::new();
    let mut added = String::new();
    let (mut count, mut new) = (index.validation_count, 0_u32);
    let prefix = index.prefix();
    for edit in edits {
        let covering: Vec<_> = index
            .validations
            .iter()
            .filter(|v| {
                v.sqref
                    .split_ascii_whitespace()
                    .filter_map(|r| r.parse::<RangeRef>().ok())
                    .any(|r| r.contains(edit.cell))
            })
            .collect();
        let element = element(&prefix, edit);
        let ours = |tag: &[u8], sqref: &str| {
            Tag(tag).get("errorTitle").as_deref() == Some(TITLE) && sqref == edit.cell.to_string()
        };
        match covering.as_slice() {
            [] => {
                added.push_str(&element);
                new = new.saturating_add(1);
            }
            [only] if ours(&only.tag, &only.sqref) => splices.replace(only.range.clone(), element),
            _ => kept.push(edit.cell),
        }
    }
    if new == 0 {
        return kept;
    }
    count = count.saturating_add(new);
    if let Some(section) = index.section("dataValidations") {
        let tag = Tag(&section.tag).with("count", Some(&count.to_string()));
        let close = format!("</{prefix}dataValidations>");
        if section.is_empty() {
            let whole = [Tag(&tag).opened().as_slice(), added.as_bytes(), close.as_bytes()].concat();
            splices.replace(section.range.clone(), whole);
        } else {
            splices.replace(section.open.clone(), tag);
            splices.insert(section.close_at, added);
        }
    } else {
        let whole = format!("<{prefix}dataValidations count=\"{count}\">{added}</{prefix}dataValidations>");
        splices.insert(section_place(index, "dataValidations"), whole);
    }
    kept
}

fn element(prefix: &str, edit: &ValidationEdit) -> String {
    let message: String = edit.message.chars().take(MAX_MESSAGE_CHARS).collect();
    format!(
        "<{prefix}dataValidation type=\"decimal\" allowBlank=\"1\" showErrorMessage=\"1\" errorTitle=\"{TITLE}\" \
         error=\"{}\" sqref=\"{}\"><{prefix}formula1>{}</{prefix}formula1><{prefix}formula2>{}</{prefix}formula2>\
         </{prefix}dataValidation>",
        escape_attr(&message),
        edit.cell,
        escape_text(&edit.min.to_string()),
        escape_text(&edit.max.to_string()),
    )
}
