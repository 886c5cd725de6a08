//! One view of a sheet for any format, with calamine behind it.

pub mod value;

pub use value::{Cell, NumberFormat, Value};
