//! Which title becomes which column.

use std::collections::BTreeMap;

use super::{Header, HeaderColumn, Leaf, MAX_TITLES, Search, titles_of};
use crate::base::CellRef;
use crate::form::view::Item;
use crate::mapping::{Column, FormTable, Kind, TableKind, Use, compose};

/// Columns under one title at most.
const MAX_SPAN: u32 = 16;
/// Rows below a header that are looked at to tell which of several equal titles is the indicators'.
const EVIDENCE_ROWS: u32 = 80;

impl Search<'_, '_> {
    pub(super) fn assign(&self, top: u32, bottom: u32) -> Header {
        let mut leaves = self.leaves(top, bottom);
        leaves.sort_by_key(|leaf| leaf.at.col());
        self.drop_kinds(bottom, &mut leaves);
        let mut header = Header {
            mapping: self.mapping,
            table: self.table,
            top,
            bottom,
            columns: Vec::new(),
            aside: Vec::new(),
            contradicted: Vec::new(),
            ambiguous: Vec::new(),
            panels_unclear: None,
        };
        let mut chosen: Vec<(Leaf, usize, usize)> = Vec::new();
        let several = |leaf: &Leaf, all: &[Leaf]| {
            let plain = self.plain(leaf).map(|(rule, _)| rule);
            all.iter().filter(|other| self.plain(other).map(|(rule, _)| rule) == plain).count() > 1
        };
        let second = self.second_level(&leaves);
        let stands_for = |leaf: &Leaf| match second {
            Some(at) if at == leaf.at => Some(Column::Level2),
            _ => self.plain(leaf).map(|(rule, _)| self.column(rule)),
        };
        for (i, leaf) in leaves.iter().enumerate() {
            // Weights behind a level are that level's.
            let left = i.checked_sub(1).and_then(|left| leaves.get(left)).and_then(stands_for);
            let by_place = leaf.rules.iter().find(|(rule, _)| {
                let after = self.after(*rule);
                after.is_some() && after == left && several(leaf, &leaves)
            });
            let Some((rule, rank)) = by_place.copied().or_else(|| self.plain(leaf)) else { continue };
            // A title that only has a meaning behind another column has none elsewhere.
            if self.after(rule).is_some() && by_place.is_none() {
                continue;
            }
            chosen.push((leaf.clone(), rule, rank));
        }
        self.panels(&mut chosen, &mut header);
        self.one_column_each(chosen, &mut header);
        header
    }

    /// The lowest title of each column, with the meanings that titles above it give.
    pub(super) fn leaves(&self, top: u32, bottom: u32) -> Vec<Leaf> {
        let mut found: Vec<Leaf> = Vec::new();
        let rows: Vec<(u32, &Vec<Leaf>)> =
            self.rows.range(top..=bottom).map(|(row, leaves)| (*row, leaves)).collect();
        for (row, leaves) in &rows {
            for leaf in *leaves {
                let columns = leaf.range.first.col()..=leaf.range.last.col();
                let grouped = rows.iter().any(|(lower, others)| {
                    lower > row && others.iter().any(|other| columns.contains(&other.at.col()))
                });
                if !grouped {
                    found.push(leaf.clone());
                }
            }
        }
        if bottom > top {
            self.add_paths(top, bottom, &mut found);
        }
        found
    }

    /// Titles that mean something by what stands above them (`借方>本币`), or are its value (实际完成值 over 值 | 单位).
    pub(super) fn add_paths(&self, top: u32, bottom: u32, found: &mut Vec<Leaf>) {
        for (row, items) in self.view.rows(top.saturating_add(1), bottom) {
            for item in titles_of(items).take(MAX_TITLES) {
                let mut path = item.key.clone();
                let mut hits: Vec<(usize, usize)> = Vec::new();
                let mut groups: Vec<CellRef> = Vec::new();
                for above in (top..row).rev() {
                    let Some(title) = self.group_title(above, item.at.col()) else { continue };
                    path = format!("{}{}{path}", title.key, self.rules.header_join);
                    groups.push(title.at);
                    let index = self.mappings.index();
                    let by_group =
                        if compose::is_value(&item.key) { index.title(&title.key) } else { Vec::new() };
                    let here = index.path(&path).into_iter().chain(by_group);
                    hits.extend(
                        here.filter(|hit| hit.mapping == self.mapping && hit.table == self.table)
                            .map(|hit| (hit.rule, hit.rank)),
                    );
                }
                if hits.is_empty() {
                    continue;
                }
                let range = self.view.range(item.at);
                let columns = range.first.col()..=range.last.col();
                // A title that stands over this one is no column itself, wherever its cell is.
                found.retain(|leaf| {
                    let same = columns.contains(&leaf.at.col()) && leaf.at.row() <= row;
                    !same && !groups.contains(&leaf.at)
                });
                found.push(Leaf { at: item.at, range, rules: hits });
            }
        }
    }

