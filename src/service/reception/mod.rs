//! The reception of a day: what was dropped becomes projects, each is scored, and all are entered in the register
//! (收件登记表).

mod day;
mod due;
mod earlier_days;
mod earlier_register;
mod lines;
mod made_before;
mod materials;
mod receipts;
mod results;
mod roll;
mod to_score;

pub(super) use day::{Before, Day, look};
pub(super) use earlier_days::Past;
pub(super) use earlier_register::Book;
pub(super) use lines::all as lines;
pub(super) use made_before::{Done, Memory};
pub(super) use materials::{Hands, Material, gather, tell_apart};
pub(super) use receipts::{by_department, place_of as receipt_place};
pub(super) use results::Outcomes;
pub(super) use roll::{find as find_roll, read as read_roll};
pub(super) use to_score::Work;
