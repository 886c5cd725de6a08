//! The body of an indicator table: rows become indicators, levels, totals, or are skipped with a reason.

mod below;
mod explained;
mod indicator;
mod levels;
mod pieces;
mod shared;
mod silent;
mod subtotal;
mod sums;
mod total;
mod tree;

pub(super) use below::{
    BELOW_TOTAL, REPEATED_ROW, UNKNOWN_ROW, bare_sums, below_total, extras_below, repeated_rows,
    unnamed_totals,
};
use pieces::BodyLine;
pub(super) use silent::remark;
pub(super) use sums::level_sums;
pub(super) use tree::levels as tree_levels;

use crate::base::{CellRef, WHOLE, Weight};
use crate::form::header::{Header, HeaderColumn};
use crate::form::names;
use crate::form::view::{Item, View};
use crate::mapping::title::{Pattern, any_matches};
use crate::mapping::{Column, Mapping};
use crate::model::{Entry, Finding, FindingId, Indicator, LevelRow, Subtotal, TotalRow};

/// What the rows of a table gave.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub indicators: Vec<Indicator>,
    pub levels: Vec<LevelRow>,
    pub total: TotalRow,
    /// The row of the total.
    pub total_row: Option<u32>,
    /// Rows that add up some of the indicators.
    pub subtotals: Vec<Subtotal>,
    /// Rows that were skipped, with the reason.
    pub skipped: Vec<(u32, String)>,
    /// Notes below the table, in order.
    pub notes: Vec<Entry>,
    /// The last row that belongs to the table.
    pub last_row: u32,
    /// Whether a row could be put to no indicator although it may be a part of one.
    pub part_unread: bool,
    /// Rows behind the end of the table that look like indicators.
    pub behind: Vec<CellRef>,
    /// Pieces at the top of a page, before its first indicator: what they belong to may stand on the page before.
    pub leading: Vec<(CellRef, String)>,
    /// The levels of the last row, for a table that goes on elsewhere.
    pub open: Levels,
    pub findings: Vec<Finding>,
    /// Levels 2 whose row names no indicator: level 1, level 2, its cell.
    pub bare_levels: Vec<(String, String, CellRef)>,
}

/// The levels that a row stands under.
#[derive(Debug, Default, Clone)]
pub(super) struct Levels {
    level1: Level,
    level2: Level,
}

/// A level's value as it is carried down.
#[derive(Debug, Default, Clone)]
struct Level {
    name: String,
    /// The row where its cell begins.
    from: Option<u32>,
    /// The last row of its merge; it is carried no further.
    until: Option<u32>,
    /// Whether its name is written one character a row.
    spelled: bool,
}

