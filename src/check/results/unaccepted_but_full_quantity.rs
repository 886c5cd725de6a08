//! Something was not accepted, and the quantity has full points.

use crate::check::Facts;
use crate::check::category::Category;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.own_rows();
    let unaccepted = rows.iter().find(|row| {
        let cell = row.indicator.reason.as_ref().or(row.indicator.remark.as_ref());
        let said = cell.map(|cell| normalise(&cell.shown())).unwrap_or_default();
        // A quantity that was missed and says why speaks of itself.
        let of_itself = row.category() == Some(Category::Quantity);
        !row.is_full() && !of_itself && row.words.of(Class::Unaccepted).within(&said)
    });
    let full = rows.iter().find(|row| row.category() == Some(Category::Quantity) && row.is_full());
    let findings = unaccepted.zip(full).map(|(unaccepted, full)| {
        let message = format!(
            "“{}”说明没有验收或完工，“{}”得满分，请核实两处判断是否一致。",
            unaccepted.name(),
            full.name()
        );
        full.at_actual(FindingId::UnacceptedButFullQuantity, message)
    });
    findings.into_iter().collect()
}
