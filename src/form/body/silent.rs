//! Columns that have no part in scoring, of which a check can make something all the same.

use super::Reader;
use crate::form::header::{Header, HeaderColumn};
use crate::mapping::compose::{self, Role, Silent};
use crate::mapping::title::normalise;
use crate::mapping::{Column, FormTable};
use crate::model::{Benchmark, Entry};
use crate::words::{self, Class};

/// The column of remarks, where the form has neither a column of actuals nor one of situations: a person may have said
/// there what was done.
pub(in crate::form) fn remark(header: &Header) -> Option<&HeaderColumn> {
    let other = header.get(Column::Actual).is_some() || header.get(Column::Situation).is_some();
    silent(header, Silent::Remark).filter(|_| !other)
}

/// The column in which the form states completion rates.
pub(super) fn completion_rate(header: &Header) -> Option<&HeaderColumn> {
    silent(header, Silent::Rate)
}

/// The column that says what proves the actuals.
pub(super) fn evidence(header: &Header) -> Option<&HeaderColumn> {
    let is = |column: &&HeaderColumn| {
        let title = normalise(&column.title);
        let basis = compose::read(&title, FormTable::Main);
        let basis = basis.is_some_and(|read| read.role == Role::Silent(Silent::Basis));
        basis && words::of(Class::TitleEvidence).within(&title)
    };
    header.columns.iter().filter(|column| column.column == Column::Other).find(is)
}

/// The column in which the form says of a target what explains it (指标值说明).
pub(super) fn explanation(header: &Header) -> Option<&HeaderColumn> {
    silent(header, Silent::Explain)
}

/// The first column of a kind that has no part in scoring.
fn silent(header: &Header, kind: Silent) -> Option<&HeaderColumn> {
    let is = |column: &&HeaderColumn| {
        let title = normalise(&column.title);
        let read = compose::read(&title, FormTable::Main);
        // 偏离度 is what the rate is off by, 得分系数 what the score is of the points.
        let other = kind == Silent::Rate && words::of(Class::OtherRates).within(&title);
        read.is_some_and(|read| read.role == Role::Silent(kind)) && !other
    };
    header.columns.iter().filter(|column| column.column == Column::Other).find(is)
}

impl Reader<'_, '_> {
    /// What a row says that its target can be held against (上年值, 行业值). What is merged over several rows is no row's.
    pub(super) fn standards(&self, row: u32) -> Vec<Benchmark> {
        let columns =
            self.header.columns.iter().filter_map(|column| Some((column.column, column.column.standard()?)));
        let cells = columns.filter_map(|(column, standard)| {
            let at = self.filled_at(row, column).filter(|at| !self.shared(row, *at))?;
            Some(Benchmark { standard, entry: self.view.entry_at(at), taken: None })
        });
        cells.collect()
    }

    /// What a row says that was taken off (扣分), of an indicator or of rows that are added up. What is merged over several
    /// rows is no row's.
    pub(super) fn deduction(&self, row: u32) -> Option<Entry> {
        let entry = self.entry(row, silent(self.header, Silent::Deduction)?)?;
        let range = self.view.range(entry.at.as_ref()?.cell);
        let dash = self.mapping.missing_values.contains(&normalise(&entry.shown()));
        (range.first.row() == range.last.row() && range.first.col() == range.last.col() && !dash)
            .then_some(entry)
    }
}
