//! The intake: archives and trees of many projects.

mod group;
mod unpack;
