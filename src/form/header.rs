//! Headers: where a table's titles stand and which title is which column.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::view::{Item, View};
use crate::base::{CellRef, RangeRef};
use crate::mapping::{Column, Mapping, Mappings, Part, TitleHit};

/// Bytes of a text that may be a title (40 Chinese characters).
const MAX_TITLE_BYTES: usize = 120;
/// Titles of a row that are looked at: no form has more, a hostile file may have thousands.
const MAX_TITLES: usize = 128;
/// Columns under one title at most.
const MAX_SPAN: u32 = 16;
/// Characters of a title over a group of titles.
const MAX_GROUP_CHARS: usize = 20;
/// Rows below a header that are looked at to tell which of several equal titles is the indicators'.
const EVIDENCE_ROWS: u32 = 80;
/// Rows above a header in which the titles of groups side by side are looked for.
const PANEL_ROWS: u32 = 8;

/// A title that became a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeaderColumn {
    /// What the column holds.
    pub column: Column,
    /// The rule of the mapping's table.
    pub rule: usize,
    /// The first (mostly the only) column of the sheet under the title.
    pub col: u32,
    /// The last one: a title merged over several columns has several.
    pub last_col: u32,
    /// The title as written.
    pub title: String,
    /// The title's cell.
    pub at: CellRef,
}

/// A header with what each of its titles became.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Which mapping.
    pub mapping: usize,
    /// Which of its tables.
    pub part: Part,
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// The columns, left to right.
    pub columns: Vec<HeaderColumn>,
    /// Titles of which it cannot be told which one is the column.
    pub ambiguous: Vec<(Column, Vec<CellRef>)>,
    /// Titles side by side in groups, of which none says that it is the one to read.
    pub panels_unclear: Option<CellRef>,
}

impl Header {
    /// The column of a kind.
    pub(super) fn get(&self, column: Column) -> Option<&HeaderColumn> {
        self.columns.iter().find(|have| have.column == column)
    }

    /// Whether there is a column of the kind, readable or not.
    pub(super) fn has(&self, column: Column) -> bool {
        self.get(column).is_some() || self.ambiguous.iter().any(|(have, _)| *have == column)
    }

    /// Leftmost column.
    pub(super) fn left(&self) -> u32 {
        self.columns.iter().map(|column| column.col).min().unwrap_or(0)
    }

    /// Rightmost column.
    pub(super) fn right(&self) -> u32 {
        self.columns.iter().map(|column| column.last_col).max().unwrap_or(0)
    }

    /// How many different meanings were found.
    pub(super) fn richness(&self) -> usize {
        self.columns
            .iter()
            .map(|have| have.column)
            .filter(|c| *c != Column::Other)
            .collect::<BTreeSet<_>>()
            .len()
    }
}

/// A cell that some mapping takes for a title.
#[derive(Debug, Clone)]
struct TitleCell {
    at: CellRef,
    range: RangeRef,
    hits: Rc<[TitleHit]>,
}

/// All cells of a sheet that some mapping takes for a title, by row.
pub(super) struct Titles {
    rows: BTreeMap<u32, Vec<TitleCell>>,
}

/// Titles looked up before; forms repeat the same few.
pub(super) type Memo = HashMap<String, Rc<[TitleHit]>>;

impl Titles {
    pub(super) fn find(view: &View<'_>, mappings: &Mappings, memo: &mut Memo) -> Self {
        let mut rows: BTreeMap<u32, Vec<TitleCell>> = BTreeMap::new();
        for (row, items) in view.rows(0, view.last_row()) {
            for item in items.iter().filter(|item| !item.key.is_empty() && item.key.len() <= MAX_TITLE_BYTES)
            {
                let known = memo.get(&item.key).map(Rc::clone);
                let hits = known.unwrap_or_else(|| {
                    let hits: Rc<[TitleHit]> = mappings.index().title(&item.key).into();
                    memo.insert(item.key.clone(), Rc::clone(&hits));
                    hits
                });
                let titles = rows.entry(row).or_default();
                if !hits.is_empty() && titles.len() < MAX_TITLES {
                    titles.push(TitleCell { at: item.at, range: view.range(item.at), hits });
                }
            }
        }
        Self { rows }
    }

