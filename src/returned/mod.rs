//! A workbook that we returned, when it comes back: the record of what is ours, what an earlier run left, what a person
//! changed since, and whether what is ours is intact.

mod appearance;
pub mod changes;
mod claims;
mod consequence;
pub mod content;
pub mod earlier;
mod formula;
mod given;
pub mod keys;
pub mod memory;
mod moves;
pub mod our_sheet;
mod ours;
mod read_back;
pub mod record;
pub mod seal;
mod seen;
mod text;
pub mod verify;
pub mod view;

pub use changes::{quoted, sentence};
pub use claims::{Claims, Stance};
pub use consequence::Consequence;
pub use earlier::{Earlier, Kept, Source};
pub use formula::references;
pub use given::{Filled, Given, GivenRow, Judgement, Judgements, OtherTicks, Reply, Ticks};
pub use keys::{Keys, PublicKey, SecretKey};
pub use memory::Memory;
pub use our_sheet::{OurSheet, SheetKey};
pub use record::{About, Record, Return, Standing};
pub use verify::{Mismatch, Returned, Verified, verify};
pub use view::View;
