//! What the record is to say of a run: every cell and note we wrote with what we wrote, what the sheets that we add hold,
//! which cells our formulas refer to, and what is remembered. `returned` writes it down, seals it and reads it back.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{AddedSheet, Content as SheetContent, GENERAL, Look};
use crate::base::{CellAt, CellRef, RangeAt, SheetId, quote_sheet};
use crate::expr::{self, Value};
use crate::returned::content::{Digest, of_formula, of_number, of_text};
use crate::returned::record::{self, About, RecordLine, Written};
use crate::returned::seal;
use crate::returned::{Earlier, Keys, Memory, SheetKey, View, references};
use crate::xlsx::{Cached, Content, NameEdit, PackageEdits, Series};

/// Widths of the record's columns.
const WIDTHS: [u16; record::COLUMNS] = [8, 8, 20, 10, 80, 10, 20, 8];

/// Cells of one number format on a line of the record.
const FORMATTED: usize = 2_000;

/// What a record is made of.
pub(super) struct Told<'a> {
    /// What is written into the agency's sheets.
    pub(super) package: &'a PackageEdits<SheetId>,
    /// The sheets added.
    pub(super) sheets: &'a [(SheetKey, AddedSheet)],
    /// What stood in a cell that `--replace-scores` wrote over.
    pub(super) replaced: &'a BTreeMap<CellAt, String>,
    /// The number formats of the agency's cells, as far as they are known.
    pub(super) formats: &'a BTreeMap<CellAt, String>,
    /// What is remembered.
    pub(super) memories: &'a [Memory],
    /// What earlier runs left.
    pub(super) earlier: &'a Earlier,
}

/// The record's sheet under this name, the names that follow its lines, and the return's id.
pub(super) fn build(
    name: &str,
    told: &Told,
    about: &About,
    keys: &Keys,
) -> (AddedSheet, Vec<NameEdit>, String) {
    let sealed = seal::seal(about, &lines(told), keys);
    let mut sheet = AddedSheet::new(name, &WIDTHS);
    sheet.very_hidden = true;
    for (row, texts) in (0_u32..).zip(&sealed.rows) {
        for (column, text) in (0_u32..).zip(texts) {
            sheet.text(row, column, Look::Text, text.as_str());
        }
    }
    let names = sealed.names.into_iter().map(|(name, at)| {
        let refers_to = Some(format!("{}!{}", quote_sheet(&at.sheet.name), at.cell.absolute()));
        NameEdit { name, refers_to, hidden: true }
    });
    (sheet, names.collect(), sealed.id)
}

fn lines(told: &Told) -> Vec<RecordLine> {
    let mut lines = Vec::new();
    for edit in &told.package.cells {
        let at = CellAt::new(edit.sheet.clone(), edit.cell);
        let Some((content, shown)) =
            edit.content.as_ref().and_then(|content| written(content, &at.sheet.name))
        else {
            continue;
        };
        let replaced = told.replaced.get(&at).cloned().unwrap_or_default();
        let of_sheet = || told.formats.get(&at).cloned();
        let format = edit.style.number_format.clone().or_else(of_sheet).unwrap_or_default();
        lines.push(RecordLine { at, written: Written::Cell { content, replaced, shown, format } });
    }
    for note in &told.package.notes {
        let at = CellAt::new(note.sheet.clone(), note.cell);
        lines.extend(note.text.clone().map(|text| RecordLine { at, written: Written::Note(text) }));
    }
    let formulas: Vec<Formulas> = told.sheets.iter().map(|(_, sheet)| formulas(sheet)).collect();
    for ((key, sheet), formulas) in told.sheets.iter().zip(&formulas) {
        lines.extend(at_corner(&sheet.name, Written::Sheet(*key)));
        lines.extend(seal::digests(&sheet.name, digests(sheet, formulas)));
        lines.extend(views(sheet).into_iter().filter_map(|view| at_corner(&sheet.name, Written::View(view))));
    }
    lines.extend(told.earlier.aside.values().filter_map(|kept| {
        let cell = kept.first.or_else(|| CellRef::new(0, 0))?;
        let written = Written::Aside { cells: kept.cells };
        Some(RecordLine { at: CellAt::new(kept.name.clone(), cell), written })
    }));
    lines.extend(told.memories.iter().map(RecordLine::from));
    let places = places(told, &formulas, &lines);
    lines.extend(places);
    lines
}

fn at_corner(sheet: &str, written: Written) -> Option<RecordLine> {
    CellRef::new(0, 0).map(|corner| RecordLine { at: CellAt::new(sheet, corner), written })
}

