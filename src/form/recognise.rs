//! Which forms a sheet holds, from where to where, and which mapping reads each.

use std::collections::BTreeMap;

use super::almost_form::NearMiss;
use super::header::{Header, Memo, Titles};
use super::pages;
use super::unscored;
use super::view::{Item, View};
use crate::base::{CellRef, SheetId};
use crate::mapping::title::any_matches;
use crate::mapping::{Column, FieldName, FormTable, Kind, Mapping, Mappings};
use crate::words::{self, Class};

/// Characters of a form's title at most.
const MAX_TITLE_CHARS: usize = 60;

/// Different meanings that the titles of a further part of a form have at least.
const MIN_PART_COLUMNS: usize = 3;

/// Characters of a line that only says the year.
const MAX_YEAR_CHARS: usize = 12;

/// A form found in a sheet.
#[derive(Debug)]
pub(super) struct FoundForm {
    /// Which mapping reads it.
    pub mapping: usize,
    /// First and last row of the form in its sheet.
    pub rows: (u32, u32),
    /// The headers of its table: more than one where the form repeats it.
    pub headers: Vec<Header>,
    /// Rows below its total where another table begins that is no part of it (扣分情况一览).
    pub ends: Vec<u32>,
    /// The header of its budget block.
    pub budget: Option<Header>,
    /// The header of its checklist.
    pub checklist: Option<Header>,
    /// Its title's cell.
    pub title: Option<CellRef>,
}

/// What a header has too little or too much of for a mapping.
#[derive(Debug, Clone, Default)]
pub(super) struct Shortfall {
    /// Columns it lacks.
    pub lacks: Vec<Column>,
    /// Columns of which it lacks any.
    pub any: Vec<Column>,
    /// Columns it has and must not have.
    pub excess: Vec<Column>,
}

impl Shortfall {
    fn of(has: impl Fn(Column) -> bool, columns: &[Column], any: &[Column], without: &[Column]) -> Self {
        let those = |columns: &[Column], wanted: bool| -> Vec<Column> {
            columns.iter().copied().filter(|column| has(*column) == wanted).collect()
        };
        let none = !any.iter().any(|column| has(*column));
        Self {
            lacks: those(columns, false),
            any: if none { any.to_vec() } else { Vec::new() },
            excess: those(without, true),
        }
    }

    fn is_none(&self) -> bool {
        self.count() == 0
    }

    /// How many faults there are; of the columns of which one is enough only one is missing.
    pub(super) fn count(&self) -> usize {
        let any = usize::from(!self.any.is_empty());
        self.lacks.len().saturating_add(any).saturating_add(self.excess.len())
    }
}

/// All forms of a sheet, top to bottom, and what nearly was one.
pub(super) fn forms(
    view: &View<'_>,
    mappings: &Mappings,
    memo: &mut Memo,
    misses: &mut Vec<NearMiss>,
) -> Vec<FoundForm> {
    let titles = Titles::find(view, mappings, memo);
    let mut candidates: Vec<(usize, Header)> = Vec::new();
    let mut partial: Vec<Header> = Vec::new();
    for (position, mapping) in mappings.all().iter().enumerate() {
        if !mapping.kind.is_form() || !reads(mapping, &view.sheet.id) {
            continue;
        }
        for table in [FormTable::Main, FormTable::Budget, FormTable::Checklist] {
            if mapping.columns_of(table).is_empty() {
                continue;
            }
            for header in titles.headers(view, mappings, position, table) {
                let short = match super::divided::columns(view, mapping, &header) {
                    Some(_) => Shortfall::default(),
                    None => shortfall(mapping, &header),
                };
                if mapping.kind.is_set_aside() {
                    if let Some(more) = unscored::worth(view, mappings, mapping, &header, short.is_none()) {
                        candidates.push((worth(view, mapping, &header).saturating_add(more), header));
                    }
                    continue;
                }
                let named = mapping.recognise.titled.is_empty()
                    || unscored::is_under_title(view, mappings, mapping, &header);
                let body = match (table, mapping.kind) {
                    (FormTable::Main, _) if !named => false,
                    (FormTable::Budget, _) => super::budget::looks_like(view, mapping, &header),
                    // Surveys are read by what was answered, before anything else is looked for.
                    (FormTable::Main, Kind::Survey) => false,
                    (FormTable::Main, Kind::Ledger) => super::ledger::looks_like(&header),
                    _ => true,
                };
                if short.is_none() && body {
                    let worth = worth(view, mapping, &header);
                    candidates.push((worth, header));
                } else if table == FormTable::Main
                    && (named || !short.is_none())
                    && header.columns.iter().any(|column| column.column != Column::Project)
                {
                    misses.push(NearMiss::of_header(view, position, &header, short));
                    if goes_on_with(view, &header) {
                        partial.push(header);
                    }
                }
            }
        }
    }
    if candidates.is_empty() {
        faint_misses(view, mappings, &titles, misses);
    }
    unscored::only_lists(mappings, &mut candidates);
    unscored::without_tasks(view, &mut candidates);
    let chosen = without_overlap(candidates);
    if let Some(block) =
        chosen.first().filter(|_| chosen.iter().all(|header| header.table == FormTable::Budget))
    {
        misses.push(NearMiss::of_header(view, block.mapping, block, Shortfall::default()));
    }
    segment(view, mappings, chosen, &partial)
}

