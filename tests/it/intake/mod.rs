//! The intake: archives and trees of many projects.

mod across;
mod again;
pub(crate) mod batch;
mod group;
mod identity;
mod told;
pub(crate) mod unpack;
