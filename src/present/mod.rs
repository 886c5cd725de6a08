//! From results to what a person sees: cell edits, notes and the contents of the sheets we add. Pure.

mod accounts;
mod across_files;
mod annotate;
mod binding;
mod charts;
mod detail;
mod fit;
mod given;
pub mod heights;
mod history;
mod issues;
mod kept;
mod known_cells;
mod ledger_cells;
mod letter;
mod live_sums;
mod memory;
mod months;
mod names;
mod notes;
mod overrides;
mod pages;
mod places;
pub mod printable;
mod provenance;
mod questions;
mod reasons;
mod record;
mod result;
mod review;
mod ruled;
pub mod sheet;
mod shown_again;
mod signatures;
mod summary;
mod survey;
mod targets;
mod view;
mod waiting;
mod write_back;

pub use given::given;
pub use ledger_cells::LedgerCells;
pub use names::{Names, folded, free};
pub use notes::deduction;
pub use places::{answer_cell, override_cells, reply_cell, tick_cell, tick_word};
pub use questions::{answer_column, answer_name, answer_names};
pub use sheet::{AddedSheet, Axis, BarChart, Choice, Content, Drawing, Look, SheetCell, Tab};
pub use view::{Locked, Run, View};

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::{CellAt, SheetId};
use crate::model::{self, Reader};
use crate::returned::record::About;
use crate::returned::{Earlier, Keys, Memory, OurSheet, SheetKey};
use crate::xlsx::{NameEdit, NoteEdit, PackageEdits};

use binding::Bindings;
use detail::Layout;
use known_cells::KnownCells;
use waiting::Waiting;

/// Everything that is to change in a workbook.
#[derive(Debug, Default)]
pub struct Edits {
    /// Changes to the cells that are there. The sheets to add are not grafted yet.
    pub package: PackageEdits<SheetId>,
    /// The sheets to add, each with what the record calls it.
    sheets: Vec<(SheetKey, AddedSheet)>,
    /// What stood in the cells that `--replace-scores` writes over.
    replaced: BTreeMap<CellAt, String>,
    /// What the next run is to know of this one.
    memories: Vec<Memory>,
}

impl Edits {
    /// Whether nothing is to change.
    pub fn is_empty(&self) -> bool {
        self.package.leaves_cells() && self.sheets.is_empty()
    }

    /// What goes into one file of the run, whose sheets are then those of the workbook at hand. The sheets to add go into
    /// the `host` alone.
    #[must_use]
    pub fn of_file(&self, file: Option<&str>, host: bool) -> Self {
        let own = |sheet: &SheetId| sheet.name_in(file).map(SheetId::new);
        let replaced = self.replaced.iter();
        Self {
            package: self.package.on(own),
            sheets: if host { self.sheets.clone() } else { Vec::new() },
            replaced: replaced
                .filter_map(|(at, before)| Some((CellAt::new(own(&at.sheet)?, at.cell), before.clone())))
                .collect(),
            memories: self.memories.iter().filter_map(|memory| memory.of_file(file, host)).collect(),
        }
    }
}

