//! Whether the content of a column bears out what its title says. Where it contradicts it, the column is not read.

use std::collections::BTreeMap;

use super::{Header, HeaderColumn, Search};
use crate::base::Weight;
use crate::form::names;
use crate::form::view::Item;
use crate::mapping::looks::{Look, Looks};
use crate::mapping::title::any_matches;
use crate::mapping::{Column, FormTable, Kind};
use crate::words::{self, Class};

/// Characters of a unit at most.
const MAX_UNIT_CHARS: usize = 7;
/// Characters of a name at most.
const MAX_NAME_CHARS: usize = 14;
/// Rows below a header that are looked at.
const EVIDENCE_ROWS: u32 = 80;

impl Search<'_, '_> {
    /// Takes the columns out whose content contradicts their title.
    pub(super) fn without_contradicted(&self, header: &mut Header) {
        if self.table == FormTable::Checklist {
            return;
        }
        if self.rules.kind == Kind::Ledger {
            self.without_contradicted_of_ledger(header);
            return;
        }
        // Where no column of the table has the actuals they may stand among words.
        let told = header.has(Column::Actual) || self.table == FormTable::Budget;
        let name = header.get(Column::Name).map(|column| column.col);
        let weights = header.get(Column::Weight).map(|column| self.points(header.bottom, column));
        let all = header.columns.clone();
        let (kept, out): (Vec<HeaderColumn>, Vec<HeaderColumn>) =
            std::mem::take(&mut header.columns).into_iter().partition(|column| {
                !self.is_contradicted(header.bottom, column, (told, name, weights.as_ref()), &all)
            });
        header.columns = kept;
        header.contradicted = out;
    }

    fn is_contradicted(
        &self,
        bottom: u32,
        column: &HeaderColumn,
        (told, name, weights): (bool, Option<u32>, Option<&BTreeMap<u32, Weight>>),
        others: &[HeaderColumn],
    ) -> bool {
        let twin = match column.column {
            Column::Score => Column::StatedScore,
            _ => Column::Score,
        };
        let other = others.iter().find(|other| other.column == twin && other.at != column.at);
        let has = |columns: &[Column]| others.iter().any(|other| columns.contains(&other.column));
        let by_criterion =
            has(&[Column::Criterion]) && !has(&[Column::Score, Column::StatedScore, Column::Target]);

        // What a person said is so.
        if self.rules.columns_of(self.table).get(column.rule).is_some_and(|rule| rule.is_told(column.rank)) {
            return false;
        }
        match column.column {
            Column::Weight | Column::Score | Column::StatedScore => {
                if self.table == FormTable::Budget {
                    // No block of money is worth more than a whole form.
                    let more = self.points(bottom, column).values().any(|points| *points > Weight::from(100));
                    let weight = column.column == Column::Weight;
                    return more && weight
                        || !weight && self.are_no_scores(bottom, column, weights, (name, other));
                }
                let cells = self.cells(bottom, column);
                // Points left of the names are a level's.
                let left = name.is_some_and(|name| column.last_col < name);
                if column.column != Column::Weight && left {
                    return true;
                }
                if column.column != Column::Weight
                    && self.are_no_scores(bottom, column, weights, (name, other))
                {
                    return true;
                }
                let read = cells.iter().filter(|item| is_points(item)).count();
                let shown = cells.iter().filter(|item| item.look().is_some()).count();
                shown >= 2 && read.saturating_mul(2) < shown
            }
            Column::Actual => {
                self.looks(bottom, column).contradict(column.column, told)
                    || self.is_added_up(bottom, column)
                    || self.total(bottom, column).is_some() && self.are_scores(bottom, column, weights)
                    || by_criterion && self.are_scores(bottom, column, weights)
            }
            Column::Target | Column::TargetAdjusted => {
                self.looks(bottom, column).contradict(column.column, told) || self.is_added_up(bottom, column)
            }
            // No total adds up what other years, or others, came to.
            other if other.standard().is_some() => self.total(bottom, column).is_some(),
            // Words too few to say how points are earned; words that are no unit.
            Column::Criterion | Column::Unit if self.are_names(bottom, column) => true,
            // What is said of an indicator stands behind its name.
            Column::Reason | Column::Situation | Column::Unit
                if name.is_some_and(|name| column.last_col < name) && self.table == FormTable::Main =>
            {
                true
            }
            Column::Reason | Column::Situation
                if self.table == FormTable::Main
                    && !has(&[Column::Criterion])
                    && self.looks(bottom, column).mostly(&[Look::Rule])
                    && self
                        .cells(bottom, column)
                        .iter()
                        .any(|item| words::of(Class::SaysHowEarned).within(&item.key)) =>
            {
                true
            }
            Column::Reason | Column::Situation if self.table == FormTable::Budget => {
                self.looks(bottom, column).count(&[Look::Number]) > 0
            }
            other => self.looks(bottom, column).contradict(other, told),
        }
    }

