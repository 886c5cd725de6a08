//! What stands below a table's total: points given or taken off, a second opinion, another table. It is in no total, and
//! what it means for the total only a person can say.

use super::Body;
use crate::base::{Number, WHOLE, Weight};
use crate::form::names;
use crate::model::{Entry, Finding, FindingId, Indicator, Subtotal};

/// Why a row below the total was not read.
pub(in crate::form) const BELOW_TOTAL: &str = "合计行下面的行";

/// Why a row over the whole table, with points or a score, was not read.
pub(in crate::form) const UNKNOWN_ROW: &str = "不明的合计或说明行";

/// Why a row was not read that repeats the one above, or is a part of it.
pub(in crate::form) const REPEATED_ROW: &str = "上一行的重复或其中项";
/// What the first of the parts of an indicator begins with.
const PART: &str = "其中";
/// Parts of one indicator at most.
const MAX_PARTS: usize = 10;

/// Takes the rows that are the total by another name, or by none, for what they are: points of all rows before, and nothing
/// that they are for. With the points of the budget's execution, or without.
pub(in crate::form) fn unnamed_totals(body: &mut Body, execution: Option<Weight>) {
    if body.total_row.is_some() {
        return;
    }
    let Some(at) = (2..body.indicators.len()).find(|at| is_unnamed_total(body, *at, execution)) else {
        return;
    };
    let row = body.indicators.remove(at);
    forget(body, &row);
    is_total(body, row);
    body.skipped.sort();
}

/// Takes a row for the total's.
fn is_total(body: &mut Body, row: Indicator) {
    let place = row.name_entry.at.as_ref().map(|place| place.cell.row());
    body.skipped.extend(place.map(|row| (row, "合计行".to_owned())));
    body.total_row = place;
    let total = &mut body.total;
    total.weight = total.weight.take().or(row.weight_entry);
    total.stated_score = total.stated_score.take().or(row.stated_score);
    total.score = total.score.take().or(row.score);
}

fn is_unnamed_total(body: &Body, at: usize, execution: Option<Weight>) -> bool {
    let Some((row, above)) = body.indicators.get(..=at).and_then(<[Indicator]>::split_last) else {
        return false;
    };
    let last = body.indicators.len() == at.saturating_add(1);
    // A level that repeats the points of what is above it stands over indicators of its own.
    let whole = row.weight == Some(Weight::from(WHOLE));
    (last || whole) && row.is_bare() && row.weight.is_some() && sums(above, execution).contains(&row.weight)
}

/// Takes rows without target, actual and criterion out where the points are whole without them, and not with them: sums of
/// the rows above by whatever name, or, where they add up nothing, rows that a person must explain.
pub(in crate::form) fn bare_sums(body: &mut Body, execution: Option<Weight>) {
    let whole = Some(Weight::from(WHOLE));
    let is_odd = |row: &Indicator| row.is_bare() && row.extra.is_none();
    let rest: Vec<Indicator> = body.indicators.iter().filter(|row| !is_odd(row)).cloned().collect();
    let some = rest.len() < body.indicators.len();
    if !some || sums(&body.indicators, execution).contains(&whole) || !sums(&rest, execution).contains(&whole)
    {
        return;
    }
    let mut since = 0;
    let mut kept: Vec<Indicator> = Vec::new();
    for row in std::mem::take(&mut body.indicators) {
        if !is_odd(&row) {
            kept.push(row);
            continue;
        }
        let runs = [kept.get(since..).unwrap_or_default(), kept.as_slice()];
        let run = runs.into_iter().find(|run| row.weight.is_some() && sums(run, None).contains(&row.weight));
        let last = row.weight == whole && sums(&kept, execution).contains(&whole);
        forget(body, &row);
        let place = row.name_entry.at.as_ref().map(|at| at.cell.row());
        if last && body.total_row.is_none() {
            is_total(body, row);
            continue;
        }
        let reason = match run {
            Some(_) => "小计行",
            None if body.total_row.is_some() && body.total_row < place => BELOW_TOTAL,
            None => UNKNOWN_ROW,
        };
        body.skipped.extend(place.map(|row| (row, reason.to_owned())));
        if let Some(run) = run {
            body.subtotals.push(Subtotal {
                label: row.name.clone(),
                weight: row.weight_entry,
                stated_score: row.stated_score,
                score: row.score,
                deduction: None,
                addends: run.iter().filter_map(|one| one.name_entry.at.clone()).collect(),
            });
            since = kept.len();
        }
    }
    body.indicators = kept;
    body.skipped.sort();
}

