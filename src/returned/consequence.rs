//! What follows from a change: cells of ours that nobody touched and that show, or would show, another thing because what
//! they are worked out from is another.

use std::collections::{BTreeMap, BTreeSet};

use super::content;
use super::formula;
use crate::base::{CellAt, CellRef, RangeRef};
use crate::sheet::{Cell, Sheet};

/// Formulas that are followed back at most; of more it is not said which change each follows from.
const MAX_FORMULAS: usize = 20_000;
/// The row that stands for a formula's own, where formulas are compared by the way they point.
const HOME: u32 = 500_000;

/// A cell of ours that holds what was written, and shows what does not follow from what the workbook states now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// The cell.
    pub at: CellAt,
    /// The changed inputs that it follows from; empty where that cannot be told.
    pub of: Vec<CellAt>,
    /// What is there.
    pub found: String,
    /// What is to be there now; `None` where that is said at another place now.
    pub expected: Option<String>,
}

/// The cells that follow from changed ones, by the formulas of the sheets.
#[derive(Debug, Default)]
pub(super) struct Followed {
    from: BTreeMap<CellAt, BTreeSet<CellAt>>,
}

impl Followed {
    /// Follows every formula back to the changed cells.
    pub(super) fn new<'c>(sheets: &[Sheet], changed: impl Iterator<Item = &'c CellAt>) -> Self {
        let mut from: BTreeMap<CellAt, BTreeSet<CellAt>> =
            changed.map(|at| (at.clone(), BTreeSet::from([at.clone()]))).collect();
        let with_formulas = sheets.iter().flat_map(|sheet| {
            let formula = |(at, cell): (CellRef, &Cell)| Some((at, cell.formula.clone()?));
            sheet.cells().filter_map(formula).map(|(at, text)| (sheet.address(at), text))
        });
        let formulas: Vec<(CellAt, Vec<(String, RangeRef)>)> = with_formulas
            .take(MAX_FORMULAS.saturating_add(1))
            .map(|(at, text)| (formula::ranges(&text, &at.sheet.name), at))
            .map(|(ranges, at)| (at, ranges))
            .collect();
        if formulas.len() > MAX_FORMULAS {
            return Self { from };
        }
        loop {
            let mut grew = false;
            for (at, ranges) in &formulas {
                let sources: BTreeSet<CellAt> =
                    ranges.iter().flat_map(|range| within(&from, range)).collect();
                if !sources.is_empty() {
                    let have = from.entry(at.clone()).or_default();
                    let before = have.len();
                    have.extend(sources);
                    grew |= have.len() > before;
                }
            }
            if !grew {
                return Self { from };
            }
        }
    }

    /// The changed cells that this one follows from.
    pub(super) fn from(&self, at: &CellAt) -> Vec<CellAt> {
        self.from.get(at).into_iter().flatten().filter(|from| *from != at).cloned().collect()
    }
}

fn within(from: &BTreeMap<CellAt, BTreeSet<CellAt>>, (sheet, range): &(String, RangeRef)) -> Vec<CellAt> {
    let (first, last) = (CellAt::new(sheet.clone(), range.first), CellAt::new(sheet.clone(), range.last));
    let inside = from.range(first..=last).filter(|(at, _)| range.contains(at.cell));
    inside.flat_map(|(_, sources)| sources.iter().cloned()).collect()
}

/// The cell of `again` in which the formula at `at` of the sheet `then` stands, whose rows may be others now: best in a row
/// that says most of the same, of several at the same place.
pub(super) fn counterpart<'s>(
    then: &Sheet,
    again: &'s Sheet,
    at: &CellAt,
    cell: &Cell,
) -> Option<(CellRef, &'s Cell)> {
    let points = pointing(cell, at)?;
    let same = |(place, other): &(CellRef, &Cell)| {
        pointing(other, &again.address(*place)).is_some_and(|other| other == points)
    };
    let in_column = again.cells().filter(|(place, _)| place.col() == at.cell.col());
    let words = words(then, at.cell.row());
    let likeness = |(place, other): &(CellRef, &Cell)| {
        let alike = self::words(again, place.row()).intersection(&words).count();
        (alike, *place == at.cell, content::value(other) == content::value(cell))
    };
    in_column.filter(same).max_by_key(likeness)
}

/// What stands in a row that is not worked out.
fn words(sheet: &Sheet, row: u32) -> BTreeSet<(u32, String)> {
    let fixed = sheet.row(row).filter(|(_, cell)| cell.formula.is_none());
    fixed.map(|(at, cell)| (at.col(), content::value(cell))).collect()
}

/// A formula by the way it points: what it refers to on its own sheet by the distance from its own row.
fn pointing(cell: &Cell, at: &CellAt) -> Option<String> {
    let shifted = |to: &CellAt| {
        let row = HOME.saturating_add(to.cell.row()).saturating_sub(at.cell.row());
        let near = to.cell.with_row(row).filter(|_| to.sheet == at.sheet);
        near.map_or_else(|| to.clone(), |cell| CellAt::new(to.sheet.clone(), cell))
    };
    Some(formula::canonical(cell.formula.as_ref()?, &at.sheet.name, shifted))
}

/// Whether what the formula at `at` is worked out from is another thing in the workbook that was written again, where it
/// stands at `place`.
pub(super) fn leads_elsewhere(
    then: &[Sheet],
    now: &[Sheet],
    (at, cell): (&CellAt, &Cell),
    place: (CellRef, &Cell),
) -> bool {
    let (place, again) = place;
    let place = CellAt::new(at.sheet.clone(), place);
    read(then, at, cell) != read(now, &place, again)
}

/// What the cells hold that a formula refers to, by their places within its ranges.
fn read(sheets: &[Sheet], at: &CellAt, cell: &Cell) -> Vec<Vec<(u32, u32, String)>> {
    let Some(text) = &cell.formula else { return Vec::new() };
    let ranges = formula::ranges(text, &at.sheet.name).into_iter();
    let values = ranges.map(|(name, range)| {
        let first = range.first;
        let cells = sheets.iter().filter(|sheet| sheet.id.name == name).flat_map(Sheet::cells);
        let inside = cells.filter(|(at, _)| range.contains(*at));
        let away = |at: CellRef| (at.row().saturating_sub(first.row()), at.col().saturating_sub(first.col()));
        inside
            .map(|(at, cell)| {
                let (down, right) = away(at);
                (down, right, content::value(cell))
            })
            .filter(|(_, _, value)| !value.is_empty())
            .collect()
    });
    values.collect()
}
