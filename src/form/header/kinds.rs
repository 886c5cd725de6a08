//! Columns that are told by what they hold, whatever their title: those that say what kind an indicator is of (共性, 定量), not
//! which level it stands under, and those of signs (≥, ≤, 定性).

use std::collections::BTreeSet;

use super::{Header, HeaderColumn, Leaf, Search};
use crate::mapping::looks::Look;
use crate::mapping::title::normalise;
use crate::mapping::{COMPOSED, Column, FormTable};
use crate::words::{self, Class, Lexicon};

/// Rows below a header that are looked at.
const ROWS: u32 = 80;
/// How a title begins that is a level's at the left of the names only: 评价内容 may say what a criterion is about.
const ABOUT: &str = "评价";

impl Search<'_, '_> {
    /// Takes out titles that look like a level's and are none.
    pub(super) fn drop_kinds(&self, bottom: u32, leaves: &mut Vec<Leaf>) {
        let column = |leaf: &Leaf| self.plain(leaf).map(|(rule, _)| self.column(rule));
        let names = leaves.iter().filter(|leaf| column(leaf) == Some(Column::Name));
        let first_name = names.map(|leaf| leaf.at.col()).min();
        leaves.retain(|leaf| match column(leaf) {
            Some(Column::Level1 | Column::Level2) => {
                let about = normalise(&self.view.sheet.get(leaf.at).shown()).starts_with(ABOUT);
                let right = first_name.is_some_and(|name| name < leaf.at.col());
                !(about && right || self.holds_kinds(leaf, bottom, Lexicon::NONE))
            }
            Some(Column::Sign) => !self.holds_kinds(leaf, bottom, words::of(Class::KindsReadAsSign)),
            _ => true,
        });
    }

    /// Finds the column of signs by what it holds, whatever its title (性质, 比较, 要求): ≥, ≤, = in its cells, 定性 where there is
    /// none, and nothing else. Beside a title that says it is the signs' nothing is looked for.
    pub(super) fn signs_by_content(&self, header: &mut Header) {
        if self.table != FormTable::Main || header.has(Column::Sign) || !header.has(Column::Target) {
            return;
        }
        let rules = self.rules.columns_of(self.table);
        let Some(rule) = rules.iter().position(|rule| rule.column == Column::Sign) else { return };
        let read = |col: u32| {
            let mut over = header.columns.iter().filter(|have| (have.col..=have.last_col).contains(&col));
            over.any(|have| have.column != Column::Other)
        };
        let rows: BTreeSet<u32> = [header.top, header.bottom].into();
        let titles = rows.into_iter().flat_map(|row| self.view.row(row));
        let free = titles.filter(|item| !item.key.is_empty() && !read(item.at.col()));
        let columns = free.map(|item| HeaderColumn {
            column: Column::Sign,
            rule,
            col: item.at.col(),
            last_col: item.at.col(),
            title: item.cell.shown(),
            at: item.at,
            rank: COMPOSED,
        });
        let signs = columns.filter(|column| {
            let looks = self.looks(header.bottom, column);
            looks.count(&[Look::Sign]) > 0 && looks.all(&[Look::Sign, Look::Kind])
        });
        let signs: Vec<HeaderColumn> = signs.collect();
        let [found] = signs.as_slice() else { return };
        header.columns.retain(|have| have.col != found.col);
        header.columns.push(found.clone());
    }

    /// Whether all that stands below a title are kinds, other than these.
    fn holds_kinds(&self, leaf: &Leaf, bottom: u32, but: &Lexicon) -> bool {
        let below = bottom.saturating_add(1);
        let rows = self.view.rows(below, below.saturating_add(ROWS));
        let cells = rows.flat_map(|(_, items)| items.iter().filter(|item| item.at.col() == leaf.at.col()));
        // The title again, as on the next page.
        let title = self.view.item(leaf.at).map(|item| item.key.as_str());
        let mut any = false;
        for item in cells.filter(|item| !item.key.is_empty() && Some(item.key.as_str()) != title) {
            let word = item.key.trim_end_matches("指标").trim_end_matches('类');
            if !words::of(Class::IndicatorKinds).has(word) || but.has(word) {
                return false;
            }
            any = true;
        }
        any
    }
}
