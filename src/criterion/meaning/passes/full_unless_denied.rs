//! A criterion that only says when there are no points says that there are full points otherwise.

use crate::criterion::meaning::draft::Said;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Award, StateBand};

pub(super) fn full_unless_denied(states: &[StateBand], rungs: &[Rung], otherwise: &mut Option<Said>) {
    if otherwise.is_none()
        && states.is_empty()
        && let [only] = rungs
        && only.award == Award::ZERO
    {
        *otherwise = Some((Award::Full, only.words.clone()));
    }
}
