//! Rows between the indicators that add some of them up: 小计, 产出指标小计, an earlier 合计. Which rows they add up is told
//! by their name, by where they stand, or by the points that they state; else nothing is said of them.

use super::{BELOW_TOTAL, Reader};
use crate::base::{CellAt, CellRef, Weight};
use crate::form::names;
use crate::mapping::Column;
use crate::model::{Indicator, Subtotal, TotalRow};
use crate::words::Class;

/// A row that adds up, with the indicators that it may add up: one list a possibility.
#[derive(Debug)]
pub(super) struct Candidate {
    row: u32,
    label: CellRef,
    possible: Vec<Vec<CellAt>>,
    /// Whether there is but one possibility by what it is called.
    named: bool,
}

/// A level's name as it is compared: 产出指标 is 产出.
fn plain(name: &str) -> String {
    name.replace("指标", "").chars().filter(|c| c.is_alphanumeric()).collect()
}

fn cells<'i>(indicators: impl Iterator<Item = &'i Indicator>) -> Vec<CellAt> {
    indicators.filter_map(|indicator| indicator.name_entry.at.clone()).collect()
}

impl Reader<'_, '_> {
    /// A row that calls itself a subtotal.
    pub(super) fn subtotal(&mut self, row: u32, label: CellRef) {
        // A level that begins in the row has its indicators below.
        let begins = self.col(Column::Level1).map(|column| column.col).is_some_and(|col| label.col() > col)
            && self.level_cell(row, Column::Level1).is_some();
        if begins {
            self.carry_levels(row);
            self.level2 = super::Level::default();
        }
        let text = self.view.item(label).map(|item| item.key.clone()).unwrap_or_default();
        let (possible, named) = if begins { (Vec::new(), false) } else { self.possible(&text) };
        self.sums.push(Candidate { row, label, possible, named });
    }

    /// The indicators above that a row of this name may add up.
    fn possible(&self, label: &str) -> (Vec<Vec<CellAt>>, bool) {
        let own = self.body.indicators.get(self.first..).unwrap_or_default();
        let Some(last) = own.last() else { return (Vec::new(), false) };
        let in_level1 = || own.iter().filter(|one| one.level1 == last.level1);
        let in_level2 = || in_level1().filter(|one| one.level2 == last.level2);
        let name = self
            .mapping
            .words
            .of(Class::SubtotalWords)
            .iter()
            .fold(names::level(label).name, |name, word| name.replace(word, ""));
        let name = plain(&name);
        if !name.is_empty() {
            let one = own.iter().filter(|one| plain(&one.level1) == name).collect::<Vec<_>>();
            let two = in_level1().filter(|one| plain(&one.level2) == name).collect::<Vec<_>>();
            let both = [one, two].into_iter().filter(|rows| !rows.is_empty());
            let mut both: Vec<Vec<CellAt>> = both.map(|rows| cells(rows.into_iter())).collect();
            both.dedup();
            return (both, true);
        }
        // Without a name: the rows since the last sum, those of the second level, those of the first.
        let before: Vec<&CellAt> = self.sums.iter().flat_map(|sum| sum.possible.iter().flatten()).collect();
        let since =
            own.iter().filter(|one| one.name_entry.at.as_ref().is_some_and(|at| !before.contains(&at)));
        let mut possible = vec![cells(since), cells(in_level2()), cells(in_level1())];
        possible.retain(|rows| !rows.is_empty());
        possible.sort();
        possible.dedup();
        (possible, false)
    }

    /// Earlier rows that call themselves a total: of the rows since the one before, or of all above.
    pub(super) fn earlier_totals(&mut self) {
        let mut from = self.first;
        let Some((_, earlier)) = self.totals.split_last() else { return };
        let earlier: Vec<_> = earlier.to_vec();
        for (row, label, above) in earlier {
            let own = |from: usize| cells(self.body.indicators.get(from..above).unwrap_or_default().iter());
            let mut possible = vec![own(from), own(self.first)];
            possible.retain(|rows| !rows.is_empty());
            possible.dedup();
            from = above;
            self.sums.push(Candidate { row, label, possible, named: false });
        }
    }

