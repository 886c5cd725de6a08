//! One form read: what it says, before the forms of a project are put together.

use super::body::Body;
use super::continued::Open;
use super::fields::{self, Area, Labelled};
use super::header::{Header, HeaderColumn};
use super::recognise::FoundForm;
use super::view::View;
use super::{
    account, amounts, budget, extras, funds, goals, heading, ledger, loose_points, names, nested, own_points,
    pairs, shares, tables, unclear, unscored, without_indicators,
};
use crate::base::{CellAt, CellRef, RangeRef, SheetId, Weight};
use crate::mapping::title::normalise;
use crate::mapping::{FieldName, Kind, Mapping, Mappings};
use crate::model::{
    Account, Amount, AmountKind, BareLevel, BudgetBlock, Entry, Field, Finding, FindingId, FormKind, Goal,
    Indicator, LedgerLocator, LocatedForm, MonitoredForm, ScoreForm, Statement, SummaryForm, Survey,
};

/// What a form is about.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Score(Box<ScoreForm>),
    Declaration(Vec<Indicator>),
    Summary(Box<SummaryForm>),
    Ledger(Box<LedgerLocator>),
    Survey(Box<Survey>),
    /// What is not scored and set aside; of a list of projects the score that it states of each, by the project's name.
    Aside(Vec<(String, Field)>, Option<Box<MonitoredForm>>),
}

/// One form read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Which mapping read it.
    pub mapping: usize,
    pub sheet: SheetId,
    /// The cell that findings about the form as a whole point to.
    pub at: CellAt,
    pub title: String,
    /// The project's name as the form states it.
    pub project: Option<String>,
    /// The project's name as the title seems to state it.
    pub project_in_title: Option<String>,
    pub agency: Option<String>,
    pub unit: Option<String>,
    pub code: Option<String>,
    pub year: Option<i16>,
    pub located: Vec<LocatedForm>,
    /// Where its table may go on: the header, and the levels of the last row.
    pub open: Option<Open>,
    /// Whether it has no header of its own.
    pub headless: bool,
    /// Pieces at the top of its sheet that may belong to the last indicator of the sheet before: where, and what.
    pub leading: Vec<(CellAt, String)>,
    /// Cells outside of the tables that may hold points.
    pub loose: Vec<(CellAt, Weight)>,
    pub fields: Vec<Field>,
    pub amounts: Vec<Amount>,
    /// Sources of funds with their totals.
    pub funds: Vec<Vec<BudgetBlock>>,
    pub statements: Vec<Statement>,
    pub notes: Vec<Entry>,
    pub goals: Vec<Goal>,
    pub bare_levels: Vec<BareLevel>,
    pub filled_on: Vec<Entry>,
    /// What a ledger's account lines say.
    pub account_lines: Vec<String>,
    pub findings: Vec<Finding>,
    pub content: Content,
}

impl Reading {
    /// The project's name for comparing.
    pub(super) fn project_key(&self) -> Option<String> {
        self.project.as_deref().map(|name| normalise(names::uncoded(name)))
    }
}

/// A project's name for comparing what differs in no more than signs, brackets or 年度 for 年.
pub(super) fn shape(name: &str) -> String {
    let words: String = names::uncoded(name).chars().filter(|c| c.is_alphanumeric()).collect();
    normalise(&words).replace("年度", "年")
}

