//! What jixiao asks of Windows that safe Rust cannot: the one place of the project with `unsafe`. Each function asks the system
//! one thing and decides nothing.
#![cfg(windows)]

mod disk;
mod events;
mod job;
mod service;
mod shell;

pub use disk::free_bytes;
pub use events::{Event, record};
pub use job::limit_memory;
pub use service::{NAME, Service, Stop, install, run, start, stop, uninstall};
pub use shell::{ask, has_own_console, message, shortcut};
