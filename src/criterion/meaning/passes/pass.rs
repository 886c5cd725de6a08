//! What a pass is, what it knows, and how all of them run.

use crate::criterion::Context;
use crate::criterion::meaning::draft::Draft;
use crate::criterion::watch::Watch;
use crate::rule::Refusal;

use super::PASSES;

/// What passes know beside the draft.
#[derive(Clone, Copy)]
pub(crate) struct Known<'k> {
    /// What the criterion is read for.
    pub(crate) context: &'k Context<'k>,
    /// The whole criterion in its own words.
    pub(crate) all: &'k str,
}

/// A pass over the draft.
pub(crate) struct Pass {
    /// What it does, in a person's words.
    pub(crate) name: &'static str,
    /// Why it stands where it stands.
    pub(crate) why_here: &'static str,
    /// Lets it see and change its part of the draft.
    pub(super) run: fn(&mut Draft, Known) -> Result<(), Refusal>,
}

/// Runs all passes over the draft.
pub(crate) fn run_passes(draft: &mut Draft, known: Known, watch: &mut dyn Watch) -> Result<(), Refusal> {
    for pass in PASSES {
        (pass.run)(draft, known).inspect_err(|_| watch.refused(pass))?;
        watch.passed(pass, draft);
    }
    Ok(())
}
