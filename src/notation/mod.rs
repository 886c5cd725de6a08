//! Targets and actuals as officials write them, read exactly or refused.
//!
//! A cell such as `≥ 95％`, `1.2万人`, `59.27/61.2`, `2021年12月底前`, `①②④` or `未发现问题` becomes a
//! [`Notation`]. What cannot be read with certainty becomes an [`Unread`] that names the words that were not
//! understood: a wrong number is far worse than a refusal.
//!
//! The scanners ([`scan_number`], [`scan_sign`], [`scan_unit`], [`scan_quantity`], [`scan_date`]) read a prefix of a
//! text that [`normalise`] has already made half-width, and say how many bytes they took.

mod amounts;
mod answers;
mod beside;
mod beside_numbers;
mod columns;
mod compound;
mod constant;
mod context;
pub mod date;
pub mod direction;
pub mod facts;
pub mod items;
pub mod money;
pub mod numeral;
pub mod quantity;
pub mod read;
pub mod row;
pub mod scale;
pub mod sign;
pub mod status;
mod text;
mod times;
pub mod unit;
mod units;
pub mod width;

pub use constant::is_constant_formula;
pub use context::is_rate_name;
pub use date::{DATE_WORDS, Days, scan_date};
pub use items::{Items, Tick};
pub use numeral::{Numeral, is_numeral, scan_number, scan_numeral};
pub use quantity::{Quantity, RANK_WORDS, UnitMismatch, convert, scan_quantity, scan_rank};
pub use read::{Hints, Notation, Role, Unread, Why, read, read_text};
pub use row::Row;
pub use scale::{ScaleWord, scale_word};
pub use sign::{Sign, scan_sign, scan_sign_after};
pub use status::{Status, StatusWord};
pub use unit::{Dimension, Unit, are_units, scan_unit};
pub use width::{Normalised, in_print, normalise};