/// Of a sheet in which nothing is recognised also the mappings that know no more than a title or two.
fn faint_misses(view: &View<'_>, mappings: &Mappings, titles: &Titles, misses: &mut Vec<NearMiss>) {
    for (position, mapping) in mappings.all().iter().enumerate() {
        let known = misses.iter().any(|miss| miss.mapping == position && miss.sheet == view.sheet.id);
        let read = mapping.kind.is_form() && !mapping.kind.is_set_aside() && reads(mapping, &view.sheet.id);
        if known || !read {
            continue;
        }
        let Some(faint) = titles.faintest(view, mapping, position) else { continue };
        let asked = &mapping.recognise;
        let has = |column: Column| faint.columns.contains(&column);
        let short = Shortfall::of(has, &asked.columns, &asked.any, &asked.without);
        let sheet = view.sheet.id.clone();
        misses.push(NearMiss { mapping: position, sheet, found: faint.titles, short, header: None });
    }
}

/// Whether titles that are not enough for a form may be those of a further part of one: the indicators' with something
/// of them, and nothing in their row that is no title.
fn goes_on_with(view: &View<'_>, header: &Header) -> bool {
    let telling = header.has(Column::Name) && header.richness() >= MIN_PART_COLUMNS;
    let cells = view.row(header.bottom);
    telling
        && header.columns.len().saturating_mul(2) >= cells.len()
        && cells.iter().all(|item| !item.key.is_empty() && item.key.chars().count() <= MAX_TITLE_CHARS)
}

/// Whether the mapping wants the sheet read.
pub(super) fn reads(mapping: &Mapping, sheet: &SheetId) -> bool {
    let name = crate::mapping::title::normalise(&sheet.name);
    let rule = mapping.sheets.iter().find(|rule| rule.names.iter().any(|pattern| pattern.matches(&name)));
    rule.is_none_or(|rule| rule.read)
}

/// The columns that a header lacks, and those it must not have.
fn shortfall(mapping: &Mapping, header: &Header) -> Shortfall {
    let has = |column: Column| header.has(column);
    let (columns, any): (&[Column], &[Column]) = match header.table {
        FormTable::Main => {
            let asked = &mapping.recognise;
            return Shortfall::of(has, &asked.columns, &asked.any, &asked.without);
        }
        FormTable::Budget => (&[Column::Spent], &[Column::Budget, Column::Adjusted]),
        FormTable::Checklist => (&[Column::Name, Column::Weight], &[Column::Score, Column::StatedScore]),
    };
    Shortfall::of(has, columns, any, &[])
}

/// How much of a header a mapping understands; its title above counts, too.
fn worth(view: &View<'_>, mapping: &Mapping, header: &Header) -> usize {
    let columns = header.richness().saturating_mul(4);
    let first = header.top.saturating_sub(20);
    let titled = header.table == FormTable::Main
        && view
            .rows(first, header.top)
            .any(|(_, items)| items.first().is_some_and(|item| is_title(mapping, item)));
    columns.saturating_add(if titled { 5 } else { 0 })
}

pub(super) fn is_title(mapping: &Mapping, item: &Item<'_>) -> bool {
    item.key.chars().count() <= MAX_TITLE_CHARS
        && !item.key.contains(':')
        && mapping.recognise.titles.iter().any(|pattern| pattern.matches_label(&item.key))
}

