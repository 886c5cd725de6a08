//! Drafts a mapping for a form that no mapping reads: what is sure, what is guessed and why, what a person
//! must decide. The draft loads as it is.

mod guess;
mod header;
mod write;

use super::Mappings;
use super::words::{Column, Kind};
use crate::base::CellRef;
use crate::sheet::Sheet;

/// A draft for one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The sheet it was drafted from.
    pub sheet: String,
    /// The mapping's text.
    pub toml: String,
}

/// Drafts for the sheets of a workbook that have something like a header.
pub fn infer(sheets: &[Sheet], mappings: &Mappings, name: &str) -> Vec<Draft> {
    let looks: Vec<Look<'_>> =
        sheets.iter().filter(|sheet| sheet.visible).filter_map(|sheet| Look::new(sheet, mappings)).collect();
    let several = looks.len() > 1;
    looks
        .iter()
        .map(|look| {
            let own = if several { format!("{name}-{}", look.sheet.name) } else { name.to_owned() };
            Draft { sheet: look.sheet.name.clone(), toml: look.draft(&own) }
        })
        .collect()
}

/// What a title was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Guess {
    /// A shipped mapping knows the title.
    Known(Column),
    /// Guessed, with the reason.
    Guessed(Column, String),
    /// A person must say; what speaks for and against, where something does.
    Open(String),
}

impl Guess {
    fn column(&self) -> Option<Column> {
        match self {
            Self::Known(column) | Self::Guessed(column, _) => Some(*column),
            Self::Open(_) => None,
        }
    }
}

/// A title of the header.
struct Title {
    at: CellRef,
    text: String,
    /// The title over it, where it stands in a group.
    group: Option<String>,
    guess: Guess,
}

/// A sheet with its header.
struct Look<'s> {
    sheet: &'s Sheet,
    kind: Kind,
    heading: Option<String>,
    titles: Vec<Title>,
    /// Whether a label of the project's name stands above the header.
    names_project: bool,
}

impl<'s> Look<'s> {
    fn new(sheet: &'s Sheet, mappings: &Mappings) -> Option<Self> {
        let row = header::row(sheet, mappings)?;
        let mut titles = header::titles(sheet, row);
        guess::all(sheet, mappings, &mut titles);
        let mut look = Self {
            sheet,
            kind: Kind::SelfEvaluation,
            heading: header::heading(sheet, row),
            titles,
            names_project: header::names_project(sheet, row, mappings),
        };
        look.kind = look.kind();
        Some(look)
    }

    fn has(&self, column: Column) -> bool {
        self.titles.iter().any(|title| title.guess.column() == Some(column))
    }

    fn has_any(&self, columns: &[Column]) -> bool {
        columns.iter().any(|column| self.has(*column))
    }

    fn kind(&self) -> Kind {
        if self.has(Column::Debit) || self.has(Column::Summary) && self.has(Column::Amount) {
            Kind::Ledger
        } else if self.has(Column::Answer) && !self.has(Column::Name) {
            Kind::Survey
        } else if self.has(Column::Criterion) && self.has(Column::Weight) {
            Kind::ScoreSheet
        } else if self.has_any(&[Column::Actual, Column::Score, Column::StatedScore, Column::Weight]) {
            Kind::SelfEvaluation
        } else {
            Kind::Declaration
        }
    }

    /// The columns by which the form is recognised: the ones its kind cannot do without.
    fn required(&self) -> &'static [Column] {
        match self.kind {
            Kind::Ledger => &[Column::Summary, Column::Debit],
            Kind::Survey => &[Column::Answer],
            Kind::Declaration => &[Column::Name, Column::Target],
            Kind::ScoreSheet => &[Column::Name, Column::Weight, Column::Criterion],
            _ => &[Column::Name, Column::Actual],
        }
    }

    /// The columns of which its kind needs at least one.
    fn any(&self) -> &'static [Column] {
        match self.kind {
            Kind::ScoreSheet => &[Column::Actual, Column::Situation, Column::Score, Column::StatedScore],
            Kind::SelfEvaluation => {
                &[Column::Target, Column::Weight, Column::Score, Column::StatedScore, Column::Reason]
            }
            _ => &[],
        }
    }
}
