//! The account of a form: what became of every cell of its rows. It is made of what was taken, not of what was meant to
//! be: a cell counts as used where the form's content points to it, or its column is one that is read.

mod asked;
mod columns;
mod ledger;
mod say;
mod used;

use std::collections::{BTreeMap, BTreeSet};

use super::body::{BELOW_TOTAL, REPEATED_ROW, UNKNOWN_ROW};
use super::fields::Labelled;
use super::header::{Header, HeaderColumn};
use super::reading::Content;
use super::recognise::FoundForm;
use super::view::{Item, View};
use super::{completeness, unclear};
use crate::base::{CellRef, RangeRef};
use crate::mapping::looks::Look;
use crate::mapping::{Column, FormTable, Mapping};
use crate::model::{Account, AccountBlock, BudgetBlock, Entry, Fate, Finding, FindingId};
use crate::words::{self, Class, Lexicon};

/// Characters of a sample that a question shows.
const SAMPLE_CHARS: usize = 20;
/// Words that stand beside the tables and are no label's.
const WORDS: &str = "表外的文字";
/// Ranges of unread cells that one finding names.
const NAMED_RANGES: usize = 8;

/// Columns in which a row below the total may say what changes it, in figures or in words.
const OF_VALUES: [Column; 6] =
    [Column::Weight, Column::Target, Column::Actual, Column::StatedScore, Column::Score, Column::Criterion];

/// A form with all that was taken from it.
struct Taken<'t> {
    form: &'t FoundForm,
    from: &'t From<'t>,
    /// Its tables with the last row of each.
    tables: Vec<(&'t Header, u32)>,
    content: &'t Content,
    /// Whether points may be wanting: those that were read are not known to be a whole form's.
    wanting: bool,
}

/// The tables of a form with the last row of each, top to bottom.
fn tables(form: &FoundForm, body_last: u32, block_last: Option<u32>) -> Vec<(&Header, u32)> {
    let mut headers: Vec<&Header> = form.headers.iter().chain(&form.checklist).collect();
    headers.sort_by_key(|header| header.top);
    let tops: Vec<u32> =
        headers.iter().chain(&form.budget.iter().collect::<Vec<_>>()).map(|h| h.top).collect();
    let mut tables: Vec<(&Header, u32)> = Vec::new();
    for header in headers {
        let next = tops.iter().copied().filter(|top| *top > header.bottom).min();
        let last = next.and_then(|next| next.checked_sub(1)).map_or(body_last, |last| last.min(body_last));
        tables.push((header, last.max(header.bottom)));
    }
    tables.extend(form.budget.as_ref().zip(block_last));
    tables.sort_by_key(|(header, _)| header.top);
    tables
}

/// What is known of a cell outside of the columns of tables.
struct Known {
    fate: Fate,
    reason: &'static str,
    weighty: bool,
}

/// Where a form was read.
pub(super) struct From<'t> {
    pub body_last: u32,
    pub block_last: Option<u32>,
    pub heads: &'t [Labelled],
    pub notes: &'t [Entry],
    pub skipped: &'t [(u32, String)],
    /// Sources of funds with their totals.
    pub funds: &'t [Vec<BudgetBlock>],
}

