//! Where the cells of a returned workbook are now. Defined names follow them when rows are inserted and sheets renamed; but
//! names are foreign, so they are read together: a row is where most names of its cells are, rows keep their order, and a
//! name that says otherwise moves nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{CellAt, CellRef};

/// The way from where cells were to where they are, and back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Moves {
    /// Whether there are names at all: a program may have dropped them; then cells are taken to stand where they stood.
    followed: bool,
    /// By the name that a sheet had.
    sheets: BTreeMap<String, Moved>,
    /// The name that a sheet had, by the one it has.
    was: BTreeMap<String, String>,
}

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Moved {
    now: String,
    rows: Axis,
    cols: Axis,
}

/// Rows or columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Axis {
    now: BTreeMap<u32, u32>,
    was: BTreeMap<u32, u32>,
}

/// How often each answer was given.
type Votes<T> = BTreeMap<T, BTreeMap<T, usize>>;

fn vote<T: Ord>(votes: &mut Votes<T>, was: T, now: T) {
    let count = votes.entry(was).or_default().entry(now).or_default();
    *count = count.saturating_add(1);
}

/// The answer most often given; of two as often the one that nothing moved.
fn elected<T: Ord + Clone>(was: &T, answers: &BTreeMap<T, usize>) -> Option<T> {
    answers.iter().max_by_key(|(now, count)| (**count, *now == was)).map(|(now, _)| now.clone())
}

impl Moves {
    /// What names tell: `cells` are the cells as they were, each with where its name is now.
    pub(super) fn new(cells: &[(CellAt, Option<CellAt>)]) -> Self {
        let told = || cells.iter().filter_map(|(was, now)| Some((was, now.as_ref()?)));
        let mut names: Votes<String> = BTreeMap::new();
        for (was, now) in told() {
            vote(&mut names, was.sheet.name.clone(), now.sheet.name.clone());
        }
        let mut moves = Self { followed: told().next().is_some(), ..Self::default() };
        for (was, answers) in &names {
            let Some(now) = elected(was, answers) else { continue };
            // Two sheets cannot have become one.
            if moves.was.contains_key(&now) {
                continue;
            }
            let (mut rows, mut cols): (Votes<u32>, Votes<u32>) = Default::default();
            for (from, to) in told().filter(|(from, to)| from.sheet.name == *was && to.sheet.name == now) {
                vote(&mut rows, from.cell.row(), to.cell.row());
                vote(&mut cols, from.cell.col(), to.cell.col());
            }
            moves.was.insert(now.clone(), was.clone());
            let sheet = Moved { now, rows: Axis::new(&rows), cols: Axis::new(&cols) };
            moves.sheets.insert(was.clone(), sheet);
        }
        moves
    }

    /// Sheets that have another name, each as now and as it was; nothing else moved.
    pub(super) fn renamed(sheets: impl Iterator<Item = (String, String)>) -> Self {
        Self { was: sheets.collect(), ..Self::default() }
    }

    /// The same for a workbook in which these sheets, by the names that they had, were written anew: they have the names
    /// they have, and their cells stand where they stood.
    pub(super) fn written_anew<'s>(&self, sheets: impl Iterator<Item = &'s str>) -> Self {
        let mut anew = self.clone();
        for was in sheets {
            if let Some(moved) = anew.sheets.get_mut(was) {
                (moved.rows, moved.cols) = Default::default();
            }
        }
        anew
    }

    /// What a sheet is called now; `None` where it is gone.
    pub(super) fn sheet<'m>(&'m self, was: &'m str) -> Option<&'m str> {
        match self.sheets.get(was) {
            Some(moved) => Some(&moved.now),
            None => (!self.followed).then_some(was),
        }
    }

    /// Where a recorded cell is now; `None` where its row, column or sheet was deleted.
    pub(super) fn now(&self, was: &CellAt) -> Option<CellAt> {
        let Some(moved) = self.sheets.get(&was.sheet.name) else {
            return (!self.followed).then(|| was.clone());
        };
        let row = moved.rows.now.get(&was.cell.row())?;
        let col = moved.cols.now.get(&was.cell.col())?;
        Some(CellAt::new(moved.now.clone(), CellRef::new(*row, *col)?))
    }

    /// Where a cell was, recorded or not.
    pub(super) fn was(&self, now: &CellAt) -> CellAt {
        let Some(was) = self.was.get(&now.sheet.name) else { return now.clone() };
        let moved = self.sheets.get(was);
        let back = moved
            .and_then(|moved| CellRef::new(moved.rows.back(now.cell.row()), moved.cols.back(now.cell.col())));
        CellAt::new(was.clone(), back.unwrap_or(now.cell))
    }
}

