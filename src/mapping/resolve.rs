//! From a typed file to a checked mapping: what it inherits is filled in, a contradiction is a fault.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use super::checked::{self, ColumnRule, Constraints, FieldRule, Mapping, Origin, Recognise, Rows};
use super::file::{self, File};
use super::title::{Pattern, normalise};
use super::toml_read::{FaultKind, Faults, nearest};
use super::words::{self, Column, Kind, Source, Unit};
use crate::base::{Number, Score};
use crate::criterion;
use crate::model::{Binding, FindingId, GradeBand, MoneyUnit, PartialStep};

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
    if let Some(budget) = &typed.budget {
        columns(budget.columns.as_deref(), &mut mapping.budget, faults);
        add_patterns(&mut mapping.budget_total, budget.total.as_deref());
        add_patterns(&mut mapping.budget_labels, budget.labels.as_deref());
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
    if let Some(typed) = &typed.checks {
        checks(typed, &mut mapping.checks, faults);
    }
    grades(typed, &mut mapping, faults);
    survey(typed, &mut mapping, faults);
    recognise(typed, &mut mapping, faults);
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
        budget: Vec::new(),
        checklist: Vec::new(),
        header_rows: MAX_HEADER_ROWS,
        header_join: ">".to_owned(),
        panels: Vec::new(),
        missing_values: Vec::new(),
        stop_when: Vec::new(),
        rows: Rows::default(),
        budget_total: Vec::new(),
        budget_labels: Vec::new(),
        partial_step: None,
        rubric: Vec::new(),
        grades: Vec::new(),
        bind: Vec::new(),
        aliases: Vec::new(),
        amounts: Vec::new(),
        answers: Vec::new(),
        satisfied: Vec::new(),
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

fn columns(typed: Option<&[file::ColumnRule]>, to: &mut Vec<ColumnRule>, faults: &mut Faults) {
    let mut seen: Vec<(Column, Option<Column>)> = Vec::new();
    let mut titles: Vec<(Pattern, Column, Option<Column>)> = Vec::new();
    for rule in typed.unwrap_or_default() {
        let Some(name) = &rule.name else { continue };
        let (column, after) = (*name.get_ref(), rule.after.as_ref().map(|after| *after.get_ref()));
        if seen.contains(&(column, after)) {
            faults.add(
                FaultKind::Conflict,
                name.span(),
                format!("`{}` 写了两次", column.word()),
                "请把两处的 titles 合并在一处。",
            );
            continue;
        }
        seen.push((column, after));
        for title in rule.titles.iter().flatten() {
            let pattern = Pattern::new(title.get_ref());
            let twin = titles.iter().find(|(have, _, have_after)| *have == pattern && *have_after == after);
            if let Some((_, other, _)) = twin {
                faults.add(
                    FaultKind::Conflict,
                    title.span(),
                    format!("标题“{}”已经属于 `{}`", title.get_ref(), other.word()),
                    "一个标题只能属于一列；位置不同的同名标题请用 after 区分。",
                );
            } else {
                titles.push((pattern, column, after));
            }
        }
        let own = ColumnRule {
            column,
            titles: patterns(rule.titles.as_deref()),
            after,
            constraints: rule.constraints.as_ref().map(constraints).unwrap_or_default(),
        };
        // A title that the child gives to one column is no longer the parent's for another.
        for inherited in to.iter_mut().filter(|have| have.column != column && have.after == after) {
            inherited.titles.retain(|title| !own.titles.contains(title));
        }
        match to.iter_mut().find(|have| have.column == column && have.after == after) {
            Some(inherited) => {
                let rest = std::mem::replace(&mut inherited.titles, own.titles);
                inherited.titles.extend(rest);
                if !own.constraints.is_empty() {
                    inherited.constraints = own.constraints;
                }
            }
            None => to.push(own),
        }
    }
}

fn constraints(typed: &file::Constraints) -> Constraints {
    Constraints {
        required: typed.required.as_ref().is_some_and(|required| *required.get_ref()),
        minimum: typed.minimum.as_ref().map(|minimum| *minimum.get_ref()),
        maximum: typed.maximum.as_ref().map(|maximum| *maximum.get_ref()),
        one_of: typed.one_of.iter().flatten().map(|word| normalise(word.get_ref())).collect(),
    }
}

fn fields(typed: Option<&[file::FieldRule]>, to: &mut Vec<FieldRule>) {
    for rule in typed.unwrap_or_default() {
        let Some(name) = &rule.name else { continue };
        let labels = patterns(rule.labels.as_deref());
        let unit = rule.unit.as_ref().map(|unit| money_unit(*unit.get_ref()));
        match to.iter_mut().find(|have| have.name == *name.get_ref()) {
            Some(inherited) => {
                let rest = std::mem::replace(&mut inherited.labels, labels);
                inherited.labels.extend(rest);
                inherited.unit = unit.or(inherited.unit);
            }
            None => to.push(FieldRule { name: *name.get_ref(), labels, unit }),
        }
    }
}

/// The unit as the model has it.
pub(super) fn money_unit(unit: Unit) -> MoneyUnit {
    match unit {
        Unit::Yuan => MoneyUnit::Yuan,
        Unit::TenThousand => MoneyUnit::TenThousand,
        Unit::HundredMillion => MoneyUnit::HundredMillion,
    }
}

fn rows(typed: Option<&file::Rows>, to: &mut Rows) {
    let Some(typed) = typed else { return };
    add_patterns(&mut to.total, typed.total.as_deref());
    add_patterns(&mut to.subtotal, typed.subtotal.as_deref());
    add_patterns(&mut to.grade, typed.grade.as_deref());
    add_patterns(&mut to.part, typed.part.as_deref());
    add_patterns(&mut to.placeholder, typed.placeholder.as_deref());
    add_patterns(&mut to.instruction, typed.instruction.as_deref());
}

/// Faults of a stated rule: it must be read for certain whatever the indicator's weight and target are.
fn rubric(indicator: &str, criterion: &Spanned<String>, faults: &mut Faults) {
    let name = indicator.replace('*', "");
    let context = criterion::Context { indicator: &name, ..criterion::Context::default() };
    if let Err(refusal) = criterion::read(criterion.get_ref(), &context) {
        faults.add(
            FaultKind::Unread,
            criterion.span(),
            format!("评分规则没有读懂：{refusal}"),
            "请用规范的句子写，日期写明年份，分项写成“①…，得2分；②…，得3分。”。",
        );
    }
}

fn entries(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    if let Some(word) = &typed.partial_step {
        mapping.partial_step = Some(match word.get_ref() {
            words::PartialStep::Proportional => PartialStep::Proportional,
            words::PartialStep::Up => PartialStep::Up,
            words::PartialStep::Down => PartialStep::Down,
        });
    }
    for rule in typed.rubric.iter().flatten() {
        let (Some(indicator), Some(criterion)) = (&rule.indicator, &rule.criterion) else { continue };
        rubric(indicator.get_ref(), criterion, faults);
        let origin = faults.origin(&rule.span);
        let indicator = Pattern::new(indicator.get_ref());
        mapping.rubric.push(checked::Rubric { indicator, criterion: criterion.get_ref().clone(), origin });
    }
    for rule in typed.bind.iter().flatten() {
        let (Some(indicator), Some(source)) = (&rule.indicator, &rule.source) else { continue };
        let source = match source.get_ref() {
            Source::Ledger => Binding::Ledger,
            Source::Survey => Binding::Survey,
        };
        let origin = faults.origin(&rule.span);
        mapping.bind.push(checked::Bind { indicator: Pattern::new(indicator.get_ref()), source, origin });
    }
    for rule in typed.aliases.iter().flatten() {
        let (Some(declared), Some(scored)) = (&rule.declared, &rule.scored) else { continue };
        let origin = faults.origin(&rule.span);
        if mapping
            .aliases
            .iter()
            .any(|have| have.origin.file == origin.file && have.declared == *declared.get_ref())
        {
            faults.add(
                FaultKind::Conflict,
                declared.span(),
                format!("“{}”已经有别名", declared.get_ref()),
                "申报表中的一个指标只能对应评分表中的一个指标。",
            );
            continue;
        }
        let (declared, scored) = (declared.get_ref().clone(), scored.get_ref().clone());
        mapping.aliases.push(checked::Alias { declared, scored, origin });
    }
    for rule in typed.amounts.iter().flatten() {
        let (Some(indicator), Some(first)) = (&rule.indicator, &rule.first) else { continue };
        mapping.amounts.push(checked::AmountRule {
            indicator: Pattern::new(indicator.get_ref()),
            first: *first.get_ref(),
            second: rule.second.as_ref().map(|second| *second.get_ref()),
            unit: rule.unit.as_ref().map(|unit| money_unit(*unit.get_ref())),
        });
    }
    if let Some(writable) = &typed.write_back {
        mapping.write_back = Some(writable.iter().map(|word| *word.get_ref()).collect());
    }
}

/// Lists and limits of the child take the place of the parent's; what is off stays off.
fn checks(typed: &file::Checks, to: &mut checked::Checks, faults: &mut Faults) {
    for id in typed.off.iter().flatten() {
        let Some(known) = FindingId::ALL.iter().find(|known| known.id() == id.get_ref()) else {
            let near = nearest(id.get_ref(), FindingId::ALL.iter().map(|known| known.id()));
            faults.add(
                FaultKind::UnknownWord,
                id.span(),
                format!("没有编号为 \"{}\" 的问题", id.get_ref()),
                near.map_or_else(String::new, |near| format!("是否要写 \"{near}\"？")),
            );
            continue;
        };
        to.off.push(*known);
    }
    let words = |texts: &[Spanned<String>]| texts.iter().map(|text| normalise(text.get_ref())).collect();
    if let Some(categories) = &typed.broad_categories {
        to.broad_categories = words(categories);
    }
    if let Some(reasons) = &typed.empty_reasons {
        to.empty_reasons = words(reasons);
    }
    let limit = |typed: &Option<Spanned<Number>>| typed.as_ref().map(|limit| *limit.get_ref());
    to.over_achieved_percent = limit(&typed.over_achieved_percent).or(to.over_achieved_percent);
    to.over_achieved_at_zero = limit(&typed.over_achieved_at_zero).or(to.over_achieved_at_zero);
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

fn survey(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    let words = |texts: &Option<Vec<Spanned<String>>>| -> Option<Vec<String>> {
        texts.as_ref().map(|texts| texts.iter().map(|text| normalise(text.get_ref())).collect())
    };
    if let Some(answers) = words(&typed.answers) {
        mapping.answers = answers;
    }
    if let Some(satisfied) = words(&typed.satisfied) {
        mapping.satisfied = satisfied;
    }
    for text in typed.satisfied.iter().flatten() {
        if !mapping.answers.contains(&normalise(text.get_ref())) {
            let near = nearest(text.get_ref(), mapping.answers.iter().map(String::as_str));
            faults.add(
                FaultKind::Conflict,
                text.span(),
                format!("answers 中没有“{}”", text.get_ref()),
                near.map_or_else(String::new, |near| format!("是否要写“{near}”？")),
            );
        }
    }
}

fn recognise(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    let defined: BTreeSet<Column> = mapping.columns.iter().map(|rule| rule.column).collect();
    let own = typed.recognise.as_ref();
    if let Some(own) = own {
        let mut take = |typed: &Option<Vec<Spanned<Column>>>, to: &mut Vec<Column>| {
            let Some(typed) = typed else { return };
            for column in typed.iter().filter(|column| !defined.contains(column.get_ref())) {
                let word = column.get_ref().word();
                faults.add(
                    FaultKind::Conflict,
                    column.span(),
                    format!("没有哪个 [[columns]] 的 name 是 \"{word}\""),
                    "请补上这一列，或从 recognise 中删去。",
                );
            }
            *to = typed.iter().map(|column| *column.get_ref()).collect();
        };
        take(&own.columns, &mut mapping.recognise.columns);
        take(&own.any, &mut mapping.recognise.any);
        take(&own.without, &mut mapping.recognise.without);
        add_patterns(&mut mapping.recognise.titles, own.titles.as_deref());
        let words = own.after_project.iter().flatten();
        mapping.recognise.after_project.extend(words.map(|word| normalise(word.get_ref())));
        add_patterns(&mut mapping.recognise.project, own.project.as_deref());
        add_patterns(&mut mapping.recognise.agency, own.agency.as_deref());
    }
    let place: Range<usize> = typed.kind.as_ref().map_or(0..0, Spanned::span);
    match mapping.kind {
        Kind::Case if mapping.recognise.project.is_empty() => faults.add(
            FaultKind::MissingKey,
            place,
            "项目的补充说明要写明是哪个项目",
            "请写 [recognise]，其中 project = [\"项目名称\"]。",
        ),
        Kind::Case | Kind::Common => {}
        _ if mapping.columns.is_empty() && typed.extends.is_none() => faults.add(
            FaultKind::MissingKey,
            place,
            "没有写任何列",
            "请用 [[columns]] 写明各列，或用 extends 引用一份已有的映射。",
        ),
        _ if mapping.recognise.columns.is_empty() && typed.extends.is_none() => faults.add(
            FaultKind::MissingKey,
            place,
            "没有写怎样认出这种表",
            "请写 [recognise]，其中 columns 列出必须有的列。",
        ),
        _ => {}
    }
}

impl Faults {
    /// Where something in this file stands.
    pub(super) fn origin(&self, span: &Range<usize>) -> Origin {
        let (line, column) = self.position(span.start);
        Origin { file: self.file_name().to_owned(), line, column }
    }
}