/// Reads one form.
pub(super) fn read(view: &View<'_>, mappings: &Mappings, form: &FoundForm) -> Option<Reading> {
    let mapping = mappings.get(form.mapping)?;
    if mapping.kind.is_set_aside() {
        return unscored::read(view, mappings, form);
    }
    let kind = kind(mapping.kind)?;
    let header = form.headers.first()?;
    let mut findings = Vec::new();
    let tabular = matches!(kind, FormKind::Declaration | FormKind::SelfEvaluation | FormKind::ScoreSheet);
    let mut body = if tabular { tables::read(view, mapping, form) } else { Body::default() };
    let leading = std::mem::take(&mut body.leading).into_iter();
    let leading = leading.map(|(at, titles)| (view.address(at), titles)).collect();
    let open = tables::open(view, form, kind, &mut body).filter(|_| tabular);
    unclear::headers(view, form, &mut findings);
    let heads = fields::read(view, mappings, form.mapping, &area(form, &body, kind));
    let block = form.budget.as_ref().map(|budget| {
        let last = header.top.checked_sub(1).filter(|last| *last > budget.bottom).unwrap_or(form.rows.1);
        budget::read(view, mapping, budget, last, fields::form_unit(&heads), &mut findings)
    });
    let heads = beside_block(form, block.as_ref(), heads);
    let title = form.title.map(|at| view.sheet.get(at).shown()).unwrap_or_default();
    let at = view.address(form.title.unwrap_or(header.columns.first()?.at));
    let funds = if tabular { funds::read(view, mapping, &heads) } else { Vec::new() };
    let amounts = stated_amounts(view, mapping, &heads, &mut findings);
    let mut read_rows = area(form, &body, kind).tables;
    read_rows.extend(form.budget.iter().zip(&block).map(|(budget, block)| (budget.top, block.last_row)));
    let loose = loose_points::find(view, form, &read_rows, &heads);
    let mut skipped = std::mem::take(&mut body.skipped);
    let notes = std::mem::take(&mut body.notes);
    let bare_levels = goals::bare_levels(view, &mut body);
    let (body_last, block_last) = (body.last_row, block.as_ref().map(|block| block.last_row));
    let mut last_row = body.last_row.max(block.as_ref().map_or(0, |block| block.last_row));
    let mut statements = statements(&heads, &body.indicators);
    findings.append(&mut body.findings);
    let mut content = match kind {
        FormKind::Declaration => Content::Declaration(body.indicators),
        FormKind::SelfEvaluation | FormKind::ScoreSheet => {
            let rows = block.map(|block| block.rows).unwrap_or_default();
            let rows = budget_rows(view, mapping, rows, &heads, header, &mut findings);
            Content::Score(Box::new(tables::scored(
                view,
                mapping,
                (form, kind),
                (body, rows),
                (&heads, &notes, &skipped),
            )))
        }
        _ => {
            let other = without_indicators::read(view, mapping, (form, kind), &heads)?;
            skipped.extend(other.skipped);
            last_row = other.last_row;
            other.content
        }
    };
    if is_cut_off(view, form, kind) {
        findings.push(cut_off(view, at.clone()));
    }
    statements.retain(|_| kind != FormKind::Ledger);
    let from = account::From {
        body_last,
        block_last,
        heads: &heads,
        notes: &notes,
        skipped: &skipped,
        funds: &funds,
    };
    let account = account::of_form(view, mapping, form, &mut content, &from, &mut findings);
    let taken = taken(&content);
    let located =
        LocatedForm { account, ..located(view, mapping, form, (kind, last_row), (taken, skipped))? };
    Some(Reading {
        mapping: form.mapping,
        sheet: view.sheet.id.clone(),
        at,
        project: heading::field_text(&heads, FieldName::Project),
        project_in_title: heading::project_in_title(&title, mapping),
        agency: heading::field_text(&heads, FieldName::Agency),
        unit: heading::field_text(&heads, FieldName::Unit).filter(|name| !fields::names_money(name)),
        code: fields::code(&heads),
        year: heading::year(view, form, &heads),
        title,
        located: vec![located],
        open,
        headless: false,
        leading,
        loose,
        fields: fields::stated(&heads),
        amounts,
        funds,
        statements,
        notes,
        goals: goals::goals(&heads, &read_rows),
        bare_levels,
        filled_on: goals::filled_on(&heads),
        account_lines: ledger::account_lines(view, mappings, form),
        findings,
        content,
    })
}

/// The labels outside of the budget block: its own are no fields.
fn beside_block(form: &FoundForm, block: Option<&budget::Block>, heads: Vec<Labelled>) -> Vec<Labelled> {
    let Some((budget, block)) = form.budget.as_ref().zip(block) else { return heads };
    let beside = |head: &Labelled| !(budget.top..=block.last_row).contains(&head.label_at.row());
    heads.into_iter().filter(beside).collect()
}

/// Whether rows of the form may be missing; a ledger's are streamed.
fn is_cut_off(view: &View<'_>, form: &FoundForm, kind: FormKind) -> bool {
    view.sheet.truncated && kind != FormKind::Ledger && form.rows.1 == view.last_row()
}

pub(super) fn cut_off(view: &View<'_>, at: CellAt) -> Finding {
    let message = format!(
        "工作表“{}”太长，只读了前 {} 行，后面的内容没有采用。",
        view.sheet.id,
        view.last_row().saturating_add(1)
    );
    Finding::new(FindingId::SheetTruncated, Some(at), message)
}

/// What is told of a form once all its parts are together: points that only levels state, points inside a level.
pub(super) fn finish(reading: &mut Reading) {
    if let Content::Score(form) = &mut reading.content {
        let typed: Vec<_> = form.indicators.iter().map(|indicator| indicator.weight).collect();
        shares::convert(form, &mut reading.findings);
        own_points::give(form, &reading.notes, &mut reading.findings);
        nested::convert(form, &mut reading.findings);
        // Sums stated on another scale than what counts are no sums of it.
        let mut both = typed.iter().zip(&form.indicators);
        if both.any(|(typed, one)| typed.is_some() && *typed != one.weight) {
            form.subtotals.clear();
        }
        pairs::only_where_wanting(form);
        extras::decide_extras(form);
        loose_points::keep_open(form, &reading.loose, &mut reading.findings);
    }
}

/// The rows that became something.
pub(super) fn taken(content: &Content) -> Vec<u32> {
    let row = |entry: &Entry| entry.at.as_ref().map(|at| at.cell.row());
    match content {
        Content::Score(form) => form.indicators.iter().filter_map(|i| row(&i.name_entry)).collect(),
        Content::Declaration(indicators) => indicators.iter().filter_map(|i| row(&i.name_entry)).collect(),
        Content::Summary(form) => form.rows.iter().filter_map(|summary| row(&summary.weight)).collect(),
        Content::Ledger(_) | Content::Survey(_) | Content::Aside(..) => Vec::new(),
    }
}

