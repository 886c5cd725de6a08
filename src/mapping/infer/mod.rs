//! Drafts a mapping: what is sure, what is guessed and why, what a person must decide; for a form that no mapping reads,
//! and for one that is read but for some of its columns. Every title of the header is named with what speaks for it. The
//! draft loads as it is.

mod answers;
mod columns;
mod guess;
mod header;
mod money;
mod read;
mod write;

use super::column::Column;
use super::compose::Silent;
use super::index::FormTable;
use super::words::Kind;
use super::{Mapping, Mappings};
use crate::base::{CellRef, SheetId};
use crate::model::Account;
use crate::sheet::Sheet;

pub use answers::from_answers;

/// A draft for one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The sheet it was drafted from.
    pub sheet: SheetId,
    /// The mapping's text.
    pub toml: String,
    /// Whether a person is asked something about a title.
    pub open: bool,
}

/// Drafts for the sheets of a workbook that have something like a header.
pub fn infer(sheets: &[Sheet], mappings: &Mappings, name: &str) -> Vec<Draft> {
    let looks: Vec<Look<'_>> =
        sheets.iter().filter(|sheet| sheet.visible).filter_map(|sheet| Look::new(sheet, mappings)).collect();
    let several = looks.len() > 1;
    looks
        .iter()
        .map(|look| {
            let own = if several { format!("{name}-{}", look.sheet.id.name) } else { name.to_owned() };
            let open = look.titles.iter().chain(&look.money).any(|title| !title.guess.is_known());
            Draft { sheet: look.sheet.id.clone(), toml: look.draft(&own), open }
        })
        .collect()
}

/// A draft for a form that a mapping reads, from the account of its cells: what was not read, or was guessed, is asked.
pub fn of_read(mapping: &Mapping, account: &Account, name: &str) -> Draft {
    read::draft(mapping, account, name)
}

/// What a title was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Guess {
    /// A shipped mapping lists the title.
    Known(Column),
    /// Its words say it.
    Words(Column),
    /// Guessed, with the reason.
    Guessed(Column, String),
    /// It has no part in scoring, by its words or by its content.
    Silent(Silent, &'static str),
    /// A person must say; what speaks for and against, where something does.
    Open(String),
}

impl Guess {
    fn column(&self) -> Option<Column> {
        match self {
            Self::Known(column) | Self::Words(column) | Self::Guessed(column, _) => Some(*column),
            Self::Silent(..) | Self::Open(_) => None,
        }
    }

    /// Whether nothing need be asked.
    fn is_known(&self) -> bool {
        matches!(self, Self::Known(_) | Self::Words(_) | Self::Silent(..))
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
    /// The titles of its budget block.
    money: Vec<Title>,
    /// Whether a label of the project's name stands above the header.
    names_project: bool,
    /// Whether the cells below the criterion's title say how points are earned.
    has_rules: bool,
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
            has_rules: guess::has_rules(sheet, &titles),
            titles,
            money: Vec::new(),
            names_project: header::names_project(sheet, row, mappings),
        };
        look.kind = look.kind();
        if look.is_scored() {
            look.money = money::titles(sheet, mappings, row);
        }
        Some(look)
    }

    fn is_scored(&self) -> bool {
        matches!(self.kind, Kind::SelfEvaluation | Kind::ScoreSheet)
    }

    fn has(&self, column: Column) -> bool {
        let is = |wanted: Column| self.titles.iter().any(|title| title.guess.column() == Some(wanted));
        is(column) || column == Column::Name && is(Column::NameStandIn)
    }

    fn has_any(&self, columns: &[Column]) -> bool {
        columns.iter().any(|column| self.has(*column))
    }

    /// The kind that the columns and their content speak for.
    fn kind(&self) -> Kind {
        if self.has(Column::Debit) || self.has(Column::Summary) && self.has(Column::Amount) {
            Kind::Ledger
        } else if self.has(Column::Answer) && !self.has(Column::Name) {
            Kind::Survey
        } else if self.has(Column::Criterion) && self.has(Column::Weight) && self.has_rules {
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
            Kind::Ledger if !self.has(Column::Debit) => &[Column::Summary, Column::Amount],
            Kind::Ledger => &[Column::Summary, Column::Debit],
            Kind::Survey => &[Column::Answer],
            Kind::Declaration => &[Column::Name, Column::Target],
            Kind::ScoreSheet => &[Column::Name, Column::Weight, Column::Criterion],
            _ => &[Column::Name, Column::Actual],
        }
    }

    /// What the form may be recognised by instead, of the columns that it has.
    fn instead(&self) -> Vec<&'static [Column]> {
        let all: &[&'static [Column]] = match self.kind {
            Kind::ScoreSheet => &[
                &[Column::Name, Column::Weight],
                &[Column::Name, Column::Criterion],
                &[Column::Name, Column::Score],
            ],
            Kind::SelfEvaluation => &[
                &[Column::Name, Column::Weight],
                &[Column::Name, Column::StatedScore],
                &[Column::Name, Column::Score],
                &[Column::Name, Column::Target],
            ],
            Kind::Declaration => &[&[Column::Name, Column::Unit], &[Column::Level1, Column::Name]],
            Kind::Ledger => &[&[Column::Date, Column::Debit], &[Column::Date, Column::Amount]],
            _ => &[],
        };
        let fits = |columns: &&&'static [Column]| columns.iter().all(|column| self.has(*column));
        all.iter().filter(fits).copied().collect()
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

/// The table of a mapping file that the columns of a table stand in.
fn section(table: FormTable) -> &'static str {
    match table {
        FormTable::Main => "columns",
        FormTable::Budget => "budget.columns",
        FormTable::Checklist => "checklist.columns",
    }
}
