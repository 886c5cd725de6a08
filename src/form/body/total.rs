//! The total row and the grade.

use super::{BELOW_TOTAL, Reader};
use crate::base::{CellRef, Weight};
use crate::mapping::Column;
use crate::model::{Entry, TotalRow};
use crate::sheet::Cell;

impl Reader<'_, '_> {
    /// Of the rows that call themselves a total the last is it; earlier ones are subtotals.
    pub(super) fn decide_totals(&mut self) {
        self.only_of_this_table();
        let Some((row, label, _)) = self.totals.last().copied() else { return };
        for (earlier, ..) in self.totals.iter().rev().skip(1) {
            if let Some(skipped) = self.body.skipped.iter_mut().find(|(have, _)| have == earlier) {
                "小计行".clone_into(&mut skipped.1);
            }
        }
        self.earlier_totals();
        let total = self.total(row, label);
        if self.is_of_this_table(&total) {
            self.body.total_row = None;
            return;
        }
        self.body.total_row = Some(row);
        self.body.total.weight = total.weight;
        self.body.total.stated_score = total.stated_score;
        self.body.total.score = total.score;
        self.body.total.deduction = total.deduction;
        if total.grade.is_some() {
            self.body.total.grade = total.grade;
        }
    }

    /// Rows that call themselves a total behind the last one with points or a score are those of another list.
    fn only_of_this_table(&mut self) {
        let all = self.totals.clone();
        let points = |(row, label, _): &(u32, CellRef, usize)| {
            let total = self.total(*row, *label);
            [total.weight, total.stated_score, total.score]
                .iter()
                .flatten()
                .any(|entry| entry.number().is_some())
        };
        let Some(last) = all.iter().rposition(points) else { return };
        for (row, ..) in all.iter().skip(last.saturating_add(1)) {
            let below = self.body.skipped.iter_mut().filter(|(have, _)| have == row);
            below.for_each(|(_, reason)| BELOW_TOTAL.clone_into(reason));
        }
        self.totals.truncate(last.saturating_add(1));
    }

    pub(super) fn total(&self, row: u32, label: CellRef) -> TotalRow {
        let grades = &self.mapping.grades;
        let is_grade = |text: &str| grades.iter().any(|band| band.name == text);
        let value = |column: Column| {
            let entry = self.entry(row, self.col(column)?)?;
            // The label's own merge may reach over a column, as may the grade's.
            let other = entry.at.as_ref().map(|at| at.cell) == Some(label) || is_grade(entry.shown().trim());
            (!other).then_some(entry)
        };
        let (weight, stated, score) =
            (value(Column::Weight), value(Column::StatedScore), value(Column::Score));
        // One number merged over the row is the score: of 总分 nothing else is said.
        let place = |entry: &Option<Entry>| entry.as_ref().and_then(|entry| entry.at.clone());
        let merged = place(&weight).is_some_and(|at| [&stated, &score].map(place).contains(&Some(at)));
        // A number merged over more than the column of the points is not said to be points.
        let wide = |entry: &Entry| {
            entry.at.as_ref().is_some_and(|at| {
                let range = self.view.range(at.cell);
                let column = self.col(Column::Weight);
                column.is_some_and(|column| {
                    range.first.col() < column.col || range.last.col() > column.last_col
                })
            })
        };
        let weight = weight.filter(|entry| !merged && !wide(entry));
        let (stated_score, score) = match (stated, score) {
            (Some(stated), None) if stated.is_blank() => (None, Some(stated)),
            (Some(stated), score) => (Some(stated), score),
            (None, Some(score)) if score.is_blank() => (None, Some(score)),
            (None, typed) => (typed, None),
        };
        let stated_score =
            stated_score.filter(|entry| !entry.is_blank()).or_else(|| self.total_in_label(label));
        let stated_score = stated_score.or_else(|| {
            let none =
                weight.as_ref().is_none_or(Entry::is_blank) && score.as_ref().is_none_or(Entry::is_blank);
            self.only_number(row, label).filter(|_| none)
        });
        let grade = self
            .view
            .row(row)
            .iter()
            .find(|item| is_grade(&item.key))
            .map(|item| self.view.entry_at(item.at));
        TotalRow { weight, stated_score, score, deduction: self.deduction(row), grade }
    }

    /// The only number right of a label that calls it a score (自评得分 | 98.5 | 自评等级 | 优), where no column of the table
    /// holds one. What stands under a level's points is none.
    fn only_number(&self, row: u32, label: CellRef) -> Option<Entry> {
        self.view.item(label).filter(|item| item.key.contains("得分"))?;
        let points = [Column::Level1Weight, Column::Level2Weight, Column::Weight];
        let is_points =
            |col: u32| points.into_iter().any(|column| self.col(column).is_some_and(|c| c.col == col));
        let right =
            self.view.row(row).iter().filter(|item| item.at.col() > label.col() && !is_points(item.at.col()));
        let mut numbers =
            right.map(|item| self.view.entry_at(item.at)).filter(|entry| entry.number().is_some());
        numbers.next().filter(|_| numbers.next().is_none())
    }

    /// `总分：98.5` in one cell.
    pub(super) fn total_in_label(&self, label: CellRef) -> Option<Entry> {
        let item = self.view.item(label)?;
        let (_, value) = item.key.split_once(':')?;
        let digits = value.strip_suffix("分").unwrap_or(value);
        digits.parse::<Weight>().ok()?;
        Some(Entry { at: Some(self.view.address(label)), cell: Cell::text(digits) })
    }

    pub(super) fn grade(&mut self, row: u32, label: CellRef) {
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
