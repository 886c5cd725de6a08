//! A table that goes on in another sheet: without a header, or with its header again.
//!
//! It is put together where the points show it: neither part is whole, both together are. Where a part is missing and
//! rows elsewhere may be it, no verdict is given on the rest.

use super::body::{self, Body, Levels};
use super::completeness::{execution, is_whole};
use super::header::Header;
use super::names;
use super::reading::{self, Content, Reading};
use super::tables;
use super::view::View;
use crate::base::{CellRef, RangeRef, SheetId, Weight};
use crate::mapping::{Column, Mappings};
use crate::model::{Account, Finding, FindingId, FormKind, Indicator, LocatedForm, ScoreForm};

/// A table that may go on in the next sheets.
#[derive(Debug, Clone)]
pub(super) struct Open {
    /// Its header.
    pub header: Header,
    /// The levels of its last row.
    pub levels: Levels,
    /// Its sheet.
    pub sheet: SheetId,
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
    // What stands above in the table's own columns may be the rest of the page before.
    let is_piece = |items: &[super::view::Item<'_>]| {
        items.iter().all(|item| {
            item.at.col() >= name && view.range(item.at).first.col() == view.range(item.at).last.col()
        })
    };
    let above = first.checked_sub(1).into_iter().flat_map(|last| view.rows(0, last).rev());
    let first = above.take_while(|(_, items)| is_piece(items)).last().map_or(first, |(row, _)| row);
    // Nothing stands above its rows in this sheet.
    let header = Header { top: first, bottom: first, ..open.header.clone() };
    let mut body = Body::default();
    let start = (Some(open.levels.clone()), false);
    body::read(view, mapping, &header, (first, view.last_row()), start, &mut body);
    let at = view.address(body.indicators.first()?.name_entry.at.as_ref()?.cell);
    let last = body.last_row;
    let skipped = std::mem::take(&mut body.skipped);
    let findings = std::mem::take(&mut body.findings);
    let notes = std::mem::take(&mut body.notes);
    let levels = std::mem::take(&mut body.open);
    let leading = std::mem::take(&mut body.leading).into_iter();
    let leading = leading.map(|(at, titles)| (view.address(at), titles)).collect();
    let content = match open.kind {
        FormKind::Declaration => Content::Declaration(body.indicators),
        kind => Content::Score(Box::new(tables::score_form(
            view,
            mapping,
            kind,
            &[&header],
            body,
            Vec::new(),
            &[],
        ))),
    };
    let located = LocatedForm {
        kind: open.kind,
        mapping: mapping.name.clone(),
        sheet: view.sheet.id.clone(),
        title: String::new(),
        range: RangeRef::new(CellRef::new(first, header.left())?, CellRef::new(last, header.right())?),
        header_rows: (open.header.top, open.header.bottom),
        columns: reading::columns(&header),
        continues: Some(open.sheet.clone()),
        taken: reading::taken(&content),
        skipped,
        account: Account::default(),
    };
    let open = Open { levels, ..open.clone() };
    Some(Reading {
        mapping: header.mapping,
        sheet: view.sheet.id.clone(),
        at,
        title: String::new(),
        project: None,
        project_in_title: None,
        agency: None,
        unit: None,
        code: None,
        year: None,
        located: vec![located],
        open: Some(open),
        headless: true,
        leading,
        loose: Vec::new(),
        fields: Vec::new(),
        amounts: Vec::new(),
        funds: Vec::new(),
        statements: Vec::new(),
        notes,
        account_lines: Vec::new(),
        goals: Vec::new(),
        bare_levels: Vec::new(),
        filled_on: Vec::new(),
        findings,
        content,
    })
}

/// A table and what may be its parts, in the order of the sheets.
struct Group {
    table: Reading,
    parts: Vec<Reading>,
}

/// Puts tables together that go on in other sheets. What may be a part of a table and cannot be put to it for certain is
/// said, and keeps its verdict open.
pub(super) fn join(readings: Vec<Reading>) -> Vec<Reading> {
    let mut groups: Vec<Group> = Vec::new();
    for next in readings {
        let before = groups.iter_mut().rev().find(|group| group.table.open.is_some());
        match before.filter(|before| may_go_on(&before.table, &next)) {
            Some(before) => before.parts.push(next),
            // Rows without a header and without a table to go on with.
            None if next.headless => {}
            None => groups.push(Group { table: next, parts: Vec::new() }),
        }
    }
    groups.into_iter().flat_map(join_parts).collect()
}

/// Whether a reading may be a part of the table: rows without a header, or the same header again under the same project
/// or none.
fn may_go_on(table: &Reading, next: &Reading) -> bool {
    if table.mapping != next.mapping || table.sheet == next.sheet {
        return false;
    }
    if next.headless {
        return true;
    }
    let (Content::Score(form), Content::Score(rest)) = (&table.content, &next.content) else { return false };
    let repeats = table.open.as_ref().zip(next.open.as_ref());
    let repeats = repeats.is_some_and(|(one, two)| two.header.repeats(&one.header));
    let own = next.project_key().or_else(|| next.project_in_title.clone());
    let same = own.is_none() || own == table.project_key();
    let both = [form.as_ref(), rest.as_ref()];
    repeats && same && both.iter().all(|one| whole(&[*one], &both) != Some(true))
}

