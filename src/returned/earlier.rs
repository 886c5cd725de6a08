//! What an earlier run left in a returned workbook, and what a person made of it since.
//!
//! The record comes with the workbook, so it is proved, not believed ([`super::record`]). What a proved record says of a
//! cell holds where the cell still holds what was written. What any other says is a claim: a cell counts as ours only
//! where it equals what we would write now ([`Stance`]). A person's word is never taken away on the word of a workbook.

use std::collections::{BTreeMap, BTreeSet};

use super::changes;
use super::claims::Claims;
use super::given::{Given, OtherTicks, Ticks};
use super::our_sheet::SheetKey;
use super::record::{About, Standing};
use super::seen::Seen;
use std::sync::Arc;

use crate::base::{CellAt, CellRef, SheetId, printable_cell};
use crate::issue::{Before, Way};
use crate::model::{Accepted, Case, Change, LedgerTotals, Loss, Lost, Overrides, Project};
use crate::score::Scored;
use crate::xlsx::{CellEdit, Content, NoteEdit, StylePatch};

/// The record that a workbook came with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// The record's sheet.
    pub sheet: String,
    /// How much it proves.
    pub standing: Standing,
    /// Whether it was found to be another workbook's.
    pub of_another: bool,
    /// The return's id.
    pub id: String,
    /// What it is about.
    pub about: About,
}

impl Source {
    /// Whether what it says holds for this workbook.
    pub fn is_believed(&self) -> bool {
        self.standing == Standing::Proved && !self.of_another
    }
}

/// A sheet of ours that a person changed: theirs from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name now.
    pub name: String,
    /// The first changed cell; `None` where that is not known.
    pub first: Option<CellRef>,
    /// How many cells changed.
    pub cells: usize,
}

/// What an earlier run left in the workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// The record that says so.
    pub source: Option<Source>,
    /// Cells of ours that still hold what we wrote.
    pub cells: Vec<CellAt>,
    /// Our notes by cell, with the text we wrote.
    pub(super) notes: BTreeMap<CellAt, String>,
    /// The names our sheets have now, by what the record calls them.
    pub sheets: BTreeMap<SheetKey, String>,
    /// Sheets of ours that are a person's now.
    pub kept: BTreeMap<SheetKey, Kept>,
    /// All sheets that an earlier run added and that are a person's since, by their names: no forms.
    pub aside: BTreeMap<String, Kept>,
    /// What is claimed without proof.
    pub claims: Claims,
    /// What a person had typed in cells of ours that `--replace-scores` wrote over.
    pub replaced: BTreeMap<CellAt, String>,
    /// Cells of the form that a proved record says we filled and that hold something else now.
    pub(super) over: BTreeSet<CellAt>,
    /// All our defined names, to be taken away before new ones are set.
    pub names: Vec<String>,
    /// What a person filled in on our sheets.
    pub given: Given,
    /// What differs from what the run remembers, and the scores it gave.
    pub(super) seen: Seen,
}

impl Earlier {
    /// The text of our note at a cell, if we wrote one.
    pub fn note(&self, at: &CellAt) -> Option<String> {
        self.notes.get(at).cloned()
    }

    /// Whether a sheet is no form: the record, one of ours, or one that was ours.
    pub fn is_no_form(&self, sheet: &str) -> bool {
        self.source.as_ref().is_some_and(|source| source.sheet == sheet)
            || self.aside.contains_key(sheet)
            || self.sheets.values().any(|ours| ours == sheet)
    }

    /// What a person changed since, in the case of this number.
    pub fn changes(
        &self,
        case: usize,
        of: &Case,
        scored: &Scored,
        ledger: Option<&LedgerTotals>,
    ) -> Vec<Change> {
        changes::of(&self.seen, case, of, scored, ledger)
    }

    /// The return that a workbook with a proved record was, with what was found in the case of this number; `None` where
    /// nothing proves it, or the run before did not tell.
    pub fn before(&self, case: usize) -> Option<Before> {
        let source = self.source.as_ref().filter(|source| source.is_believed())?;
        let findings = self.seen.found(case)?;
        Some(Before { way: Way::Record, id: source.id.clone(), name: None, findings })
    }

