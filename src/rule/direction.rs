//! Which way is better, where neither the target's sign nor the criterion says so.

use crate::notation::direction::{Undecided, decide, names_cap};
use crate::notation::{Notation, Unit};
use crate::words::Words;

/// Whether the indicator's name says that its target is a ceiling, by the words that hold where no mapping has its
/// own. `unit` is the target's.
pub fn is_cap_name(name: &str, unit: &Unit) -> bool {
    names_cap(name, unit, Words::shipped())
}

/// Why neither a sign nor the name says which way is better: money, time, or a name that speaks of harm and of what is
/// done about it.
pub(super) fn open_direction(name: &str, target: &Notation) -> Option<Undecided> {
    let open = decide(target, name, "", Words::shipped()).err()?;
    matches!(open, Undecided::Money | Undecided::Time | Undecided::MixedName).then_some(open)
}
