//! A table that goes on in another sheet: without a header, or with its header again.
//!
//! It is put together where the points show it: neither part is whole, both together are. Where a part is missing and
//! rows elsewhere may be it, no verdict is given on the rest.

use super::body::{self, Body, Levels};
use super::header::Header;
use super::names;
use super::reading::{self, Content, Reading};
use super::tables;
use super::view::View;
use super::whole::{execution, is_whole};
use crate::base::{CellRef, RangeRef, Weight};
use crate::mapping::{Column, Mappings};
use crate::model::{Finding, FindingId, FormKind, Indicator, LocatedForm, ScoreForm};

/// A table that may go on in the next sheets.
#[derive(Debug, Clone)]
pub(super) struct Open {
    /// Its header.
    pub header: Header,
    /// The levels of its last row.
    pub levels: Levels,
    /// Its sheet.
    pub sheet: String,
    /// What it is.
    pub kind: FormKind,
}

/// Columns that a row must fill to be taken for one of a table without points.
const FILLED: [Column; 3] = [Column::Name, Column::Target, Column::Actual];
/// Cells of a row at least: fewer are a title or a note.
const MIN_CELLS: usize = 3;

/// What a sheet without a header holds if it goes on with a table; `None` where nothing in it looks like that.
pub(super) fn read(view: &View<'_>, mappings: &Mappings, open: &Open) -> Option<Reading> {
    let mapping = mappings.get(open.header.mapping)?;
    let name = open.header.get(Column::Name)?.col;
    let is_row = |items: &[super::view::Item<'_>]| {
        items.len() >= MIN_CELLS && items.iter().any(|item| item.at.col() == name && item.text().is_some())
    };
    let (first, _) = view.rows(0, view.last_row()).find(|(_, items)| is_row(items))?;
    // Nothing stands above its rows in this sheet.
    let header = Header { top: first, bottom: first, ..open.header.clone() };
    let mut body = Body::default();
    let start = (open.levels.clone(), false);
    body::read(view, mapping, &header, (first, view.last_row()), start, &mut body);
    let at = view.address(body.indicators.first()?.name_entry.at.as_ref()?.cell);
    let last = body.last_row;
    let skipped = std::mem::take(&mut body.skipped);
    let findings = std::mem::take(&mut body.findings);
    let notes = std::mem::take(&mut body.notes);
    let levels = std::mem::take(&mut body.open);
    let content = match open.kind {
        FormKind::Declaration => Content::Declaration(body.indicators),
        kind => Content::Score(Box::new(tables::score_form(view, kind, &[&header], body, Vec::new(), &[]))),
    };
    let located = LocatedForm {
        kind: open.kind,
        mapping: mapping.name.clone(),
        sheet: view.sheet.name.clone(),
        range: RangeRef::new(CellRef::new(first, header.left())?, CellRef::new(last, header.right())?),
        header_rows: (open.header.top, open.header.bottom),
        columns: reading::columns(&header),
        continues: Some(open.sheet.clone()),
        taken: reading::taken(&content),
        skipped,
    };
    let open = Open { levels, ..open.clone() };
    Some(Reading {
        mapping: header.mapping,
        sheet: view.sheet.name.clone(),
        at,
        title: String::new(),
        project: None,
        project_in_title: None,
        agency: None,
        year: None,
        located: vec![located],
        open: Some(open),
        headless: true,
        fields: Vec::new(),
        amounts: Vec::new(),
        statements: Vec::new(),
        notes,
        findings,
        content,
    })
}

/// Puts tables together that go on in another sheet. What may be a part of a table and cannot be put to it for certain is
/// said, and keeps its verdict open.
pub(super) fn join(readings: Vec<Reading>) -> Vec<Reading> {
    let mut joined: Vec<Reading> = Vec::new();
    for mut next in readings {
        let before = joined.iter_mut().rev().find(|have| have.open.is_some());
        let before = before.filter(|before| before.mapping == next.mapping && before.sheet != next.sheet);
        match (before, next.headless) {
            (Some(before), true) => goes_on(before, next),
            (None, true) => {}
            (Some(before), false) => {
                if !follows(before, &mut next) {
                    joined.push(next);
                }
            }
            (None, false) => joined.push(next),
        }
    }
    joined
}

/// Rows without a header behind a table.
fn goes_on(before: &mut Reading, next: Reading) {
    match (&mut before.content, &next.content) {
        (Content::Score(form), Content::Score(rest)) => match together(form, rest) {
            Together::Apart => {}
            Together::Whole => append(before, next),
            Together::Unsure if rest.indicators.iter().any(is_convincing) => {
                form.part_unread = true;
                let message = unread(before, &next);
                before.findings.push(message);
            }
            Together::Unsure => {}
        },
        (Content::Declaration(_), Content::Declaration(rest)) if rest.iter().all(is_filled) => {
            let message = unread(before, &next);
            before.findings.push(message);
        }
        _ => {}
    }
}

