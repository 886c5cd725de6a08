//! Columns that say what kind an indicator is of (共性, 定量), not which level it stands under: told by what they hold,
//! whatever their title.

use super::{Leaf, Search};
use crate::mapping::Column;
use crate::mapping::title::normalise;
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
