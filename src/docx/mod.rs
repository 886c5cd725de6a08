//! Word documents as packages: opened under limits, refused where they act or lead elsewhere, filled in place. What forms and
//! scores are it does not know.
//!
//! | file | what |
//! |---|---|
//! | `tree` | a part as a tree with the places of its elements |
//! | `open` | the parts with text |
//! | `hostile` | what a document may not hold |
//! | `place` | how a person finds a paragraph |
//! | `read` | what a document says, for reading only |
//! | `value` | what a template is filled with, and what it may ask for |
//! | `template` | a template taken apart, filled and written |
//! | `chart` | charts of a template |
//! | `passage` | passages of ours in a document |
//! | `digest` | whether a passage is as it was written |

mod chart;
pub(crate) mod digest;
mod hostile;
pub(crate) mod open;
pub(crate) mod passage;
pub(crate) mod place;
pub mod read;
pub(crate) mod template;
pub(crate) mod tree;
pub mod value;

pub(crate) use open::StoryKind;
pub(crate) use place::Place;
pub use template::Updates;
pub(crate) use template::{Earlier, Template, draft_mark};
pub use value::{Schema, Scope, Shape, Value};