/// A table with its header again, but no project of its own, behind one that is not whole. Whether it was put to it.
fn follows(before: &mut Reading, next: &mut Reading) -> bool {
    let own = next.project_key().or_else(|| next.project_in_title.clone());
    let other = own.is_some() && own != before.project_key();
    let (Some(open), Some(again)) = (&before.open, &next.open) else { return false };
    if other || !again.header.repeats(&open.header) {
        return false;
    }
    let result = match (&before.content, &next.content) {
        (Content::Score(form), Content::Score(rest)) => together(form, rest),
        _ => return false,
    };
    match result {
        Together::Apart => false,
        Together::Whole => {
            let (level1, level2) = open.levels.names();
            let Content::Score(rest) = &mut next.content else { return false };
            // A level that is blank at the top of a page is the one of the page before.
            for indicator in rest.indicators.iter_mut().take_while(|indicator| indicator.level1.is_empty()) {
                indicator.level1.clone_from(&level1);
                if indicator.level2.is_empty() {
                    indicator.level2.clone_from(&level2);
                }
            }
            if let Some(located) = next.located.first_mut() {
                located.continues = Some(before.sheet.clone());
            }
            append(before, next.clone());
            true
        }
        Together::Unsure => {
            let message = unread(before, next);
            before.findings.push(message);
            let back = unread(next, before);
            next.findings.push(back);
            for reading in [before, next] {
                if let Content::Score(form) = &mut reading.content {
                    form.part_unread = true;
                }
            }
            false
        }
    }
}

/// What two parts of a table come to.
enum Together {
    /// One of them is whole by itself.
    Apart,
    /// Both together are whole.
    Whole,
    /// Their points do not tell.
    Unsure,
}

fn together(form: &ScoreForm, rest: &ScoreForm) -> Together {
    let weights =
        |form: &ScoreForm| form.indicators.iter().map(|i| i.weight).collect::<Vec<Option<Weight>>>();
    let (one, two) = (weights(form), weights(rest));
    let whole = |weights: &[Option<Weight>], form: &ScoreForm| {
        is_whole(weights.iter().copied(), form.full, execution(form))
    };
    if whole(&one, form) == Some(true) || whole(&two, rest) == Some(true) {
        return Together::Apart;
    }
    let execution = execution(form).or_else(|| execution(rest));
    let named = rest.indicators.iter().all(|indicator| !indicator.name.is_empty());
    match is_whole([one, two].concat().into_iter(), rest.full.or(form.full), execution) {
        Some(true) if named => Together::Whole,
        _ => Together::Unsure,
    }
}

/// Whether a row is an indicator's and not that of some other list.
fn is_convincing(indicator: &Indicator) -> bool {
    let filled = [&indicator.target, &indicator.actual, &indicator.criterion].into_iter().flatten();
    let measured = filled.filter(|entry| !entry.is_blank()).count();
    let pointed = indicator.weight.is_some_and(|weight| weight <= Weight::from(100));
    !indicator.name.is_empty() && measured > 0 && (pointed || measured >= FILLED.len().saturating_sub(1))
}

/// Whether a declared row has a name and a target with a figure.
fn is_filled(indicator: &Indicator) -> bool {
    let target = indicator.target.as_ref().map(crate::model::Entry::shown).unwrap_or_default();
    let dots = names::is_dots(&indicator.name);
    !indicator.name.is_empty() && !dots && target.chars().any(|c| c.is_ascii_digit())
}

fn unread(before: &Reading, next: &Reading) -> Finding {
    let message = format!(
        "工作表“{}”像是“{}”中表格的另一部分，但分值合计不能证明，没有并入，暂不定等级。",
        next.sheet, before.sheet
    );
    Finding::new(FindingId::TablePartUnread, Some(next.at.clone()), message)
}

/// Adds the rest of a table to it.
fn append(before: &mut Reading, next: Reading) {
    before.located.extend(next.located);
    before.fields.extend(next.fields);
    before.amounts.extend(next.amounts);
    before.statements.extend(next.statements);
    before.notes.extend(next.notes);
    before.findings.extend(next.findings);
    before.open = next.open.or_else(|| before.open.take());
    let (Content::Score(form), Content::Score(rest)) = (&mut before.content, next.content) else { return };
    form.indicators.extend(rest.indicators);
    form.levels.extend(rest.levels);
    if form.budget.is_empty() {
        form.budget = rest.budget;
    }
    form.part_unread |= rest.part_unread;
    form.full = rest.full.or(form.full);
    let (total, last) = (&mut form.total, rest.total);
    total.weight = last.weight.or_else(|| total.weight.take());
    total.stated_score = last.stated_score.or_else(|| total.stated_score.take());
    total.score = last.score.or_else(|| total.score.take());
    total.grade = last.grade.or_else(|| total.grade.take());
}
