//! A workbook that we returned, when it comes back: the record of what is ours, what an earlier run left, what a person
//! changed since, and whether what is ours is intact.

pub mod changes;
pub mod earlier;
pub mod memory;
pub mod part;
pub mod record;
pub mod verify;

pub use changes::sentence;
pub use earlier::{Earlier, Given};
pub use memory::Memory;
pub use part::{Part, SheetKey};
pub use record::NAME as RECORD;
pub use verify::{Mismatch, Returned, Verified, verify};
