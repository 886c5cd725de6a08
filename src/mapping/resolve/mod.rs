//! From a typed file to a checked mapping: what it inherits is filled in, a contradiction is a fault.

mod budget;
mod columns;
mod entries;
mod sound;
mod survey;

use std::ops::Range;

use toml::Spanned;

use super::checked::{self, Mapping, Origin, Recognise, Rows};
use super::column::Column;
use super::file::{self, File};
use super::title::{Pattern, normalise};
use super::toml_read::{FaultKind, Faults};
use super::vocabulary;
use super::words::Kind;
use crate::base::Score;
use crate::model::GradeBand;
use crate::words::{Changes, Words};
use columns::{columns, fields};
pub(crate) use entries::checks;
use entries::entries;
pub(crate) use survey::settings as survey_settings;

/// The version of the vocabulary.
pub(super) const SCHEMA: u32 = 1;
/// Header rows at most, whatever a mapping says.
pub(super) const MAX_HEADER_ROWS: u32 = 4;

/// The mapping that `typed` describes, on top of the mapping it extends.
pub(super) fn resolve(typed: &File, parent: Option<&Mapping>, faults: &mut Faults) -> Mapping {
    let mut mapping = parent.cloned().unwrap_or_else(empty);
    let kind = typed.kind.as_ref().map_or(Kind::Common, |kind| *kind.get_ref());
    mapping.kind = kind;
    mapping.name = text(typed.name.as_ref());
    mapping.title =
        typed.title.as_ref().map_or_else(|| mapping.name.clone(), |title| title.get_ref().clone());
    if let Some(schema) = typed.schema.as_ref().filter(|schema| *schema.get_ref() != SCHEMA) {
        faults.add(
            FaultKind::Conflict,
            schema.span(),
            format!("不认识 schema = {}", schema.get_ref()),
            format!("目前的版本是 schema = {SCHEMA}。"),
        );
    }
    header(typed, &mut mapping, faults);
    columns(typed.columns.as_deref(), &mut mapping.columns, faults);
    if let Some(typed) = &typed.budget {
        budget::budget(typed, &mut mapping.budget, faults);
    }
    if let Some(checklist) = &typed.checklist {
        columns(checklist.columns.as_deref(), &mut mapping.checklist, faults);
    }
    fields(typed.fields.as_deref(), &mut mapping.fields);
    rows(typed.rows.as_ref(), &mut mapping.rows);
    add_patterns(&mut mapping.stop_when, typed.stop_when.as_deref());
    if let Some(values) = &typed.missing_values {
        mapping.missing_values.extend(values.iter().map(|value| normalise(value.get_ref())));
    }
    for rule in typed.sheets.iter().flatten() {
        let names = patterns(rule.names.as_deref());
        mapping
            .sheets
            .push(checked::SheetRule { names, read: rule.read.as_ref().is_none_or(|r| *r.get_ref()) });
    }
    entries(typed, &mut mapping, faults);
    vocabulary::resolve(typed, &mut mapping, faults);
    if let Some(typed) = &typed.checks {
        checks(typed, &mut mapping.checks, faults);
    }
    grades(typed, &mut mapping, faults);
    survey::survey(typed, &mut mapping, faults);
    recognise(typed, &mut mapping);
    sound::check(typed, parent, &mapping, faults);
    mapping
}

fn empty() -> Mapping {
    Mapping {
        name: String::new(),
        title: String::new(),
        kind: Kind::Common,
        recognise: Recognise::default(),
        sheets: Vec::new(),
        fields: Vec::new(),
        columns: Vec::new(),
        budget: checked::Budget::default(),
        checklist: Vec::new(),
        header_rows: MAX_HEADER_ROWS,
        header_join: ">".to_owned(),
        panels: Vec::new(),
        missing_values: Vec::new(),
        stop_when: Vec::new(),
        rows: Rows::default(),
        partial_step: None,
        adjusted_target_counts: None,
        rubric: Vec::new(),
        grades: Vec::new(),
        bind: Vec::new(),
        aliases: Vec::new(),
        amounts: Vec::new(),
        answers: Vec::new(),
        satisfied: Vec::new(),
        word_changes: Changes::default(),
        words: Words::default(),
        checks: checked::Checks::default(),
        write_back: None,
    }
}

fn text(value: Option<&Spanned<String>>) -> String {
    value.map(|value| value.get_ref().clone()).unwrap_or_default()
}

