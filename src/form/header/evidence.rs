//! Whether the content of a column bears out what its title says. Where it contradicts it, the column is not read.

use super::{Header, HeaderColumn, Search};
use crate::form::names;
use crate::form::view::Item;
use crate::mapping::looks::{Look, Looks};
use crate::mapping::title::any_matches;
use crate::mapping::{Column, Part};

/// Rows below a header that are looked at.
const EVIDENCE_ROWS: u32 = 80;

impl Search<'_, '_> {
    /// Takes the columns out whose content contradicts their title.
    pub(super) fn without_contradicted(&self, header: &mut Header) {
        if self.part != Part::Main {
            return;
        }
        let told = header.has(Column::Actual);
        let (kept, out): (Vec<HeaderColumn>, Vec<HeaderColumn>) = std::mem::take(&mut header.columns)
            .into_iter()
            .partition(|column| !self.is_contradicted(header.bottom, column, told));
        header.columns = kept;
        header.contradicted = out;
    }

    fn is_contradicted(&self, bottom: u32, column: &HeaderColumn, told: bool) -> bool {
        // What a person said is so.
        if self.rules.part(self.part).get(column.rule).is_some_and(|rule| rule.is_told(column.rank)) {
            return false;
        }
        match column.column {
            Column::Weight | Column::Score | Column::StatedScore => {
                let cells = self.cells(bottom, column);
                let read = cells.iter().filter(|item| is_points(item)).count();
                let shown = cells.iter().filter(|item| item.look().is_some()).count();
                shown >= 2 && read.saturating_mul(2) < shown
            }
            other => self.looks(bottom, column).contradict(other, told),
        }
    }

    fn looks(&self, bottom: u32, column: &HeaderColumn) -> Looks {
        let cells = self.cells(bottom, column);
        // 0 in a column of words says that there is nothing to say.
        let says = |item: &&&Item<'_>| item.cell.shown().trim() != "0";
        Looks(cells.iter().filter(says).filter_map(|item| item.look()).collect())
    }

    /// The cells below a title, as far as its table goes.
    fn cells(&self, bottom: u32, column: &HeaderColumn) -> Vec<&Item<'_>> {
        let ends = |items: &[Item<'_>]| {
            items.first().is_some_and(|first| {
                any_matches(&self.rules.rows.total, &first.key)
                    || any_matches(&self.rules.stop_when, &first.key)
            })
        };
        self.view
            .rows(bottom.saturating_add(1), bottom.saturating_add(EVIDENCE_ROWS))
            .take_while(|(_, items)| !ends(items))
            .flat_map(|(_, items)| items)
            .filter(|item| (column.col..=column.last_col).contains(&item.at.col()))
            .collect()
    }
}

/// Whether a cell may state points: `10`, `10分`, `①5`, `任务分解（2分）`.
fn is_points(item: &Item<'_>) -> bool {
    names::weight(item.cell).is_some()
        || matches!(item.look(), Some(Look::Number))
        || item.cell.formula.is_some()
        || item.key.trim_start_matches(|c| ('①'..='⑳').contains(&c)).parse::<rust_decimal::Decimal>().is_ok()
        || item.key.ends_with('分')
        || item.key.ends_with("分)")
}