    /// All headers of one table of one mapping, complete or not, top to bottom.
    pub(super) fn headers(
        &self,
        view: &View<'_>,
        mappings: &Mappings,
        mapping: usize,
        part: Part,
    ) -> Vec<Header> {
        let Some(rules) = mappings.get(mapping) else { return Vec::new() };
        let mut rows: BTreeMap<u32, Vec<Leaf>> = BTreeMap::new();
        for (row, cells) in &self.rows {
            let leaves: Vec<Leaf> = cells.iter().filter_map(|cell| Leaf::new(cell, mapping, part)).collect();
            if !leaves.is_empty() {
                rows.insert(*row, leaves);
            }
        }
        let search = Search { view, mappings, rules, mapping, part, rows: &rows };
        let mut headers = Vec::new();
        let mut free = 0_u32;
        for row in rows.keys().copied() {
            if row < free {
                continue;
            }
            if let Some(header) = search.at(row, free) {
                free = header.bottom.saturating_add(1);
                headers.push(header);
            }
        }
        headers
    }
}

/// The cells of a row that may be titles.
fn titles_of<'i, 'a>(items: &'i [Item<'a>]) -> impl Iterator<Item = &'i Item<'a>> {
    items.iter().filter(|item| !item.key.is_empty() && item.key.len() <= MAX_TITLE_BYTES)
}

/// Whether a text may group titles: short, and no sentence.
fn is_group_title(key: &str) -> bool {
    !key.is_empty() && key.chars().count() <= MAX_GROUP_CHARS && !key.contains([',', '，', '。', ';', '；'])
}

/// A title cell with the columns of one table that it may be.
#[derive(Debug, Clone)]
struct Leaf {
    at: CellRef,
    range: RangeRef,
    /// Rules with the rank of the title in each.
    rules: Vec<(usize, usize)>,
}

impl Leaf {
    fn new(cell: &TitleCell, mapping: usize, part: Part) -> Option<Self> {
        let rules: Vec<(usize, usize)> = cell
            .hits
            .iter()
            .filter(|hit| hit.mapping == mapping && hit.part == part)
            .map(|hit| (hit.rule, hit.rank))
            .collect();
        (!rules.is_empty()).then_some(Self { at: cell.at, range: cell.range, rules })
    }
}

struct Search<'s, 'a> {
    view: &'s View<'a>,
    mappings: &'s Mappings,
    rules: &'s Mapping,
    mapping: usize,
    part: Part,
    rows: &'s BTreeMap<u32, Vec<Leaf>>,
}

impl Search<'_, '_> {
    fn column(&self, rule: usize) -> Column {
        self.rules.part(self.part).get(rule).map_or(Column::Other, |rule| rule.column)
    }

    fn after(&self, rule: usize) -> Option<Column> {
        self.rules.part(self.part).get(rule).and_then(|rule| rule.after)
    }

    /// What a title means where its position does not count.
    fn plain(&self, leaf: &Leaf) -> Option<(usize, usize)> {
        let free = leaf.rules.iter().find(|(rule, _)| self.after(*rule).is_none());
        free.or_else(|| leaf.rules.first()).copied()
    }

    fn meanings(&self, leaves: &[Leaf]) -> BTreeSet<Column> {
        leaves
            .iter()
            .filter_map(|leaf| self.plain(leaf))
            .map(|(rule, _)| self.column(rule))
            .filter(|column| *column != Column::Other)
            .collect()
    }

    /// The header that begins at, or just above, a row with titles.
    fn at(&self, row: u32, free: u32) -> Option<Header> {
        let core = self.rows.get(&row)?;
        let needed = if self.rules.recognise.columns.len() <= 1 && self.part == Part::Main { 1 } else { 2 };
        let mut known = self.meanings(core);
        if known.len() < needed {
            return None;
        }
        let most = self.rules.header_rows;
        let (mut top, mut bottom) = (row, row);
        for leaf in core {
            let last = leaf.range.last.row();
            if last.saturating_sub(row).saturating_add(1) <= most {
                bottom = bottom.max(last);
            }
        }
        // Titles in the rows below that say something new belong to the same header.
        while bottom.saturating_sub(top).saturating_add(2) <= most {
            let Some(next) = bottom.checked_add(1) else { break };
            let Some(leaves) = self.rows.get(&next) else { break };
            let more = self.meanings(leaves);
            let new = more.difference(&known).count();
            // A row that repeats the header is another table's.
            if new == 0 || more.intersection(&known).count() > new || !self.only_titles(next, leaves) {
                break;
            }
            known.extend(more);
            bottom = next;
        }
        // A row of group titles above.
        while top > free && bottom.saturating_sub(top).saturating_add(2) <= most {
            let Some(above) = top.checked_sub(1) else { break };
            if !self.is_group_row(above, top) {
                break;
            }
            top = above;
        }
        Some(self.assign(top, bottom))
    }

