//! The body of an indicator table: rows become indicators, levels, totals, or are skipped with a reason.

use super::header::{Header, HeaderColumn};
use super::names;
use super::view::{Item, View};
use crate::base::{CellRef, Weight};
use crate::mapping::title::{Pattern, any_matches};
use crate::mapping::{Column, Mapping};
use crate::model::{Entry, Finding, FindingId, Indicator, LevelRow, TotalRow};
use crate::sheet::{Cell, Value};

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
        ended |= reader.ends(items);
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

    /// The content of a column in a row; a title over several columns gives the only filled one.
    fn entry(&self, row: u32, column: &HeaderColumn) -> Option<Entry> {
        let cells: Vec<CellRef> =
            (column.col..=column.last_col).filter_map(|col| self.view.anchor(row, col)).collect();
        let filled = cells.iter().filter(|at| self.view.item(**at).is_some());
        let mut distinct: Vec<CellRef> = Vec::new();
        for at in filled {
            if !distinct.contains(at) {
                distinct.push(*at);
            }
        }
        match distinct.as_slice() {
            [] => cells.first().map(|at| self.view.entry_at(*at)),
            [only] => Some(self.view.entry_at(*only)),
            // Several values under one title: none can be said to be the value.
            _ => None,
        }
    }

    /// The content of a column; `None` where the form has no such column or the cell is blank.
    fn filled(&self, row: u32, column: Column) -> Option<Entry> {
        let entry = self.entry(row, self.col(column)?)?;
        let missing = self.mapping.missing_values.contains(&crate::mapping::title::normalise(&entry.shown()));
        (!entry.is_blank() && !missing).then_some(entry)
    }

    /// Whether a row ends the table: a note, a signature, an opinion.
    fn ends(&self, items: &[Item<'_>]) -> bool {
        items.first().is_some_and(|first| {
            first.at.col() <= self.last_label_col() && any_matches_key(&self.mapping.stop_when, &first.key)
        })
    }

    /// Rows below the table: notes, and the total or grade where the table itself had none.
    fn footer(&mut self, row: u32, items: &[Item<'_>]) {
        let rows = &self.mapping.rows;
        let label = items.first().filter(|item| any_matches(&rows.total, &item.key));
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

    fn carry_levels(&mut self, row: u32) {
        let new1 = self.level_cell(row, Column::Level1);
        let one_cell = match (self.col(Column::Level1), self.col(Column::Level2)) {
            (Some(one), Some(two)) => self.view.anchor(row, one.col) == self.view.anchor(row, two.col),
            _ => false,
        };
        if let Some((text, at, until)) = new1 {
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
                self.level2 = Level::default();
                self.level_row(read.name.clone(), None, read.points, at);
            }
            let from = if again { self.level1.from } else { Some(row) };
            self.level1 = Level { name: read.name, from, until };
        } else {
            bound(&mut self.level1, row);
        }
        if one_cell && self.col(Column::Level1).is_some_and(|c| self.view.shown(row, c.col).is_some()) {
            self.level2 =
                Level { name: self.level1.name.clone(), from: self.level1.from, until: self.level1.until };
        } else if let Some((text, at, until)) = self.level_cell(row, Column::Level2) {
            let read = names::level(&text);
            let again = read.name == self.level2.name && self.level2.until.is_none() && until.is_none();
            if !again {
                self.level_row(self.level1.name.clone(), Some(read.name.clone()), read.points, at);
            }
            let from = if again { self.level2.from } else { Some(row) };
            self.level2 = Level { name: read.name, from, until };
        } else {
            bound(&mut self.level2, row);
        }
        self.level_weights(row);
    }

    /// A level's cell that begins in this row: text, cell, last row of its merge.
    fn level_cell(&self, row: u32, column: Column) -> Option<(String, CellRef, Option<u32>)> {
        let col = self.col(column)?.col;
        let item = self.view.shown(row, col).filter(|item| item.at.row() == row)?;
        let text = item.text().filter(|_| !names::is_dots(&item.key))?;
        let range = self.view.range(item.at);
        let until = (range.last.row() > range.first.row()).then_some(range.last.row());
        Some((text.to_owned(), item.at, until))
    }

    fn level_row(&mut self, level1: String, level2: Option<String>, points: Option<Weight>, at: CellRef) {
        if let Some(weight) = points {
            self.body.levels.push(LevelRow { level1, level2, weight, entry: self.view.entry_at(at) });
        }
    }

    /// Weights of the levels in columns of their own.
    fn level_weights(&mut self, row: u32) {
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

    fn unreadable_weight(&mut self, at: CellRef) {
        let entry = self.view.entry_at(at);
        // A formula without a value is a finding of its own (check room).
        if entry.cell.formula.is_none() || entry.cell.value != Value::Empty {
            let shown = entry.shown();
            self.find(FindingId::WeightNotRead, at, format!("分值“{shown}”不是一个数。"));
        }
    }

    /// Notes the form's own text (`……`, `指标2：` with nothing behind it) in a row that holds no indicator.
    fn template_text(&mut self, row: u32) {
        let left = self.view.row(row).iter().find_map(|item| {
            let text = item.cell.shown();
            let is_template = names::is_placeholder(&names::indicator(&text), &self.mapping.rows.placeholder);
            (is_template && !text.trim().is_empty()).then(|| (item.at, text.trim().to_owned()))
        });
        if let Some((at, text)) = left {
            self.find(FindingId::TemplateTextLeft, at, format!("保留了模板文字“{text}”。"));
        }
    }

    fn indicator(&mut self, row: u32) {
        let Some(name_col) = self.col(Column::Name).map(|column| column.col) else { return };
        let Some(name_at) = self.view.anchor(row, name_col) else { return };
        let has_values = self.has_values(row);
        if name_at.row() < row {
            self.below_a_name(row, name_at, has_values);
            return;
        }
        let text = self.view.item(name_at).map(|item| item.cell.shown()).unwrap_or_default();
        let mut name = names::indicator(&text);
        let key = crate::mapping::title::normalise(&text);
        let template = names::is_placeholder(&name, &self.mapping.rows.placeholder)
            || self.mapping.rows.placeholder.iter().any(|pattern| pattern.matches(&key));
        if template && !has_values {
            let reason = if key.is_empty() { "没有指标" } else { "只有模板文字" };
            self.skip(row, reason);
            self.template_text(row);
            return;
        }
        if any_matches_key(&self.mapping.rows.part, &key)
            && self.col(Column::Weight).is_some()
            && self.filled(row, Column::Weight).is_none()
        {
            self.skip(row, "其中项，没有分值");
            return;
        }
        if !template && self.col(Column::Weight).is_some() && self.is_hollow(row) {
            self.find(
                FindingId::RowWithoutValues,
                name_at,
                format!("“{name}”没有分值，也没有指标值和完成值，没有作为指标。"),
            );
            self.skip(row, "没有分值和数值");
            return;
        }
        if template {
            // The lowest level that the row fills names the indicator.
            let own_level = self.level_cell(row, Column::Level2).is_some();
            if own_level && !self.level2.name.is_empty() && key.is_empty() {
                name.clone_from(&self.level2.name);
            } else {
                let at = self.view.address(name_at).cell;
                self.find(FindingId::RowWithoutName, at, "这一行有分值或数值，但没有指标名称。".to_owned());
                name.clear();
            }
        }
        self.take(row, name, name_at);
    }

    /// Whether a row says nothing but a name.
    fn is_hollow(&self, row: u32) -> bool {
        [
            Column::Weight,
            Column::Target,
            Column::Actual,
            Column::Score,
            Column::StatedScore,
            Column::Criterion,
        ]
        .into_iter()
        .all(|column| self.filled(row, column).is_none())
    }

    /// Whether a cell that begins in the row holds a value.
    fn has_values(&self, row: u32) -> bool {
        [
            Column::Weight,
            Column::Target,
            Column::Actual,
            Column::Score,
            Column::StatedScore,
            Column::Criterion,
        ]
        .into_iter()
        .any(|column| {
            self.filled(row, column)
                .is_some_and(|entry| entry.at.as_ref().is_some_and(|at| at.cell.row() == row))
        })
    }

    /// A row under a name that is merged over several rows.
    fn below_a_name(&mut self, row: u32, name_at: CellRef, has_values: bool) {
        let own_weight = self.filled(row, Column::Weight).is_some_and(|entry| starts_in(&entry, row));
        if own_weight {
            let text = self.view.item(name_at).map(|item| item.cell.shown()).unwrap_or_default();
            let name = names::indicator(&text);
            self.take(row, name, name_at);
        } else if has_values {
            if let Some(indicator) = self.body.indicators.last_mut() {
                indicator.target = None;
                indicator.actual = None;
            }
            let message = "这个指标占多行，各行的数值不同，不能确定以哪一行为准，请合并为一行。".to_owned();
            let already = self.body.findings.iter().any(|have| {
                have.id == FindingId::IndicatorOverSeveralRows
                    && have.at.as_ref().is_some_and(|at| at.cell == name_at)
            });
            if !already {
                self.find(FindingId::IndicatorOverSeveralRows, name_at, message);
            }
            self.skip(row, "同一指标的下一行");
        } else {
            self.skip(row, "合并单元格的下一行");
        }
    }

    fn take(&mut self, row: u32, name: String, name_at: CellRef) {
        let weight_entry = self.weight_entry(row);
        let weight = weight_entry.as_ref().and_then(|entry| names::weight(&entry.cell));
        if let Some(entry) = weight_entry.as_ref().filter(|entry| weight.is_none() && !entry.is_blank())
            && let Some(at) = entry.at.as_ref().map(|at| at.cell)
            && !self.view.item(at).is_some_and(|item| self.is_missing(item))
        {
            self.unreadable_weight(at);
        }
        let score = self.own_or_none(row, Column::Score);
        let stated = self.own_or_none(row, Column::StatedScore);
        let (stated_score, score) = match (stated, score) {
            (Some(stated), score) => (Some(stated), score),
            // One score column only: what is typed there is the agency's, a blank is ours to fill.
            (None, Some(score)) if score.is_blank() => (None, Some(score)),
            (None, Some(score)) if self.reviewed() => (None, Some(score)),
            (None, Some(typed)) => (Some(typed), None),
            (None, None) => (None, None),
        };
        let (level1, level2) = self.levels();
        let indicator = Indicator {
            level1,
            level2,
            name,
            name_entry: self.view.entry_at(name_at),
            weight,
            weight_entry,
            criterion: self.filled(row, Column::Criterion),
            target: self.cell(row, Column::Target),
            target_sign: self.filled(row, Column::Sign),
            unit: self.filled(row, Column::Unit),
            actual: self.cell(row, Column::Actual),
            situation: self.cell(row, Column::Situation),
            stated_score: stated_score.filter(|entry| !entry.is_blank()),
            score,
            reason: self.cell(row, Column::Reason),
            binding: None,
            cap: None,
            rubric: None,
        };
        self.constraints(row);
        self.body.indicators.push(indicator);
    }

    /// The row's levels. A table without levels is one by itself, named as its column (评价内容).
    fn levels(&self) -> (String, String) {
        let title =
            || self.col(Column::Name).map(|column| names::level(&column.title).name).unwrap_or_default();
        let level1 = if self.col(Column::Level1).is_some() { self.level1.name.clone() } else { title() };
        let level2 =
            if self.col(Column::Level2).is_some() { self.level2.name.clone() } else { level1.clone() };
        (level1, level2)
    }

    /// Whether the form has a column of its own for the reviewer's score.
    fn reviewed(&self) -> bool {
        self.col(Column::StatedScore).is_some()
    }

    /// A cell of the row, blank or not, kept for its address. `None` where the form has no such column.
    fn cell(&mut self, row: u32, column: Column) -> Option<Entry> {
        let found = self.col(column)?.clone();
        let entry = self.entry(row, &found);
        if entry.is_none() {
            let at = CellRef::new(row, found.col)?;
            let message = format!("“{}”下有几个单元格都填了内容，不能确定以哪一个为准。", found.title.trim());
            self.find(FindingId::CellsUnderOneTitle, at, message);
        }
        entry
    }

    /// A cell that belongs to this row alone: a score merged over several indicators is nobody's.
    fn own_or_none(&self, row: u32, column: Column) -> Option<Entry> {
        let mut entry = self.entry(row, self.col(column)?)?;
        let at = entry.at.as_ref()?.cell;
        if self.shared(row, at) {
            return None;
        }
        // A dash says that there is no score: it is the agency's, not a blank to fill.
        if self.view.item(at).is_some_and(|item| self.is_missing(item)) {
            entry.cell = Cell::default();
        }
        Some(entry)
    }

    fn weight_entry(&mut self, row: u32) -> Option<Entry> {
        let entry = self.entry(row, self.col(Column::Weight)?)?;
        let at = entry.at.as_ref()?.cell;
        if self.shared(row, at) && !entry.is_blank() {
            let range = self.view.range(at);
            if range.first.row() == row {
                let message = format!("分值单元格 {range} 合并了几个指标，不能确定各指标的分值。");
                self.find(FindingId::MergedOverIndicators, at, message);
            }
            return None;
        }
        Some(entry)
    }

    /// Whether a cell is merged over more rows than the indicator's name is.
    fn shared(&self, row: u32, at: CellRef) -> bool {
        let range = self.view.range(at);
        if range.first.row() == range.last.row() {
            return false;
        }
        let name = self.col(Column::Name).and_then(|column| self.view.anchor(row, column.col));
        let own = name.map(|name| self.view.range(name));
        own.is_none_or(|own| own.first.row() > range.first.row() || own.last.row() < range.last.row())
    }

    fn constraints(&mut self, row: u32) {
        for (rule, column) in
            self.header.columns.iter().filter_map(|column| Some((self.rules.get(column.rule)?, column)))
        {
            if rule.constraints.is_empty() {
                continue;
            }
            let Some(entry) = self.entry(row, column) else { continue };
            if let Some(message) =
                super::constraints::violation(&rule.constraints, &entry.cell, column.title.trim())
            {
                self.body.findings.push(Finding::new(
                    FindingId::ConstraintViolated,
                    entry.at.clone(),
                    message,
                ));
            }
        }
    }

    /// Of the rows that call themselves a total the last is it; earlier ones are subtotals.
    fn settle_totals(&mut self) {
        let Some((row, label, _)) = self.totals.last().copied() else { return };
        for (earlier, ..) in self.totals.iter().rev().skip(1) {
            if let Some(skipped) = self.body.skipped.iter_mut().find(|(have, _)| have == earlier) {
                "小计行".clone_into(&mut skipped.1);
            }
        }
        let total = self.total(row, label);
        self.body.total.weight = total.weight;
        self.body.total.stated_score = total.stated_score;
        self.body.total.score = total.score;
        if total.grade.is_some() {
            self.body.total.grade = total.grade;
        }
    }

    fn total(&mut self, row: u32, label: CellRef) -> TotalRow {
        let value = |column: Column| {
            let entry = self.entry(row, self.col(column)?)?;
            // The label's own merge may reach over a column.
            (entry.at.as_ref().map(|at| at.cell) != Some(label)).then_some(entry)
        };
        let (weight, stated, score) =
            (value(Column::Weight), value(Column::StatedScore), value(Column::Score));
        let (stated_score, score) = match (stated, score) {
            (Some(stated), score) => (Some(stated), score),
            (None, Some(score)) if score.is_blank() => (None, Some(score)),
            (None, typed) => (typed, None),
        };
        let stated_score =
            stated_score.filter(|entry| !entry.is_blank()).or_else(|| self.total_in_label(label));
        let grades = &self.mapping.grades;
        let grade = self
            .view
            .row(row)
            .iter()
            .find(|item| grades.iter().any(|band| band.name == item.key))
            .map(|item| self.view.entry_at(item.at));
        TotalRow { weight, stated_score, score, grade }
    }

    /// `总分：98.5` in one cell.
    fn total_in_label(&self, label: CellRef) -> Option<Entry> {
        let item = self.view.item(label)?;
        let (_, value) = item.key.split_once(':')?;
        let digits = value.strip_suffix("分").unwrap_or(value);
        digits.parse::<Weight>().ok()?;
        Some(Entry { at: Some(self.view.address(label)), cell: Cell::text(digits) })
    }

    fn grade(&mut self, row: u32, label: CellRef) {
        let range = self.view.range(label);
        let right = self
            .view
            .row(row)
            .iter()
            .find(|item| item.at.col() > range.last.col())
            .map(|item| item.at)
            .or_else(|| self.view.right_of(range));
        if let Some(at) = right {
            self.body.total.grade = Some(self.view.entry_at(at));
        }
    }
}

/// A level whose merge has ended is carried no further.
fn bound(level: &mut Level, row: u32) {
    if level.until.is_some_and(|until| row > until) {
        *level = Level::default();
    }
}

fn starts_in(entry: &Entry, row: u32) -> bool {
    entry.at.as_ref().is_some_and(|at| at.cell.row() == row)
}

/// Whether a row's text is one of the patterns, whatever hangs on it.
fn any_matches_key(patterns: &[Pattern], key: &str) -> bool {
    patterns.iter().any(|pattern| pattern.matches(key) || pattern.matches(key.trim_end_matches(':')))
}
