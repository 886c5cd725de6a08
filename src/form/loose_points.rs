//! Points that the form may hold outside of what was read as points: where the indicators are short of the whole and a block
//! beside them was not read, or not its points, the grade stays open.

use super::completeness;
use super::fields::Labelled;
use super::recognise::FoundForm;
use super::view::View;
use crate::base::{CellAt, WHOLE, Weight};
use crate::form::names;
use crate::model::{Finding, FindingId, ScoreForm};

/// What a block beside the indicators is worth.
const BLOCK: [u32; 2] = [10, 20];

/// Cells outside of the tables that may hold the points of a block.
pub(super) fn find(
    view: &View<'_>,
    form: &FoundForm,
    tables: &[(u32, u32)],
    heads: &[Labelled],
) -> Vec<(CellAt, Weight)> {
    // A checklist goes on as far as the table below it.
    let checklist =
        form.checklist.iter().zip(form.headers.first()).map(|(list, first)| (list.top, first.top));
    let tables: Vec<(u32, u32)> = checklist.chain(tables.iter().copied()).collect();
    let taken: Vec<&CellAt> = heads.iter().filter_map(|head| head.entry.at.as_ref()).collect();
    let outside = view
        .rows(form.rows.0, form.rows.1)
        .filter(|(row, _)| !tables.iter().any(|(first, last)| (*first..=*last).contains(row)));
    let cells = outside.flat_map(|(_, items)| items).filter_map(|item| {
        let at = view.address(item.at);
        let number = view.entry_at(item.at).number().map(|number| Weight::new(number.get()));
        let points = number.or_else(|| names::stated_points(&item.key))?;
        let fits = BLOCK.iter().any(|block| points == Weight::from(*block));
        (fits && !taken.contains(&&at)).then_some((at, points))
    });
    cells.collect()
}

/// Keeps the grade open where points are wanting that may stand in one of these cells, or in a budget block that was read
/// without its points.
pub(super) fn keep_open(form: &mut ScoreForm, loose: &[(CellAt, Weight)], findings: &mut Vec<Finding>) {
    let execution = completeness::execution(form).or_else(|| form.budget.first()?.points);
    let weights = form.indicators.iter().filter(|one| one.extra.is_none()).map(|one| one.weight);
    let Some(sum) = weights.chain([Some(execution.unwrap_or_default())]).collect::<Option<Vec<_>>>() else {
        return;
    };
    let Some(sum) = Weight::sum(sum) else { return };
    let full = form.full.unwrap_or(Weight::from(WHOLE));
    let Some(block) = BLOCK.iter().copied().find(|block| sum.plus(Weight::from(*block)) == Some(full)) else {
        return;
    };
    let unread = loose.iter().find(|(_, points)| *points == Weight::from(block)).map(|(at, _)| at.clone());
    let bare = form.budget.first().filter(|_| execution.is_none());
    let bare =
        bare.and_then(|row| [&row.rate, &row.spent, &row.adjusted, &row.budget].into_iter().flatten().next());
    let Some(at) = unread.or_else(|| bare?.at.clone()) else { return };
    let message = format!(
        "各指标分值合计 {sum} 分，比 {full} 分少 {block} 分，这里像是另有 {block} 分（如预算执行），没有读到它的分值和得分，暂不定等级。"
    );
    findings.push(Finding::new(FindingId::PointsNotRead, Some(at), message));
    form.points_unread = true;
    form.part_unread = true;
}
