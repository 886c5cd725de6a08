//! A record laid over the workbook that it came with: where each line's cell is now, and whether the sheets that we added
//! hold what was written.

use std::collections::BTreeMap;

use super::content::Digest;
use super::moves::Moves;
use super::record::{Record, RecordLine, Written};
use crate::base::{CellAt, CellRef};
use crate::sheet::Sheet;

/// A record over its workbook.
pub(super) struct Ours<'r> {
    pub(super) moves: Moves,
    /// The digests of each sheet, by the name that it had.
    digests: BTreeMap<&'r str, BTreeMap<CellRef, &'r Digest>>,
}

impl<'r> Ours<'r> {
    /// `names` are the workbook's defined names that refer to one cell.
    pub(super) fn new(record: &'r Record, names: &BTreeMap<String, CellAt>) -> Self {
        let cells: Vec<(CellAt, Option<CellAt>)> =
            record.lines.iter().map(|(name, line)| (line.at.clone(), names.get(name).cloned())).collect();
        let mut digests: BTreeMap<&str, BTreeMap<CellRef, &Digest>> = BTreeMap::new();
        for (_, RecordLine { at, written }) in &record.lines {
            if let Written::Digests(cells) = written {
                let of_sheet = digests.entry(at.sheet.name.as_str()).or_default();
                of_sheet.extend(cells.iter().map(|(cell, digest)| (*cell, digest)));
            }
        }
        Self { moves: Moves::new(&cells), digests }
    }

    /// The way to where cells are once the sheets of ours were written again.
    pub(super) fn anew(&self, record: &Record) -> Moves {
        let sheets = record.lines.iter().filter_map(|(_, line)| match line.written {
            Written::Sheet(_) => Some(line.at.sheet.name.as_str()),
            _ => None,
        });
        self.moves.written_anew(sheets)
    }

    /// What is known of the cells of a sheet that was called `was`.
    pub(super) fn digests(&self, was: &str) -> impl Iterator<Item = (CellRef, &'r Digest)> {
        self.digests.get(was).into_iter().flatten().map(|(cell, digest)| (*cell, *digest))
    }

    /// The sheets that a sheet of ours may be now: the one that its names lead to, and the one of its name.
    pub(super) fn candidates<'s>(&self, was: &str, sheets: &'s [Sheet]) -> Vec<&'s Sheet> {
        let mut names: Vec<&str> = self.moves.sheet(was).into_iter().chain([was]).collect();
        names.dedup();
        names.into_iter().filter_map(|name| sheets.iter().find(|sheet| sheet.id.name == name)).collect()
    }

    /// The cells of a sheet of ours that do not hold what was written, and those that hold something where nothing was.
    pub(super) fn altered(&self, was: &str, sheet: &Sheet) -> Vec<CellRef> {
        let holds =
            |cell: CellRef, digest: &Digest| digest.holds(sheet.get(cell), &sheet.address(cell), &self.moves);
        let other = self.digests(was).filter(|(cell, digest)| !holds(*cell, digest)).map(|(cell, _)| cell);
        let known = self.digests.get(was);
        let more = sheet.cells().map(|(cell, _)| cell);
        let more = more.filter(|cell| known.is_none_or(|known| !known.contains_key(cell)));
        let mut altered: Vec<CellRef> = other.chain(more).collect();
        altered.sort_unstable();
        altered
    }

    /// The sheet that a sheet of ours is now, with its cells that do not hold what was written: of several the one with the
    /// fewest. One that a name alone leads to must still hold most of it, else the name lies.
    pub(super) fn found<'s>(&self, was: &str, sheets: &'s [Sheet]) -> Option<(&'s Sheet, Vec<CellRef>)> {
        let candidates = self.candidates(was, sheets).into_iter();
        let own = candidates.filter(|sheet| sheet.id.name == was || self.is_mostly(was, sheet));
        own.map(|sheet| (sheet, self.altered(was, sheet))).min_by_key(|(_, altered)| altered.len())
    }

    /// Whether a sheet still holds most of what was written on the sheet of ours that was called `was`.
    pub(super) fn is_mostly(&self, was: &str, sheet: &Sheet) -> bool {
        let altered = self.altered(was, sheet);
        let fixed = || self.digests(was).filter(|(_, digest)| **digest != Digest::Open);
        let kept = fixed().filter(|(cell, _)| altered.binary_search(cell).is_err()).count();
        kept > 0 && kept.saturating_mul(2) >= fixed().count()
    }
}
