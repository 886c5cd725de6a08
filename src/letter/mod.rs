//! What goes out to the department about its agencies' projects: four kinds of document, as drafts. Number, date and seal
//! are the bureau's; what is internal, what the agency has given already and what is wrong with the bureau's own sheet is
//! not said.

mod choice;
mod comments;
mod compose;
mod correction;
mod found;
mod funds;
mod mend;
mod notes;
mod result;
mod row;
mod said_once;
mod scores;
mod subject;
mod taken;
mod targets;

pub use choice::Drafted;
pub use compose::{compose, compose_all};
pub use found::{Point, Wanted};
pub use subject::{Level, Said, Subject, subject};
pub use taken::{Deduction, Sums, Undecided, hold_open, said_of, undecided, why};

pub use crate::model::letter::{Choice, Days, Kind, Settings};

/// The title of a column of numbers, and of one of scores: tables are laid out by them.
pub const NUMBER: &str = "序号";
/// See [`NUMBER`].
pub const SCORE: &str = "得分";

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterBlock {
    /// A heading; those of a document and of each attachment are numbered.
    Heading(String),
    /// What begins an attachment: its title.
    Attachment(String),
    /// A paragraph.
    Paragraph(String),
    /// A line without indent: who it goes to, where somebody signs.
    Flush(String),
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
    /// What is said beside it, to who sends it out.
    pub notes: Vec<String>,
}

impl Letter {
    /// What is said beside it, with what it is.
    pub fn beside(&self) -> Vec<String> {
        let of = format!("经办提示（{}，{}）", self.department(), self.name);
        self.notes.iter().map(|note| format!("{of}：{note}")).collect()
    }

    /// The department that it goes to, or that none is named.
    pub fn department(&self) -> &str {
        self.to.as_deref().unwrap_or("未填写主管部门")
    }
}