/// Reads the rows from `first` to `last` under a header, adding to what earlier headers of the form gave: from `open`
/// levels on, where the table goes on from elsewhere. With `through`, lines that end a table end only a page of it.
pub(super) fn read(
    view: &View<'_>,
    mapping: &Mapping,
    header: &Header,
    (first, last): (u32, u32),
    (open, through): (Option<Levels>, bool),
    body: &mut Body,
) {
    let goes_on = open.is_some();
    let open = open.unwrap_or_default();
    let mut reader = Reader {
        view,
        mapping,
        header,
        rules: mapping.columns_of(header.table),
        level1: open.level1,
        level2: open.level2,
        totals: Vec::new(),
        sums: Vec::new(),
        lines: Vec::new(),
        first: 0,
        goes_on,
        body,
    };
    reader.first = reader.body.indicators.len();
    reader.body.last_row = reader.body.last_row.max(header.bottom);
    let mut ended = false;
    for (row, items) in view.rows(first, last) {
        ended |= reader.ends(items);
        let behind = ended.then(|| reader.like_an_indicator(row)).flatten();
        match behind {
            Some(at) if !through => reader.body.behind.push(at),
            Some(_) => {
                ended = false;
                reader.turn_page();
            }
            None => {}
        }
        if ended {
            reader.footer(row, items);
        } else {
            reader.row(row, items);
            reader.body.last_row = row;
        }
    }
    reader.body.open = reader.open_levels();
    reader.decide_pieces();
    reader.decide_shared();
    reader.decide_totals();
    reader.decide_subtotals();
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
    /// Rows that add up some of the indicators, with what they may add up.
    sums: Vec<subtotal::Candidate>,
    /// The rows so far, for putting pieces to the indicators beside them.
    lines: Vec<BodyLine>,
    /// The position of its first indicator.
    first: usize,
    /// Whether the table goes on from elsewhere.
    goes_on: bool,
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

    /// The name's cell of a row that has what an indicator has: a name, points, and something that they are for.
    fn like_an_indicator(&self, row: u32) -> Option<CellRef> {
        let own = |column: Column| self.filled_at(row, column).filter(|at| at.row() == row);
        let name = own(Column::Name)?;
        let weight = names::weight(&self.view.entry_at(own(Column::Weight)?).cell)?;
        let measured = [Column::Target, Column::Actual, Column::Criterion]
            .into_iter()
            .any(|column| own(column).is_some());
        (measured && weight <= Weight::from(100)).then_some(name)
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
        if !self.is_in_table(row, items) {
            // A line over the whole table parts pages, not indicators.
            if !self.is_prose(row) {
                self.lines.push(BodyLine::Break);
            }
            return;
        }
        let begins = self.carry_levels(row);
        self.indicator(row, begins);
    }

    /// Whether a row may hold an indicator; what it is else is noted.
    fn is_in_table(&mut self, row: u32, items: &[Item<'_>]) -> bool {
        if names::is_page_mark(items) {
            self.skip(row, "页码行");
            self.turn_page();
            return false;
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
            return false;
        }
        if let Some(label) = items.iter().find(|item| any_matches(&rows.grade, &item.key)) {
            let at = label.at;
            self.grade(row, at);
            self.skip(row, "评价等级行");
            return false;
        }
        if let Some(label) = labels.iter().find(|item| any_matches(&rows.subtotal, &item.key)) {
            let at = label.at;
            self.subtotal(row, at);
            self.skip(row, "小计行");
            return false;
        }
        if let Some(label) = labels.iter().find(|item| any_matches(&rows.sample, &item.key)) {
            let (at, text) = (label.at, label.cell.shown());
            let message = format!("“{}”是填写示例，没有评分。请删去示例行。", text.trim());
            self.find(FindingId::TemplateTextLeft, at, message);
            self.skip(row, "填写示例行");
            return false;
        }
        if self.is_instruction(row, items) {
            self.skip(row, "填写说明行");
            return false;
        }
        if items.iter().all(|item| item.at.col() < left && item.at.row() == row) {
            self.skip(row, "表外的文字");
            return false;
        }
        if self.band(row, items) {
            self.skip(row, "分类标题行");
            return false;
        }
        if self.is_prose(row) {
            self.prose(row);
            return false;
        }
        true
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

    /// A text over the table: with the points of a whole beside it it is the total, by whatever name.
    fn prose(&mut self, row: u32) {
        let name = self.col(Column::Name).and_then(|column| self.view.anchor(row, column.col));
        let number = |column: Column| {
            let at = self.filled_at(row, column).filter(|at| Some(*at) != name)?;
            names::weight(&self.view.entry_at(at).cell)
        };
        let weight = number(Column::Weight);
        let scores = [Column::StatedScore, Column::Score].into_iter().any(|column| number(column).is_some());
        match name {
            Some(at) if weight == Some(Weight::from(WHOLE)) => {
                self.totals.push((row, at, self.body.indicators.len()));
                self.skip(row, "合计行");
            }
            _ if weight.is_some() || scores => self.skip(row, UNKNOWN_ROW),
            _ => {
                self.turn_page();
                self.skip(row, "说明文字");
            }
        }
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
