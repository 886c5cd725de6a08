//! The row of titles of a roll's sheet: which column holds what, in which unit.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::CellRef;
use crate::form;
use crate::mapping::title::{Pattern, bare, normalise, undated};
use crate::mapping::{FieldName, Mapping};
use crate::model::MoneyUnit;
use crate::sheet::Sheet;

/// Rows in which the titles are looked for.
const TITLE_ROWS: u32 = 30;
/// Titles that a roll has at least, that of the project among them.
const MIN_TITLES: usize = 2;

/// The titles of a sheet.
pub(super) struct Titles {
    /// What each column is, and its title.
    columns: BTreeMap<u32, (FieldName, String)>,
    /// The last row of titles.
    pub(super) last: u32,
}

/// What of a roll is an amount.
pub(super) const AMOUNTS: [FieldName; 3] = [FieldName::Adjusted, FieldName::Budget, FieldName::Spent];

impl Titles {
    /// The columns of a meaning, from the left.
    pub(super) fn all(&self, name: FieldName) -> impl Iterator<Item = (u32, &str)> {
        let is_it = move |(_, (have, _)): &(&u32, &(FieldName, String))| *have == name;
        self.columns.iter().filter(is_it).map(|(col, (_, title))| (*col, title.as_str()))
    }

    /// The first of them.
    pub(super) fn of(&self, name: FieldName) -> Option<u32> {
        self.all(name).next().map(|(col, _)| col)
    }

    /// The title of a column.
    pub(super) fn title(&self, col: u32) -> &str {
        self.columns.get(&col).map_or("", |(_, title)| title)
    }

    /// What is to be said of them: which are two of one meaning, and whether amounts have no unit.
    pub(super) fn said(&self, sheet: &Sheet, of: &str) -> Vec<String> {
        let mut said = Vec::new();
        let meanings: BTreeSet<FieldName> = self.columns.values().map(|(name, _)| *name).collect();
        for name in meanings {
            let titles: Vec<String> = self.all(name).map(|(_, title)| format!("“{title}”")).collect();
            // Of marks all are read.
            if titles.len() < 2 || name == FieldName::Mark {
                continue;
            }
            let (titles, count) = (titles.join("、"), titles.len());
            said.push(if AMOUNTS.contains(&name) {
                format!("{of}{titles}这 {count} 栏意思相同，不知以哪一栏为准，没有核对；请只留一栏。")
            } else {
                format!("{of}{titles}这 {count} 栏意思相同，只读左起第一栏；不对的，请只留一栏。")
            });
        }
        let lacks_unit = |name: FieldName| self.all(name).any(|(col, _)| self.unit(sheet, col).is_none());
        if AMOUNTS.into_iter().any(lacks_unit) {
            said.push(format!("{of}没有写明金额单位（元、万元），没有核对金额。"));
        }
        said
    }

    /// The row of titles: the first that names the project and something else.
    pub(super) fn of_sheet(sheet: &Sheet, mapping: &Mapping) -> Option<Self> {
        let row = |row: u32| -> BTreeMap<u32, (FieldName, String)> {
            let known = |(at, cell): (CellRef, &crate::sheet::Cell)| {
                let title: String = cell.shown().split_whitespace().collect();
                Some((at.col(), (meaning(mapping, &title)?, title)))
            };
            sheet.row(row).filter_map(known).collect()
        };
        (0..TITLE_ROWS).find_map(|top| {
            let mut columns = row(top);
            let named = columns.values().any(|(name, _)| *name == FieldName::Project);
            if !named || columns.len() < MIN_TITLES {
                return None;
            }
            // Titles of two rows: the project's goes over both.
            let next = top.saturating_add(1);
            let project = Self { columns: columns.clone(), last: top }.of(FieldName::Project)?;
            let covered = CellRef::new(next, project).is_some_and(|at| sheet.anchor(at).row() == top);
            let last = if covered { next } else { top };
            if covered {
                for (col, name) in row(next) {
                    columns.entry(col).or_insert(name);
                }
            }
            Some(Self { columns, last })
        })
    }

    /// The year that stands above the titles: `2023年度部门预算项目清单`, `预算年度：2023`.
    pub(super) fn year(&self, sheet: &Sheet) -> Option<i16> {
        let above = (0..self.last).flat_map(|row| sheet.row(row)).map(|(_, cell)| cell.shown());
        let year = |text: String| {
            form::heading_year(&text).or_else(|| form::year_in(&text).filter(|_| text.contains("年度")))
        };
        let mut years: Vec<i16> = above.filter_map(year).collect();
        years.dedup();
        match years.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The unit of a column's amounts: in its title, or said for all above the titles.
    pub(super) fn unit(&self, sheet: &Sheet, col: u32) -> Option<MoneyUnit> {
        let rows = 0..=self.last;
        let own = rows.clone().rev().find_map(|row| {
            let at = sheet.anchor(CellRef::new(row, col)?);
            form::unit_in(&sheet.get(at).shown())
        });
        own.or_else(|| {
            rows.flat_map(|row| sheet.row(row)).find_map(|(_, cell)| {
                let text = cell.shown();
                text.contains("单位").then(|| form::unit_in(&text)).flatten()
            })
        })
    }
}

fn meaning(mapping: &Mapping, text: &str) -> Option<FieldName> {
    let key = normalise(text);
    let means = |key: &str| {
        let rule = |rule: &&crate::mapping::checked::FieldRule| {
            rule.labels.iter().any(|label: &Pattern| label.matches(key))
        };
        mapping.fields.iter().find(rule).map(|rule| rule.name)
    };
    let shorter = [bare(&key), undated(&key), undated(&key).and_then(bare)];
    std::iter::once(Some(key.as_str())).chain(shorter).flatten().find_map(means)
}
