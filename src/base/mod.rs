//! The words every other room uses: addresses, exact numbers, limits, errors.
//!
//! Nothing here knows of workbooks' insides or of performance forms.

pub mod address;
pub mod decimal;
pub mod digest;
pub mod error;
pub mod file_name;
pub mod in_use;
pub mod limits;
pub mod printable;
pub mod sheet_id;
pub mod width;

pub use address::{CellAt, CellRef, RangeAt, RangeRef, column_letters, quote_sheet};
pub use decimal::{NotANumber, Number, Ratio, Score, Weight, Yuan};
pub use digest::{hexadecimal, sha256, sha256_of};
pub use error::{Error, ErrorCode, ErrorKind, Result};
pub use file_name::{readable_bytes, readable_name};
pub use in_use::{is_in_use, open_patiently, patiently, unopened};
/// A day of the calendar.
pub use jiff::civil::Date;
pub use printable::{is_turning, printable, printable_cell, printable_json, printable_lines, push_line};
pub use sheet_id::SheetId;
pub use width::half_width;

/// Points of a whole form.
pub const WHOLE: u32 = 100;
