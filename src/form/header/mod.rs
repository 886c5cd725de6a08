//! Headers: where a table's titles stand and which title is which column.

mod assign;
mod evidence;
mod kinds;
mod of_ledger;
mod panels;
mod rivals;
mod voices;

pub(super) use voices::voice;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use crate::base::{CellRef, RangeRef};
use crate::form::view::{Item, View};
use crate::mapping::{COMPOSED, Column, GUESSED, Mapping, Mappings, Part, TitleHit};

/// Bytes of a text that may be a title (40 Chinese characters).
const MAX_TITLE_BYTES: usize = 120;
/// Titles of a row that are looked at: no form has more, a hostile file may have thousands.
const MAX_TITLES: usize = 128;
/// Characters of a title over a group of titles.
const MAX_GROUP_CHARS: usize = 20;

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
    /// How the title was read: its place in the mapping's list, [`COMPOSED`] or [`GUESSED`].
    pub rank: usize,
}

impl HeaderColumn {
    /// Whether only the end of its title was read.
    pub(super) fn is_guessed(&self) -> bool {
        self.rank >= GUESSED
    }

    /// Whether its title was read from the words it is composed of.
    pub(super) fn is_composed(&self) -> bool {
        self.rank == COMPOSED
    }
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
    /// Columns of a group of the same titles beside the one that is read (中期 | 年度), and why they are not.
    pub aside: Vec<HeaderColumn>,
    /// Columns whose content contradicts their title: they are not read.
    pub contradicted: Vec<HeaderColumn>,
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