impl Axis {
    fn new(votes: &Votes<u32>) -> Self {
        let elected: Vec<(u32, u32)> =
            votes.iter().filter_map(|(was, answers)| Some((*was, elected(was, answers)?))).collect();
        let kept = in_order(&elected);
        let now: BTreeMap<u32, u32> = kept.iter().copied().collect();
        let was = kept.into_iter().map(|(was, now)| (now, was)).collect();
        Self { now, was }
    }

    /// Where a row was: one that no name follows moved as the one before it.
    fn back(&self, now: u32) -> u32 {
        let before = self.was.range(..=now).next_back();
        match before.or_else(|| self.was.iter().next()) {
            Some((there, was)) if *was >= *there => now.saturating_add(was.saturating_sub(*there)),
            Some((there, was)) => now.saturating_sub(there.saturating_sub(*was)),
            None => now,
        }
    }
}

/// The longest part of the pairs, sorted by the first, in which the second rises too.
fn in_order(pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    // For each length the lowest end of a rising part of that length; with each pair the pair before it.
    let mut ends: Vec<(u32, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (index, (_, now)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|(end, _)| end < now);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).map(|(_, at)| *at));
        match ends.get_mut(length) {
            Some(end) => *end = (*now, index),
            None => ends.push((*now, index)),
        }
    }
    let mut kept = BTreeSet::new();
    let mut at = ends.last().map(|(_, index)| *index);
    while let Some(index) = at {
        kept.extend(pairs.get(index).copied());
        at = before.get(index).copied().flatten();
    }
    kept.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(sheet: &str, cell: &str) -> CellAt {
        CellAt::new(sheet, cell.parse().expect("an address"))
    }

    fn moves(names: &[(&str, &str)]) -> Moves {
        let pair = |(was, now): &(&str, &str)| (at("表", was), Some(at("稿", now)));
        Moves::new(&names.iter().map(pair).collect::<Vec<_>>())
    }

    #[test]
    fn cells_follow_inserted_rows_and_renamed_sheets() {
        let moves = moves(&[("A1", "A1"), ("K4", "K5"), ("L4", "L5"), ("K9", "K10")]);
        assert_eq!(moves.now(&at("表", "L9")), Some(at("稿", "L10")));
        assert_eq!(moves.was(&at("稿", "K8")), at("表", "K7"));
        assert_eq!(moves.was(&at("别的", "K8")), at("别的", "K8"));
        assert_eq!(moves.now(&at("表", "K6")), None, "no name follows the row: it is gone");
    }

    #[test]
    fn a_name_that_lies_moves_nothing() {
        let moves =
            moves(&[("K4", "K4"), ("L4", "J5"), ("M4", "M4"), ("K5", "K5"), ("L5", "L5"), ("L6", "L6")]);
        assert_eq!(moves.now(&at("表", "L4")), Some(at("稿", "L4")));
        assert_eq!(moves.now(&at("表", "K5")), Some(at("稿", "K5")));
    }

    #[test]
    fn rows_keep_their_order() {
        assert_eq!(in_order(&[(1, 1), (2, 9), (3, 3), (4, 4)]), [(1, 1), (3, 3), (4, 4)]);
        assert_eq!(in_order(&[]), []);
    }

    #[test]
    fn without_names_cells_stand_where_they_stood() {
        let moves = Moves::new(&[(at("表", "K4"), None)]);
        assert_eq!(moves.now(&at("表", "K4")), Some(at("表", "K4")));
    }
}
