//! Much of the year's spending fell into December.

use crate::base::{Number, Yuan};
use crate::check::Facts;
use crate::model::{Finding, FindingId, MonthTotal};

const ID: FindingId = FindingId::DecemberRush;
/// The month.
const DECEMBER: i8 = 12;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    rush(facts).into_iter().collect()
}

fn rush(facts: &Facts) -> Option<Finding> {
    let (share, least) = (facts.limit(ID, 0)?, facts.least(ID, 1)?);
    let totals = facts.reconciliation.ledger.as_ref()?;
    let spending = totals.spending.filter(|all| !all.is_zero())?.number();
    let spent = |month: &&MonthTotal| month.month.is_some() && !month.spending.is_zero();
    // A ledger of a few months does not show how the year went.
    let months: Vec<&MonthTotal> = totals.by_month.iter().filter(spent).collect();
    let december = months.iter().filter(|total| total.month.is_some_and(|month| month.month == DECEMBER));
    let december = Yuan::sum(december.map(|total| total.spending))?;
    let much = december.number().times(Number::from(100))? >= spending.times(share)?;
    (months.len() >= least && much).then(|| {
        let percent = december.number().times(Number::from(100)).and_then(|all| all.over(spending));
        let message = format!(
            "12月支出 {} 元，占全年支出 {} 元的 {}%。",
            december.in_cents(),
            spending.in_cents(),
            percent.unwrap_or_default().round(2)
        );
        let at = facts.case.ledgers.first().map(|ledger| ledger.at.clone());
        Finding::new(ID, at, message)
    })
}
