//! What a person answered about the title of a column: it holds as a line of the mapping does.

use super::checked::{ColumnRule, Constraints, Mapping};
use super::column::{Column, TableKind, Use};
use super::index::FormTable;
use super::title::Pattern;

/// A title and what a person said that its column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The mapping that read the form; `None`: any.
    pub mapping: Option<String>,
    /// The title as written.
    pub title: String,
    /// What it holds; [`Column::Other`] for what has no part in scoring.
    pub column: Column,
}

impl Answered {
    /// Adds the answer to a mapping.
    pub(super) fn tell(&self, mapping: &mut Mapping) {
        if !mapping.kind.is_form() {
            return;
        }
        if self.is_of(FormTable::Main) {
            self.tell_table(&mut mapping.columns);
        }
        if self.is_of(FormTable::Checklist) {
            self.tell_table(&mut mapping.checklist);
        }
        if self.is_of(FormTable::Budget) {
            self.tell_table(&mut mapping.budget.columns);
        }
    }

    /// Whether a table may have the column.
    pub(super) fn is_of(&self, table: FormTable) -> bool {
        let of_money = TableKind::Money.uses(self.column, Use::Composed);
        match table {
            FormTable::Main | FormTable::Checklist => {
                !of_money || TableKind::Indicators.uses(self.column, Use::Composed)
            }
            FormTable::Budget => of_money || self.column == Column::Other,
        }
    }

    fn tell_table(&self, rules: &mut Vec<ColumnRule>) {
        // A form without such a table has no columns of it.
        if rules.is_empty() {
            return;
        }
        let title = Pattern::new(&self.title);
        for rule in rules.iter_mut() {
            let before = rule.titles.len();
            rule.own =
                rule.own.saturating_sub(rule.titles.iter().take(rule.own).filter(|t| **t == title).count());
            rule.titles.retain(|have| *have != title);
            rule.told &= before == rule.titles.len() || rule.own > 0;
        }
        let known = rules.iter_mut().find(|rule| rule.column == self.column && rule.after.is_none());
        match known {
            Some(rule) => {
                // What else the mapping itself names stays as sure as it was.
                rule.titles.insert(0, title);
                rule.own = if rule.told { rule.own.saturating_add(1) } else { 1 };
                rule.told = true;
            }
            None => rules.push(ColumnRule {
                column: self.column,
                titles: vec![title],
                own: 1,
                told: true,
                after: None,
                constraints: Constraints::default(),
            }),
        }
    }
}
