//! What is dropped on the day when many submissions are due: archives and trees of files, told apart by what they are and
//! by what they say of themselves, put together to projects.
//!
//! Nothing here starts a process or moves a file into a folder of somebody's; `service` does.

pub mod group;
pub mod identity;
pub mod kind;
pub mod roster;
pub mod unpack;

/// The name at the end of a path whose names are parted by `/`.
pub fn base_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, base)| base)
}
