//! From results to what a person sees: cell edits, notes and the contents of the sheets we add. Pure.

pub mod sheet;

pub use sheet::{AddedSheet, BarChart, Choice, Content, Look, SheetCell};
