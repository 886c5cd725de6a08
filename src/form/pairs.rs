//! The budget execution of a form without a budget block: amounts in pairs (`预算数： | 500 | 执行数： | 480`) beside a
//! label that states their points, or nothing but the points (`预算执行率权重（%） | 10`).

use super::fields::{self, Labelled};
use super::header::Header;
use super::view::View;
use super::{budget, names, which_budget};
use crate::base::{WHOLE, Weight};
use crate::mapping::{Column, FieldName, Mapping};
use crate::model::{BudgetBlock, Entry, Finding, FindingId, MoneyUnit, ScoreForm};

/// The budget row that the labelled cells make, where they say how many points it is worth.
pub(super) fn block(
    view: &View<'_>,
    mapping: &Mapping,
    heads: &[Labelled],
    header: &Header,
) -> Option<BudgetBlock> {
    of_amounts(view, mapping, heads, header).or_else(|| of_points(heads))
}

/// The only pair of amounts, with the points that a label to their left states.
fn of_amounts(
    view: &View<'_>,
    mapping: &Mapping,
    heads: &[Labelled],
    header: &Header,
) -> Option<BudgetBlock> {
    let only = |names: &[FieldName]| {
        let mut found = heads.iter().filter(|head| names.contains(&head.name) && !head.entry.is_blank());
        found.next().filter(|_| found.next().is_none())
    };
    let spent = only(&[FieldName::Spent])?;
    let base = only(&[FieldName::Adjusted, FieldName::Budget])?;
    let row = base.label_at.row();
    if spent.label_at.row() != row {
        return None;
    }
    let left = base.label_at.col().min(spent.label_at.col());
    let (label, points) = (0..left).rev().filter_map(|col| view.shown(row, col)).find_map(|item| {
        let points = names::stated_points(&item.key)?;
        Some((item, points))
    })?;
    // What is typed in the column of the scores is the score of this row, too.
    let scores = [Column::Score, Column::StatedScore].into_iter().find_map(|column| header.get(column));
    let score = scores.and_then(|column| view.shown(row, column.col)).map(|item| view.entry_at(item.at));
    let score =
        score.filter(|score| score.number().is_some() && *score != base.entry && *score != spent.entry);
    let unit = fields::amount_unit(view, base, heads, mapping);
    let own = fields::amount_unit(view, spent, heads, mapping).filter(|own| Some(*own) != unit);
    let amount = |of: FieldName| Some(base.entry.clone()).filter(|_| base.name == of);
    Some(BudgetBlock {
        label: label.cell.shown().split_whitespace().collect(),
        budget: amount(FieldName::Budget),
        adjusted: amount(FieldName::Adjusted),
        base: Some(base.entry.clone()),
        spent: Some(in_own_unit(spent, own)),
        weight: Some(view.entry_at(label.at)),
        points: Some(points),
        score,
        unit,
        ..BudgetBlock::default()
    })
}

/// A labelled amount in the unit that is said of it.
fn in_own_unit(head: &Labelled, unit: Option<MoneyUnit>) -> Entry {
    let entry = head.entry.clone();
    match unit {
        Some(unit) => budget::in_unit(entry, unit),
        None => entry,
    }
}

/// The rate that a label states, with the amounts that labels state: no points, a rate to be compared.
pub(super) fn rate(view: &View<'_>, mapping: &Mapping, heads: &[Labelled]) -> Option<BudgetBlock> {
    let only = |name: FieldName| {
        let mut found = heads.iter().filter(|head| head.name == name && !head.entry.is_blank());
        found.next().filter(|_| found.next().is_none())
    };
    let (rate, spent) = (only(FieldName::ExecutionRate)?, only(FieldName::Spent)?);
    let of = |column: Column| match column {
        Column::Adjusted => only(FieldName::Adjusted),
        _ => only(FieldName::Budget),
    };
    let unit = |head: &Labelled| fields::amount_unit(view, head, heads, mapping);
    let cell = |column: Column| of(column).map(|head| in_own_unit(head, unit(head)));
    let counts = which_budget::order(mapping, None).into_iter().find(|column| of(*column).is_some())?;
    let counted = cell(counts)?;
    Some(BudgetBlock {
        label: rate.label.clone(),
        budget: cell(Column::Budget),
        adjusted: cell(Column::Adjusted),
        other_base: which_budget::other(&cell, &counted),
        base: Some(counted),
        spent: Some(in_own_unit(spent, unit(spent))),
        rate: Some(rate.entry.clone()),
        unit: of(counts).and_then(unit).filter(|_| unit(spent).is_some()),
        ..BudgetBlock::default()
    })
}

/// The points of an execution of which the form states no amounts: they wait for a person.
fn of_points(heads: &[Labelled]) -> Option<BudgetBlock> {
    let head = heads.iter().find(|head| head.name == FieldName::ExecutionWeight && !head.entry.is_blank())?;
    let points = names::weight(&head.entry.cell)?;
    Some(BudgetBlock {
        label: head.label.clone(),
        weight: Some(head.entry.clone()),
        points: Some(points),
        ..BudgetBlock::default()
    })
}

/// Points that only a label states count where the indicators leave room for them: with indicators of 100 points the label
/// is about some of these.
pub(super) fn only_where_wanting(form: &mut ScoreForm) {
    let sum: Option<Vec<Weight>> = form.indicators.iter().map(|indicator| indicator.weight).collect();
    let whole = sum.and_then(Weight::sum) == Some(form.full.unwrap_or(Weight::from(WHOLE)));
    // The same row once more among the indicators is scored there.
    let typed = form.budget.first().and_then(|row| Some(Weight::new(row.weight.as_ref()?.number()?.get())));
    let again = form.execution.as_ref().is_some_and(|rule| {
        form.indicators.iter().any(|one| one.name == rule.name && one.weight.is_some() && one.weight == typed)
    });
    if let Some(row) = form.budget.first_mut().filter(|row| whole && (again || row.points.is_some())) {
        row.points = None;
        row.weight = None;
    }
}

/// Points of the execution without the amounts that would earn them.
pub(super) fn without_amounts(row: &BudgetBlock) -> Option<Finding> {
    let points = row.points.filter(|_| row.base.is_none() || row.spent.is_none())?;
    let at = row.weight.as_ref().and_then(|entry| entry.at.clone());
    let message = format!("预算执行率占 {points} 分，表中没有写明预算数和执行数，请人工评分。");
    Some(Finding::new(FindingId::CriterionNotRead, at, message))
}
