//! Entries of whole ten thousands make up much of the spending.

use crate::base::Number;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::RoundSumEntries;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    round(facts).into_iter().collect()
}

fn round(facts: &Facts) -> Option<Finding> {
    let (share, least) = (facts.limit(ID, 0)?, facts.limit(ID, 1)?);
    let totals = facts.reconciliation.ledger.as_ref()?;
    let spending = totals.spending.filter(|all| !all.is_zero())?.number();
    let round = totals.remarked.round.number();
    let much = round.times(Number::from(100))? >= spending.times(share)?;
    let many = Number::from(u32::try_from(totals.remarked.round_entries).unwrap_or(u32::MAX)) >= least;
    (much && many).then(|| {
        let message = format!(
            "整万元的支出分录 {} 笔，合计 {} 元，占支出 {} 元的 {share}%以上。",
            totals.remarked.round_entries,
            round.in_cents(),
            spending.in_cents()
        );
        let at = facts.case.ledgers.first().map(|ledger| ledger.at.clone());
        Finding::new(ID, at, message)
    })
}
