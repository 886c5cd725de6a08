//! What clauses mean beside each other: whose a bound is, what steps are counted from, what is earned elsewhere.

pub(crate) mod collect;
pub(crate) mod interpolation;
pub(crate) mod ladder;
pub(crate) mod ranking;
mod requirement;
pub(crate) mod said_twice;
pub(crate) mod settle;
pub(crate) mod steps;
pub(crate) mod subject;
pub(crate) mod turn;
