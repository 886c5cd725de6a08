//! The kinds of clauses, one a file: what each is called, a clause of it, its parser. [`KINDS`] lists them in the order in
//! which they are tried; nothing else reads a clause.

mod afterwards;
mod approved;
mod asked;
mod award;
mod award_behind;
mod award_first;
mod base;
mod before_turn;
mod brackets;
mod carried;
mod chosen;
mod deadline;
mod definition;
mod distance;
mod each_step;
mod event_earned;
mod event_suffered;
mod fault_then_each;
mod forgiven;
mod full_at;
mod graded;
mod heading;
mod included;
mod interpolation;
mod letter;
mod limit;
mod line_formula;
mod listed;
mod looked_at;
mod no_more_than_full;
mod one_step;
mod otherwise;
mod points_capped;
mod ranking_by;
mod remainder;
mod respectively;
mod rounded;
mod source;
mod state;
mod stated_state;
mod stated_target;
mod surveyed;
mod term;
mod unapproved;
mod until_gone;
mod weight;

pub(crate) use self::distance::is_distance;
pub(crate) use self::included::Included;
pub(crate) use self::rounded::Rounded;
pub(crate) use self::until_gone::until_gone;

use winnow::error::EmptyError;

use super::clause::{Clause, Given};
use super::scan::{Input, Outcome, attempt};

/// A kind of clause.
pub(crate) struct Kind {
    /// What it is called.
    pub(crate) name: &'static str,
    /// A clause of the kind, in plain text.
    #[cfg_attr(not(test), expect(dead_code, reason = "held by a test"))]
    pub(crate) example: &'static str,
    /// What such a clause says.
    pub(crate) yields: &'static str,
    /// Where it can stand.
    pub(crate) place: Place,
    /// Reads one at the beginning of a text.
    parse: fn(&mut Input<'_>, Given) -> Outcome<Clause>,
    /// Kinds further down that would take some of its clauses, too, and why they are of this kind.
    #[cfg_attr(not(test), expect(dead_code, reason = "held by a test"))]
    before: &'static [(&'static str, &'static str)],
}

/// Where a clause can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Anywhere.
    Anywhere,
    /// Behind a condition (满意度≥90%，) or 其余情况 that has no award yet.
    BehindCondition,
}

/// All kinds of clauses, in the order in which they are tried.
pub(crate) static KINDS: &[Kind] = &[
    before_turn::KIND,
    award_behind::KIND,
    until_gone::KIND,
    rounded::KIND,
    no_more_than_full::KIND,
    points_capped::KIND,
    source::KIND,
    chosen::KIND,
    ranking_by::KIND,
    looked_at::KIND,
    term::KIND,
    heading::KIND,
    included::KIND,
    carried::KIND,
    approved::KIND,
    unapproved::KIND,
    afterwards::KIND,
    interpolation::KIND,
    line_formula::KIND,
    weight::KIND,
    full_at::KIND,
    base::KIND,
    stated_target::KIND,
    deadline::KIND,
    forgiven::KIND,
    otherwise::KIND,
    brackets::KIND,
    letter::KIND,
    remainder::KIND,
    limit::KIND,
    event_earned::KIND,
    event_suffered::KIND,
    fault_then_each::KIND,
    each_step::KIND,
    one_step::KIND,
    distance::KIND,
    surveyed::KIND,
    definition::KIND,
    stated_state::KIND,
    award_first::KIND,
    graded::KIND,
    award::KIND,
    respectively::KIND,
    listed::KIND,
    state::KIND,
    asked::KIND,
];

/// The clause at the beginning of the text, and its kind.
pub(crate) fn clause(
    input: &mut Input<'_>,
    given: Given,
    behind_condition: bool,
) -> Outcome<(&'static Kind, Clause)> {
    KINDS
        .iter()
        .filter(|kind| behind_condition || kind.place == Place::Anywhere)
        .find_map(|kind| Some((kind, attempt(input, |i| (kind.parse)(i, given))?)))
        .ok_or(EmptyError)
}

/// Whether steps, or a line to find points by, begin here: what a condition before them is for.
pub(crate) fn moves(input: Input<'_>, given: Given) -> bool {
    const MOVING: [&Kind; 6] = [
        &event_earned::KIND,
        &event_suffered::KIND,
        &each_step::KIND,
        &one_step::KIND,
        &interpolation::KIND,
        &line_formula::KIND,
    ];
    MOVING.iter().any(|kind| (kind.parse)(&mut { input }, given).is_ok())
}

#[cfg(test)]
mod tests;
