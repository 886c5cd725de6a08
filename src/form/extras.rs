//! Points beyond those of the whole form: 附加分 is earned above the 100, 扣分项 takes off them.

use super::view::View;
use crate::base::{Number, WHOLE, Weight};
use crate::mapping::Mapping;
use crate::mapping::title::{any_matches, normalise};
use crate::model::{BudgetBlock, Entry, Extra, Indicator, ScoreForm};
use crate::sheet::{Cell, NumberFormat, Value};

/// Whether an indicator of these levels and this name is beyond the whole.
pub(super) fn of(mapping: &Mapping, names: [&str; 3]) -> Option<Extra> {
    let keys = names.map(normalise);
    let is = |patterns| keys.iter().any(|key| any_matches(patterns, key));
    match (is(&mapping.rows.bonus), is(&mapping.rows.penalty)) {
        (true, false) => Some(Extra::Bonus),
        (false, true) => Some(Extra::Penalty),
        _ => None,
    }
}

/// The most that the total may be, where a note, the total row or a row of such points says so.
pub(super) fn cap(
    view: &View<'_>,
    mapping: &Mapping,
    form: &ScoreForm,
    notes: &[Entry],
    skipped: &[(u32, String)],
) -> Option<Weight> {
    let extras = form.indicators.iter().filter(|indicator| indicator.extra.is_some());
    let mut rows: Vec<u32> = extras.filter_map(|one| Some(one.name_entry.at.as_ref()?.cell.row())).collect();
    if rows.is_empty() {
        return None;
    }
    rows.extend(skipped.iter().filter(|(_, why)| why == "合计行").map(|(row, _)| *row));
    let says = |text: &str| mapping.rows.total_cap.iter().any(|pattern| pattern.matches(&normalise(text)));
    let said = notes.iter().any(|note| says(&note.shown()))
        || rows.into_iter().flat_map(|row| view.row(row)).any(|item| says(&item.cell.shown()));
    said.then(|| Weight::from(WHOLE))
}

/// Decides what is beyond the whole once all rows are there: where the form is whole only with its 加分项, these are a part
/// of it. Points taken off count below zero, however they are typed.
pub(super) fn decide_extras(form: &mut ScoreForm) {
    let points = |bonus: bool| -> Option<Weight> {
        let inside = form.indicators.iter().filter(|one| match one.extra {
            None => !bonus,
            Some(Extra::Bonus) => bonus,
            Some(Extra::Penalty) => false,
        });
        Weight::sum(inside.map(|one| one.weight).collect::<Option<Vec<_>>>()?)
    };
    let execution = form.budget.first().and_then(block_points).unwrap_or_default();
    let base = points(false).and_then(|base| base.plus(execution));
    let all = base.zip(points(true)).and_then(|(base, bonus)| base.plus(bonus));
    let whole = Weight::from(WHOLE);
    let stated = form.full.unwrap_or(whole);
    let within = base != Some(whole) && all == Some(stated) && stated <= whole;
    for indicator in &mut form.indicators {
        match indicator.extra {
            Some(Extra::Bonus) if within => indicator.extra = None,
            Some(Extra::Penalty) => take_off(indicator),
            _ => {}
        }
    }
}

fn block_points(block: &BudgetBlock) -> Option<Weight> {
    block.points.or_else(|| Some(Weight::new(block.weight.as_ref()?.number()?.get())))
}

/// A penalty that is typed as what it takes off (2) is −2.
fn take_off(indicator: &mut Indicator) {
    let mut changed = false;
    for entry in [&mut indicator.stated_score, &mut indicator.score].into_iter().flatten() {
        let typed = entry.number().filter(|number| !number.is_negative() && !number.is_zero());
        if let Some(number) = typed.and_then(|number| Number::ZERO.minus(number)) {
            entry.cell = Cell { value: Value::Number(number), format: NumberFormat::General, formula: None };
            changed = true;
        }
    }
    indicator.rescaled |= changed;
}
