//! The tables of a form: their rows, header by header, and the scored form that they make.

use super::body::{self, Body};
use super::budget;
use super::completeness::is_whole;
use super::continued::Open;
use super::extras;
use super::fields::Labelled;
use super::header::{Header, HeaderColumn, voice};
use super::names;
use super::recognise::FoundForm;
use super::view::View;
use crate::base::{CellAt, Weight};
use crate::mapping::title::{Pattern, normalise};
use crate::mapping::{Column, FieldName, Mapping};
use crate::model::{
    Actuals, BudgetBlock, Entry, Field, Finding, FindingId, FormKind, Indicator, NoteRule, OtherScores,
    ScoreForm,
};

/// All rows of the form's tables. Where rows that look like indicators stand behind a line that ends a table (a
/// signature at the foot of a page), they belong to it if only with them its points are those of a whole form.
pub(super) fn read(view: &View<'_>, mapping: &Mapping, form: &FoundForm) -> Body {
    let body = bodies(view, mapping, form, false);
    let Some(first) = body.behind.first().copied() else { return body };
    let execution = execution(view, mapping, form).and_then(|row| points(&row));
    let through = bodies(view, mapping, form, true);
    let whole = |body: &Body| {
        let stated = body.total.weight.as_ref().and_then(|entry| names::weight(&entry.cell));
        let weights = |body: &Body| body.indicators.iter().map(|i| i.weight).collect::<Vec<_>>();
        is_whole(weights(body).into_iter(), weights(&through).into_iter(), stated, execution)
    };
    if whole(&body) == Some(true) {
        return body;
    }
    if whole(&through) == Some(true) {
        return through;
    }
    let message = format!(
        "第 {} 行起像是表格的另一部分，但它前面已有结束表格的文字，分值合计也不能证明，没有读取，暂不定等级。",
        first.row().saturating_add(1)
    );
    let mut body = Body { part_unread: true, ..body };
    body.findings.push(Finding::new(FindingId::TablePartUnread, Some(view.address(first)), message));
    body
}

/// The total row of the budget block, whose points are a part of the whole.
fn execution(view: &View<'_>, mapping: &Mapping, form: &FoundForm) -> Option<BudgetBlock> {
    let budget = form.budget.as_ref()?;
    let block = budget::read(view, mapping, budget, form.rows.1, None, &mut Vec::new());
    block.rows.into_iter().next()
}

fn points(row: &BudgetBlock) -> Option<Weight> {
    Some(Weight::new(row.weight.as_ref()?.number()?.get()))
}

/// The rows of all tables of the form: the checklist first, then the indicators, header by header.
fn bodies(view: &View<'_>, mapping: &Mapping, form: &FoundForm, through: bool) -> Body {
    let mut body = Body::default();
    let mut headers: Vec<_> = form.checklist.iter().chain(&form.headers).collect();
    headers.sort_by_key(|header| header.top);
    let blocks = form.budget.iter().map(|budget| budget.top);
    let others = blocks.chain(form.ends.iter().copied());
    let tops: Vec<u32> = headers.iter().map(|header| header.top).chain(others).collect();
    let mut before: Option<&Header> = None;
    for header in headers {
        let next = tops.iter().copied().filter(|top| *top > header.bottom).min();
        let last = next.and_then(|next| next.checked_sub(1)).unwrap_or(form.rows.1);
        if header.panels_unclear.is_none() {
            // The header again, as on the next page: the levels go on.
            let again = before.is_some_and(|before| header.repeats(before));
            let open = again.then(|| std::mem::take(&mut body.open));
            let rows = (header.bottom.saturating_add(1), last);
            body::read(view, mapping, header, rows, (open, through), &mut body);
            before = Some(header);
        }
    }
    body::tree_levels(&mut body);
    body::level_sums(&mut body);
    let execution = execution(view, mapping, form);
    let execution_points = execution.as_ref().and_then(points);
    body::bare_sums(&mut body, execution_points);
    body::repeated_rows(&mut body, execution_points);
    body::unnamed_totals(&mut body, execution_points);
    body::below_total(&mut body, execution_points);
    let typed = execution.as_ref().and_then(|row| row.score.as_ref()).filter(|_| execution_points.is_some());
    if let Some(finding) = body::extras_below(&body, typed) {
        body.findings.push(finding);
        body.part_unread = true;
    }
    body.skipped.extend(form.ends.iter().map(|row| (*row, "合计之后的另一张表，没有读取".to_owned())));
    body
}

/// Where the form's last table may go on.
pub(super) fn open(view: &View<'_>, form: &FoundForm, kind: FormKind, body: &mut Body) -> Option<Open> {
    let header = form.headers.last()?.clone();
    Some(Open { header, levels: std::mem::take(&mut body.open), sheet: view.sheet.id.clone(), kind })
}

