//! What an earlier run left in a returned workbook, and what a person made of it since.
//!
//! The record comes with the workbook, so it is proved, not believed ([`super::record`]). What a proved record says of a
//! cell holds where the cell still holds what was written. What any other says is a claim: a cell counts as ours only
//! where it equals what we would write now ([`Stance`]). A person's word is never taken away on the word of a workbook.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{self, Seen};
use super::content;
use super::memory::{Memory, What};
use super::moves::Moves;
use super::ours::Ours;
use super::part::SheetKey;
use super::record::{About, Line, Record, Standing, Written};
use crate::base::{CellAt, CellRef, in_book};
use crate::mapping::Answered;
use crate::model::{Case, Change, Given as Typed, Loss, Lost, Overrides};
use crate::ooxml::{CellEdit, Content, NAME_PREFIX, NoteEdit, StylePatch};
use crate::score::Scored;
use crate::sheet::{Cell, Sheet};

/// Ticks by indicator and item (from 1).
pub type Ticks = BTreeMap<String, BTreeMap<u32, bool>>;

/// What was typed in a row of 评分明细, in the place of its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenRow {
    /// The row among the indicators.
    pub row: usize,
    /// What stands there as the indicator's name.
    pub name: String,
    /// What was typed.
    pub given: Typed,
}

/// What a person wrote beside a finding on 问题清单.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The finding's id.
    pub id: String,
    /// Its words.
    pub message: String,
    /// Its cell, as it was shown.
    pub place: String,
    /// What was written.
    pub text: String,
}

/// What a person filled in on the sheets that we added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// What was written beside findings.
    pub replies: Vec<Reply>,
    /// What was answered about the columns that were asked for, on 处理说明.
    pub answers: Vec<Answered>,
    /// What was typed there that is none of the choices, by the column's title.
    pub other_answers: BTreeMap<String, String>,
    /// Ticks given on 评分明细, by case, indicator and item.
    pub ticks: BTreeMap<usize, Ticks>,
    /// What was typed there in the place of scores, by case.
    pub scores: BTreeMap<usize, Vec<GivenRow>>,
    /// What was typed on 评分汇总 in the place of the grade, by case.
    pub grades: BTreeMap<usize, Typed>,
}

/// What a record that proves nothing says is ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// Cells that hold something.
    pub cells: BTreeSet<CellAt>,
    /// Sheets that are titled as ours are.
    pub sheets: BTreeMap<SheetKey, String>,
}

impl Claims {
    /// Those that hold what a run would write, by the record that it wrote into `sheets`. `claimed` are all sheets that were
    /// claimed: a formula that leads to one of them leads to ours, though the run gave it another number.
    #[must_use]
    pub fn borne_out(
        &self,
        written: &Record,
        sheets: &[Sheet],
        claimed: &BTreeMap<SheetKey, String>,
    ) -> Self {
        let own = written.lines.iter().filter_map(|(_, line)| match &line.written {
            Written::Sheet(key) => Some((claimed.get(key)?.clone(), line.at.sheet.clone())),
            _ => None,
        });
        let mut ours = Ours::new(written, &BTreeMap::new());
        ours.moves = Moves::renamed(own);
        let sheet = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
        let same = |at: &CellAt, content: &str| {
            sheet(&at.sheet)
                .is_some_and(|sheet| content::found(sheet.get(at.cell), at, &ours.moves) == content)
        };
        let whole = |name: &str| sheet(name).is_some_and(|sheet| ours.altered(name, sheet).is_empty());
        let mut kept = Self::default();
        for (_, Line { at, written }) in &written.lines {
            match written {
                Written::Cell { content, .. } if self.cells.contains(at) && same(at, content) => {
                    kept.cells.insert(at.clone());
                }
                Written::Sheet(key) if self.sheets.get(key) == Some(&at.sheet) && whole(&at.sheet) => {
                    kept.sheets.insert(*key, at.sheet.clone());
                }
                _ => {}
            }
        }
        kept
    }

    /// Whether nothing is claimed.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.sheets.is_empty()
    }
}

