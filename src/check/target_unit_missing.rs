//! A number as target without a unit anywhere: in its cell, in a column of its own, or in the name. Where the form has a
//! column of units, its blank cell is what is wrong.

use super::Facts;
use crate::base::CellAt;
use crate::mapping::Column;
use crate::model::{Finding, FindingId, Indicator, LocatedForm};
use crate::notation::facts::is_unit_missing;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let bare = facts.all_rows().filter(|promise| {
        promise.row.target().is_some_and(|target| is_unit_missing(target, &promise.indicator.name))
    });
    let findings = bare.map(|promise| {
        let indicator = promise.indicator;
        let message = format!("“{}”的指标值“{}”没有写计量单位。", indicator.name, indicator.target_shown());
        match unit_cell(facts, indicator) {
            Some(at) => Finding::new(FindingId::UnitMissingForQuantity, Some(at), message),
            None => promise.at_target(FindingId::TargetUnitMissing, message),
        }
    });
    findings.collect()
}

/// The cell of the indicator's row in the form's column of units.
fn unit_cell(facts: &Facts, indicator: &Indicator) -> Option<CellAt> {
    let at = indicator.target.as_ref()?.at.as_ref()?;
    let inside = |form: &&LocatedForm| form.sheet == at.sheet && form.range.contains(at.cell);
    let form = facts.case.forms.iter().find(inside)?;
    let (_, _, col) = form.columns.iter().find(|(_, word, _)| word == Column::Unit.word())?;
    Some(CellAt { sheet: at.sheet.clone(), cell: at.cell.with_col(*col)? })
}
