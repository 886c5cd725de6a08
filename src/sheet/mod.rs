//! One view of a sheet for any format, with calamine behind it.

pub mod grid;
pub mod reader;
pub mod stream;
pub mod value;

pub use grid::Sheet;
pub use reader::{SheetInfo, Workbook};
pub use stream::{Item, Row, RowSource};
pub use value::{Cell, NumberFormat, Value};