/// The account of a form with indicators, or of a ledger; what is unread and may be an indicator's, or may change a total, is
/// said, and keeps the verdict open. A survey and a summary have none.
pub(super) fn of_form(
    view: &View<'_>,
    mapping: &Mapping,
    form: &FoundForm,
    content: &mut Content,
    from: &From<'_>,
    findings: &mut Vec<Finding>,
) -> Account {
    let wanting = match &*content {
        Content::Score(scored) => {
            let pointed = scored.indicators.iter().any(|indicator| indicator.weight.is_some());
            let part = pointed && !completeness::is_hundred(scored);
            part || !pointed && !scored.levels.is_empty() && completeness::form(scored) != Some(true)
        }
        Content::Declaration(_) => false,
        Content::Ledger(_) => {
            let Content::Ledger(locator) = content else { return Account::default() };
            return ledger::of(view, mapping, form, locator, from.heads, findings);
        }
        _ => return Account::default(),
    };
    let tables = tables(form, from.body_last, from.block_last);
    let taken = Taken { form, from, tables, content, wanting };
    let mut account = of(view, mapping, &taken);
    let unclear = unclear::titles(form);
    findings.extend(say::findings(view, &account, &unclear));
    asked::no_target(view, form, content, &mut account, findings);
    asked::scaled_titles(view, form, &mut account, findings);
    asked::corrections(view, mapping, from.notes, &mut account, findings);
    asked::unlike_headers(view, form, &mut account, findings);
    // A budget block of which no row is the whole was not read, and says so itself.
    let unread = findings
        .iter()
        .any(|finding| matches!(finding.id, FindingId::BudgetTotalMissing | FindingId::PointsNotRead));
    if let Some((block, last)) = form.budget.as_ref().zip(from.block_last).filter(|_| unread) {
        let corners = (CellRef::new(block.bottom, block.left()), CellRef::new(last, block.right()));
        if let (Some(first), Some(last)) = corners {
            let range = RangeRef::new(first, last);
            let reason = "没有总额行的预算执行表".to_owned();
            account.blocks.push(AccountBlock { range, fate: Fate::Unread, reason, cells: 0, weighty: true });
        }
    }
    if let Content::Score(scored) = content {
        scored.part_unread |= account.is_open() || !unclear.is_empty();
    }
    account
}

/// Makes the account.
fn of(view: &View<'_>, mapping: &Mapping, taken: &Taken<'_>) -> Account {
    let mut maker = Maker {
        view,
        mapping,
        used: used::used(taken),
        labels: taken.from.heads.iter().map(|head| head.label_at).collect(),
        beside: used::beside(taken),
        notes: taken.from.notes.iter().filter_map(place).collect(),
        skipped: taken.from.skipped.iter().map(|(row, why)| (*row, why.as_str())).collect(),
        taken,
        account: Account { sheet: view.sheet.id.clone(), rows: taken.form.rows, ..Account::default() },
        columns: BTreeMap::new(),
        blocks: BTreeMap::new(),
    };
    for (row, items) in view.rows(taken.form.rows.0, taken.form.rows.1) {
        for item in items {
            maker.cell(row, item, items);
        }
    }
    maker.finish()
}

fn place(entry: &Entry) -> Option<CellRef> {
    entry.at.as_ref().map(|at| at.cell)
}

struct Maker<'m, 'a> {
    view: &'m View<'a>,
    mapping: &'m Mapping,
    taken: &'m Taken<'m>,
    used: BTreeSet<CellRef>,
    labels: BTreeSet<CellRef>,
    beside: BTreeSet<CellRef>,
    notes: BTreeSet<CellRef>,
    skipped: BTreeMap<u32, &'m str>,
    account: Account,
    /// The cells below each title, by table and column.
    columns: BTreeMap<(usize, u32), Vec<CellRef>>,
    /// The other cells, by fate and reason.
    blocks: BTreeMap<(bool, Fate, String), Vec<CellRef>>,
}