    /// Whether it is the other header again, as on the next page of a table.
    pub(super) fn repeats(&self, other: &Header) -> bool {
        let columns = |header: &Header| -> Vec<(Column, u32)> {
            header.columns.iter().map(|column| (column.column, column.col)).collect()
        };
        self.mapping == other.mapping && self.part == other.part && columns(self) == columns(other)
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
        let search = Search { view, mappings, rules, mapping, part, rows: &rows, ends: RefCell::default() };
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

impl Titles {
    /// The row that says most to a mapping, with its titles and what they mean: for a form that nothing reads.
    pub(super) fn faintest(&self, view: &View<'_>, rules: &Mapping, mapping: usize) -> Option<Faint> {
        let faint = |cells: &Vec<TitleCell>| {
            let mut faint = Faint::default();
            for cell in cells {
                let hits = cell.hits.iter().filter(|hit| (hit.mapping, hit.part) == (mapping, Part::Main));
                let columns = hits.filter_map(|hit| Some(rules.part(Part::Main).get(hit.rule)?.column));
                // 项目名称 is a label nearly everywhere.
                let telling = |column: &Column| !matches!(column, Column::Other | Column::Project);
                if let Some(column) = columns.clone().find(telling) {
                    faint.titles.push(view.sheet.get(cell.at).shown());
                    faint.columns.insert(column);
                }
            }
            faint
        };
        let all = self.rows.iter().map(|(row, cells)| (std::cmp::Reverse(*row), faint(cells)));
        let best = all.max_by_key(|(row, faint)| (faint.columns.len(), *row));
        best.map(|(_, faint)| faint).filter(|faint| !faint.columns.is_empty())
    }
}

/// What little a mapping makes of a row.
#[derive(Debug, Default)]
pub(super) struct Faint {
    /// The titles.
    pub titles: Vec<String>,
    /// The columns that they are.
    pub columns: BTreeSet<Column>,
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
    /// The row behind the table below the header that ends in a row, once somebody has asked.
    ends: RefCell<BTreeMap<u32, u32>>,
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
        let asked = &self.rules.recognise;
        let single = asked.columns.len() <= 1 && !self.rules.kind.is_set_aside();
        let needed = if single && self.part == Part::Main { 1 } else { 2 };
        let mut known = self.meanings(core);
        if known.len() < needed {
            return None;
        }
        let most = self.rules.header_rows;
        let (mut top, mut bottom) = (row, row);
        for leaf in core {
            let last = leaf.range.last.row();
            if last.saturating_sub(row).saturating_add(1) <= most && self.reaches(core, row, last) {
                bottom = bottom.max(last);
            }
        }
        // Titles in the rows below that say something new belong to the same header.
        let mut blank = 0_u32;
        while bottom.saturating_sub(top).saturating_add(2).saturating_sub(blank) <= most {
            // A row put in between that holds nothing parts no header.
            let next = bottom.saturating_add(1);
            let next = if self.view.row(next).is_empty() { next.saturating_add(1) } else { next };
            let Some(leaves) = self.rows.get(&next) else { break };
            let more = self.meanings(leaves);
            let new = more.difference(&known).count();
            // A row that repeats the header is another table's.
            if new == 0
                || more.intersection(&known).count() > new
                || !(self.only_titles(next, leaves) || self.under_groups(next, top))
            {
                break;
            }
            known.extend(more);
            blank = blank.saturating_add(next.saturating_sub(bottom).saturating_sub(1));
            bottom = next;
        }
        if bottom.saturating_sub(top).saturating_add(2) <= most && self.divides(top, bottom) {
            bottom = bottom.saturating_add(1);
        }
        if self.richer_below(top, bottom, core) {
            return None;
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

    /// Whether a title that is merged down to a row makes that row part of the header: another title reaches it, too, or
    /// nothing but titles stands there. A corner merged over a short table (绩效指标) covers rows of its body.
    fn reaches(&self, core: &[Leaf], row: u32, last: u32) -> bool {
        let with = core.iter().filter(|leaf| leaf.range.last.row() >= last).count();
        with > 1
            || self
                .view
                .rows(row.saturating_add(1), last)
                .all(|(below, _)| self.rows.get(&below).is_some_and(|leaves| self.only_titles(below, leaves)))
    }

    /// Whether the row below a header divides its columns (借方 over 原币 | 本币): nothing but titles, one of which means
    /// something by what stands above it.
    fn divides(&self, top: u32, bottom: u32) -> bool {
        let next = bottom.saturating_add(1);
        let cells = self.view.row(next);
        self.mappings.index().has_paths()
            && !cells.is_empty()
            && cells.iter().all(|item| is_group_title(&item.key))
            && cells.iter().take(MAX_TITLES).any(|item| {
                (top..=bottom).any(|row| {
                    let over = self.group_title(row, item.at.col()).map(|over| over.key.as_str());
                    let path = format!("{}{}{}", over.unwrap_or_default(), self.rules.header_join, item.key);
                    let mut hits = self.mappings.index().path(&path).into_iter();
                    over.is_some() && hits.any(|hit| hit.mapping == self.mapping && hit.part == self.part)
                })
            })
    }

    /// Whether these are group titles over the row with the titles proper: one that says more follows within the height
    /// of a header, with nothing but short texts between.
    fn richer_below(&self, top: u32, bottom: u32, core: &[Leaf]) -> bool {
        let last = top.saturating_add(self.rules.header_rows).saturating_sub(1);
        let known = self.meanings(core).len();
        let mut below = self.rows.range(top..=last.max(top)).filter(|(row, _)| **row > bottom);
        let row = below.find(|(_, leaves)| self.meanings(leaves).len() > known);
        let Some((row, _)) = row else { return false };
        self.view.rows(top, *row).all(|(_, items)| items.iter().all(|item| is_group_title(&item.key)))
    }

    /// Whether nothing in the row is longer than a title: a row of data that holds a title's word is not one.
    pub(super) fn only_titles(&self, row: u32, leaves: &[Leaf]) -> bool {
        let cells = self.view.row(row);
        leaves.len().saturating_mul(2) >= cells.len()
            && cells.iter().all(|item| !item.key.is_empty() && item.key.len() <= MAX_TITLE_BYTES)
    }

    /// Whether a row divides the titles above it: all its cells are short texts, and each stands under a title that is merged
    /// over several columns.
    fn under_groups(&self, row: u32, top: u32) -> bool {
        let cells = self.view.row(row);
        let divided = |item: &Item<'_>| {
            row.checked_sub(1).and_then(|above| self.view.shown(above, item.at.col())).is_some_and(|over| {
                let range = self.view.range(over.at);
                over.at.row() >= top && range.last.col() > range.first.col() && !over.key.is_empty()
            })
        };
        cells.len() > 1 && cells.iter().all(|item| is_group_title(&item.key) && divided(item))
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
        let index = self.mappings.index();
        let is_label = |key: &str| !index.label(key.split(':').next().unwrap_or(key)).is_empty();
        if cells.iter().any(|item| !is_title(item) && is_label(&item.key)) {
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
}