/// How a record is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stance {
    /// It is another workbook's: the project, agency or year in it are not the form's.
    pub of_another: bool,
    /// Which claims were found to be what we would write now; `None` until that was tried.
    pub accepted: Option<Claims>,
}

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
    notes: BTreeMap<CellAt, String>,
    /// The names our sheets have now, by what the record calls them.
    pub sheets: BTreeMap<SheetKey, String>,
    /// Sheets of ours that are a person's now.
    pub kept: BTreeMap<SheetKey, Kept>,
    /// All sheets that an earlier run added and that are a person's since: no forms.
    pub aside: BTreeSet<String>,
    /// What is claimed without proof.
    pub claims: Claims,
    /// What a person had typed in cells of ours that `--replace-scores` wrote over.
    pub replaced: BTreeMap<CellAt, String>,
    /// Cells of the form that a proved record says we filled and that hold something else now.
    over: BTreeSet<CellAt>,
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
            || self.aside.contains(sheet)
            || self.sheets.values().any(|ours| ours == sheet)
    }

    /// What a person changed since, in the case of this number.
    pub fn changes(&self, case: usize, of: &Case, scored: &Scored) -> Vec<Change> {
        changes::of(&self.seen, case, of, scored)
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

    /// Whether a person wrote on 问题清单 what became of it.
    fn is_answered(&self, lost: &Lost) -> bool {
        let message = lost.message();
        self.given.replies.iter().any(|reply| reply.message == message)
    }

    /// The ticks given in the case of this number.
    pub fn ticks(&self, case: usize) -> Ticks {
        self.given.ticks.get(&case).cloned().unwrap_or_default()
    }

    /// What earlier runs left in all files of a case, by the sheets' names in the run: the sheets that we added and what
    /// a person wrote there from the `host`, cells and notes from every file with its book.
    #[must_use]
    pub fn across(host: &Self, files: &[(Option<&str>, &Self)]) -> Self {
        let mut all = Self {
            cells: vec![],
            notes: BTreeMap::new(),
            replaced: BTreeMap::new(),
            over: BTreeSet::new(),
            seen: Seen::default(),
            ..host.clone()
        };
        for (book, file) in files {
            let at = |at: &CellAt| match book {
                Some(book) => CellAt::new(in_book(book, &at.sheet), at.cell),
                None => at.clone(),
            };
            all.cells.extend(file.cells.iter().map(at));
            all.notes.extend(file.notes.iter().map(|(place, text)| (at(place), text.clone())));
            all.replaced.extend(file.replaced.iter().map(|(place, text)| (at(place), text.clone())));
            all.over.extend(file.over.iter().map(at));
            all.seen.extend(file.seen.moved(&at));
        }
        all
    }

    /// Edits that take away what we wrote into cells that nothing is written into any more: a reason beside a score that is
    /// a person's now would stand there as the person's own.
    pub fn stale_cells(&self, written: &BTreeSet<CellAt>) -> Vec<CellEdit> {
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
    pub fn stale_notes(&self, kept: &[NoteEdit]) -> Vec<NoteEdit> {
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

    /// Reads what an earlier run left: `record` is what its sheet of the name `sheet` says, `names` are the workbook's defined
    /// names with what they refer to, `sheets` the other sheets.
    pub fn read(
        record: &Record,
        sheet: &str,
        names: &BTreeMap<String, CellAt>,
        sheets: &[Sheet],
        stance: &Stance,
    ) -> Self {
        let source = Source {
            sheet: sheet.to_owned(),
            standing: record.standing,
            of_another: stance.of_another,
            id: record.id.clone(),
            about: record.about.clone(),
        };
        let formulas = record.lines.iter().filter_map(|(_, line)| match &line.written {
            Written::Cell { content, .. } => {
                Some(content.as_str()).filter(|content| content.starts_with('='))
            }
            _ => None,
        });
        let mut reader = Reader {
            believed: source.is_believed(),
            formulas: formulas.collect(),
            ours: Ours::new(record, names),
            sheets,
            stance,
            earlier: Self {
                source: Some(source),
                names: names.keys().filter(|n| n.starts_with(NAME_PREFIX)).cloned().collect(),
                ..Self::default()
            },
        };
        for (_, Line { at, written }) in &record.lines {
            match written {
                Written::Cell { content, replaced, shown } => reader.cell(at, content, replaced, shown),
                Written::Note(text) => reader.note(at, text),
                Written::Sheet(key) if record.standing == Standing::Proved => reader.own_sheet(at, *key),
                Written::Sheet(key) => reader.claimed_sheet(at, *key),
                Written::Aside if record.standing == Standing::Proved => reader.aside(at),
                Written::Memory { what, content, shown, label } => {
                    let (content, shown, label) = (content.clone(), shown.clone(), label.clone());
                    reader.remember(Memory { what: *what, at: at.clone(), content, shown, label });
                }
                Written::Aside | Written::Place | Written::Digests(_) => {}
            }
        }
        reader.earlier
    }
}

struct Reader<'r> {
    /// Whether the record is proved, and this workbook's.
    believed: bool,
    ours: Ours<'r>,
    /// The formulas that we wrote into cells of the form.
    formulas: BTreeSet<&'r str>,
    sheets: &'r [Sheet],
    stance: &'r Stance,
    earlier: Earlier,
}

impl Reader<'_> {
    fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    fn cell(&mut self, was: &CellAt, content: &str, replaced: &str, shown: &str) {
        let now = self.ours.moves.now(was);
        let found = now.as_ref().and_then(|now| Some((now, self.sheet(&now.sheet)?.get(now.cell))));
        if !self.believed {
            let Some((now, _)) = found.filter(|(_, cell)| !cell.is_blank()) else { return };
            self.earlier.claims.cells.insert(now.clone());
            if self.stance.accepted.as_ref().is_some_and(|accepted| accepted.cells.contains(now)) {
                self.earlier.cells.push(now.clone());
            }
            return;
        }
        if let Some((now, _)) =
            found.filter(|(now, cell)| content::found(cell, now, &self.ours.moves) == content)
        {
            if !replaced.is_empty() {
                self.earlier.replaced.insert(now.clone(), replaced.to_owned());
            }
            self.earlier.cells.push(now.clone());
            return;
        }
        match found.filter(|(_, cell)| !cell.is_blank()) {
            // Rows were sorted, or a formula of ours copied: nobody typed a score.
            Some((now, cell)) if self.is_formula_of_ours(cell, now) => self.earlier.cells.push(now.clone()),
            Some((now, _)) => drop(self.earlier.over.insert(now.clone())),
            None => {}
        }
        let (content, label) = (content.to_owned(), String::new());
        let memory = Memory { what: What::Input, at: was.clone(), content, shown: shown.to_owned(), label };
        if let Some((memory, cell)) = self.placed(memory) {
            self.earlier.seen.overwritten(memory, cell.as_ref());
        }
    }

    /// Whether a cell holds a formula that we wrote into another one.
    fn is_formula_of_ours(&self, cell: &Cell, at: &CellAt) -> bool {
        cell.formula.is_some() && self.formulas.contains(content::found(cell, at, &self.ours.moves).as_str())
    }

    fn note(&mut self, was: &CellAt, text: &str) {
        if let Some(now) = self.ours.moves.now(was).filter(|_| self.believed) {
            self.earlier.notes.insert(now, text.to_owned());
        }
    }

    /// A sheet that a proved record says we added: ours where it holds what we wrote, else a person's since.
    fn own_sheet(&mut self, was: &CellAt, key: SheetKey) {
        let candidates = self.ours.candidates(&was.sheet, self.sheets);
        let mut altered = None;
        for sheet in candidates {
            let cells = self.ours.altered(&was.sheet, sheet);
            if cells.is_empty() {
                self.earlier.sheets.insert(key, sheet.name.clone());
                return;
            }
            if altered.is_none() && self.ours.is_mostly(&was.sheet, sheet) {
                let (name, first) = (sheet.name.clone(), cells.first().copied());
                altered = Some(Kept { name, first, cells: cells.len() });
            }
        }
        if let Some(kept) = altered {
            self.earlier.aside.insert(kept.name.clone());
            self.earlier.kept.insert(key, kept);
        }
    }

    /// A sheet that a record without proof says we added: it must at least be titled as ours is.
    fn claimed_sheet(&mut self, was: &CellAt, key: SheetKey) {
        let titled = |sheet: &&Sheet| sheet.at(0, 0).shown() == key.part.heading();
        let Some(sheet) = self.ours.candidates(&was.sheet, self.sheets).into_iter().find(titled) else {
            return;
        };
        let name = sheet.name.clone();
        self.earlier.claims.sheets.insert(key, name.clone());
        let accepted = self.stance.accepted.as_ref();
        if accepted.is_some_and(|accepted| accepted.sheets.get(&key) == Some(&name)) {
            self.earlier.sheets.insert(key, name);
        } else {
            self.earlier.aside.insert(name.clone());
            self.earlier.kept.insert(key, Kept { name, first: None, cells: 0 });
        }
    }

    fn aside(&mut self, was: &CellAt) {
        if let Some(name) = self.ours.moves.sheet(&was.sheet).filter(|name| self.sheet(name).is_some()) {
            self.earlier.aside.insert(name.to_owned());
        }
    }

    fn remember(&mut self, memory: Memory) {
        if let Some((memory, cell)) = self.placed(memory).filter(|_| self.believed) {
            self.earlier.seen.compare(memory, cell.as_ref());
        }
    }

    /// Something remembered, where its cell is now, and what that holds; a cell that is gone stays where it was. `None` where
    /// its sheet is gone.
    fn placed(&self, memory: Memory) -> Option<(Memory, Option<Cell>)> {
        let now = self.ours.moves.now(&memory.at);
        let sheet = self.sheet(self.ours.moves.sheet(&memory.at.sheet).unwrap_or(&memory.at.sheet))?;
        let cell = now.as_ref().map(|now| sheet.get(now.cell).clone());
        let at = now.unwrap_or_else(|| sheet.address(memory.at.cell));
        Some((Memory { at, ..memory }, cell))
    }
}
