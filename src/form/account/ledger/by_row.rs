//! Columns that say something of each row for itself: whether its money was spent, and in which unit its amounts are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, is_nothing, key};
use crate::form::ledger::titled_unit;
use crate::form::view::Item;
use crate::mapping::Column;
use crate::mapping::compose::ledger::{harmless, void};
use crate::mapping::compose::{self, Role, Silent, Table};
use crate::mapping::title::normalise;
use crate::model::{MoneyUnit, Watched};

impl Ledger<'_, '_> {
    /// What to watch a column for: words that say of a row that it does not count, and of a ledger too long to be held what
    /// the rows below those held may yet fill.
    pub(super) fn watch(&self, col: u32, items: &[&Item<'_>]) -> Option<Watched> {
        let title = self.title(col).filter(|_| self.read(col).is_none() && !self.is_told(col))?;
        let role = compose::read(&title.key, Table::Ledger).map(|read| read.role);
        let nothing = items.iter().all(|item| item.look().is_none() || is_nothing(item));
        let long = self.view.sheet.truncated;
        let kind = match role {
            Some(Role::Silent(kind @ (Silent::State | Silent::Refund)))
                if long || self.is_state(kind, items) =>
            {
                kind
            }
            Some(Role::Silent(kind @ Silent::Currency)) if long && !self.in_yuan => kind,
            Some(Role::Silent(kind @ Silent::OtherAmount)) if long && nothing => kind,
            _ => return None,
        };
        Some(Watched { col, harmless: harmless(kind).to_vec(), void: void(kind).to_vec() })
    }

    /// Whether all cells of a column of states say that all is well, or that the row's money was not spent.
    pub(super) fn is_state(&self, kind: Silent, items: &[&Item<'_>]) -> bool {
        let title = |item: &Item<'_>| self.title(item.at.col()).is_some_and(|title| title.key == item.key);
        let filled = items.iter().filter(|item| item.look().is_some() && !title(item) && !is_nothing(item));
        let known = |item: &&Item<'_>| harmless(kind).contains(&key(item)) || void(kind).contains(&key(item));
        filled.into_iter().all(known)
    }

    /// The column in which each row says the unit of its amounts, and the unit of those that say none: not where its words
    /// and what titles and head state contradict each other.
    pub(super) fn unit_by_row(
        &self,
        columns: &BTreeMap<u32, Vec<&Item<'_>>>,
        stated: Option<MoneyUnit>,
    ) -> Option<(u32, MoneyUnit)> {
        let mut found = columns.iter().filter_map(|(col, items)| {
            let title = self.title(*col).filter(|_| self.read(*col).is_none() && !self.is_told(*col))?;
            let role = compose::read(&title.key, Table::Ledger).map(|read| read.role);
            let words = items.iter().filter(|item| item.look().is_some() && item.key != title.key);
            let units: Option<BTreeSet<MoneyUnit>> =
                words.map(|item| MoneyUnit::of_word(&item.key)).collect();
            let units =
                units.filter(|units| !units.is_empty() && role != Some(Role::Silent(Silent::Currency)))?;
            let only = units.first().copied().filter(|_| units.len() == 1);
            let fits = match (stated, titled_unit(self.header)) {
                (_, Some(titled)) => only == Some(titled),
                (Some(stated), None) => units.contains(&stated),
                (None, None) => true,
            };
            fits.then(|| (*col, only.filter(|_| stated.is_none()).unwrap_or(self.unit)))
        });
        // Of two such columns one is not of the amounts.
        let (first, second) = (found.next(), found.next());
        first.filter(|_| second.is_none())
    }

    /// Whether a person said that nothing is read from the column.
    pub(super) fn is_told(&self, col: u32) -> bool {
        self.header.columns.iter().any(|column| {
            let rule = self.mapping.columns_of(self.header.table).get(column.rule);
            column.col == col
                && column.column == Column::Other
                && rule.is_some_and(|rule| rule.is_told(column.rank))
        })
    }

    /// The cell of a column that says most of it: where its title names a kind, one that says something else than all is
    /// well (美元 in 币种); of units one that is not the ledger's.
    pub(super) fn telling<'i, 'b>(&self, title: &str, items: &[&'i Item<'b>]) -> Option<&'i Item<'b>> {
        let role = compose::read(&normalise(title), Table::Ledger).map(|read| read.role);
        let (fine, off) = match role {
            Some(Role::Silent(kind)) => (harmless(kind), void(kind)),
            _ => (&[][..], &[][..]),
        };
        let shown = || items.iter().copied().filter(|item| item.look().is_some() && !is_nothing(item));
        let is_fine = |item: &Item<'_>| {
            fine.contains(&key(item)) || MoneyUnit::of_word(&item.key) == Some(self.unit) && item.key != "万"
        };
        shown()
            .find(|item| !is_fine(item) && !off.contains(&key(item)))
            .or_else(|| shown().find(|item| !is_fine(item)))
            .or_else(|| shown().next())
    }
}
