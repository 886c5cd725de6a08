//! Too many of the points depend on words.

use crate::base::{Number, Weight};
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::QualitativeShareHigh;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(share), Some(least)) = (facts.limit(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let of_table = |table: &crate::check::promise::Table<'_>| {
        if table.rows.len() < least || table.rows.iter().any(|row| row.indicator.weight.is_none()) {
            return None;
        }
        let sum = |words: bool| {
            let rows = table.rows.iter().filter(|row| !words || row.target_in_words().is_some());
            Weight::sum(rows.filter_map(|row| row.indicator.weight))
        };
        let (worded, all) = (sum(true)?, sum(false)?);
        let over = worded.number().times(Number::from(100))? > all.number().times(share)?;
        over.then(|| {
            let message =
                format!("定性指标的分值合计 {worded} 分，占各指标分值 {all} 分的比例超过 {share}%。");
            Finding::new(ID, table.at.clone(), message)
        })
    };
    facts.tables().iter().filter_map(of_table).collect()
}
