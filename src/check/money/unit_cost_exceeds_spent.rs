//! What one thing cost, times how many there were, is more than all that was spent.

use crate::base::Number;
use crate::check::category::Category;
use crate::check::promise::Promise;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};
use crate::notation::quantity::{Quantity, convert};
use crate::notation::unit::{Dimension, scan_unit};

const ID: FindingId = FindingId::UnitCostExceedsSpent;
/// Yuan of ten thousand.
const TEN_THOUSAND: u32 = 10_000;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.own_rows();
    let costs = rows.iter().filter(|row| row.category() == Some(Category::Cost));
    costs.filter_map(|cost| exceeds(facts, &rows, cost)).collect()
}

fn exceeds(facts: &Facts, rows: &[Promise<'_>], cost: &Promise<'_>) -> Option<Finding> {
    let share = facts.limit(ID, 0)?;
    let price = actual(cost)?;
    let Dimension::Per(top, below) = &price.unit.dimension else { return None };
    let ([thing], Dimension::Money) = (below.as_slice(), top.as_ref()) else { return None };
    let (thing, _) = scan_unit(thing)?;
    let each = price.in_base()?;
    let counted = rows.iter().filter(|row| row.category() == Some(Category::Quantity));
    let come_to = |row| {
        let count = actual(row).filter(|count| count.unit.comparable(&thing))?;
        Some((row, each.times(convert(count, &thing).ok()?.number)?))
    };
    // Of several things that are counted alike it is not known which of them the price is of: each must say so.
    let (of, sum) = counted.filter_map(come_to).min_by_key(|(_, sum)| *sum)?;
    let spent = amounts::spent(facts).filter(|spent| !spent.yuan.is_zero())?;
    let more = share.plus(Number::from(100))?.over(Number::from(100))?;
    (sum > spent.yuan.plus(spent.slack)?.times(more)?).then(|| {
        let message = format!(
            "“{}”实际{}，与“{}”{}相乘为{}万元，超过{}{}。",
            cost.name(),
            cost.indicator.actual_shown(),
            of.name(),
            of.indicator.actual_shown(),
            sum.over(Number::from(TEN_THOUSAND)).unwrap_or_default().round(4),
            spent.label,
            spent.shown
        );
        cost.at_actual(ID, message)
    })
}

/// What was done, where it is one number.
fn actual<'p>(row: &'p Promise<'_>) -> Option<&'p Quantity> {
    row.row.actual()?.quantity()
}
