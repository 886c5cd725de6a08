//! One view of a sheet for any format.

pub mod csv;
mod cursor;
pub mod doubles;
mod figure;
pub mod foreign;
pub mod format;
mod general;
mod general_rows;
mod glance;
pub mod grid;
mod inflate;
mod margins;
mod namespace;
mod palette;
mod piece;
mod placeholder;
mod plain;
pub mod reader;
pub mod secrecy;
pub mod sections;
pub mod source;
pub mod stream;
mod string_table;
mod strings;
pub mod value;

pub use csv::CsvSource;
pub use general::Behind;
pub use grid::Sheet;
pub use placeholder::forget as forget_placeholders;
pub use plain::{UNREAD, why_unread};
pub use reader::{OddSheet, Shared, SheetInfo, Workbook, complete};
pub use source::SheetStream;
pub use stream::{Item, Row, RowSource, Sink};
pub use value::{Cell, NumberFormat, Value};