    /// Whether nothing in the row is longer than a title: a row of data that holds a title's word is not one.
    fn only_titles(&self, row: u32, leaves: &[Leaf]) -> bool {
        let cells = self.view.row(row);
        leaves.len().saturating_mul(2) >= cells.len()
            && cells.iter().all(|item| !item.key.is_empty() && item.key.len() <= MAX_TITLE_BYTES)
    }

    /// Whether a row above the titles groups them: several cells, all short texts, one of them over several
    /// columns or down into the header.
    fn is_group_row(&self, row: u32, top: u32) -> bool {
        let cells = self.view.row(row);
        if cells.len() < 2 || !cells.iter().all(|item| is_group_title(&item.key)) {
            return false;
        }
        // 项目名称, 年度总体目标: a row of labels and values, no titles.
        let leaves = self.rows.get(&row).map(Vec::as_slice).unwrap_or_default();
        let is_title = |item: &Item<'_>| leaves.iter().any(|leaf| leaf.at == item.at);
        if cells.iter().any(|item| !is_title(item) && !self.mappings.index().label(&item.key).is_empty()) {
            return false;
        }
        let down = cells.iter().any(|item| self.view.range(item.at).last.row() >= top);
        let titles = self.rows.get(&row).is_some_and(|leaves| !leaves.is_empty());
        let wide = cells.iter().filter(|item| {
            let range = self.view.range(item.at);
            range.last.col() > range.first.col()
        });
        down || titles && cells.len() > 1 || wide.count() > 1
    }

