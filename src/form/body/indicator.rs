//! A row becomes an indicator, or is skipped with the reason.

use super::pieces::BodyLine;
use super::silent::{completion_rate, evidence, explanation, remark};
use super::{Reader, any_matches_key};
use crate::base::{CellRef, Weight};
use crate::form::{constraints, extras, names};
use crate::mapping::Column;
use crate::mapping::title::normalise;
use crate::model::{Entry, Extra, Finding, FindingId, Indicator, OtherTarget};
use crate::sheet::Value;

/// The columns that make a row more than a name.
const VALUES: [Column; 7] = [
    Column::Weight,
    Column::Target,
    Column::TargetAdjusted,
    Column::Actual,
    Column::Score,
    Column::StatedScore,
    Column::Criterion,
];

/// Columns of which a value that could not be told apart keeps the verdict open.
const DECISIVE_CELLS: [Column; 5] =
    [Column::Target, Column::TargetAdjusted, Column::Actual, Column::Score, Column::StatedScore];

/// Columns without which what is read may be scored wrong.
const DECISIVE: [Column; 3] = [Column::Criterion, Column::Sign, Column::Unit];

impl Reader<'_, '_> {
    /// Notes the form's own text (`……`, `指标2：` with nothing behind it) in a row that holds no indicator.
    pub(super) fn template_text(&mut self, row: u32) {
        let left = self.view.row(row).iter().find_map(|item| {
            let text = item.cell.shown();
            let is_template = names::is_placeholder(&names::indicator(&text), &self.mapping.rows.placeholder);
            (is_template && !text.trim().is_empty()).then(|| (item.at, text.trim().to_owned()))
        });
        if let Some((at, text)) = left {
            self.find(FindingId::TemplateTextLeft, at, format!("保留了模板文字“{text}”。"));
        }
    }

    pub(super) fn indicator(&mut self, row: u32, begins: bool) {
        let Some(name_col) = self.col(Column::Name).map(|column| column.col) else { return };
        let Some(name_at) = self.view.anchor(row, name_col) else { return };
        let has_values = self.has_values(row);
        if name_at.row() < row {
            self.below_a_name(row, name_at, has_values);
            return;
        }
        let text = self.view.item(name_at).map(|item| item.cell.shown()).unwrap_or_default();
        let mut name = names::indicator(&text);
        let key = normalise(&text);
        let template = names::is_placeholder(&name, &self.mapping.rows.placeholder)
            || self.mapping.rows.placeholder.iter().any(|pattern| pattern.matches(&key));
        // The lowest level that the row fills names the indicator.
        let named_by_level =
            key.is_empty() && self.level_cell(row, Column::Level2).is_some() && !self.level2.name.is_empty();
        // A level that is only repeated in each row names nothing.
        let own_level = named_by_level && begins && has_values;
        if key.is_empty() && !own_level && self.piece_of_cells(row, begins) {
            self.skip(row, "可能是上下行的一部分");
            return;
        }
        if template && !has_values {
            self.lines.push(BodyLine::Break);
            let reason = if key.is_empty() { "没有指标" } else { "只有模板文字" };
            self.skip(row, reason);
            if let Some((_, at, _)) = self.level_cell(row, Column::Level2) {
                let (level1, level2) = self.levels();
                self.body.bare_levels.push((level1, level2, at));
            }
            self.template_text(row);
            return;
        }
        if any_matches_key(&self.mapping.rows.part, &key)
            && self.col(Column::Weight).is_some()
            && self.filled_at(row, Column::Weight).is_none()
        {
            self.skip(row, "其中项，没有分值");
            return;
        }
        if !template && self.col(Column::Weight).is_some() && self.is_hollow(row) {
            self.piece_of_name(row, name_at, begins);
            self.skip(row, "没有分值和数值");
            return;
        }
        if template {
            if let Some(own) = self.name_at_points(row) {
                name = own;
            } else if named_by_level {
                name.clone_from(&self.level2.name);
            } else {
                let at = self.view.address(name_at).cell;
                self.find(FindingId::RowWithoutName, at, "这一行有分值或数值，但没有指标名称。".to_owned());
                name.clear();
            }
        }
        self.take(row, name, name_at);
        self.took(row, begins);
    }

