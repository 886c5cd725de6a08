//! Where a ledger stands and how its columns are called. Its rows are streamed, never kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::base::{CellAt, SheetId};
use crate::words::{self, Class, Words};

/// The unit an amount of money is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
pub enum MoneyUnit {
    /// 元.
    #[default]
    #[serde(rename = "元")]
    Yuan,
    /// 千元: 1,000 元.
    #[serde(rename = "千元")]
    Thousand,
    /// 万元: 10,000 元.
    #[serde(rename = "万元")]
    TenThousand,
    /// 亿元: 100,000,000 元.
    #[serde(rename = "亿元")]
    HundredMillion,
}

impl MoneyUnit {
    /// All of them; 元, in which the names of the others end, comes last.
    pub const ALL: [Self; 4] = [Self::Thousand, Self::TenThousand, Self::HundredMillion, Self::Yuan];

    /// How many 元 one of it is.
    pub fn factor(self) -> u32 {
        match self {
            Self::Yuan => 1,
            Self::Thousand => 1_000,
            Self::TenThousand => 10_000,
            Self::HundredMillion => 100_000_000,
        }
    }

    /// The unit that a word names: 元, 千元, 万元, 亿元, and 万, 亿 behind digits.
    pub fn of_word(word: &str) -> Option<Self> {
        let names = |unit: &Self| match unit {
            Self::Yuan => Class::MoneyYuan,
            Self::Thousand => Class::MoneyThousand,
            Self::TenThousand => Class::MoneyTenThousand,
            Self::HundredMillion => Class::MoneyHundredMillion,
        };
        Self::ALL.into_iter().find(|unit| words::of(names(unit)).has(word))
    }

    /// 元, 千元, 万元, 亿元.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Thousand => "千元",
            Self::TenThousand => "万元",
            Self::HundredMillion => "亿元",
        }
    }
}

/// Which zero-based column holds what. `None`: the ledger has no such column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerColumns {
    /// 日期 (a date cell or a text).
    pub date: Option<u32>,
    /// 月, where month and day stand apart.
    pub month: Option<u32>,
    /// 日.
    pub day: Option<u32>,
    /// 会计期间.
    pub period: Option<u32>,
    /// 凭证字 or 凭证字号.
    pub voucher: Option<u32>,
    /// 凭证号, where it stands apart from 凭证字.
    pub voucher_number: Option<u32>,
    /// 摘要.
    pub summary: Option<u32>,
    /// 科目编码.
    pub account_code: Option<u32>,
    /// 科目名称.
    pub account_name: Option<u32>,
    /// 支出经济分类.
    pub economic: Option<u32>,
    /// 项目, where one ledger holds several.
    pub project: Option<u32>,
    /// 借方金额.
    pub debit: Option<u32>,
    /// 贷方金额.
    pub credit: Option<u32>,
    /// 金额, where one column holds both sides and 方向 says which.
    pub amount: Option<u32>,
    /// 方向 (借, 贷, 平).
    pub direction: Option<u32>,
    /// 余额.
    pub balance: Option<u32>,
    /// Columns of a 多栏账 that together are each entry's amount, where it has no other.
    pub parts: Vec<u32>,
}

/// A column in which words decide whether a row counts. One that changes no total as far as it was seen is watched where the
/// ledger is too long to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The column.
    pub col: u32,
    /// Words that may stand there besides nothing and zero.
    pub harmless: Vec<String>,
    /// Words that say of their row that its money was not spent (已退回, 作废).
    pub void: Vec<String>,
}

/// Why no total can be given of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The cell that shows it; the ledger's title where none does.
    pub at: Option<CellAt>,
    /// Why, in Chinese.
    pub why: String,
}

impl Refusal {
    /// For a reason that no cell shows.
    pub fn of(why: String) -> Self {
        Self { at: None, why }
    }
}

/// A ledger found in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLocator {
    /// Which of the case's source files (0 is the first).
    pub source: usize,
    /// The sheet.
    pub sheet: SheetId,
    /// First row below the header, zero-based.
    pub first_row: u32,
    /// Last row, where another table begins in the same sheet; `None`: the ledger goes on to the end of the sheet, which
    /// may be longer than what was looked at.
    pub last_row: Option<u32>,
    /// Rows whose amount is a formula that adds up cells of its own column: sums, whatever they are called.
    pub sums: BTreeSet<u32>,
    /// Rows whose amount is a formula without a result, or with one that is none.
    pub unvalued: BTreeSet<u32>,
    /// Its columns.
    pub columns: LedgerColumns,
    /// The words that hold for it.
    pub words: Words,
    /// The unit its amounts are in.
    pub unit: MoneyUnit,
    /// Why the ledger cannot be added up, in Chinese: its unit cannot be converted (美元, 百元), or it cannot be told
    /// which column holds the amounts.
    pub refusal: Option<Refusal>,
    /// The year where the rows do not say it (`2022年` over 月 | 日).
    pub year: Option<i16>,
    /// The account above the table (`科目：5001.02.07 …`): code and name.
    pub account: Option<(String, String)>,
    /// The title cell, for links.
    pub at: CellAt,
    /// The column in which each row says the unit of its amounts, where one does.
    pub row_unit: Option<u32>,
    /// Columns to be watched.
    pub watched: Vec<Watched>,
}
