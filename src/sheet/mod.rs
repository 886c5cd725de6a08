//! One view of a sheet for any format, with calamine behind it.

pub mod grid;
pub mod value;

pub use grid::Sheet;
pub use value::{Cell, NumberFormat, Value};
