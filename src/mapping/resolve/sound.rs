//! Whether a mapping can read anything at all: one that cannot is a fault, not a form that is never found.

use std::ops::Range;

use toml::Spanned;

use crate::mapping::checked::{ColumnRule, Mapping};
use crate::mapping::column::Column;
use crate::mapping::compose::{self, Table};
use crate::mapping::file::File;
use crate::mapping::index::FormTable;
use crate::mapping::toml_read::{FaultKind, Faults};
use crate::mapping::words::Kind;

/// Kinds that may build on one another: a score sheet is a self-evaluation with criteria.
const SCORED: [Kind; 2] = [Kind::SelfEvaluation, Kind::ScoreSheet];

pub(super) fn check(typed: &File, parent: Option<&Mapping>, mapping: &Mapping, faults: &mut Faults) {
    // A file without a kind has a fault already.
    if typed.kind.is_none() {
        return;
    }
    kinds(typed, parent, faults);
    let place: Range<usize> = typed.kind.as_ref().map_or(0..0, Spanned::span);
    match mapping.kind {
        Kind::Case if mapping.recognise.project.is_empty() => faults.add(
            FaultKind::MissingKey,
            place,
            "项目的补充说明要写明是哪个项目",
            "请写 [recognise]，其中 project = [\"项目名称\"]。",
        ),
        Kind::Case | Kind::Common | Kind::Roster => {}
        // A parent that is not there is said at its name.
        _ if typed.extends.is_some() && parent.is_none() => {}
        _ if mapping.columns.is_empty() => faults.add(
            FaultKind::MissingKey,
            place,
            "没有写任何列，什么表也读不了",
            "请用 [[columns]] 写明各列，或用 extends 引用一份已有的映射。",
        ),
        _ => {
            titled(typed, mapping, faults);
            recognised(typed, mapping, &place, faults);
        }
    }
}

/// A kind that contradicts the kind of the mapping it builds on.
fn kinds(typed: &File, parent: Option<&Mapping>, faults: &mut Faults) {
    let (Some(kind), Some(extends), Some(parent)) = (&typed.kind, &typed.extends, parent) else { return };
    let own = *kind.get_ref();
    let fits = own == parent.kind
        || parent.kind == Kind::Common
        || SCORED.contains(&own) && SCORED.contains(&parent.kind);
    if fits {
        return;
    }
    faults.add(
        FaultKind::Conflict,
        kind.span(),
        format!(
            "kind = \"{}\"（{}）与 extends = \"{}\"（{}）矛盾",
            own.word(),
            own.chinese(),
            extends.get_ref(),
            parent.kind.chinese()
        ),
        format!("请把 kind 改为 \"{}\"，或用 extends 引用一份{}的映射。", parent.kind.word(), own.chinese()),
    );
}

/// A column without titles, its own or inherited, is never found.
fn titled(typed: &File, mapping: &Mapping, faults: &mut Faults) {
    let budget = typed.budget.as_ref().and_then(|budget| budget.columns.as_deref());
    let checklist = typed.checklist.as_ref().and_then(|checklist| checklist.columns.as_deref());
    let tables = [
        (typed.columns.as_deref(), FormTable::Main),
        (budget, FormTable::Budget),
        (checklist, FormTable::Checklist),
    ];
    for (rules, table) in tables {
        for rule in rules.unwrap_or_default() {
            let (Some(name), Some(_)) = (&rule.name, &rule.titles) else { continue };
            let after = rule.after.as_ref().map(|after| *after.get_ref());
            let same = |have: &&ColumnRule| have.column == *name.get_ref() && have.after == after;
            if mapping.columns_of(table).iter().find(same).is_some_and(|have| have.titles.is_empty()) {
                faults.add(
                    FaultKind::MissingKey,
                    name.span(),
                    format!("`{}` 没有写任何标题", name.get_ref().word()),
                    "请在 titles 中写明表里的标题，或删去这一列。",
                );
            }
        }
    }
}

