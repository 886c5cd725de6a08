//! The same titles side by side in groups (中期 | 年度): only one group is read.

use std::collections::BTreeSet;

use super::{Header, Leaf, MAX_TITLE_BYTES, Search};
use crate::mapping::Column;

/// Rows above a header in which the titles of groups side by side are looked for.
const PANEL_ROWS: u32 = 8;

impl Search<'_, '_> {
    /// Where the same titles stand side by side in groups, only one group is read.
    pub(super) fn panels(&self, chosen: &mut Vec<(Leaf, usize, usize)>, header: &mut Header) {
        let key = Column::Name;
        let names: Vec<u32> = chosen
            .iter()
            .filter(|(leaf, rule, _)| self.column(*rule) == key && self.same_title_twice(leaf, chosen))
            .map(|(leaf, ..)| leaf.at.col())
            .collect();
        let (Some(&first), Some(&second)) = (names.first(), names.get(1)) else { return };
        // The second group begins behind the first name, at the first title that stood before.
        let stood_before = |column: Column, col: u32| {
            chosen.iter().any(|(other, rule, _)| self.column(*rule) == column && other.at.col() < col)
        };
        let cut = chosen
            .iter()
            .filter(|(leaf, ..)| leaf.at.col() > first && leaf.at.col() <= second)
            .find(|(leaf, rule, _)| stood_before(self.column(*rule), leaf.at.col()))
            .map_or(second, |(leaf, ..)| leaf.at.col());
        let repeated: BTreeSet<Column> = chosen
            .iter()
            .filter(|(leaf, rule, _)| leaf.at.col() >= cut && stood_before(self.column(*rule), cut))
            .map(|(_, rule, _)| self.column(*rule))
            .collect();
        let start = chosen
            .iter()
            .filter(|(_, rule, _)| repeated.contains(&self.column(*rule)))
            .map(|(leaf, ..)| leaf.at.col())
            .min()
            .unwrap_or(first);
        let meant = (
            self.panel_is_meant(header, start, cut.saturating_sub(1)),
            self.panel_is_meant(header, cut, u32::MAX),
        );
        let keep_right = match meant {
            (false, true) => true,
            (true, false) => false,
            _ => {
                header.panels_unclear =
                    chosen.iter().find(|(leaf, ..)| leaf.at.col() == second).map(|(l, ..)| l.at);
                return;
            }
        };
        let kept = |leaf: &Leaf, rule: usize| {
            !repeated.contains(&self.column(rule)) || (leaf.at.col() >= cut) == keep_right
        };
        let aside = chosen.iter().filter(|(leaf, rule, _)| !kept(leaf, *rule));
        header.aside =
            aside.map(|(leaf, rule, rank)| self.made(self.column(*rule), leaf, (*rule, *rank))).collect();
        chosen.retain(|(leaf, rule, _)| kept(leaf, *rule));
    }

    pub(super) fn same_title_twice(&self, leaf: &Leaf, chosen: &[(Leaf, usize, usize)]) -> bool {
        let key = |leaf: &Leaf| self.view.item(leaf.at).map(|item| item.key.as_str());
        chosen.iter().any(|(other, ..)| other.at != leaf.at && key(other) == key(leaf))
    }

    /// Whether a title that the mapping prefers stands above a group of columns, and only there.
    pub(super) fn panel_is_meant(&self, header: &Header, from: u32, to: u32) -> bool {
        let above = header.top.saturating_sub(PANEL_ROWS);
        self.view.rows(above, header.bottom).any(|(_, items)| {
            items.iter().any(|item| {
                let range = self.view.range(item.at);
                range.first.col() >= from
                    && range.last.col() <= to
                    && item.key.len() <= MAX_TITLE_BYTES
                    && self.rules.panels.iter().any(|pattern| pattern.matches_label(&item.key))
            })
        })
    }
}