    /// The name that stands with its points in their column: `任务分解 (2分)`.
    fn name_at_points(&self, row: u32) -> Option<String> {
        let entry = self.filled(row, Column::Weight)?;
        let key = crate::mapping::title::normalise(&entry.shown());
        names::named_points(&key).map(|(name, _)| name.to_owned())
    }

    /// Whether the points of a row stand in a cell over several indicators.
    fn shares_weight(&self, row: u32) -> bool {
        self.filled_at(row, Column::Weight).is_some_and(|at| self.shared(row, at))
    }

    /// Whether a row says nothing but a name.
    pub(super) fn is_hollow(&self, row: u32) -> bool {
        VALUES.into_iter().all(|column| self.filled_at(row, column).is_none())
    }

    /// Whether a cell that begins in the row holds a value.
    pub(super) fn has_values(&self, row: u32) -> bool {
        VALUES.into_iter().any(|column| self.filled_at(row, column).is_some_and(|at| at.row() == row))
    }

    /// A row under a name that is merged over several rows.
    pub(super) fn below_a_name(&mut self, row: u32, name_at: CellRef, has_values: bool) {
        let own_weight = self.filled_at(row, Column::Weight).is_some_and(|at| at.row() == row);
        if own_weight {
            let text = self.view.item(name_at).map(|item| item.cell.shown()).unwrap_or_default();
            let name = names::indicator(&text);
            self.take(row, name, name_at);
            self.took(row, false);
        } else if has_values {
            if let Some(index) = self.last_named(name_at) {
                self.append_words(row, index);
                self.doubt(index, format!("指标占多行（{name_at}），各行的内容不同"));
            } else {
                self.body.part_unread = true;
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
            if let Some(index) = self.last_named(name_at) {
                self.append_words(row, index);
            }
            self.skip(row, "合并单元格的下一行");
        }
    }

    /// The last indicator, where it has the name in this cell.
    fn last_named(&self, name_at: CellRef) -> Option<usize> {
        let last = self.body.indicators.last()?;
        let same = last.name_entry.at.as_ref().is_some_and(|at| at.cell == name_at);
        self.body.indicators.len().checked_sub(1).filter(|_| same)
    }

    pub(super) fn take(&mut self, row: u32, name: String, name_at: CellRef) {
        let weight_entry = self.weight_entry(row);
        let weight = weight_entry.as_ref().and_then(|entry| names::weight(&entry.cell));
        let (level1, level2) = self.levels();
        let extra = extras::of(self.mapping, [&level1, &level2, &name]);
        // What a penalty takes off may be written below zero.
        let weight = match extra {
            Some(Extra::Penalty) => weight.map(|weight| Weight::new(weight.number().abs().get())),
            _ => weight.filter(|weight| *weight >= Weight::default()),
        };
        if let Some(entry) = weight_entry.as_ref().filter(|entry| weight.is_none() && !entry.is_blank())
            && let Some(at) = entry.at.as_ref().map(|at| at.cell)
            && !self.view.item(at).is_some_and(|item| self.is_missing(item))
        {
            self.unreadable_weight(at);
        }
        let nowhere = weight_entry.as_ref().is_none_or(Entry::is_blank) && !self.shares_weight(row);
        let in_name = names::with_points(&name).filter(|_| nowhere);
        let in_name = in_name.map(|(name, points)| (name.to_owned(), points));
        let both = names::with_points(&name).zip(weight).map(|((_, points), weight)| (points, weight));
        if let Some((points, weight)) = both.filter(|(points, weight)| points != weight) {
            let message = format!(
                "名称中写明 {points} 分，分值栏填 {weight} 分，不能确定以哪个为准，等级暂不确定。请改为一致。"
            );
            self.find(FindingId::WeightNotRead, name_at, message);
            self.body.part_unread = true;
        }
        let (name, weight, weight_entry) = match in_name {
            Some((name, points)) => (name, Some(points), Some(self.view.entry_at(name_at))),
            None => (name, weight, weight_entry),
        };
        let score = self.own_or_none(row, Column::Score);
        let stated = self.own_or_none(row, Column::StatedScore);
        let (stated_score, score) = match (stated, score) {
            // The agency's own column, blank: whether it is filled is a setting.
            (Some(stated), None) if stated.is_blank() => (None, Some(stated)),
            (Some(stated), score) => (Some(stated), score),
            // One score column only: what is typed there is the agency's, a blank is ours to fill.
            (None, Some(score)) if score.is_blank() => (None, Some(score)),
            (None, Some(score)) if self.reviewed() => (None, Some(score)),
            (None, Some(typed)) => (Some(typed), None),
            (None, None) => (None, None),
        };
        let (target, other_target) = self.targets(row);
        let criterion = self.criterion(row, target.as_ref());
        let indicator = Indicator {
            level1,
            level2,
            name,
            name_entry: self.view.entry_at(name_at),
            weight,
            weight_entry,
            extra,
            criterion,
            target,
            other_target,
            target_sign: self.beside_target(row, Column::Sign),
            unit: self.beside_target(row, Column::Unit),
            standards: self.standards(row),
            standard: self.filled(row, Column::Standard),
            explanation: explanation(self.header).and_then(|column| self.entry(row, column)),
            actual: self.cell(row, Column::Actual),
            stated_actual: self.filled(row, Column::StatedActual),
            actual_words: None,
            situation: self.cell(row, Column::Situation),
            stated_rate: completion_rate(self.header).and_then(|column| self.entry(row, column)),
            deviation: self.filled(row, Column::Deviation),
            deduction: self.deduction(row),
            remark: remark(self.header).and_then(|column| self.entry(row, column)),
            stated_score: stated_score.filter(|entry| !entry.is_blank()),
            score,
            reason: self.cell(row, Column::Reason),
            evidence: evidence(self.header).and_then(|column| self.entry(row, column)),
            rescaled: false,
            other_names: Vec::new(),
            doubt: None,
            binding: None,
            satisfaction: None,
            cap: None,
            rubric: None,
            unclear: DECISIVE
                .into_iter()
                .find(|column| self.header.ambiguous.iter().any(|(have, _)| have == column))
                .map(Column::chinese),
        };
        self.constraints(row);
        if indicator.name.contains("**") {
            let message = format!("指标名称“{}”中保留了模板占位符“**”。", indicator.name);
            self.find(FindingId::TemplateTextLeft, name_at, message);
        }
        self.body.indicators.push(indicator);
    }

    /// The target that counts, and the other one where both are filled: an adjusted target counts where it is filled, unless
    /// the mapping says otherwise.
    fn targets(&mut self, row: u32) -> (Option<Entry>, Option<OtherTarget>) {
        let first = self.cell(row, Column::Target);
        let Some(adjusted) = self.filled(row, Column::TargetAdjusted) else {
            return (self.target_or_explained(row, first), None);
        };
        let same = |entry: &Entry| entry.at == adjusted.at;
        match first.filter(|entry| !entry.is_blank() && !same(entry)) {
            None => (Some(adjusted), None),
            Some(first) if self.mapping.adjusted_target_counts == Some(false) => {
                (Some(first), Some(OtherTarget { entry: adjusted, adjusted: true, ruled_out: true }))
            }
            Some(first) => {
                let ruled_out = self.mapping.adjusted_target_counts == Some(true);
                (Some(adjusted), Some(OtherTarget { entry: first, adjusted: false, ruled_out }))
            }
        }
    }

    /// Sign or unit, unless the target's own cell reaches over it (`明显改善` over all three).
    fn beside_target(&self, row: u32, column: Column) -> Option<Entry> {
        let target = self.col(Column::Target).and_then(|target| self.cell_of(row, target));
        self.filled(row, column).filter(|entry| entry.at.as_ref().map(|at| at.cell) != target)
    }

    /// Whether the form has a column of its own for the reviewer's score.
    pub(super) fn reviewed(&self) -> bool {
        self.col(Column::StatedScore).is_some()
    }

    /// A cell of the row, blank or not, kept for its address. `None` where the form has no such column.
    pub(super) fn cell(&mut self, row: u32, column: Column) -> Option<Entry> {
        let found = self.col(column)?.clone();
        let entry = self.entry(row, &found);
        if entry.is_none() {
            let at = CellRef::new(row, found.col)?;
            let message = format!("“{}”下有几个单元格都填了内容，不能确定以哪一个为准。", found.title.trim());
            if DECISIVE_CELLS.contains(&column) {
                self.body.part_unread = true;
            }
            self.find(FindingId::CellsUnderOneTitle, at, message);
        }
        entry
    }

    /// A cell that belongs to this row alone: a score merged over several indicators is nobody's.
    pub(super) fn own_or_none(&mut self, row: u32, column: Column) -> Option<Entry> {
        let entry = self.entry(row, self.col(column)?)?;
        let at = entry.at.as_ref()?.cell;
        if self.shared(row, at) {
            if !entry.is_blank() && at.row() == row {
                let range = self.view.range(at);
                let message = format!("得分单元格 {range} 合并了几个指标，不能确定各指标的得分，没有采用。");
                self.find(FindingId::MergedOverIndicators, at, message);
            }
            return None;
        }
        // A dash says that there is no score: it is the agency's, not a blank to fill.
        let dash = self.view.item(at).is_some_and(|item| self.is_missing(item));
        (!dash).then_some(entry)
    }

    pub(super) fn weight_entry(&mut self, row: u32) -> Option<Entry> {
        let entry = self.entry(row, self.col(Column::Weight)?)?;
        let at = entry.at.as_ref()?.cell;
        if self.shared(row, at) && !entry.is_blank() {
            let range = self.view.range(at);
            if range.first.row() == row && names::divided(&entry.shown()).is_some() {
                self.divided_weight(at);
            } else if range.first.row() == row {
                let message = format!("分值单元格 {range} 合并了几个指标，不能确定各指标的分值。");
                self.find(FindingId::MergedOverIndicators, at, message);
            }
            return None;
        }
        Some(entry)
    }

    /// Whether a cell is merged over more rows than the indicator's name is.
    pub(super) fn shared(&self, row: u32, at: CellRef) -> bool {
        let range = self.view.range(at);
        if range.first.row() == range.last.row() {
            return false;
        }
        let name = self.col(Column::Name).and_then(|column| self.view.anchor(row, column.col));
        let own = name.map(|name| self.view.range(name));
        own.is_none_or(|own| own.first.row() > range.first.row() || own.last.row() < range.last.row())
    }

    pub(super) fn constraints(&mut self, row: u32) {
        for (rule, column) in
            self.header.columns.iter().filter_map(|column| Some((self.rules.get(column.rule)?, column)))
        {
            if rule.constraints.is_empty() {
                continue;
            }
            let Some(entry) = self.entry(row, column) else { continue };
            if let Some(message) = constraints::violation(&rule.constraints, &entry.cell, column.title.trim())
            {
                self.body.findings.push(Finding::new(
                    FindingId::ConstraintViolated,
                    entry.at.clone(),
                    message,
                ));
            }
        }
    }

    /// A rule in place of points (`15分÷三级指标个数`): nothing is wrong with it, but the points are asked for.
    fn divided_weight(&mut self, at: CellRef) {
        let shown = self.view.entry_at(at).shown();
        let message = format!("分值栏写的是算法“{}”，请把各指标的分值逐项写成数。", shown.trim());
        self.find(FindingId::CriterionNotRead, at, message);
    }

    pub(super) fn unreadable_weight(&mut self, at: CellRef) {
        let entry = self.view.entry_at(at);
        if names::divided(&entry.shown()).is_some() {
            self.divided_weight(at);
            return;
        }
        // A formula without a value is a finding of its own (check room).
        if entry.cell.formula.is_none() || entry.cell.value != Value::Empty {
            let shown = entry.shown();
            let message = match names::number(&entry.cell).map(Weight::number) {
                Some(number) if number.is_negative() => format!("分值“{shown}”小于 0。"),
                Some(_) => format!("分值“{shown}”过大或位数过多，不像是分值。"),
                None => format!("分值“{shown}”不是一个数。"),
            };
            self.find(FindingId::WeightNotRead, at, message);
        }
    }
}
