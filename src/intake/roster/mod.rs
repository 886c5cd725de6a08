//! The roll (项目清单): which projects are due, and what the budget system knows of their money.

mod row;
mod titles;

use serde::{Deserialize, Serialize};

use self::row::{Row, Unused};
use self::titles::Titles;
use crate::base::{Error, Number, Result, Yuan};
use crate::mapping::{Kind, Mapping, Mappings};
use crate::model::{AmountKind, MoneyUnit};
use crate::reconcile::stated::Stated;
use crate::reconcile::{Settings, tolerance};
use crate::sheet::Sheet;

/// The roll's file, where none is named.
pub const FILE: &str = "项目清单.xlsx";
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
    /// How it is marked: 重点, 必抽.
    pub mark: Option<String>,
    /// The year of which it was last looked at again.
    pub looked_at: Option<i16>,
}

/// Reads a roll.
pub fn read(sheets: &[Sheet], mappings: &Mappings) -> Result<Roster> {
    let mut roster = Roster::default();
    let known = mappings.all().iter().filter(|mapping| mapping.kind == Kind::Roster);
    for mapping in known {
        for sheet in sheets.iter().filter(|sheet| sheet.visible) {
            if let Some(titles) = Titles::of_sheet(sheet, mapping) {
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

impl Roster {
    fn sheet(&mut self, sheet: &Sheet, mapping: &Mapping, titles: &Titles) {
        let of = format!("项目清单（工作表“{}”）", sheet.id);
        self.remarks.extend(titles.said(sheet, &of));
        let Some(last) = sheet.last_row() else { return };
        let year = titles.year(sheet);
        let mut unused = Unused::default();
        for number in titles.last.saturating_add(1)..=last {
            let row = Row { sheet, mapping, titles, number };
            self.lines.extend(row.line(year, &mut unused));
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
                    have.looked_at = have.looked_at.max(line.looked_at);
                    have.mark = row::joined([have.mark.take(), line.mark].into_iter().flatten());
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
