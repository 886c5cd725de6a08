//! The intake: archives and trees of many projects.

mod batch;
mod group;
mod unpack;
