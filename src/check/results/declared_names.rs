//! Declared indicators that nothing answers by name, and what may be one of them under another name.

use crate::check::Facts;
use crate::check::likeness::likeness;
use crate::mapping::title::normalise;

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
