//! Whether the sheets that we added are still shown as we made them: number formats, rows, columns, protection, charts.

use std::collections::{BTreeMap, BTreeSet};

use super::content;
use super::moves::Moves;
use super::record::{Record, RecordLine, Written};
use super::verify::Mismatch;
use super::view::{GENERAL, View, is_lost, is_same, seen};
use crate::base::{CellAt, CellRef};
use crate::sheet::{Cell, Sheet};
use crate::xlsx::{Looks, Series};

/// What is said of a number format that is another one.
const FORMAT: &str = "数字格式已被改动，显示的不是原来的内容";

/// How a sheet of ours was shown, by the record.
#[derive(Debug, Default)]
pub(super) struct Shown<'r> {
    /// Whether the record says anything of it: versions before say nothing.
    told: bool,
    protected: bool,
    series: Vec<&'r Series>,
    formats: BTreeMap<CellRef, &'r str>,
}

/// What the record says of how each sheet of ours was shown, by the name that it had.
pub(super) fn shown(record: &Record) -> BTreeMap<&str, Shown<'_>> {
    let mut sheets: BTreeMap<&str, Shown<'_>> = BTreeMap::new();
    for (_, RecordLine { at, written }) in &record.lines {
        let Written::View(view) = written else { continue };
        let sheet = sheets.entry(at.sheet.name.as_str()).or_default();
        sheet.told = true;
        match view {
            View::Protected => sheet.protected = true,
            View::Series(series) => sheet.series.push(series),
            View::Format { code, cells } => {
                sheet.formats.extend(cells.iter().map(|cell| (*cell, code.as_str())));
            }
        }
    }
    sheets
}

impl Shown<'_> {
    /// Where the sheet is shown otherwise; `ours` are its cells that hold what was written.
    pub(super) fn differences(
        &self,
        sheet: &Sheet,
        looks: &Looks,
        ours: &BTreeSet<CellRef>,
        moves: &Moves,
    ) -> Vec<Mismatch> {
        let mut all = hidden(sheet, looks, ours);
        if !self.told {
            return all;
        }
        if self.protected && !looks.protected {
            all.extend(at_corner(sheet, "附加的工作表已被取消保护", "未保护", "保护"));
        }
        all.extend(self.charts(sheet, looks, moves));
        for cell in ours {
            let code = self.formats.get(cell).copied().unwrap_or(GENERAL);
            all.extend(reformatted(code, looks, sheet.get(*cell), &sheet.address(*cell)));
        }
        all
    }

    /// Charts that draw other cells than they drew.
    fn charts(&self, sheet: &Sheet, looks: &Looks, moves: &Moves) -> Vec<Mismatch> {
        let canonical = |text: &str| content::found_formula(text, &sheet.id.name, moves);
        let drawn = looks.series.iter().map(|series| Series {
            name: series.name.clone(),
            labels: canonical(&series.labels),
            values: canonical(&series.values),
        });
        let drawn: Vec<Series> = drawn.collect();
        let told = |series: &Series| {
            let cells = |formula: &str| formula.trim_start_matches('=').to_owned();
            format!("{}：{}，{}", series.name, cells(&series.labels), cells(&series.values))
        };
        let lost = self.series.iter().filter(|series| !drawn.contains(series));
        let other = |series: &Series| drawn.iter().find(|other| other.name == series.name);
        let said = lost.filter_map(|series| {
            let found = other(series).map_or_else(|| "（已删除）".to_owned(), told);
            at_corner(sheet, "图表的数据区域已被改动", &found, &told(series))
        });
        said.collect()
    }
}

/// A number format by which another thing is seen than by `code`.
pub(super) fn reformatted(code: &str, looks: &Looks, cell: &Cell, at: &CellAt) -> Option<Mismatch> {
    let now = looks.format(at.cell).unwrap_or(GENERAL);
    (!is_same(code, now, cell)).then(|| Mismatch {
        at: at.clone(),
        what: FORMAT,
        found: seen(now, cell),
        expected: (!is_lost(cell)).then(|| seen(code, cell)),
    })
}

/// Rows and columns of ours that nobody sees: we hide none.
fn hidden(sheet: &Sheet, looks: &Looks, ours: &BTreeSet<CellRef>) -> Vec<Mismatch> {
    let first = |is: &dyn Fn(&CellRef) -> bool| ours.iter().copied().find(|cell| is(cell));
    let row = first(&|cell| looks.hidden_rows.contains(&cell.row()));
    let column = first(&|cell| looks.hides_column(cell.col()));
    let said = |cell: Option<CellRef>, what| {
        cell.map(|cell| Mismatch {
            at: sheet.address(cell),
            what,
            found: "隐藏".to_owned(),
            expected: Some("显示".to_owned()),
        })
    };
    let rows = said(row, "附加的工作表中有行被隐藏");
    rows.into_iter().chain(said(column, "附加的工作表中有列被隐藏")).collect()
}

fn at_corner(sheet: &Sheet, what: &'static str, found: &str, expected: &str) -> Option<Mismatch> {
    let (found, expected) = (found.to_owned(), Some(expected.to_owned()));
    CellRef::new(0, 0).map(|corner| Mismatch { at: sheet.address(corner), what, found, expected })
}
