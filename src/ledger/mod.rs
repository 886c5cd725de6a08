//! Ledgers (明细账): rows read one by one, recognised, verified and added up.
//!
//! `label` knows the words of subtotal, opening and closing rows; `amount` and `day` read cells, `sides` and
//! `when` a row's amounts and date; `classify` says what kind of row it is; `line` turns a row into a [`LedgerLine`];
//! `verify` holds subtotals and balances against the running sums, `awaited` sums that stand above their entries; `running` are these sums; `pairs` finds duplicates and reversals, `deposit`
//! deposits that came back; `roles` says which accounts are spending, `scope` which rows of them, `project` whose; `tally` adds up
//! (`grouped` by month and category), `totals` concludes, and `read` drives it all over every ledger of a case.

pub mod amount;
mod awaited;
mod cells;
mod chart;
mod classify;
pub mod day;
pub mod deposit;
mod essence;
mod grouped;
pub mod label;
pub mod line;
pub mod pairs;
mod project;
pub mod read;
mod remarked;
pub mod report;
pub mod roles;
pub mod running;
pub mod scope;
mod sides;
pub mod tally;
pub mod totals;
pub mod verify;
mod void;
mod when;

pub use line::{Kind, LedgerLine, LineReader};
pub use read::{counted, of_case, read, stream};
