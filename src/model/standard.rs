//! What a target or a criterion can be held against beside the plan: the year before, its like, the trade.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::indicator::Entry;

/// A standard of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// 上年值: what was done in the year before.
    LastYear,
    /// 前年值: what was done in the year before that.
    YearBefore,
    /// 三年均值: the mean of the three years before.
    ThreeYears,
    /// 行业值: what is usual, or asked for, in the trade.
    Industry,
    /// 参考值.
    Reference,
}

impl Standard {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::LastYear, Self::YearBefore, Self::ThreeYears, Self::Industry, Self::Reference];

    /// What forms, findings and readings call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::LastYear => "上年值",
            Self::YearBefore => "前年值",
            Self::ThreeYears => "三年均值",
            Self::Industry => "行业值",
            Self::Reference => "参考值",
        }
    }

    /// Whether it is the agency's own past (历史标准).
    pub fn is_history(self) -> bool {
        matches!(self, Self::LastYear | Self::YearBefore | Self::ThreeYears)
    }
}

/// The value of a standard for an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benchmark {
    /// Of which standard.
    pub standard: Standard,
    /// The value: of the form its cell, of another file what stood there, without a cell.
    pub entry: Entry,
    /// Where it was taken from, where the form itself does not say it.
    pub taken: Option<Taken>,
}

/// Where a value was taken from that the form does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The file.
    pub file: String,
    /// The cell there.
    pub cell: String,
    /// The year that it is of, where the file says one.
    pub year: Option<i16>,
    /// Whether anybody but the agency looked at it.
    pub reviewed: bool,
}

impl Taken {
    /// Where from, as a clerk reads it, and what it is worth.
    pub fn shown(&self) -> String {
        let year = self.year.map(|year| format!("{year}年度")).unwrap_or_default();
        let worth = if self.reviewed { "已经复核" } else { "取自单位自评，未经复核" };
        format!("“{}”{year}（{}），{worth}", self.file, self.cell)
    }
}