/// The edits of a case. [`finish`] puts those of all cases together.
pub fn edits(view: &View) -> Edits {
    let mut book = KnownCells::default();
    if view.case.is_without_points() || view.case.is_declaration_alone() {
        return without_points(view, &mut book);
    }
    know_originals(&mut book, view);
    let bindings = Bindings::new(&view.scored.derivations);
    let waiting = Waiting::of(view);
    let (detail, values) = (view.names.of(OurSheet::Detail), view.names.of(OurSheet::Values));
    let layout = Layout::new(detail, values, view.scored.card.indicators.len());
    kept::know(&mut book, view, &bindings, &layout);
    let expr = |index| ruled::score_expr(view, &bindings, &layout, index);
    overrides::know(&mut book, view, &layout);
    let mut back = write_back::scores(view, &layout, &mut book, &expr);
    let detail = detail::build(view, &bindings, &waiting, &layout, &mut book, &|index| {
        write_back::score_place(view, index)
    });
    let summary = summary::build(view, &layout, &waiting, &mut book);
    write_back::totals(view, &mut book, &layout, &mut back);
    write_back::reasons(view, &book, &layout, &mut back);
    let mut sheets = vec![result::build(view, &layout, &waiting, &mut book), summary, detail];
    sheets.extend(kept::build(view, &bindings, &book));
    sheets.extend(targets::build(view));
    sheets.extend(review::build(view, &mut book));
    sheets.extend(accounts::build(view, &mut book));
    sheets.extend(survey::build(view, &mut book));
    let charts = charts::build(view, &mut book, &mut sheets);
    sheets.splice(2..2, charts);
    sheets.extend(listed(view));
    sheets.push(provenance::build(view));
    let mut memories = memory::of(view, &back, &bindings, &layout);
    memories.extend(memory::findings(view));
    let package = PackageEdits {
        notes: annotate::notes(view, &back),
        cells: back.cells,
        validations: back.validations,
        rows: back.rows,
        ..PackageEdits::default()
    };
    Edits { package, sheets: keyed(view, sheets), replaced: back.replaced, memories }
}

/// The sheets as those of the workbook at hand, each with what the record calls it and the colour of its tab.
fn keyed(view: &View, sheets: Vec<AddedSheet>) -> Vec<(SheetKey, AddedSheet)> {
    let keyed = sheets.into_iter().filter_map(|mut sheet| {
        let key = view.names.key(&sheet.name)?;
        across_files::make_local(view, &mut sheet);
        sheet.tab = tab(key.part);
        Some((key, sheet))
    });
    keyed.collect()
}

fn tab(part: OurSheet) -> Tab {
    match part {
        OurSheet::Result | OurSheet::Summary | OurSheet::Charts => Tab::Result,
        OurSheet::Detail | OurSheet::Values | OurSheet::Targets | OurSheet::Accounts | OurSheet::Survey => {
            Tab::Evidence
        }
        OurSheet::Issues | OurSheet::Matters | OurSheet::Review => Tab::ToDo,
        OurSheet::Letter | OurSheet::Provenance => Tab::Other,
    }
}

/// The edits of a case without points, or with targets alone: what was found, and nothing that looks like a score.
fn without_points(view: &View, book: &mut KnownCells) -> Edits {
    let mut sheets: Vec<AddedSheet> = targets::build(view).into_iter().collect();
    sheets.extend(review::build(view, book));
    sheets.extend(accounts::build(view, book));
    sheets.extend(survey::build(view, book));
    let charts = charts::build(view, book, &mut sheets);
    sheets.extend(charts);
    sheets.extend(listed(view));
    sheets.push(provenance::build(view));
    let notes = annotate::notes(view, &write_back::WriteBack::default());
    Edits {
        package: PackageEdits { notes, ..PackageEdits::default() },
        sheets: keyed(view, sheets),
        memories: memory::findings(view),
        ..Edits::default()
    }
}

/// 问题清单 and the document that follows from it; behind them, with what stays in the house, 复核事项.
fn listed(view: &View) -> impl Iterator<Item = AddedSheet> {
    let list = |reader| issues::build(view, reader);
    [list(Reader::Agency), letter::build(view), list(Reader::Bureau)].into_iter().flatten()
}

/// What the record of a workbook is written with.
#[derive(Debug, Clone)]
pub struct Seal<'a> {
    /// The name of its sheet.
    pub sheet: String,
    /// What it is about.
    pub about: About,
    /// The number formats of the cells that are edited, by the workbook's own sheets.
    pub formats: BTreeMap<CellAt, String>,
    /// What it is signed with.
    pub keys: &'a Keys,
}