/// Of headers over the same rows the one that understands most; of equals the preferred mapping's.
fn without_overlap(mut candidates: Vec<(usize, Header)>) -> Vec<Header> {
    candidates.sort_by_key(|(worth, header)| (std::cmp::Reverse(*worth), header.mapping, header.table));
    let mut taken: BTreeMap<u32, Header> = BTreeMap::new();
    for (_, header) in candidates {
        let clash =
            taken.range(..=header.bottom).next_back().is_some_and(|(_, have)| have.bottom >= header.top)
                || taken.range(header.top..=header.bottom).next().is_some();
        if !clash {
            taken.insert(header.top, header);
        }
    }
    taken.into_values().collect()
}

/// Puts headers together to forms: a repeated header goes on with its form, a new title or project begins one.
fn segment(view: &View<'_>, mappings: &Mappings, chosen: Vec<Header>, partial: &[Header]) -> Vec<FoundForm> {
    let mut forms: Vec<FoundForm> = Vec::new();
    let whole: Vec<(u32, u32)> = chosen.iter().map(|header| (header.top, header.bottom)).collect();
    let mut waiting: Vec<Header> = Vec::new();
    let mut free = 0_u32;
    for header in chosen {
        if header.table != FormTable::Main {
            // A block under the table belongs to it when no new form begins.
            waiting.push(header);
            continue;
        }
        let top = waiting.first().map_or(header.top, |first| first.top);
        // What heads a page stands right above its titles: entries between are the page's before.
        let from = forms.last().map_or(free, |last| pages::below_entries(view, mappings, last, free, top));
        let start = head_between(view, mappings, from, top, forms.is_empty());
        let next_page = |start: &u32| {
            forms.last().is_some_and(|last| pages::is_next(view, mappings, last, &header, *start))
        };
        let start = start.filter(|start| !next_page(start));
        let goes_on = forms.last().is_some_and(|last| last.mapping == header.mapping) && start.is_none();
        free = header.bottom.saturating_add(1);
        // Without the actuals a further part of a form looks like a declaration.
        let part = forms.last().filter(|last| start.is_none() && is_scored(mappings, last.mapping));
        let part = part.and_then(|last| part_at(partial, last.mapping, header.top));
        let declares = mappings.get(header.mapping).is_some_and(|own| own.kind == Kind::Declaration);
        if let Some((part, last)) = part.filter(|_| declares).zip(forms.last_mut()) {
            attach(last, std::mem::take(&mut waiting));
            last.headers.push(part.clone());
            continue;
        }
        if goes_on && let Some(last) = forms.last_mut() {
            attach(last, std::mem::take(&mut waiting));
            last.headers.push(header);
            continue;
        }
        let start = start.unwrap_or(top);
        if let Some(last) = forms.last_mut() {
            last.rows.1 = start.saturating_sub(1);
        }
        let first = if forms.is_empty() { 0 } else { start };
        let mut form = FoundForm {
            mapping: header.mapping,
            rows: (first, view.last_row()),
            headers: vec![header],
            ends: Vec::new(),
            budget: None,
            checklist: None,
            title: None,
        };
        attach(&mut form, std::mem::take(&mut waiting));
        forms.push(form);
    }
    if let Some(last) = forms.last_mut() {
        attach(last, waiting);
    }
    let apart = |part: &&Header| whole.iter().all(|(top, bottom)| part.bottom < *top || part.top > *bottom);
    let apart: Vec<&Header> = partial.iter().filter(apart).collect();
    for form in &mut forms {
        form.title = title_of(view, mappings, form);
        further_parts(view, mappings, form, &apart);
    }
    forms
}

/// Gives a form the titles of its further parts; behind its total another table begins with them.
fn further_parts(view: &View<'_>, mappings: &Mappings, form: &mut FoundForm, partial: &[&Header]) {
    let below = form.headers.first().map_or(0, |first| first.bottom);
    let parts = partial
        .iter()
        .filter(|part| part.mapping == form.mapping && part.top > below && part.bottom <= form.rows.1);
    let total = mappings.get(form.mapping).and_then(|rules| total_below(view, rules, below, form.rows.1));
    let (after, before): (Vec<&Header>, Vec<&Header>) =
        parts.copied().partition(|part| total.is_some_and(|total| total < part.top));
    form.ends = after.iter().map(|part| part.top).collect();
    form.headers.extend(before.into_iter().cloned());
    form.headers.sort_by_key(|header| header.top);
}