impl Maker<'_, '_> {
    fn cell(&mut self, row: u32, item: &Item<'_>, items: &[Item<'_>]) {
        self.account.cells = self.account.cells.saturating_add(1);
        let tables = || self.taken.tables.iter().enumerate();
        if let Some((table, header)) = tables()
            .find(|(_, (header, _))| (header.top..=header.bottom).contains(&row))
            .map(|(table, (header, _))| (table, *header))
        {
            self.title(table, header, item);
            return;
        }
        let table = tables().find(|(_, (header, last))| header.bottom < row && row <= *last);
        if let Some((table, header)) = table.map(|(table, (header, _))| (table, *header)) {
            self.in_table(table, header, row, item);
            return;
        }
        let known = self.beside_tables(row, item, items);
        self.put(item.at, known.fate, known.reason, known.weighty);
    }

    fn put(&mut self, at: CellRef, fate: Fate, reason: &str, weighty: bool) {
        let counted = match fate {
            Fate::Used => &mut self.account.used,
            Fate::Ours => &mut self.account.ours,
            Fate::Silent => &mut self.account.silent,
            Fate::Unread => &mut self.account.unread,
        };
        *counted = counted.saturating_add(1);
        self.blocks.entry((!weighty, fate, reason.to_owned())).or_default().push(at);
    }

    /// A cell in the rows of a header.
    fn title(&mut self, table: usize, header: &Header, item: &Item<'_>) {
        let range = self.view.range(item.at);
        let over =
            |column: &&HeaderColumn| column.col <= range.last.col() && range.first.col() <= column.last_col;
        let known = header.columns.iter().any(|column| over(&column)) || item.at.col() < header.left();
        if known {
            self.put(item.at, Fate::Silent, "表头", false);
        } else {
            // Of an unknown column, whatever becomes of it.
            self.columns.entry((table, item.at.col())).or_default();
            self.columns.entry((table, item.at.col())).or_default().push(item.at);
        }
    }

    fn in_table(&mut self, table: usize, header: &Header, row: u32, item: &Item<'_>) {
        let col = item.at.col();
        let column = header.columns.iter().find(|column| (column.col..=column.last_col).contains(&col));
        let reason = self.skipped.get(&row).copied();
        match column {
            Some(column) if column.column != Column::Other => {
                let dash = self.mapping.missing_values.contains(&item.key);
                match reason {
                    _ if self.used.contains(&item.at) => self.put(item.at, Fate::Used, "表中的栏目", false),
                    Some(reason) if [BELOW_TOTAL, REPEATED_ROW, UNKNOWN_ROW].contains(&reason) => {
                        let words = item.text().is_some() && !OF_VALUES.contains(&column.column);
                        self.put(item.at, Fate::Unread, reason, !dash && !words);
                    }
                    Some(reason) => self.put(item.at, Fate::Silent, reason, false),
                    None if dash => self.put(item.at, Fate::Silent, "表示没有的符号", false),
                    None => self.put(item.at, Fate::Used, "表中的栏目", false),
                }
            }
            _ if self.used.contains(&item.at) => self.put(item.at, Fate::Used, "表中的栏目", false),
            // The label of the table at its left, merged over it or not; the label of its total.
            None if col < header.left() && item.look() == Some(Look::Text) && self.is_alone(table, col) => {
                self.put(item.at, Fate::Silent, "表左的栏目名", false);
            }
            None if header.table == FormTable::Budget
                && item.text().is_some()
                && is_row_label(header, item) =>
            {
                self.put(item.at, Fate::Silent, "资金来源的名称", false);
            }
            _ => self.columns.entry((table, col)).or_default().push(item.at),
        }
    }

    /// Whether a column holds one text in the rows of a table.
    fn is_alone(&self, table: usize, col: u32) -> bool {
        let Some((header, last)) = self.taken.tables.get(table) else { return false };
        let rows = self.view.rows(header.bottom.saturating_add(1), *last);
        rows.flat_map(|(_, items)| items).filter(|item| item.at.col() == col).count() == 1
    }

    /// Whether a cell stands below a table in the column of its points or scores.
    fn is_below_points(&self, row: u32, col: u32) -> bool {
        let above = self.taken.tables.iter().rev().find(|(_, last)| *last < row);
        let points = [Column::Weight, Column::StatedScore, Column::Score];
        let is_points = |column: &HeaderColumn| {
            points.contains(&column.column) && (column.col..=column.last_col).contains(&col)
        };
        above.is_some_and(|(header, _)| {
            header.table != FormTable::Budget && header.columns.iter().any(is_points)
        })
    }

    /// A cell above, between or below the tables.
    fn beside_tables(&self, row: u32, item: &Item<'_>, items: &[Item<'_>]) -> Known {
        let silent = |reason| Known { fate: Fate::Silent, reason, weighty: false };
        let unread = |reason, weighty| Known { fate: Fate::Unread, reason, weighty };
        if self.used.contains(&item.at) {
            return Known { fate: Fate::Used, reason: "表外的内容", weighty: false };
        }
        let first = self.taken.tables.iter().map(|(header, _)| header.top).min().unwrap_or(u32::MAX);
        let look = item.look();
        match look {
            _ if self.taken.form.title == Some(item.at) => silent("表名"),
            _ if self.labels.contains(&item.at) => silent("标签"),
            _ if self.beside.contains(&item.at) => silent("与评分无关的标签内容"),
            _ if self.notes.contains(&item.at) => silent("注和签章"),
            _ if self.skipped.contains_key(&row) => silent("不是指标的行"),
            None => silent("表示没有的符号"),
            // What corrects a figure counts wherever it stands.
            _ if columns::corrects(self.mapping, item)
                && !says(self.view, item, words::of(Class::BackgroundLabels)) =>
            {
                unread("像更正的文字", matches!(self.taken.content, Content::Score(_)))
            }
            Some(Look::Phone | Look::Code | Look::Day) => silent("电话、编码、日期"),
            // Where the points that were read are those of a whole form, no figure beside its tables has any.
            Some(Look::Number | Look::Value) if is_figures(items) => {
                unread("像表格的数字", self.taken.wanting)
            }
            Some(Look::Number | Look::Value)
                if row < first && says(self.view, item, self.mapping.words.of(Class::PointsNames)) =>
            {
                unread("像分值或得分的数字", self.taken.wanting)
            }
            Some(Look::Number | Look::Value) if self.is_below_points(row, item.at.col()) => {
                unread("表格下面的分值或得分", matches!(self.taken.content, Content::Score(_)))
            }
            Some(Look::Number | Look::Value)
                if says(self.view, item, self.mapping.words.of(Class::ScoreChanges)) =>
            {
                unread("像加分或扣分的数字", matches!(self.taken.content, Content::Score(_)))
            }
            Some(Look::Number) => unread("表外的数字", false),
            // Year, subtitle, instructions: one text alone in its row.
            _ if items.len() == 1 => silent("表头和填写说明"),
            _ => unread(WORDS, false),
        }
    }

    fn finish(mut self) -> Account {
        for ((table, col), cells) in std::mem::take(&mut self.columns) {
            let Some((header, _)) = self.taken.tables.get(table).copied() else { continue };
            self.column(header, col, &cells);
        }
        for (table, (header, last)) in self.taken.tables.iter().enumerate() {
            let _ = table;
            for column in header.columns.iter().filter(|column| column.column != Column::Other) {
                let made = self.read_column(header, column, *last);
                self.account.columns.push(made);
            }
        }
        self.account.columns.sort_by_key(|column| (column.at.cell.row(), column.col));
        for ((light, fate, reason), cells) in self.blocks {
            let (Some(first), Some(last)) = (cells.iter().min(), cells.iter().max()) else { continue };
            let range = RangeRef::new(
                CellRef::new(first.row(), cells.iter().map(|at| at.col()).min().unwrap_or(0))
                    .unwrap_or(*first),
                CellRef::new(last.row(), cells.iter().map(|at| at.col()).max().unwrap_or(0)).unwrap_or(*last),
            );
            let count = cells.len();
            self.account.blocks.push(AccountBlock { range, fate, reason, cells: count, weighty: !light });
        }
        self.account
    }
}

