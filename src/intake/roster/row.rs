//! The rows of a roll's sheet: the project of each, and what of them is not used.

use std::collections::BTreeMap;

use super::titles::{AMOUNTS, Titles};
use super::{Figure, RosterLine};
use crate::base::CellRef;
use crate::form;
use crate::mapping::title::normalise;
use crate::mapping::{FieldName, Mapping};
use crate::notation::money;
use crate::sheet::Sheet;
use crate::words::{self, Class};

/// What was not used of a roll's sheet, each kind with how often and where first.
#[derive(Default)]
pub(super) struct Unused {
    /// Rows with a code and no name.
    nameless: Option<(usize, u32)>,
    /// Amounts that cannot be read, by column: how many, the first one's row, and its text.
    amounts: BTreeMap<u32, (usize, u32, String)>,
    /// Years that cannot be read, likewise.
    years: BTreeMap<u32, (usize, u32, String)>,
}

/// Signs of a mark that are kept.
const MAX_MARK: usize = 20;

impl Unused {
    fn nameless(&mut self, row: u32) {
        let (count, first) = self.nameless.unwrap_or((0, row));
        self.nameless = Some((count.saturating_add(1), first));
    }

    fn amount(&mut self, at: CellRef, text: String) {
        let (count, ..) = self.amounts.entry(at.col()).or_insert((0, at.row(), text));
        *count = count.saturating_add(1);
    }

    fn year(&mut self, at: CellRef, text: String) {
        let (count, ..) = self.years.entry(at.col()).or_insert((0, at.row(), text));
        *count = count.saturating_add(1);
    }

    /// What is to be said of it, in Chinese.
    pub(super) fn said(self, of: &str, titles: &Titles) -> Vec<String> {
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
        let years = self.years.into_iter().map(|(col, (count, first, text))| {
            let (title, first) = (titles.title(col), first.saturating_add(1));
            format!(
                "{of}“{title}”一栏有 {count} 处没有写明年度（首见第 {first} 行“{text}”），没有采用；请填四位数的年度，没有抽查过的留空。"
            )
        });
        nameless.into_iter().chain(amounts).chain(years).collect()
    }
}

/// Several marks of a project as one, each once; none where there is none.
pub(super) fn joined(marks: impl Iterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for mark in marks {
        if !all.contains(&mark) {
            all.push(mark);
        }
    }
    (!all.is_empty()).then(|| all.join("、"))
}

/// What a title asks for: 是否重点项目 asks whether it is one.
fn asked(title: &str) -> &str {
    words::of(Class::WhetherWords).strip(title).filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// A row of a roll's sheet.
pub(super) struct Row<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) mapping: &'s Mapping,
    pub(super) titles: &'s Titles,
    pub(super) number: u32,
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
        let is_code = form::plain_code(code).is_some();
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
        let unit = amount.and_then(|amount| amount.unit).or_else(|| self.titles.unit(self.sheet, at.col()));
        let figure = amount.zip(unit).and_then(|(it, unit)| Figure::stated(it.number, unit, it.places));
        // That a column has no unit is said of all of it.
        if figure.is_none() && (amount.is_none() || unit.is_some()) {
            unused.amount(at, text);
        }
        figure.map_or(Amount::Unclear, Amount::Is)
    }

    /// How it is marked: by what stands under a title that asks whether it is marked, or by the very mark.
    fn mark(&self) -> Option<String> {
        let of = |(col, title): (u32, &str)| {
            let text = self.written(self.sheet.anchor(CellRef::new(self.number, col)?))?;
            if words::of(Class::Unmarked).has(&text) {
                return None;
            }
            let mark = if words::of(Class::Ticks).has(&text) { asked(title) } else { &text };
            Some(mark.chars().take(MAX_MARK).collect())
        };
        joined(self.titles.all(FieldName::Mark).filter_map(of))
    }

    /// The year of which it was last looked at again: of several the last.
    fn looked_at(&self, unused: &mut Unused) -> Option<i16> {
        let at = self.at(FieldName::LookedAt)?;
        let text = self.written(at).filter(|text| !words::of(Class::Unmarked).has(text))?;
        let last = normalise(&text).split(|c: char| !c.is_ascii_digit()).filter_map(form::year_in).max();
        if last.is_none() {
            unused.year(at, text);
        }
        last
    }

    /// The project of a self.
    pub(super) fn line(&self, year: Option<i16>, unused: &mut Unused) -> Option<RosterLine> {
        let code = self.text(FieldName::Code);
        let Some(name) = self.text(FieldName::Project) else {
            if code.is_some_and(|code| self.is_of_project(&code)) {
                unused.nameless(self.number);
            }
            return None;
        };
        if self.is_total(&name) {
            return None;
        }
        // One that is written and cannot be told is not replaced by another.
        let budget = match self.amount(FieldName::Adjusted, unused) {
            Amount::None => self.amount(FieldName::Budget, unused),
            adjusted => adjusted,
        };
        let own = |name: FieldName| self.text(name).map(|name| form::uncoded(&name).to_owned());
        Some(RosterLine {
            code: code.as_deref().or_else(|| form::code_of(&name)).and_then(form::plain_code),
            department: own(FieldName::Agency),
            agency: own(FieldName::Unit),
            year: self.text(FieldName::Year).and_then(|text| form::year_in(&text)).or(year),
            budget: budget.figure(),
            spent: self.amount(FieldName::Spent, unused).figure(),
            mark: self.mark(),
            looked_at: self.looked_at(unused),
            name: form::uncoded(&name).to_owned(),
            shown_code: code.or_else(|| form::code_of(&name).map(str::to_owned)),
        })
    }
}
