//! Criteria in Chinese prose become rules, or are refused with the words that were not understood.
//!
//! [`read`] is total on what it accepts: every word of the criterion is used or the criterion is refused. A text goes
//! through rooms that each use only those before them: `text` makes it plain and cuts it; `grammar` reads its clauses, each
//! of one of the kinds in `grammar::kinds::KINDS`; `meaning` collects what they say in a draft and settles it by the passes
//! in `meaning::passes::PASSES`; `assembly` makes the rule of it. Lists of items go through `checklist` instead,
//! and what holds several rules through `joint`, which has each read by itself. [`trace`]
//! shows all of it on the way.

mod advice;
mod assembly;
mod checklist;
mod grammar;
mod joint;
mod meaning;
mod reading;
mod rewording;
mod standard;
mod text;
mod trace;
mod watch;

use crate::base::Weight;
use crate::model::Standard;
use crate::notation::Notation;
use crate::rule::{Partial, Refusal, Rule};

use self::watch::Nobody;

pub use self::advice::{advised, rubric_line};
pub use self::standard::named as standard_of;
pub use self::trace::{Attempt, SeenClause, SeenPass, Trace, trace};

/// What a criterion is read for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'c> {
    /// The indicator's name.
    pub indicator: &'c str,
    /// The points the indicator can earn, where known.
    pub weight: Option<Weight>,
    /// The target as read: completes dates without a year.
    pub target: Option<&'c Notation>,
    /// What a step that is not whole counts where the text does not say (setting `partial_step`).
    pub partial_step: Partial,
    /// The standards of which the row has a value: what a criterion says of another one is read as its words.
    pub standards: &'c [Standard],
}

const HINT: &str = "请改写评分标准，或由评审人员打分。";

/// Reads a criterion.
pub fn read(text: &str, context: &Context) -> Result<Rule, Refusal> {
    let plain = |text: &str, context: &Context| reading::read(text, context, &mut Nobody);
    standard::read(text, context, plain).map_or_else(|| plain(text, context), Ok)
}

/// The standard whose value a criterion asks for and the row has not, where nothing but that value is wanting.
pub fn wanted_standard(text: &str, context: &Context) -> Option<Standard> {
    standard::wanted(text, context, |text, context| reading::read(text, context, &mut Nobody))
}

/// The classes of words that the grammar asks for, by their names: for tests that try every word.
#[doc(hidden)]
pub fn classes() -> impl Iterator<Item = (&'static str, &'static crate::words::Lexicon)> {
    grammar::words::classes()
}
