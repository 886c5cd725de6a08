//! Columns and label → value cells: a child's come before those of the mapping that it extends.

use super::patterns;
use crate::mapping::checked::{ColumnRule, Constraints, FieldRule};
use crate::mapping::column::Column;
use crate::mapping::file;
use crate::mapping::title::{Pattern, normalise};
use crate::mapping::toml_read::{FaultKind, Faults};
use crate::mapping::words::Unit;
use crate::model::MoneyUnit;

pub(super) fn columns(typed: Option<&[file::ColumnRule]>, to: &mut Vec<ColumnRule>, faults: &mut Faults) {
    for inherited in to.iter_mut() {
        inherited.own = 0;
        inherited.told = false;
    }
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
        let titles = patterns(rule.titles.as_deref());
        let own = ColumnRule {
            column,
            own: titles.len(),
            titles,
            told: false,
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
                inherited.own = own.own;
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

pub(super) fn fields(typed: Option<&[file::FieldRule]>, to: &mut Vec<FieldRule>) {
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
        Unit::Thousand => MoneyUnit::Thousand,
        Unit::TenThousand => MoneyUnit::TenThousand,
        Unit::HundredMillion => MoneyUnit::HundredMillion,
    }
}
