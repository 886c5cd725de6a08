//! Columns that have no part in scoring, of which a check can make something all the same.

use super::Reader;
use crate::form::header::{Header, HeaderColumn};
use crate::mapping::compose::{self, Role, Silent};
use crate::mapping::title::normalise;
use crate::mapping::{Column, Part};
use crate::model::Entry;
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

/// The column that says on what targets rest.
pub(super) fn target_basis(header: &Header) -> Option<&HeaderColumn> {
    of_basis(header, Class::TitleTargetBasis)
}

/// The column that says what proves the actuals.
pub(super) fn evidence(header: &Header) -> Option<&HeaderColumn> {
    of_basis(header, Class::TitleEvidence)
}

fn of_basis(header: &Header, class: Class) -> Option<&HeaderColumn> {
    let is = |column: &&HeaderColumn| {
        let title = normalise(&column.title);
        let read = compose::read(&title, Part::Main);
        read.is_some_and(|read| read.role == Role::Silent(Silent::Basis)) && words::of(class).within(&title)
    };
    header.columns.iter().filter(|column| column.column == Column::Other).find(is)
}

/// The first column of a kind that has no part in scoring.
fn silent(header: &Header, kind: Silent) -> Option<&HeaderColumn> {
    let is = |column: &&HeaderColumn| {
        let title = normalise(&column.title);
        let read = compose::read(&title, Part::Main);
        // 偏离度 is what the rate is off by, 得分系数 what the score is of the points.
        let other = kind == Silent::Rate && words::of(Class::OtherRates).within(&title);
        read.is_some_and(|read| read.role == Role::Silent(kind)) && !other
    };
    header.columns.iter().filter(|column| column.column == Column::Other).find(is)
}

impl Reader<'_, '_> {
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
