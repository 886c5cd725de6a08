//! From results to what a person sees: cell edits, notes and the contents of the sheets we add. Pure.

mod accounts;
mod annotate;
mod binding;
mod book;
mod detail;
mod fit;
mod issues;
mod notes;
mod provenance;
mod record;
pub mod sheet;
mod summary;
mod targets;
mod view;
mod write_back;

pub use notes::deduction;
pub use record::{Earlier, NAME as RECORD};
pub use sheet::{AddedSheet, BarChart, Choice, Content, Look, SheetCell};
pub use view::{LedgerCells, Locked, Run, View};

use crate::model::Entry;
use crate::ooxml::{NameEdit, PackageEdits};

use binding::Bindings;
use book::Book;
use detail::Layout;

/// Everything that is to change in a workbook.
#[derive(Debug, Default)]
pub struct Edits {
    /// Changes to the cells that are there. The sheets to add are not grafted yet.
    pub package: PackageEdits,
    /// The sheets to add.
    pub sheets: Vec<AddedSheet>,
}

/// The names of the sheets we add.
pub const ADDED_SHEETS: &[&str] = &[
    summary::NAME,
    detail::NAME,
    targets::NAME,
    accounts::NAME,
    issues::NAME,
    provenance::NAME,
    record::NAME,
];

/// The edits of a case.
pub fn edits(view: &View) -> Edits {
    let mut book = Book::default();
    know_originals(&mut book, view);
    let bindings = Bindings::new(&view.scored.derivations);
    let layout = Layout::new(view.scored.card.indicators.len());
    detail::know_kept(&mut book, view, &bindings, &layout);
    let expr = |index| detail::score_expr(view, &bindings, &layout, index);
    let mut back = write_back::scores(view, &mut book, &expr);
    let detail = detail::build(view, &bindings, &layout, &mut book, &|index| write_back::home(view, index));
    let summary = summary::build(view, &layout, &mut book);
    write_back::totals(view, &mut book, &layout, &mut back);
    write_back::reasons(view, &mut back);
    let mut sheets = vec![summary, detail];
    sheets.extend(targets::build(view));
    sheets.extend(accounts::build(view, &mut book));
    sheets.push(issues::build(view));
    sheets.push(provenance::build(view));
    let notes = annotate::notes(view);
    let (record, mut names) = record::build(&back.cells, &notes, &sheets);
    sheets.push(record);
    names.splice(0..0, stale_names(view, &names));
    let mut all_notes = view.earlier.stale_notes(&notes);
    all_notes.extend(notes);
    let package = PackageEdits {
        cells: back.cells,
        validations: back.validations,
        notes: all_notes,
        names,
        ..PackageEdits::default()
    };
    Edits { package, sheets }
}

/// Names of an earlier run that no record of this one uses.
fn stale_names(view: &View, names: &[NameEdit]) -> Vec<NameEdit> {
    let stale = view.earlier.names.iter().filter(|old| !names.iter().any(|new| new.name == **old));
    stale.map(|name| NameEdit { name: name.clone(), refers_to: None, hidden: true }).collect()
}

/// Puts the original's cells that formulas may refer to into the book.
fn know_originals(book: &mut Book, view: &View) {
    let mut know = |entry: &Option<Entry>| entry.iter().for_each(|entry| book.know_entry(entry));
    for result in &view.scored.card.indicators {
        let Some(i) = view.indicator(result) else { continue };
        for entry in [&i.weight_entry, &i.criterion, &i.target, &i.actual, &i.stated_score, &i.score] {
            know(entry);
        }
    }
    if let Some(form) = &view.case.score_form {
        know(&form.total.score);
    }
}
