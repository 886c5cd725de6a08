//! The reception of a day: what was dropped becomes projects, each is scored, and all are entered in the register
//! (收件登记表).

mod book;
mod day;
mod lines;
mod materials;
mod memory;
mod outcome;
mod past;
mod receipts;
mod roll;
mod works;

pub(super) use book::Book;
pub(super) use day::{Before, Day, look};
pub(super) use lines::all as lines;
pub(super) use materials::{Hands, Material, gather, tell_apart};
pub(super) use memory::{Done, Memory};
pub(super) use outcome::Outcomes;
pub(super) use past::Past;
pub(super) use receipts::{by_department, place_of as receipt_place};
pub(super) use roll::{find as find_roll, read as read_roll};
pub(super) use works::Work;
