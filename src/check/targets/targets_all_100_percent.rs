//! Nearly all rates of a form are to be 100 %.

use crate::base::Number;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::TargetsAll100Percent;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(share), Some(least)) = (facts.limit(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let hundred = Number::from(100);
    let of_table = |table: &crate::check::promise::Table<'_>| {
        let rates: Vec<_> = table.rows.iter().filter(|row| row.percent().is_some()).collect();
        let full: Vec<_> = rates.iter().filter(|row| row.percent() == Some(hundred)).collect();
        let many = Number::from(u32::try_from(full.len()).ok()?).times(hundred)?;
        let wanted = Number::from(u32::try_from(rates.len()).ok()?).times(share)?;
        let first = full.first().filter(|_| full.len() >= least && many >= wanted)?;
        let message = format!(
            "{} 个比率类指标中有 {} 个的指标值是100%（“{}”等），不能区分完成的好坏。",
            rates.len(),
            full.len(),
            first.name()
        );
        Some(first.at_target(ID, message))
    };
    facts.tables().iter().filter_map(of_table).collect()
}