/// Takes rows out that make the points more than a whole because they are the row above once more, as on the next page, or
/// its parts (其中): a person says what they are.
pub(in crate::form) fn repeated_rows(body: &mut Body, execution: Option<Weight>) {
    let whole = Weight::from(WHOLE).number();
    let excess = sums(&body.indicators, execution).map(|sum| sum.and_then(|sum| sum.number().minus(whole)));
    let excess: Vec<Number> =
        excess.into_iter().flatten().filter(|more| !more.is_zero() && !more.is_negative()).collect();
    if excess.is_empty() || sums(&body.indicators, execution).contains(&Some(Weight::from(WHOLE))) {
        return;
    }
    let is_run = |from: usize, count: usize| {
        let run = body.indicators.get(from..from.saturating_add(count)).unwrap_or_default();
        let Some(over) = from.checked_sub(1).and_then(|at| body.indicators.get(at)) else { return false };
        let sum = run.iter().map(|one| one.weight).collect::<Option<Vec<_>>>().and_then(Weight::sum);
        let same = |one: &Indicator| one.name == over.name && one.weight == over.weight;
        let parts = run.first().is_some_and(|one| one.name.starts_with(PART)) && sum == over.weight;
        run.len() == count
            && sum.is_some_and(|sum| excess.contains(&sum.number()))
            && (parts || run.iter().all(same))
    };
    let runs = (1..body.indicators.len()).flat_map(|from| (1..=MAX_PARTS).map(move |count| (from, count)));
    let Some((from, count)) = runs.into_iter().find(|(from, count)| is_run(*from, *count)) else { return };
    for row in body.indicators.drain(from..from.saturating_add(count)).collect::<Vec<_>>() {
        forget(body, &row);
        let place = row.name_entry.at.as_ref().map(|at| at.cell.row());
        body.skipped.extend(place.map(|row| (row, REPEATED_ROW.to_owned())));
    }
    body.skipped.sort();
}

/// Leaves rows below the total to a person, where the total is that of a whole form without them.
pub(in crate::form) fn below_total(body: &mut Body, execution: Option<Weight>) {
    let Some(total_row) = body.total_row else { return };
    let below = |one: &Indicator| one.name_entry.at.as_ref().is_some_and(|at| at.cell.row() > total_row);
    let split = body.indicators.iter().position(below).unwrap_or(body.indicators.len());
    let (above, rest) = body.indicators.split_at_checked(split).unwrap_or_default();
    let stated = body.total.weight.as_ref().and_then(|entry| names::weight(&entry.cell));
    let closed = stated == Some(Weight::from(WHOLE)) && sums(above, execution).contains(&stated);
    // What has a target or an actual goes on with the table, unless that is whole.
    let stays = |one: &Indicator| one.extra.is_some() || !closed && !one.is_bare();
    let (kept, left): (Vec<Indicator>, Vec<Indicator>) = rest.iter().cloned().partition(stays);
    body.indicators.truncate(split);
    body.indicators.extend(kept);
    for row in left {
        forget(body, &row);
        let place = row.name_entry.at.as_ref().map(|place| place.cell.row());
        body.skipped.extend(place.map(|row| (row, BELOW_TOTAL.to_owned())));
    }
    body.skipped.sort();
}

/// Points given or taken off below a total that is right without them: whether it is the last word is not said.
pub(in crate::form) fn extras_below(body: &Body, execution: Option<&Entry>) -> Option<Finding> {
    let total_row = body.total_row?;
    let typed = body.total.stated_score.as_ref().or(body.total.score.as_ref())?.number()?;
    let below = |one: &&Indicator| one.name_entry.at.as_ref().is_some_and(|at| at.cell.row() > total_row);
    let score = |one: &Indicator| one.stated_score.as_ref().or(one.score.as_ref())?.number();
    let extras = body.indicators.iter().filter(below);
    let first = extras.clone().find(|one| score(one).is_some_and(|score| !score.is_zero()))?;
    let above = body.indicators.iter().filter(|one| !below(one));
    let sum = above
        .map(score)
        .chain(execution.map(Entry::number))
        .try_fold(crate::base::Number::ZERO, |sum, score| sum.plus(score?))?;
    let message = "合计行下面还有加分或扣分的行，合计行的得分没有包括它们，等级暂不确定。请把合计行移到最后，或另写明最终得分。";
    (sum == typed).then(|| Finding::new(FindingId::TablePartUnread, first.name_entry.at.clone(), message))
}

/// The points of all rows, without and with those of the budget's execution.
fn sums(rows: &[Indicator], execution: Option<Weight>) -> [Option<Weight>; 2] {
    let weights: Option<Vec<Weight>> =
        rows.iter().filter(|row| row.extra.is_none()).map(|row| row.weight).collect();
    let sum = weights.filter(|weights| weights.len() > 1).and_then(Weight::sum);
    [sum, sum.zip(execution).and_then(|(sum, execution)| sum.plus(execution))]
}

/// Takes back what was said of a row that is no indicator.
fn forget(body: &mut Body, row: &Indicator) {
    let place = row.name_entry.at.as_ref().map(|at| at.cell.row());
    body.findings.retain(|finding| finding.at.as_ref().map(|at| at.cell.row()) != place);
}