/// Where the actuals stand. A column that only cannot be told from others is one.
fn actuals(headers: &[&Header]) -> Actuals {
    let title = |header: &&Header, column: Column| header.get(column).map(|c| c.title.trim().to_owned());
    let told = |header: &&Header| {
        header.get(Column::Actual).is_some()
            || header.ambiguous.iter().any(|(column, _)| *column == Column::Actual)
    };
    if headers.iter().any(told) {
        return Actuals::Column;
    }
    let found = headers.iter().find_map(|header| {
        let remark = || body::remark(header).map(|column| column.title.trim().to_owned());
        // Where a reason is asked for (扣分原因), nobody can be told to write a value only.
        let reason = || title(header, Column::Reason).filter(|title| !title.contains("原因"));
        title(header, Column::Situation).or_else(remark).or_else(reason)
    });
    found.map_or(Actuals::Nowhere, Actuals::StandIn)
}

/// The scored form of these rows.
pub(super) fn score_form(
    view: &View<'_>,
    mapping: &Mapping,
    kind: FormKind,
    headers: &[&Header],
    body: Body,
    budget: Vec<crate::model::BudgetBlock>,
    heads: &[Labelled],
) -> ScoreForm {
    let title =
        |column: Column| headers.iter().find_map(|header| header.get(column)).map(|c| c.title.clone());
    let mut total = body.total;
    let heads = heads.iter().filter(|head| head.name == FieldName::StatedTotal && !head.entry.is_blank());
    let mut head_totals: Vec<Field> =
        heads.map(|head| Field { label: head.label.clone(), entry: head.entry.clone() }).collect();
    if total.stated_score.is_none() && !head_totals.is_empty() {
        total.stated_score = Some(head_totals.remove(0).entry);
    }
    let other_scores = other_scores(view, headers, &body.indicators, body.total_row);
    ScoreForm {
        kind,
        sheet: view.sheet.id.clone(),
        full: total.weight.as_ref().and_then(|entry| names::weight(&entry.cell)),
        part_unread: body.part_unread,
        subtotals: body.subtotals,
        head_totals,
        other_scores,
        reviewed: headers.iter().any(|header| header.has(Column::StatedScore) && header.has(Column::Score)),
        indicators: body.indicators,
        levels: body.levels,
        total,
        budget,
        execution: None,
        note_rule: None,
        cap: None,
        points_unread: false,
        score_voice: title(Column::Score)
            .or_else(|| title(Column::StatedScore))
            .and_then(|t| voice(&t, &mapping.words)),
        score_title: title(Column::Score).or_else(|| title(Column::StatedScore)).unwrap_or_default(),
        actuals: actuals(headers),
        situation_title: title(Column::Situation),
    }
}

/// The columns of scores beside those of the agency and of the last voice, where all of their cells are known.
fn other_scores(
    view: &View<'_>,
    headers: &[&Header],
    indicators: &[Indicator],
    total_row: Option<u32>,
) -> Vec<OtherScores> {
    let (Some(total_row), [header]) = (total_row, headers) else { return Vec::new() };
    let rows: Option<Vec<u32>> =
        indicators.iter().map(|one| Some(one.name_entry.at.as_ref()?.cell.row())).collect();
    let of = |column: &HeaderColumn| {
        let entry = |row: u32| view.anchor(row, column.col).map(|at| view.entry_at(at));
        let scores = rows.iter().flatten().map(|row| entry(*row)).collect::<Option<Vec<Entry>>>()?;
        Some(OtherScores { title: column.title.trim().to_owned(), scores, total: entry(total_row)? })
    };
    header.aside.iter().filter(|column| column.column == Column::Score).filter_map(of).collect()
}

/// The scored form of its rows, with what its mapping and its notes say of all of them.
pub(super) fn scored(
    view: &View<'_>,
    mapping: &Mapping,
    (form, kind): (&FoundForm, FormKind),
    (body, rows): (Body, Vec<BudgetBlock>),
    (heads, notes, skipped): (&[Labelled], &[Entry], &[(u32, String)]),
) -> ScoreForm {
    let headers: Vec<&Header> = form.headers.iter().collect();
    let mut scored = score_form(view, mapping, kind, &headers, body, rows, heads);
    scored.execution.clone_from(&mapping.budget.execution);
    scored.note_rule = note_rule(mapping, notes);
    scored.cap = extras::cap(view, mapping, &scored, notes, skipped);
    scored
}

/// The first note that says other than the platform's rule how missed targets are scored; what holds for all before what
/// holds for caps.
fn note_rule(mapping: &Mapping, notes: &[Entry]) -> Option<(NoteRule, CellAt)> {
    let rows = &mapping.rows;
    let found = |patterns: &[Pattern], rule: NoteRule| {
        let says = |note: &&Entry| {
            let key = normalise(&note.shown());
            patterns.iter().any(|pattern| pattern.matches(&key))
        };
        notes.iter().find(says).and_then(|note| Some((rule, note.at.clone()?)))
    };
    found(&rows.rule_note, NoteRule::Missed).or_else(|| found(&rows.reverse_note, NoteRule::Caps))
}
