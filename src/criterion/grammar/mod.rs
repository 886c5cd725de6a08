//! What the parts of a criterion say: clauses, and below them conditions, awards, steps, figures and words.

pub(crate) mod award;
pub(crate) mod clause;
pub(crate) mod condition;
pub(crate) mod formula;
pub(crate) mod graded;
pub(crate) mod kinds;
pub(crate) mod lexicon;
pub(crate) mod limit;
pub(crate) mod scan;
pub(crate) mod states;
pub(crate) mod steps;
pub(crate) mod words;

#[cfg(test)]
mod tests;
