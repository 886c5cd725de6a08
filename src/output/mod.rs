//! What leaves the program: the workbook's bytes, JSON, text.

mod derivation;
pub mod file;
pub mod findings;
pub mod json;
pub mod ledger;
pub mod letter;
mod letter_docx;
mod paging;
pub mod rebuild;
pub mod reference;
pub mod report;
pub mod sheets;
pub mod text;