fn patterns(values: Option<&[Spanned<String>]>) -> Vec<Pattern> {
    values.unwrap_or_default().iter().map(|value| Pattern::new(value.get_ref())).collect()
}

/// The child's patterns come first: they are preferred.
fn add_patterns(to: &mut Vec<Pattern>, values: Option<&[Spanned<String>]>) {
    let mut own = patterns(values);
    own.append(to);
    *to = own;
}

fn header(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    if let Some(rows) = &typed.header_rows {
        if (1..=MAX_HEADER_ROWS).contains(rows.get_ref()) {
            mapping.header_rows = *rows.get_ref();
        } else {
            faults.add(
                FaultKind::Conflict,
                rows.span(),
                format!("表头行数不能是 {}", rows.get_ref()),
                format!("请写 1 至 {MAX_HEADER_ROWS}。"),
            );
        }
    }
    if let Some(join) = &typed.header_join {
        mapping.header_join = normalise(join.get_ref());
    }
    add_patterns(&mut mapping.panels, typed.panels.as_deref());
}

fn rows(typed: Option<&file::Rows>, to: &mut Rows) {
    let Some(typed) = typed else { return };
    add_patterns(&mut to.total, typed.total.as_deref());
    add_patterns(&mut to.sample, typed.sample.as_deref());
    add_patterns(&mut to.subtotal, typed.subtotal.as_deref());
    add_patterns(&mut to.grade, typed.grade.as_deref());
    add_patterns(&mut to.bonus, typed.bonus.as_deref());
    add_patterns(&mut to.penalty, typed.penalty.as_deref());
    add_patterns(&mut to.total_cap, typed.total_cap.as_deref());
    add_patterns(&mut to.correction, typed.correction.as_deref());
    add_patterns(&mut to.waiver, typed.waiver.as_deref());
    add_patterns(&mut to.part, typed.part.as_deref());
    add_patterns(&mut to.placeholder, typed.placeholder.as_deref());
    add_patterns(&mut to.instruction, typed.instruction.as_deref());
    add_patterns(&mut to.reverse_note, typed.reverse_note.as_deref());
    add_patterns(&mut to.rule_note, typed.rule_note.as_deref());
}

fn grades(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    let Some(rules) = &typed.grades else { return };
    let mut bands: Vec<GradeBand> = Vec::new();
    for rule in rules {
        let (Some(name), Some(from)) = (&rule.name, &rule.from) else { continue };
        let low = Score::new(from.get_ref().get());
        if bands.last().is_some_and(|last| last.from <= low) {
            faults.add(
                FaultKind::Conflict,
                from.span(),
                format!("等级“{}”的最低分不低于上一个等级", name.get_ref()),
                "等级请从高到低写。",
            );
        }
        bands.push(GradeBand { name: name.get_ref().clone(), from: low });
    }
    if let Some((last, band)) = rules.last().zip(bands.last()).filter(|(_, band)| !band.from.is_zero()) {
        faults.add(
            FaultKind::Conflict,
            last.from.as_ref().map_or_else(|| last.span.clone(), Spanned::span),
            format!("低于 {} 分没有等级", band.from),
            "最后一个等级的 from 请写 0。",
        );
    }
    mapping.grades = bands;
}

fn recognise(typed: &File, mapping: &mut Mapping) {
    let Some(own) = &typed.recognise else { return };
    let take = |typed: &Option<Vec<Spanned<Column>>>, to: &mut Vec<Column>| {
        if let Some(typed) = typed {
            *to = typed.iter().map(|column| *column.get_ref()).collect();
        }
    };
    take(&own.columns, &mut mapping.recognise.columns);
    take(&own.any, &mut mapping.recognise.any);
    take(&own.without, &mut mapping.recognise.without);
    take(&own.titled, &mut mapping.recognise.titled);
    add_patterns(&mut mapping.recognise.without_titles, own.without_titles.as_deref());
    add_patterns(&mut mapping.recognise.titles, own.titles.as_deref());
    let words = own.after_project.iter().flatten();
    mapping.recognise.after_project.extend(words.map(|word| normalise(word.get_ref())));
    add_patterns(&mut mapping.recognise.project, own.project.as_deref());
    add_patterns(&mut mapping.recognise.agency, own.agency.as_deref());
}

impl Faults {
    /// Where something in this file stands.
    pub(super) fn origin(&self, span: &Range<usize>) -> Origin {
        let (line, column) = self.position(span.start);
        Origin { file: self.file_name().to_owned(), line, column }
    }
}
