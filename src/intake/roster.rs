//! The roll (项目清单): which projects are due, and what the budget system knows of their money.

use std::collections::{BTreeMap, BTreeSet};

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
    pub lines: Vec<RosterLine>,
    /// What is to be said of it, in Chinese.
    pub remarks: Vec<String>,
}

/// A project that is due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterLine {
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
    /// What each column is, and its title.
    columns: BTreeMap<u32, (FieldName, String)>,
    /// The last row of titles.
    last: u32,
}

/// What of a roll is an amount.
const AMOUNTS: [FieldName; 3] = [FieldName::Adjusted, FieldName::Budget, FieldName::Spent];

impl Titles {
    /// The columns of a meaning, from the left.
    fn all(&self, name: FieldName) -> impl Iterator<Item = (u32, &str)> {
        let is_it = move |(_, (have, _)): &(&u32, &(FieldName, String))| *have == name;
        self.columns.iter().filter(is_it).map(|(col, (_, title))| (*col, title.as_str()))
    }

    /// The first of them.
    fn of(&self, name: FieldName) -> Option<u32> {
        self.all(name).next().map(|(col, _)| col)
    }

    fn title(&self, col: u32) -> &str {
        self.columns.get(&col).map_or("", |(_, title)| title)
    }

    /// What is to be said of them: which are two of one meaning, and whether amounts have no unit.
    fn said(&self, sheet: &Sheet, of: &str) -> Vec<String> {
        let mut said = Vec::new();
        let meanings: BTreeSet<FieldName> = self.columns.values().map(|(name, _)| *name).collect();
        for name in meanings {
            let titles: Vec<String> = self.all(name).map(|(_, title)| format!("“{title}”")).collect();
            if titles.len() < 2 {
                continue;
            }
            let (titles, count) = (titles.join("、"), titles.len());
            said.push(if AMOUNTS.contains(&name) {
                format!("{of}{titles}这 {count} 栏意思相同，不知以哪一栏为准，没有核对；请只留一栏。")
            } else {
                format!("{of}{titles}这 {count} 栏意思相同，只读左起第一栏；不对的，请只留一栏。")
            });
        }
        let lacks_unit = |name: FieldName| self.all(name).any(|(col, _)| unit_of(sheet, self, col).is_none());
        if AMOUNTS.into_iter().any(lacks_unit) {
            said.push(format!("{of}没有写明金额单位（元、万元），没有核对金额。"));
        }
        said
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

/// What was not used of a roll's sheet, each kind with how often and where first.
#[derive(Default)]
struct Unused {
    /// Rows with a code and no name.
    nameless: Option<(usize, u32)>,
    /// Amounts that cannot be read, by column: how many, the first one's row, and its text.
    amounts: BTreeMap<u32, (usize, u32, String)>,
}

impl Unused {
    fn nameless(&mut self, row: u32) {
        let (count, first) = self.nameless.unwrap_or((0, row));
        self.nameless = Some((count.saturating_add(1), first));
    }

    fn amount(&mut self, at: CellRef, text: String) {
        let (count, ..) = self.amounts.entry(at.col()).or_insert((0, at.row(), text));
        *count = count.saturating_add(1);
    }

    fn said(self, of: &str, titles: &Titles) -> Vec<String> {
        let nameless = self.nameless.map(|(count, first)| {
            let first = first.saturating_add(1);
            format!(
                "{of}有 {count} 行有项目编码而没有项目名称（首见第 {first} 行），没有读取；请补填项目名称。"
            )
        });
        let amounts = self.amounts.into_iter().map(|(col, (count, first, text))| {
            let (title, first) = (titles.title(col), first.saturating_add(1));
            format!(
                "{of}“{title}”一栏有 {count} 处不能读作金额（首见第 {first} 行“{text}”），没有核对；请只填数字，没有的留空。"
            )
        });
        nameless.into_iter().chain(amounts).collect()
    }
}

/// A row of a roll's sheet.
struct Row<'s> {
    sheet: &'s Sheet,
    mapping: &'s Mapping,
    titles: &'s Titles,
    number: u32,
}

/// An amount of a row.
enum Amount {
    /// None is written.
    None,
    /// One is written that cannot be told.
    Unclear,
    /// It is this.
    Is(Figure),
}

impl Amount {
    fn figure(self) -> Option<Figure> {
        if let Self::Is(figure) = self { Some(figure) } else { None }
    }
}

impl Row<'_> {
    fn at(&self, name: FieldName) -> Option<CellRef> {
        CellRef::new(self.number, self.titles.of(name)?)
    }

