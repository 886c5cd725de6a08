//! Defined names that come and go.

use std::io::{Read, Seek};

use super::Planner;
use crate::xlsx::NAME_PREFIX;
use crate::xlsx::package::DefinedName;
use crate::xlsx::refusal::RefusalReason;

/// The longest name Excel takes.
const MAX_NAME_CHARS: usize = 255;

impl<R: Read + Seek> Planner<'_, R> {
    pub(super) fn plan_names(&mut self) {
        let edits = self.edits;
        for edit in &edits.names {
            match &edit.refers_to {
                Some(refers_to) if is_name(&edit.name) => self.put_name(DefinedName {
                    name: edit.name.clone(),
                    refers_to: refers_to.clone(),
                    local_sheet: None,
                    hidden: edit.hidden,
                }),
                None if edit.name.starts_with(NAME_PREFIX) => {
                    let names = &self.package.workbook.names;
                    let at = names.iter().position(|n| n.local_sheet.is_none() && n.name == edit.name);
                    self.changes.names_removed.extend(at);
                }
                _ => self.refuse(None, None, RefusalReason::NameTaken),
            }
        }
    }
}

/// Whether Excel, WPS and LibreOffice all take the name: ASCII, no cell address.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    first
        && name.len() <= MAX_NAME_CHARS
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
        && name.parse::<crate::base::CellRef>().is_err()
}
