//! The folder service and the batch: submissions in folders, each scored in a process of its own.
//!
//! The folders are the state. A submission is claimed by a rename; where everything goes is written down before anything
//! goes there; a service that dies is taken over by the next. `docs/service.md` says what an operator sees of it.

mod across;
mod alert;
mod answer;
mod arrivals;
pub mod batch;
mod beside;
pub mod child;
mod claim;
pub mod clock;
mod confirmed;
mod disk;
pub mod door;
mod events;
mod folders;
pub mod glance;
mod handling;
mod identify;
pub mod intake_book;
pub mod keyring;
mod marked;
mod names;
mod older;
mod parallel;
mod plan;
mod pool;
mod publication;
mod question;
pub mod rebuild;
mod receipt;
mod receipt_case;
mod receipt_findings;
mod reception;
pub mod register;
pub mod register_marks;
mod reporting;
pub mod retry;
mod retry_wait;
mod scratch;
pub mod setup;
mod space;
mod state;
pub mod status;
mod stop;
pub mod stream;
mod submission;
mod summary;
pub mod tables;
pub mod tally;
pub mod trial;
mod trying;
pub mod unpack;
pub mod upkeep;
mod upload_notes;
pub mod uploads;
pub mod watch;
mod watched_inbox;
pub mod worker;

pub use names::result_of;
