//! What became of every cell of a form's sheet: used, ours, silent or unread (nothing passes unread).

use crate::base::{CellAt, RangeRef, SheetId};

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It took part in what is said of the form.
    Used,
    /// We wrote it in an earlier run.
    Ours,
    /// It has no part in scoring, and it is known why: titles, notes, instructions, serial numbers.
    Silent,
    /// It was not used, and nothing says why that is no loss.
    Unread,
}

impl Fate {
    /// The word that JSON and the terminal use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Ours => "ours",
            Self::Silent => "silent",
            Self::Unread => "unread",
        }
    }

    /// What a clerk reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Used => "采用",
            Self::Ours => "本软件填写",
            Self::Silent => "与评分无关",
            Self::Unread => "没有采用",
        }
    }
}

/// How the meaning of a column is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Its title stands in the mapping.
    Title,
    /// Its title was read from the words it is composed of.
    Words,
    /// Only the end of its title was read.
    Guess,
    /// A person said it.
    Answer,
    /// Nothing says it.
    None,
}

impl Evidence {
    /// What a clerk reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Title => "标题",
            Self::Words => "标题构词",
            Self::Guess => "推测",
            Self::Answer => "人工确认",
            Self::None => "不明",
        }
    }

    /// The word that JSON uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Words => "words",
            Self::Guess => "guess",
            Self::Answer => "answer",
            Self::None => "none",
        }
    }
}

/// A column of a table, used or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountColumn {
    /// Its title as written, without spaces; empty where there is none.
    pub title: String,
    /// The title's cell, or where there is none the first that holds something.
    pub at: CellAt,
    /// The sheet's column, zero-based.
    pub col: u32,
    /// What it holds: a word of the mapping (`target`), or in Chinese what kind of silent column it is.
    pub role: String,
    /// How that is known.
    pub evidence: Evidence,
    /// What became of its cells.
    pub fate: Fate,
    /// How many cells below the title hold something.
    pub cells: usize,
    /// One of them as shown, for asking about it.
    pub sample: Option<(CellAt, String)>,
    /// Whether the verdict may be wrong without it: it keeps the grade open.
    pub weighty: bool,
    /// What it may be, for asking: words of the mapping.
    pub choices: Vec<&'static str>,
}

/// Cells of a form outside of the columns of its tables, that share a fate and a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBlock {
    /// The smallest range over them.
    pub range: RangeRef,
    /// What became of them.
    pub fate: Fate,
    /// Why, in Chinese.
    pub reason: String,
    /// How many they are.
    pub cells: usize,
    /// Whether the verdict may be wrong without them.
    pub weighty: bool,
}

/// The account of one form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// The form's sheet.
    pub sheet: SheetId,
    /// The rows it covers, zero-based, first and last.
    pub rows: (u32, u32),
    /// Cells of its rows that hold something.
    pub cells: usize,
    /// Those used.
    pub used: usize,
    /// Those that are ours.
    pub ours: usize,
    /// Those without a part in scoring.
    pub silent: usize,
    /// Those not used.
    pub unread: usize,
    /// The columns of its tables, left to right, table by table.
    pub columns: Vec<AccountColumn>,
    /// The other cells.
    pub blocks: Vec<AccountBlock>,
}

impl Account {
    /// Whether each cell has one fate.
    pub fn adds_up(&self) -> bool {
        let parts = [self.used, self.ours, self.silent, self.unread];
        parts.iter().fold(0_usize, |sum, part| sum.saturating_add(*part)) == self.cells
    }

    /// Whether something keeps the grade open.
    pub fn is_open(&self) -> bool {
        self.columns.iter().any(|column| column.weighty) || self.blocks.iter().any(|block| block.weighty)
    }

    /// The columns that a person is asked about.
    pub fn questions(&self) -> impl Iterator<Item = &AccountColumn> {
        self.columns.iter().filter(|column| column.weighty)
    }
}
