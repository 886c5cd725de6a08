//! Satisfaction surveys: the answers one person a row, as platforms export them, or tallied.

mod counted;
mod counts_and_period;
mod legend;
mod opinion;
mod raw;
mod suspects;
mod tally;
mod title;

pub(super) use counts_and_period::{period, population};
pub(super) use legend::Legends as Explained;

use std::collections::BTreeSet;

use super::fields::{self, Area};
use super::heading;
use super::reading::{self, Content, Reading};
use super::recognise;
use super::view::{Item, View};
use crate::base::CellRef;
use crate::mapping::{Column, FieldName, FormTable, Kind, Mappings};
use crate::model::{Account, FormKind, LocatedForm, Survey};
use crate::sheet::Sheet;

/// Bytes of a title at most (40 Chinese characters).
const MAX_TITLE_BYTES: usize = 120;

/// What the sheets say of the numbers of options.
pub(super) fn explained(sheets: &[Sheet]) -> Explained {
    Explained::find(sheets)
}

/// The survey of a sheet; `None` where it holds none.
pub(super) fn read(view: &View<'_>, mappings: &Mappings, explained: &Explained) -> Option<Reading> {
    if explained.is_of(&view.sheet.id) {
        return None;
    }
    let of_surveys = mappings.all().iter().enumerate().filter(|(_, mapping)| mapping.kind == Kind::Survey);
    let mut own = of_surveys.filter(|(_, mapping)| recognise::reads(mapping, &view.sheet.id));
    own.find_map(|(position, mapping)| {
        // What has the titles of a form is one, whatever stands below it.
        if view.rows(0, view.last_row()).any(|(_, items)| is_head_of_form(items, mappings, position)) {
            return None;
        }
        let mut findings = Vec::new();
        let tally = tally::read(view, mapping);
        let survey =
            tally.or_else(|| raw::read(view, mappings, (position, mapping), explained, &mut findings))?;
        let (top, last) = (survey.range.first.row(), survey.range.last.row());
        let area = Area { rows: (0, view.last_row()), tables: vec![(top, last)] };
        let heads = fields::read(view, mappings, position, &area);
        let title = above(view, top);
        let at = view.address(title.as_ref().map_or(survey.at, |(at, _)| *at));
        let title = title.map(|(_, text)| text).unwrap_or_default();
        let named = if title.is_empty() { view.sheet.id.name.clone() } else { title.clone() };
        let survey = Survey { title: named, ..survey };
        if view.sheet.truncated {
            // A tally of a part of the answers would be a wrong number.
            findings = vec![reading::cut_off(view, at.clone())];
        }
        let columns =
            survey.questions.iter().filter(|question| question.only.is_none()).filter_map(|question| {
                let col = question.answers.map(|range| range.first.col())?;
                Some((question.title.clone(), Column::Answer.word().to_owned(), col))
            });
        let located = LocatedForm {
            kind: FormKind::Survey,
            mapping: mapping.name.clone(),
            sheet: view.sheet.id.clone(),
            title: title.clone(),
            range: survey.range,
            header_rows: (top, top),
            columns: columns.collect(),
            continues: None,
            taken: Vec::new(),
            skipped: Vec::new(),
            account: Account::default(),
        };
        Some(Reading {
            mapping: position,
            sheet: view.sheet.id.clone(),
            at,
            project: heading::field_text(&heads, FieldName::Project),
            project_in_title: None,
            agency: heading::field_text(&heads, FieldName::Agency),
            unit: heading::field_text(&heads, FieldName::Unit),
            code: fields::code(&heads),
            year: heading_year(view, top),
            title,
            located: vec![located],
            open: None,
            headless: false,
            leading: Vec::new(),
            loose: Vec::new(),
            fields: Vec::new(),
            amounts: Vec::new(),
            funds: Vec::new(),
            statements: Vec::new(),
            notes: Vec::new(),
            goals: Vec::new(),
            bare_levels: Vec::new(),
            filled_on: Vec::new(),
            account_lines: Vec::new(),
            findings,
            content: if view.sheet.truncated {
                Content::Aside(Vec::new(), None)
            } else {
                Content::Survey(Box::new(survey))
            },
        })
    })
}

/// Titles of a form that make a row the head of one.
const OF_FORM: usize = 3;

/// Whether a row has the titles of a form's table.
fn is_head_of_form(items: &[Item<'_>], mappings: &Mappings, position: usize) -> bool {
    let Some(mapping) = mappings.get(position).filter(|_| items.len() >= OF_FORM) else { return false };
    let short = items.iter().filter(|item| !item.key.is_empty() && item.key.len() <= MAX_TITLE_BYTES);
    let hits = short.flat_map(|item| mappings.index().title(&item.key));
    let columns = hits.filter(|hit| hit.mapping == position && hit.table == FormTable::Main);
    let columns = columns.filter_map(|hit| mapping.columns.get(hit.rule)).map(|rule| rule.column);
    let foreign: BTreeSet<Column> = columns.filter(|own| mapping.recognise.without.contains(own)).collect();
    foreign.len() >= OF_FORM
}

/// The year that a line above a table states.
fn heading_year(view: &View<'_>, top: u32) -> Option<i16> {
    let texts = view.rows(0, top.checked_sub(1)?).flat_map(|(_, items)| items).filter_map(|item| item.text());
    texts.into_iter().find_map(fields::heading_year)
}

/// The first text above a table that stands alone: its title.
fn above(view: &View<'_>, top: u32) -> Option<(CellRef, String)> {
    let last = top.checked_sub(1)?;
    view.rows(0, last).find_map(|(_, items)| match items {
        [only] if !only.key.is_empty() && !only.key.contains(':') => {
            Some((only.at, only.cell.shown().trim().to_owned()))
        }
        _ => None,
    })
}