    /// Whether a column of scores holds something else: more than the points beside it in half of its rows, or, where
    /// nothing has the points, what adds up to those of a whole form.
    fn are_no_scores(
        &self,
        bottom: u32,
        column: &HeaderColumn,
        weights: Option<&BTreeMap<u32, Weight>>,
        (name, other): (Option<u32>, Option<&HeaderColumn>),
    ) -> bool {
        let scores = self.points(bottom, column);
        match weights {
            // Shares of the whole beside points of a hundred.
            Some(weights)
                if weights
                    .values()
                    .filter(|weight| **weight <= Weight::from(1))
                    .count()
                    .saturating_mul(2)
                    > weights.len() =>
            {
                false
            }
            Some(weights) => {
                let above =
                    scores.iter().filter(|(row, score)| weights.get(row).is_some_and(|most| *score > most));
                let above = above.count();
                let nothing = scores.len() >= 2 && scores.values().all(|score| *score == Weight::default());
                if self.table == FormTable::Budget {
                    return above > 0;
                }
                above > 1 && above.saturating_mul(2) >= scores.len() || nothing
            }
            None if other.is_some_and(|other| self.is_most(&scores, &self.points(bottom, other))) => {
                name.is_none_or(|name| !self.names_points(bottom, (name, name)))
            }
            None => {
                let whole = [Weight::from(100), Weight::from(1)];
                self.table == FormTable::Main
                    && !self.names_points(bottom, (0, column.col))
                    && scores.len() >= 2
                    && Weight::sum(scores.values().copied()).is_some_and(|sum| whole.contains(&sum))
            }
        }
    }

    /// Whether a column of criteria or units holds names: of criteria, a few words without a figure and without points; of
    /// units, what is called an indicator, or more words than a unit has.
    fn are_names(&self, bottom: u32, column: &HeaderColumn) -> bool {
        let cells = self.cells(bottom, column);
        let shown: Vec<&str> =
            cells.iter().filter(|item| item.look().is_some()).map(|item| item.key.as_str()).collect();
        let unit = column.column == Column::Unit;
        let name = |key: &&&str| {
            let count = key.chars().count();
            let bare =
                !key.contains(['分', '，', '；', '。', '%']) && !key.contains(|c: char| c.is_ascii_digit());
            if unit {
                key.ends_with("指标") || count > MAX_UNIT_CHARS
            } else {
                count <= MAX_NAME_CHARS && bare
            }
        };
        let names = shown.iter().filter(name).count();
        if unit {
            names >= 1 && names.saturating_mul(2) >= shown.len()
        } else {
            names >= 2 && names == shown.len()
        }
    }

    /// Whether all that a column holds are numbers of at most the points beside them, as scores are.
    fn are_scores(
        &self,
        bottom: u32,
        column: &HeaderColumn,
        weights: Option<&BTreeMap<u32, Weight>>,
    ) -> bool {
        let scores = self.points(bottom, column);
        let looks = self.looks(bottom, column);
        let within = |(row, score): (&u32, &Weight)| {
            weights.and_then(|weights| weights.get(row)).is_some_and(|most| score <= most)
        };
        scores.len() >= 2 && looks.all(&[Look::Number]) && scores.iter().all(within)
    }

    /// Whether no score of another column is more than this one beside it.
    fn is_most(&self, column: &BTreeMap<u32, Weight>, other: &BTreeMap<u32, Weight>) -> bool {
        self.table == FormTable::Main
            && !other.is_empty()
            && other.iter().all(|(row, score)| column.get(row).is_some_and(|most| most >= score))
    }

