//! The body of an indicator table: rows become indicators, levels, totals, or are skipped with a reason.

mod indicator;
mod levels;
mod sums;
mod total;

pub(super) use sums::level_sums;

use crate::base::CellRef;
use crate::form::header::{Header, HeaderColumn};
use crate::form::names;
use crate::form::view::{Item, View};
use crate::mapping::title::{Pattern, any_matches};
use crate::mapping::{Column, Mapping};
use crate::model::{Entry, Finding, FindingId, Indicator, LevelRow, TotalRow};

/// What the rows of a table gave.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub indicators: Vec<Indicator>,
    pub levels: Vec<LevelRow>,
    pub total: TotalRow,
    /// Rows that were skipped, with the reason.
    pub skipped: Vec<(u32, String)>,
    /// Notes below the table, in order.
    pub notes: Vec<Entry>,
    /// The last row that belongs to the table.
    pub last_row: u32,
    pub findings: Vec<Finding>,
}

/// A level's value as it is carried down.
#[derive(Debug, Default)]
struct Level {
    name: String,
    /// The row where its cell begins.
    from: Option<u32>,
    /// The last row of its merge; it is carried no further.
    until: Option<u32>,
}

/// Reads the rows from `first` to `last` under a header, adding to what earlier headers of the form gave.
pub(super) fn read(
    view: &View<'_>,
    mapping: &Mapping,
    header: &Header,
    first: u32,
    last: u32,
    body: &mut Body,
) {
    let mut reader = Reader {
        view,
        mapping,
        header,
        rules: mapping.part(header.part),
        level1: Level::default(),
        level2: Level::default(),
        totals: Vec::new(),
        body,
    };
    reader.body.last_row = reader.body.last_row.max(header.bottom);
    let mut ended = false;
    for (row, items) in view.rows(first, last) {
        // A note amid the table does not end it: an indicator may follow, as long as there was no total.
        let indicator = reader.totals.is_empty() && reader.is_plainly_an_indicator(row);
        ended = (ended || reader.ends(items)) && !indicator;
        if ended {
            reader.footer(row, items);
        } else {
            reader.row(row, items);
            reader.body.last_row = row;
        }
    }
    reader.settle_totals();
}

struct Reader<'r, 'a> {
    view: &'r View<'a>,
    mapping: &'r Mapping,
    header: &'r Header,
    rules: &'r [crate::mapping::ColumnRule],
    level1: Level,
    level2: Level,
    /// Rows that call themselves a total, with the number of indicators above.
    totals: Vec<(u32, CellRef, usize)>,
    body: &'r mut Body,
}

impl Reader<'_, '_> {
    fn col(&self, column: Column) -> Option<&HeaderColumn> {
        self.header.get(column)
    }

    fn skip(&mut self, row: u32, reason: &str) {
        self.body.skipped.push((row, reason.to_owned()));
    }

    fn find(&mut self, id: FindingId, at: CellRef, message: String) {
        self.body.findings.push(Finding::new(id, Some(self.view.address(at)), message));
    }

    /// Whether the cell of the row counts as blank.
    fn is_missing(&self, item: &Item<'_>) -> bool {
        self.mapping.missing_values.contains(&item.key)
    }

    /// The cell of a column in a row: of a title over several columns the only filled one.
    fn cell_of(&self, row: u32, column: &HeaderColumn) -> Option<CellRef> {
        let first = self.view.anchor(row, column.col)?;
        if column.col == column.last_col {
            return Some(first);
        }
        let mut filled: Option<CellRef> = None;
        for at in (column.col..=column.last_col).filter_map(|col| self.view.anchor(row, col)) {
            match filled {
                _ if self.view.item(at).is_none() => {}
                None => filled = Some(at),
                Some(have) if have == at => {}
                // Several values under one title: none can be said to be the value.
                Some(_) => return None,
            }
        }
        filled.or(Some(first))
    }

    /// The content of a column in a row, blank or not.
    fn entry(&self, row: u32, column: &HeaderColumn) -> Option<Entry> {
        self.cell_of(row, column).map(|at| self.view.entry_at(at))
    }

    /// The cell of a column that holds something, other than a dash for nothing.
    fn filled_at(&self, row: u32, column: Column) -> Option<CellRef> {
        let at = self.cell_of(row, self.col(column)?)?;
        self.view.item(at).filter(|item| !self.is_missing(item)).map(|item| item.at)
    }

    /// The content of a column; `None` where the form has no such column or the cell is blank.
    fn filled(&self, row: u32, column: Column) -> Option<Entry> {
        self.filled_at(row, column).map(|at| self.view.entry_at(at))
    }