/// The edits of one workbook with all sheets to add, the record of what is ours among them.
///
/// Cases may share a form (one ledger for two projects): a cell is written once, and its notes become one.
pub fn finish(cases: Vec<Edits>, earlier: &Earlier, seal: &Seal) -> (PackageEdits, Vec<AddedSheet>, String) {
    let mut all = Edits::default();
    let mut written: BTreeSet<CellAt> = BTreeSet::new();
    let mut bounded: BTreeSet<CellAt> = BTreeSet::new();
    let mut notes: BTreeMap<CellAt, NoteEdit<SheetId>> = BTreeMap::new();
    for case in cases {
        let cells = case.package.cells.into_iter();
        all.package
            .cells
            .extend(cells.filter(|edit| written.insert(CellAt::new(edit.sheet.clone(), edit.cell))));
        let validations = case.package.validations.into_iter();
        all.package
            .validations
            .extend(validations.filter(|edit| bounded.insert(CellAt::new(edit.sheet.clone(), edit.cell))));
        all.package.rows.extend(case.package.rows);
        for note in case.package.notes {
            match notes.entry(CellAt::new(note.sheet.clone(), note.cell)) {
                Entry::Vacant(free) => drop(free.insert(note)),
                Entry::Occupied(mut have) => join(have.get_mut(), note.text),
            }
        }
        all.sheets.extend(case.sheets);
        all.replaced.extend(case.replaced);
        all.memories.extend(case.memories);
    }
    all.package.notes.extend(notes.into_values());
    printable::edits(&mut all.package);
    for (_, sheet) in &mut all.sheets {
        printable::links(sheet);
        printable::sheet(sheet);
    }
    let replaced = earlier.replaced.clone().into_iter().chain(all.replaced).collect();
    let told = record::Told {
        package: &all.package,
        sheets: &all.sheets,
        replaced: &replaced,
        formats: &seal.formats,
        memories: &all.memories,
        earlier,
    };
    let (record, names, id) = record::build(&seal.sheet, &told, &seal.about, seal.keys);
    all.package.cells.extend(earlier.stale_cells(&written));
    let stale = earlier.stale_notes(&all.package.notes);
    all.package.notes.splice(0..0, stale);
    let mut package = all.package.on(|sheet| Some(sheet.name.clone()));
    package.names = stale_names(earlier, &names);
    package.names.extend(names);
    let sheets = all.sheets.into_iter().map(|(_, sheet)| sheet).chain([record]).collect();
    (package, sheets, id)
}

/// Adds what another case says of the same cell, unless it says the same.
fn join(note: &mut NoteEdit<SheetId>, more: Option<String>) {
    let text = note.text.get_or_insert_default();
    if let Some(more) = more.filter(|more| !text.contains(more.as_str())) {
        text.push('\n');
        text.push_str(&more);
    }
}

/// Names of an earlier run that no record of this one uses.
fn stale_names(earlier: &Earlier, names: &[NameEdit]) -> Vec<NameEdit> {
    let kept: BTreeSet<&str> = names.iter().map(|new| new.name.as_str()).collect();
    let stale = earlier.names.iter().filter(|old| !kept.contains(old.as_str()));
    stale.map(|name| NameEdit { name: name.clone(), refers_to: None, hidden: true }).collect()
}

/// Puts the original's cells that formulas may refer to into the book.
fn know_originals(book: &mut KnownCells, view: &View) {
    let mut know = |entry: &Option<model::Entry>| entry.iter().for_each(|entry| book.know_entry(entry));
    for result in &view.scored.card.indicators {
        let Some(i) = view.indicator(result) else { continue };
        for entry in
            [&i.weight_entry, &i.criterion, &i.target, &i.actual, &i.stated_score, &i.score, &i.situation]
        {
            know(entry);
        }
        know(&i.reason);
        for benchmark in &i.standards {
            know(&Some(benchmark.entry.clone()));
        }
    }
    if let Some(form) = &view.case.score_form {
        know(&form.total.score);
        know(&form.total.grade);
    }
}
