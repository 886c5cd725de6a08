//! Weights typed as shares of the whole: `0.2` under 权重（%）, or `20%` in a percent cell. Scores are points out of 100.
//!
//! Shares that add up to exactly 1 are points for certain. Weights of at most 1 that add up to anything else are not
//! taken. Scores typed as shares are not taken, either: beside scores in points they could not be added up in the form.

use super::names;
use crate::base::{Number, Weight};
use crate::model::{Entry, Finding, FindingId, Indicator, ScoreForm};
use crate::sheet::{Cell, NumberFormat, Value};

const HUNDRED: u32 = 100;

/// Makes points of weights that are shares.
pub(super) fn convert(form: &mut ScoreForm, findings: &mut Vec<Finding>) {
    unfit_cells(form);
    let shares = match scale(form) {
        Scale::Points => {
            percentages_beside_points(form, findings);
            return;
        }
        Scale::Unclear(sum) => {
            unclear(form, &sum, findings);
            return;
        }
        Scale::Shares { plain } => plain,
    };
    let at = form.indicators.iter().find_map(weight_at);
    for indicator in &mut form.indicators {
        if !indicator.weight_entry.as_ref().is_some_and(is_percent) {
            indicator.weight = indicator.weight.and_then(hundredfold);
        }
        // The cell does not hold the points that count.
        indicator.weight_entry = None;
    }
    for level in form.levels.iter_mut().filter(|level| level.weight <= Weight::from(1)) {
        level.weight = hundredfold(level.weight).unwrap_or(level.weight);
    }
    if let Some(block) = form.budget.first_mut() {
        let points = block.weight.as_ref().and_then(points_of);
        block.weight = points.map(|points| {
            let value = Value::Number(points.number());
            Entry { at: None, cell: Cell { value, ..Cell::default() } }
        });
    }
    form.full = Some(Weight::from(HUNDRED));
    form.total.weight = None;
    let dropped = drop_shares(form);
    if !(shares || dropped) {
        return;
    }
    let mut message = "分值填的是占总分的比例，合计为 1（100%），已按 100 分折算。".to_owned();
    if dropped {
        message.push_str("填报的得分也是比例，没有采用。");
    }
    findings.push(Finding::new(FindingId::WeightsAsShares, at, message));
}

/// What the weights are counted in.
enum Scale {
    Points,
    /// Shares of the whole, some of them as plain numbers.
    Shares {
        plain: bool,
    },
    /// Shares perhaps; with what they add up to.
    Unclear(String),
}

fn scale(form: &ScoreForm) -> Scale {
    let entry = |indicator: &Indicator| indicator.weight_entry.as_ref().is_some_and(is_percent);
    let known: Vec<(bool, Weight)> =
        form.indicators.iter().filter_map(|i| Some((entry(i), i.weight?))).collect();
    let plain: Vec<Weight> =
        known.iter().filter(|(percent, _)| !percent).map(|(_, weight)| *weight).collect();
    let percent = known.len() > plain.len();
    let execution = form.budget.first().and_then(|block| block.weight.as_ref());
    let small = plain.iter().all(|weight| *weight <= Weight::from(1));
    let sum = Weight::sum(plain.iter().copied()).unwrap_or_default();
    if plain.is_empty() {
        return if percent { Scale::Shares { plain: false } } else { Scale::Points };
    }
    if !small || sum == Weight::default() {
        return Scale::Points;
    }
    let execution_number = execution.and_then(Entry::number).map(|number| Weight::new(number.get()));
    let large = execution_number.is_some_and(|number| number > Weight::from(1));
    let points =
        known.iter().map(|(percent, weight)| if *percent { Some(*weight) } else { hundredfold(*weight) });
    let points = points.chain(execution.map(points_of).filter(Option::is_some));
    let whole = points.collect::<Option<Vec<Weight>>>().and_then(Weight::sum);
    let read = known.len() == form.indicators.len() && !large;
    if read && whole == Some(Weight::from(HUNDRED)) {
        Scale::Shares { plain: true }
    } else {
        Scale::Unclear(sum.to_string())
    }
}