pub(super) fn located(
    view: &View<'_>,
    mapping: &Mapping,
    form: &FoundForm,
    (kind, last_row): (FormKind, u32),
    (taken, skipped): (Vec<u32>, Vec<(u32, String)>),
) -> Option<LocatedForm> {
    let header = form.headers.first()?;
    Some(LocatedForm {
        kind,
        mapping: mapping.name.clone(),
        sheet: view.sheet.id.clone(),
        title: form.title.map(|at| view.sheet.get(at).shown()).unwrap_or_default(),
        range: RangeRef::new(
            CellRef::new(form.rows.0, header.left())?,
            CellRef::new(last_row.max(header.bottom), header.right())?,
        ),
        header_rows: (header.top, header.bottom),
        columns: columns(header),
        continues: None,
        taken,
        skipped,
        account: Account::default(),
    })
}

/// Which title became which column.
pub(super) fn columns(header: &Header) -> Vec<(String, String, u32)> {
    let named = |column: &HeaderColumn| (column.title.clone(), column.column.word().to_owned(), column.col);
    header.columns.iter().map(named).collect()
}

pub(super) fn kind(kind: Kind) -> Option<FormKind> {
    match kind {
        Kind::Declaration => Some(FormKind::Declaration),
        Kind::SelfEvaluation => Some(FormKind::SelfEvaluation),
        Kind::ScoreSheet => Some(FormKind::ScoreSheet),
        Kind::ScoreSummary => Some(FormKind::ScoreSummary),
        Kind::Ledger => Some(FormKind::Ledger),
        Kind::Survey => Some(FormKind::Survey),
        Kind::Monitoring => Some(FormKind::Monitoring),
        Kind::PreEvaluation => Some(FormKind::PreEvaluation),
        Kind::Review => Some(FormKind::Review),
        Kind::ProjectList => Some(FormKind::ProjectList),
        Kind::AccountSummary => Some(FormKind::AccountSummary),
        Kind::CostEstimate => Some(FormKind::CostEstimate),
        Kind::Case | Kind::Common | Kind::Roster => None,
    }
}

/// The rows in which fields are looked for.
fn area(form: &FoundForm, body: &Body, kind: FormKind) -> Area {
    let mut tables: Vec<(u32, u32)> = Vec::new();
    if let Some(first) = form.headers.first() {
        let last = match kind {
            FormKind::ScoreSummary | FormKind::Ledger => form.rows.1,
            _ => body.last_row,
        };
        tables.push((first.top, last.max(first.bottom)));
    }
    if let Some(checklist) = &form.checklist {
        tables.push((checklist.top, checklist.bottom));
    }
    Area { rows: form.rows, tables }
}

fn stated_amounts(
    view: &View<'_>,
    mapping: &Mapping,
    heads: &[Labelled],
    findings: &mut Vec<Finding>,
) -> Vec<Amount> {
    let mut found = Vec::new();
    for head in heads {
        let kind = match head.name {
            FieldName::Budget => AmountKind::Budget,
            FieldName::Adjusted => AmountKind::AdjustedBudget,
            FieldName::Received => AmountKind::Received,
            FieldName::Spent => AmountKind::Spent,
            _ => continue,
        };
        let shown = normalise(&head.entry.shown());
        if !shown.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        match fields::amount_unit(view, head, heads, mapping) {
            Some(unit) => found.push(Amount {
                kind,
                label: head.label.clone(),
                entry: head.entry.clone(),
                unit,
                written: None,
            }),
            None => findings.push(amounts::unknown_unit(head.entry.at.clone(), &head.label)),
        }
    }
    found
}

fn statements(heads: &[Labelled], indicators: &[Indicator]) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let entries = heads
        .iter()
        .filter(|head| matches!(head.name, FieldName::Statement | FieldName::GoalResult))
        .map(|head| &head.entry)
        .chain(indicators.iter().filter_map(|indicator| indicator.situation.as_ref()));
    for entry in entries.filter(|entry| !entry.is_blank()) {
        let Some(at) = &entry.at else { continue };
        if !found.iter().any(|have| have.at == *at) {
            found.push(Statement { text: entry.shown(), at: at.clone() });
        }
    }
    found
}

/// The rows of the budget block, or the row that labelled cells make where there is none.
fn budget_rows(
    view: &View<'_>,
    mapping: &Mapping,
    mut rows: Vec<BudgetBlock>,
    heads: &[Labelled],
    header: &Header,
    findings: &mut Vec<Finding>,
) -> Vec<BudgetBlock> {
    // Its amounts are read from the block itself; without a unit they cannot be compared.
    if let Some(total) = rows.first().filter(|total| total.unit.is_none()) {
        let at = total.spent.as_ref().and_then(|entry| entry.at.clone());
        findings.push(amounts::unknown_unit(at, &total.label));
    }
    if rows.is_empty() {
        rows.extend(pairs::block(view, mapping, heads, header));
        findings.extend(rows.iter().filter_map(pairs::without_amounts));
    }
    rows
}
