//! One cell that stands for several indicators, or for several columns of one: what it says of each cannot be known.
//!
//! A criterion, a sign or a unit merged over several indicators is each one's: it says how they are counted. A target or
//! an actual merged over them may be what they are together, so each is left to a person, as with weights.

use std::collections::BTreeMap;

use super::Reader;
use crate::base::CellRef;
use crate::form::method;
use crate::mapping::Column;
use crate::mapping::title::normalise;
use crate::model::{Entry, FindingId, Indicator};
use crate::words::list;

/// A column with the cell of an indicator that it reads.
type Read = (Column, fn(&Indicator) -> Option<&Entry>);

/// What a score hangs on: the same cell under two of these titles is not both.
const FIGURES: [Read; 6] = [
    (Column::Target, |indicator| indicator.target.as_ref()),
    (Column::Actual, |indicator| indicator.actual.as_ref()),
    (Column::Weight, |indicator| indicator.weight_entry.as_ref()),
    (Column::StatedScore, |indicator| indicator.stated_score.as_ref()),
    (Column::Score, |indicator| indicator.score.as_ref()),
    (Column::Criterion, |indicator| indicator.criterion.as_ref()),
];

impl Reader<'_, '_> {
    /// Leaves indicators to a person whose figures stand in cells that are not theirs alone.
    pub(super) fn decide_shared(&mut self) {
        for (column, read) in FIGURES.into_iter().take(2) {
            let mut owners: BTreeMap<CellRef, Vec<usize>> = BTreeMap::new();
            for (index, indicator) in self.body.indicators.iter().enumerate().skip(self.first) {
                if let Some(at) = cell(read(indicator)) {
                    owners.entry(at).or_default().push(index);
                }
            }
            for (at, owners) in owners.into_iter().filter(|(_, owners)| owners.len() > 1) {
                let (title, range) = (self.title(column), self.view.range(at));
                let message =
                    format!("“{title}”单元格 {range} 合并了几个指标，不能确定各指标的数值，由人工判断。");
                self.find(FindingId::MergedOverIndicators, at, message);
                for index in owners {
                    self.doubt(index, format!("“{title}”单元格 {range} 合并了几个指标"));
                }
            }
        }
        for index in self.first..self.body.indicators.len() {
            self.decide_across(index);
        }
    }

    /// The indicator's own criterion. The method of all numbers (完成值达到指标值，记满分；…) is a note of the form; what is no
    /// number is left to a person with it, for it may have other grades than the platform.
    pub(super) fn criterion(&mut self, row: u32, target: Option<&Entry>) -> Option<Entry> {
        let entry = self.like_above(self.filled(row, Column::Criterion)?);
        let counts = target.is_some_and(|target| target.shown().chars().any(|c| c.is_ascii_digit()));
        if !counts || !method::of_indicators(&entry.shown()) {
            return Some(entry);
        }
        if self.body.notes.iter().all(|note| note.at != entry.at) {
            self.body.notes.push(entry);
        }
        None
    }

    /// 同上 says again what the indicator above says; under none it stays what it is.
    fn like_above(&self, entry: Entry) -> Entry {
        if !list::AS_ABOVE.has(&normalise(&entry.shown())) {
            return entry;
        }
        let above = self.body.indicators.last().and_then(|above| above.criterion.as_ref());
        match above {
            Some(above) => Entry { cell: above.cell.clone(), at: entry.at },
            None => entry,
        }
    }

    /// One cell under several titles.
    fn decide_across(&mut self, index: usize) {
        let Some(indicator) = self.body.indicators.get(index) else { return };
        let cells: Vec<(Column, CellRef)> =
            FIGURES.iter().filter_map(|(column, read)| Some((*column, cell(read(indicator))?))).collect();
        let pair = cells.iter().enumerate().find_map(|(i, (column, at))| {
            let other = cells.iter().skip(i.saturating_add(1)).find(|(_, other)| other == at)?;
            Some((*column, other.0, *at))
        });
        let Some((one, other, at)) = pair else { return };
        let range = self.view.range(at);
        let titles = format!("“{}”和“{}”", self.title(one), self.title(other));
        let message = format!("单元格 {range} 合并了{titles}两栏，不能确定是哪一栏的内容，由人工判断。");
        self.find(FindingId::MergedOverIndicators, at, message);
        self.doubt(index, format!("单元格 {range} 合并了{titles}两栏"));
        let Some(indicator) = self.body.indicators.get_mut(index) else { return };
        // Such a number is no score that a person gave, nor the points that it is of.
        for entry in [&mut indicator.score, &mut indicator.stated_score, &mut indicator.weight_entry] {
            if cell(entry.as_ref()) == Some(at) {
                *entry = None;
            }
        }
        if indicator.weight_entry.is_none() {
            indicator.weight = None;
        }
    }

    fn title(&self, column: Column) -> String {
        self.col(column).map(|found| found.title.split_whitespace().collect()).unwrap_or_default()
    }
}

/// The cell of what is not blank.
fn cell(entry: Option<&Entry>) -> Option<CellRef> {
    entry.filter(|entry| !entry.is_blank())?.at.as_ref().map(|at| at.cell)
}
