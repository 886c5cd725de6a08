//! The sheets that hold no form: they are named, and what they say and a survey counts is remembered, so that a change is seen when
//! the workbook comes back.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{CellRef, SheetId};
use crate::model::{Case, Entry, FormKind};
use crate::sheet::Sheet;

/// Cells that are remembered of a case.
const MAX_CELLS: usize = 3_000;

/// The sheets beside the forms of all cases. The first case of a file tells of those in it.
pub(super) struct OtherSheets<'s> {
    free: Vec<&'s Sheet>,
    surveys: Vec<&'s Sheet>,
    /// Files that a case has told of.
    told: BTreeSet<usize>,
}

impl<'s> OtherSheets<'s> {
    /// The sheets that hold no form, but for those that `is_ours`.
    pub(super) fn new(sheets: &'s [Sheet], cases: &[Case], is_ours: impl Fn(&SheetId) -> bool) -> Self {
        let forms = cases.iter().flat_map(|case| &case.forms);
        let kinds: BTreeMap<&SheetId, FormKind> = forms.map(|form| (&form.sheet, form.kind)).collect();
        let of_kind = |kind: Option<FormKind>| {
            let of_it = |sheet: &&Sheet| kinds.get(&sheet.id).copied() == kind;
            sheets.iter().filter(of_it).filter(|sheet| !is_ours(&sheet.id)).collect()
        };
        Self { free: of_kind(None), surveys: of_kind(Some(FormKind::Survey)), told: BTreeSet::new() }
    }

    /// Tells a case of the sheets in those of its files that no case before it had.
    pub(super) fn tell(
        &mut self,
        case: &mut Case,
        files: &[usize],
        file_of: impl Fn(&SheetId) -> Option<usize>,
    ) {
        let fresh: BTreeSet<usize> = files.iter().copied().filter(|file| self.told.insert(*file)).collect();
        if fresh.is_empty() {
            return;
        }
        let is_fresh = |sheet: &&&Sheet| file_of(&sheet.id).is_some_and(|file| fresh.contains(&file));
        case.other_sheets = self.free.iter().filter(is_fresh).map(|sheet| sheet.id.clone()).collect();
        let entries = |sheet: &&'s Sheet| {
            let (sheet, filled) = (*sheet, sheet.cells().filter(|(_, cell)| !cell.is_blank()));
            filled.map(move |(at, cell)| Entry { at: Some(sheet.address(at)), cell: cell.clone() })
        };
        let free = self.free.iter().filter(is_fresh).flat_map(entries);
        // Of a survey only what is counted: who answered, and from where, stays on its sheet.
        let counted = |sheet: &&&Sheet, at: CellRef| {
            case.surveys.iter().any(|survey| survey.sheet == sheet.id && survey.counts_cell(at))
        };
        let surveys = self.surveys.iter().filter(is_fresh).flat_map(|sheet| {
            entries(sheet).filter(move |entry| entry.at.as_ref().is_some_and(|at| counted(&sheet, at.cell)))
        });
        case.beside = free.chain(surveys).take(MAX_CELLS).collect();
    }
}
