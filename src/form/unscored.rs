//! Forms of the same world that are no forms to score (绩效运行监控表, 事前绩效评估表, 审核表, 项目清单): recognised as what
//! they are, named, and left alone.

use super::fields;
use super::header::Header;
use super::heading;
use super::monitoring;
use super::names;
use super::reading::{self, Content, Reading};
use super::recognise::{FoundForm, any_title, is_title};
use super::view::View;
use crate::base::CellRef;
use crate::mapping::compose::{self, Role};
use crate::mapping::title::normalise;
use crate::mapping::{Column, FieldName, FormTable, Kind, Mapping, Mappings};
use crate::model::{Field, Finding, FindingId};
use crate::sheet::Value;
use crate::words::{self, Class};

/// Rows above a header in which its form's title is looked for.
const TITLE_ROWS: u32 = 20;
/// Cells beside each other that may still be a title with its unit or number.
const MAX_TITLE_CELLS: usize = 2;
/// Meanings that the titles of a list of projects have at least.
const MIN_LIST_COLUMNS: usize = 3;
/// By how much a form that is named by its title counts before any other reading of the same rows.
const BY_TITLE: usize = 1000;
/// The same for one that its columns tell.
const BY_COLUMNS: usize = 500;

/// How much more than other readings of the same rows a header counts as one of a form that is set aside; `None` where it
/// is none. `fits` is whether its columns are those of the mapping.
pub(super) fn worth(
    view: &View<'_>,
    mappings: &Mappings,
    mapping: &Mapping,
    header: &Header,
    fits: bool,
) -> Option<usize> {
    let asked = &mapping.recognise;
    let fits = fits && !(asked.columns.is_empty() && asked.any.is_empty());
    if mapping.kind == Kind::CostEstimate && asked.without.iter().any(|column| header.has(*column)) {
        return None;
    }
    // What calls itself what was spent is a ledger, with or without prices.
    let spent =
        |ledger: &Mapping| ledger.kind == Kind::Ledger && is_under_title(view, mappings, ledger, header);
    let fits = fits && !(mapping.kind == Kind::CostEstimate && mappings.all().iter().any(spent));
    let worth = if asked.titled.iter().any(|column| header.has(*column))
        && is_under_title(view, mappings, mapping, header)
    {
        BY_TITLE
    } else if fits {
        BY_COLUMNS
    } else {
        return None;
    };
    (mapping.kind != Kind::ProjectList || looks_like_list(view, header)).then_some(worth)
}

/// Whether the title next above a header is the mapping's.
pub(super) fn is_under_title(
    view: &View<'_>,
    mappings: &Mappings,
    mapping: &Mapping,
    header: &Header,
) -> bool {
    let Some(last) = header.top.checked_sub(1) else { return false };
    let above = view.rows(header.top.saturating_sub(TITLE_ROWS), last).rev();
    for (_, items) in above.filter(|(_, items)| items.len() <= MAX_TITLE_CELLS) {
        let Some(first) = items.first() else { continue };
        let barred = || mapping.recognise.without_titles.iter().any(|pattern| pattern.matches(&first.key));
        if is_title(mapping, first) {
            return !barred();
        }
        // The title of the form between.
        if words::of(Class::TableNouns).within(&first.key) && any_title(mappings, first) {
            return false;
        }
    }
    false
}

/// Whether a row of titles with projects under it, and no row of labels with their values (项目名称 | 甲 | 预算数 | 100).
fn looks_like_list(view: &View<'_>, header: &Header) -> bool {
    let titles = view.row(header.bottom);
    let Some(name) = header.get(Column::Project) else { return false };
    let is_row = |(row, _): &(u32, _)| {
        let filled = |column: u32| view.shown(*row, column).is_some();
        let named = view.shown(*row, name.col).is_some_and(|item| matches!(item.cell.value, Value::Text(_)));
        let figures =
            header.columns.iter().filter(|column| !matches!(column.column, Column::Other | Column::Project));
        named && figures.into_iter().any(|column| filled(column.col))
    };
    // Its title stands in the row of titles, not over it.
    let beside = view.range(name.at).last.row() >= header.bottom;
    beside
        && header.richness() >= MIN_LIST_COLUMNS
        && titles.iter().all(|item| !item.key.is_empty())
        && header.columns.len().saturating_mul(2) > titles.len()
        && view.rows(header.bottom.saturating_add(1), view.last_row()).any(|row| is_row(&row))
}