    fn text(&self, name: FieldName) -> Option<String> {
        self.written(self.sheet.anchor(self.at(name)?))
    }

    /// What stands in a cell, if it is not a sign for nothing.
    fn written(&self, at: CellRef) -> Option<String> {
        let text: String = self.sheet.get(at).shown().split_whitespace().collect();
        (!text.is_empty() && !self.mapping.missing_values.contains(&normalise(&text))).then_some(text)
    }

    /// Whether a row with this code and no name is of a project; a note below the table is not.
    fn is_of_project(&self, code: &str) -> bool {
        let mut beside = [FieldName::Agency, FieldName::Unit].into_iter().chain(AMOUNTS);
        let is_code = identity::code(code).is_some();
        !self.is_total(code) && (is_code || beside.any(|name| self.text(name).is_some()))
    }

    fn is_total(&self, text: &str) -> bool {
        self.mapping.rows.total.iter().any(|total| total.matches(&normalise(text)))
    }

    fn amount(&self, name: FieldName, unused: &mut Unused) -> Amount {
        let Some(at) = self.at(name) else { return Amount::None };
        // Of two columns nobody knows which counts.
        if self.titles.all(name).count() > 1 {
            return Amount::Unclear;
        }
        let Some(text) = self.written(at) else { return Amount::None };
        let amount = money::amount(self.sheet.get(at));
        let unit =
            amount.and_then(|amount| amount.unit).or_else(|| unit_of(self.sheet, self.titles, at.col()));
        let figure = amount.zip(unit).and_then(|(it, unit)| Figure::stated(it.number, unit, it.places));
        // That a column has no unit is said of all of it.
        if figure.is_none() && (amount.is_none() || unit.is_some()) {
            unused.amount(at, text);
        }
        figure.map_or(Amount::Unclear, Amount::Is)
    }
}

impl Roster {
    fn sheet(&mut self, sheet: &Sheet, mapping: &Mapping, titles: &Titles) {
        let of = format!("项目清单（工作表“{}”）", sheet.id);
        self.remarks.extend(titles.said(sheet, &of));
        let Some(last) = sheet.last_row() else { return };
        let year = year_of(sheet, titles);
        let mut unused = Unused::default();
        for number in titles.last.saturating_add(1)..=last {
            let row = Row { sheet, mapping, titles, number };
            self.lines.extend(line(&row, year, &mut unused));
        }
        self.remarks.extend(unused.said(&of, titles));
    }

    /// Of a project in several rows (one a source of money) one line; which of its amounts count is not known.
    fn once(mut self) -> Self {
        let mut lines: Vec<RosterLine> = Vec::new();
        let mut several: Vec<String> = Vec::new();
        for line in self.lines {
            let same = |have: &&mut RosterLine| {
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

/// The project of a row.
fn line(row: &Row, year: Option<i16>, unused: &mut Unused) -> Option<RosterLine> {
    let code = row.text(FieldName::Code);
    let Some(name) = row.text(FieldName::Project) else {
        if code.is_some_and(|code| row.is_of_project(&code)) {
            unused.nameless(row.number);
        }
        return None;
    };
    if row.is_total(&name) {
        return None;
    }
    // One that is written and cannot be told is not replaced by another.
    let budget = match row.amount(FieldName::Adjusted, unused) {
        Amount::None => row.amount(FieldName::Budget, unused),
        adjusted => adjusted,
    };
    let own = |name: FieldName| row.text(name).map(|name| form::uncoded(&name).to_owned());
    Some(RosterLine {
        code: code.as_deref().or_else(|| form::code_of(&name)).and_then(identity::code),
        department: own(FieldName::Agency),
        agency: own(FieldName::Unit),
        year: row.text(FieldName::Year).and_then(|text| form::year_in(&text)).or(year),
        budget: budget.figure(),
        spent: row.amount(FieldName::Spent, unused).figure(),
        name: form::uncoded(&name).to_owned(),
        shown_code: code.or_else(|| form::code_of(&name).map(str::to_owned)),
    })
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
