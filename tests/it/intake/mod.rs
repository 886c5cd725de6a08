//! The intake: archives and trees of many projects.

pub(crate) mod batch;
mod group;
mod identity;
mod told;
pub(crate) mod unpack;
