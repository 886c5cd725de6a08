//! A target that stands in the words that explain the indicator (年度目标≥90% in 指标说明), where no column has one.

use super::Reader;
use crate::mapping::compose::{self, Role, Silent};
use crate::mapping::title::normalise;
use crate::mapping::{Column, FormTable};
use crate::model::Entry;
use crate::notation::{Hints, Notation, read_text};
use crate::sheet::Cell;
use crate::words::list;

impl Reader<'_, '_> {
    /// The target of its column, else the only one that an explanation of the row states.
    pub(super) fn target_or_explained(&self, row: u32, first: Option<Entry>) -> Option<Entry> {
        match first {
            Some(first) if !first.is_blank() => Some(first),
            first => self.target_explained(row).or(first),
        }
    }

    /// Two targets, or one over several rows, are nobody's.
    fn target_explained(&self, row: u32) -> Option<Entry> {
        let explains = |title: &str| {
            let read = compose::read(&normalise(title), FormTable::Main);
            read.is_some_and(|read| read.role == Role::Silent(Silent::Explain))
        };
        let columns = self.header.columns.iter().filter(|column| column.column == Column::Other);
        let mut found = columns.filter(|column| explains(&column.title)).filter_map(|column| {
            let entry = self.entry(row, column)?;
            let at = entry.at.as_ref()?.cell;
            let target = stated(&entry.shown())?;
            (!self.shared(row, at)).then(|| Entry { at: entry.at, cell: Cell::text(&target) })
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
}

/// The target that one sentence of a text states and nothing else: 年度目标≥90%, 目标值：5场. The word alone before words
/// (目标完成情况) states none.
fn stated(text: &str) -> Option<String> {
    let of = |sentence: &str| {
        let sentence = sentence.trim();
        let rest = list::TARGET_CALLED.strip(sentence)?;
        let rest =
            rest.trim_start_matches(|c: char| c.is_whitespace() || [':', '：', '为'].contains(&c)).trim();
        let read = read_text(rest, &Hints::default());
        matches!(read, Ok(Notation::Quantity(_))).then(|| rest.to_owned())
    };
    let mut found = text.split(['。', '；', ';', '\n']).filter_map(of);
    let only = found.next()?;
    found.next().is_none().then_some(only)
}