/// Weights of at most 1 that are neither points nor shares for certain.
fn unclear(form: &mut ScoreForm, sum: &str, findings: &mut Vec<Finding>) {
    let at = form.indicators.iter().find_map(weight_at);
    let message = format!("各指标分值都不超过 1，合计 {sum}，不能确定是按 1 还是按 100 计分，没有采用。");
    findings.push(Finding::new(FindingId::WeightsScaleUnclear, at, message));
    for indicator in &mut form.indicators {
        indicator.weight = None;
    }
}

/// A score in percent beside weights in points may be a rate.
fn percentages_beside_points(form: &mut ScoreForm, findings: &mut Vec<Finding>) {
    for indicator in &mut form.indicators {
        let Some(typed) = typed_of(indicator).filter(|typed| is_percent(typed)) else { continue };
        let shown = typed.shown();
        let message = format!("得分“{shown}”是百分数，而分值是分数，不能确定是几分，没有采用。");
        findings.push(Finding::new(FindingId::WeightsScaleUnclear, typed.at.clone(), message));
        drop_typed(indicator);
    }
}

/// Takes out the typed scores that are shares; says whether there were any.
fn drop_shares(form: &mut ScoreForm) -> bool {
    let is_share = |indicator: &Indicator| {
        let typed = typed_of(indicator)?;
        let share = indicator.weight?.number().over(Number::from(HUNDRED))?;
        let number = typed.number()?;
        (!number.is_zero()).then_some(is_percent(typed) || number <= share)
    };
    if !form.indicators.iter().any(|indicator| is_share(indicator) == Some(true)) {
        return false;
    }
    // Beside shares not even a large number is points for certain.
    form.indicators.iter_mut().for_each(drop_typed);
    form.total.stated_score = None;
    form.total.score = form.total.score.take().filter(Entry::is_blank);
    if let Some(block) = form.budget.first_mut() {
        block.score = block.score.take().filter(Entry::is_blank);
    }
    true
}

/// Cells that show a share are no place for points.
fn unfit_cells(form: &mut ScoreForm) {
    let fit = |entry: &Entry| !(entry.is_blank() && matches!(entry.cell.format, NumberFormat::Percent(_)));
    for indicator in &mut form.indicators {
        indicator.score = indicator.score.take().filter(fit);
    }
    form.total.score = form.total.score.take().filter(fit);
    if let Some(block) = form.budget.first_mut() {
        block.score = block.score.take().filter(fit);
    }
}

fn typed_of(indicator: &Indicator) -> Option<&Entry> {
    [&indicator.score, &indicator.stated_score].into_iter().flatten().find(|entry| !entry.is_blank())
}

fn drop_typed(indicator: &mut Indicator) {
    indicator.stated_score = None;
    indicator.score = indicator.score.take().filter(Entry::is_blank);
}

/// The points that a weight's cell states as a share.
fn points_of(entry: &Entry) -> Option<Weight> {
    let weight = names::weight(&entry.cell)?;
    if is_percent(entry) || weight > Weight::from(1) { Some(weight) } else { hundredfold(weight) }
}

fn hundredfold(weight: Weight) -> Option<Weight> {
    Some(Weight::new(weight.number().times(Number::from(HUNDRED))?.normalize().get()))
}

/// Whether a cell holds a number shown, or typed, in percent.
fn is_percent(entry: &Entry) -> bool {
    match &entry.cell.value {
        Value::Number(_) => matches!(entry.cell.format, NumberFormat::Percent(_)),
        Value::Text(text) => names::weight(&entry.cell).is_some() && text.contains(['%', '％']),
        _ => false,
    }
}

fn weight_at(indicator: &Indicator) -> Option<crate::base::CellAt> {
    indicator.weight_entry.as_ref()?.at.clone()
}
