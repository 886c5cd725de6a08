//! What clauses mean beside each other: `collect` puts each where it belongs in the draft, then `passes` settle, one after
//! the other, whose a bound is, what steps are counted from, what is earned elsewhere.

mod bands;
mod collect;
mod contrary;
pub(crate) mod draft;
mod moving;
pub(crate) mod passes;
mod requirement;
pub(crate) mod rungs;
mod said_twice;
pub(crate) mod shown;
mod supplements;

pub(crate) use self::collect::collect;