    /// Whether texts of some columns state points (产出指标（50分）, 养护里程20分).
    fn names_points(&self, bottom: u32, (first, last): (u32, u32)) -> bool {
        let below = bottom.saturating_add(1);
        let mut rows = self.view.rows(below, below.saturating_add(EVIDENCE_ROWS));
        rows.any(|(_, items)| {
            let left =
                items.iter().filter(|item| (first..=last).contains(&item.at.col()) && item.text().is_some());
            left.into_iter().any(|item| names::level(&item.key).points.is_some())
        })
    }

    /// Whether the row of the total adds a column up, as no total does with what was promised or done.
    fn is_added_up(&self, bottom: u32, column: &HeaderColumn) -> bool {
        let values = self.points(bottom, column);
        let total = self.total(bottom, column);
        values.len() >= 2 && total.is_some() && Weight::sum(values.values().copied()) == total
    }

    /// The number of the total's row in a column.
    fn total(&self, bottom: u32, column: &HeaderColumn) -> Option<Weight> {
        let below = bottom.saturating_add(1);
        let total = self.view.rows(below, below.saturating_add(EVIDENCE_ROWS)).find(|(_, items)| {
            items.first().is_some_and(|first| any_matches(&self.rules.rows.total, &first.key))
        });
        let (row, _) = total?;
        self.view.shown(row, column.col).and_then(|item| names::weight(item.cell))
    }

    /// The points in a column, by row.
    fn points(&self, bottom: u32, column: &HeaderColumn) -> BTreeMap<u32, Weight> {
        let cells = self.cells(bottom, column).into_iter();
        cells.filter_map(|item| Some((item.at.row(), names::weight(item.cell)?))).collect()
    }

    pub(super) fn looks(&self, bottom: u32, column: &HeaderColumn) -> Looks {
        let cells = self.cells(bottom, column);
        // 0 in a column of words says that there is nothing to say.
        let says = |item: &&&Item<'_>| item.cell.shown().trim() != "0";
        Looks(cells.iter().filter(says).filter_map(|item| item.look()).collect())
    }

    /// Whether a row below the titles of a block of money is one of it: amounts stand there.
    fn is_of_block(&self, items: &[Item<'_>]) -> bool {
        let amounts = items.iter().filter(|item| item.look() == Some(Look::Number)).count();
        self.table != FormTable::Budget || amounts > 1
    }

    /// Whether a row below a header begins another table: titles of its own stand there.
    fn is_header_again(&self, row: u32) -> bool {
        let least = if self.table == FormTable::Budget { 1 } else { 2 };
        self.rows.get(&row).is_some_and(|leaves| leaves.len() >= least && self.only_titles(row, leaves))
    }

    /// The cells below a title, as far as its table goes.
    fn cells(&self, bottom: u32, column: &HeaderColumn) -> Vec<&Item<'_>> {
        let rows = self.view.rows(bottom.saturating_add(1), bottom.saturating_add(EVIDENCE_ROWS));
        let end = *self.ends.borrow_mut().entry(bottom).or_insert_with(|| self.end_below(bottom));
        rows.take_while(|(row, _)| *row < end)
            .flat_map(|(_, items)| items)
            .filter(|item| (column.col..=column.last_col).contains(&item.at.col()))
            .collect()
    }

    /// The first row that is no more of the table below a header.
    fn end_below(&self, bottom: u32) -> u32 {
        let ends = |items: &[Item<'_>]| {
            items.first().is_some_and(|first| {
                any_matches(&self.rules.rows.total, &first.key)
                    || any_matches(&self.rules.stop_when, &first.key)
            })
        };
        let mut rows = self.view.rows(bottom.saturating_add(1), bottom.saturating_add(EVIDENCE_ROWS));
        let end =
            rows.find(|(row, items)| ends(items) || self.is_header_again(*row) || !self.is_of_block(items));
        end.map_or(u32::MAX, |(row, _)| row)
    }
}

/// Whether a cell may state points: `10`, `10分`, `①5`, `任务分解（2分）`.
fn is_points(item: &Item<'_>) -> bool {
    names::weight(item.cell).is_some()
        || matches!(item.look(), Some(Look::Number))
        || item.cell.formula.is_some()
        || item.key.trim_start_matches(|c| ('①'..='⑳').contains(&c)).parse::<rust_decimal::Decimal>().is_ok()
        || item.key.ends_with('分')
        || item.key.ends_with("分)")
}