    fn assign(&self, top: u32, bottom: u32) -> Header {
        let mut leaves = self.leaves(top, bottom);
        leaves.sort_by_key(|leaf| leaf.at.col());
        let mut header = Header {
            mapping: self.mapping,
            part: self.part,
            top,
            bottom,
            columns: Vec::new(),
            ambiguous: Vec::new(),
            panels_unclear: None,
        };
        let mut chosen: Vec<(Leaf, usize, usize)> = Vec::new();
        let several = |leaf: &Leaf, all: &[Leaf]| {
            let plain = self.plain(leaf).map(|(rule, _)| rule);
            all.iter().filter(|other| self.plain(other).map(|(rule, _)| rule) == plain).count() > 1
        };
        for (i, leaf) in leaves.iter().enumerate() {
            let left = i.checked_sub(1).and_then(|left| leaves.get(left)).and_then(|left| self.plain(left));
            let left = left.map(|(rule, _)| self.column(rule));
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
        self.settle(chosen, &mut header);
        header
    }

    /// The lowest title of each column, with the meanings that titles above it give.
    fn leaves(&self, top: u32, bottom: u32) -> Vec<Leaf> {
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
        if self.mappings.index().has_paths() && bottom > top {
            self.add_paths(top, bottom, &mut found);
        }
        found
    }

    /// Titles that mean something by what stands above them (`借方>本币`).
    fn add_paths(&self, top: u32, bottom: u32, found: &mut Vec<Leaf>) {
        for (row, items) in self.view.rows(top.saturating_add(1), bottom) {
            for item in titles_of(items).take(MAX_TITLES) {
                let mut path = item.key.clone();
                let mut hits: Vec<(usize, usize)> = Vec::new();
                for above in (top..row).rev() {
                    let Some(title) = self.group_title(above, item.at.col()) else { continue };
                    path = format!("{title}{}{path}", self.rules.header_join);
                    let here = self.mappings.index().path(&path).into_iter();
                    hits.extend(
                        here.filter(|hit| hit.mapping == self.mapping && hit.part == self.part)
                            .map(|hit| (hit.rule, hit.rank)),
                    );
                }
                if hits.is_empty() {
                    continue;
                }
                let range = self.view.range(item.at);
                let columns = range.first.col()..=range.last.col();
                found.retain(|leaf| !columns.contains(&leaf.at.col()) || leaf.at.row() > row);
                found.push(Leaf { at: item.at, range, rules: hits });
            }
        }
    }

    /// The title in a header row that stands over a column: in a merge, or the nearest to the left.
    fn group_title(&self, row: u32, col: u32) -> Option<&str> {
        let items = self.view.row(row);
        if let Some(item) = self.view.shown(row, col) {
            return (item.at.row() == row && !item.key.is_empty()).then_some(item.key.as_str());
        }
        let left = items.iter().rev().find(|item| item.at.col() <= col)?;
        // A title merged over other columns does not reach here, nor does the only text of a row.
        let alone = items.len() < 2 || self.view.range(left.at).last.col() > left.at.col();
        (!alone && !left.key.is_empty()).then_some(left.key.as_str())
    }

    /// Where the same titles stand side by side in groups, only one group is read.
    fn panels(&self, chosen: &mut Vec<(Leaf, usize, usize)>, header: &mut Header) {
        let key = Column::Name;
        let names: Vec<u32> = chosen
            .iter()
            .filter(|(leaf, rule, _)| self.column(*rule) == key && self.same_title_twice(leaf, chosen))
            .map(|(leaf, ..)| leaf.at.col())
            .collect();
        let (Some(&first), Some(&second)) = (names.first(), names.get(1)) else { return };
        // The second group begins behind the first name, at the first title that stood before.
        let stood_before = |column: Column, col: u32| {
            chosen.iter().any(|(other, rule, _)| self.column(*rule) == column && other.at.col() < col)
        };
        let cut = chosen
            .iter()
            .filter(|(leaf, ..)| leaf.at.col() > first && leaf.at.col() <= second)
            .find(|(leaf, rule, _)| stood_before(self.column(*rule), leaf.at.col()))
            .map_or(second, |(leaf, ..)| leaf.at.col());
        let repeated: BTreeSet<Column> = chosen
            .iter()
            .filter(|(leaf, rule, _)| leaf.at.col() >= cut && stood_before(self.column(*rule), cut))
            .map(|(_, rule, _)| self.column(*rule))
            .collect();
        let start = chosen
            .iter()
            .filter(|(_, rule, _)| repeated.contains(&self.column(*rule)))
            .map(|(leaf, ..)| leaf.at.col())
            .min()
            .unwrap_or(first);
        let meant = (
            self.panel_is_meant(header, start, cut.saturating_sub(1)),
            self.panel_is_meant(header, cut, u32::MAX),
        );
        let keep_right = match meant {
            (false, true) => true,
            (true, false) => false,
            _ => {
                header.panels_unclear =
                    chosen.iter().find(|(leaf, ..)| leaf.at.col() == second).map(|(l, ..)| l.at);
                return;
            }
        };
        chosen.retain(|(leaf, rule, _)| {
            !repeated.contains(&self.column(*rule)) || (leaf.at.col() >= cut) == keep_right
        });
    }

    fn same_title_twice(&self, leaf: &Leaf, chosen: &[(Leaf, usize, usize)]) -> bool {
        let key = |leaf: &Leaf| self.view.item(leaf.at).map(|item| item.key.as_str());
        chosen.iter().any(|(other, ..)| other.at != leaf.at && key(other) == key(leaf))
    }

    /// Whether a title that the mapping prefers stands above a group of columns, and only there.
    fn panel_is_meant(&self, header: &Header, from: u32, to: u32) -> bool {
        let above = header.top.saturating_sub(PANEL_ROWS);
        self.view.rows(above, header.bottom).any(|(_, items)| {
            items.iter().any(|item| {
                let range = self.view.range(item.at);
                range.first.col() >= from
                    && range.last.col() <= to
                    && item.key.len() <= MAX_TITLE_BYTES
                    && self.rules.panels.iter().any(|pattern| pattern.matches_label(&item.key))
            })
        })
    }

    /// One sheet column for each meaning; what cannot be told is ambiguous.
    fn settle(&self, chosen: Vec<(Leaf, usize, usize)>, header: &mut Header) {
        let mut by_column: BTreeMap<Column, Vec<(Leaf, usize, usize)>> = BTreeMap::new();
        for (leaf, rule, rank) in chosen {
            by_column.entry(self.column(rule)).or_default().push((leaf, rule, rank));
        }
        for (column, mut leaves) in by_column {
            if column == Column::Other {
                header.columns.extend(leaves.iter().map(|(leaf, rule, _)| self.made(column, leaf, *rule)));
                continue;
            }
            let best = leaves.iter().map(|(.., rank)| *rank).min();
            if column != Column::Weight {
                leaves.retain(|(.., rank)| Some(*rank) == best);
            }
            if column == Column::Weight && leaves.len() > 1 {
                self.by_evidence(header.bottom, &mut leaves);
            }
            match leaves.as_slice() {
                [(leaf, rule, _)] => header.columns.push(self.made(column, leaf, *rule)),
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
        header.columns.sort_by_key(|column| column.col);
    }

    /// Of several columns with one meaning the one that is filled on strictly more rows is the indicators'.
    fn by_evidence(&self, bottom: u32, leaves: &mut Vec<(Leaf, usize, usize)>) {
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

    fn made(&self, column: Column, leaf: &Leaf, rule: usize) -> HeaderColumn {
        HeaderColumn {
            column,
            rule,
            col: leaf.range.first.col(),
            last_col: leaf.range.last.col().min(leaf.range.first.col().saturating_add(MAX_SPAN)),
            title: self.view.sheet.get(leaf.at).shown(),
            at: leaf.at,
        }
    }
}