/// What the form is recognised by must be there to find, and must not be forbidden.
fn recognised(typed: &File, mapping: &Mapping, place: &Range<usize>, faults: &mut Faults) {
    let asked = &mapping.recognise;
    if asked.columns.is_empty() && asked.any.is_empty() && asked.titled.is_empty() {
        faults.add(
            FaultKind::MissingKey,
            place.clone(),
            "没有写怎样认出这种表",
            "请写 [recognise]，其中 columns 列出必须有的列。",
        );
    }
    let own = typed.recognise.as_ref();
    let said = own.and_then(|own| own.columns.as_ref());
    let lists = [
        (said, &asked.columns),
        (own.and_then(|own| own.any.as_ref()), &asked.any),
        (own.and_then(|own| own.without.as_ref()), &asked.without),
        (own.and_then(|own| own.titled.as_ref()), &asked.titled),
    ];
    for (at, (typed, all)) in lists.into_iter().enumerate() {
        // What is forbidden need not be there; a list of which one is enough may name more than there is, if inherited.
        let inherited = at == 0;
        for column in all {
            let span = typed.map(|typed| typed.iter().find(|own| own.get_ref() == column));
            let span = match span {
                Some(own) => own.map_or_else(|| place.clone(), Spanned::span),
                None if inherited => place.clone(),
                None => continue,
            };
            if !mapping.columns.iter().any(|rule| rule.column == *column) {
                faults.add(
                    FaultKind::Conflict,
                    span,
                    format!("没有哪个 [[columns]] 的 name 是 \"{}\"", column.word()),
                    "请补上这一列，或从 recognise 中删去。",
                );
            } else if !mapping
                .columns
                .iter()
                .any(|rule| rule.column == *column && is_given(mapping.kind, rule))
            {
                faults.add(
                    FaultKind::Conflict,
                    span,
                    format!("没有任何标题能成为 \"{}\" 一列，表不会被认出", column.word()),
                    "它没有标题，或标题都已经归了别的列；请给它写 titles，或从 recognise 中删去。",
                );
            }
        }
    }
    forbidden(typed, mapping, place, faults);
}

/// Whether some title gives the column: one that is listed, or one that is composed of words.
fn is_given(kind: Kind, rule: &ColumnRule) -> bool {
    let table = Table::of(kind, FormTable::Main);
    !rule.titles.is_empty() || rule.after.is_none() && compose::gives(rule.column, table)
}

/// A column that must be there and must not.
fn forbidden(typed: &File, mapping: &Mapping, place: &Range<usize>, faults: &mut Faults) {
    let asked = &mapping.recognise;
    let own = typed.recognise.as_ref();
    let find = |list: Option<&Vec<Spanned<Column>>>, column: Column| {
        let mut all = list.into_iter().flatten();
        all.find(|own| *own.get_ref() == column).map(Spanned::span)
    };
    let without = |column: &&Column| asked.without.contains(column);
    for column in asked.columns.iter().filter(without) {
        let span = find(own.and_then(|own| own.columns.as_ref()), *column);
        let span = span.or_else(|| find(own.and_then(|own| own.without.as_ref()), *column));
        faults.add(
            FaultKind::Conflict,
            span.unwrap_or_else(|| place.clone()),
            format!("\"{}\" 既必须有（columns）又不能有（without），表不会被认出", column.word()),
            match typed.extends.as_ref().filter(|_| own.is_none_or(|own| own.without.is_none())) {
                Some(parent) => format!(
                    "without 来自 {}；请在 [recognise] 中另写 without，或改用别的 extends。",
                    parent.get_ref()
                ),
                None => "请从其中一处删去。".to_owned(),
            },
        );
    }
    if !asked.any.is_empty() && asked.any.iter().all(|column| asked.without.contains(column)) {
        let span = own.and_then(|own| own.any.as_ref().or(own.without.as_ref()));
        let span = span.and_then(|list| list.first()).map_or_else(|| place.clone(), Spanned::span);
        faults.add(
            FaultKind::Conflict,
            span,
            "any 中的列都不能有（without），表不会被认出",
            "请从其中一处删去。",
        );
    }
}
