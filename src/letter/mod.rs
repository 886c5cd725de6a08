//! What goes out to the department about its agencies' projects: four kinds of document, as drafts. Number, date and seal
//! are the bureau's; what is internal, what the agency has given already and what is wrong with the bureau's own sheet is
//! not said.

mod choice;
mod comments;
mod compose;
mod correction;
mod found;
mod result;
mod scores;
mod subject;
mod taken;
mod targets;

pub use choice::Drafted;
pub use compose::{compose, compose_all};
pub use found::Point;
pub use subject::{Level, Said, Subject, subject};
pub use taken::{Deduction, Sums, Undecided, said_of, why};

pub use crate::model::letter::{Choice, Days, Kind, Settings};

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterBlock {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A line at the right: who signs, and when.
    Right(String),
    /// A table.
    Table {
        /// Its titles.
        titles: Vec<&'static str>,
        /// Its rows.
        rows: Vec<Vec<String>>,
    },
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: &'static str,
    /// The department that it goes to.
    pub to: Option<String>,
    /// Its number, open.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub parts: Vec<LetterBlock>,
}
