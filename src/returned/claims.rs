//! What a record that proves nothing says is ours, and how it is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::content;
use super::moves::Moves;
use super::our_sheet::SheetKey;
use super::ours::Ours;
use super::record::{Record, RecordLine, Written};
use crate::base::CellAt;
use crate::sheet::Sheet;

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
            Written::Sheet(key) => Some((claimed.get(key)?.clone(), line.at.sheet.name.clone())),
            _ => None,
        });
        let mut ours = Ours::new(written, &BTreeMap::new());
        ours.moves = Moves::renamed(own);
        let sheet = |name: &str| sheets.iter().find(|sheet| sheet.id.name == name);
        let same = |at: &CellAt, content: &str| {
            sheet(&at.sheet.name)
                .is_some_and(|sheet| content::found(sheet.get(at.cell), at, &ours.moves) == content)
        };
        let whole = |name: &str| sheet(name).is_some_and(|sheet| ours.altered(name, sheet).is_empty());
        let mut kept = Self::default();
        for (_, RecordLine { at, written }) in &written.lines {
            match written {
                Written::Cell { content, .. } if self.cells.contains(at) && same(at, content) => {
                    kept.cells.insert(at.clone());
                }
                Written::Sheet(key)
                    if self.sheets.get(key) == Some(&at.sheet.name) && whole(&at.sheet.name) =>
                {
                    kept.sheets.insert(*key, at.sheet.name.clone());
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
    /// Sheets of ours that a person changed count as ours where they stand: so a run writes there what was to stand in them,
    /// and a verification can lay one beside the other.
    pub in_place: bool,
}