    /// Whether a row ends the table: a note, a signature, an opinion.
    fn ends(&self, items: &[Item<'_>]) -> bool {
        items.first().is_some_and(|first| {
            first.at.col() <= self.last_label_col() && any_matches_key(&self.mapping.stop_when, &first.key)
        })
    }

    /// Whether a row has a name, readable points and a target or an actual, each in a cell of its own.
    fn is_plainly_an_indicator(&self, row: u32) -> bool {
        let name = self.filled_at(row, Column::Name).filter(|at| at.row() == row);
        let named = name.and_then(|at| self.view.item(at)).is_some_and(|item| item.text().is_some());
        let points =
            self.filled(row, Column::Weight).is_some_and(|entry| names::weight(&entry.cell).is_some());
        let said = [Column::Target, Column::Actual]
            .into_iter()
            .any(|column| self.filled_at(row, column).is_some_and(|at| at.row() == row && Some(at) != name));
        named && points && said && !self.is_prose(row)
    }

    /// Rows below the table: notes, and the total or grade where the table itself had none.
    fn footer(&mut self, row: u32, items: &[Item<'_>]) {
        let rows = &self.mapping.rows;
        // 其他需要说明事项 | 无 | 总分 | 100 | 96 | 优: the label may stand further right, before its values.
        let values = [Column::Weight, Column::StatedScore, Column::Score];
        let before = values.into_iter().filter_map(|column| self.col(column)).map(|column| column.col).min();
        let label = items.iter().find(|item| {
            let first = items.first().is_some_and(|first| first.at == item.at);
            (first || before.is_some_and(|col| item.at.col() < col)) && any_matches(&rows.total, &item.key)
        });
        if let Some(label) = label.filter(|_| self.totals.is_empty()) {
            self.totals.push((row, label.at, self.body.indicators.len()));
            self.skip(row, "合计行");
            return;
        }
        let label = items.iter().find(|item| any_matches(&rows.grade, &item.key)).map(|item| item.at);
        if let Some(at) = label.filter(|_| self.body.total.grade.is_none()) {
            self.grade(row, at);
            self.skip(row, "评价等级行");
            return;
        }
        let texts = items.iter().filter(|item| item.text().is_some());
        self.body.notes.extend(texts.map(|item| self.view.entry_at(item.at)));
    }

    fn row(&mut self, row: u32, items: &[Item<'_>]) {
        if names::is_page_mark(items) {
            self.skip(row, "页码行");
            return;
        }
        let left = self.header.left();
        let labels: Vec<&Item<'_>> = items
            .iter()
            .filter(|item| item.at.col() <= self.last_label_col() && !item.key.is_empty())
            .collect();
        let rows = &self.mapping.rows;
        if let Some(label) = labels.iter().find(|item| any_matches(&rows.total, &item.key)) {
            self.totals.push((row, label.at, self.body.indicators.len()));
            self.skip(row, "合计行");
            return;
        }
        if let Some(label) = items.iter().find(|item| any_matches(&rows.grade, &item.key)) {
            let at = label.at;
            self.grade(row, at);
            self.skip(row, "评价等级行");
            return;
        }
        if labels.iter().any(|item| any_matches(&rows.subtotal, &item.key)) {
            self.skip(row, "小计行");
            return;
        }
        if self.is_instruction(row, items) {
            self.skip(row, "填写说明行");
            return;
        }
        if items.iter().all(|item| item.at.col() < left && item.at.row() == row) {
            self.skip(row, "表外的文字");
            return;
        }
        if self.band(row, items) {
            self.skip(row, "分类标题行");
            return;
        }
        if self.is_prose(row) {
            self.skip(row, "说明文字");
            return;
        }
        self.carry_levels(row);
        self.indicator(row);
    }

    /// The last column in which a row says what it is: the name's, or the lowest level's.
    fn last_label_col(&self) -> u32 {
        let named = [Column::Name, Column::Level2, Column::Level1];
        named.iter().filter_map(|column| self.col(*column)).map(|column| column.col).max().unwrap_or(u32::MAX)
    }

    /// A row of column numbers or instructions under the header.
    fn is_instruction(&self, row: u32, items: &[Item<'_>]) -> bool {
        let near = row.saturating_sub(self.header.bottom) <= 2;
        let label = items.iter().any(|item| {
            item.at.col() <= self.last_label_col()
                && any_matches_key(&self.mapping.rows.instruction, &item.key)
        });
        let numbered = items.len() >= 3
            && items.iter().enumerate().all(|(i, item)| {
                let shown = crate::mapping::title::normalise(&item.cell.shown());
                let digits = shown.trim_matches(['(', ')']);
                digits == i.saturating_add(1).to_string()
            });
        near && (label || numbered)
    }

    /// A text merged over the name and a value is a remark, no indicator.
    fn is_prose(&self, row: u32) -> bool {
        let anchor = |column: Column| self.col(column).and_then(|column| self.view.anchor(row, column.col));
        let Some(name) = anchor(Column::Name) else { return false };
        [Column::Weight, Column::Target, Column::Actual]
            .into_iter()
            .any(|column| anchor(column) == Some(name))
    }
}

/// Whether a row's text is one of the patterns, whatever hangs on it.
fn any_matches_key(patterns: &[Pattern], key: &str) -> bool {
    patterns.iter().any(|pattern| pattern.matches(key) || pattern.matches(key.trim_end_matches(':')))
}