/// The first row below a header that calls itself the total.
fn total_below(view: &View<'_>, rules: &Mapping, header: u32, last: u32) -> Option<u32> {
    let mut rows = view.rows(header.saturating_add(1), last);
    let total =
        rows.find(|(_, items)| items.first().is_some_and(|item| any_matches(&rules.rows.total, &item.key)));
    total.map(|(row, _)| row)
}

fn is_scored(mappings: &Mappings, mapping: usize) -> bool {
    mappings.get(mapping).is_some_and(|own| matches!(own.kind, Kind::SelfEvaluation | Kind::ScoreSheet))
}

fn part_at(partial: &[Header], mapping: usize, top: u32) -> Option<&Header> {
    partial.iter().find(|part| part.mapping == mapping && part.top == top)
}

fn attach(form: &mut FoundForm, blocks: Vec<Header>) {
    for block in blocks {
        let place = if block.table == FormTable::Budget { &mut form.budget } else { &mut form.checklist };
        if place.is_none() {
            *place = Some(block);
        }
    }
}

/// The row between two tables where a new form begins.
fn head_between(view: &View<'_>, mappings: &Mappings, from: u32, top: u32, first: bool) -> Option<u32> {
    if first {
        return Some(from);
    }
    let last = top.checked_sub(1)?;
    let head = view.rows(from, last).find(|(_, items)| is_head(view, mappings, items)).map(|(row, _)| row)?;
    // Its title and year may stand above the row by which it was found.
    let above = head.checked_sub(1)?;
    let titled = view.rows(from, above).rev().take_while(|(_, items)| is_heading(view, mappings, items));
    Some(titled.last().map_or(head, |(row, _)| row))
}

/// Whether a row is only a title or a year, such as `（2022年度）`.
fn is_heading(view: &View<'_>, mappings: &Mappings, items: &[Item<'_>]) -> bool {
    let [only] = items else { return false };
    let short = only.key.chars().count() <= MAX_YEAR_CHARS;
    let year = short && super::fields::heading_year(&only.key).is_some();
    is_wide(view, only) && (year || any_title(mappings, only))
}

/// Whether any mapping takes the text for its form's title.
pub(super) fn any_title(mappings: &Mappings, item: &Item<'_>) -> bool {
    let forms = mappings.all().iter().filter(|mapping| mapping.kind.is_form());
    forms.into_iter().any(|mapping| is_title(mapping, item))
}

/// Whether a row begins a form: its title, or the project's name.
fn is_head(view: &View<'_>, mappings: &Mappings, items: &[Item<'_>]) -> bool {
    let Some(first) = items.first() else { return false };
    // 绩效目标完成情况 over a part of a form is no form's title, nor is that of a form going on (续表).
    let titled = items.len() <= 2
        && words::of(Class::TableNouns).within(&first.key)
        && !first.key.contains("续")
        && any_title(mappings, first)
        && is_wide(view, first);
    titled
        || items.iter().any(|item| {
            item.key.len() <= 60 && {
                let label = item.key.split(':').next().unwrap_or(&item.key);
                label.chars().count() > 2
                    && mappings.index().label(label).iter().any(|hit| hit.name == FieldName::Project)
            }
        })
}

/// A title stands alone at the left or is merged over its row; a cell amid a table is none.
fn is_wide(view: &View<'_>, item: &Item<'_>) -> bool {
    let range = view.range(item.at);
    range.last.col() > range.first.col() || view.row(item.at.row()).len() == 1
}

fn title_of(view: &View<'_>, mappings: &Mappings, form: &FoundForm) -> Option<CellRef> {
    let mapping = mappings.get(form.mapping)?;
    let top = form.headers.first()?.top;
    let last = top.checked_sub(1)?;
    let rows = || view.rows(form.rows.0, last);
    let named = rows().find_map(|(_, items)| items.first().filter(|item| is_title(mapping, item)));
    let named = named.or_else(|| {
        // Otherwise the first text that stands alone in its row.
        rows().find_map(|(_, items)| match items {
            [only] if !only.key.is_empty() && !only.key.contains(':') => Some(only),
            _ => None,
        })
    });
    named.map(|item| item.at)
}
