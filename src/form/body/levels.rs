//! Levels are carried down to the rows below them, as far as their merge allows.

use super::{Level, Levels, Reader};
use crate::base::{CellRef, Weight};
use crate::form::names;
use crate::form::view::Item;
use crate::mapping::Column;
use crate::mapping::title::unnumbered;
use crate::model::{FindingId, LevelRow};
use crate::words::{self, Class};

/// Characters of a row that is only a level's name.
const MAX_BAND_CHARS: usize = 20;

impl Reader<'_, '_> {
    /// Takes the row's level cells and says whether a level begins here.
    pub(super) fn carry_levels(&mut self, row: u32) -> bool {
        let mut begins = false;
        let new1 = self.level_cell(row, Column::Level1);
        let one_cell = match (self.col(Column::Level1), self.col(Column::Level2)) {
            (Some(one), Some(two)) => self.view.anchor(row, one.col) == self.view.anchor(row, two.col),
            _ => false,
        };
        if let Some((text, at, until)) = new1
            && !self.level_piece(Column::Level1, &text, at, until)
        {
            let read = names::level(&text);
            if read.name.is_empty() && read.points.is_some() {
                self.find(
                    FindingId::LevelNameMissing,
                    at,
                    format!("一级指标一格只有分值“{}”，没有名称。", text.trim()),
                );
            }
            let again = read.name == self.level1.name && self.level1.until.is_none() && until.is_none();
            if !again {
                begins = true;
                self.level2 = Level::default();
                self.level_row(read.name.clone(), None, read.points, at);
            }
            let from = if again { self.level1.from } else { Some(row) };
            self.level1 = Level { name: read.name, from, until, ..Level::default() };
            self.spelled(Column::Level1, at);
        } else {
            bound(&mut self.level1, row);
        }
        if one_cell && self.col(Column::Level1).is_some_and(|c| self.view.shown(row, c.col).is_some()) {
            self.level2 = self.level1.clone();
        } else if let Some((text, at, until)) = self.level_cell(row, Column::Level2)
            && !self.level_piece(Column::Level2, &text, at, until)
        {
            let read = names::level(&text);
            let again = read.name == self.level2.name && self.level2.until.is_none() && until.is_none();
            if !again {
                begins = true;
                self.level_row(self.level1.name.clone(), Some(read.name.clone()), read.points, at);
            }
            let from = if again { self.level2.from } else { Some(row) };
            self.level2 = Level { name: read.name, from, until, ..Level::default() };
            self.spelled(Column::Level2, at);
        } else {
            bound(&mut self.level2, row);
        }
        self.level_weights(row);
        begins
    }

    fn level(&mut self, column: Column) -> &mut Level {
        if column == Column::Level1 { &mut self.level1 } else { &mut self.level2 }
    }

    /// A level's name that goes on in the row below: `成本` over `指标`, or one character a row as far as `指标`. No level
    /// is called 指标, or has a name of one character.
    fn level_piece(&mut self, column: Column, text: &str, at: CellRef, until: Option<u32>) -> bool {
        const WORD: &str = "指标";
        let key = crate::mapping::title::normalise(text);
        let level = self.level(column);
        let begun = !level.name.is_empty() && !level.name.ends_with(WORD) && level.until.is_none();
        let one = key.chars().count() == 1 && level.spelled;
        if !begun || until.is_some() || !(key == WORD || one) {
            return false;
        }
        let before = level.name.clone();
        level.name.push_str(&key);
        let (name, from) = (level.name.clone(), level.from);
        if column == Column::Level1 && self.level2.name == before {
            self.level2.name.clone_from(&name);
        }
        // The rows above stand under the same level.
        let rows = self.body.indicators.iter_mut().skip(self.first).rev();
        let above = rows.take_while(|i| {
            i.name_entry.at.as_ref().map(|at| at.cell.row()) >= from && at.row() > from.unwrap_or_default()
        });
        for indicator in above {
            let own = if column == Column::Level1 { &mut indicator.level1 } else { &mut indicator.level2 };
            if *own == before {
                own.clone_from(&name);
            }
        }
        true
    }

    /// Says that a level's name is written one character a row.
    fn spelled(&mut self, column: Column, at: CellRef) {
        let level = self.level(column);
        level.spelled = level.name.chars().count() == 1 && level.until.is_none();
        if level.spelled {
            let message =
                format!("指标层级“{}”只有一个字，名称像是一字一行，按连读至“指标”为止。", level.name);
            self.find(FindingId::LevelNameMissing, at, message);
        }
    }

    /// A level's cell that begins in this row: text, cell, last row of its merge.
    pub(super) fn level_cell(&self, row: u32, column: Column) -> Option<(String, CellRef, Option<u32>)> {
        let col = self.col(column)?.col;
        let item = self.view.shown(row, col).filter(|item| item.at.row() == row)?;
        let text = item.text().filter(|_| !names::is_dots(&item.key))?;
        let range = self.view.range(item.at);
        let until = (range.last.row() > range.first.row()).then_some(range.last.row());
        Some((text.to_owned(), item.at, until))
    }

    pub(super) fn level_row(
        &mut self,
        level1: String,
        level2: Option<String>,
        points: Option<Weight>,
        at: CellRef,
    ) {
        if let Some(weight) = points {
            self.body.levels.push(LevelRow { level1, level2, weight, entry: self.view.entry_at(at) });
        }
    }

