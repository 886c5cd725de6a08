//! Checklists: items that are each satisfied or not, and what is said of them all.

pub(crate) mod demand;
mod item_count;
pub(crate) mod item_points;
pub(crate) mod items;
mod per_item;
mod scheme;
pub(crate) mod statements;
mod unmarked;
pub(crate) mod unnamed;
