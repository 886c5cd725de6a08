//! The roll (项目清单): which projects are due, and what the budget system knows of their money.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::identity;
use crate::base::{CellRef, Error, Number, Result, Yuan};
use crate::form;
use crate::mapping::title::{Pattern, bare, normalise, undated};
use crate::mapping::{FieldName, Kind, Mapping, Mappings};
use crate::model::{AmountKind, MoneyUnit};
use crate::notation::money;
use crate::reconcile::stated::Stated;
use crate::reconcile::{Settings, tolerance};
use crate::sheet::Sheet;

/// The roll's file, where none is named.
pub const FILE: &str = "项目清单.xlsx";
/// Rows in which the titles are looked for.
const TITLE_ROWS: u32 = 30;
/// Titles that a roll has at least, that of the project among them.
const MIN_TITLES: usize = 2;

/// An amount with how exactly it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The amount.
    pub yuan: Yuan,
    /// How far the true one may be from it by rounding.
    pub slack: Yuan,
}

impl Figure {
    /// A stated amount.
    pub fn stated(number: Number, unit: MoneyUnit, places: u32) -> Option<Self> {
        let (shown, label) = (String::new(), String::new());
        let stated =
            Stated { kind: AmountKind::AdjustedBudget, label, number, unit, places, shown, at: None };
        let (slack, _) = tolerance::tolerance(&stated, &Settings::default())?;
        Some(Self { yuan: stated.yuan()?, slack })
    }

    /// This less another; `None` where they may be the same.
    pub fn less(self, other: Self) -> Option<Yuan> {
        let difference = self.yuan.minus(other.yuan)?;
        let slack = self.slack.plus(other.slack)?;
        (difference.number().abs() > slack.number()).then_some(difference)
    }
}

/// The roll.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// Its projects, in its order.
    pub lines: Vec<Line>,
    /// What is to be said of it, in Chinese.
    pub remarks: Vec<String>,
}

/// A project that is due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// 项目编码, plain.
    pub code: Option<String>,
    /// The code as it is written.
    pub shown_code: Option<String>,
    /// 项目名称.
    pub name: String,
    /// 主管部门.
    pub department: Option<String>,
    /// 实施单位.
    pub agency: Option<String>,
    /// The budget year.
    pub year: Option<i16>,
    /// 全年预算数.
    pub budget: Option<Figure>,
    /// 支出数.
    pub spent: Option<Figure>,
}

/// The titles of a sheet.
struct Titles {
    columns: BTreeMap<u32, FieldName>,
    /// The last row of titles.
    last: u32,
}

impl Titles {
    fn of(&self, name: FieldName) -> Option<u32> {
        self.columns.iter().find(|(_, have)| **have == name).map(|(col, _)| *col)
    }
}