/// A list counts only where the sheet holds no other form: a form may list what its money went to, and what its points were
/// (得分表).
pub(super) fn only_lists(mappings: &Mappings, candidates: &mut Vec<(usize, Header)>) {
    let is_list = |header: &Header| {
        mappings.get(header.mapping).is_some_and(|mapping| {
            let by_title = mapping.kind == Kind::ScoreSheet && !mapping.recognise.titled.is_empty();
            mapping.kind == Kind::ProjectList || by_title
        })
    };
    if candidates.iter().any(|(_, header)| header.table == FormTable::Main && !is_list(header)) {
        candidates.retain(|(_, header)| !is_list(header));
    }
}

/// A table of tasks with their money (任务名称 | 完成情况 | 预算数 | 执行数) above the indicators is none of indicators: it has
/// no points and no targets, and another table of the sheet has.
pub(super) fn without_tasks(view: &View<'_>, candidates: &mut Vec<(usize, Header)>) {
    const POINTS: [Column; 5] =
        [Column::Weight, Column::Level1Weight, Column::Level2Weight, Column::Score, Column::StatedScore];
    let scored = |header: &Header| POINTS.iter().any(|column| header.has(*column));
    let tops: Vec<u32> = candidates
        .iter()
        .filter(|(_, header)| header.table == FormTable::Main && scored(header) && header.has(Column::Target))
        .map(|(_, header)| header.top)
        .collect();
    let money = |header: &Header| {
        view.row(header.bottom).iter().any(|item| {
            let read = compose::read(&item.key, FormTable::Budget).filter(|read| read.whole);
            let money = [Column::Budget, Column::Adjusted, Column::Spent].map(Role::Column);
            read.is_some_and(|read| money.contains(&read.role))
        })
    };
    // What the tasks are, merged at the left of them (年度主要任务), looks like a target.
    let promises = |header: &Header| {
        let name = header.get(Column::Name).map_or(0, |name| name.col);
        header.get(Column::Target).is_some_and(|target| target.col > name)
    };
    candidates.retain(|(_, header)| {
        let beside = tops.iter().any(|top| *top > header.bottom);
        let named = header.table == FormTable::Main && header.get(Column::Name).is_some();
        !(beside && named && !scored(header) && !promises(header) && money(header))
    });
}

