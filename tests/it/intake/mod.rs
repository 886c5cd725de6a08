//! The intake: archives and trees of many projects.

pub(crate) mod batch;
mod group;
mod identity;
pub(crate) mod unpack;