/// Reads a roll.
pub fn read(sheets: &[Sheet], mappings: &Mappings) -> Result<Roster> {
    let mut roster = Roster::default();
    let known = mappings.all().iter().filter(|mapping| mapping.kind == Kind::Roster);
    for mapping in known {
        for sheet in sheets.iter().filter(|sheet| sheet.visible) {
            if let Some(titles) = titles(sheet, mapping) {
                roster.sheet(sheet, mapping, &titles);
            }
        }
        if !roster.lines.is_empty() {
            return Ok(roster.once());
        }
    }
    Err(Error::input(
        "项目清单中没有读到项目：没有“项目名称”一栏，或下面没有内容。",
        "项目清单第一行应为各栏标题：项目编码、项目名称、主管部门、实施单位、全年预算数、支出数（金额写明单位）。",
    ))
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

/// The row of titles: the first that names the project and something else.
fn titles(sheet: &Sheet, mapping: &Mapping) -> Option<Titles> {
    let row = |row: u32| -> BTreeMap<u32, FieldName> {
        let known =
            |(at, cell): (CellRef, &crate::sheet::Cell)| Some((at.col(), meaning(mapping, &cell.shown())?));
        sheet.row(row).filter_map(known).collect()
    };
    (0..TITLE_ROWS).find_map(|top| {
        let mut columns = row(top);
        let named = columns.values().any(|name| *name == FieldName::Project);
        if !named || columns.len() < MIN_TITLES {
            return None;
        }
        // Titles of two rows: the project's goes over both.
        let next = top.saturating_add(1);
        let project = Titles { columns: columns.clone(), last: top }.of(FieldName::Project)?;
        let covered = CellRef::new(next, project).is_some_and(|at| sheet.anchor(at).row() == top);
        let last = if covered { next } else { top };
        if covered {
            for (col, name) in row(next) {
                columns.entry(col).or_insert(name);
            }
        }
        Some(Titles { columns, last })
    })
}

impl Roster {
    fn sheet(&mut self, sheet: &Sheet, mapping: &Mapping, titles: &Titles) {
        let unit = |name: FieldName| unit_of(sheet, titles, titles.of(name)?);
        let amounts = [FieldName::Adjusted, FieldName::Budget, FieldName::Spent];
        if amounts.into_iter().any(|name| titles.of(name).is_some() && unit(name).is_none()) {
            let said =
                format!("项目清单（工作表“{}”）没有写明金额单位（元、万元），没有核对金额。", sheet.name);
            self.remarks.push(said);
        }
        let Some(last) = sheet.last_row() else { return };
        let year = year_of(sheet, titles);
        for row in titles.last.saturating_add(1)..=last {
            let text = |name: FieldName| {
                let at = sheet.anchor(CellRef::new(row, titles.of(name)?)?);
                let text: String = sheet.get(at).shown().split_whitespace().collect();
                (!text.is_empty() && !mapping.missing_values.contains(&normalise(&text))).then_some(text)
            };
            let figure = |name: FieldName| {
                let cell = sheet.at(row, titles.of(name)?);
                let amount = money::amount(cell)?;
                Figure::stated(amount.number, amount.unit.or_else(|| unit(name))?, amount.places)
            };
            let Some(name) = text(FieldName::Project) else { continue };
            if mapping.rows.total.iter().any(|total| total.matches(&normalise(&name))) {
                continue;
            }
            let code = text(FieldName::Code);
            self.lines.push(Line {
                code: code.as_deref().or_else(|| form::code_of(&name)).and_then(identity::code),
                shown_code: code.or_else(|| form::code_of(&name).map(str::to_owned)),
                name: form::uncoded(&name).to_owned(),
                department: text(FieldName::Agency).map(|name| form::uncoded(&name).to_owned()),
                agency: text(FieldName::Unit).map(|name| form::uncoded(&name).to_owned()),
                year: text(FieldName::Year).and_then(|text| form::year_in(&text)).or(year),
                budget: figure(FieldName::Adjusted).or_else(|| figure(FieldName::Budget)),
                spent: figure(FieldName::Spent),
            });
        }
    }

    /// Of a project in several rows (one a source of money) one line; which of its amounts count is not known.
    fn once(mut self) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut several: Vec<String> = Vec::new();
        for line in self.lines {
            let same = |have: &&mut Line| {
                (have.code.as_ref(), &have.name, &have.department, &have.agency, have.year)
                    == (line.code.as_ref(), &line.name, &line.department, &line.agency, line.year)
            };
            match lines.iter_mut().find(same) {
                Some(have) => {
                    (have.budget, have.spent) = (None, None);
                    if !several.contains(&line.name) {
                        several.push(line.name);
                    }
                }
                None => lines.push(line),
            }
        }
        if !several.is_empty() {
            let names: Vec<String> = several.iter().map(|name| format!("“{name}”")).collect();
            let said = format!("项目清单中{}各有多行，算作一个项目，没有核对它们的金额。", names.join("、"));
            self.remarks.push(said);
        }
        self.lines = lines;
        self
    }
}

/// The year that stands above the titles: `2023年度部门预算项目清单`, `预算年度：2023`.
fn year_of(sheet: &Sheet, titles: &Titles) -> Option<i16> {
    let above = (0..titles.last).flat_map(|row| sheet.row(row)).map(|(_, cell)| cell.shown());
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
fn unit_of(sheet: &Sheet, titles: &Titles, col: u32) -> Option<MoneyUnit> {
    let rows = 0..=titles.last;
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
