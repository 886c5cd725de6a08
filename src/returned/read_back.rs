//! Reads a record beside the workbook that it came with: which cells, notes and sheets still hold what was written.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::Stance;
use super::content;
use super::earlier::{Earlier, Kept, Source};
use super::memory::{Memory, What};
use super::our_sheet::SheetKey;
use super::ours::Ours;
use super::record::{Record, RecordLine, Standing, Written};
use crate::base::CellAt;
use crate::sheet::{Cell, Sheet};
use crate::xlsx::NAME_PREFIX;

impl Earlier {
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
        for (_, RecordLine { at, written }) in &record.lines {
            match written {
                Written::Cell { content, replaced, shown, .. } => reader.cell(at, content, replaced, shown),
                Written::Note(text) => reader.note(at, text),
                Written::Sheet(key) if record.standing == Standing::Proved => reader.own_sheet(at, *key),
                Written::Sheet(key) => reader.claimed_sheet(at, *key),
                Written::Aside { cells } if record.standing == Standing::Proved => reader.aside(at, *cells),
                Written::Memory { what, content, shown, label } => {
                    let (content, shown, label) = (content.clone(), shown.clone(), label.clone());
                    reader.remember(Memory { what: *what, at: at.clone(), content, shown, label });
                }
                Written::Aside { .. } | Written::Place | Written::Digests(_) | Written::View(_) => {}
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
        self.sheets.iter().find(|sheet| sheet.id.name == name)
    }

    fn cell(&mut self, was: &CellAt, content: &str, replaced: &str, shown: &str) {
        let now = self.ours.moves.now(was);
        let found = now.as_ref().and_then(|now| Some((now, self.sheet(&now.sheet.name)?.get(now.cell))));
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
        if self.stance.in_place {
            let found = self.ours.found(&was.sheet.name, self.sheets);
            self.earlier.sheets.extend(found.map(|(sheet, _)| (key, sheet.id.name.clone())));
            return;
        }
        let candidates = self.ours.candidates(&was.sheet.name, self.sheets);
        let mut altered = None;
        for sheet in candidates {
            let cells = self.ours.altered(&was.sheet.name, sheet);
            if cells.is_empty() {
                self.earlier.sheets.insert(key, sheet.id.name.clone());
                return;
            }
            if altered.is_none() && self.ours.is_mostly(&was.sheet.name, sheet) {
                let (name, first) = (sheet.id.name.clone(), cells.first().copied());
                altered = Some(Kept { name, first, cells: cells.len() });
            }
        }
        if let Some(kept) = altered {
            self.earlier.aside.insert(kept.name.clone(), kept.clone());
            self.earlier.kept.insert(key, kept);
        }
    }

    /// A sheet that a record without proof says we added: it must at least be titled as ours is.
    fn claimed_sheet(&mut self, was: &CellAt, key: SheetKey) {
        let titled = |sheet: &&Sheet| sheet.at(0, 0).shown() == key.part.heading();
        let Some(sheet) = self.ours.candidates(&was.sheet.name, self.sheets).into_iter().find(titled) else {
            return;
        };
        let name = sheet.id.name.clone();
        self.earlier.claims.sheets.insert(key, name.clone());
        let accepted = self.stance.accepted.as_ref();
        let borne_out = accepted.is_some_and(|accepted| accepted.sheets.get(&key) == Some(&name));
        if borne_out || self.stance.in_place {
            self.earlier.sheets.insert(key, name);
        } else {
            let kept = Kept { name, first: None, cells: 0 };
            self.earlier.aside.insert(kept.name.clone(), kept.clone());
            self.earlier.kept.insert(key, kept);
        }
    }

    fn aside(&mut self, was: &CellAt, cells: usize) {
        if let Some(name) = self.ours.moves.sheet(&was.sheet.name).filter(|name| self.sheet(name).is_some()) {
            let first = self.ours.moves.now(was).map(|at| at.cell).filter(|_| cells > 0);
            let kept = Kept { name: name.to_owned(), first, cells };
            self.earlier.aside.insert(kept.name.clone(), kept);
        }
    }

    fn remember(&mut self, memory: Memory) {
        // Of a ledger that is gone its totals are all that is left, of findings their words, whatever became of our sheet.
        if matches!(memory.what, What::Ledger | What::Finding) && self.believed {
            let placed = self.placed(memory.clone()).map_or(memory, |(placed, _)| placed);
            self.earlier.seen.compare(placed, None);
            return;
        }
        if let Some((memory, cell)) = self.placed(memory).filter(|_| self.believed) {
            self.earlier.seen.compare(memory, cell.as_ref());
        }
    }

    /// Something remembered, where its cell is now, and what that holds; a cell that is gone stays where it was. `None` where
    /// its sheet is gone.
    fn placed(&self, memory: Memory) -> Option<(Memory, Option<Cell>)> {
        let now = self.ours.moves.now(&memory.at);
        let sheet =
            self.sheet(self.ours.moves.sheet(&memory.at.sheet.name).unwrap_or(&memory.at.sheet.name))?;
        let cell = now.as_ref().map(|now| sheet.get(now.cell).clone());
        let at = now.unwrap_or_else(|| sheet.address(memory.at.cell));
        Some((Memory { at, ..memory }, cell))
    }
}