/// The agency's cells that formulas of ours refer to and that no line follows yet: a formula is known again only where it
/// is known where its references went.
fn places(told: &Told, formulas: &[Formulas], lines: &[RecordLine]) -> Vec<RecordLine> {
    let followed: BTreeSet<&CellAt> = lines.iter().map(|line| &line.at).collect();
    let ours: BTreeSet<&str> = told.sheets.iter().map(|(_, sheet)| sheet.name.as_str()).collect();
    let written = told.package.cells.iter().filter_map(|edit| match &edit.content {
        Some(Content::Formula { text, .. }) => Some((text, edit.sheet.name.as_str())),
        _ => None,
    });
    let added = told.sheets.iter().zip(formulas);
    let added = added.flat_map(|((_, sheet), texts)| texts.values().map(|text| (text, sheet.name.as_str())));
    let all = written.chain(added).flat_map(|(text, on_sheet)| references(text, on_sheet));
    let wanted: BTreeSet<CellAt> =
        all.filter(|at| !ours.contains(at.sheet.name.as_str()) && !followed.contains(at)).collect();
    wanted.into_iter().map(|at| RecordLine { at, written: Written::Place }).collect()
}

/// The texts of the formulas on a sheet that we add.
type Formulas = BTreeMap<CellRef, String>;

fn formulas(sheet: &AddedSheet) -> Formulas {
    let text = |content: &SheetContent| match content {
        SheetContent::Formula { expr, .. } => expr::formula(expr, Some(&sheet.name)).ok(),
        _ => None,
    };
    sheet.cells.iter().filter_map(|(at, cell)| Some((*at, text(&cell.content)?))).collect()
}

/// What each cell of a sheet that we add holds; what a person fills in there is open.
fn digests(sheet: &AddedSheet, formulas: &Formulas) -> Vec<(CellRef, Digest)> {
    let digest = |(at, cell): (&CellRef, &super::SheetCell)| {
        let digest = match &cell.content {
            _ if matches!(cell.look, Look::Input | Look::Tick) => Digest::Open,
            SheetContent::Text(text) | SheetContent::Link { text, .. } | SheetContent::File { text, .. } => {
                Digest::of(&of_text(text), None)
            }
            SheetContent::Number(number) => Digest::of(&of_number(number), None),
            SheetContent::Formula { value, .. } => {
                Digest::of(&of_formula(formulas.get(at)?, &sheet.name), Some(&of_value(value)))
            }
            SheetContent::Typed { .. } | SheetContent::Blank => return None,
        };
        Some((*at, digest))
    };
    sheet.cells.iter().filter_map(digest).collect()
}

/// How a sheet that we add shows what it holds.
fn views(sheet: &AddedSheet) -> Vec<View> {
    let series = sheet.charts.iter().flat_map(|chart| {
        let formula = |RangeAt { sheet: of, range }: &RangeAt| {
            // A chart of one bar draws a cell, not a range.
            let one = range.first == range.last;
            let cells = if one { range.first.absolute() } else { range.absolute() };
            of_formula(&format!("{}!{cells}", quote_sheet(&of.name)), &sheet.name)
        };
        chart.drawing.series.iter().map(move |(name, values)| {
            let (labels, values) = (formula(&chart.drawing.labels), formula(values));
            View::Series(Series { name: name.clone(), labels, values })
        })
    });
    let mut by_format: BTreeMap<&str, Vec<CellRef>> = BTreeMap::new();
    for (at, cell) in sheet.cells.iter().filter(|(_, cell)| cell.look.number_format() != GENERAL) {
        by_format.entry(cell.look.number_format()).or_default().push(*at);
    }
    let formats = by_format.into_iter().flat_map(|(code, cells)| {
        let groups = cells.chunks(FORMATTED).map(<[CellRef]>::to_vec);
        groups.map(|cells| View::Format { code: code.to_owned(), cells }).collect::<Vec<_>>()
    });
    std::iter::once(View::Protected).chain(series).chain(formats).collect()
}

fn of_value(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => of_number(number),
        Value::Text(text) if text.is_empty() => String::new(),
        Value::Text(text) => of_text(text),
        Value::Bool(true) => "!TRUE".to_owned(),
        Value::Bool(false) => "!FALSE".to_owned(),
        Value::Error(error) => format!("!{}", error.code()),
    }
}

/// What a content is in the record, and what a person sees of it.
fn written(content: &Content, on_sheet: &str) -> Option<(String, String)> {
    Some(match content {
        Content::Formula { text, cached } => {
            let shown = match cached {
                Cached::Number(number) => number.to_string(),
                Cached::Text(text) | Cached::Error(text) => text.clone(),
                Cached::Bool(flag) => flag.to_string(),
            };
            (of_formula(text, on_sheet), shown)
        }
        Content::Text(text) => (of_text(text), text.clone()),
        Content::Number(number) => (of_number(number), number.to_string()),
        Content::Blank => return None,
    })
}
