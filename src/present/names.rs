//! The names of the sheets we add: our own where they are free, a numbered one where the agency or another case of the
//! workbook has it, and in a returned workbook the name that the sheet has there.

use std::collections::BTreeSet;

use crate::returned::{Earlier, OurSheet, SheetKey};

/// Numbered names that are tried; a workbook has fewer sheets.
const MAX_NUMBERED: u32 = 100_000;

/// The names of one case's sheets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    case: usize,
    names: Vec<String>,
}

impl Names {
    /// The names for the case of this number (from 0). `taken` holds the names of the workbook's sheets and of the
    /// cases before; the new ones are added to it.
    pub fn new(case: usize, earlier: &Earlier, taken: &mut BTreeSet<String>) -> Self {
        let names = OurSheet::ALL.into_iter().map(|part| {
            let name = match earlier.sheets.get(&SheetKey { part, case }) {
                Some(ours) => ours.clone(),
                None => free(part.title(), taken),
            };
            taken.insert(folded(&name));
            name
        });
        Self { case, names: names.collect() }
    }

    /// The number of the case.
    pub(super) fn case(&self) -> usize {
        self.case
    }

    /// The name of a sheet.
    pub(super) fn of(&self, part: OurSheet) -> &str {
        self.names.get(part as usize).map_or(part.title(), String::as_str)
    }

    /// What the record calls the sheet of this name.
    pub(super) fn key(&self, name: &str) -> Option<SheetKey> {
        let part = OurSheet::ALL.into_iter().find(|part| self.of(*part) == name)?;
        Some(SheetKey { part, case: self.case })
    }
}

/// Excel takes names that differ in case only for the same.
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// A name that is not taken: `评分汇总`, then `评分汇总(2)`, `评分汇总(3)` …
pub fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..MAX_NUMBERED).map(|number| format!("{name}({number})"));
    let mut tried = std::iter::once(name.to_owned()).chain(numbered);
    tried.find(|tried| !taken.contains(&folded(tried))).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut taken = BTreeSet::from([folded("评分汇总"), folded("评分汇总(2)")]);
        let first = Names::new(0, &Earlier::default(), &mut taken);
        let second = Names::new(1, &Earlier::default(), &mut taken);
        assert_eq!((first.of(OurSheet::Summary), first.of(OurSheet::Detail)), ("评分汇总(3)", "评分明细"));
        assert_eq!(
            (second.of(OurSheet::Summary), second.of(OurSheet::Detail)),
            ("评分汇总(4)", "评分明细(2)")
        );
    }

    #[test]
    fn a_sheet_of_ours_keeps_the_name_that_a_person_gave_it() {
        let mut earlier = Earlier::default();
        let key = SheetKey { part: OurSheet::Issues, case: 0 };
        earlier.sheets.insert(key, "需整改".to_owned());
        let names = Names::new(0, &earlier, &mut BTreeSet::from([folded("需整改")]));
        assert_eq!(names.of(OurSheet::Issues), "需整改");
        assert_eq!(names.key("需整改"), Some(key));
    }
}