    /// The title in a header row that stands over a column: in a merge, or the nearest to the left.
    pub(super) fn group_title(&self, row: u32, col: u32) -> Option<&Item<'_>> {
        let items = self.view.row(row);
        if let Some(item) = self.view.shown(row, col) {
            return (item.at.row() == row && !item.key.is_empty()).then_some(item);
        }
        let left = items.iter().rev().find(|item| item.at.col() <= col)?;
        // A title merged over other columns does not reach here, nor does the only text of a row.
        let alone = items.len() < 2 || self.view.range(left.at).last.col() > left.at.col();
        (!alone && !left.key.is_empty()).then_some(left)
    }

    /// One sheet column for each meaning; what cannot be told is ambiguous.
    pub(super) fn one_column_each(&self, chosen: Vec<(Leaf, usize, usize)>, header: &mut Header) {
        let mut by_column: BTreeMap<Column, Vec<(Leaf, usize, usize)>> = BTreeMap::new();
        for (leaf, rule, rank) in chosen {
            by_column.entry(self.column(rule)).or_default().push((leaf, rule, rank));
        }
        self.two_levels(&mut by_column);
        let balances: Vec<u32> = by_column
            .get(&Column::Balance)
            .map(|leaves| leaves.iter().map(|(leaf, ..)| leaf.range.first.col()).collect())
            .unwrap_or_default();
        let has = |column: Column| by_column.contains_key(&column);
        let both_scores = has(Column::StatedScore) && has(Column::Score);
        for (column, mut leaves) in by_column {
            // Of what else it may be the difference only a person knows.
            if column == Column::Deviation && !both_scores {
                continue;
            }
            // Of two directions the one beside the balance is the balance's, the other the entry's.
            let of_balance = |leaf: &Leaf| balances.contains(&leaf.range.last.col().saturating_add(1));
            if column == Column::Direction && leaves.iter().any(|(leaf, ..)| !of_balance(leaf)) {
                leaves.retain(|(leaf, ..)| !of_balance(leaf));
            }
            if column == Column::Other {
                header
                    .columns
                    .extend(leaves.iter().map(|(leaf, rule, rank)| self.made(column, leaf, (*rule, *rank))));
                continue;
            }
            if column == Column::Unit {
                self.repeated_unit(header.bottom, &mut leaves, header);
            }
            if column == Column::Score {
                self.voices(&mut leaves, header);
            }
            if column == Column::Actual {
                self.two_actuals(&mut leaves, header);
            }
            if self.is_undecided(column, header.bottom, &mut leaves) {
                let cells = leaves.iter().map(|(leaf, ..)| leaf.at).collect();
                header.ambiguous.push((column, cells));
                continue;
            }
            let best = leaves.iter().map(|(.., rank)| *rank).min();
            if column != Column::Weight {
                leaves.retain(|(.., rank)| Some(*rank) == best);
            }
            if column == Column::Weight && self.table != FormTable::Budget && leaves.len() > 1 {
                self.by_evidence(header.bottom, &mut leaves);
            }
            // Of several equal titles of amounts those that are divided further down are groups of columns.
            if TableKind::Ledger.uses(column, Use::Amount)
                && leaves.iter().any(|(leaf, ..)| !self.is_divided(leaf, header.bottom))
            {
                leaves.retain(|(leaf, ..)| !self.is_divided(leaf, header.bottom));
            }
            match leaves.as_slice() {
                [(leaf, rule, rank)] => header.columns.push(self.made(column, leaf, (*rule, *rank))),
                several => {
                    header.ambiguous.push((column, several.iter().map(|(leaf, ..)| leaf.at).collect()));
                }
            }
        }
        // Where the second level is the lowest, its weight is the weight.
        if !header.has(Column::Name) && !header.has(Column::Weight) {
            for column in header.columns.iter_mut().filter(|column| column.column == Column::Level2Weight) {
                column.column = Column::Weight;
            }
        }
        self.without_corner(header);
        stand_in(header);
        self.signs_by_content(header);
        self.without_contradicted(header);
        lone_stage(header);
        self.lone_standards(header);
        self.split_name(header);
        header.columns.sort_by_key(|column| column.col);
    }

    /// 上年值 where no column says what was promised, or done, may be that: a person is asked.
    fn lone_standards(&self, header: &mut Header) {
        let scored = matches!(self.rules.kind, Kind::SelfEvaluation | Kind::ScoreSheet);
        let told = header.has(Column::Actual) || header.has(Column::Situation);
        if header.has(Column::Target) && (told || !scored) {
            return;
        }
        for column in header.columns.iter_mut().filter(|column| column.column.standard().is_some()) {
            column.column = Column::Other;
        }
    }

    /// The units of target and actual in columns of their own: where they are the same in every row, one says it.
    fn repeated_unit(&self, bottom: u32, leaves: &mut Vec<(Leaf, usize, usize)>, header: &mut Header) {
        let [(one, ..), (two, rule, rank)] = leaves.as_slice() else { return };
        let same =
            self.view.rows(bottom.saturating_add(1), bottom.saturating_add(EVIDENCE_ROWS)).all(|(row, _)| {
                let key =
                    |leaf: &Leaf| self.view.shown(row, leaf.range.first.col()).map(|item| item.key.clone());
                key(two).is_none() || key(one) == key(two)
            });
        if same {
            let other = self.made(Column::Unit, two, (*rule, *rank));
            header.aside.push(other);
            leaves.truncate(1);
        }
    }

    /// Of two different titles that may be the first level (考核方面 | 考核类别) the right one, where nothing else is the second.
    fn second_level(&self, leaves: &[Leaf]) -> Option<CellRef> {
        let of = |level: Column| {
            leaves
                .iter()
                .filter(move |leaf| self.plain(leaf).is_some_and(|(rule, _)| self.column(rule) == level))
        };
        if of(Column::Level2).next().is_some() {
            return None;
        }
        let firsts: Vec<&Leaf> = of(Column::Level1).collect();
        let [one, two] = firsts.as_slice() else { return None };
        let key = |leaf: &Leaf| self.view.item(leaf.at).map(|item| item.key.as_str());
        (key(one) != key(two)).then_some(two.at)
    }

    /// A corner that is merged down over the table at the left of the levels (绩效指标) names no indicator: the lowest level
    /// does.
    fn without_corner(&self, header: &mut Header) {
        let Some(second) = header.get(Column::Level2).map(|column| column.col) else { return };
        let below = |column: &HeaderColumn| self.view.range(column.at).last.row() > header.bottom;
        let corner = header.get(Column::Name).filter(|name| name.col < second && below(name));
        let Some(corner) = corner.map(|name| name.col) else { return };
        let stands_in = header.has(Column::NameStandIn);
        header.columns.retain(|column| column.column != Column::Name || column.col != corner);
        for column in header.columns.iter_mut().filter(|_| !stands_in) {
            if column.column == Column::Level2 {
                column.column = Column::Name;
            }
        }
    }

    /// Of two different titles that may be the first level (考核方面 | 考核类别) the right one is the second, where nothing else
    /// is.
    fn two_levels(&self, by_column: &mut BTreeMap<Column, Vec<(Leaf, usize, usize)>>) {
        if by_column.contains_key(&Column::Level2) {
            return;
        }
        let Some(firsts) = by_column.get_mut(&Column::Level1).filter(|firsts| firsts.len() == 2) else {
            return;
        };
        firsts.sort_by_key(|(leaf, ..)| leaf.at.col());
        let key = |leaf: &Leaf| self.view.item(leaf.at).map(|item| item.key.clone());
        let differ = matches!(firsts.as_slice(), [(one, ..), (two, ..)] if key(one) != key(two));
        if let Some(second) = firsts.pop_if(|_| differ) {
            by_column.insert(Column::Level2, vec![second]);
        }
    }

    /// Whether texts stand below a title within the header.
    fn is_divided(&self, leaf: &Leaf, bottom: u32) -> bool {
        let columns = leaf.range.first.col()..=leaf.range.last.col();
        let mut below = self.view.rows(leaf.range.last.row().saturating_add(1), bottom);
        below.any(|(_, items)| items.iter().any(|item| columns.contains(&item.at.col())))
    }

    /// A name's title over two columns (评价内容 over 项目决策 and its items) is a level and the name, where both are
    /// filled.
    fn split_name(&self, header: &mut Header) {
        if header.has(Column::Level1) || header.has(Column::Level2) {
            return;
        }
        let Some(name) = header.columns.iter_mut().find(|column| column.column == Column::Name) else {
            return;
        };
        let (first, last) = (name.col, name.last_col);
        let both = |row: u32| {
            let cells = [first, last].map(|col| self.view.shown(row, col).map(|item| item.at));
            matches!(cells, [Some(a), Some(b)] if a != b)
        };
        let below = header.bottom.saturating_add(1);
        let mut rows = self.view.rows(below, below.saturating_add(EVIDENCE_ROWS));
        // Another table may follow: the first row tells.
        if last > first && rows.next().is_some_and(|(row, _)| both(row)) {
            let level = HeaderColumn { column: Column::Level1, last_col: first, ..name.clone() };
            name.col = last;
            header.columns.push(level);
        }
    }

    /// Of several columns with one meaning the one that is filled on strictly more rows is the indicators'.
    pub(super) fn by_evidence(&self, bottom: u32, leaves: &mut Vec<(Leaf, usize, usize)>) {
        let filled = |leaf: &Leaf| {
            let last = bottom.saturating_add(EVIDENCE_ROWS);
            self.view
                .rows(bottom.saturating_add(1), last)
                .filter(|(_, items)| items.iter().any(|item| item.at.col() == leaf.at.col()))
                .count()
        };
        let counts: Vec<usize> = leaves.iter().map(|(leaf, ..)| filled(leaf)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        if counts.iter().filter(|count| **count == most).count() == 1 {
            let mut counts = counts.into_iter();
            leaves.retain(|_| counts.next() == Some(most));
        }
    }

    pub(super) fn made(&self, column: Column, leaf: &Leaf, (rule, rank): (usize, usize)) -> HeaderColumn {
        HeaderColumn {
            column,
            rule,
            col: leaf.range.first.col(),
            last_col: leaf.range.last.col().min(leaf.range.first.col().saturating_add(MAX_SPAN)),
            title: self.view.sheet.get(leaf.at).shown(),
            at: leaf.at,
            rank,
        }
    }
}

/// A target of another stage is the target where it is the only one.
fn lone_stage(header: &mut Header) {
    for stage in [Column::TargetAdjusted, Column::TargetMidterm] {
        if header.has(Column::Target) {
            return;
        }
        for column in header.columns.iter_mut().filter(|column| column.column == stage) {
            column.column = Column::Target;
        }
        for (column, _) in header.ambiguous.iter_mut().filter(|(column, _)| *column == stage) {
            *column = Column::Target;
        }
    }
}

/// Where no column has the indicators' names, the last of those that may stand in for it has; else they say nothing that
/// counts.
fn stand_in(header: &mut Header) {
    let named = header.has(Column::Name);
    let last = header
        .columns
        .iter()
        .filter(|column| column.column == Column::NameStandIn)
        .map(|column| column.col)
        .max();
    for column in header.columns.iter_mut().filter(|column| column.column == Column::NameStandIn) {
        let is_name = !named && Some(column.col) == last;
        column.column = if is_name { Column::Name } else { Column::Other };
    }
}
