//! The budget block: its columns and rows, and how its total row is scored.

use super::{add_patterns, columns::columns};
use crate::criterion;
use crate::mapping::checked::Budget;
use crate::mapping::file;
use crate::mapping::toml_read::{FaultKind, Faults};
use crate::mapping::words::Base;
use crate::model::{Execution, RateBase};

pub(super) fn budget(typed: &file::BudgetTable, to: &mut Budget, faults: &mut Faults) {
    columns(typed.columns.as_deref(), &mut to.columns, faults);
    add_patterns(&mut to.total, typed.total.as_deref());
    add_patterns(&mut to.labels, typed.labels.as_deref());
    if let Some(base) = &typed.base {
        to.base = match base.get_ref() {
            Base::Stated => None,
            Base::Budget => Some(RateBase::Budget),
            Base::Adjusted => Some(RateBase::Adjusted),
        };
    }
    if let Some(typed) = &typed.execution {
        execution(typed, &mut to.execution, faults);
    }
}

/// The child's words take the place of the parent's, each by itself.
fn execution(typed: &file::ExecutionRule, to: &mut Option<Execution>, faults: &mut Faults) {
    let execution = to.get_or_insert_default();
    let words = [
        (&typed.level1, &mut execution.level1),
        (&typed.level2, &mut execution.level2),
        (&typed.name, &mut execution.name),
        (&typed.criterion, &mut execution.criterion),
    ];
    for (typed, to) in words {
        if let Some(typed) = typed {
            typed.get_ref().clone_into(to);
        }
    }
    if let Some(typed) = &typed.criterion
        && let Err(refusal) = criterion::read(typed.get_ref(), &criterion::Context::default())
    {
        faults.add(FaultKind::Conflict, typed.span(), format!("评分规则没有读懂：{refusal}"), refusal.hint);
    }
}