/// What is said of such a form: its name, whose it is, and that nothing was done with it.
pub(super) fn read(view: &View<'_>, mappings: &Mappings, form: &FoundForm) -> Option<Reading> {
    let mapping = mappings.get(form.mapping)?;
    let kind = reading::kind(mapping.kind)?;
    let header = form.headers.first()?;
    let table = (header.top, form.rows.1.max(header.bottom));
    let area = fields::Area { rows: form.rows, tables: vec![table] };
    let heads = fields::read(view, mappings, form.mapping, &area);
    let at = view.address(form.title.unwrap_or(header.columns.first()?.at));
    let sheet = &view.sheet.id;
    let monitored =
        (mapping.kind == Kind::Monitoring).then(|| monitoring::read(view, mapping, form, &at)).flatten();
    let read = monitored.as_ref().filter(|monitored| !monitored.rows.is_empty());
    let read = read.map(|monitored| format!("{}。", monitoring::summary(monitored))).unwrap_or_default();
    let message = match mapping.kind {
        Kind::AccountSummary => format!(
            "工作表“{sheet}”是{}，只有各科目的合计，没有逐笔的支出：没有用它对账，内容没有改动。",
            mapping.title
        ),
        Kind::CostEstimate => format!(
            "工作表“{sheet}”列的是各项开支的测算，没有日期、凭证等逐笔支出的记录，作为{}认出：没有用它对账，内容没有改动。",
            mapping.title
        ),
        _ => format!(
            "工作表“{sheet}”是{}，本程序目前不对它评分：没有打分，内容没有改动。{read}",
            mapping.title
        ),
    };
    let bottom = view.rows(table.0, table.1).last().map_or(header.bottom, |(row, _)| row);
    let located = reading::located(view, mapping, form, (kind, bottom), (Vec::new(), Vec::new()))?;
    Some(Reading {
        mapping: form.mapping,
        sheet: sheet.clone(),
        project: heading::field_text(&heads, FieldName::Project),
        project_in_title: None,
        agency: heading::field_text(&heads, FieldName::Agency),
        unit: heading::field_text(&heads, FieldName::Unit).filter(|name| !fields::names_money(name)),
        code: fields::code(&heads),
        year: heading::year(view, form, &heads),
        title: form.title.map(|at: CellRef| view.sheet.get(at).shown()).unwrap_or_default(),
        located: vec![located],
        open: None,
        headless: false,
        leading: Vec::new(),
        loose: Vec::new(),
        funds: Vec::new(),
        fields: Vec::new(),
        amounts: Vec::new(),
        statements: Vec::new(),
        notes: Vec::new(),
        account_lines: Vec::new(),
        goals: Vec::new(),
        bare_levels: Vec::new(),
        filled_on: Vec::new(),
        findings: vec![Finding::new(FindingId::FormNotScored, Some(at.clone()), message)],
        at,
        content: Content::Aside(listed(view, mapping, header, bottom), monitored.map(Box::new)),
    })
}

/// The scores that a list states of its projects (自评得分), by the project's name.
fn listed(view: &View<'_>, mapping: &Mapping, header: &Header, last: u32) -> Vec<(String, Field)> {
    let columns = header.get(Column::Project).zip(header.get(Column::StatedScore));
    let Some((name, score)) = columns.filter(|_| mapping.kind == Kind::ProjectList) else {
        return Vec::new();
    };
    let label = format!("{}的{}", mapping.title, normalise(&score.title));
    let row = |row: u32| {
        let project = view.shown(row, name.col)?;
        let entry = view.entry_at(view.shown(row, score.col)?.at);
        entry.number()?;
        Some((normalise(names::uncoded(&project.cell.shown())), Field { label: label.clone(), entry }))
    };
    view.rows(header.bottom.saturating_add(1), last).filter_map(|(at, _)| row(at)).collect()
}

/// Tells each scored form what a list beside it states of its project: the form's own total is held against it. Of two
/// rows, or two forms, of one name nothing is certain.
pub(super) fn tell_scores(readings: &mut [Reading]) {
    let mut stated: Vec<(String, Option<i16>, Field)> = Vec::new();
    for reading in readings.iter() {
        if let Content::Aside(rows, _) = &reading.content {
            stated.extend(rows.iter().map(|(name, field)| (name.clone(), reading.year, field.clone())));
        }
    }
    let is_scored = |reading: &Reading| matches!(reading.content, Content::Score(_));
    let keys: Vec<String> =
        readings.iter().filter(|reading| is_scored(reading)).filter_map(Reading::project_key).collect();
    for reading in readings.iter_mut() {
        let Some(key) = reading.project_key() else { continue };
        let once = keys.iter().filter(|other| **other == key).count() == 1;
        let mut rows = stated.iter().filter(|(name, ..)| *name == key);
        let (Some((_, year, field)), None, true) = (rows.next(), rows.next(), once) else { continue };
        let same_year = year.zip(reading.year).is_none_or(|(list, own)| list == own);
        if let Content::Score(form) = &mut reading.content
            && same_year
        {
            form.head_totals.push(field.clone());
        }
    }
}
