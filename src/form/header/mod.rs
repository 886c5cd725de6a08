//! Headers: where a table's titles stand and which title is which column.

mod assign;
mod evidence;
mod kinds;
mod of_ledger;
mod panels;
mod rivals;
mod rows;
mod voices;

pub(super) use voices::voice;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use crate::base::{CellRef, RangeRef};
use crate::form::view::{Item, View};
use crate::mapping::{COMPOSED, Column, FormTable, GUESSED, Mapping, Mappings, TitleHit};

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
    pub table: FormTable,
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
        self.mapping == other.mapping && self.table == other.table && columns(self) == columns(other)
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
        table: FormTable,
    ) -> Vec<Header> {
        let Some(rules) = mappings.get(mapping) else { return Vec::new() };
        let mut rows: BTreeMap<u32, Vec<Leaf>> = BTreeMap::new();
        for (row, cells) in &self.rows {
            let leaves: Vec<Leaf> = cells.iter().filter_map(|cell| Leaf::new(cell, mapping, table)).collect();
            if !leaves.is_empty() {
                rows.insert(*row, leaves);
            }
        }
        let search = Search { view, mappings, rules, mapping, table, rows: &rows, ends: RefCell::default() };
        let mut headers = Vec::new();
        let mut free = 0_u32;
        for row in rows.keys().copied() {
            if row < free || headers.last().is_some_and(|above| search.is_body(row, above)) {
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
                let hits =
                    cell.hits.iter().filter(|hit| (hit.mapping, hit.table) == (mapping, FormTable::Main));
                let columns =
                    hits.filter_map(|hit| Some(rules.columns_of(FormTable::Main).get(hit.rule)?.column));
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
    fn new(cell: &TitleCell, mapping: usize, table: FormTable) -> Option<Self> {
        let rules: Vec<(usize, usize)> = cell
            .hits
            .iter()
            .filter(|hit| hit.mapping == mapping && hit.table == table)
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
    table: FormTable,
    rows: &'s BTreeMap<u32, Vec<Leaf>>,
    /// The row behind the table below the header that ends in a row, once somebody has asked.
    ends: RefCell<BTreeMap<u32, u32>>,
}

impl Search<'_, '_> {
    fn column(&self, rule: usize) -> Column {
        self.rules.columns_of(self.table).get(rule).map_or(Column::Other, |rule| rule.column)
    }

    fn after(&self, rule: usize) -> Option<Column> {
        self.rules.columns_of(self.table).get(rule).and_then(|rule| rule.after)
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
        let needed = if single && self.table == FormTable::Main { 1 } else { 2 };
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
}
