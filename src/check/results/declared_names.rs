//! Declared indicators that nothing answers by name, and what may be one of them under another name.

use crate::check::Facts;
use crate::check::likeness::likeness;
use crate::mapping::title::normalise;
use crate::model::FindingId;

/// What a difference from the declared targets is, and what they are called. As they were approved they hold; as they were
/// declared they may have been changed in the review, which nobody can see here.
pub(super) fn against(facts: &Facts, draft: FindingId) -> (FindingId, &'static str) {
    if facts.case.approved {
        (FindingId::DiffersFromApproval, "批复的绩效目标表")
    } else {
        (draft, "申报表")
    }
}

/// The names of the declared indicators that no row answers.
pub(super) fn left_over(facts: &Facts) -> Vec<String> {
    let open = facts.declared().filter(|(_, result)| result.matched.is_none());
    open.map(|(declared, _)| declared.indicator.name.clone()).collect()
}

/// Whether two names may be of one indicator.
pub(super) fn is_like(one: &str, other: &str, share: usize) -> bool {
    let (one, other) = (normalise(one), normalise(other));
    one.contains(&other) || other.contains(&one) || likeness(&one, &other) >= share
}