/// Whether figures stand side by side in a row, as in a table.
fn is_figures(items: &[Item<'_>]) -> bool {
    let figure = |item: &Item<'_>| matches!(item.look(), Some(Look::Number | Look::Value));
    items.iter().zip(items.iter().skip(1)).any(|(one, next)| figure(one) && figure(next))
}

/// Whether the text left of a figure, or above it, says one of these words.
fn says(view: &View<'_>, item: &Item<'_>, words: &Lexicon) -> bool {
    let row = view.row(item.at.row());
    let left = row.iter().rev().find(|other| other.at.col() < item.at.col());
    let above = item.at.row().checked_sub(1).and_then(|row| view.shown(row, item.at.col()));
    left.into_iter().chain(above).any(|label| {
        let key = label.key.as_str();
        key.chars().count() <= SAMPLE_CHARS && words.within(key)
    })
}

/// Whether a text of a budget block's row stands left of its amounts.
fn is_row_label(header: &Header, item: &Item<'_>) -> bool {
    let amounts = [Column::Budget, Column::Adjusted, Column::Spent];
    let first = amounts.into_iter().filter_map(|column| header.get(column)).map(|column| column.col).min();
    first.is_some_and(|first| item.at.col() <= first) && !matches!(item.look(), Some(Look::Number))
}
