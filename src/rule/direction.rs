//! Which way is better, where neither the target's sign nor the criterion says so.

use std::sync::LazyLock;

use crate::model::DirectionWords;
use crate::notation::Unit;
use crate::notation::direction::names_cap;

/// Whether the indicator's name says that its target is a ceiling, by the words that hold where no mapping has its
/// own. `unit` is the target's.
pub fn is_cap_name(name: &str, unit: &Unit) -> bool {
    static WORDS: LazyLock<DirectionWords> = LazyLock::new(DirectionWords::default);
    names_cap(name, unit, &WORDS)
}