    /// What reviewers typed in the case of this number. Of a workbook whose record is not proved nothing is known to be
    /// typed over ours.
    pub fn overrides(&self, case: usize, of: &Case) -> Overrides {
        let mut overrides = Overrides { over: self.over.clone(), ..Overrides::default() };
        let rows = self.given.scores.get(&case).map(Vec::as_slice).unwrap_or_default();
        let grade = self.given.grades.get(&case).cloned().unwrap_or_default();
        if self.source.as_ref().is_some_and(Source::is_believed) {
            self.seen.tell(case, of, rows, &mut overrides);
            overrides.grade = grade;
        } else {
            let rows = rows.iter().map(|row| (Some(row.name.clone()), row.given.clone()));
            let typed = rows.chain(Some((None, grade))).filter(|(_, given)| !given.is_empty());
            let lost = typed.map(|(name, given)| Lost { name, given, loss: Loss::NotProved });
            overrides.lost.extend(lost);
        }
        // Answered by a person, it is settled.
        overrides.lost.retain(|lost| !self.is_answered(lost));
        overrides
    }

    /// Takes over what stood in a later return of the case of this number.
    pub fn take_over(&self, number: usize, of: &Case, accepted: &[Accepted], overrides: &mut Overrides) {
        self.seen.take_over(number, of, accepted, overrides);
    }

    /// Whether a person wrote on 问题清单 what became of it.
    fn is_answered(&self, lost: &Lost) -> bool {
        // On the sheet it stands as every program shows it.
        let message = lost.message();
        let message = printable_cell(&message);
        self.given.replies.iter().any(|reply| reply.says(&message))
    }

    /// What stands in the place of ticks in the case of this number and is none.
    pub fn other_ticks(&self, case: usize) -> OtherTicks {
        self.given.other_ticks.get(&case).cloned().unwrap_or_default()
    }

    /// The ticks given in the case of this number.
    pub fn ticks(&self, case: usize) -> Ticks {
        self.given.ticks.get(&case).cloned().unwrap_or_default()
    }

    /// What earlier runs left in all files of a case, by the run's sheets: the sheets that we added and what a person
    /// wrote there from the `host`, cells and notes from every file, which the run calls so.
    #[must_use]
    pub fn across(host: &Self, files: &[(Option<&Arc<str>>, &Self)]) -> Self {
        let mut all = Self {
            cells: vec![],
            notes: BTreeMap::new(),
            replaced: BTreeMap::new(),
            over: BTreeSet::new(),
            seen: Seen::default(),
            ..host.clone()
        };
        for (name, file) in files {
            let at = |at: &CellAt| CellAt::new(SheetId::of_file(*name, &*at.sheet.name), at.cell);
            all.cells.extend(file.cells.iter().map(at));
            all.notes.extend(file.notes.iter().map(|(place, text)| (at(place), text.clone())));
            all.replaced.extend(file.replaced.iter().map(|(place, text)| (at(place), text.clone())));
            all.over.extend(file.over.iter().map(at));
            all.seen.extend(file.seen.moved(&at));
        }
        all
    }

    /// Takes over, for the case of this number, what a person wrote on our sheets in a file that stood alone and now stands
    /// beside the host: its sheets of ours go, and nobody's word with them.
    pub fn take_in(&mut self, number: usize, project: &Project, guest: &Self) {
        for reply in &guest.given.replies {
            if !self.given.replies.contains(reply) {
                self.given.replies.push(reply.clone());
            }
        }
        let about = |case: &usize| guest.source.as_ref()?.about.projects.get(*case)?.name.as_ref();
        let only = guest.given.judgements.len() == 1;
        let mut judged = guest.given.judgements.iter();
        let own = judged
            .find(|(case, _)| only || about(case).is_some_and(|name| Some(name) == project.name.as_ref()));
        if let Some((_, judgements)) = own {
            self.given.judgements.entry(number).or_insert_with(|| judgements.clone());
        }
    }

    /// Edits that take away what we wrote into cells that nothing is written into any more: a reason beside a score that is
    /// a person's now would stand there as the person's own.
    pub fn stale_cells(&self, written: &BTreeSet<CellAt>) -> Vec<CellEdit<SheetId>> {
        let stale = self.cells.iter().filter(|at| !written.contains(at));
        let edits = stale.map(|at| CellEdit {
            sheet: at.sheet.clone(),
            cell: at.cell,
            content: Some(Content::Blank),
            style: StylePatch::default(),
        });
        edits.collect()
    }

    /// Our notes that are not wanted any more: those at other cells than `kept`.
    pub fn stale_notes(&self, kept: &[NoteEdit<SheetId>]) -> Vec<NoteEdit<SheetId>> {
        let stale = self
            .notes
            .iter()
            .filter(|(at, _)| !kept.iter().any(|note| note.sheet == at.sheet && note.cell == at.cell));
        let edits = stale.map(|(at, text)| NoteEdit {
            sheet: at.sheet.clone(),
            cell: at.cell,
            text: None,
            was: Some(text.clone()),
        });
        edits.collect()
    }
}
