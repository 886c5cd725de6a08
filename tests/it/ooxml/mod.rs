//! The package editor, through its public door.

mod kit;
mod standard;
