//! One view of a sheet for any format, with calamine behind it.

pub mod grid;
pub mod reader;
pub mod value;

pub use grid::Sheet;
pub use reader::{SheetInfo, Workbook};
pub use value::{Cell, NumberFormat, Value};
