//! What an indicator came to, told twice in its own paragraph: as its result (完成值91.92%), and under its name with another value.

use super::bound::Bound;
use super::found::{Reading, plain_name};
use super::targets::units;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name that can be told from others.
const MIN_NAME: usize = 4;
/// The same of the end of a name that is a rate.
const MIN_TAIL: usize = 3;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let headings = reading.outline.headings.iter().map(|heading| plain_name(&heading.title));
    let targets = reading.grids.iter().filter_map(|grid| {
        let col = grid.column(Class::ColumnsOfTargets)?;
        Some(grid.rows.iter().filter_map(move |row| Some(plain_name(row.name_before(col)?.1))))
    });
    let mut names: Vec<String> = headings.chain(targets.flatten()).collect();
    names.retain(|name| name.chars().count() >= MIN_NAME);
    names.sort();
    names.dedup();
    names.iter().filter_map(|name| twice(reading, name)).collect()
}

fn twice(reading: &Reading, name: &str) -> Option<Finding> {
    let units = units(reading, name);
    let exact = |one: &&Bound| {
        units.contains(&one.sentence.unit)
            && !one.about()
            && !one.of_other_time()
            && one.qualifiers.is_empty()
    };
    let told: Vec<&Bound> = reading.told.iter().filter(exact).collect();
    let result = |one: &&&Bound| words::of(Class::ResultsTold).has(&one.lead);
    let results: Vec<&Bound> = told.iter().filter(result).copied().collect();
    let [result] = results.as_slice() else { return None };
    // 差错率 in the paragraph on 借还差错率 is that rate.
    let short = |lead: &str| {
        let long = lead.chars().count() >= MIN_TAIL;
        long && words::of(Class::RateSigns).ends(lead) && name.ends_with(lead)
    };
    let is = |one: &Bound| one.lead == name || short(&one.lead);
    let named = |one: &&&Bound| is(one) && one.one.unit == result.one.unit && !one.is_to_be(reading);
    let other = told.iter().filter(named).find(|one| !one.one.is_as(&result.one))?;
    // What stands once more with the value of the result is told of two groups.
    if told.iter().any(|one| is(one) && one.one.is_as(&result.one)) {
        return None;
    }
    let message =
        format!("“{name}”此处为{}，同一指标写的完成值为{}。", other.one.shown(), result.one.shown());
    Some(reading.finding(FindingId::ReportContradictsItself, other.spot, name, message))
}