/// Whether the points of these parts of a table show that they are all of it; `all` are its parts and what else may be.
fn whole(parts: &[&ScoreForm], all: &[&ScoreForm]) -> Option<bool> {
    let weights = |parts: &[&ScoreForm]| -> Vec<Option<Weight>> {
        parts.iter().flat_map(|form| form.indicators.iter().map(|indicator| indicator.weight)).collect()
    };
    let stated = parts.iter().rev().find_map(|form| form.full);
    let execution = parts.iter().find_map(|form| execution(form));
    is_whole(weights(parts).into_iter(), weights(all).into_iter(), stated, execution)
}

fn form(reading: &Reading) -> Option<&ScoreForm> {
    match &reading.content {
        Content::Score(form) => Some(form),
        _ => None,
    }
}

/// Decides what the parts are.
fn join_parts(group: Group) -> Vec<Reading> {
    let Group { mut table, mut parts } = group;
    let forms: Vec<&ScoreForm> = std::iter::once(&table).chain(&parts).filter_map(form).collect();
    let named = |forms: &[&ScoreForm]| {
        forms.iter().skip(1).flat_map(|form| &form.indicators).all(|indicator| !indicator.name.is_empty())
    };
    // As many parts as make it whole; none where it is whole by itself.
    let needed = (1..=forms.len()).find(|count| {
        forms.get(..*count).is_some_and(|some| whole(some, &forms) == Some(true) && named(some))
    });
    let needed = needed.map(|count| count.saturating_sub(1));
    for part in parts.drain(..needed.unwrap_or(0)) {
        append(&mut table, part);
    }
    let mut settled = Vec::new();
    for mut part in parts {
        if needed.is_none() && is_convincing(&part) {
            let finding = unread(&table, &part);
            table.findings.push(finding);
            keep_open(&mut table);
            let back = unread(&part, &table);
            part.findings.push(back);
            keep_open(&mut part);
        }
        if !part.headless {
            settled.push(part);
        }
    }
    settled.insert(0, table);
    settled
}

/// No verdict on a table of which a part may be missing.
fn keep_open(reading: &mut Reading) {
    if let Content::Score(form) = &mut reading.content {
        form.part_unread = true;
    }
}

/// Whether a part is a table's and not some other list.
fn is_convincing(part: &Reading) -> bool {
    match &part.content {
        Content::Score(form) => !part.headless || form.indicators.iter().any(is_measured),
        Content::Declaration(targets) => targets.iter().all(is_filled),
        _ => false,
    }
}

/// Whether a row is an indicator's and not that of some other list.
fn is_measured(indicator: &Indicator) -> bool {
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
    let why = match before.content {
        Content::Score(_) => "分值合计不能证明，没有并入，暂不定等级",
        _ => "没有表头，不能确定，没有读取",
    };
    let message = format!("工作表“{}”像是“{}”中表格的另一部分，但{why}。", next.sheet, before.sheet);
    Finding::new(FindingId::TablePartUnread, Some(next.at.clone()), message)
}

/// Adds a part of a table to it.
fn append(before: &mut Reading, mut next: Reading) {
    // A level that is blank at the top of a page is the one of the page before.
    let levels = before.open.as_ref().map(|open| open.levels.names()).unwrap_or_default();
    if let Content::Score(rest) = &mut next.content {
        for indicator in rest.indicators.iter_mut().take_while(|indicator| indicator.level1.is_empty()) {
            indicator.level1.clone_from(&levels.0);
            if indicator.level2.is_empty() {
                indicator.level2.clone_from(&levels.1);
            }
        }
    }
    if let Content::Score(form) = &mut before.content
        && let Some(last) = form.indicators.last_mut()
    {
        for (at, titles) in std::mem::take(&mut next.leading) {
            let message = format!("这一行的{titles}可能是上一页“{}”的一部分，由人工判断。", last.name);
            next.findings.push(Finding::new(FindingId::TextOverSeveralRows, Some(at.clone()), message));
            last.doubt.get_or_insert_with(|| format!("{titles}可能分在两页（{}）", at.spoken()));
        }
    }
    if let Some(located) = next.located.first_mut() {
        located.continues = Some(before.sheet.clone());
    }
    before.located.extend(next.located);
    before.fields.extend(next.fields);
    before.amounts.extend(next.amounts);
    before.funds.extend(next.funds);
    before.statements.extend(next.statements);
    before.notes.extend(next.notes);
    before.findings.extend(next.findings);
    before.open = next.open.or_else(|| before.open.take());
    let (Content::Score(form), Content::Score(rest)) = (&mut before.content, next.content) else { return };
    form.indicators.extend(rest.indicators);
    form.levels.extend(rest.levels);
    form.subtotals.extend(rest.subtotals);
    form.head_totals.extend(rest.head_totals);
    // Their totals are of one part or of all: it is not known of which.
    form.other_scores.clear();
    form.reviewed |= rest.reviewed;
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
