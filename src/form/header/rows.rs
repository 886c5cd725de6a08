//! Which rows around one with titles belong to its header.

use super::{Header, Leaf, MAX_TITLE_BYTES, MAX_TITLES, Search, is_group_title};
use crate::base::CellRef;
use crate::form::view::Item;
use crate::mapping::looks::Look;
use crate::mapping::{Column, FieldName};

/// Columns whose cells are figures, while those of a header are words.
const OF_FIGURES: [Column; 4] = [Column::Weight, Column::Target, Column::Score, Column::StatedScore];

impl Search<'_, '_> {
    /// Whether a row holds figures of the table under the header above, and so no titles of another one, whatever its
    /// words are: 享受资助人数 | 达到预计值 | 2100 | 10.
    pub(super) fn is_body(&self, row: u32, above: &Header) -> bool {
        OF_FIGURES.iter().filter_map(|column| above.get(*column)).any(|column| {
            let item = self.view.shown(row, column.col).filter(|item| item.at.row() == row);
            matches!(item.and_then(Item::look), Some(Look::Number | Look::Value))
        })
    }

    /// Whether a title that is merged down to a row makes that row part of the header: another title reaches it, too, or
    /// nothing but titles stands there. A corner merged over a short table (绩效指标) covers rows of its body.
    pub(super) fn reaches(&self, core: &[Leaf], row: u32, last: u32) -> bool {
        let with = core.iter().filter(|leaf| leaf.range.last.row() >= last).count();
        with > 1
            || self
                .view
                .rows(row.saturating_add(1), last)
                .all(|(below, _)| self.rows.get(&below).is_some_and(|leaves| self.only_titles(below, leaves)))
    }

    /// Whether the row below a header divides its columns (借方 over 原币 | 本币): nothing but titles, one of which means
    /// something by what stands above it.
    pub(super) fn divides(&self, top: u32, bottom: u32) -> bool {
        let next = bottom.saturating_add(1);
        let cells = self.view.row(next);
        self.mappings.index().has_paths()
            && !cells.is_empty()
            && cells.iter().all(|item| is_group_title(&item.key))
            && cells.iter().take(MAX_TITLES).any(|item| {
                (top..=bottom).any(|row| {
                    let over = self.group_title(row, item.at.col()).map(|over| over.key.as_str());
                    let path = format!("{}{}{}", over.unwrap_or_default(), self.rules.header_join, item.key);
                    let mut hits = self.mappings.index().path(&path).into_iter();
                    over.is_some() && hits.any(|hit| hit.mapping == self.mapping && hit.table == self.table)
                })
            })
    }

    /// Whether these are group titles over the row with the titles proper: one that says more follows within the height
    /// of a header, with nothing but short texts between.
    pub(super) fn richer_below(&self, top: u32, bottom: u32, core: &[Leaf]) -> bool {
        let last = top.saturating_add(self.rules.header_rows).saturating_sub(1);
        let known = self.meanings(core).len();
        let mut below = self.rows.range(top..=last.max(top)).filter(|(row, _)| **row > bottom);
        let row = below.find(|(_, leaves)| self.meanings(leaves).len() > known);
        let Some((row, _)) = row else { return false };
        self.view.rows(top, *row).all(|(_, items)| items.iter().all(|item| is_group_title(&item.key)))
    }

    /// Whether nothing in the row is longer than a title: a row of data that holds a title's word is not one.
    pub(super) fn only_titles(&self, row: u32, leaves: &[Leaf]) -> bool {
        let cells = self.view.row(row);
        leaves.len().saturating_mul(2) >= cells.len()
            && cells.iter().all(|item| !item.key.is_empty() && item.key.len() <= MAX_TITLE_BYTES)
    }

    /// Whether a row divides the titles above it: all its cells are short texts, and each stands under a title that is merged
    /// over several columns.
    pub(super) fn under_groups(&self, row: u32, top: u32) -> bool {
        let cells = self.view.row(row);
        let divided = |item: &Item<'_>| {
            row.checked_sub(1).and_then(|above| self.view.shown(above, item.at.col())).is_some_and(|over| {
                let range = self.view.range(over.at);
                over.at.row() >= top && range.last.col() > range.first.col() && !over.key.is_empty()
            })
        };
        cells.len() > 1 && cells.iter().all(|item| is_group_title(&item.key) && divided(item))
    }

    /// Whether a row above the titles groups them: several cells, all short texts, one of them over several
    /// columns or down into the header.
    pub(super) fn is_group_row(&self, row: u32, top: u32) -> bool {
        let cells = self.view.row(row);
        if cells.len() < 2 || !cells.iter().all(|item| is_group_title(&item.key)) {
            return false;
        }
        // 项目名称, 年度总体目标: a row of labels and values, no titles.
        let leaves = self.rows.get(&row).map(Vec::as_slice).unwrap_or_default();
        let is_title = |item: &Item<'_>| leaves.iter().any(|leaf| leaf.at == item.at);
        let index = self.mappings.index();
        let is_label = |key: &str| !index.label(key.split(':').next().unwrap_or(key)).is_empty();
        if cells.iter().any(|item| !is_title(item) && is_label(&item.key)) {
            return false;
        }
        let down = cells.iter().any(|item| self.view.range(item.at).last.row() >= top);
        if !down && cells.iter().any(|item| !is_title(item) && self.is_of_goal(item, top)) {
            return false;
        }
        let titles = self.rows.get(&row).is_some_and(|leaves| !leaves.is_empty());
        let wide = cells.iter().filter(|item| {
            let range = self.view.range(item.at);
            range.last.col() > range.first.col()
        });
        down || titles && cells.len() > 1 || wide.count() > 1
    }

    /// Whether a text above a header is what the form says of its goal, however short: it stands beside a label of a goal
    /// (年度总体目标 | 保障正常运行), or below one of its width (预期目标, 实际完成情况). Such a label is a title elsewhere.
    fn is_of_goal(&self, item: &Item<'_>, top: u32) -> bool {
        let index = self.mappings.index();
        let labels = |at: CellRef| {
            let names = self.view.item(at).map(|item| index.label(&item.key)).unwrap_or_default();
            names.iter().any(|hit| matches!(hit.name, FieldName::Goal | FieldName::GoalResult))
        };
        let range = self.view.range(item.at);
        let at = |row: Option<u32>, col: Option<u32>| Some(self.view.range(self.view.anchor(row?, col?)?));
        let (row, col) = (range.first.row(), range.first.col());
        // A title over a group of columns stands over several, or reaches down into the header.
        let beside = at(Some(row), col.checked_sub(1))
            .filter(|label| label.first.col() == label.last.col() && label.last.row() < top);
        let above = at(row.checked_sub(1), Some(col))
            .filter(|label| (label.first.col(), label.last.col()) == (col, range.last.col()));
        !labels(item.at) && [beside, above].into_iter().flatten().any(|label| labels(label.first))
    }
}