    /// Whether a total is that of this table alone, below another table with a total of its own: then there is none of the
    /// whole. The other one is a subtotal in any case.
    pub(super) fn is_of_this_table(&mut self, total: &TotalRow) -> bool {
        let points = |total: &TotalRow| total.weight.as_ref().and_then(|entry| names::weight(&entry.cell));
        let (above, own) = self.body.indicators.split_at_checked(self.first).unwrap_or_default();
        let (above, own) = (cells(above.iter()), cells(own.iter()));
        let earlier = self.body.total.clone();
        let stated = points(&earlier).filter(|_| !above.is_empty());
        if stated.is_none() || self.points(&above) != stated {
            return false;
        }
        let sum = |total: TotalRow, addends: Vec<CellAt>| Subtotal {
            label: "合计".to_owned(),
            weight: total.weight,
            stated_score: total.stated_score,
            score: total.score,
            deduction: total.deduction,
            addends,
        };
        self.body.subtotals.push(sum(earlier, above));
        let alone = points(total).is_some() && self.points(&own) == points(total);
        if alone {
            self.body.subtotals.push(sum(total.clone(), own));
            let grade = total.grade.clone().or_else(|| self.body.total.grade.take());
            self.body.total = TotalRow { grade, ..TotalRow::default() };
        }
        alone
    }

    /// Keeps the sums of which it is certain what they add up.
    pub(super) fn decide_subtotals(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        for sum in sums.iter().filter(|sum| self.body.total_row.is_some_and(|total| total < sum.row)) {
            let below = self.body.skipped.iter_mut().filter(|(row, _)| *row == sum.row);
            below.for_each(|(_, reason)| BELOW_TOTAL.clone_into(reason));
        }
        // Where one has nothing above it that it could add up, they stand above what they add up.
        if sums.iter().any(|sum| sum.possible.is_empty()) {
            return;
        }
        for sum in sums {
            let read = self.total(sum.row, sum.label);
            let stated = read.weight.as_ref().and_then(|entry| names::weight(&entry.cell));
            let fits = |rows: &&Vec<CellAt>| stated.is_some() && self.points(rows) == stated;
            let mut fitting = sum.possible.iter().filter(fits);
            let addends = match (sum.possible.as_slice(), fitting.next(), fitting.next()) {
                (_, Some(only), None) => only.clone(),
                ([only], ..) if sum.named || stated.is_some() || self.is_plain(only) => only.clone(),
                _ => continue,
            };
            let label = self.view.item(sum.label).map(|item| item.key.clone()).unwrap_or_default();
            self.body.subtotals.push(Subtotal {
                label,
                weight: read.weight.filter(|entry| !entry.is_blank()),
                stated_score: read.stated_score,
                score: read.score,
                deduction: read.deduction,
                addends,
            });
        }
    }

    /// Whether nothing but these rows stands above: without points, names and levels there is nothing else to add up.
    fn is_plain(&self, rows: &[CellAt]) -> bool {
        let own = self.body.indicators.get(self.first..).unwrap_or_default();
        let mut levels =
            own.iter().filter(|one| one.name_entry.at.as_ref().is_some_and(|at| rows.contains(at)));
        let first = levels.next().map(|one| (&one.level1, &one.level2));
        first.is_some() && levels.all(|one| Some((&one.level1, &one.level2)) == first)
    }

    /// The points of the indicators whose names stand in these cells.
    fn points(&self, rows: &[CellAt]) -> Option<Weight> {
        let own = self.body.indicators.iter();
        let own = own.filter(|one| one.name_entry.at.as_ref().is_some_and(|at| rows.contains(at)));
        let weights: Option<Vec<Weight>> = own.map(|one| one.weight).collect();
        Weight::sum(weights?)
    }
}
