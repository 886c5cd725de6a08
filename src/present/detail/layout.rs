//! Where things stand on 评分明细 and 取值表, known before anything is written on them.

use super::super::kept;
use crate::base::{CellAt, CellRef, RangeAt, RangeRef};

/// The first row below the titles.
pub(in crate::present) const FIRST: u32 = 3;

/// Columns by meaning.
pub(in crate::present) mod col {
    pub(in crate::present) const NUMBER: u32 = 0;
    pub(in crate::present) const LEVEL1: u32 = 1;
    pub(in crate::present) const LEVEL2: u32 = 2;
    pub(in crate::present) const NAME: u32 = 3;
    pub(in crate::present) const WEIGHT: u32 = 4;
    pub(in crate::present) const CRITERION: u32 = 5;
    pub(in crate::present) const READING: u32 = 6;
    pub(in crate::present) const TARGET: u32 = 7;
    pub(in crate::present) const ACTUAL: u32 = 8;
    pub(in crate::present) const RATE: u32 = 9;
    pub(in crate::present) const SCORE: u32 = 10;
    pub(in crate::present) const DEDUCTION: u32 = 11;
    pub(in crate::present) const NOTE: u32 = 12;
    pub(in crate::present) const STATE: u32 = 13;
    pub(in crate::present) const PLACE: u32 = 14;
    pub(in crate::present) const RULED: u32 = 15;
    /// What a reviewer types in the place of the score, why, and who he is.
    pub(in crate::present) const GIVEN_SCORE: u32 = 16;
    pub(in crate::present) const GIVEN_REASON: u32 = 17;
    pub(in crate::present) const GIVEN_BY: u32 = 18;
}

/// Where things stand on the sheet, known before anything is written.
pub(in crate::present) struct Layout {
    pub(super) sheet: String,
    /// The name of the sheet of kept values.
    values: String,
    count: u32,
}

impl Layout {
    /// The layout of the sheets of these names for so many indicators.
    pub(in crate::present) fn new(sheet: &str, values: &str, indicators: usize) -> Self {
        let count = u32::try_from(indicators).unwrap_or(u32::MAX);
        Self { sheet: sheet.to_owned(), values: values.to_owned(), count }
    }

    pub(in crate::present) fn at(&self, row: u32, column: u32) -> Option<CellAt> {
        CellRef::new(row, column).map(|cell| CellAt::new(self.sheet.clone(), cell))
    }

    fn range(&self, first: u32, last: u32, column: u32) -> Option<RangeAt> {
        let (first, last) = CellRef::new(first, column).zip(CellRef::new(last, column))?;
        Some(RangeAt { sheet: self.sheet.clone().into(), range: RangeRef::new(first, last) })
    }

    /// The row of the indicator at this position.
    pub(in crate::present) fn row(index: usize) -> u32 {
        FIRST.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The row of sums below the indicators.
    pub(super) fn total_row(&self) -> u32 {
        FIRST.saturating_add(self.count)
    }

    /// The cell of the kept value at this position, on its own sheet.
    pub(in crate::present) fn kept(&self, position: usize) -> Option<CellAt> {
        self.of_values(position, kept::VALUE)
    }

    /// The cell of the copy beside a kept value.
    pub(in crate::present) fn copy(&self, position: usize) -> Option<CellAt> {
        self.of_values(position, kept::COPY)
    }

    fn of_values(&self, position: usize, column: u32) -> Option<CellAt> {
        CellRef::new(kept::row_of(position), column).map(|cell| CellAt::new(self.values.clone(), cell))
    }

    /// The scores of the indicators from one position to another, both included.
    pub(in crate::present) fn scores(&self, first: usize, last: usize) -> Option<RangeAt> {
        self.range(Self::row(first), Self::row(last), col::SCORE)
    }

    /// The weights of the indicators from one position to another, both included.
    pub(in crate::present) fn weights(&self, first: usize, last: usize) -> Option<RangeAt> {
        self.range(Self::row(first), Self::row(last), col::WEIGHT)
    }

    /// 扣分 of all indicators.
    pub(in crate::present) fn deductions(&self) -> Option<RangeAt> {
        let last = self.total_row().checked_sub(1).filter(|last| *last >= FIRST)?;
        self.range(FIRST, last, col::DEDUCTION)
    }

    /// 分值, 得分 and 扣分 of the indicator at this position.
    pub(in crate::present) fn figures(&self, index: usize) -> [Option<CellAt>; 3] {
        [col::WEIGHT, col::SCORE, col::DEDUCTION].map(|column| self.at(Self::row(index), column))
    }

    /// 扣分原因 of the indicator at this position.
    pub(in crate::present) fn note(&self, index: usize) -> Option<CellAt> {
        self.at(Self::row(index), col::NOTE)
    }

    /// 状态 of all indicators.
    pub(in crate::present) fn states(&self) -> Option<RangeAt> {
        let last = self.total_row().checked_sub(1).filter(|last| *last >= FIRST)?;
        self.range(FIRST, last, col::STATE)
    }

    /// The total score's cell.
    pub(in crate::present) fn total(&self) -> Option<CellAt> {
        self.at(self.total_row(), col::SCORE)
    }
}
