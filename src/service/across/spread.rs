//! `agency-scores-without-spread` and `score-outlier`: scores of which all are the same, and what is far from the rest.

use std::collections::BTreeMap;

use super::Seen;
use crate::base::Number;
use crate::model::FindingId;
use crate::service::answer::Fault;

/// Projects of a department from which on its own scores should differ.
const MIN_OWN: usize = 5;
/// Points out of 100 from which on a project is as good as without a fault.
const FULL: u32 = 98;
/// The share of such projects from which on they do not differ, in percent.
const SHARE: usize = 90;
/// Projects from which on there is something usual.
const MIN_USUAL: usize = 10;

type Told = ((usize, usize), Fault);

/// Departments that gave nearly all of their projects full points: said once, with the first of them.
pub(super) fn without(seen: &[Seen]) -> Vec<Told> {
    let mut departments: BTreeMap<String, Vec<(&Seen, Number)>> = BTreeMap::new();
    for one in seen {
        if let Some((agency, own)) = one.agency_key().zip(one.own_points) {
            departments.entry(agency).or_default().push((one, own));
        }
    }
    let told = |all: Vec<(&Seen, Number)>| {
        let high = all.iter().filter(|(_, own)| *own >= Number::from(FULL)).count();
        if all.len() < MIN_OWN || high.saturating_mul(100) < all.len().saturating_mul(SHARE) {
            return None;
        }
        let (first, _) = all.iter().min_by_key(|(one, _)| (&one.project, one.at))?;
        let agency = first.agency.as_deref().unwrap_or_default();
        let message =
            format!("“{agency}”的 {} 个项目中有 {high} 个自评在 {FULL} 分以上（百分制）。", all.len());
        Some((first.at, Fault::of(FindingId::AgencyScoresWithoutSpread, None, message)))
    };
    departments.into_values().filter_map(told).collect()
}

/// A value of a project, as it is told.
struct Value<'s> {
    of: &'s Seen,
    number: Number,
    cell: Option<&'s str>,
    what: String,
}

/// Projects whose score, execution or unit cost is far from that of projects like them.
pub(super) fn outliers(seen: &[Seen]) -> Vec<Told> {
    let mut like: BTreeMap<(&str, String), Vec<Value>> = BTreeMap::new();
    for one in seen {
        let own = one.agency_key().into_iter().flat_map(|agency| {
            let score = one
                .points
                .map(|points| ("score", agency.clone(), points, format!("得分{points}分（百分制）")));
            let rate = one.execution.map(|rate| ("rate", agency, rate, format!("预算执行率{rate}%")));
            score.into_iter().chain(rate)
        });
        for (kind, agency, number, what) in own {
            like.entry((kind, agency)).or_default().push(Value { of: one, number, cell: None, what });
        }
        for cost in &one.costs {
            let what = format!("“{}”{}", cost.name, cost.shown);
            let value = Value { of: one, number: cost.actual, cell: cost.cell.as_deref(), what };
            like.entry(("cost", cost.of.clone())).or_default().push(value);
        }
    }
    like.into_iter().flat_map(|((kind, _), values)| far(kind, values)).collect()
}

/// Those beyond one and a half interquartile ranges.
fn far(kind: &str, mut values: Vec<Value>) -> Vec<Told> {
    if values.len() < MIN_USUAL {
        return Vec::new();
    }
    values.sort_by_key(|value| value.number);
    let numbers: Vec<Number> = values.iter().map(|value| value.number).collect();
    let Some(((low, high), (from, to))) = fences(&numbers).zip(middle(&numbers)) else { return Vec::new() };
    let eightfold = Number::from(8);
    let is_far =
        |value: &&Value| value.number.times(eightfold).is_some_and(|number| number < low || number > high);
    let who = if kind == "cost" { "名称和单位相同的" } else { "同一主管部门的" };
    let all = values.len();
    let told = |value: &Value| {
        let message = format!("{}，而{who} {all} 个项目中，居中的一半在 {from} 至 {to} 之间。", value.what);
        (value.of.at, Fault::of(FindingId::ScoreOutlier, value.cell.map(str::to_owned), message))
    };
    values.iter().filter(is_far).map(told).collect()
}

/// Eight times the bounds beyond which a value is far, of values in their order: so nothing is rounded.
fn fences(sorted: &[Number]) -> Option<(Number, Number)> {
    let (first, third) = (quartile(sorted, 1)?, quartile(sorted, 3)?);
    let spread = third.minus(first)?.times(Number::from(3))?;
    let twice = |number: Number| number.plus(number);
    Some((twice(first)?.minus(spread)?, twice(third)?.plus(spread)?))
}

/// Four times a quartile, between two values where it falls there.
fn quartile(sorted: &[Number], which: usize) -> Option<Number> {
    let place = sorted.len().checked_sub(1)?.checked_mul(which)?;
    let (at, part) = (place.checked_div(4)?, u32::try_from(place.checked_rem(4)?).ok()?);
    let low = *sorted.get(at)?;
    let high = sorted.get(at.checked_add(1)?).copied().unwrap_or(low);
    low.times(Number::from(4))?.plus(high.minus(low)?.times(Number::from(part))?)
}

/// The values between which the half in the middle lies.
fn middle(sorted: &[Number]) -> Option<(Number, Number)> {
    let last = sorted.len().checked_sub(1)?;
    Some((*sorted.get(last.checked_div(4)?)?, *sorted.get(last.checked_mul(3)?.div_ceil(4))?))
}
