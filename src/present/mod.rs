//! From results to what a person sees: cell edits, notes and the contents of the sheets we add. Pure.

mod accounts;
mod binding;
mod book;
mod detail;
mod issues;
mod notes;
mod provenance;
pub mod sheet;
mod summary;
mod targets;
mod view;
mod write_back;

pub use notes::deduction;
pub use sheet::{AddedSheet, BarChart, Choice, Content, Look, SheetCell};
pub use view::{LedgerCells, Locked, Run, View};

use crate::model::Entry;
use crate::ooxml::PackageEdits;

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
pub const ADDED_SHEETS: &[&str] =
    &[summary::NAME, detail::NAME, targets::NAME, accounts::NAME, issues::NAME, provenance::NAME];

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
    let package =
        PackageEdits { cells: back.cells, validations: back.validations, ..PackageEdits::default() };
    Edits { package, sheets }
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
