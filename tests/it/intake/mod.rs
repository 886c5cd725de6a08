//! The intake: archives and trees of many projects.

pub(crate) mod batch;
mod group;
pub(crate) mod unpack;