    /// Weights of the levels in columns of their own.
    pub(super) fn level_weights(&mut self, row: u32) {
        for column in [Column::Level1Weight, Column::Level2Weight] {
            let Some(col) = self.col(column).map(|column| column.col) else { continue };
            let Some(item) = self.view.shown(row, col).filter(|item| item.at.row() == row) else { continue };
            if self.is_missing(item) {
                continue;
            }
            let at = item.at;
            let level2 = (column == Column::Level2Weight).then(|| self.level2.name.clone());
            let starts = if level2.is_some() { self.level2.from } else { self.level1.from };
            let same = |have: &LevelRow| have.level1 == self.level1.name && have.level2 == level2;
            // A level's weight repeated on each of its rows is still one weight.
            if self.body.levels.iter().any(same) && starts != Some(row) {
                continue;
            }
            match names::weight(self.view.sheet.get(at)) {
                Some(points) => self.level_row(self.level1.name.clone(), level2, Some(points), at),
                None => self.unreadable_weight(at),
            }
        }
    }

    /// A row that is only a level's name, in a table without a column of that level.
    pub(super) fn band(&mut self, row: u32, items: &[Item<'_>]) -> bool {
        let ([only], None) = (items, self.col(Column::Level1)) else { return false };
        match self.col(Column::Level2).zip(self.col(Column::Name)) {
            None => self.numbered_band(row, only),
            Some((level2, name)) => {
                // What stays in the second level's own column is one of its names.
                let range = self.view.range(only.at);
                let over_both = range.first.col() <= level2.col && range.last.col() >= name.col;
                over_both && self.first_level_band(row, only)
            }
        }
    }

    /// `产出指标（60分）` over the columns of the second and the third level.
    fn first_level_band(&mut self, row: u32, only: &Item<'_>) -> bool {
        let key = only.key.as_str();
        let read = names::level(unnumbered(key).unwrap_or(key));
        if read.name.is_empty() || read.name.chars().count() > MAX_BAND_CHARS || only.text().is_none() {
            return false;
        }
        self.level_row(read.name.clone(), None, read.points, only.at);
        self.level1 = Level { name: read.name, from: Some(row), ..Level::default() };
        self.level2 = Level::default();
        true
    }

    /// `一、产出指标（60分）`, `（一）数量指标`, where no level has a column.
    fn numbered_band(&mut self, row: u32, only: &Item<'_>) -> bool {
        let text = only.key.as_str();
        let numeral = |c: char| words::of(Class::Digits).has_char(c);
        let first = text.strip_prefix(numeral).map(|rest| rest.trim_start_matches(numeral));
        let first = first.and_then(|rest| rest.strip_prefix('、'));
        let second = text.strip_prefix('(').filter(|rest| rest.starts_with(numeral));
        let second = second.and_then(|rest| rest.trim_start_matches(numeral).strip_prefix(')'));
        let Some(words) = first.or(second).filter(|words| words.chars().count() <= MAX_BAND_CHARS) else {
            return false;
        };
        let read = names::level(words);
        if read.name.is_empty() {
            return false;
        }
        let level = Level { name: read.name.clone(), from: Some(row), ..Level::default() };
        if first.is_some() {
            self.level_row(read.name, None, read.points, only.at);
            (self.level1, self.level2) = (level, Level::default());
        } else {
            self.level_row(self.level1.name.clone(), Some(read.name), read.points, only.at);
            self.level2 = level;
        }
        true
    }

    /// The text left of a table's titles that is merged over the table.
    fn corner(&self, first_col: u32) -> Option<String> {
        let bottom = self.header.bottom;
        let mut left = (0..first_col).filter_map(|col| self.view.shown(bottom, col));
        let corner = left.find(|item| self.view.range(item.at).last.row() > bottom)?;
        Some(names::level(corner.text()?).name)
    }

    /// The row's levels. A table without levels is one by itself, named by the cell at its left (债券资金管理指标) or as
    /// its column (评价内容).
    pub(super) fn levels(&self) -> (String, String) {
        let title = || {
            let name = self.col(Column::Name);
            let corner = name.and_then(|name| self.corner(name.col));
            corner.or_else(|| Some(names::level(&name?.title).name)).unwrap_or_default()
        };
        let named = |column: Column, level: &Level| self.col(column).is_some() || !level.name.is_empty();
        let level1 = if named(Column::Level1, &self.level1) { self.level1.name.clone() } else { title() };
        let level2 =
            if named(Column::Level2, &self.level2) { self.level2.name.clone() } else { level1.clone() };
        (level1, level2)
    }
}

impl Reader<'_, '_> {
    /// The levels of the last row. Where the table is cut there, so is a merge over its last rows.
    pub(super) fn open_levels(&self) -> Levels {
        let last = self.body.last_row;
        let open = |level: &Level| match level.until {
            Some(until) if until < last => Level::default(),
            _ => Level { until: None, ..level.clone() },
        };
        Levels { level1: open(&self.level1), level2: open(&self.level2) }
    }
}

impl Reader<'_, '_> {
    /// A line over the whole table parts its merges: the levels of the rows above go on below.
    pub(super) fn turn_page(&mut self) {
        let last = self.body.last_row;
        let Levels { level1, level2 } = self.open_levels();
        for (level, open) in [(&mut self.level1, level1), (&mut self.level2, level2)] {
            if level.until.is_some_and(|until| until <= last) {
                *level = open;
            }
        }
    }
}

impl Levels {
    /// Their names.
    pub(in crate::form) fn names(&self) -> (String, String) {
        (self.level1.name.clone(), self.level2.name.clone())
    }
}

/// A level whose merge has ended is carried no further.
fn bound(level: &mut Level, row: u32) {
    if level.until.is_some_and(|until| row > until) {
        *level = Level::default();
    }
}
