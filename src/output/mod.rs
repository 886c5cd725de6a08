//! What leaves the program: the workbook's bytes, JSON, text.

pub mod file;
pub mod json;
pub mod sheets;
pub mod text;
